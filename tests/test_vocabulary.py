"""A store's own words: data/vocabulary.yaml in place of the usual ones, in every answer; a firm has no dead."""

import csv
import json
import re
import shutil

import pytest
from conftest import CASES, ROOT, first_of_each

from mali_chrono.index import schema
from mali_chrono.index.fields import fields_of
from mali_chrono.kinds import MEANINGS, SECTIONS, SUMS, TAKEN, TollKind, of_rows, rows_of
from mali_chrono.store.shapes import FIXED
from mali_chrono.store.vocabulary import usual

FIRM = CASES / "stores" / "firm"
# The columns of an index that may be the id of a kind of toll.
COLUMNS = {name.strip("_").replace("_", "-") for row in schema.TABLES.values() for name in row.__annotations__}
COLUMNS -= TAKEN | {field.name for shape in ("toll", "event") for field in FIXED[shape]}


@pytest.fixture
def firm(chrono):
    return lambda *args: chrono(*args, "--store", str(FIRM))


def rows(ended):
    assert (ended.code, ended.err) == (0, "")
    return [line.split() for line in ended.out.splitlines()]


def test_a_store_with_words_of_its_own_is_sound(firm):
    assert firm("check", "--strict") == (0, "", "")


def test_the_first_kind_of_toll_is_the_column_of_a_timeline(firm):
    lines = firm("timeline").out.splitlines()
    assert lines[0].split() == ["when", "what", "where", "who", "jobs"]
    assert [line.split()[-1] for line in lines[2:]] == ["40-50", "1", "500"]


def test_who_does_and_who_suffers_stand_against_each_other(firm):
    assert "Acme against Ann" in firm("timeline").out


@pytest.mark.parametrize("format_", ["csv", "tsv"])
def test_rows_hold_every_kind_of_toll_as_json_does(firm, format_):
    """Also a level (staffed) and what is never added (grade)."""
    told = json.loads(firm("timeline", "-f", "json").out)["events"]
    head, *lines = csv.reader(
        firm("timeline", "-f", format_).out.splitlines(), delimiter="\t" if format_ == "tsv" else ","
    )
    for kind in ("jobs-lost", "staffed", "grade"):
        assert any(event[kind] for event in told)
        assert [bool(line[head.index(kind)]) for line in lines] == [bool(event[kind]) for event in told]


def test_kinds_of_toll_are_listed_with_what_their_sum_means(firm):
    """What --sum and --min take: the label as the name, the unit, the events that tell of it."""
    values = json.loads(firm("list", "tolls", "-f", "json").out)["values"]
    told = [tuple(value[key] for key in ("id", "name", "unit", "sum", "events")) for value in values]
    assert told == [("jobs-lost", "jobs", "jobs", "added", 3), ("grade", "grade", "", "never", 1),
                    ("staffed", "staffed", "", "level", 1)]  # fmt: skip
    assert firm("list", "toll", "--fields", "id,sum").out.splitlines()[1].split() == ["jobs-lost", "added"]


def test_low_best_and_high_of_any_kind_are_fields(firm):
    fields = ("staffed_low", "staffed_best", "staffed_high", "grade_best")
    told = [event for event in json.loads(firm("timeline", "-f", "json").out)["events"] if event["staffed"]]
    said = json.loads(firm("timeline", "--fields", ",".join(fields), "-f", "json", "--min", "staffed=1").out)["events"]
    ends = [tuple(event[kind] and event[kind][end] for kind, end in (f.split("_") for f in fields)) for event in told]
    assert [tuple(event[field] for field in fields) for event in said] == ends


@pytest.mark.parametrize(
    ("least", "found"), [("jobs-lost=41", 1), ("jobs-lost=40", 2), ("staffed=300", 1), ("staffed=301", 0)]
)
def test_at_least_so_many_of_any_kind(firm, least, found):
    assert firm("timeline", "--min", least, "--count").out == f"{found}\n"


