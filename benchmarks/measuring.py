"""Seconds and memory of programs: warm by hyperfine, on a terminal, and once from cold."""

import json
import os
import pty
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


class Once(NamedTuple):
    """What one run took: seconds, the most memory it had at a time, in MB, and seconds of all processors together."""

    seconds: float
    megabytes: float
    cpu: float = 0


def run_warm(commands: Sequence[Command], env: Mapping[str, str], runs: int, warmup: int = 3) -> list[float]:
    """The median seconds of each command into a pipe, by hyperfine."""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        options = ["-N", "--output", "pipe", "--style", "none", "--export-json", out.name]
        lines = [shlex.join(command) for command in commands]
        subprocess.run(["hyperfine", *options, "--warmup", str(warmup), "--runs", str(runs), *lines],
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
    """Seconds and peak memory of one run. This process must stay small: a child begins with its parent's peak."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{shlex.join(command)}: exit {process.returncode}")
    return Once(seconds, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime)


def read_output(command: Command, env: Mapping[str, str]) -> str:
    return subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout.strip()


def megabytes(folder: Path) -> float:
    """The size of all files in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6
