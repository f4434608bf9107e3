"""`chrono edit`: how each editor is told the line, which record is meant, and what is said after."""

import re
import shlex
import sys
from pathlib import Path

import pytest

from mali_chrono.cli.edit import editor_command
from mali_chrono.edit.addition import brought
from mali_chrono.errors import Problem, UsageError

# An editor that writes down what it is called with, and puts a text into the file that it is given last.
EDITOR = """
import pathlib, sys
pathlib.Path(sys.argv[1]).write_text("\\n".join(sys.argv[3:]))
if sys.argv[2]:
    file = pathlib.Path(sys.argv[-1])
    old, new = sys.argv[2].split("=>")
    file.write_text(file.read_text().replace(old, new))
"""


@pytest.fixture
def edit(chrono, good, tmp_path, monkeypatch):
    """Run `chrono edit` with an editor that replaces `old=>new`: how it ended, and the words the editor was given."""
    script, told = tmp_path / "vi", tmp_path / "told"
    script.write_text(EDITOR)
    (good / "data/chronology.yaml").write_text("format: 1\nname: The land\n")  # as every new chronology has one

    def command(ident: str, change: str = ""):
        told.unlink(missing_ok=True)
        monkeypatch.setenv("EDITOR", shlex.join([sys.executable, str(script), str(told), change]))
        ended = chrono("edit", ident, "--store", str(good))
        return ended, told.read_text().split("\n") if told.exists() else None

    monkeypatch.delenv("VISUAL", raising=False)
    return command


@pytest.mark.parametrize(
    ("environ", "command"),
    [
        ({"EDITOR": "vi"}, "vi +12 f.yaml"),
        ({"EDITOR": "/usr/bin/nvim -u NONE"}, "/usr/bin/nvim -u NONE +12 f.yaml"),
        ({"EDITOR": "nano"}, "nano +12 f.yaml"),
        ({"EDITOR": "emacsclient -t"}, "emacsclient -t +12 f.yaml"),
        ({"EDITOR": "code"}, "code --wait --goto f.yaml:12"),
        ({"EDITOR": "code --wait"}, "code --wait --goto f.yaml:12"),
        ({"EDITOR": "subl"}, "subl --wait f.yaml:12"),
        ({"EDITOR": "hx"}, "hx f.yaml:12"),
        ({"EDITOR": "'/opt/my editor' -x"}, "'/opt/my editor' -x f.yaml"),
        ({"EDITOR": "vi", "VISUAL": "nano"}, "nano +12 f.yaml"),
        ({"EDITOR": "vi", "VISUAL": " "}, "vi +12 f.yaml"),
    ],
)
def test_an_editor_is_told_the_line(environ, command):
    assert shlex.join(editor_command(environ, Path("f.yaml"), 12)) == command


def test_what_is_no_editor():
    assert editor_command({}, Path("f.yaml"), 12) is None
    assert editor_command({"EDITOR": ""}, Path("f.yaml"), 12) is None
    with pytest.raises(UsageError, match=r"^\$EDITOR cannot be read: no closing quotation: 'vi$"):
        editor_command({"EDITOR": "'vi"}, Path("f.yaml"), 12)


@pytest.mark.parametrize(
    ("ident", "file"),
    [
        ("2012-06-town-raid", "data/events.yaml"),
        ("2012", "data/events.yaml"),
        ("Front raids Town again", "data/events.yaml"),
        ("PF", "data/actors.yaml"),
        ("town", "data/places.yaml"),
        ("place:town", "data/places.yaml"),
        ("The Book", "seeds/book.yaml"),
        ("chronology", "data/chronology.yaml"),
        ("chronology:chronology", "data/chronology.yaml"),
    ],
)
def test_a_record_is_opened(edit, good, ident, file):
    ended, words = edit(ident)
    assert (ended, words) == ((0, "", ""), [str(good.resolve() / file)])


