"""chrono in Python answers what the commands' json says, under the same filters, with the same errors."""

import datetime as dt
import json
import re
import shlex
import subprocess
import sys
import textwrap

import pytest
from conftest import CASES, ROOT

import mali_chrono
from mali_chrono import rows as types
from mali_chrono.api import Asked, Summary
from mali_chrono.cli.options import FilterOptions
from mali_chrono.results import MOST, Rows, flat


@pytest.fixture
def chronicle(chrono):
    """The shipped store; `chrono` sets where it is, its cache and what day it is."""
    return mali_chrono.open()


def told(chrono, line: str) -> dict:
    ended = chrono(*shlex.split(line), "-f", "json")
    assert (ended.code, ended.err) == (0, "")
    return json.loads(ended.out)


# What is asked in Python, and on the command line; where the rows are.
ASKED = [
    (lambda c: c.timeline(since="2024", actor="jnim"), "timeline --since 2024 --actor jnim", "events"),
    (lambda c: c.timeline(in_=[2012, "2013-01"], type=["battles", "coup"], direct=True),
     "timeline --in 2012 --in 2013-01 --type battles --type coup --direct", "events"),
    (lambda c: c.timeline(since="30d", today="2024-08-01"), "timeline --since 30d --today 2024-08-01", "events"),
    (lambda c: c.timeline(with_="wagner", actor="jnim:perpetrator", exclude="type=report", sort="killed", limit=2),
     "timeline --with wagner --actor jnim:perpetrator --exclude type=report --sort killed -n 2", "events"),
    (lambda c: c.timeline(match='"Wagner convoy"', disputed=False, confirmed=None), "timeline -m '\"Wagner convoy\"'",
     "events"),
    (lambda c: c.timeline(since=dt.date(2024, 7, 25), min="killed=20", reverse=True),
     "timeline --since 2024-07-25 --min killed=20 --reverse", "events"),
    (lambda c: c.summary(by="year", since=2020), "summary --by year --since 2020", "groups"),
    (lambda c: c.summary(), "summary", "groups"),
    (lambda c: c.summary(by=["year", "category"], sum="wounded", limit=3),
     "summary --by year,category --sum wounded -n 3", "groups"),
    (lambda c: c.summary(by="actor", top=3, of="civilians", sum=["killed", "wounded"]),
     "summary --by actor --top 3 --of civilians --sum killed,wounded", "groups"),
    (lambda c: c.summary(by="month", since=1900), "summary --by month --since 1900", "groups"),
    (lambda c: c.actors(type="violence", limit=5), "actor --type violence -n 5", "actors"),
    (lambda c: c.sources(), "source", "documents"),
    (lambda c: c.list("Outlets"), "list outlets", "values"),
]  # fmt: skip
PAGES = [
    (lambda c: c.actor("GSIM"), "actor GSIM"),
    (lambda c: c.actor("mujao", follow=True, since=2012, limit=2), "actor mujao --follow --since 2012 -n 2"),
    (lambda c: c.at("2023-09-15"), "at 2023-09-15"),
    (lambda c: c.at(2013), "at 2013"),
    (lambda c: c.show("2024-07-25-tinzaouaten-ambush"), "show 2024-07-25-tinzaouaten-ambush"),
    (lambda c: c.show("jnim", "mopti", "period:mali-war"), "show jnim mopti period:mali-war"),
]


@pytest.mark.parametrize(("ask", "line", "block"), ASKED, ids=[line for _, line, _ in ASKED])
def test_rows_are_those_of_the_command(chronicle, chrono, ask, line, block):
    answer, said = ask(chronicle), told(chrono, line)
    assert list(answer) == said.pop(block)
    assert len(answer) > 0
    assert dict(answer.said) == said
    assert answer.query == said.get("query", {})


@pytest.mark.parametrize(("ask", "line"), PAGES, ids=[line for _, line in PAGES])
def test_pages_are_those_of_the_command(chronicle, chrono, ask, line):
    assert dict(ask(chronicle)) == told(chrono, line)


def test_a_document(chronicle, chrono):
    assert chronicle.source("cep-mali") == told(chrono, "source cep-mali")["documents"][0]


def test_a_summary_knows_its_total_and_notes(chronicle):
    answer = mali_chrono.open(CASES / "stores" / "brief").summary(by="category")
    # by hand: tests/test_brief.py
    assert answer.total["killed"] == {"low": 10, "best": 57, "high": 204, "open": True}
    assert answer.notes[0] == {"text": "1 of 5 events have no figure of killed.", "ids": []}
    assert isinstance(answer[:1], Rows)
    assert repr(Summary("groups", [{}], {})) == "<1 group>"


