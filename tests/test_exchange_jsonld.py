"""A graph in schema.org's words that is read without the net."""

import json

import pytest
from conftest import CASES

SCHEMA, TERM = "https://schema.org/", "urn:chrono:term:"


def nodes(asked):
    return {node.get("@id"): node for node in json.loads(asked.write("jsonld").content)["@graph"]}


def test_the_context_is_inside(exchange):
    assert json.loads(exchange("exchange").write("jsonld").content)["@context"] == {"@vocab": SCHEMA, "chrono": TERM}


def test_an_event(exchange):
    node = nodes(exchange("exchange"))["urn:chrono:event:2020-02-25-clash"]
    told = {key: node[key] for key in (
        "@type", "name", "startDate", "endDate", "chrono:killedLow", "chrono:killedOpen", "chrono:woundedBest",
        "chrono:followUpOf", "subjectOf",
    )}  # fmt: skip
    assert told == {
        "@type": "Event", "name": "Rebels and guards fought the army between Town and Camp",
        "startDate": "2020-02-25", "endDate": "2020-03-02", "chrono:killedLow": 84, "chrono:killedOpen": True,
        "chrono:woundedBest": 3, "chrono:followUpOf": [{"@id": "urn:chrono:event:2020-01-31-raid"}],
        "subjectOf": [{"@id": "urn:chrono:source:book"}, {"@id": "urn:chrono:source:annals"}],
    }  # fmt: skip
    assert node["location"][0] == {
        "@id": "urn:chrono:place:town", "@type": "Place", "name": "Town", "chrono:precision": 1,
        "geo": {"@type": "GeoCoordinates", "latitude": 16.77, "longitude": -3.01},
    }  # fmt: skip
    assert node["about"][0] == {
        "@type": "Role", "roleName": "perpetrator", "chrono:certainty": "confirmed",
        "about": {"@id": "urn:chrono:actor:rebels", "name": "Rebels of Shore"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("date", "start", "end"),
    [
        ("2020-01-31", "2020-01-31", None),
        ("2020-06", "2020-06", None),
        ("2020-07-01T00:30:00+01:00", "2020-07-01T00:30:00+01:00", None),
        ("2011/..", "2011", None),
        ("../2012", None, "2012"),
        ("-0299/0200", "-0299", "0200"),
        # What schema.org cannot say stands as EDTF alone.
        ("-0499~", None, None),
        ("2020?", None, None),
        ("196X", None, None),
        ("2018-40", None, None),
        ("2010-24/2011", None, "2011"),
        ("[2020-05-17..2020-05-21]", None, None),
        ("{2020-08-01,2020-08-05}", None, None),
    ],
)
def test_only_a_plain_date_is_a_beginning_or_an_end(date, start, end):
    from mali_chrono.dates.edtf import parse
    from mali_chrono.exchange.jsonld import _days

    found = _days(parse(date))
    assert (found.get("startDate"), found.get("endDate")) == (start, end)


def test_a_part_lies_in_its_whole(exchange):
    node = nodes(exchange("exchange"))["urn:chrono:event:2020-08-01-twice"]
    assert node["superEvent"] == [{"@id": "urn:chrono:event:2020-02-25-clash"}]


def test_the_answer_says_where_it_comes_from(exchange):
    asked = exchange("exchange", "--in 2020")
    answer = json.loads(asked.write("jsonld").content)["@graph"][0]
    assert (answer["@type"], answer["version"], answer["dateCreated"]) == (
        "Dataset", asked.about.revision, "2025-11-15",
    )  # fmt: skip


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # its own
@pytest.mark.parametrize("store", ["exchange", CASES / "hostile"])
def test_rdflib_reads_what_was_written(exchange, lenient, store):
    rdflib = pytest.importorskip("rdflib", reason="the extra 'readers' is not installed")
    asked = exchange(store)
    graph = rdflib.Graph().parse(data=asked.write("jsonld").content, format="json-ld")
    schema, term = rdflib.Namespace(SCHEMA), rdflib.Namespace(TERM)
    titles = {str(graph.value(event, schema.name)) for event in graph.subjects(rdflib.RDF.type, schema.Event)}
    assert titles == {row["title"] for row in asked.rows}
    if store == "exchange":
        asked_of = """SELECT ?day ?words WHERE { ?event schema:about/schema:about <urn:chrono:actor:guard> ;
            chrono:date ?day ; chrono:when ?words } ORDER BY ?day"""
        found = [tuple(map(str, row)) for row in graph.query(asked_of, initNs={"schema": schema, "chrono": term})]
        assert found == [
            ("2020-02-25/2020-03-02", "25 Feb-2 Mar 2020"),
            ("2020-07-01T00:30:00+01:00", "1 Jul 2020 00:30 UTC+1"),
        ]
        dead = graph.value(rdflib.URIRef("urn:chrono:event:2020-01-31-raid"), term.killedHigh)
        assert dead.toPython() == 12
