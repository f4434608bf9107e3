"""Ids of others, addresses, sources without a copy, cites of pages and anchors, and what a store says of itself."""

import contextlib
import csv
import io
import json
import re
import shutil
import sqlite3

import pytest
from conftest import CASES, ROOT
from hypothesis import given
from hypothesis import strategies as st

from mali_chrono.cites import CITE, cite_words, read_cite
from mali_chrono.schemes import SCHEMES, address_of, read_id
from mali_chrono.store.forms import FORMS, parse_cite
from mali_chrono.store.model import Cite

PRESS = CASES / "stores" / "press"


@pytest.fixture
def press(chrono):
    return lambda *args: chrono(*args, "--store", str(PRESS))


@pytest.fixture
def copy(tmp_path):
    """A copy of the store, to be edited: file, text before, text after."""
    shutil.copytree(PRESS, tmp_path / "press")

    def edit(*changes):
        for file, before, after in changes:
            path = tmp_path / "press" / file
            text = path.read_text("utf-8")
            assert before in text
            path.write_text(text.replace(before, after, 1), "utf-8")
        return tmp_path / "press"

    return edit


def rules(ended):
    return re.findall(r"\[([a-z-]+)\]$", ended.out, re.MULTILINE)


# How a cite is written and read.


@pytest.mark.parametrize(
    ("text", "read", "words"),
    [
        ("book:7", ("book", 7, 7, "line"), "line 7"),
        ("book:7-9", ("book", 7, 9, "line"), "lines 7-9"),
        ("book:p. 12", ("book", 12, 12, "page"), "page 12"),
        ("book:pp. 12-14", ("book", 12, 14, "page"), "pages 12-14"),
        ("book:#history", ("book", 0, 0, "#history"), "at #history"),
        ("book:#a:b(c)", ("book", 0, 0, "#a:b(c)"), "at #a:b(c)"),
        ("book:#p. 1", None, None),
    ],
)
def test_a_cite_names_lines_pages_or_an_anchor(text, read, words):
    if read is None:
        with pytest.raises(ValueError):
            read_cite(text)
        return
    assert (read_cite(text), cite_words(text)) == (read, ("book", words))
    assert (parse_cite(text), str(parse_cite(text))) == (Cite(*read), text)


@pytest.mark.parametrize(
    "text",
    ["book", "book:", "book:0", "book:9-7", "book:p.12", "book:p. 0", "book:p. 12-14", "book:pp. 12", "book:pp. 14-12",
     "book:12 p.", "book:#", "book:#a b", "book:#a,b", "book:##", "Book:7", "book:7#a", "book:#a\u202eb"],
)  # fmt: skip
def test_what_is_no_cite(text):
    with pytest.raises(ValueError):
        read_cite(text)


@given(st.from_regex(CITE, fullmatch=True))
def test_every_cite_that_is_written_is_read_again(text):
    try:
        cite = parse_cite(text)
    except ValueError as fault:
        assert "runs backwards" in str(fault)
    else:
        assert parse_cite(str(cite)) == cite
        assert len(str(cite)) <= len(text)  # "7-7" is "7"


@pytest.mark.parametrize(
    ("one", "other", "holds"),
    [
        ("book:7-9", "book:8", True),
        ("book:pp. 7-9", "book:p. 8", True),
        ("book:pp. 7-9", "book:8", False),
        ("book:7-9", "book:p. 8", False),
        ("book:#a", "book:#a", True),
        ("book:#a", "book:#b", False),
        ("book:p. 8", "page:p. 8", False),
    ],
)
def test_what_a_cite_holds_is_of_one_kind(one, other, holds):
    assert parse_cite(one).holds(parse_cite(other)) == holds


# Ids and addresses.


@pytest.mark.parametrize(("scheme", "ident"), [(name, known.example) for name, known in SCHEMES.items()])
def test_the_example_of_a_scheme_is_one_and_leads_somewhere(scheme, ident):
    assert read_id(scheme, ident) == ident
    assert FORMS["url"](address_of(scheme, ident)).endswith(ident)


