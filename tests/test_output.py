"""Answers reach their reader whole: short writes, full disks, closed pipes, the pager of a terminal."""

import fcntl
import itertools
import os
import pty
import resource
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from conftest import CASES, IMPORTS, ROOT, TODAY, first_of_each
from helpers.screens import sent

CHRONO = f"{sys.executable} -m mali_chrono"
BAD = CASES / "bad"
needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
LONG = ("timeline", "-f", "json")


def limit(size: int):
    """What a child does to be left so many bytes a file."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_cut_answer_is_told(process, tmp_path, unbuffered):
    with (tmp_path / "out").open("w") as out:
        ended = process(*LONG, env={"PYTHONUNBUFFERED": unbuffered}, capture_output=False, stdout=out,
                        stderr=subprocess.PIPE, preexec_fn=limit(50_000))  # fmt: skip
    assert (ended.returncode, ended.stderr) == (1, "error: cannot write to standard output: File too large\n")


@pytest.mark.parametrize("unbuffered", first_of_each(["", "1"], 2))
def test_a_slow_reader_gets_everything(process, unbuffered):
    whole = process(*LONG).stdout
    script = f"import os, sys; os.set_blocking(1, False); os.execv('{sys.executable}', sys.argv[1:])"
    command = [sys.executable, "-c", script, sys.executable, "-m", "mali_chrono", *LONG]
    env = {"PYTHONUNBUFFERED": unbuffered}
    ended = process("-c", '"$@" | (sleep 1; cat)', "x", *command, program=("bash",), env=env)
    assert (ended.stderr, ended.stdout == whole) == ("", True)


@needs_full
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("args", [("--help",), ("--version",), ("timeline", "-h"), (), ("show", "fama")])
def test_a_full_disk_is_told(process, args, unbuffered):
    with Path("/dev/full").open("w") as full:
        ended = process(*args, env={"PYTHONUNBUFFERED": unbuffered}, capture_output=False, stdout=full,
                        stderr=subprocess.PIPE)  # fmt: skip
    assert (ended.returncode, ended.stderr) == (
        1, "error: cannot write to standard output: No space left on device\n",
    )  # fmt: skip


@pytest.mark.parametrize("args", ["--help", "--version", "timeline -h", "", "timeline"])
def test_a_closed_stdout_is_told(process, args):
    ended = process(f"{CHRONO} {args} >&-", program=("bash", "-c"))
    assert (ended.returncode, ended.stderr) == (1, "error: standard output is closed\n")


@needs_full
@pytest.mark.parametrize(
    ("args", "code"),
    [(("timeline", "--actor", "nobody-at-all"), 2), (("timeline", "--bogus"), 2), (("timeline", "--expect", "0"), 1)],
)
def test_a_full_stderr_keeps_the_exit_code(process, args, code):
    with Path("/dev/full").open("w") as full:
        ended = process(*args, capture_output=False, stdout=subprocess.DEVNULL, stderr=full)
    assert ended.returncode == code


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_message_is_whole_or_cut_but_the_exit_code_stands(process, tmp_path, unbuffered):
    """A limit of 10 bytes a file: nothing more of standard error can be kept, and nothing else goes wrong."""
    with (tmp_path / "err").open("w") as err:
        ended = process("timeline", "--bogus", env={"PYTHONUNBUFFERED": unbuffered}, capture_output=False,
                        stdout=subprocess.PIPE, stderr=err, preexec_fn=limit(10))  # fmt: skip
    assert (ended.returncode, ended.stdout, (tmp_path / "err").read_text()) == (2, "", "error: chr")


@pytest.mark.parametrize(("args", "code"), [("timeline --bogus", 2), ("timeline --expect 0 --count", 1)])
def test_a_closed_stderr_keeps_the_exit_code(process, args, code):
    assert process(f"{CHRONO} {args} 2>&-", program=("bash", "-c")).returncode == code


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ("check --store tests/cases/wrong", 1),
        ("check --store tests/cases/good", 0),
        ("timeline --expect '<1'", 1),
        ("timeline --expect '>1'", 0),
        ("--help", 0),
        ("--version", 0),
    ],
)
def test_a_closed_pipe_keeps_the_exit_code(process, args, code):
    ended = process(f"set -o pipefail; {CHRONO} {args} | true", program=("bash", "-c"), cwd=ROOT)
    assert ended.returncode == code
    assert "Broken" not in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(("args", "code"), [("check --store tests/cases/wrong", 1), ("timeline -f json --expect 0", 1)])
def test_a_reader_of_one_line_gets_it_and_the_exit_code_stands(process, args, code, unbuffered):
    script = f"set -o pipefail; {CHRONO} {args} | head -1"
    ended = process(script, program=("bash", "-c"), cwd=ROOT, env={"PYTHONUNBUFFERED": unbuffered})
    assert (ended.returncode, ended.stdout.count("\n"), "Traceback" in ended.stderr) == (code, 1, False)


def test_an_unknown_home_is_no_store(process):
    ended = process("timeline", "--store", "~nosuchuser/x")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("error: no store at '~nosuchuser/x'")


def test_an_interrupt_is_silent_at_any_time(process, tmp_path):
    """Also while Python still imports: the interpreter's own start apart, which nothing of ours can quieten."""
    # It tells when its handler stands, with everything still to import: before that no moment can be waited for.
    hook = (
        "import signal; from mali_chrono.cli import main; stand = signal.signal\n"
        "signal.signal = lambda *args: (stand(*args), print(flush=True))\n"
        "main()"
    )
    env = {"PATH": os.environ["PATH"], **IMPORTS, "CHRONO_STORE": str(ROOT), "HOME": str(tmp_path)}
    seen = set()
    for step in range(7):
        command = [sys.executable, "-c", hook, "check"]
        child = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        child.stdout.readline()
        time.sleep(step * 0.045)
        child.send_signal(signal.SIGINT)
        _, said = child.communicate()
        seen.add((child.returncode, said))
    assert (130, b"") in seen
    assert seen <= {(130, b""), (0, b"")}


