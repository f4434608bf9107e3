"""The text of RESULTS.md: the machine and the versions, and tables."""

import os
import platform
import re
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

ASKED = ["timeline", "--since", "2023"]
FIRST = (
    f"`chrono {' '.join(ASKED)}` without an index, or after one title in the middle was changed: seconds, the "
    "memory of all its processes at their peaks, and the index on disk."
)
PEERS = (
    "One actor's events since a year, as id, date and title, from what chrono exports (jsonl for jq, csv for mlr, rec "
    "for recsel); the last column is over the bare program."
)
SUMS = (
    "The SQL of `summary --by year,category`, over an index whose events were copied until there were so many "
    "(`sums.py`)."
)

_VERSIONS = """
import platform, sqlite3
from importlib.metadata import version
print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, " + ", ".join(
    f"{name} {version(name)}" for name in ("mali-chrono", "typer", "rich", "pyyaml", "python-dateutil")))
"""


class Warm(NamedTuple):
    """A row of the warm answers: what is asked, of how many events, the rows given, ratios, and the goal."""

    measure: str
    events: str
    rows: str
    ratios: list[float]
    goal: str


def describe_machine() -> str:
    """Processor, cores, memory and system."""
    model = re.search(r"model name\s*: (.*)", _read("/proc/cpuinfo"))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = re.search(r'PRETTY_NAME="(.*)"', _read("/etc/os-release"))
    cores = len(os.sched_getaffinity(0))
    return (
        f"{model[1] if model else platform.machine()}, {cores} cores, {memory:.0f} GB of memory, "
        f"{system[1] if system else platform.system()}, Linux {platform.release().partition('-')[0]}"
    )


def describe_versions(python: str) -> str:
    """What an interpreter runs chrono with."""
    return subprocess.run([python, "-c", _VERSIONS], check=True, capture_output=True, text=True, cwd="/").stdout.strip()


def describe_programs(programs: Iterable[str]) -> str:
    """The first line that each installed program says of its version."""
    found = []
    for program in programs:
        try:
            said = subprocess.run([program, "--version"], check=False, capture_output=True, text=True).stdout
        except FileNotFoundError:
            continue
        number = re.search(r"\d[\d.]*", said)
        found.append(f"{program} {number[0] if number else '?'}")
    return ", ".join(found)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


class Measured(NamedTuple):
    """What was measured, the rows of each section."""

    warm: list[Warm]
    cold: list[list[str]]
    peers: list[list[str]]
    sums: list[list[str]]
    pythons: list[list[str]]


def write_results(interpreters: list[str], measured: Measured) -> str:
    """The text of RESULTS.md."""
    twice = len(interpreters) > 1
    programs = describe_programs(("hyperfine", "jq", "mlr", "recsel"))
    parts = [
        "# Results",
        "Written by `python benchmarks/run.py`; CONTRIBUTING.md says how. Read ratios, not seconds: machines differ.",
        f"- Machine: {describe_machine()}\n- chrono: {describe_versions(interpreters[0])}"
        + (f"\n- Baseline: {describe_versions(interpreters[1])}" if twice else "")
        + f"\n- Programs: {programs}",
        "## Warm answers",
        "The median of a command over that of a bare one-command Typer program (`bare.py`) in the same run.",
        table(
            ["question", "events", "rows", "chrono", *(["baseline"] if twice else []), "at most"],
            [
                [row.measure, row.events, row.rows, *(f"{ratio:.2f}" for ratio in row.ratios), row.goal]
                for row in measured.warm
            ],
        ),
        "## The first answer, and the first after an edit",
        FIRST,
        table(
            ["store", "seconds", "memory MB", "index MB"]
            + (["baseline seconds", "memory MB", "index MB", "of the baseline"] if twice else []),
            [row if twice else row[:-1] for row in measured.cold],
        ),
        "## Peers",
        PEERS,
        table(["program", "events", "rows", "seconds", "ratio"], measured.peers),
        "## Sums over many events",
        SUMS,
        table(["events", "groups", "seconds", "at most"], measured.sums),
    ]
    if measured.pythons:
        parts += [
            "## Python",
            "Start-up under each interpreter: the bare program, and a warm `" + " ".join(ASKED) + "`.",
            table(["Python", "bare ms", "chrono ms", "ratio"], measured.pythons),
            f"Fastest: Python {min(measured.pythons, key=lambda row: int(row[2]))[0]}.",
        ]
    return "\n\n".join(parts) + "\n"


def _read(path: str) -> str:
    return Path(path).read_text("utf-8") if Path(path).exists() else ""
