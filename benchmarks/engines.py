"""Answers SQL over an export of Parquet files by DuckDB or by Spark, each in a process of its own.

Usage: python benchmarks/engines.py duckdb|spark EXPORT GIGABYTES < STATEMENTS

STATEMENTS is a json object of statements by name, as `-f sql` prints them. Prints a json object a line: of the engine
its version and what it took to open the export, then of each statement its rows. `seconds` are those of the clock,
`cpu` those of all its processors, `megabytes` the most memory it had until then.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

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


def processes() -> list[Path]:
    """What /proc tells of this process and those it began: Spark works in a Java of its own."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text("utf-8").split()
    return [Path("/proc/self"), *(Path("/proc") / child for child in children)]


def peak_memory() -> float:
    """The most memory they had at a time, in MB."""
    lines = [line for process in processes() for line in (process / "status").read_text("utf-8").splitlines()]
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def cpu_seconds() -> float:
    """What they took of all processors."""
    fields = [(process / "stat").read_text("utf-8").rpartition(")")[2].split() for process in processes()]
    return sum(int(field[11]) + int(field[12]) for field in fields) / os.sysconf("SC_CLK_TCK")


def measured(work: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    """What some work gives, and what it took."""
    begun, cpu = time.perf_counter(), cpu_seconds()
    done = work()
    return done, {"seconds": time.perf_counter() - begun, "cpu": cpu_seconds() - cpu, "megabytes": peak_memory()}


def main() -> None:
    if len(sys.argv) != 4 or sys.argv[1] not in ENGINES:
        sys.exit("usage: python benchmarks/engines.py duckdb|spark EXPORT GIGABYTES < STATEMENTS")
    engine, export, gigabytes = ENGINES[sys.argv[1]], Path(sys.argv[2]), int(sys.argv[3])
    statements = json.load(sys.stdin)
    (ask, version), took = measured(lambda: engine(export, gigabytes))
    print(json.dumps({"version": version, **took}), flush=True)
    for name, statement in statements.items():
        rows, took = measured(lambda statement=statement: ask(statement))
        told = [[plain(value) for value in row] for row in rows]
        print(json.dumps({"question": name, **took, "rows": told}), flush=True)


if __name__ == "__main__":
    main()