def test_what_is_added_what_is_a_level_and_what_a_rumour_is_not(firm):
    """50 and 1 jobs; the rumour of 500 adds nothing; how many are staffed is reported, not added."""
    said = json.loads(firm("summary", "--by", "year", "--sum", "jobs-lost,staffed", "-f", "json").out)
    assert said["total"]["jobs-lost"] == {"low": 41, "best": 41, "high": 51, "open": False}
    assert said["total"]["staffed"]["event"] == "2001-02-closing-of-the-foundry"
    assert said["total"]["reports"] == 1


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("summary", "--sum", "grade"), "a sum of it means nothing"),
        (("summary", "--sum", "killed"), "one of: jobs-lost, staffed, grade"),
        (("timeline", "--min", "killed=1"), "--min knows no 'killed'"),
        (("timeline", "--min", "jobs-lost"), "--min takes KIND=N"),
        (("timeline", "--min", "jobs-lost=-1"), "--min takes KIND=N"),
        (("timeline", "--min-killed", "3"), "--min killed=3"),
        (("timeline", "--sort", "killed"), "--sort knows no 'killed'"),
        (("timeline", "--fields", "killed"), "unknown field 'killed'"),
        (("timeline", "--role", "perpetrator"), "unknown role 'perpetrator'"),
    ],
)
def test_words_of_another_store_are_refused(firm, command, said):
    ended = firm(*command)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


def test_offices_stand_in_the_order_of_their_titles(firm):
    offices = firm("at", "2000-01-01").out
    assert offices.index("chair") < offices.index("clerk")


def test_a_state_of_play_without_arms_says_nothing_of_them(firm):
    said = firm("at", "2001-06-01").out
    assert "Acme  since 1990; company" in said  # what lasts
    assert not re.search("armed|foreign|killed|dead", said, re.IGNORECASE)


def test_a_leader_that_is_removed_is_a_turn(firm):
    assert "◆ Acme let Ann go" in firm("actor", "ann").out


WAR = re.compile(r"\b(war|dead|killed|armed|attack|battle|perpetrator|victim|forces|civilian)", re.IGNORECASE)


@pytest.mark.parametrize(
    "command",
    ["timeline", "timeline -f csv", "timeline -f json", "timeline -f html", "show 2001-02-closing-of-the-foundry",
     "show acme", "show springfield", "actor", "actor -f csv", "actor acme", "at 2001", "summary --by category",
     "summary --by year,category", "brief -f md", "list types", "list roles", "source", "lineage", "timeline -f sql",
     "timeline -f ics", "timeline -f geojson", "timeline -f jsonld", "timeline -f timelinejs"],
)  # fmt: skip
@pytest.mark.parametrize("width", [None, 80])
def test_no_answer_speaks_of_war(firm, terminal, command, width):
    if width:
        terminal(width)
    ended = firm(*command.split())
    assert ended.code == 0
    assert WAR.findall(re.sub(r"<style>.*?</style>|<script>.*?</script>", "", ended.out, flags=re.DOTALL)) == []


def test_an_export_adds_up_the_first_kind_of_toll(firm, tmp_path, database):
    assert firm("export", str(tmp_path / "firm.sqlite")).code == 0
    exported = database(tmp_path / "firm.sqlite")
    assert exported.execute("SELECT * FROM jobs_lost_by_year").fetchall() == [(2001, 41, 41, 51, 0)]


@pytest.mark.parametrize(
    ("written", "where", "said"),
    [
        ("tolls: [{id: title}]", "1:9", "'title' is a field of an event"),
        ("tolls: [{id: at}]", "1:9", "'at' is a field of an event"),
        ("roles: [{id: a}, {id: a}]", "1:18", "'a' stands twice in roles"),
        ("roles: [{id: A b}]", "1:9", "'A b' is no id"),
        ("roles: [{id: a, means: dose}]", "1:24", "'dose' is no means"),
        ("roles: [{means: does}]", "1:9", "needs the field 'id'"),
        ("rolls: [{id: a}]", "1:1", "unknown field 'rolls'"),
        ("tolls: jobs", "1:8", "'tolls' is a list"),
        ("- a", "1:1", "one record was expected"),
        ("", "1:1", "the file is empty"),
        ("tolls: [", "1:9", "not readable as YAML"),
    ],
)
def test_a_vocabulary_that_is_none_is_told_at_its_place(good, chrono, written, where, said):
    (good / "data" / "vocabulary.yaml").write_text(written, "utf-8")
    ended = chrono("check", "--store", str(good))
    assert ended.code == 1
    first = next(line for line in ended.out.splitlines() if line.startswith("data/vocabulary.yaml"))
    assert first.startswith(f"data/vocabulary.yaml:{where}: error: ")
    assert said in first


@pytest.mark.parametrize("name", sorted(TAKEN))
def test_no_kind_of_toll_is_called_as_something_of_an_event(good, chrono, name):
    (good / "data" / "vocabulary.yaml").write_text(f"tolls: [{{id: {name}}}]", "utf-8")
    assert f"'{name}' is a field of an event" in chrono("check", "--store", str(good)).out


