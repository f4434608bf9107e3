"""What differs on other machines, made to differ here: what Windows does with files and pipes."""

import errno
import os
import re
import sys
from pathlib import Path

import pytest
from conftest import NEEDS_POSIX

from mali_chrono.cli import files, output
from mali_chrono.cli.app import run
from mali_chrono.index import stamps

OPEN = PermissionError(errno.EACCES, "The process cannot access the file because it is being used by another process")


@pytest.fixture
def busy(monkeypatch):
    """No file can be renamed over another one or deleted: another command has it open."""

    def refuse(*_, **__):
        raise OPEN

    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)


def test_an_index_that_another_command_has_open_is_made_in_memory(chrono, good, busy):
    words = ("timeline", "--count", "--store", str(good))
    assert [chrono(*words), chrono(*words)] == [(0, "2\n", "")] * 2


def test_a_file_that_another_program_has_open_is_told(chrono, good, busy, tmp_path):
    (tmp_path / "a.csv").write_text("old", "utf-8")
    ended = chrono("timeline", "--store", str(good), "-o", str(tmp_path / "a.csv"))
    assert (ended.code, ended.err.startswith(f"error: cannot write '{tmp_path / 'a.csv'}': The process")) == (1, True)
    assert (tmp_path / "a.csv").read_text("utf-8") == "old"


def test_what_is_opened_by_number_is_opened_as_bytes(monkeypatch, tmp_path):
    """Windows writes a line feed otherwise, unless told."""
    opened = []
    plain = os.open
    binary = 1 << 30
    monkeypatch.setattr(os, "O_BINARY", binary, raising=False)
    monkeypatch.setattr(files, "_BINARY", binary)

    def noted(path, flags, *mode):
        opened.append(bool(flags & binary))
        return plain(path, flags & ~binary, *mode)

    monkeypatch.setattr(os, "open", noted)
    files.write_file(tmp_path / "new", b"a\n")
    files.write_file(Path(os.devnull), b"a\n")
    stamps.write_private(tmp_path / "note", b"a\n")
    assert opened == [True] * 3


def test_only_what_is_open_for_writing_is_synced(monkeypatch, tmp_path):
    monkeypatch.setattr(files.os, "fsync", lambda file: os.write(file, b""))  # which fails on what is not
    with files.drafted(tmp_path / "new") as draft:
        draft.write_bytes(b"a")
    assert (tmp_path / "new").read_bytes() == b"a"


class Gone:
    """Standard output whose reader has gone, as Windows tells it."""

    encoding = "utf-8"

    class buffer:  # noqa: N801 - Python's name for it
        @staticmethod
        def write(_):
            raise OSError(errno.EINVAL, "Invalid argument")

    def flush(self):
        pass

    def isatty(self):
        return False


@pytest.mark.parametrize(
    ("closed", "said"),
    [
        ((errno.EPIPE, errno.EINVAL), "expected ==0, found 2"),
        ((errno.EPIPE,), "cannot write to standard output: Invalid argument"),
    ],
)
def test_a_pipe_that_is_closed_is_quiet_there_too(chrono, good, monkeypatch, closed, said):
    monkeypatch.setattr(output, "_CLOSED", closed)
    monkeypatch.setattr(sys, "stdout", Gone())
    told = []
    monkeypatch.setattr(output, "say", told.append)
    assert run(("timeline", "--expect", "==0", "--store", str(good))) == 1
    assert told == [f"error: {said}"]


def test_a_file_that_cannot_be_written_is_never_taken_for_a_closed_pipe(chrono, monkeypatch, tmp_path):
    def refuse(*_):
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(output, "_CLOSED", (errno.EPIPE, errno.EINVAL))
    monkeypatch.setattr(files, "write_all", refuse)
    ended = chrono("timeline", "-o", str(tmp_path / "a.csv"))
    assert (ended.code, ended.err) == (1, f"error: cannot write '{tmp_path / 'a.csv'}': Invalid argument\n")


def test_only_tests_that_say_so_import_what_not_every_machine_has():
    here = {path.name: path.read_text("utf-8") for path in Path(__file__).parent.glob("*.py")}
    alone = {
        name for name, text in here.items() if re.search(r"^import (?:fcntl|pty|resource|termios)$", text, re.MULTILINE)
    }
    assert alone <= NEEDS_POSIX.keys() <= here.keys()
