"""`chrono schema`: what JSON Schema says of a store's files and of the json of each command."""

import copy
import json
import re
import subprocess
import sys

import pytest
import yaml
from conftest import CASES, ROOT, first_of_each
from hypothesis import given
from hypothesis import strategies as st

from mali_chrono.cli.app import COMMANDS
from mali_chrono.contract.pages import ANSWERS
from mali_chrono.dates.edtf import EdtfError, parse
from mali_chrono.figures.figure import FigureError, parse_figure
from mali_chrono.render.answerschema import answer_schema
from mali_chrono.store.jsonschema import FILES, schema_of
from mali_chrono.store.meanings import MEANINGS
from mali_chrono.store.shapes import FIXED
from mali_chrono.store.vocabulary import usual

jsonschema = pytest.importorskip("jsonschema", reason="check-jsonschema is not installed")

STORES = [ROOT, CASES / "good", CASES / "sample", CASES / "hostile", *sorted((CASES / "stores").iterdir())]
OWN = [store for store in STORES[1:] if (store / "data/vocabulary.yaml").is_file()]  # with words of their own
NAMED = {"sources": "book"}  # what cases/bad call a file by
# What reading refuses, and no record may be silent on: the rules that are a schema's too.
STRUCTURAL = {
    "bad-value", "bad-figure", "bad-date", "wrong-kind", "missing-field", "empty-field", "unknown-key", "toll-kind",
    "newer-format", "syntax", "depth", "encoding", "merge-mark", "duplicate-key", "alias",
}  # fmt: skip
# Faults of such a rule that a pattern cannot know.
TOO_FINE = {"bad-cite-backwards--events"}
# And of other rules that show all the same: no reader of YAML takes a NUL, and a name in place of an id is none.
SHOWN_TOO = {"control-nul--events", "name-for-id--events"}


@pytest.mark.parametrize("name", FILES)
def test_a_schema_is_one(name):
    jsonschema.Draft202012Validator.check_schema(schema_of(name, usual()))


@pytest.mark.parametrize("shape", FIXED)
def test_every_field_is_told_of(shape):
    assert [field.name for field in FIXED[shape] if not MEANINGS[shape].get(field.name)] == []


def check_with(schema, files, *words):
    """What check-jsonschema says of files."""
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", schema, *words, *files]
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)


def files_of(name):
    """The files of one kind of all good stores; of those with the usual words but for the vocabularies."""
    found = {"sources": "seeds/*.yaml", "events": "data/events*.yaml"}.get(name, f"data/{name}.yaml")
    stores = [store for store in STORES if name == "vocabulary" or store not in OWN]
    return [path for store in stores for path in sorted(store.glob(found))]


@pytest.mark.parametrize("name", first_of_each(FILES, 6))
def test_check_jsonschema_has_no_complaint_about_a_good_store(chrono, tmp_path, name):
    assert chrono("schema", name, "-o", str(tmp_path / "schema.json")) == (0, "", "")
    done = check_with(tmp_path / "schema.json", files_of(name))
    assert (done.returncode, done.stdout) == (0, "ok -- validation done\n")


@pytest.mark.parametrize("store", OWN, ids=lambda store: store.name)
@pytest.mark.parametrize("name", ["events", "actors", "types", "periods"])
def test_a_store_with_words_of_its_own_has_a_schema_of_its_own(chrono, store, name):
    judge = jsonschema.Draft202012Validator(json.loads(chrono("schema", name, "--store", str(store)).out))
    for path in sorted(store.glob(f"data/{name}*.yaml")):
        assert complaints(judge, path) == []


@pytest.mark.parametrize("name", first_of_each(FILES, 3))
def test_a_store_in_which_all_is_quoted_is_as_good(name):
    """As a program writes it: every value is a text."""
    judge = jsonschema.Draft202012Validator(schema_of(name, usual()))
    for path in files_of(name):
        assert complaints(judge, path) == []


def complaints(judge, path):
    """What is wrong with a file of a store, every value of it taken as a text."""
    written = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)
    return [f"{path}{fault.json_path}: {fault.message}" for fault in judge.iter_errors(written)]


@pytest.mark.parametrize("name", first_of_each(["events", "actors", "places", "types", "sources", "chronology"], 3))
def test_check_jsonschema_finds_what_is_structural_by_itself(chrono, tmp_path, name):
    cases = sorted((CASES / "bad").glob(f"*--{NAMED.get(name, name)}.yaml"))
    expected = {}
    for case in cases:
        rules = {rule.decode() for rule in re.findall(rb"^# expect: \S+ \w+ (\S+)$", case.read_bytes(), re.MULTILINE)}
        expected[case.stem] = (bool(rules & STRUCTURAL) and case.stem not in TOO_FINE) or case.stem in SHOWN_TOO
    chrono("schema", name, "-o", str(tmp_path / "schema.json"))
    alone = [tmp_path / case.name for case in cases]
    for path, case in zip(alone, cases, strict=True):
        path.write_bytes(case.read_bytes().split(b"\n# file: ")[0])  # what follows is of another file
    said = json.loads(check_with(tmp_path / "schema.json", alone, "-o", "json").stdout)
    wrong = {fault["filename"] for fault in (*said["errors"], *said["parse_errors"])}
    assert {path.stem: str(path) in wrong for path in alone} == expected
    assert True in expected.values()


