"""Exports read back by engines that are not ours: DuckDB, Spark, pandas, pyarrow, frictionless, Datasette.

`pip install -e '.[test,readers,parquet]' && python -m pytest -m readers tests/test_readers_export.py`; Spark needs
Java 17 or later.
"""

import contextlib
import json
import shutil
import sqlite3
import subprocess
import sys
from decimal import Decimal

import pytest
from conftest import IMPORTS, ROOT

from mali_chrono.exchange.tables import TABLES

pytestmark = pytest.mark.readers

# Six questions of every sort, and how their sums are asked for.
QUESTIONS = (
    "--since 2012 --actor jnim:perpetrator --with fama",
    "--in 2020..2021-06 --must --place mopti",
    "--covers --in 2022-03 --exclude type=statement",
    "-m attack* -m '\"burkina faso\" -gold' --region gao --region mopti",
    "--min killed=20 --sort killed -n 25 --confirmed",
    "--until '500 BC' --reverse",
)
SUMS = (
    "--by year,category --since 2012", "--by year --sum killed,wounded", "--by actor", "--by place --since 2012",
    "--by month --in 2020/2021", "--by actor,role --type violence", "--by region,year --since 2012-06-15",
    "--by decade", "--by outlet", "--by tag --direct",
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory, cache):
    """The shipped store in every format."""
    base = tmp_path_factory.mktemp("exports")
    for args in (
        ["all.sqlite"],
        ["csv"],
        ["parquet", "-f", "parquet"],
        ["years", "-f", "parquet", "--partition", "year"],
    ):
        run(base, cache, "export", *args)
    return base


def run(cwd, cache, *args):
    environment = {**IMPORTS, "XDG_CACHE_HOME": str(cache), "CHRONO_STORE": str(ROOT),
                   "CHRONO_TODAY": "2025-11-15", "PATH": "/usr/bin:/bin"}  # fmt: skip
    ended = subprocess.run(
        [sys.executable, "-m", "mali_chrono", *args], cwd=cwd, env=environment, capture_output=True, check=True
    )
    assert ended.stderr == b""
    return ended.stdout.decode()


class Duck:
    def __init__(self, folder):
        duckdb = pytest.importorskip("duckdb")
        self.database = duckdb.connect()
        for name in TABLES:
            self.database.execute(f"CREATE VIEW \"{name}\" AS SELECT * FROM '{folder}/parquet/{name}.parquet'")

    def rows(self, statement):
        return self.database.execute(statement).fetchall()