@pytest.fixture
def screen(cache, tmp_path):
    """Run a command on a terminal of 20 lines and 80 columns and give its exit code and what was shown."""

    def run(*args: str, keys: bytes = b"", **env: str) -> tuple[int, str]:
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 20, 80, 0, 0))
        base = {
            "PATH": os.environ["PATH"], **IMPORTS, "TERM": "xterm", "XDG_CACHE_HOME": str(cache),
            "CHRONO_STORE": str(ROOT), "CHRONO_TODAY": TODAY, "NO_COLOR": "1", "HOME": str(tmp_path),
        }  # fmt: skip
        child = subprocess.Popen([sys.executable, "-m", "mali_chrono", *args], stdin=theirs, stdout=theirs,
                                 stderr=theirs, env=base | env, start_new_session=True,
                                 preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))  # noqa: PLW1509  # fmt: skip
        os.close(theirs)
        shown = b""
        for part in sent(ours):
            shown += part
            if keys and b":" in part:  # a pager waits
                os.write(ours, keys)
        return child.wait(), shown.decode("utf-8").replace("\r\n", "\n")

    return run


@pytest.fixture
def pager(tmp_path):
    """A pager that says so, and the environment with which it was called."""
    program = tmp_path / "mypager"
    program.write_text('#!/bin/sh\necho "PAGED by $0 $* LESS=$LESS"\ncat\n')
    program.chmod(0o755)
    return str(program)


def test_a_long_answer_goes_through_the_pager(screen, pager):
    code, shown = screen("timeline", "--since", "2020", PAGER=pager)
    assert (code, shown.startswith("PAGED by")) == (0, True)
    assert "LESS=FRX" in shown
    assert screen("timeline", "--since", "2020", PAGER="false", CHRONO_PAGER=f"{pager} -x 'a b'", LESS="R")[
        1
    ].startswith(f"PAGED by {pager} -x a b LESS=R\n")


@pytest.mark.parametrize(
    "env",
    first_of_each(
        [{"PAGER": ""}, {"PAGER": "cat"}, {"TERM": "dumb"}, {"PAGER": "no-such-pager"}, {"CHRONO_PAGER": ""},
         {"PAGER": "no-such-pager 'x y'"}], 3
    ),
)  # fmt: skip
def test_no_pager_is_straight(screen, pager, env):
    if "CHRONO_PAGER" in env or "TERM" in env:
        env = {"PAGER": pager} | env
    code, shown = screen("timeline", "--since", "2020", **env)
    assert (code, "PAGED" in shown) == (0, False)
    assert "Bamako" in shown
    assert len(shown.splitlines()) > 100