def accepts(name, path, value):
    """Whether a schema accepts a value of a field of the first good record of its kind."""
    record = copy.deepcopy(GOOD[name])
    inner = record
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return jsonschema.Draft202012Validator(schema_of(name, usual())).is_valid(record if name == "sources" else [record])


GOOD = {
    "events": {
        "id": "2012-06-raid", "date": "2012-06", "title": "Raid", "type": "armed-clash", "places": ["town"],
        "actors": [{"actor": "front", "role": "perpetrator"}], "cites": ["book:7"], "summary": "A raid.",
        "tolls": [{"killed": "dozens"}],
    },
    "places": {"id": "town", "name": "Town", "precision": 1},
    "sources": {
        "id": "book", "title": "The Book", "file": "book.txt", "sha256": "0" * 64, "lines": 20, "format": "text",
        "as_of": "2020-01", "licence": "CC0", "summary": "A book.",
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "path", "good", "bad"),
    [
        ("events", ("date",), [2012, -9999, "2012", "[2012..2014]", "-0499~"], [20120, 2012.5, True, None, ["2012"]]),
        ("events", ("id",), ["a", "2012-x", 2012], ["A", "a_b", "", "-a", -1, None]),
        ("events", ("title",), ["a", 2012, 1.5], ["", " ", None, ["a"], {}]),
        ("events", ("tags",), [[], ["a"], [2012]], ["a", ["A"], [None]]),
        ("events", ("places",), [["town"], ["~town"], ["~ town"]], [[], "town", [None], ["Town"]]),
        ("events", ("cites",), [["a:1"], "a:1", ["a:1-2"]], [[], "a", ["a:0"], ["a:1:2"], [1]]),
        ("events", ("actors", 0, "role"), ["victim"], ["Victim", "", None]),
        ("events", ("actors", 0, "rol"), [], ["victim"]),
        ("events", ("tolls", 0, "killed"), [84, "84", "84+", "over 30", "5/7/12", 0], [-1, 8.4, "a lot", "", None]),
        ("events", ("tolls", 0, "wounded"), [], [3]),
        ("events", ("tolls", 0), [{"captured": 7, "best": True}, {"killed": 1, "best": "true"}], [{}, {"best": True}]),
        ("events", ("ignore",), [{"repeated": "two ways to say it"}], [{"repeated": ""}, "repeated", ["repeated"]]),
        ("places", ("lat",), [12.5, -3, "12.50"], ["12,5", "north", 1200, None]),
        ("places", ("precision",), [1, 6, "6"], [0, 7, 1.5, "one"]),
        ("sources", ("lines",), [0, 20, "20"], [-1, 2.5, "twenty"]),
        ("sources", ("sha256",), ["ab" * 32], ["AB" * 32, "ab", None]),
        ("sources", ("as_of_cite",), ["cep-mali:3"], [["cep-mali:3"]]),
    ],
)
def test_a_value_as_a_reader_of_yaml_sees_it(name, path, good, bad):
    assert [accepts(name, path, value) for value in good] == [True] * len(good)
    assert [accepts(name, path, value) for value in bad] == [False] * len(bad)


def pattern(form):
    return re.compile(schema_of("events", usual())["$defs"][form]["pattern"])


DATES = [text for text, _ in json.loads((CASES / "edtf_verdicts.json").read_text("utf-8")).items()]


def is_date(text):
    try:
        return bool(parse(text))
    except EdtfError:
        return False


def test_every_date_that_chrono_reads_has_the_form():
    good = [text for text in DATES if is_date(text)]
    assert len(good) > 100
    assert [text for text in good if not pattern("date").search(text)] == []


@given(st.text("0123456789-X~?%/.[]{},YEST:Z", min_size=4, max_size=14))
def test_no_text_that_chrono_reads_as_a_date_lacks_the_form(text):
    if is_date(text):
        assert pattern("date").search(text)


@pytest.mark.parametrize(
    "text",
    [
        "2012-13",
        "2012-06-32",
        "2012-6",
        "5 May 2021",
        "2012/06/05",
        "12",
        "2012..",
        "[2012",
        "-0000",
        "..",
        "x",
        "2012 ",
    ],
)
def test_a_text_that_is_no_date_by_its_form(text):
    assert not pattern("date").search(text)


@given(st.text("0123456789+-/~ overundptlyo", max_size=8))
def test_no_figure_that_chrono_reads_lacks_the_form(text):
    try:
        parse_figure(text)
    except FigureError:
        return
    assert pattern("figure").search(text)


# Answers.

