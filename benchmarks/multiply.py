"""Makes a larger export of an export: every event many times over, each copy with an id of its own, by DuckDB.

Usage: python benchmarks/multiply.py EXPORT FOLDER TIMES

EXPORT is what `chrono export -f parquet --partition year` wrote of a whole store, FOLDER is new or empty. Copy 7 of
"2012-01-17-menaka-attack" is "2012-01-17-menaka-attack-0007". A copy keeps its event's days, since who was part of whom
then hangs on them, and its figures, texts, places and cites; links lead to events of the same copy and terms of sums
are of events of the same copy. What is no event's stays as it is. So this is, row for row, the export of a store that
has each event so many times (`repeat` writes one), and every sum is so many times that of the smaller.
"""

import re
import shutil
import sys
from pathlib import Path

import duckdb
from stores import read_events, written

from mali_chrono.exchange.columns import Table
from mali_chrono.exchange.datapackage import describe
from mali_chrono.exchange.parquet import PARTITIONED
from mali_chrono.exchange.tables import TABLES

# More would need a fifth digit: a copy's number begins with 0, before what any other id goes on with, so that copies
# stand beside their event in a timeline.
MOST = 1000
_MANY = ("event", "claim", "sum_term")  # tables of which a copy has rows of its own; their keys are ids
# How the other columns of a copy differ.
_CHANGED = {
    "sort": "(sort - 1) * {times} + copy + 1",
    "file_line": "regexp_replace(file_line, '^data/events.yaml', 'data/events/' || number || '.yaml')",
    "claim_id": "replace(claim_id, '/', '-' || number || '/')",
}
_COUNTS = ("events", "links_left_out", "sets_without_all_terms")


def multiply(export: Path, folder: Path, times: int, *, memory: str = "8GB") -> None:
    """Write the export of a whole store with every event so many times. Raises ValueError, OSError, duckdb.Error."""
    if not 1 <= times <= MOST:
        raise ValueError(f"1 to {MOST} times, not {times}")
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as database:
        database.execute(f"SET memory_limit = '{memory}'; SET temp_directory = '{folder}/.tmp'")
        database.execute("SET preserve_insertion_order = false")
        for table in TABLES.values():
            if _is_many(table):
                _write(database, table, export, folder, times)
            elif table.name != "meta":
                shutil.copy(path_of(export, table), path_of(folder, table))
        meta = dict(database.execute(f"SELECT key, value FROM '{export}/meta.parquet'").fetchall())
        meta |= {key: str(int(meta[key]) * times) for key in _COUNTS}
        rows = ", ".join(f"('{key}', '{value.replace(chr(39), chr(39) * 2)}')" for key, value in meta.items())
        database.execute(f"COPY (SELECT * FROM (VALUES {rows}) m(key, value)) TO '{folder}/meta.parquet'")
    shutil.rmtree(folder / ".tmp", ignore_errors=True)
    paths = {name: str(path_of(folder, table).relative_to(folder)) for name, table in TABLES.items()}
    describe(folder, meta, paths, format="parquet")


def path_of(folder: Path, table: Table) -> Path:
    """Where an export has a table: a file, or files in a folder for each year."""
    return folder / table.name / "*" / "*.parquet" if table.name in PARTITIONED else folder / f"{table.name}.parquet"


def _is_many(table: Table) -> bool:
    return table.name in _MANY or any(other in _MANY for _, other in table.references)


def _write(database: duckdb.DuckDBPyConnection, table: Table, export: Path, folder: Path, times: int) -> None:
    refers = {column for column, other in table.references if other in _MANY}
    refers |= set(table.key[:1]) if table.name in _MANY else set()
    parted = table.name in PARTITIONED
    columns = []
    for column in (column.name for column in table.columns):
        if column in _CHANGED and (column in refers or table.name == "event"):
            columns.append(f"{_CHANGED[column].format(times=times)} AS {column}")
        elif not (parted and column == "year"):  # the name of a folder
            columns.append(f"{column} || '-' || number AS {column}" if column in refers else column)
    copies = f"SELECT range AS copy, lpad(range::VARCHAR, 4, '0') AS number FROM range({times})"
    # A year after the other: DuckDB would keep all years of a partitioned table in memory.
    for source in sorted((export / table.name).iterdir()) if parted else [path_of(export, table)]:
        target = folder / source.relative_to(export)
        target.parent.mkdir(exist_ok=True)
        read, write = (f"{source}/*.parquet", target / "data_0.parquet") if parted else (source, target)
        write.parent.mkdir(exist_ok=True)
        query = f"SELECT {', '.join(columns)} FROM '{read}' CROSS JOIN ({copies})"
        database.execute(f"COPY ({query}) TO '{write}' (FORMAT parquet, COMPRESSION zstd)")


def repeat(store: Path, folder: Path, times: int) -> None:
    """Write a store, of one file of events, with every event so many times: a copy a file."""
    data = folder / "data"
    shutil.copytree(store / "data", data, ignore=shutil.ignore_patterns("events.yaml", "events"))
    if (store / "seeds").exists():
        shutil.copytree(store / "seeds", folder / "seeds")
    (data / "events").mkdir()
    path = store / "data" / "events.yaml"
    events = read_events(path)
    head = re.split(r"(?m)^(?=- id: )", path.read_text("utf-8"), maxsplit=1)[0]
    for copy in range(times):
        ids = {event.id: f"{event.id}-{copy:04d}" for event in events}
        text = head + "".join(written(event, 0, ids) for event in events)
        (data / "events" / f"{copy:04d}.yaml").write_text(text, "utf-8")


def main() -> None:
    if len(sys.argv) != 4:
        sys.exit("usage: python benchmarks/multiply.py EXPORT FOLDER TIMES")
    multiply(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))


if __name__ == "__main__":
    main()