def test_a_short_answer_and_a_file_are_straight(screen, pager, tmp_path):
    assert "PAGED" not in screen("timeline", "--since", "2020", "-n", "2", PAGER=pager)[1]
    assert screen("timeline", "--since", "2020", "-o", str(tmp_path / "x.json"), PAGER=pager) == (0, "")
    assert "PAGED" not in screen("timeline", "-h", PAGER=pager)[1]


def test_wrapped_lines_count_as_the_screen_shows_them(screen, pager):
    args = ("timeline", "--in", "2020", "-n", "2", "-f", "json")
    assert len(screen(*args, PAGER="cat")[1].splitlines()) < 20
    assert "PAGED" in screen(*args, PAGER=pager)[1]


def test_the_exit_code_is_the_answers(screen, pager):
    for chosen in (pager, "head -3", "false"):
        code, shown = screen("timeline", "--since", "2020", "--expect", "0", PAGER=chosen)
        assert code == 1
        assert "expected ==0" in shown
        assert "Traceback" not in shown
    assert screen("timeline", PAGER="head -3")[0] == 0


@pytest.mark.skipif(not shutil.which("less"), reason="there is no less here, the usual pager")
def test_less_is_left_early(screen):
    code, shown = screen("timeline", keys=b"q")
    assert (code, "Traceback" in shown) == (0, False)
    assert len(shown.splitlines()) < 60


@pytest.mark.slow
def test_an_interrupt_leaves_the_pager_alone(screen, tmp_path):
    program = tmp_path / "stubborn"
    program.write_text("#!/bin/sh\ntrap '' INT\necho wait:\nsleep 1\ncat >/dev/null\necho went on\n")
    program.chmod(0o755)
    code, shown = screen("timeline", keys=b"\x03", PAGER=str(program))
    assert code == 0
    assert "went on" in shown


@pytest.mark.parametrize(("columns", "widest"), [("", 100), ("60", 60), ("160", 160), ("0", 100), ("wide", 100)])
def test_columns_are_heeded_in_a_pipe(process, columns, widest):
    shown = process("timeline", "--in", "2024", "-f", "table", env={"COLUMNS": columns}).stdout
    assert max(map(len, shown.splitlines())) <= widest
    assert max(map(len, shown.splitlines())) > widest - 15


@pytest.mark.parametrize("args", [("timeline", "--in", "2024"), ("lineage", "jnim"), ("actor",), ("at", "2020")])
def test_columns_change_no_usual_format_of_a_pipe(process, args):
    assert process(*args, env={"COLUMNS": "60"}).stdout == process(*args).stdout


@pytest.mark.parametrize("shape", ["csv", "tsv", "json", "jsonl"])
def test_an_answer_that_breaks_off_is_told_and_not_begun_again(chrono, monkeypatch, shape):
    """Rows are written while they are read; what is out cannot be called back."""
    import sqlite3

    from mali_chrono.answers import events

    def breaks(name: str):
        read = getattr(events, name)

        def some(*args):
            yield from itertools.islice(read(*args), 400)
            raise sqlite3.DatabaseError("torn")

        return some

    whole = chrono("timeline", "-f", shape).out
    monkeypatch.setattr(events, "each", breaks("each"))
    ended = chrono("timeline", "-f", shape)
    assert (ended.code, ended.err) == (1, "error: the answer is not whole: SQLite says 'torn'; ask again\n")
    assert ended.out
    assert whole.startswith(ended.out)


def test_a_file_that_breaks_off_is_no_file(chrono, monkeypatch, tmp_path):
    import sqlite3

    from mali_chrono.answers import events

    def breaks(*args):
        yield from itertools.islice(read(*args), 400)
        raise sqlite3.OperationalError("torn")

    read = events.each
    monkeypatch.setattr(events, "each", breaks)
    ended = chrono("timeline", "-o", str(tmp_path / "a.csv"))
    assert (ended.code, ended.out) == (1, "")
    assert "torn" in ended.err
    assert list(tmp_path.iterdir()) == []