@pytest.mark.parametrize(
    ("scheme", "ident"),
    [("wikidata", "42"), ("wikidata", "Q0"), ("wikidata", "q42"), ("geonames", "Q42"), ("doi", "10.1/x"), ("Wiki", "1"),
     ("house", ""), ("house", " x"), ("house", "a\nb"), ("house", "a\u202eb"), ("orcid", "1-2-3-4")],
)  # fmt: skip
def test_what_is_no_id(scheme, ident):
    with pytest.raises(ValueError):
        read_id(scheme, ident)


@pytest.mark.parametrize("url", ["https://example.org", "http://example.org/a?b=c#d", "https://fr.example.org/Épée"])
def test_an_address_is_of_the_web(url):
    assert FORMS["url"](url) == url


@pytest.mark.parametrize(
    "url",
    ["example.org", "ftp://example.org", "javascript:alert(1)", "https://", "https:///x", "https://a b", 'https://a"b'],
)
def test_what_is_no_address(url):
    with pytest.raises(ValueError):
        FORMS["url"](url)


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ("Q42", "Harbour Press"), ("wikidata:Q42", "Harbour Press"), ("house:HP 1", "Harbour Press"),
        ("Q1296", "Harbour Town"), ("geonames:2797656", "Harbour Town"), ("S-2", "The Long Strike"),
        ("Q43", "The press prints its first book"), ("doi:10.1000/182", "The press prints its first book"),
        ("E-1", "Ines Marlow opens the press"), ("wikidata:Q44", "Annals of the Harbour"),
    ],
)  # fmt: skip
def test_show_finds_a_record_by_what_others_call_it(press, asked, what):
    assert what in press("show", asked).out.partition("\n\n")[0]


def test_a_filter_takes_an_id_of_others_for_a_name(press):
    assert press("timeline", "--actor", "wikidata:Q42", "--place", "Q1296", "--count").out == "3\n"


def test_ids_and_addresses_are_shown_with_where_they_lead(press):
    shown = press("show", "1923-05-first-book").out
    assert "ids         wikidata Q43: https://www.wikidata.org/wiki/Q43\n" in shown
    assert "\nurls        https://example.org/first-book\n" in shown
    for record in ("press", "harbour", "strike", "annals", "joined"):
        assert re.search(r"^(ids|urls) ", press("show", record).out, re.MULTILINE)
    assert "house HP 1" in press("actor", "press").out


def test_ids_and_addresses_stand_in_every_json_row(press):
    event = json.loads(press("show", "Q43", "-f", "json").out)["events"][0]
    assert event["ids"] == {"wikidata": "Q43", "doi": "10.1000/182"}
    assert event["urls"] == ["https://example.org/first-book"]
    actor = json.loads(press("actor", "press", "-f", "json").out)["actor"]
    assert actor["ids"] == {"wikidata": "Q42", "house": "HP 1"}
    nothing = json.loads(press("show", "ines", "-f", "json").out)["actors"][0]
    assert (nothing["ids"], nothing["urls"]) == ({}, [])


def test_ids_and_addresses_are_fields_of_a_timeline(press):
    rows = list(csv.reader(io.StringIO(press("timeline", "--fields", "ids,urls,cites", "-f", "csv").out)))
    assert rows == [
        ["ids", "urls", "cites"],
        ["house:E-1", "", "annals:p. 12, letter:3"],
        ["wikidata:Q43, doi:10.1000/182", "https://example.org/first-book", "annals:pp. 12-14, letter:5"],
        ["", "", "page:#the-strike"],
    ]


def test_on_a_page_addresses_are_links(press):
    told = press("timeline", "-f", "html").out
    for url in ("https://www.wikidata.org/wiki/Q43", "https://doi.org/10.1000/182", "https://example.org/first-book"):
        assert f'<a href="{url}" rel="noreferrer">{url}</a>' in told
    assert '<a href="https://example.org/press" rel="noreferrer">' in press("show", "press", "-f", "html").out


