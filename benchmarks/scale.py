"""Ask chrono, DuckDB and Spark the same six questions at growing sizes, hold the answers together, write SCALE.md.

Usage: python benchmarks/scale.py [EVENTS...] [--work FOLDER] [--kept] [--memory GB] [--output FILE]

    python benchmarks/scale.py                            10,000 and 100,000 events, some minutes
    python benchmarks/scale.py 10000 100000 1000000 10000000

Up to 100,000 events are a store of `stores.py`, which chrono answers too; more are its export of 10,000 events many
times over (`multiply.py`), and their sums are chrono's so many times. An answer that differs stops the run. Needs
DuckDB, PySpark and Java 17: pip install -e '.[parquet]' 'pyspark>=4.0'. What lies in FOLDER from a run that was broken
off, exports and answers, is not made again; --kept writes what was answered until then, other cells stay empty.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from measuring import megabytes, run_once
from multiply import MOST, multiply
from results import describe_machine, describe_versions, table

from mali_chrono.text import fold

HERE = Path(__file__).parent
BASE, LARGEST = 10_000, 100_000  # what is multiplied, and the largest store
# What analysts ask, by what it is; the fields are those that identify an answer.
QUESTIONS = {
    "time, actor and place": "timeline --in 2018..2019 --actor jnim:perpetrator --place mopti --fields id,match",
    "by year": "summary --by year",
    "by year and category": "summary --by year,category",
    "top actors": "summary --by actor --role perpetrator --type violence --since 2012 -n 10",
    "within a place": "summary --by region --place mopti --since 2012",
    "deadly and disputed": "timeline --min killed=20 --disputed --sort killed --fields id,killed_best",
}
ENGINES = ("duckdb", "spark")
Row = tuple[object, ...]


class Chrono:
    """The chrono beside this Python over a store, with a cache of its own."""

    def __init__(self, store: Path, cache: Path) -> None:
        self.env = {
            **os.environ,
            "CHRONO_STORE": str(store),
            "XDG_CACHE_HOME": str(cache),
            "PYTHONPATH": str(HERE.parent),
        }

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "mali_chrono", *words]

    def read(self, *words: str) -> str:
        return subprocess.run(self.command(*words), env=self.env, check=True, capture_output=True, text=True).stdout


def answers(chrono: Chrono) -> dict[str, list[Row]]:
    """What chrono itself answers to each question, as the rows of its statement."""
    return {name: list(answer(chrono, question.split())) for name, question in QUESTIONS.items()}


def answer(chrono: Chrono, words: list[str]) -> Iterator[Row]:
    command, *rest = words
    if command == "timeline":
        fields = rest[rest.index("--fields") + 1].split(",")
        for row in json.loads(chrono.read(command, *rest[:-2], "-f", "json"))["events"]:
            killed = row["killed"] or {}
            known = {"id": row["id"], "match": row["match"], "killed_best": killed.get("best")}
            yield tuple(known[field] for field in fields)
        return
    found = json.loads(chrono.read(command, *rest, "-f", "json"))
    for group in found["groups"]:
        if group["events"]:
            keys = [fold(group[key] or "") if key == "region" else group[key] or "" for key in found["query"]["by"]]
            ends = group["killed"] or dict.fromkeys(("low", "best", "high", "open"))
            yield (*keys, group["events"], ends["low"], ends["best"], ends["high"], ends["open"])


def told(question: str, rows: list[list[object]]) -> list[Row]:
    """The rows of an engine as `answer` has them: without what surely falls there, of which json has no word."""
    if question.startswith("timeline"):
        return [tuple(row) for row in rows]
    return [(*row[:-5], *row[-4:]) for row in rows]


def multiplied(question: str, rows: list[Row], times: int) -> list[Row]:
    """What chrono answers of every event so many times."""
    if times == 1:
        return rows
    if question.startswith("timeline"):
        return [(f"{row[0]}-{copy:04d}", *row[1:]) for row in rows for copy in range(times)]
    return [tuple(v * times if type(v) is int else v for v in row) for row in rows]


def same(question: str, mine: list[Row], theirs: list[Row]) -> bool:
    """Whether two answers are one: of a summary the rows, however those that are alike stand among each other."""
    if question.startswith("timeline"):
        return mine == theirs
    return sorted(map(repr, map(flagged, mine))) == sorted(map(repr, map(flagged, theirs)))


def flagged(row: Row) -> Row:
    """A row of a summary, its last cell whether there may be more."""
    return (*row[:-1], None if row[-1] is None else bool(row[-1]))


def make_export(work: Path, events: int) -> Path:
    """The export of a store of so many events, or that of the base many times over."""
    export = work / f"export{events}"
    if export.exists():
        return export
    draft = work / "draft"
    shutil.rmtree(draft, ignore_errors=True)
    if events <= LARGEST:
        make_store(work, events).read("export", str(draft), "-f", "parquet", "--partition", "year")
    else:
        multiply(make_export(work, BASE), draft, events // BASE)
    return draft.rename(export)


def make_store(work: Path, events: int) -> Chrono:
    store = work / f"store{events}"
    if not store.exists():
        script, env = str(HERE / "stores.py"), {**os.environ, "PYTHONPATH": str(HERE.parent)}
        subprocess.run([sys.executable, script, str(work / "new"), str(events)], env=env, check=True)
        (work / "new").rename(store)
    return Chrono(store, work / "cache")


def ask_engine(work: Path, engine: str, events: int, statements: dict[str, str], memory: int) -> list[dict]:
    """What an engine answers and took: a dict of opening the export, then one of each question."""
    answers = read_kept(work, engine, events)
    if len(answers) > len(statements):
        return answers
    say(f"{events:,} events: {engine}")
    command = [sys.executable, str(HERE / "engines.py"), engine, str(make_export(work, events)), str(memory)]
    env = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    kept, log = work / f"{engine}{events}.jsonl", work / f"{engine}.log"
    with kept.open("w", encoding="utf-8") as out, log.open("w", encoding="utf-8") as errors:
        subprocess.run(command, input=json.dumps(statements), text=True, env=env, check=True, stdout=out, stderr=errors)
    return read_kept(work, engine, events)


def read_kept(work: Path, engine: str, events: int) -> list[dict]:
    """The same, as far as it was asked."""
    kept = work / f"{engine}{events}.jsonl"
    return [json.loads(line) for line in kept.read_text("utf-8").splitlines()] if kept.exists() else []


def ask_chrono(chrono: Chrono) -> list[list[str]]:
    """What chrono takes for each question, its index being there."""
    took = [run_once(chrono.command(*question.split()), chrono.env) for question in QUESTIONS.values()]
    return [[f"{once.seconds:.1f}", f"{once.cpu:.1f}", f"{once.megabytes:.0f}"] for once in took]


def measure(work: Path, events: int, memory: int, *, kept_alone: bool) -> tuple[list[list[str]], list[str]]:
    """The rows of a size: times of each question, and what the export is. Ends the run where answers differ."""
    stored = min(events, BASE) if events > LARGEST else events
    chrono, times = make_store(work, stored), events // stored
    say(f"{stored:,} events: chrono")
    right = answers(chrono)
    statements = {name: chrono.read(*question.split(), "-f", "sql") for name, question in QUESTIONS.items()}
    taken = {"chrono": ask_chrono(chrono) if times == 1 else [["", "", ""]] * len(QUESTIONS)}
    opened = []
    for engine in ENGINES:
        kept = read_kept(work, engine, events)
        start, *found = (kept if kept_alone else ask_engine(work, engine, events, statements, memory)) or [{}]
        replies = {reply["question"]: reply for reply in found}
        for name, reply in replies.items():
            question = QUESTIONS[name]
            if not same(question, told(question, reply["rows"]), multiplied(question, right[name], times)):
                sys.exit(f"{engine} of {events:,} events, {name}: not what chrono answers")
        taken[engine] = [cells(replies.get(name)) for name in QUESTIONS]
        opened.append(f"{start['seconds']:.1f}" if start else "")
    rows = [
        [name, f"{events:,}", *(cell for program in taken.values() for cell in program[i])]
        for i, name in enumerate(QUESTIONS)
    ]
    export = make_export(work, events)
    files = sum(1 for _ in export.rglob("*.parquet"))
    return rows, [f"{events:,}", f"{megabytes(export):.0f}", str(files), *opened]


def cells(reply: dict | None) -> list[str]:
    return [f"{reply['seconds']:.1f}", f"{reply['cpu']:.1f}", f"{reply['megabytes']:.0f}"] if reply else ["", "", ""]


def describe_engines(work: Path) -> str:
    """The engines that answered, with their versions."""
    firsts = {engine: [file.read_text("utf-8").partition("\n")[0] for file in work.glob(f"{engine}*.jsonl")]
              for engine in ENGINES}  # fmt: skip
    return ", ".join(f"{engine} {json.loads(max(lines))['version']}" for engine, lines in firsts.items() if any(lines))


def write_scale(taken: list[list[str]], sizes: list[list[str]], work: Path, memory: int) -> str:
    """The text of SCALE.md."""
    return "\n\n".join([
        "# Past one machine",
        "Written by `python benchmarks/scale.py`; what it means stands in [docs/scale.md](../docs/scale.md).",
        (f"- Machine: {describe_machine()}\n- chrono: {describe_versions(sys.executable)}\n"
        f"- Engines: {describe_engines(work)}, at most {memory} GB each"),
        "## The exports",
        "Their size in MB and files, and the seconds by the clock until an engine could be asked.",
        table(["events", "MB", "files", "duckdb", "spark"], sizes),
        "## The questions",
        ("Seconds by the clock, seconds of all processors together, and the most memory until then in MB. A busy"
         " machine\nstretches the first, not the second. chrono is asked where a store has so many events, its index"
         " being there.\nEvery answer was held against chrono's: beyond 100,000 events that of 10,000, so many times."
         " An empty cell was\nnot asked, or not answered to the end."),
        table(["question", "events", *(f"{p} {what}" for p in ("chrono", *ENGINES) for what in ("s", "cpu", "MB"))],
              taken),
        "## What was asked",
        "\n".join(f"- {name}: `chrono {question}`" for name, question in QUESTIONS.items()),
    ]) + "\n"  # fmt: skip


def say(text: str) -> None:
    print(f"measuring {text} ...", file=sys.stderr, flush=True)


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("events", nargs="*", type=int, default=[BASE, LARGEST], help="how many; rising")
    parser.add_argument("--work", type=Path, help="where exports and answers are kept; else nothing is")
    parser.add_argument("--kept", action="store_true", help="ask no engine, write what lies in the folder")
    parser.add_argument("--memory", type=int, default=8, help="GB that an engine may take")
    parser.add_argument("--output", type=Path, default=HERE / "SCALE.md")
    arguments = parser.parse_args()
    for events in arguments.events:
        if events > LARGEST and (events % BASE or events > BASE * MOST):
            parser.error(f"more than {LARGEST:,} events are {BASE:,} up to {MOST} times, which {events:,} are not")
    return arguments


def main() -> None:
    arguments = read_arguments()
    with tempfile.TemporaryDirectory() as temporary:
        work = arguments.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        measures = [measure(work, events, arguments.memory, kept_alone=arguments.kept) for events in arguments.events]
        taken = [row for rows, _ in measures for row in rows]
        arguments.output.write_text(write_scale(taken, [size for _, size in measures], work, arguments.memory), "utf-8")
    print(f"wrote {arguments.output}")


if __name__ == "__main__":
    main()
