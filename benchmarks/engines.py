"""Answers SQL over an export of Parquet files by DuckDB or by Spark, each in a process of its own.

Usage: python benchmarks/engines.py duckdb|spark EXPORT GIGABYTES < STATEMENTS

STATEMENTS is a json object of statements by name, as `-f sql` prints them. Prints a json object: seconds until the
engine could be asked, the most memory it had in MB, its version, and of each statement seconds and rows.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from multiply import PARTITIONED

from mali_chrono.exchange.tables import TABLES

Rows = list[tuple[object, ...]]


def open_duckdb(export: Path, gigabytes: int) -> tuple[Callable[[str], Rows], str]:
    """What asks DuckDB, and its version."""
    import duckdb

    database = duckdb.connect()
    database.execute(f"SET memory_limit = '{gigabytes}GB'")
    for name in TABLES:
        path = f"{name}/*/*.parquet" if name in PARTITIONED else f"{name}.parquet"
        database.execute(f"CREATE VIEW {name} AS SELECT * FROM '{export}/{path}'")
    return lambda statement: database.execute(statement).fetchall(), duckdb.__version__


def open_spark(export: Path, gigabytes: int) -> tuple[Callable[[str], Rows], str]:
    """What asks Spark in local mode on every core, and its version."""
    from pyspark.sql import SparkSession

    settings = {"spark.driver.memory": f"{gigabytes}g", "spark.ui.enabled": "false", "spark.log.level": "ERROR",
                "spark.sql.shuffle.partitions": "16"}  # fmt: skip
    builder = SparkSession.builder.master("local[*]").appName("chrono")
    for key, value in settings.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    for name in TABLES:
        path = name if name in PARTITIONED else f"{name}.parquet"
        session.read.parquet(f"{export}/{path}").createOrReplaceTempView(name)
    return lambda statement: [tuple(row) for row in session.sql(statement.rstrip(";\n")).collect()], session.version


ENGINES = {"duckdb": open_duckdb, "spark": open_spark}


def plain(value: object) -> object:
    """A number as json has it: sums are decimal or wide in some engines."""
    return int(value) if isinstance(value, Decimal | float | bool) else value


def peak_memory() -> float:
    """The most memory this process and those it began had at a time, in MB: Spark works in a Java of its own."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text("utf-8").split()
    status = [Path(f"/proc/{child}/status").read_text("utf-8") for child in children]
    peaks = [int(line.split()[1]) for text in status for line in text.splitlines() if line.startswith("VmHWM")]
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + sum(peaks)) / 1024


def main() -> None:
    if len(sys.argv) != 4 or sys.argv[1] not in ENGINES:
        sys.exit("usage: python benchmarks/engines.py duckdb|spark EXPORT GIGABYTES < STATEMENTS")
    statements = json.load(sys.stdin)
    begun = time.perf_counter()
    ask, version = ENGINES[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
    opened = time.perf_counter() - begun
    answers = {}
    for name, statement in statements.items():
        begun = time.perf_counter()
        rows = ask(statement)
        answers[name] = {
            "seconds": time.perf_counter() - begun, "rows": [[plain(value) for value in row] for row in rows]
        }  # fmt: skip
    json.dump({"opened": opened, "megabytes": peak_memory(), "version": version, "answers": answers}, sys.stdout)


if __name__ == "__main__":
    main()