@pytest.mark.parametrize(
    ("ident", "told"),
    [
        ("nobody-at-all", "no record 'nobody-at-all': name one by its id or a name"),
        ("twn", "no record 'twn': did you mean 'town'?"),
        ("chronologie", "no record 'chronologie': did you mean 'chronology'?"),
        ("20", "'20' names several: event:2011-05-01-town-raid (data/events.yaml:1); event:2012-06-town-raid (data/"),
        ("place:front", "no record 'front': name one by its id or a name"),
        ("", "no record '': name one by its id or a name"),
    ],
)
def test_what_is_no_record(edit, ident, told):
    ended, words = edit(ident)
    assert (ended.code, ended.out, words) == (2, "", None)
    assert ended.err.startswith(f"error: {told}")


def test_problems_of_that_file_are_told(edit, good):
    """And no others: those of the places stay `check`'s."""
    places = good / "data/places.yaml"
    places.write_text(places.read_text().replace("within: land", "within: nowhere"))
    ended, _ = edit("2012", "date: 2012-06=>date: 2012-66")
    assert (ended.code, ended.err) == (1, "")
    assert ended.out.startswith("data/events.yaml:14:")
    assert "places.yaml" not in ended.out
    assert edit("2012", "date: 2012-66=>date: 2012-06")[0] == (0, "", ""), "a broken store can be mended"


def test_what_an_edit_brings_elsewhere_is_told(edit):
    """An id that others name, renamed."""
    ended, _ = edit("place:town", "- id: town=>- id: tawn")
    assert (ended.code, ended.err) == (1, "")
    assert ended.out.startswith("data/events.yaml:5:")
    assert "unknown place 'town'" in ended.out
    ended, _ = edit("place:tawn", "name: Town=>name: Towne")
    assert (ended.code, "data/events.yaml" in ended.out) == (0, False)


def test_a_line_that_moved_makes_nothing_new():
    """Messages name where another record stands."""
    before = Problem("data/events.yaml", 5, 3, "actor-span", "it ended with 'x' (data/actors.yaml:7)")
    moved = before._replace(line=9, message="it ended with 'x' (data/actors.yaml:8)")
    other = before._replace(message="it ended with 'y' (data/actors.yaml:7)")
    assert brought([before], [moved, other]) == [other]


@pytest.mark.parametrize("ident", ["place:town", "actor:front", "source:book", "2012-06-town-raid"])
def test_a_file_that_the_editor_takes_away_is_told(chrono, good, monkeypatch, ident):
    monkeypatch.setenv("VISUAL", f"{sys.executable} -c 'import os, sys; os.remove(sys.argv[-1])'")
    ended = chrono("edit", ident, "--store", str(good))
    assert (ended.code, ended.out != "") == (1, True)
    assert re.fullmatch(r"error: (data|seeds)/\w+\.yaml is gone: the editor left no file\n", ended.err)


def test_a_warning_alone_is_no_error(edit):
    ended, _ = edit("2012", "summary: The=>tags: [a, a]\n  summary: The")
    assert (ended.code, "warning: this stands twice in tags" in ended.out) == (0, True)


def test_an_editor_that_fails_is_told(chrono, good, monkeypatch):
    monkeypatch.setenv("VISUAL", f"{sys.executable} -c 'raise SystemExit(3)'")
    ended = chrono("edit", "town", "--store", str(good))
    assert ended == (1, "", f"error: '{sys.executable}' ended with 3; data/places.yaml is what it left\n")


def test_an_editor_that_is_not_there_is_told(chrono, good, monkeypatch):
    monkeypatch.setenv("VISUAL", "no-such-editor")
    ended = chrono("edit", "town", "--store", str(good))
    told = "error: cannot run the editor 'no-such-editor': No such file or directory\n"
    assert ended == (2, "", told)


def test_without_an_editor_the_place_is_told(chrono, good, monkeypatch):
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    ended = chrono("edit", "town", "--store", str(good))
    told = "error: no editor is set: say EDITOR=nano, or $VISUAL; the record stands at data/places.yaml:11\n"
    assert ended == (2, "", told)


def test_the_shipped_store_stays(chrono, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CHRONO_STORE")
    monkeypatch.setenv("EDITOR", "false")
    assert chrono("edit", "jnim").err.startswith("error: the store that came with chrono is not to be changed")