ASKED = {
    "timeline": (["--in", "2012"], ["--match", "raid", "--role", "perpetrator", "--sort", "killed", "-n", "1"], []),
    "show": (["front", "town", "war", "book", "armed-clash", "2012-06-town-raid"],),
    "list": (["types"], ["places"], ["outlets"], ["tags"], ["roles"], ["periods"]),
    "actor": ([], ["front"], ["front", "--follow", "--in", "2012"]),
    "lineage": ([], ["front"]),
    "source": ([], ["book"]),
    "at": (["2012"], ["2012-07-26"], ["500 BC"]),
    "summary": (
        ["--by", "year"],
        ["--by", "actor,category"],
        ["--by", "place", "--sum", "killed,displaced", "--of", "civilians"],
        ["--by", "tag"],
    ),
    "check": ([], ["--list"]),
    "diff": (["sample", "good"], ["good", "sample", "--verify", str(CASES / "documents")], ["good", "good"]),
    "verify": ([str(CASES / "documents"), "-v"],),
    "compare": (["stores/held/rows.csv", "--as", "acled"],),
}
# What the shipped store has and the sample has not: state of play, lineages, splits.
SHIPPED = {
    "timeline": (["--in", "2024", "--actor", "al-qaeda", "--covers"],),
    "show": (["mali-war", "jnim", "gao", "cep-mali", "armed-clash", "2024-07-25-tinzaouaten-ambush"],),
    "actor": (["wagner", "--follow"],),
    "lineage": ([],),
    "at": (["2012-03"], ["2024"], ["2025-11"]),
    "summary": (["--by", "decade"], ["--by", "year", "--sum", "displaced"], ["--by", "actor,role"]),
}
# Blocks that an answer may lack.
OPTIONAL = {"show": tuple(f"{kind}s" for kind in ("event", "actor", "place", "period", "type", "source"))}
OPTIONAL |= {
    command: ("margins", "dates", "unread", "uncompared", "unsummed", "proof") for command in ASKED if command != "show"
}
QUESTIONS = [
    (command, words, "stores/held" if command == "compare" else "sample")
    for command, some in ASKED.items()
    for words in some
]
QUESTIONS += [(command, words, "") for command, some in SHIPPED.items() for words in some]


def closed(schema):
    """A schema that takes no key which it does not tell of."""
    if isinstance(schema, list):
        return [closed(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(inner) for key, inner in schema.items()}
    if isinstance(made.get("properties"), dict) and "required" in made:
        made.setdefault("additionalProperties", False)
    return made


def faults(command, answer, schema):
    """What is wrong with an answer in the eyes of the schema of its command."""
    wanted = {**schema, "anyOf": [{"$ref": f"#/$defs/{command}"}]}
    return [
        f"{fault.json_path}: {fault.message}" for fault in jsonschema.Draft202012Validator(wanted).iter_errors(answer)
    ]


def test_the_schema_of_answers_is_one():
    jsonschema.Draft202012Validator.check_schema(answer_schema())


@pytest.mark.parametrize(("command", "words", "store"), first_of_each(QUESTIONS, 4), ids=lambda given: str(given)[:40])
def test_an_answer_is_as_its_schema_says_and_has_no_other_key(chrono, monkeypatch, command, words, store):
    monkeypatch.chdir(CASES)
    ended = chrono(command, *words, "-f", "json", *(["--store", store] if store and command != "diff" else []))
    answer = json.loads(ended.out)
    assert faults(command, answer, closed(answer_schema())) == []
    assert faults(command, {**answer, "schema": "chrono/0"}, answer_schema())
    assert faults(command, {**answer, "new": 1}, answer_schema()) == []
    short = {key: value[:1] if isinstance(value, list) else value for key, value in answer.items()}
    for key in answer:
        if key not in ("schema", *OPTIONAL[command]):
            assert faults(command, {name: short[name] for name in short if name != key}, answer_schema()), key


def test_problems_are_as_their_schema_says(chrono, good):
    (good / "data" / "periods.yaml").write_text("- id: x\n  kind: wart\n", "utf-8")
    answer = json.loads(chrono("check", "-f", "json", "--store", str(good)).out)
    assert (len(answer["problems"]) > 1, faults("check", answer, closed(answer_schema()))) == (True, [])


def test_every_command_that_writes_json_has_a_schema(chrono):
    def writes_json(command):
        return re.search(r"--format FORMAT .*?\bjson\b.*?--", chrono(command, "-h").out, re.DOTALL)

    assert {command for command in COMMANDS if writes_json(command)} == ANSWERS.keys()


# The command.


def test_a_schema_is_written_to_a_file_and_its_line_told_on_a_terminal(chrono, good, tmp_path, monkeypatch):
    target = tmp_path / "schema" / "events.json"
    target.parent.mkdir()
    words = ("schema", "events", "-o", str(target), "--store", str(good))
    assert chrono(*words) == (0, "", "")
    assert (
        json.loads(target.read_text("utf-8"))
        == json.loads(chrono("schema", "events").out)
        == schema_of("events", usual())
    )
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    line = "# yaml-language-server: $schema=../../schema/events.json"
    assert chrono(*words) == (0, "", f"the first line of data/events.yaml for an editor: {line}\n")
    assert "seeds/*.yaml" in chrono("schema", "sources", *words[2:]).err
    assert chrono("schema", "answers", *words[2:]).err == ""


def test_of_no_other_kind_there_is_one(chrono):
    ended = chrono("schema", "event")
    assert ended == (2, "", "error: no schema of 'event': did you mean 'events'?\n")
