"""Seconds and memory of programs: warm by hyperfine, on a terminal, and once from cold."""

import json
import os
import pty
import re
import shlex
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Mapping, Sequence
from fcntl import ioctl
from pathlib import Path
from typing import NamedTuple

Command = Sequence[str]
_WAIT = 0.002  # seconds between two looks at a process


class Once(NamedTuple):
    """What one run took: seconds, MB of memory (the peaks of its processes together), seconds of all processors."""

    seconds: float
    megabytes: float
    cpu: float = 0


def run_warm(commands: Sequence[Command], env: Mapping[str, str], runs: int, rounds: int = 5) -> list[float]:
    """The seconds of each command into a pipe, by hyperfine: of the first the median, of others by their ratio to it.

    In rounds, each of which asks all of them: what slows the machine for a while slows both sides of a ratio.
    """
    told = [_round(commands, env, max(runs // rounds, 3)) for _ in range(rounds)]
    first = statistics.median(seconds[0] for seconds in told)
    return [first * statistics.median(seconds[n] / seconds[0] for seconds in told) for n in range(len(commands))]


def _round(commands: Sequence[Command], env: Mapping[str, str], runs: int) -> list[float]:
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        options = ["-N", "--output", "pipe", "--style", "none", "--export-json", out.name]
        lines = [shlex.join(command) for command in commands]
        subprocess.run(["hyperfine", *options, "--warmup", "2", "--runs", str(runs), *lines],
                       env=env, check=True, stdout=subprocess.DEVNULL)  # fmt: skip
        return [result["median"] for result in json.loads(Path(out.name).read_text("utf-8"))["results"]]


def run_on_terminal(commands: Sequence[tuple[Command, Mapping[str, str]]], runs: int) -> list[float]:
    """The median seconds of each command on a pseudo-terminal of 40 lines and 120 columns, taken in turns."""
    seconds = [[_on_terminal(command, env) for command, env in commands] for _ in range(runs + 1)]
    return [statistics.median(column) for column in zip(*seconds[1:], strict=True)]


def _on_terminal(command: Command, env: Mapping[str, str]) -> float:
    ours, theirs = pty.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    begun = time.perf_counter()
    process = subprocess.Popen(command, env=env, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    try:
        while os.read(ours, 65536):
            pass
    except OSError:  # what Linux says when the other side is closed
        pass
    code = process.wait()
    seconds = time.perf_counter() - begun
    os.close(ours)
    if code:
        sys.exit(f"{shlex.join(command)} on a terminal: exit {code}")
    return seconds


def run_once(command: Command, env: Mapping[str, str]) -> Once:
    """Seconds of one run, and the memory that it and those it begins had at their peaks, together."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    peaks: dict[str, float] = {}
    ended = 0
    while not ended:
        for one in _family(str(process.pid)):
            # The last look counts: before a new process is a program of its own it has the peak of its parent.
            peaks[one] = _peak(one) or peaks.get(one, 0)
        time.sleep(_WAIT)
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{shlex.join(command)}: exit {process.returncode}")
    return Once(seconds, sum(peaks.values()), usage.ru_utime + usage.ru_stime)


def _family(pid: str) -> list[str]:
    """A process and its children, as far as they are there."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    return [pid, *(children.read_text("utf-8").split() if children.exists() else [])]


def _peak(pid: str) -> float:
    """The most memory in MB that a process had; 0 where it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("utf-8")
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s*(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0


def read_output(command: Command, env: Mapping[str, str]) -> str:
    return subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout.strip()


def megabytes(folder: Path) -> float:
    """The size of all files in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6
