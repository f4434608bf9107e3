"""The line for who waits: on a terminal alone, never in an answer, gone when the work ends however it does."""

import os
import pty
import signal
import subprocess
import sys
import termios

import pytest
from conftest import CASES, IMPORTS, ROOT, TODAY, first_of_each
from helpers.screens import sent

from mali_chrono import progress
from mali_chrono.cli.waiting import describe

# Runs chrono with another patience; the rest of its command line follows.
SLOW = (
    "import sys; from mali_chrono.cli import main, waiting;"
    "waiting.PATIENCE, waiting.PACE = float(sys.argv.pop(1)), 0.01; main()"
)
CHECK = ("check", "--store", str(ROOT))


@pytest.fixture
def watched(cache, tmp_path):
    """Run chrono with a terminal for its standard error and so many seconds of patience.

    Gives exit code, what the terminal was sent, and what went to standard output where that is not the terminal.
    """

    def run(*args, patience="0", out="terminal", after=None, **env):
        ours, theirs = pty.openpty()
        mode = termios.tcgetattr(theirs)
        mode[1] &= ~termios.OPOST  # what is sent, not what a terminal makes of a line feed
        termios.tcsetattr(theirs, termios.TCSANOW, mode)
        base = {
            "PATH": os.environ["PATH"], **IMPORTS, "TERM": "xterm", "XDG_CACHE_HOME": str(cache),
            "CHRONO_TODAY": TODAY, "CHRONO_PAGER": "", "HOME": str(tmp_path),
        }  # fmt: skip
        file = os.open(tmp_path / "out", os.O_RDWR | os.O_CREAT)
        stdout = {"terminal": theirs, "file": file, "pipe": subprocess.PIPE}[out]
        child = subprocess.Popen([sys.executable, "-c", SLOW, patience, *args], stdin=subprocess.DEVNULL, stdout=stdout,
                                 stderr=theirs, env=base | env)  # fmt: skip
        os.close(theirs)
        shown = b""
        for part in sent(ours):
            shown += part
            if after:
                child.send_signal(after)
                after = None
        piped = child.communicate()[0] or b""
        os.close(file)
        return child.returncode, shown.decode(), (piped or (tmp_path / "out").read_bytes()).decode()

    return run


def screen(sent: str) -> list[str]:
    """The lines that stand on a terminal after that was sent to it."""
    lines = []
    for line in sent.split("\n"):
        cells: list[str] = []
        for part in line.split("\r"):
            cells[: len(part)] = part
        lines.append("".join(cells).rstrip())
    return lines


def test_the_screen_of_this_test_overwrites():
    assert screen("abc\rx\n\rlong\r    \rend\n") == ["xbc", "end", ""]


@pytest.mark.parametrize("out", ["terminal", "file"])
def test_who_waits_is_told_and_nothing_is_left(watched, out):
    code, shown, answer = watched(*CHECK, out=out)
    assert (code, answer) == (0, "")
    assert "\rreading the store" in shown
    *above, last, end = screen(shown)
    assert (above, end) == ([], "")
    assert " events, " in last


@pytest.mark.parametrize(
    ("out", "env"),
    first_of_each(
        [("pipe", {}), ("file", {"TERM": ""}), ("terminal", {"TERM": "dumb"}), ("terminal", {"patience": "60"})], 2
    ),
)
def test_nothing_is_drawn(watched, out, env):
    """Into a pipe, on a terminal that cannot go back in a line, for who need not wait."""
    assert "\r" not in watched(*CHECK, out=out, **env)[1]


def test_no_terminal_no_line(process):
    ended = process("0", *CHECK, program=(sys.executable, "-c", SLOW), env={"TERM": "xterm"})
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_an_error_stands_alone(watched):
    code, shown, _ = watched("verify", str(CASES), "--store", str(ROOT))
    assert code == 2
    assert "\rlooking for copies [" in shown or "\rreading" in shown
    assert screen(shown) == [f"error: '{CASES}' holds none of the store's documents", ""]


def test_an_interrupt_leaves_nothing(watched):
    code, shown, _ = watched(*CHECK, after=signal.SIGINT)
    assert code == 130
    assert shown.startswith("\rreading the store")
    assert screen(shown) == [""]


def test_a_bar_where_it_is_known_how_much_there_is():
    assert describe("reading", 0, 0) == "reading ..."
    assert describe("reading", 0, 8) == "reading [........................] 0%"
    assert describe("reading", 2, 8) == "reading [######..................] 25%"
    assert describe("reading", 9, 8) == "reading [########################] 100%"


def test_work_tells_who_listens():
    heard = []
    items = ["a", "b"]
    assert progress.track("reading", items) is items
    progress.listen(lambda *told: heard.append(told))
    try:
        assert list(progress.track("reading", items)) == items
        progress.tell("checking")
    finally:
        progress.listen(None)
    progress.tell("no more")
    assert heard == [("reading", 0, 2), ("reading", 1, 2), ("reading", 2, 2), ("checking", 0, 0)]
