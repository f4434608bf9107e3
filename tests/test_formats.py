"""One list of formats a command, and one row a column and a kind of relation: read by everyone, forgotten by no one."""

import re

import pytest
from conftest import CASES

from mali_chrono.index.fields import fields_of
from mali_chrono.kinds import RELATION_KINDS
from mali_chrono.render import (
    actors,
    coverage,
    history,
    lineage,
    problems,
    relations,
    sheet,
    source,
    state,
    summary,
    timeline,
    values,
)
from mali_chrono.render.formats import EVENTS, FORMATS
from mali_chrono.render.look import Column
from mali_chrono.store.vocabulary import usual

PAGES = {
    ("timeline",): timeline.FORMATS,
    ("show", "2012-07-25-battle"): sheet.FORMATS,
    ("actor",): actors.FORMATS,
    ("actor", "front"): history.FORMATS,
    ("lineage",): lineage.FORMATS,
    ("source",): source.FORMATS,
    ("source", "book"): source.FORMATS,
    ("at", "2012"): state.FORMATS,
    ("summary",): summary.FORMATS,
    ("summary", "--by", "year,place"): summary.FORMATS,
    ("list", "actors"): values.FORMATS,
    ("check",): problems.FORMATS,
    ("verify", "documents"): coverage.FORMATS,
}
each_command = pytest.mark.parametrize(("command", "formats"), PAGES.items(), ids=" ".join)


@pytest.fixture
def sample(chrono, monkeypatch):
    """Run a command on the small store; its document lies in no folder, so `verify` is asked for a store's own."""
    monkeypatch.chdir(CASES)

    def run(*args):
        return chrono(*args, "--store", "sample")

    return run


@each_command
def test_help_offers_the_formats_of_the_page(chrono, command, formats):
    option = re.search(r"--format FORMAT +(.+?)\n +-", chrono(command[0], "--help").out, re.DOTALL)
    assert [name for name in re.findall(r"\w+", option[1]) if name in FORMATS] == [*formats]


@each_command
def test_completion_offers_the_formats_of_the_page(chrono, monkeypatch, command, formats):
    monkeypatch.setenv("_CHRONO_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", f"chrono {command[0]} --format ")
    monkeypatch.setenv("COMP_CWORD", "3")
    assert chrono().out.split() == list(formats)


@each_command
def test_the_refusal_lists_the_formats_of_the_page(sample, command, formats):
    ended = sample(*command, "--format", "zzz")
    assert (ended.code, ended.out, ended.err) == (
        2,
        "",
        f"error: unknown format 'zzz': one of: {', '.join(formats)}\n",
    )


# Nothing wrong, and so not a line.
SILENT = [(("check",), "text"), (("check",), "jsonl"), (("check",), "github")]


@pytest.mark.parametrize(
    ("command", "name"),
    # Those for other programs: tests/test_exchange.py.
    [(command, name) for command, names in PAGES.items() for name in names if FORMATS[name].takes != EVENTS],
    ids=str,
)
def test_every_format_is_written(sample, terminal, command, name):
    if command[0] == "verify":
        pytest.skip("tests/test_verify.py writes both on documents of its own")
    for _ in ("in a pipe", "on a terminal"):
        ended = sample(*command, "--format", name)
        assert (ended.code, ended.err) == (0, "")
        assert ended.out.endswith("\n") or (command, name) in SILENT
        terminal(80)


def test_every_table_on_a_terminal_ends_with_how_much_it_holds_and_the_store(sample, terminal):
    terminal(100)
    for command in PAGES:
        if command[0] not in ("at", "check", "verify"):
            last = sample(*command).out.splitlines()[-1]
            assert re.fullmatch(
                r"\d+ \w+(; \d+ more have no event here| and \d+ changes?)?, from the store: sample", last
            )


def test_every_kind_of_relation_has_its_words():
    assert set(relations.WORDS) == {kind.name for kind in RELATION_KINDS}
    for kind in RELATION_KINDS:
        words = relations.WORDS[kind.name]
        assert words.begin
        if kind.descent:
            assert words.verb
            assert words.fate
            assert words.origin or words.together
        else:
            assert all((words.end, words.at, words.own, words.other))
        assert words.verb or not kind.membership


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_further_column_is_one_line_and_shows_everywhere(sample, terminal, monkeypatch, width):
    def further(tolls):
        return fields_of(tolls)._replace(timeline=(*fields_of(tolls).timeline, "wounded"))

    for module in ("mali_chrono.answers.entries", "mali_chrono.render.timeline", "mali_chrono.render.history"):
        monkeypatch.setattr(f"{module}.fields_of", further)
    for name in ("plain", "md", "csv"):
        assert "wounded" in sample("timeline", "-f", name).out.lower()
    assert "wounded" in sample("actor", "front").out
    terminal(width)
    for command in (("timeline",), ("actor", "front")):
        assert "wounded" in sample(*command).out


def test_columns_and_fields_are_named_once():
    assert {key for key, column in timeline.COLUMNS.items() if column.key != key} == set()
    assert set(timeline.COLUMNS) <= set(fields_of(usual().tolls).all)
    assert timeline.columns_of(["date"], usual()) == [Column("date")]