def test_the_filters_have_the_names_of_the_options():
    options = {}
    for field, hint in FilterOptions.__annotations__.items():
        names = hint.__metadata__[0].param_decls
        options[field] = next(name for name in (*names, hint.__metadata__[0].default) if str(name).startswith("--"))
    named = {option.removeprefix("--").replace("-", "_") for option in options.values()} - {"no_members", "min_killed"}
    assert {name.removesuffix("_") for name in Asked.__annotations__} == named


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (lambda c: c.timeline(since="2020-13"), mali_chrono.UsageError, "--since"),
        (lambda c: c.timeline(actor="jnimm"), mali_chrono.UsageError, "unknown actor 'jnimm': did you mean 'jnim'"),
        (lambda c: c.timeline(acter="jnim"), mali_chrono.UsageError, "no filter is called 'acter': did you mean"),
        (lambda c: c.timeline(text="x"), mali_chrono.UsageError, "no filter is called 'text'"),
        (lambda c: c.timeline(must="yes"), mali_chrono.UsageError, "must takes True or False, not 'yes'"),
        (lambda c: c.timeline(limit=-1), mali_chrono.UsageError, "limit takes a number from 0 on, not -1"),
        (lambda c: c.timeline(exclude="report"), mali_chrono.UsageError, "--exclude takes KEY=VALUE"),
        (lambda c: c.timeline(sort="size"), mali_chrono.UsageError, "--sort knows no 'size'"),
        (lambda c: c.timeline(since=2020, today="x"), mali_chrono.UsageError, "--today takes a day"),
        (lambda c: c.summary(by="color"), mali_chrono.UsageError, "--by knows no 'color'"),
        (lambda c: c.summary(covers=True), mali_chrono.UsageError, "--covers is for timeline"),
        (lambda c: c.summary(sort="killed"), mali_chrono.UsageError, "--sort is for timeline"),
        (lambda c: c.actor("jnim", sort="killed"), mali_chrono.UsageError, "--sort is for timeline"),
        (lambda c: c.at("2020.."), mali_chrono.UsageError, "has no last day"),
        (lambda c: c.show("nobody-at-all"), mali_chrono.UsageError, "no record 'nobody-at-all'"),
        (lambda c: c.show(), mali_chrono.UsageError, "show needs the id of a record"),
        (lambda c: c.source("no-such"), mali_chrono.UsageError, "unknown source 'no-such'"),
        (lambda c: c.list("colors"), mali_chrono.UsageError, "nothing to list called 'colors'"),
        (lambda c: c.at("2020").rows("events"), mali_chrono.UsageError, "no rows called 'events': one of: periods"),
        (lambda c: mali_chrono.open("/nowhere"), mali_chrono.UsageError, "no store at '/nowhere'"),
        (lambda c: mali_chrono.open(CASES / "wrong").timeline(), mali_chrono.DataError, "the store has "),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_errors_are_raised(chronicle, ask, error, message):
    with pytest.raises(error) as raised:
        ask(chronicle)
    assert message in str(raised.value)
    assert isinstance(raised.value, mali_chrono.ChronoError)


def test_a_fault_of_the_machine_is_an_error_too(chronicle, monkeypatch):
    def fail(*_):
        raise OSError(5, "Input/output error", "disk")

    monkeypatch.setattr("mali_chrono.cli.environment.answer", fail)
    with pytest.raises(mali_chrono.DataError, match="cannot read 'disk': Input/output error"):
        chronicle.timeline()


def test_an_answer_is_of_what_the_files_hold(good):
    chronicle = mali_chrono.open(good)
    before = len(chronicle.timeline())
    events = good / "data" / "events.yaml"
    text = events.read_text("utf-8")
    first = text.index("\n- id:", 1)
    events.write_text(text[: first + 1], "utf-8")
    assert (before, len(chronicle.timeline())) == (2, 1)


# --- types


@pytest.mark.parametrize(
    ("named", "row"),
    [
        (types.Event, lambda c: c.timeline(limit=1)[0]),
        (types.Place, lambda c: c.timeline(limit=1)[0]["places"][0]),
        (types.Part, lambda c: c.timeline(limit=1)[0]["actors"][0]),
        (types.Figures, lambda c: c.timeline(min="killed=1", limit=1)[0]["killed"]),
        (types.Value, lambda c: c.list("tags")[0]),
        (types.Listed, lambda c: c.actors(limit=1)[0]),
        (types.Side, lambda c: c.actors(limit=1)[0]["caused"]),
        (types.Document, lambda c: c.sources()[0]),
        (types.Document, lambda c: c.source("cep-mali")),
        (types.Note, lambda c: c.summary().notes[0]),
    ],
)
def test_types_say_what_rows_hold(chronicle, named, row):
    keys = set(row(chronicle))
    assert named.__required_keys__ <= keys <= named.__required_keys__ | named.__optional_keys__


