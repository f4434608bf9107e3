"""Reading a store: every way to write it in YAML reads alike, no file is passed over, and hints say what to write."""

import json
import os
import shutil
from pathlib import Path

import pytest
import yaml
from conftest import CASES, ROOT, linux, posix
from hypothesis import given
from hypothesis import strategies as st

from mali_chrono.errors import ERROR
from mali_chrono.index.stamps import hashes, marks
from mali_chrono.store.checks import check
from mali_chrono.store.load import load, read_items
from mali_chrono.store.locate import Store, files, find
from mali_chrono.store.model import Event, sort_key
from mali_chrono.store.offers import offer_date
from mali_chrono.store.reader import split
from mali_chrono.store.vocabulary import grammar_of, usual

TODAY = (2025, 11, 15)
LISTS = ("actors", "events", "periods", "places", "types")


def problems(store: Path):
    return check(load(Store(store, "made")), TODAY)


def told(store: Path):
    return [(problem.where, problem.rule) for problem in problems(store)]


def hints(store: Path):
    return {problem.rule: problem.hint for problem in problems(store)}


def edit(store: Path, name: str, old: str, new: str) -> Path:
    path = store / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return store


def values(store: Path):
    """Every record of a store without where it stands."""
    found = load(Store(store, "made")).chronology
    return {kind: {record.id: record for record in getattr(found, kind)} for kind in (*LISTS, "sources")}


def dumped(path: Path, dump) -> None:
    path.write_text(dump(yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)), "utf-8")


DUMPS = {
    "as PyYAML does": yaml.dump,
    "in its own order": lambda data: yaml.dump(data, sort_keys=False, allow_unicode=True),
    "in braces": lambda data: yaml.dump(data, default_flow_style=True),
    "wide and quoted": lambda data: yaml.dump(data, default_style='"', width=4000),
    "narrow": lambda data: yaml.dump(data, width=20, indent=6),
    "as a document": lambda data: yaml.dump(data, explicit_start=True, explicit_end=True, version=(1, 2)),
    "as json": json.dumps,
    "as json, indented": lambda data: json.dumps(data, indent=4, ensure_ascii=False),
    "further in": lambda data: "\n".join(f"   {line}" for line in yaml.dump(data).splitlines()),
    "after a lone dash": lambda data: yaml.dump(data).replace("\n- ", "\n-\n  ").replace("- ", "-\n  ", 1),
    "with Windows' line ends": lambda data: yaml.dump(data).replace("\n", "\r\n"),
}


# Each takes a second or two; these four are written least alike.
QUICK = ("with Windows' line ends",)


@pytest.mark.parametrize(
    "dump",
    [pytest.param(dump, id=name, marks=[] if name in QUICK else pytest.mark.slow) for name, dump in DUMPS.items()],
)
def test_shipped_store_reads_alike_however_it_is_written(dump, tmp_path):
    store = tmp_path / "again"
    for folder in ("data", "seeds"):
        shutil.copytree(ROOT / folder, store / folder)
    lists = [store / "data" / f"{name}.yaml" for name in LISTS]
    # A dash alone on its line is a matter of lists: documents are maps.
    alone = dump is DUMPS["after a lone dash"]
    for path in lists if alone else [*lists, *(store / "seeds").glob("*.yaml")]:
        dumped(path, dump)
    assert values(store) == values(ROOT)
    assert [problem.rule for problem in problems(store)] == [problem.rule for problem in problems(ROOT)]


def test_lone_carriage_returns_end_lines(good):
    path = good / "data" / "events.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r").replace(b"army, role: target", b"army, role: prey"))
    assert told(good) == [("data/events.yaml:8:27", "bad-value"), ("data/events.yaml:20:27", "bad-value")]


@pytest.mark.parametrize("text", ["[]\n", "--- []\n", "# none yet\n[]\n"])
def test_empty_list_is_a_list_of_none(good, text):
    (good / "data" / "periods.yaml").write_text(text)
    (good / "data" / "events.yaml").write_text(text)
    assert told(good) == []


@pytest.mark.parametrize("text", ["", "\n", "# none yet\n", "---\n", "---\n...\n"])
def test_empty_file_is_no_list(good, text):
    (good / "data" / "events.yaml").write_text(text)
    assert told(good) == [("data/events.yaml:1:1", "syntax")]
    assert hints(good) == {"syntax": "write [] for a list of none"}