def test_what_an_answer_has_of_an_event_is_taken(database):
    """Each field of its row, and each column of the index's table of events."""
    index = database(":memory:")
    for statement in schema.statements(fields_of(()).stored):
        index.execute(statement)
    columns = [row[1] for row in index.execute("PRAGMA table_info(event)")]
    fields = {*fields_of(()).all, *columns}
    own = {field.name for shape in ("toll", "event") for field in FIXED[shape]}
    assert {field for field in fields if "_" not in field} <= own | TAKEN


@pytest.mark.parametrize("name", first_of_each(sorted(COLUMNS), 8))
def test_a_kind_of_toll_may_be_called_as_any_other_column(good, chrono, tmp_path, name):
    """Of an index, an export or an answer: nothing takes one for the other."""
    words = good / "data" / "vocabulary.yaml"
    words.write_text(f"tolls: [{{id: {name}, fatal: true}}]", "utf-8")
    events = good / "data" / "events.yaml"
    events.write_text(events.read_text("utf-8").replace("killed:", f"{name}:"), "utf-8")
    for line in ("check", "timeline", "timeline -f json", "timeline -f csv", "summary --by year", "timeline -f html",
                 "summary --by year -f sql", "show 2011-05-01-town-raid", "actor front", "at 2012", "brief",
                 f"export {tmp_path}/out"):  # fmt: skip
        ended = chrono(*line.split(), "--store", str(good))
        assert (ended.code, ended.err) == (0, ""), line
    told = json.loads(chrono("timeline", "-f", "json", "--store", str(good)).out)["events"]
    assert [event[name] is None for event in told] == [False] * len(told)


@pytest.mark.parametrize("section", ["roles", "categories", "actors", "periods"])
def test_a_section_without_entries_has_no_words(good, chrono, section):
    (good / "data" / "vocabulary.yaml").write_text(f"{section}: []", "utf-8")
    assert f"the vocabulary has no {section}" in chrono("check", "--store", str(good)).out


def test_without_kinds_of_toll_nothing_is_counted(good, chrono):
    (good / "data" / "vocabulary.yaml").write_text("tolls: []", "utf-8")
    assert "error: the vocabulary has no kinds of toll [toll-kind]" in chrono("check", "--store", str(good)).out


def test_an_edited_vocabulary_is_read_again(tmp_path, chrono):
    store = shutil.copytree(FIRM, tmp_path / "store")
    assert "jobs" in chrono("timeline", "--store", str(store)).out
    file = store / "data" / "vocabulary.yaml"
    file.write_text(file.read_text("utf-8").replace("label: jobs", "label: posts"), "utf-8")
    assert chrono("timeline", "--store", str(store)).out.splitlines()[0].split()[-1] == "posts"


@pytest.mark.parametrize(
    ("kind", "heading", "counted"),
    [
        (TollKind("killed", unit="people", label="dead"), "dead", "people killed"),
        (TollKind("jobs-cut", unit="jobs"), "jobs cut", "jobs cut"),
        (TollKind("cases"), "cases", "cases"),
    ],
)
def test_what_is_counted_is_said_in_words(kind, heading, counted):
    assert (kind.heading, kind.counted) == (heading, counted)


def test_words_come_out_of_the_index_as_they_went_in():
    assert of_rows(tuple(rows_of(usual()))) == usual()


def test_the_usual_words_say_only_what_chrono_knows():
    words = usual()
    assert {role.means for role in words.roles} <= set(MEANINGS)
    assert {toll.sum for toll in words.tolls} <= set(SUMS)
    assert all(getattr(words, section) for section in SECTIONS)


NAMES = r"\b(mali|malian|mansa|bamako|timbuktu|mopti|gao|kidal|azawad|sahel|jnim|gatia|minusma|fama|wagner|csp-dpa|cep-mali|tuareg|aqim)\b"  # noqa: E501
OWN = r"mali[-_]chrono"
EXAMPLE = r"^    (?:EDITOR=\S+ .*)?chrono .*$"


def test_the_package_names_nothing_of_the_chronology_it_ships():
    """But for its own name, and the examples that help shows."""
    found = []
    for path in sorted((ROOT / "mali_chrono").rglob("*")):
        if path.suffix not in (".py", ".yaml", ".css", ".js", ".md") or "shipped" in path.parts:
            continue
        text = re.sub(f"{OWN}|{EXAMPLE}", "", path.read_text("utf-8"), flags=re.MULTILINE)
        found += [f"{path.name}: {name}" for name in re.findall(NAMES, text, re.IGNORECASE)]
    assert found == []