SAME = ["https://www.wikidata.org/wiki/Q43", "https://doi.org/10.1000/182", "https://example.org/first-book"]


def test_a_map_and_a_graph_say_what_is_the_same(press):
    features = json.loads(press("timeline", "-f", "geojson").out)["features"]
    assert [feature["properties"]["sameAs"] for feature in features] == [[], SAME, []]
    nodes = {node.get("@id"): node for node in json.loads(press("timeline", "-f", "jsonld").out)["@graph"]}
    assert nodes["urn:chrono:event:1923-05-first-book"]["sameAs"] == SAME
    assert nodes["urn:chrono:source:annals"]["sameAs"] == ["https://www.wikidata.org/wiki/Q44"]
    assert "sameAs" not in nodes["urn:chrono:event:1926-11-03-last-sheet"]


def test_an_export_has_tables_of_ids_addresses_and_cites(press, tmp_path, database):
    assert press("export", str(tmp_path / "press.db")).code == 0
    base = database(tmp_path / "press.db")
    ids = base.execute("SELECT kind, record_id, scheme, other_id, url FROM record_id").fetchall()
    urls = base.execute("SELECT kind, record_id, ord, url FROM record_url").fetchall()
    cites = base.execute("SELECT * FROM event_cite WHERE ord = 1 ORDER BY event_id").fetchall()
    sources = base.execute("SELECT source_id, lines, pages, unverifiable IS NULL FROM source").fetchall()
    assert ("actor", "press", "wikidata", "Q42", "https://www.wikidata.org/wiki/Q42") in ids
    assert ("event", "1921-press-opens", "house", "E-1", None) in ids
    assert {kind for kind, *_ in ids} == {"event", "actor", "place", "period", "source"}
    assert ("actor", "press", 2, "http://example.org/press/about") in urls
    assert ("type", "joined", 1, "https://example.org/joining") in urls
    assert cites == [
        ("1921-press-opens", 1, "annals", None, None, 12, 12, None),
        ("1923-05-first-book", 1, "annals", None, None, 12, 14, None),
        ("1926-11-03-last-sheet", 1, "page", None, None, None, None, "the-strike"),
    ]
    assert sources == [("annals", None, 300, 0), ("letter", 5, None, 1), ("page", None, None, 0)]


def test_an_event_that_is_edited_keeps_its_ids_in_the_index(chrono, copy):
    store = str(copy())
    assert chrono("show", "E-1", "--store", store).code == 0
    copy(("data/events.yaml", "house: E-1", "house: E-7"))
    assert "opens the press" in chrono("show", "house:E-7", "--store", store).out
    assert chrono("show", "E-1", "--store", store).code == 2


# What `check` says.


def test_the_store_is_sound_and_laid_out(press):
    assert press("check", "--strict") == (0, "", "")
    assert press("fmt", "--check").code == 0


ACTORS, EVENTS, ANNALS, LETTER = "data/actors.yaml", "data/events.yaml", "seeds/annals.yaml", "seeds/letter.yaml"


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ((ACTORS, "wikidata: Q42", "wikidata: P42"), ["bad-value"]),
        ((ACTORS, "{wikidata: Q42, house: HP 1}", "wikidata"), ["wrong-kind"]),
        ((ACTORS, "https://example.org/press,", "www.example.org,"), ["bad-value"]),
        ((ACTORS, "cites: [letter:3]", "cites: [letter:3]\n  ids: {house: HP 1}"), ["id-clash"]),
        ((EVENTS, "wikidata: Q43", "wikidata: Q42"), []),  # of another kind
        ((EVENTS, "pp. 12-14", "pp. 299-301"), ["cite-range", "toll-cite"]),
        ((EVENTS, "letter:5]", "letter:p. 5]"), ["cite-form", "toll-cite"]),
        ((EVENTS, "letter:5]", "letter:#five]"), ["cite-form", "toll-cite"]),
        ((EVENTS, "cite: letter:5", "cite: annals:14"), ["toll-cite"]),  # a line is no page
        ((EVENTS, "page:#the-strike", "page:17"), []),  # nobody knows how many lines it has
        ((LETTER, "lines: 5", "lines: 5\npages: 2"), []),
        ((ANNALS, "pages: 300\n", ""), []),
        ((ANNALS, "pages: 300\n", "file: annals.txt\n"), ["unverifiable-copy"]),
        ((ANNALS, "unverifiable: read in the town archive, which lends nothing\n", ""), ["missing-field"]),
        (("data/chronology.yaml", "title_length: 60", "title_length: 40"), ["title-length"]),
    ],
)  # fmt: skip
def test_what_check_finds(chrono, copy, change, found):
    said = rules(chrono("check", "--store", str(copy(change))))
    assert sorted(set(said)) == found


