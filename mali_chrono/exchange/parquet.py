"""An export as Parquet files, a table each, by DuckDB; or with a folder a year for the tables that have one."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from mali_chrono.errors import UsageError
from mali_chrono.exchange.columns import Table
from mali_chrono.exchange.datapackage import Row, describe, write_tables
from mali_chrono.exchange.tables import TABLES

_TYPES = {"text": "VARCHAR", "integer": "BIGINT", "real": "DOUBLE", "boolean": "BOOLEAN"}
# What lies in a folder for each year an event stands under, where that is asked for: `event_year` would make thousands.
PARTITIONED = ("event",)


def write(folder: Path, rows: Iterable[tuple[str, Row]], *, by_year: bool = False) -> None:
    """Write the rows of an export into a folder. Raises UsageError without DuckDB, OSError."""
    try:
        import duckdb
    except ImportError:
        raise UsageError("parquet is written by DuckDB: pip install 'mali-chrono[parquet]'") from None
    paths = {}
    with TemporaryDirectory(dir=folder) as scratch, duckdb.connect() as database:
        meta = write_tables(Path(scratch), rows)
        # One thread writes the same bytes every time.
        database.execute("SET threads = 1")
        database.execute("SET memory_limit = '300MB'")
        database.execute(f"SET temp_directory = {_text(scratch)}")
        for table in TABLES.values():
            parted = by_year and table.name in PARTITIONED
            paths[table.name] = table.name if parted else f"{table.name}.parquet"
            source = f"read_csv({_text(f'{scratch}/{table.name}.csv')}, {_reading(table)})"
            options = "FORMAT parquet, COMPRESSION zstd" + ", PARTITION_BY (year)" * parted
            database.execute(f"COPY (SELECT * FROM {source}) TO {_text(str(folder / paths[table.name]))} ({options})")
    described = {name: path if path.endswith(".parquet") else f"{path}/*/*.parquet" for name, path in paths.items()}
    describe(folder, meta, described, format="parquet")


def _reading(table: Table) -> str:
    """How the csv file of a table is read: by the types that stand in `tables.py`, nothing guessed."""
    columns = ", ".join(f"{_text(c.name)}: {_text(_TYPES[c.type])}" for c in table.columns)
    return (
        f"header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', new_line = '\\r\\n',"
        f" max_line_size = 20000000, columns = {{{columns}}}"
    )


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
