"""ACLED's columns: what its codebook has a code for, a row an event; the rest is counted."""

import csv
import io

import pytest
from conftest import CASES, ROOT

from mali_chrono.answers.background import Background
from mali_chrono.dates.edtf import parse
from mali_chrono.exchange import acled
from mali_chrono.store.vocabulary import usual

# The columns of an export since 2023, in the order of the codebook.
COLUMNS = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1"
    " actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location"
    " latitude longitude geo_precision source source_scale notes fatalities tags timestamp"
)


def rows(asked):
    return {row["event_id_cnty"]: row for row in csv.DictReader(io.StringIO(asked.write("acled").content))}


def test_the_columns_are_the_codebooks(exchange):
    header = exchange("exchange").write("acled").content.partition("\n")[0]
    assert header.split(",") == COLUMNS.split()


def test_what_has_no_code_is_counted(exchange):
    asked = exchange("exchange")
    assert list(rows(asked)) == [
        "2020-01-31-raid", "2020-02-25-clash", "2020-05-17-raid", "2020-08-01-twice", "2021-03-long",
    ]  # fmt: skip
    # The walls, the hostages, the drought, the report; the shots at the well; the pact.
    assert asked.write("acled").left_out == (
        ("of a type that ACLED does not code", 4), ("with no place below a country", 1),
        ("with no point on the map", 1),
    )  # fmt: skip


def test_filters_are_heeded(exchange):
    assert list(rows(exchange("exchange", "--type raid --in 2020-05"))) == ["2020-05-17-raid"]


def test_a_row(exchange):
    row = rows(exchange("exchange"))["2020-01-31-raid"]
    assert {column: value for column, value in row.items() if value} == {
        "event_id_cnty": "2020-01-31-raid", "event_date": "2020-01-31", "year": "2020", "time_precision": "1",
        "disorder_type": "Political violence", "event_type": "Violence against civilians", "sub_event_type": "Attack",
        "actor1": "Rebels of Shore", "inter1": "Rebel group", "actor2": "Villagers", "inter2": "Civilians",
        "interaction": "Rebel group-Civilians", "civilian_targeting": "Civilian targeting", "country": "Land",
        "admin1": "Shore", "location": "Town", "latitude": "16.77", "longitude": "-3.01", "geo_precision": "1",
        "source": "The Crier; Radio", "fatalities": "5",
        "notes": "'=HYPERLINK(\"http://evil.example\";\"<script>alert(1)</script>\"), or not; a\\b. A line, a "
                 "semicolon; a backslash \\ and https://example.org/x?a=1&b=2 stand here. In doubt: Rebels of "
                 "Shore (suspected). Killed: 5-12+, coded as 5.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ident", "expected"),
    [
        # Two attackers, two forces and villagers that were hit; who mediates is on no side.
        ("2020-02-25-clash", {
            "event_date": "2020-02-25", "time_precision": "2", "actor1": "Rebels of Shore",
            "assoc_actor_1": "Town Guard", "inter1": "Rebel group", "actor2": "Army of Land",
            "assoc_actor_2": "Peace Mission; Villagers", "inter2": "State forces",
            "interaction": "State forces-Rebel group", "civilian_targeting": "", "location": "Town",
            "fatalities": "84", "source": "The Book; its <i>lines</i>, and more; The Annals",
        }),
        # Who did it is not told, and the codebook has the doer first.
        ("2020-05-17-raid", {
            "event_date": "2020-05-19", "time_precision": "2", "actor1": "", "inter1": "", "actor2": "Villagers",
            "inter2": "Civilians", "interaction": "Civilians only", "geo_precision": "3", "fatalities": "3",
            "location": "Shore Region",
        }),
        ("2020-08-01-twice", {
            "event_date": "2020-08-01", "time_precision": "2", "geo_precision": "2", "fatalities": "0",
            "interaction": "State forces-Rebel group",
        }),
        # A person is in none of its classes.
        ("2021-03-long", {
            "event_date": "2021-03-16", "time_precision": "3", "actor1": "The Envoy", "inter1": "", "actor2": "",
            "interaction": "", "disorder_type": "Strategic developments", "sub_event_type": "Agreement",
        }),
    ],
)  # fmt: skip
def test_more_rows(exchange, ident, expected):
    row = rows(exchange("exchange"))[ident]
    assert {column: row[column] for column in expected} == expected


