"""How long the SQL of `summary --by year,category` takes over many events: an index is copied, and its rows multiplied.

Usage: python benchmarks/sums.py INDEX ROWS

INDEX is a file of the cache folder. Writes how many facts and groups there are and the seconds, the median of five.
"""

import contextlib
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path

from mali_chrono.answers.facts import plain_events, read_plain
from mali_chrono.answers.filters import Filters, ask
from mali_chrono.answers.measures import tolls_of
from mali_chrono.index.languages import speak_as

BY = ("year", "category")
# What the SQL reads of an event; all begin with its number.
TABLES = ("fact", "toll", "knot")


def multiply(connection: sqlite3.Connection, rows: int) -> int:
    """Copy the events' facts and figures under further numbers until there are so many facts; how many there are."""
    (held, step) = connection.execute("SELECT count(*), max(n) + 1 FROM fact").fetchone()
    copies = -(-rows // held)
    for table in TABLES:
        columns = [column[1] for column in connection.execute(f"PRAGMA table_info({table})")]
        moved = [f"{name} + copy * {step}" if name in ("n", "head") else f'"{name}"' for name in columns]
        connection.execute(
            f"INSERT INTO {table} WITH RECURSIVE times(copy) AS (SELECT 1 UNION ALL SELECT copy + 1 FROM times"
            f" WHERE copy < {copies - 1}) SELECT {', '.join(moved)} FROM (SELECT * FROM {table}) JOIN times"
        )
    return int(held) * copies


def measure(connection: sqlite3.Connection) -> tuple[int, float]:
    """How many groups the events come to, and the median seconds."""
    question = ask(connection, Filters())
    plain = plain_events(question, BY, ())
    assert plain, "events lie in several rows of these keys"
    seconds = []
    for _ in range(5):
        begun = time.perf_counter()
        found, _ = read_plain(connection, question, plain, BY, tolls_of(("killed",), ""))
        seconds.append(time.perf_counter() - begun)
    return len(found), statistics.median(seconds)


def main() -> None:
    index, rows = Path(sys.argv[1]), int(sys.argv[2])
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / "index"
        shutil.copyfile(index, copy)
        with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            speak_as(connection)
            facts = multiply(connection, rows)
            print(facts, *measure(connection))


if __name__ == "__main__":
    main()