@pytest.mark.parametrize("space", [" ", "\n  "])
def test_list_in_brackets_that_breaks_off_makes_no_reference_wrong(good, space):
    actors = f'[{{id: army, name: Land Army, kind: state-forces}},{space}{{id: front,{space}name: "People}}]'
    (good / "data" / "actors.yaml").write_text(actors)
    assert [rule for _, rule in told(good)] == ["syntax"]


def test_file_that_is_no_text_makes_no_reference_wrong(good):
    (good / "data" / "actors.yaml").write_bytes(b"- id: \xff")
    (good / "seeds" / "book.yaml").write_bytes(b"id: \xff")
    assert [rule for _, rule in told(good)] == ["encoding", "encoding"]


def test_id_may_stand_after_what_is_broken(good):
    text = "- name: Land: Army\n  kind: state-forces\n  id: army\n- id: front\n  name: Front\n  kind: rebel-group\n"
    (good / "data" / "actors.yaml").write_text(text)
    assert told(good) == [("data/actors.yaml:1:13", "syntax")]


def test_words_of_a_text_are_no_id(good):
    edit(good, "data/actors.yaml", "cites: [book:1]", 'cites: [book:1]\n  summary: "Read\nid: ghost\n  aloud"')
    edit(good, "data/events.yaml", "{actor: army, role: target}", "{actor: ghost, role: target}")
    assert told(good) == [
        ("data/events.yaml:8:15", "unknown-actor"),
        ("data/events.yaml:10:24", "toll-of"),
    ]


@pytest.mark.parametrize("case", sorted((CASES / "bad").glob("syntax-*--events.yaml")), ids=lambda case: case.stem)
def test_without_libyaml_a_fault_stands_in_the_same_place(case, good, monkeypatch):
    shutil.copyfile(case, good / "data" / "events.yaml")
    expected = told(good)
    monkeypatch.delattr(yaml, "CBaseLoader")
    assert told(good) == expected


# --- a list, record by record


@pytest.mark.parametrize(
    ("text", "chunks"),
    [
        ("- id: a\n- id: b\n", [(1, "- id: a\n"), (2, "- id: b\n")]),
        ("# old\n\n---\n\n- id: a\n  - x\n\n# next\n- id: b", [(5, "- id: a\n  - x\n\n# next\n"), (9, "- id: b")]),
        ("  -\n    id: a\n  - id: b\n", [(1, "  -\n    id: a\n"), (3, "  - id: b\n")]),
        ("-\tid: a\n-no: dash\n", [(1, "-\tid: a\n-no: dash\n")]),
        ("- - a\n  - b\n", [(1, "- - a\n  - b\n")]),
        ("[]\n", None),
        ("[{id: a}]\n", None),
        ("", None),
        ("id: a\n", None),
        ("%YAML 1.2\n---\n- id: a\n", None),
        ("- id: a\n...\n", None),
        ("- id: a\n---\n- id: b\n", None),
        ("--- # twice\n---\n- id: a\n", None),
        ("--- [x]\n- id: a\n", None),
        ("\t# tab\n- id: a\n", None),
    ],
)  # fmt: skip
def test_list_is_split_at_the_dashes_of_its_records(text, chunks):
    assert split(text) == chunks


def test_record_is_read_from_its_chunk_alone(good):
    text = (good / "data" / "events.yaml").read_text("utf-8")
    found = []
    records = list(read_items("events", reversed(split(text)), "data/events.yaml", found, grammar_of(usual())))
    assert records == [*reversed(load(Store(good, "good")).chronology.events)]
    assert found == []


def test_chunk_that_is_no_record_gives_a_problem_and_no_record():
    chunks = split("- a\n- id: '\n- [x]\n")
    found = []
    assert list(read_items("events", chunks, "data/events.yaml", found, grammar_of(usual()))) == []
    assert [(problem.where, problem.rule) for problem in found] == [
        ("data/events.yaml:1:3", "syntax"),
        ("data/events.yaml:2:7", "syntax"),
        ("data/events.yaml:3:3", "syntax"),
    ]


def test_text_in_quotes_may_look_like_a_record(good):
    edit(good, "data/actors.yaml", "cites: [book:1]", 'cites: [book:1]\n  summary: "Read\n- id: ghost\n  aloud"')
    assert values(good)["actors"]["army"].summary == "Read - id: ghost aloud"
    assert told(good) == []


