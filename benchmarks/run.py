"""Measure chrono and its peers, and write RESULTS.md: start-up as ratios to a bare Typer program in the same run.

Usage: python benchmarks/run.py [EVENTS...] [--baseline CHRONO] [--pythons PYTHON...] [--output FILE]

    python benchmarks/run.py                  the shipped store and one of 10,000 events, some minutes
    python benchmarks/run.py 10000 100000     all of it, some half an hour with a baseline that is slow

--baseline is another chrono's executable, an older version's say, asked the same in the same run. --pythons are
interpreters whose start-up is compared. Needs hyperfine; jq, miller and recutils are asked where they are installed
(Debian: apt install hyperfine jq miller recutils). Machines are noisy: leave this one alone meanwhile, and read ratios.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from measuring import Command, Once, megabytes, read_output, run_on_terminal, run_once, run_warm
from peers import ask_chrono, ask_peers
from questions import choose_filters
from results import ASKED, Measured, Warm, write_results

HERE = Path(__file__).parent
FILES = 100
LARGE = 20_000  # what has more events is measured fewer times
# What a ratio should not exceed.
GOALS = {
    "`timeline --since 2020`": "1.25",
    "`timeline --since 2019` on a terminal": "3.5",
    "`timeline --since 2019 -n 20` on a terminal": "2.5",
    "`at 2020-01-01`": "1.7",
    "`actor NAME`": "1.6",
    "completion of a name": "1.25",
}
FILTER_GOAL = "1.5, within 1.2 of each other"
SUMMARY_GOALS = {10_000: "2.4", 100_000: "5"}
MANY, SUMS_GOAL = 1_000_000, "2"


class Tool(NamedTuple):
    """An executable to measure, the interpreter it runs under, and the folder of its cache."""

    chrono: str
    python: str
    cache: Path

    def env(self, store: Path | None = None, **more: str) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("CHRONO", "PYTHON"))}
        chosen = {"CHRONO_STORE": str(store)} if store else {}
        return {**kept, "XDG_CACHE_HOME": str(self.cache), "TERM": "xterm-256color", "PAGER": "cat", **chosen, **more}

    def read(self, words: Sequence[str], store: Path | None = None) -> str:
        return read_output([self.chrono, *words], self.env(store))


def tool(chrono: str, cache: Path) -> Tool:
    found = shutil.which(chrono)
    if not found:
        sys.exit(f"there is no program {chrono}: install it, or name another with --chrono")
    return Tool(found, Path(found).read_text("utf-8").split("\n", 1)[0].removeprefix("#!"), cache)


def bare(tools: list[Tool]) -> Command:
    """The program that start-up is measured against."""
    return [tools[0].python, str(HERE / "bare.py")]


def measure_warm(tools: list[Tool], store: Path | None, runs: int, asked: list[list[str]], **more: str) -> list[list]:
    """Ratios of each tool for each question; a baseline that cannot answer one stops the run."""
    columns = []
    for one in tools:
        for words in asked:
            read_output([one.chrono, *words], one.env(store, **more))  # the index is made, and the question is right
        medians = run_warm([bare(tools), *([one.chrono, *words] for words in asked)], one.env(store, **more), runs)
        columns.append([seconds / medians[0] for seconds in medians[1:]])
    return [list(row) for row in zip(*columns, strict=True)]


def measure_shipped(tools: list[Tool], runs: int) -> Iterator[Warm]:
    asked = [
        ["timeline", "--since", "2020"],
        ["timeline", "--since", "2020", "-f", "json"],
        ["timeline", "--since", "2020", "-f", "csv"],
        ["show", "2024-09-17-bamako-attacks"],
        ["timeline", "--help"],
        ["--help"],
    ]
    for words, ratios in zip(asked, measure_warm(tools, None, runs, asked), strict=True):
        count = tools[0].read([*words, "--count"]) if words[-1] == "2020" else ""
        name = f"`{' '.join(words)}`"
        yield Warm(name, "shipped", count, ratios, GOALS.get(name, ""))
    long = ["timeline", "--since", "2019"]
    names = [f"`{' '.join([*long, *more])}` on a terminal" for more in ([], ["-n", "20"])]
    commands = [(bare(tools), tools[0].env())]
    commands += [([one.chrono, *long, *more], one.env()) for more in ([], ["-n", "20"]) for one in tools]
    medians = run_on_terminal(commands, max(runs // 2, 5))
    ratios = [seconds / medians[0] for seconds in medians[1:]]
    for i, name in enumerate(names):
        count = tools[0].read([*long, "--count"]) if not i else "20"
        yield Warm(name, "shipped", count, ratios[i * len(tools) : (i + 1) * len(tools)], GOALS[name])
    yield measure_tab(tools, None, runs, "shipped")


def measure_tab(tools: list[Tool], store: Path | None, runs: int, events: str) -> Warm:
    """What a shell asks when Tab is pressed after the beginning of a name."""
    shell = {"_CHRONO_COMPLETE": "bash", "_CHRONO_LINE": "chrono timeline --actor jn", "_CHRONO_BREAKS": " \"'><=;|&(:"}
    name = "completion of a name"
    return Warm(name, events, "", measure_warm(tools, store, runs, [[]], **shell)[0], GOALS[name])


def measure_big(tools: list[Tool], store: Path, export: Path, events: int, runs: int) -> Iterator[Warm]:
    def count(words: list[str]) -> int:
        return int(tools[0].read(["timeline", *words, "--count"], store))

    filters = choose_filters(export, count)
    name = filters["actor"][0][1]
    others = {
        "`at 2020-01-01`": ["at", "2020-01-01"],
        "`actor NAME`": ["actor", name],
        "`summary --by year,category`": ["summary", "--by", "year,category"],
    }
    asked = [["timeline", *words] for words, _ in filters.values()] + list(others.values())
    ratios = measure_warm(tools, store, runs, asked)
    for i, (words, found) in enumerate(filters.values()):
        yield Warm(f"`timeline {' '.join(words)}`", f"{events:,}", str(found), ratios[i], FILTER_GOAL)
    for i, measure in enumerate(others):
        goal = GOALS.get(measure) or SUMMARY_GOALS.get(events, "")
        found = str(filters["actor"][1]) if measure == "`actor NAME`" else ""
        yield Warm(measure.replace("NAME", name), f"{events:,}", found, ratios[len(filters) + i], goal)
    yield measure_tab(tools, store, runs, f"{events:,}")


def measure_sums(one: Tool, store: Path) -> list[str]:
    """A row of the sums over as many events as no store has, whose facts are those of this one many times over."""
    one.read(ASKED, store)
    index = max((one.cache / "chrono").glob("*.sqlite3"), key=lambda file: file.stat().st_mtime)
    said = read_output([one.python, str(HERE / "sums.py"), str(index), str(MANY)], one.env(store))
    facts, groups, seconds = said.split()
    return [f"{int(facts):,}", groups, f"{float(seconds):.2f}", SUMS_GOAL]


def measure_cold(tools: list[Tool], store: Path | None, measure: str, runs: int) -> list[str]:
    """A row of the first question to a store: seconds, memory and index of each tool."""
    taken, sizes = [], []
    for one in tools:
        seconds = []
        for _ in range(runs):
            shutil.rmtree(one.cache, ignore_errors=True)
            seconds.append(run_once([one.chrono, *ASKED], one.env(store)))
        taken.append(Once(statistics.median(row.seconds for row in seconds), max(row.megabytes for row in seconds)))
        sizes.append(megabytes(one.cache))
    return cold_row(measure, taken, sizes)


def measure_edit(tools: list[Tool], store: Path, measure: str, runs: int) -> list[str]:
    """A row of the question after the title of one event in the middle was changed."""
    files = sorted((store / "data").glob("events/*.yaml")) or [store / "data" / "events.yaml"]
    path = files[len(files) // 2]
    taken: list[list[Once]] = [[] for _ in tools]
    for one in tools:
        one.read(ASKED, store)
    for n in range(runs):
        edit_title(path, f"Again {n:02d}".encode())
        for one, rows in zip(tools, taken, strict=True):
            rows.append(run_once([one.chrono, *ASKED], one.env(store)))
    best = [Once(statistics.median(row.seconds for row in rows), max(row.megabytes for row in rows)) for rows in taken]
    return cold_row(measure, best, [megabytes(one.cache) for one in tools])


def edit_title(path: Path, text: bytes) -> None:
    """Put a text of eight letters over the beginning of a title in the middle of a file.

    In place: the file may be large.
    """
    with path.open("r+b") as file:
        start = file.seek(path.stat().st_size // 2)
        found = re.search(rb"\n  title: ([A-Za-z][A-Za-z0-9 ]{6}[a-z0-9])", file.read(100_000))
        if found:
            file.seek(start + found.start(1))
            file.write(text)


def cold_row(measure: str, taken: list[Once], sizes: list[float]) -> list[str]:
    cells = [measure]
    for once, size in zip(taken, sizes, strict=True):
        cells += [f"{once.seconds:.2f}", f"{once.megabytes:.0f}", f"{size:.1f}"]
    return [*cells, f"{taken[0].seconds / taken[1].seconds:.2f}" if len(taken) > 1 else ""]


def measure_peers(one: Tool, store: Path, export: Path, events: int) -> Iterator[list[str]]:
    commands: dict[str, Command | None] = {
        "chrono": ask_chrono(one.chrono),
        **ask_peers(export, one.chrono, one.env(store)),
    }
    there = {name: command for name, command in commands.items() if command}
    medians = dict(
        zip(["bare", *there], run_warm([bare([one]), *there.values()], one.env(store), 3, rounds=1), strict=True)
    )
    for name, command in commands.items():
        if command is None:
            yield [name, f"{events:,}", "", "not installed: skipped", ""]
            continue
        answer = read_output(command, one.env(store)).splitlines()
        found = sum(line.startswith("Id: ") for line in answer) if name == "recsel" else len(answer) - (name != "jq")
        yield [name, f"{events:,}", str(found), f"{medians[name]:.2f}", f"{medians[name] / medians['bare']:.1f}"]


def measure_pythons(pythons: list[str], work: Path, runs: int) -> Iterator[list[str]]:
    """Start-up under each interpreter, in an environment made for it, all in one run."""
    commands, names = [], []
    for n, python in enumerate(pythons):
        venv = work / f"python{n}"
        subprocess.run([python, "-m", "venv", venv], check=True)
        subprocess.run([venv / "bin/pip", "install", "--quiet", "--disable-pip-version-check", HERE.parent], check=True)
        commands += [[str(venv / "bin/python"), str(HERE / "bare.py")], [str(venv / "bin/chrono"), *ASKED]]
        names.append(
            read_output([str(venv / "bin/python"), "-c", "import platform as p; print(p.python_version())"], {})
        )
    here = Tool("", "", work / "pythons").env()
    for command in commands[1::2]:
        read_output(command, here)
    medians = run_warm(commands, here, runs)
    for i, name in enumerate(names):
        bare, asked = medians[2 * i : 2 * i + 2]
        yield [name, f"{bare * 1000:.0f}", f"{asked * 1000:.0f}", f"{asked / bare:.2f}"]


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("events", nargs="*", type=int, default=[10_000], help="how many events the big stores have")
    parser.add_argument("--chrono", default=str(Path(sys.executable).parent / "chrono"), help="beside this Python")
    parser.add_argument("--baseline", help="another chrono to measure beside it")
    parser.add_argument("--pythons", nargs="*", default=[], help="interpreters whose start-up is compared")
    parser.add_argument("--runs", type=int, default=30, help="runs of each warm question")
    parser.add_argument("--output", type=Path, default=HERE / "RESULTS.md")
    return parser.parse_args()


def main() -> None:
    arguments = read_arguments()
    if not shutil.which("hyperfine"):
        sys.exit("hyperfine is missing, which measures the warm answers: apt install hyperfine (or brew, cargo)")
    for python in arguments.pythons:
        if subprocess.run([python, "-c", "import venv"], check=False).returncode:
            sys.exit(f"'{python}' does not run, or makes no environments")
    with tempfile.TemporaryDirectory() as temporary:
        arguments.output.write_text(measure_all(arguments, Path(temporary)), "utf-8")
    print(f"wrote {arguments.output}")


def measure_all(arguments: argparse.Namespace, work: Path) -> str:
    """Everything, one after the other; the text of RESULTS.md."""
    names = [arguments.chrono, *([arguments.baseline] if arguments.baseline else [])]
    tools = [tool(name, work / f"cache{n}") for n, name in enumerate(names)]
    runs, first = arguments.runs, tools[0]
    say("the shipped store")
    cold = [measure_cold(tools, None, "shipped", 5)]
    warm = list(measure_shipped(tools, runs))
    peers: list[list[str]] = []
    sums: list[list[str]] = []
    for events in arguments.events:
        for files, shape in ((0, "in one file"), (FILES, f"in {FILES} files")):
            say(f"{events:,} events {shape}")
            store = work / f"store{events}-{files}"
            subprocess.run([sys.executable, HERE / "stores.py", store, str(events), *([str(files)] if files else [])],
                           check=True, env={**os.environ, "PYTHONPATH": str(HERE.parent)})  # fmt: skip
            cold.append(measure_cold(tools, store, f"{events:,} {shape}", 3 if events <= LARGE else 1))
            cold.append(
                measure_edit(tools, store, f"{events:,} {shape}, one event edited", 3 if events <= LARGE else 1)
            )
            if not files:
                export = work / f"export{events}.jsonl"
                with export.open("w") as out:
                    subprocess.run(
                        [first.chrono, "timeline", "-f", "jsonl"], env=first.env(store), stdout=out, check=True
                    )
                warm += measure_big(tools, store, export, events, runs if events <= LARGE else max(runs // 3, 5))
                peers += measure_peers(first, store, export, events)
                if events == max(arguments.events):
                    sums.append(measure_sums(first, store))
                export.unlink()
            shutil.rmtree(store)
    say("Python")
    pythons = list(measure_pythons(arguments.pythons, work, runs)) if arguments.pythons else []
    return write_results([one.python for one in tools], Measured(warm, cold, peers, sums, pythons))


def say(text: str) -> None:
    print(f"measuring {text} ...", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