@pytest.mark.judge
def test_a_type_checker_knows_them(tmp_path):
    (tmp_path / "right.py").write_text(
        textwrap.dedent(
            """
            import mali_chrono

            chrono = mali_chrono.open("store", today="2024-01-01")
            for event in chrono.timeline(since=2020, actor=["jnim", "wagner"], in_="2024", disputed=True):
                figures = event["killed"]
                best: int = figures["best"] if figures else 0
                title: str = event["title"]
            total = chrono.summary(by="year").total["events"]
            name: str = chrono.list("actors")[0]["name"]
            try:
                chrono.at("2020")
            except mali_chrono.ChronoError as error:
                code: int = error.exit_code
            """
        )
    )
    (tmp_path / "wrong.py").write_text(
        textwrap.dedent(
            """
            import mali_chrono

            chrono = mali_chrono.open()
            chrono.timeline(acter="jnim")
            chrono.timeline(limit="3")
            chrono.timeline()[0]["titel"]
            """
        )
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), "right.py", "wrong.py"]
    ended = subprocess.run(
        command, cwd=tmp_path, env={"MYPYPATH": str(ROOT), "PATH": ""}, capture_output=True, text=True, check=False
    )
    found = re.findall(r"^(\w+)\.py:(\d+): error: .*\[([\w-]+)\]$", ended.stdout, re.MULTILINE)
    assert found == [
        ("wrong", "5", "call-arg"), ("wrong", "6", "arg-type"), ("wrong", "7", "typeddict-item"),
    ], ended.stdout  # fmt: skip


# --- in a notebook


def test_rows_show_themselves(chronicle):
    shown = chronicle.timeline(in_="2024-07")._repr_html_()
    assert re.findall(r"<th>(\w+)</th>", shown) == ["date", "title", "places", "actors", "killed"]
    assert '<td data-label="killed">12-131+</td>' in shown
    assert shown.count("<tr>") == 1 + 10
    assert f"<p>and {len(chronicle.timeline()) - MOST} more</p>" in chronicle.timeline()._repr_html_()
    assert chronicle.timeline(in_=1000)._repr_html_() == "<p>no events</p>\n"
    assert repr(chronicle.timeline(in_="2024-07")) == "<10 events>"
    page = chronicle.at("2023-09-15")
    assert re.findall(r"<h4>(\w+)</h4>", page._repr_html_())[:3] == ["Periods", "Foreign", "Offices"]
    assert re.fullmatch(r"<\d+ periods, \d+ foreign, .*>", repr(page))


def test_what_is_shown_runs_nothing(chrono, monkeypatch):
    from mali_chrono.store import decode, nodes

    for module in (decode, nodes):
        monkeypatch.setattr(module, "CONTROL", re.compile("(?!)"))
    chronicle = mali_chrono.open(CASES / "hostile")
    for answer in (chronicle.timeline(), chronicle.actors(), chronicle.sources(), chronicle.show("book"),
                   chronicle.actor("army"), chronicle.at("2011"), chronicle.list("outlets")):  # fmt: skip
        shown = answer._repr_html_()
        assert not re.search(r"<(script|img|a|b|i|svg)\b", shown)
        assert shown.replace("\n", "").isprintable()


def test_flat_rows():
    row = {"id": "x", "killed": {"low": 1, "best": 2, "high": 3, "open": False}, "wounded": None, "core": None,
           "places": [{"id": "p"}], "caused": {"killed": None, "events": 2}, "years": {"2020": 1}}  # fmt: skip
    assert flat(row, ("killed", "wounded")) == {
        "id": "x", "killed_low": 1, "killed_best": 2, "killed_high": 3, "killed_open": False, "wounded_low": None,
        "wounded_best": None, "wounded_high": None, "wounded_open": None, "core": None, "places": [{"id": "p"}],
        "caused_killed_low": None, "caused_killed_best": None, "caused_killed_high": None, "caused_killed_open": None,
        "caused_events": 2, "years": {"2020": 1},
    }  # fmt: skip


def test_a_frame(chronicle):
    pandas = pytest.importorskip("pandas")
    frame = chronicle.timeline(in_="2024-07", type="violence").frame()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame["id"]) == ["2024-07-03-djiguibombo-wedding-attack"]
    assert (frame["killed_best"].sum(), frame["killed_open"].all()) == (21, True)
    assert frame["wounded_best"].isna().all()


def test_without_pandas_one_clear_error(chronicle, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(mali_chrono.UsageError, match=r"frame\(\) needs pandas: pip install pandas"):
        chronicle.timeline().frame()


# --- what it costs


def test_no_command_reads_it(process):
    code = (
        "import sys; from mali_chrono.cli.app import run; code = run(sys.argv[1:]);"
        "print(sorted({'mali_chrono.api', 'mali_chrono.results', 'mali_chrono.rows'} & set(sys.modules)))"
    )
    ended = process("timeline", "--count", program=(sys.executable, "-c", code))
    assert ended.stdout.splitlines()[1:] == ["[]"]


def test_it_reads_no_command(process):
    code = (
        "import sys, mali_chrono; assert 'mali_chrono.api' not in sys.modules; mali_chrono.open().timeline(limit=1);"
        "print(sorted({'typer', 'rich', 'yaml', 'pandas', 'mali_chrono.cli.app'} & set(sys.modules)))"
    )
    process("timeline", "--count")
    ended = process(program=(sys.executable, "-c", code))
    assert (ended.stdout, ended.stderr) == ("[]\n", "")


def test_what_is_not_there():
    with pytest.raises(AttributeError, match="module 'mali_chrono' has no attribute 'nothing'"):
        _ = mali_chrono.nothing