def test_fault_has_its_place_in_a_list_on_one_line(good):
    path = good / "data" / "places.yaml"
    rows = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)
    text = json.dumps(rows).replace('"within": "north"', '"within": "nowhere"')
    path.write_text(text)
    found = [one for one in told(good) if one[1] != "unused-place"]  # what it lay within
    assert found == [(f"data/places.yaml:1:{text.index('nowhere')}", "unknown-place")]


def test_fault_keeps_its_record_where_the_file_changes_meanwhile(good):
    edit(good, "data/places.yaml", "within: north", "within: nowhere")
    loaded = load(Store(good, "good"))
    (good / "data" / "places.yaml").write_text("")
    _, problem = sorted(check(loaded), key=lambda problem: problem.rule == "unknown-place")
    assert (problem.rule, problem.excerpt) == ("unknown-place", "")
    assert problem.line > 0


# --- files


def add_event(path: Path, year: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"- {{id: {year}-x, date: {year}, title: X, type: report, places: [town], cites: [book:1], summary: X.,\n"
        "   actors: [{actor: army, role: author}]}\n"
    )


def test_everything_under_events_is_read(good):
    for name in ("2010.yaml", "2011.yml", "deep/er/2009.yaml"):
        add_event(good / "data" / "events" / name, int(Path(name).stem))
    ids = [event.id for event in load(Store(good, "good")).chronology.events]
    assert ids == ["2011-05-01-town-raid", "2012-06-town-raid", "2010-x", "2011-x", "2009-x"]
    assert told(good) == []


def test_order_holds_within_a_file(good):
    add_event(good / "data" / "events" / "a.yaml", 2019)
    path = good / "data" / "events" / "b.yaml"
    add_event(path, 2018)
    assert told(good) == []
    (good / "data" / "events" / "c.yaml").write_text(path.read_text().replace("2018", "2017") * 2)
    assert [rule for _, rule in told(good)] == ["duplicate-id"]


def test_fault_in_a_file_under_events_stands_there(good):
    add_event(good / "data" / "events" / "in" / "x.yml", 2010)
    edit(good, "data/events/in/x.yml", "town", "towm")
    assert told(good) == [("data/events/in/x.yml:1:61", "unknown-place")]


STRAYS = {
    "data/actor.yaml": "did you mean 'actors.yaml'?",
    "data/places.yml": "did you mean 'places.yaml'?",
    "data/Events.yaml": "did you mean 'events.yaml'?",
    "data/actors.yaml~": "did you mean 'actors.yaml'?",
    "data/event/2001.yaml": "did you mean",
    "data/notes.txt": "delete it",
    "data/events/notes.txt": ".yaml or .yml",
    "data/events/2001.YAML": ".yaml or .yml",
    "data/README.yaml": "delete it",
    "seeds/other.yml": "name it seeds/other.yaml",
    "seeds/notes.txt": "seeds/<its id>.yaml",
    "seeds/more/other.yaml": "seeds/<its id>.yaml",
}


@pytest.mark.parametrize("name", STRAYS)
def test_file_that_nobody_reads_is_named(good, name):
    before = marks(files(Store(good, "good")))
    (good / name).parent.mkdir(exist_ok=True)
    (good / name).write_text("[]\n")
    (problem,) = problems(good)
    assert name.startswith(problem.file)
    assert (problem.line, problem.rule, problem.severity) == (0, "stray-file", ERROR)
    assert STRAYS[name] in problem.hint
    assert marks(files(Store(good, "good"))) != before


@pytest.mark.parametrize(
    "name", ["data/outline.geojson", "data/LICENSE", "data/README.md", "data/readme", "data/.hidden.yaml",
             "data/events/.DS_Store",
             "data/events/README.md", "seeds/LICENCE.txt", "seeds/.gitkeep", "seeds/book.txt", "NOTES.txt"],
)  # fmt: skip
def test_papers_hidden_files_and_documents_may_stand_beside(good, name):
    (good / name).parent.mkdir(exist_ok=True)
    (good / name).write_text("words: [\n")
    assert told(good) == []


@pytest.mark.parametrize("name", ["data/actors.yaml", "data/periods.yaml", "data/events.yaml", "seeds/book.yaml"])
@pytest.mark.parametrize("make", ["folder", pytest.param("pipe", marks=posix), "link"])
def test_file_that_is_none_is_named(good, name, make):
    (good / name).unlink()
    match make:
        case "folder":
            (good / name).mkdir()
        case "pipe":
            os.mkfifo(good / name)
        case "link":
            (good / name).symlink_to("nowhere")
    assert (name, "unreadable") in told(good)
    assert hashes(files(Store(good, "good")))


