"""Read, check and compile a store of many events, made by stores.py: seconds and memory. Exits 1 where it has problems.

Usage: python benchmarks/big_store.py [EVENTS]
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

from stores import make_store

from mali_chrono.errors import ERROR
from mali_chrono.index import cache as library
from mali_chrono.store.checks import check
from mali_chrono.store.load import load
from mali_chrono.store.locate import Store


def main() -> None:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        make_store(folder, wanted)
        store = Store(folder, "big")
        begun = time.perf_counter()
        loaded = load(store)
        read = time.perf_counter()
        problems = [problem for problem in check(loaded) if problem.severity == ERROR]
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
    sys.exit(bool(problems) or count != wanted)


if __name__ == "__main__":
    main()
