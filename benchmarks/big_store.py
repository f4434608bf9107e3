"""Read, check and compile a store of many events (the shipped ones over and over, in other years): seconds and memory.
Exits 1 where the grown store has problems.

Usage: python benchmarks/big_store.py [EVENTS]
"""

import re
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

from mali_chrono.index import cache as library
from mali_chrono.store.checks import check
from mali_chrono.store.load import load
from mali_chrono.store.locate import Store

ROOT = Path(__file__).parent.parent
# What must be wrong with events that were moved to other years.
MOVED = ("event-order", "clock-order", "actor-span", "after-source", "after-today")


def grow(folder: Path, wanted: int) -> None:
    for part in ("data", "seeds"):
        shutil.copytree(ROOT / part, folder / part)
    items = re.split(r"(?m)^(?=- id: )", (ROOT / "data" / "events.yaml").read_text("utf-8"))
    modern = [
        item
        for item in items
        if re.match(r"- id: 20\d\d-\d\d-\d\d-", item) and re.search(r"^  date: 20\d\d-\d\d-\d\d$", item, re.MULTILINE)
    ]
    grown = []
    for n in range(wanted):
        item = re.sub(r"(?m)^  links:.*\n(?:    .*\n)*", "", modern[n % len(modern)])
        day = re.match(r"- id: (\d{4}-\d\d-\d\d)", item)[1]
        new = f"{3000 + n // len(modern)}{day[4:]}"
        item = re.sub(r"(?m)^  date: .*$", f"  date: {new}", item)
        item = item.replace(f"- id: {day}", f"- id: {new}-{n}", 1)
        grown.append((f"{new}-{n}", item))
    grown.sort(key=lambda row: (row[0][:10], row[0]))
    (folder / "data" / "events.yaml").write_text("".join(item for _, item in grown), "utf-8")


def main() -> None:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        grow(folder, wanted)
        store = Store(folder, "big")
        begun = time.perf_counter()
        loaded = load(store)
        read = time.perf_counter()
        problems = [problem for problem in check(loaded) if problem.rule not in MOVED]
        checked = time.perf_counter()
        count = library.answer(
            store,
            folder / "cache",
            time.time_ns(),
            lambda connection: connection.execute("SELECT count(*) FROM event").fetchone()[0],
        )
        compiled = time.perf_counter()
        for _ in range(20):
            library.answer(
                store,
                folder / "cache",
                time.time_ns(),
                lambda c: c.execute("SELECT title FROM event ORDER BY n LIMIT 100").fetchall(),
            )
        asked = time.perf_counter()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{count} events: read {read - begun:.2f} s, check {checked - read:.2f} s, all {compiled - checked:.2f} s,"
        )
        print(f"a warm answer {(asked - compiled) / 20 * 1000:.1f} ms, memory {memory} MB, problems {len(problems)}")
        for problem in problems[:3]:
            print(problem)
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