def test_what_is_hostile_stays_in_its_cell(exchange, lenient):
    asked = exchange(CASES / "hostile")
    written = asked.write("acled")
    read = list(csv.DictReader(io.StringIO(written.content, newline=""), strict=True))
    assert read
    assert len(read) + sum(number for _, number in written.left_out) == len(asked.rows)
    assert {row["event_id_cnty"] for row in read} <= {row["id"] for row in asked.rows}
    texts = [value for row in read for value in row.values()]
    assert not [text for text in texts if text.startswith(("=", "+", "@", "\t", "\r", "\n"))]


def test_signatories_stand_on_two_sides():
    parts = [
        {"id": "army", "name": "Army", "role": "signatory"}, {"id": "rebels", "name": "Rebels", "role": "signatory"},
        {"id": "un", "name": "UN", "role": "mediator"},
    ]  # fmt: skip
    first, second = acled._sides({"actors": parts}, usual())
    assert ([part["id"] for part in first], [part["id"] for part in second]) == (["army", "un"], ["rebels"])


def test_who_did_it_is_not_who_was_hit_and_supporters_stand_with_the_doer():
    parts = [
        {"id": "un", "role": "supporter"}, {"id": "rebels", "role": "claimant"}, {"id": "rebels", "role": "target"},
        {"id": "army", "role": "target"},
    ]  # fmt: skip
    first, second = acled._sides({"actors": parts}, usual())
    assert ([part["id"] for part in first], [part["id"] for part in second]) == (["rebels", "un"], ["army"])


@pytest.mark.parametrize(
    ("date", "day", "precision"),
    [
        ("2020-05-04", "2020-05-04", 1),
        ("2020-05-04~", "2020-05-04", 2),
        ("2020-05-04/2020-05-06", "2020-05-04", 2),
        ("[2020-05-04..2020-05-10]", "2020-05-07", 2),
        ("[2020-05-04..2020-05-11]", "2020-05-07", 3),
        ("2020-02", "2020-02-15", 3),
        ("2020-05", "2020-05-16", 3),
    ],
)
def test_time(date, day, precision):
    assert (acled._day(parse(date)), acled._time_precision(parse(date))) == (day, precision)


@pytest.mark.parametrize(
    ("kinds", "interaction"),
    [
        (("civilians", "external-forces"), "External/Other forces-Civilians"),
        (("protesters", None), "Protesters only"),
        (("political-militia", "identity-militia"), "Political militia-Identity militia"),
        (("identity-militia", "political-militia"), "Political militia-Identity militia"),
        (("state-forces", "state-forces"), "State forces-State forces"),
        (("state-forces", "person"), None),
        ((None, None), None),
    ],
)
def test_interaction(kinds, interaction):
    background = Background({}, {kind: kind for kind in kinds if kind}, {}, ())
    sides = [[{"id": kind}] if kind else [] for kind in kinds]
    inters = [acled._inter(side, background, usual()) for side in sides]
    assert acled._interaction(*map(bool, sides), inters) == interaction


@pytest.mark.parametrize(
    ("sub_event_type", "pair"),
    [
        ("Armed clash", ("Battles", "Political violence")),
        ("Grenade", ("Explosions/Remote violence", "Political violence")),
        ("Excessive force against protesters", ("Protests", "Political violence; Demonstrations")),
        ("Violent demonstration", ("Riots", "Demonstrations")),
        ("Mob violence", ("Riots", "Political violence")),
        ("Arrests", ("Strategic developments", "Strategic developments")),
    ],
)
def test_types(sub_event_type, pair):
    event_type, disorder = acled._TYPES[sub_event_type]
    assert (event_type, acled._DISORDER.get(sub_event_type, disorder)) == pair


def test_every_type_of_the_shipped_store_is_one_of_the_codebooks_25():
    types = [line.partition("acled: ")[2] for line in (ROOT / "data/types.yaml").read_text("utf-8").splitlines()]
    assert {name for name in types if name and name != "none"} <= set(acled._TYPES)
    assert len(acled._TYPES) == 25