class Spark:
    def __init__(self, folder):
        sql = pytest.importorskip("pyspark.sql")
        if not shutil.which("java"):
            pytest.skip("no Java")
        builder = sql.SparkSession.builder.master("local[2]").appName("chrono")
        for key, value in {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2"}.items():
            builder = builder.config(key, value)
        self.session = builder.getOrCreate()
        self.session.sparkContext.setLogLevel("ERROR")
        for name in TABLES:
            self.session.read.parquet(f"{folder}/parquet/{name}.parquet").createOrReplaceTempView(name)

    def rows(self, statement):
        return [tuple(row) for row in self.session.sql(statement.rstrip().rstrip(";")).collect()]


class Lite:
    def __init__(self, folder):
        self.database = sqlite3.connect(folder / "all.sqlite")

    def rows(self, statement):
        return self.database.execute(statement).fetchall()


@pytest.fixture(scope="module", params=[Lite, Duck, Spark], ids=["sqlite", "duckdb", "spark"])
def engine(request, folder):
    return request.param(folder)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_events(chrono, ask, engine, question):
    words = ask.words(question)
    theirs = [(row["id"], row["match"]) for row in json.loads(chrono("timeline", *words, "-f", "json").out)["events"]]
    assert len(theirs) >= 3
    assert engine.rows(chrono("timeline", *words, "-f", "sql", "--fields", "id,match").out) == theirs


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("question", SUMS)
def test_the_same_sums(chrono, ask, engine, question):
    words = ask.words(question)
    answer = json.loads(chrono("summary", *words, "-f", "json").out)
    by, kinds = answer["query"]["by"], answer["query"]["sum"]
    kinds = [kinds] if isinstance(kinds, str) else kinds
    theirs = {}
    for group in answer["groups"]:
        if group["events"]:
            keys = tuple(fold(key, group[key]) for key in by)
            ends = [group[kind] or dict.fromkeys(("low", "best", "high", "open")) for kind in kinds]
            theirs[keys] = [group["events"], *(end for figures in ends for end in figures.values())]
    rows = engine.rows(chrono("summary", *words, "-f", "sql").out)
    mine = {row[: len(by)]: [plain(row[len(by)]), *map(plain, row[len(by) + 2 :])] for row in rows}
    assert mine == theirs
    assert len(mine) >= 3


def fold(key, value):
    from mali_chrono.text import fold

    return fold(value or "") if key in ("outlet", "region") else value or ""


def plain(value):
    """A number as Python has it: sums are decimal or wide in some engines, flags are 1 and 0."""
    return int(value) if isinstance(value, int | float | Decimal) else value


def test_the_views_run_on_every_engine(engine, folder):
    from mali_chrono.exchange.views import views_of

    views = views_of(("killed",))
    for name in ("killed_by_year", "killed_by_year_category"):
        rows = [tuple(map(plain, row)) for row in engine.rows(views[name])]
        assert rows == Lite(folder).rows(f"SELECT * FROM {name}")
    assert len(engine.rows(views["events_wide"])) == Lite(folder).rows("SELECT COUNT(*) FROM event")[0][0]


def test_no_name_of_a_table_or_column_needs_a_quote(engine):
    for table in TABLES.values():
        columns = ", ".join(column.name for column in table.columns)
        assert engine.rows(f"SELECT {columns} FROM {table.name} WHERE {table.key[0]} IS NULL") == []


@pytest.mark.parametrize("kept", ["parquet", "years"])
@pytest.mark.parametrize("reader", ["duckdb", "pyarrow", "pandas"])
def test_parquet_is_read_by_others(folder, kept, reader):
    path = folder / kept / ("event" if kept == "years" else "event.parquet")
    if reader == "duckdb":
        duckdb = pytest.importorskip("duckdb")
        source = f"{path}/*/*.parquet" if kept == "years" else path
        rows = duckdb.sql(f"SELECT event_id, year, earliest_day, is_report FROM '{source}' ORDER BY sort").fetchall()
    elif reader == "pyarrow":
        dataset = pytest.importorskip("pyarrow.dataset").dataset(path, format="parquet", partitioning="hive")
        table = dataset.to_table(["event_id", "year", "earliest_day", "is_report", "sort"]).sort_by("sort")
        rows = [tuple(row.values()) for row in table.drop(["sort"]).to_pylist()]
    else:
        pandas = pytest.importorskip("pandas")
        frame = pandas.read_parquet(path).sort_values("sort")
        rows = [
            (ident, int(year), None if pandas.isna(day) else int(day), report)
            for ident, year, day, report in frame[["event_id", "year", "earliest_day", "is_report"]].values.tolist()
        ]
    assert rows == [(*row[:3], bool(row[3])) for row in Lite(folder).rows(
        "SELECT event_id, year, earliest_day, is_report FROM event ORDER BY sort")]  # fmt: skip
    assert {-9999, 1235} <= {row[1] for row in rows}


def test_spark_reads_the_folders_of_years(folder):
    spark = Spark(folder)
    frame = spark.session.read.parquet(f"{folder}/years/event")
    years = {row.year for row in frame.select("year").collect()}
    assert {-9999, 1235} <= years
    assert frame.count() == Lite(folder).rows("SELECT COUNT(*) FROM event")[0][0]


def test_pandas_reads_the_csv_files_and_the_database(folder):
    pandas = pytest.importorskip("pandas")
    events = pandas.read_csv(folder / "csv" / "event.csv")
    assert events["is_report"].dtype == bool
    with contextlib.closing(sqlite3.connect(folder / "all.sqlite")) as database:
        sums = pandas.read_sql("SELECT * FROM killed_by_year WHERE year = 2012", database)
    assert len(events) == 536
    assert sums["low"][0] <= sums["best"][0] <= sums["high"][0]


def test_frictionless_finds_the_package_valid(folder):
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.Package(str(folder / "csv" / "datapackage.json")).validate()
    assert report.flatten(["type", "message"]) == []
    assert report.stats["tasks"] == len(TABLES)


def test_datasette_answers_from_the_database(folder):
    pytest.importorskip("datasette")
    get = [sys.executable, "-m", "datasette", str(folder / "all.sqlite"), "--get"]
    rows = json.loads(
        subprocess.run([*get, "/all/killed_by_year.json?year=2012"], capture_output=True, check=True).stdout
    )
    assert rows["rows"][0][:1] == [2012]
    page = subprocess.run([*get, "/all/event?_search=ambush"], capture_output=True, check=True, text=True).stdout
    assert "ambush" in page


def test_the_same_bytes_twice(folder, cache):
    for kind, args in {
        "csv": (),
        "parquet": ("-f", "parquet"),
        "years": ("-f", "parquet", "--partition", "year"),
    }.items():
        run(folder, cache, "export", f"{kind}-again", *args)
        first, again = (
            {file.relative_to(base): file.read_bytes() for file in base.rglob("*") if file.is_file()}
            for base in (folder / kind, folder / f"{kind}-again")
        )
        assert first == again


def test_every_text_comes_back_as_it_was(tmp_path):
    """Quotes, commas, line ends of every sort, backslashes, what looks empty, a number or a formula."""
    duckdb = pytest.importorskip("duckdb")
    from mali_chrono.exchange import parquet

    texts = ['"', '""', "a,b", "a\nb", "a\r\nb", "a\rb", "\\", "\\N", "NULL", "null", " ", "0123", "true", "=1+1", "'",
             "é里\U0001f600", "x" * 300_000]  # fmt: skip
    rows = [("place_alias", ("p", i, text)) for i, text in enumerate(texts)]
    folder = tmp_path / "out"
    folder.mkdir()
    parquet.write(folder, [*rows, ("meta", ("store", "x")), ("meta", ("events", "0"))])
    read = duckdb.sql(f"SELECT alias FROM '{folder}/place_alias.parquet' ORDER BY ord").fetchall()
    assert [text for (text,) in read] == texts