def test_list_that_is_absent_is_an_empty_one(good):
    (good / "data" / "periods.yaml").unlink()
    assert told(good) == []


def test_store_without_events_says_so(good):
    (good / "data" / "events.yaml").unlink()
    (good / "data" / "events").mkdir()
    assert told(good) == [("data/events.yaml", "missing-file")]


def test_folder_that_leads_back_to_itself_is_read_once(good):
    add_event(good / "data" / "events" / "in" / "x.yaml", 2010)
    (good / "data" / "events" / "again").symlink_to(".")
    (good / "data" / "events" / "in" / "up").symlink_to("..")
    (good / "data" / "events" / "round.yaml").symlink_to("round.yaml")
    assert told(good) == [("data/events/round.yaml", "unreadable")]


@linux
def test_name_that_no_terminal_shows_is_told_in_one_line(good):
    (good / "data" / "a\nb\x1b[1m.yaml").write_text("[]")
    Path(os.fsdecode(bytes(good / "data") + b"/\xff.yaml")).write_text("[]")
    store = Store(good, "good")
    assert [file.relative for file in files(store) if file.trouble] == ["data/\\udcff.yaml", "data/a\\nb\\x1b[1m.yaml"]
    assert all(line.isprintable() for line in marks(files(store)))
    assert all(len(found) == 16 for found in hashes(files(store)).values())
    assert len(problems(good)) == 2


def test_store_of_which_files_are_none_is_a_store(good):
    (good / "data" / "types.yaml").unlink()
    (good / "data" / "types.yaml").mkdir()
    assert find(str(good), None).root == good


# --- hints


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("5 Jan 2020", "write 2020-01-05"),
        ("January 5, 2020", "write 2020-01-05"),
        ("Feb 2020", "write 2020-02"),
        ("December 2020", "write 2020-12"),
        ("5 Jan", "write its year too, like 2020-01-05"),
        ("March", "write its year too, like 2020-03"),
        ("1990s", "write 199X"),
        ("500 BC", "write -0499"),
        ("c. 1312", "write 1312~"),
        ("2020-Q2", 'write 2020-04-01/2020-06-30 if it lasted, "[2020-04-01..2020-06-30]" if it was some time then'),
        ("2012..2014", 'write 2012/2014 if it lasted, "[2012..2014]" if it was some time then'),
        ("03/04/2020", "'03/04/2020' could be 2020-04-03 (3 April) or 2020-03-04 (4 March): write that"),
        ("yesterday", ""),
        ("30d", ""),
        ("last month", ""),
        ("soon", ""),
        ("2020-13", ""),
    ],
)
def test_date_as_people_type_it_is_offered_as_a_file_writes_it(good, written, hint):
    assert offer_date(written) == hint
    edit(good, "data/events.yaml", "date: 2011-05-01", f'date: "{written}"')
    assert hints(good) == {"bad-date": hint}


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("2011-05 01", "2:16"),
        ('"2011-05 01"', "2:17"),
        ("2011\n    and a note", "2:9"),  # its column is none of this line
        ('"2011-05\n    01"', "2:9"),
        (">-\n    2011-05 01", "2:9"),
    ],
)
def test_what_is_wrong_in_a_date_is_told_where_it_stands(good, written, place):
    edit(good, "data/events.yaml", "date: 2011-05-01", f"date: {written}")
    assert told(good) == [(f"data/events.yaml:{place}", "bad-date")]


@given(st.text(max_size=20))
def test_no_text_ends_the_offer_of_a_date(text):
    assert isinstance(offer_date(text), str)


def test_names_are_answered_with_ids(good):
    edit(good, "data/events.yaml", "{actor: front,", "{actor: People's Front,")
    edit(good, "data/events.yaml", "to: 2011-05-01-town-raid", "to: Front raids the army in Town")
    edit(good, "data/events.yaml", "type: armed-clash", "type: Armed Clash")
    edit(good, "data/places.yaml", "within: north", "within: North Region")
    assert hints(good) == {
        "unknown-actor": "write its id: 'front'",
        "unknown-event": "write its id: '2011-05-01-town-raid'",
        "unknown-type": "write its id: 'armed-clash'",
        "unknown-place": "write its id: 'north'",
    }


def test_field_that_must_be_there_is_filled(good):
    edit(good, "data/events.yaml", "title: Front raids the army in Town", "title: ''")
    assert hints(good) == {"empty-field": "fill it"}