def test_a_source_with_pages_may_be_cited_by_both(chrono, copy):
    store = copy((LETTER, "lines: 5", "lines: 5\npages: 2"), (EVENTS, "letter:5]", "letter:5, letter:p. 2]"))
    assert chrono("check", "--store", str(store)) == (0, "", "")
    told = chrono("source", "letter", "--store", str(store)).out
    assert re.findall(r"^ *(\S.*?)  \S", told.partition("\n\n")[2], re.MULTILINE)[1:] == [
        "1-2",
        "3",
        "4",
        "5",
        "p. 1",
        "p. 2",
    ]


def test_what_a_page_tells_twice_is_no_double(chrono, copy):
    """A line that tells two figures, or two events of a kind and place, is found; a page may tell as much."""
    twice = ("copies: 280-320, says: ines, cite: {0}", "copies: 280-320, cite: {1}")
    lines = copy((EVENTS, *(text.format("letter:5", "letter:5") for text in twice)),
                 (EVENTS, "{copies: 300, cite: annals:p. 13}", "{copies: 300, cite: letter:5}"))  # fmt: skip
    assert rules(chrono("check", "--store", str(lines))) == ["two-figures"]
    text = (lines / EVENTS).read_text("utf-8").replace("letter:5", "annals:p. 13")
    (lines / EVENTS).write_text(text, "utf-8")
    assert "two-figures" not in rules(chrono("check", "--store", str(lines)))


# The proof.


def test_what_no_copy_can_prove_fails_nothing_and_is_counted(press):
    ended = press("verify", str(PRESS / "documents"), "-f", "json", "-v")
    said = json.loads(ended.out)
    assert (ended.code, said["problems"]) == (0, [])
    assert said["unverifiable"] == {
        "statements": 5,  # the date of the press's lead, of the strike and of the last sheet; 300 copies; an outlet
        "documents": [
            {"id": "annals", "reason": "read in the town archive, which lends nothing", "statements": 3},
            {"id": "page", "reason": "a page that changes every week", "statements": 2},
        ],
    }
    verdicts = {date["id"]: date["verdict"] for date in said["dates"]}
    assert verdicts == {
        "press": "unverifiable", "strike": "unverifiable", "1921-press-opens": "proved",
        "1923-05-first-book": "proved", "1926-11-03-last-sheet": "unverifiable",
    }  # fmt: skip


def test_people_are_told_so_in_a_line(press):
    told = press("verify", str(PRESS / "documents")).out.splitlines()[-1]
    assert told.startswith("5 statements rest on documents without a copy: annals 3 (read in")
    assert "5 statements rest" in press("verify", str(PRESS / "documents"), "-f", "md").out


def test_what_has_a_copy_still_fails(chrono, copy):
    store = copy(
        (EVENTS, "date: 1923-05", "date: 1924-05"),
        (EVENTS, "id: 1923-05", "id: 1924-05"),
        (EVENTS, "annals:pp. 12-14, letter:5", "letter:5"),
        (EVENTS, "{copies: 300, cite: annals:p. 13}", "{copies: 300}"),
    )
    said = rules(chrono("verify", str(PRESS / "documents"), "--store", str(store)))
    assert set(said) == {"date-not-printed", "figure-not-printed", "outlet-not-printed", "date-open"}


