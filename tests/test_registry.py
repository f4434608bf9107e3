"""The table of formats: a row and a module are all that a further one takes."""

import json
import sys
from importlib import import_module
from types import ModuleType

import pytest
from conftest import CASES

from mali_chrono.exchange.written import Written
from mali_chrono.render import formats, timeline
from mali_chrono.render.formats import EVENTS, FORMATS, PAGE, PROBLEMS, ROWS, Format, meant_by


def test_each_format_is_a_row_with_a_module():
    assert len(formats.TABLE) == len(FORMATS)
    for name, format_ in FORMATS.items():
        assert (format_.name, format_.takes in (PAGE, ROWS, EVENTS, PROBLEMS)) == (name, True)
        assert (format_.takes == PAGE) == (not format_.module)
        if format_.module:
            assert callable(import_module(format_.module).write)


def test_extensions_and_other_names_are_told_apart():
    """Of the texts for people a page's own comes first; any other extension has one format."""
    kinds: dict[str, set[str]] = {}
    for format_ in FORMATS.values():
        for extension in format_.extensions:
            kinds.setdefault(extension, set()).add(format_.name)
    assert {key: names for key, names in kinds.items() if len(names) > 1} == {"txt": {"text", "tree", "plain"}}


@pytest.mark.parametrize(
    ("word", "offered", "meant"),
    [
        ("md", ["table", "md"], "md"),
        ("markdown", ["table", "md"], "md"),
        ("text", ["table", "plain"], "plain"),
        ("text", ["text", "plain"], "text"),
        ("ndjson", ["json", "jsonl"], "jsonl"),
        ("dot", ["table", "md"], ""),
        ("docx", ["table", "md"], ""),
    ],
)
def test_what_a_word_means(word, offered, meant):
    assert meant_by(word, offered) == meant


@pytest.fixture
def further(monkeypatch):
    """A format for other programs, made up: it cannot say events without an end, and is text or bytes."""

    def make(content: str | bytes) -> list:
        seen: list = []
        module = ModuleType("further")

        def write(rows, about):
            seen.append((list(rows), about))
            return Written(content, (("has no end", 1), ("is before Christ", 1)))

        module.write = write
        monkeypatch.setitem(sys.modules, "further", module)
        binary = isinstance(content, bytes)
        row = Format("further", EVENTS, "further", ("fur",), ("furthest",), dated=True, binary=binary)
        monkeypatch.setitem(FORMATS, "further", row)
        own = {name: timeline.FORMATS[name] for name in ("table", "plain", "json")}
        offered = formats.offer(own, timeline.tabular, events=True)
        monkeypatch.setattr(timeline, "FORMATS", offered)
        monkeypatch.chdir(CASES)
        return seen

    return make


def test_a_format_of_events_is_given_their_rows_and_what_the_answer_is_of(chrono, further, tmp_path):
    seen = further("fur\n")
    words = ("timeline", "--in", "2012", "--store", "sample")
    left_out = "further: 2 of 2 events are left out: 1 has no end, 1 is before Christ\n"
    assert chrono(*words, "-f", "further") == (0, "fur\n", left_out)
    rows, about = seen[0]
    assert rows == json.loads(chrono(*words, "-f", "json").out)["events"]
    assert (about.store, about.question["in"], about.today) == ("sample", "2012", "2025-11-15")
    assert chrono(*words, "-o", str(tmp_path / "a.fur")) == (0, "", left_out)
    assert (tmp_path / "a.fur").read_text() == "fur\n"
    assert chrono(*words, "-f", "further", "--count") == (0, "2\n", "")


def test_bytes_are_written_as_they_are_and_never_to_a_terminal(chrono, further, terminal, tmp_path):
    further(b"\xff\x00")
    words = ("timeline", "--in", "2012", "--store", "sample")
    assert chrono(*words, "-o", str(tmp_path / "a.fur")).code == 0
    assert (tmp_path / "a.fur").read_bytes() == b"\xff\x00"
    terminal(80)
    ended = chrono(*words, "-f", "further")
    assert (ended.code, ended.out, ended.err) == (2, "", "error: further is for a file: -o FILE.fur\n")