def test_field_that_may_be_absent_is_filled_or_deleted(good):
    edit(good, "data/events.yaml", "cites: [book:4-5]", "cites: [book:4-5]\n  note:")
    assert hints(good) == {"empty-field": "fill it, or delete the line"}


@pytest.mark.parametrize("digits", ["1234567", "123456789012345"])
def test_coordinates_have_as_many_decimals_as_a_float(good, digits):
    edit(good, "data/places.yaml", "lat: 10.50", f"lat: 10.{digits}")
    assert [rule for _, rule in told(good)] == ["false-precision"]
    assert values(good)["places"]["town"].lat == float(f"10.{digits}")


def test_name_that_two_claim_says_how_both_may(good):
    edit(good, "data/actors.yaml", "aliases: [PF]", "aliases: [Army]")
    assert "ignore: {name-clash: reason}" in hints(good)["name-clash"]
    edit(good, "data/actors.yaml", "aliases: [Army]", "aliases: [Army]\n  ignore: {name-clash: both are}")
    assert told(good) == []


# --- rules of dates


def test_ignore_alone_silences_what_may_be_meant(good):
    edit(good, "data/actors.yaml", "active: 2010/..", "active: 2012/..")
    edit(good, "data/events.yaml", "cites: [book:4-5]", "cites: [book:4-5]\n  note: So it stands in the book.")
    assert [rule for _, rule in told(good)] == ["actor-span"]
    edit(good, "data/events.yaml", "  note:", "  ignore: {actor-span: so it stands}\n  note:")
    assert told(good) == []


@pytest.mark.parametrize(("date", "wrong"), [("2012-06-01", False), ("2011-04", True), ("2011-05", False)])
def test_follow_up_that_may_come_later_is_none_too_early(good, date, wrong):
    edit(good, "data/events.yaml", "date: 2012-06", f"date: {date}")
    assert ("follow-up-order" in [rule for _, rule in told(good)]) == wrong


def test_later_document_may_tell_of_what_an_earlier_one_cannot(good):
    book = (good / "seeds" / "book.yaml").read_text()
    (good / "seeds" / "news.yaml").write_text(book.replace("id: book", "id: news").replace("2020-01", "2022"))
    edit(good, "data/events.yaml", "date: 2012-06", "date: 2021-06")
    edit(good, "data/events.yaml", "id: 2012-06-town-raid", "id: 2021-06-town-raid")
    assert [rule for _, rule in told(good)] == ["after-source"]
    edit(
        good,
        "data/events.yaml",
        "cites: [book:7]",
        "cites: [book:7, news:1]",
    )
    edit(good, "data/events.yaml", "{killed: dozens}", "{killed: dozens, cite: news:1}")
    assert told(good) == []


def test_without_a_day_no_date_is_too_late(good):
    edit(good, "seeds/book.yaml", "as_of: 2020-01", "as_of: 2099")
    edit(good, "data/events.yaml", "date: 2012-06", "date: 2021-06")
    edit(good, "data/events.yaml", "id: 2012-06-town-raid", "id: 2021-06-town-raid")
    loaded = load(Store(good, "good"))
    assert [problem.rule for problem in check(loaded, (2021, 5, 31))] == ["after-today"]
    assert [problem.rule for problem in check(loaded, (2021, 6, 1))] == []
    assert check(loaded) == []


def test_ignored_future_is_not_told_unused_where_nobody_says_what_day_it_is(good):
    edit(good, "data/events.yaml", "cites: [book:7]", "cites: [book:7]\n  ignore: {after-today: it is fiction}")
    loaded = load(Store(good, "good"))
    assert [problem.rule for problem in check(loaded, TODAY)] == ["unused-ignore"]
    assert check(loaded) == []


def test_events_of_a_day_stand_by_the_clock():
    from mali_chrono.dates.edtf import parse

    def made(ident, date):
        return Event(id=ident, date=parse(date), title="", type="", summary="", places=(), actors=(), cites=())

    events = [
        made("d", "2001-09-11"),
        made("z", "2001-09-11T08:00:00+05:00"),
        made("c", "2001-09-11T08:46:00"),
        made("a", "2001-09-11T09:03:00"),
        made("b", "2001-09-11T09:03:00Z"),
        made("0", "2001-09-11T08:00:00-04:00"),
        made("y", "2001-09-11/2001-09-12"),
    ]
    assert sorted(events, key=sort_key) == events