def test_a_store_of_nothing_but_such_sources_needs_no_documents(chrono, copy, tmp_path):
    store = copy((ACTORS, "cites: [letter:3]", "cites: [annals:3]"), (EVENTS, ", letter:3]", "]"),
                 (EVENTS, "cite: letter:5", "cite: annals:p. 14"), (EVENTS, ", letter:5]", "]"))  # fmt: skip
    (store / LETTER).unlink()
    (tmp_path / "none").mkdir()
    ended = chrono("verify", str(tmp_path / "none"), "--store", str(store))
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("8 statements rest on documents without a copy: annals 6")


# What is told of a source.


def test_a_source_without_a_copy_says_why(press):
    told = press("source", "annals").out
    assert re.search(r"^no copy +read in the town archive, which lends nothing$", told, re.MULTILINE)
    said = json.loads(press("source", "annals", "-f", "json").out)["documents"][0]
    assert (said["file"], said["sha256"], said["lines"], said["pages"]) == (None, None, None, 300)
    assert said["stretches"] == [
        {"lines": "pp. 1-11", "events": [], "others": 0},
        {"lines": "p. 12", "events": ["1921-press-opens", "1923-05-first-book"], "others": 1},
        {"lines": "pp. 13-14", "events": ["1923-05-first-book"], "others": 0},
        {"lines": "pp. 15-300", "events": [], "others": 0},
    ]


def test_of_what_nobody_counted_only_the_cited_is_told(press):
    said = json.loads(press("source", "page", "-f", "json").out)["documents"][0]
    assert said["stretches"] == [{"lines": "#the-strike", "events": ["1926-11-03-last-sheet"], "others": 1}]


def test_a_cite_reads_well_everywhere(press):
    assert "annals:pp. 12-14: Annals of the Harbour, pages 12-14" in press("show", "Q43").out
    assert "page:#the-strike: The harbour in the twenties, at #the-strike" in press("show", "1926-11").out
    assert "[1: pp. 12-14; 2: 5]" in press("brief", "-f", "md").out
    assert "Annals of the Harbour</a>, page 12<" in press("timeline", "-f", "html").out
    assert "Annals of the Harbour, page 12; A letter" in press("timeline", "-f", "geojson").out
    assert '"id": "annals"' in press("timeline", "-f", "csl").out


# What a store says of itself.


def test_a_chronology_has_a_name(press):
    assert json.loads(press("timeline", "-f", "geojson").out)["chrono"]["store"] == "The Harbour Press"


def test_the_version_names_it(chrono, monkeypatch):
    monkeypatch.setenv("CHRONO_STORE", str(PRESS))
    assert "store: The Harbour Press, " in chrono("--version").out


@pytest.mark.parametrize(
    ("setting", "rule"),
    [("language: french", "bad-value"), ("title_length: many", "bad-value"), ("languages: fr", "unknown-key")],
)
def test_a_setting_that_is_none(chrono, copy, setting, rule):
    store = copy(("data/chronology.yaml", "title_length: 60", setting))
    assert rules(chrono("check", "--store", str(store))) == [rule]


FRENCH = "Une lettre\n\nEn 1921 j'ai ouvert la presse.\n\nLe premier livre parut le 7 mai 1923, à 280 ou 320 copies.\n"


@pytest.fixture
def french(copy, tmp_path):
    from hashlib import sha256

    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "letter.txt").write_bytes(FRENCH.encode())
    seed = (PRESS / LETTER).read_text("utf-8")
    copy((LETTER, re.search("sha256: (.*)", seed)[1], sha256(FRENCH.encode()).hexdigest()),
         (EVENTS, "1923-05-first", "1923-05-07-first"), (EVENTS, "date: 1923-05\n", "date: 1923-05-07\n"))  # fmt: skip
    return lambda language: str(copy(("data/chronology.yaml", "title_length", f"language: {language}\ntitle_length")))


