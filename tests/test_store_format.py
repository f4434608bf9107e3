"""The format that a store's files are written in: data/chronology.yaml names it, and a newer one is refused at once."""

import json

import pytest
from conftest import ROOT

from mali_chrono import __version__
from mali_chrono.index import cache
from mali_chrono.store.load import load
from mali_chrono.store.locate import find
from mali_chrono.store.model import Settings
from mali_chrono.store.shapes import FORMAT

NEWER = FORMAT + 1
TOLD = f"this store has format {NEWER}; chrono {__version__} reads up to {FORMAT}: upgrade chrono"


@pytest.fixture
def written(good):
    """Write the small store's settings."""

    def write(text: str) -> str:
        (good / "data" / "chronology.yaml").write_text(text, "utf-8")
        return str(good)

    return write


def test_the_shipped_store_names_the_newest():
    (settings,) = load(find(str(ROOT), None)).chronology.settings
    assert (settings.format, settings.path) == (FORMAT, "data/chronology.yaml")


def test_a_store_without_one_has_format_1(good):
    loaded = load(find(str(good), None))
    assert (loaded.problems, loaded.chronology.settings, Settings().format) == ([], (), 1)


@pytest.mark.parametrize("text", ["format: 1\n", '{"format": "1"}', "# what we write\r\nformat:   1   # so far\r\n"])
def test_it_is_written_like_any_record(chrono, written, text):
    assert chrono("check", "--strict", "--store", written(text)) == (0, "", "")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"format: {NEWER}\n", "1:9"),
        (f"shelves:\n  - [1, 2]\nformat: '{NEWER}'\n", "3:9"),
        (f"{{new: {{a: b}}, format: {NEWER}}}", "1:23"),
        (f"format: {NEWER}\nnew: [a\n", "1:9"),
    ],
)
def test_of_a_newer_store_nothing_else_is_said(chrono, written, good, text, place):
    (good / "data" / "events.yaml").write_text("- an event of tomorrow: [", "utf-8")
    (good / "data" / "shelves.yaml").write_text("[]", "utf-8")
    (problem,) = json.loads(chrono("check", "--store", written(text), "-f", "json").out)["problems"]
    where = "{file}:{line}:{column} {rule}".format(**problem)
    assert (where, problem["message"]) == (f"data/chronology.yaml:{place} newer-format", TOLD)


@pytest.mark.parametrize(
    "words", [("timeline",), ("show", "town"), ("actor",), ("at", "2012"), ("verify", "."), ("brief", "-f", "md")]
)
def test_every_answer_is_refused(chrono, written, words):
    ended = chrono(*words, "--store", written(f"format: {NEWER}\n"))
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith(f"error: the store has 1 error:\n  data/chronology.yaml:1:9: {TOLD}\n")


@pytest.mark.parametrize("number", ["0", "-1", "1.5", "one", "9" * 5000])
def test_what_is_no_format_is_refused_like_any_value(chrono, written, number):
    ended = chrono("check", "--store", written(f"format: {number}\n"))
    assert (ended.code, "[bad-value]" in ended.out) == (1, True)


def test_a_number_however_long_is_a_newer_format(chrono, written):
    ended = chrono("check", "--store", written(f"format: {10**22}\n"))
    assert (ended.code, "[newer-format]" in ended.out) == (1, True)


@pytest.mark.parametrize(
    "words",
    [
        ("fmt",),
        ("fmt", "--check", "data/events.yaml"),
        ("edit", "town"),
        ("new", "actor", "name=Xy", "kind=person"),
        ("new", "actor", "name=Xy", "kind=person", "--append"),
    ],
)
def test_what_writes_does_nothing(chrono, written, good, monkeypatch, words):
    """It would put the old layout, or a record of today, over what nobody here can read."""
    monkeypatch.setenv("EDITOR", "rm")
    store = written(f"format: {NEWER}\n")
    (good / "data/events.yaml").write_text("-   {id: x}\n", "utf-8")
    before = {path: path.read_bytes() for path in good.rglob("*.yaml")}
    ended = chrono(*words, "--store", store)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith(f"error: the store has 1 error:\n  data/chronology.yaml:1:9: {TOLD}\n")
    assert {path: path.read_bytes() for path in good.rglob("*.yaml")} == before


def test_the_version_names_both_formats_in_one_line(chrono, written, monkeypatch):
    monkeypatch.setenv("CHRONO_STORE", written(f"format: {NEWER}\n"))
    assert chrono("--version").out.endswith(f"store: it has 1 error, first at data/chronology.yaml:1:9: {TOLD}\n")


def test_a_file_that_is_chosen_hides_no_newer_format(chrono, written):
    words = ("check", "data/actors.yaml", "--store", written(f"format: {NEWER}\n"))
    assert chrono(*words).out.startswith("data/chronology.yaml:1:9: error:")


def test_an_index_of_a_store_that_became_newer_is_no_answer(chrono, written):
    words = ("timeline", "--count", "--store", written("format: 1\n"))
    assert chrono(*words).out == "2\n"
    written(f"format: {NEWER}\n")
    assert (chrono(*words).code, chrono(*words).out) == (1, "")
    written("format: 1\n")
    assert chrono(*words) == (0, "2\n", "")


def test_an_edit_of_it_makes_the_index_anew(chrono, good, written, monkeypatch):
    words = ("timeline", "--count", "--store", str(good))
    made = []
    plain = cache._make
    monkeypatch.setattr(cache, "_make", lambda *given: made.append(1) or plain(*given))
    for text, anew in [("", 1), ("format: 1\n", 2), ("format: 1\n", 2), ("format: 1   # still\n", 3)]:
        if text:
            written(text)
        assert chrono(*words) == (0, "2\n", "")
        assert len(made) == anew