def test_months_of_the_language_of_a_store_are_read(chrono, french, tmp_path):
    pytest.importorskip("babel", reason="the extra languages is not installed")
    ended = chrono("verify", str(tmp_path / "documents"), "-v", "--store", french("fr"))
    assert (ended.code, ended.err) == (0, "")
    assert "1923-05-07-first-book: 1923-05-07 <- letter:5: 7 mai 1923\n" in ended.out


def test_english_documents_are_read_without_it(chrono, french, tmp_path):
    said = rules(chrono("verify", str(tmp_path / "documents"), "--store", french("en")))
    assert set(said) == {"date-open"}  # 1923 alone is read; that the date is the annals' nobody can deny


def test_a_language_that_nobody_knows(chrono, french, tmp_path):
    pytest.importorskip("babel", reason="the extra languages is not installed")
    ended = chrono("verify", str(tmp_path / "documents"), "--store", french("xx"))
    assert (ended.code, ended.out) == (2, "")
    assert "nobody knows the language 'xx'" in ended.err


PHRASES = [
    ("fr", "du 7 au 9 mars 2015, le 1er août 2014, en févr. 2013", ["9 mars 2015", "1er août 2014", "févr. 2013"]),
    ("fr", "7-9 mars 2015 et 7 et 9 mai 2016; since 2012", ["7-9 mars 2015", "7 et 9 mai 2016", "2012"]),
    ("de", "am 7. März 2015, vom 7.-9. August 2016, im Mai 2012", ["7. März 2015", "7.-9. August 2016", "Mai 2012"]),
    ("es", "el 7 de marzo de 2015 y marzo de 2014", ["7 de marzo de 2015", "marzo de 2014"]),
    ("ru", "7 марта 2015 г., март 2014", ["7 марта 2015 г.", "март 2014"]),
    ("ja", "2015年3月7日と2014年11月", ["2015年3月7日", "2014年11月"]),
    ("cs", "7. března 2015; březen 2014", ["7. března 2015", "březen 2014"]),
    ("fr", "le 31 avril 2015; la planète Mars", []),
    ("en", "7 mars 2015; 7 March 2015", ["2015", "7 March 2015"]),
]


@pytest.mark.parametrize(("language", "text", "found"), PHRASES)
def test_the_dates_that_a_language_prints(language, text, found):
    pytest.importorskip("babel", reason="the extra languages is not installed")
    from mali_chrono.dates.tonguephrases import table_of
    from mali_chrono.evidence.markup import normalise
    from mali_chrono.evidence.phrases import read

    assert [printed.words for printed in read(normalise(text), table=table_of(language))] == found


PAGE = (ROOT / "docs" / "records.md").read_text("utf-8")


@pytest.mark.parametrize("block", re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL), ids=lambda block: block[:20])
def test_the_page_shows_what_is_printed(press, monkeypatch, block):
    monkeypatch.chdir(PRESS)
    command, _, shown = block.partition("\n")
    assert press(*command.split()[2:]) == (0, shown, "")


@pytest.mark.parametrize(
    ("text", "found"), [("E-1", "1"), ("e-1 harbour", "1"), ("Q43", "1"), ("Q4*", "1"), ("E-2", "0")]
)
def test_an_event_is_found_by_its_ids_elsewhere(press, text, found, tmp_path):
    assert press("timeline", "-m", text, "--count").out.strip() == found
    assert press("export", str(tmp_path / "it.sqlite")).code == 0
    asked = press("timeline", "-m", text, "-f", "sql").out
    with contextlib.closing(sqlite3.connect(tmp_path / "it.sqlite")) as connection:
        assert len(connection.execute(asked.rstrip().rstrip(";")).fetchall()) == int(found)
