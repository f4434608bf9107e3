"""What `benchmarks/scale.py` measures is true: an export many times over is that of a store with each event so often.

`pip install -e '.[test,parquet]' 'pyspark>=4.0' && python -m pytest -m readers tests/test_readers_scale.py`; Spark
needs Java 17 or later. `.ci/readers` runs it too.
"""

import json
import shutil
import sys

import pytest
from conftest import ROOT

from mali_chrono.exchange.tables import TABLES

pytestmark = pytest.mark.readers
TIMES = 3
# What names a store, not what is in it; terms are numbered as they come.
OTHERWISE = ("meta", "sum_term", "sum_term_event")


@pytest.fixture(scope="module")
def scripts():
    """The modules of benchmarks/."""
    pytest.importorskip("duckdb")
    sys.path.insert(0, str(ROOT / "benchmarks"))
    yield __import__("scale"), __import__("multiply")
    sys.path.remove(str(ROOT / "benchmarks"))


@pytest.fixture(scope="module")
def exports(scripts, tmp_path_factory):
    """The shipped store's export many times over, that of the store many times over, and the larger store's chrono."""
    scale, multiply = scripts
    base = tmp_path_factory.mktemp("scale")
    multiply.repeat(ROOT, base / "store", TIMES)
    once, often = scale.Chrono(ROOT, base / "cache"), scale.Chrono(base / "store", base / "cache")
    for chrono, name in ((once, "once"), (often, "right")):
        chrono.read("export", str(base / name), "-f", "parquet", "--partition", "year")
    multiply.multiply(base / "once", base / "made", TIMES)
    return base, once, often


def rows(multiply, folder, table, order):
    import duckdb

    columns = ", ".join(column.name for column in TABLES[table].columns)
    return duckdb.connect().execute(
        f"SELECT {columns} FROM '{multiply.path_of(folder, TABLES[table])}' ORDER BY {order}"
    )


@pytest.mark.parametrize("table", [name for name in TABLES if name not in OTHERWISE])
def test_every_row_is_that_of_the_larger_store(scripts, exports, table):
    made, right = (rows(scripts[1], exports[0] / name, table, "ALL").fetchall() for name in ("made", "right"))
    assert made == right


def test_the_terms_of_sums_are_those_of_the_larger_store(scripts, exports):
    def terms(folder):
        found = {ident: [term, []] for ident, *term in rows(scripts[1], folder, "sum_term", "ALL").fetchall()}
        for ident, event in rows(scripts[1], folder, "sum_term_event", "ALL").fetchall():
            found[ident][1].append(event)
        return sorted(found.values())

    made = terms(exports[0] / "made")
    assert made == terms(exports[0] / "right")
    assert any(term[1] > 1 for term, _ in made)


def test_it_says_how_many_events_it_holds(scripts, exports):
    made, right = (dict(rows(scripts[1], exports[0] / name, "meta", "key").fetchall()) for name in ("made", "right"))
    assert {**made, "store": "", "revision": ""} == {**right, "store": "", "revision": ""}
    package = json.loads((exports[0] / "made" / "datapackage.json").read_text("utf-8"))
    assert package["chrono"]["events"] == right["events"]


def test_more_than_four_digits_are_refused(scripts, tmp_path):
    with pytest.raises(ValueError, match="1 to 1000 times, not 1001"):
        scripts[1].multiply(tmp_path, tmp_path / "made", 1001)


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_six_questions_are_answered_as_chrono_answers_them_of_the_larger_store(scripts, exports, engine, tmp_path):
    scale, _ = scripts
    base, once, often = exports
    if engine == "spark":
        pytest.importorskip("pyspark")
        if not shutil.which("java"):
            pytest.skip("no Java")
    statements = {name: once.read(*question.split(), "-f", "sql") for name, question in scale.QUESTIONS.items()}
    (base / "made").rename(tmp_path / "export1")
    try:
        _, *found = scale.ask_engine(tmp_path, engine, 1, statements, memory=2)
    finally:
        (tmp_path / "export1").rename(base / "made")
    right, small = scale.answers(often), scale.answers(once)
    for (name, question), reply in zip(scale.QUESTIONS.items(), found, strict=True):
        assert len(right[name]) >= 3, name
        assert scale.same(question, scale.told(question, reply["rows"]), right[name]), name
        assert scale.same(question, scale.multiplied(question, small[name], TIMES), right[name]), name


def test_the_page_asks_what_the_benchmark_asks(scripts):
    text = (ROOT / "docs" / "scale.md").read_text("utf-8")
    assert [question for question in scripts[0].QUESTIONS.values() if f"chrono {question}" not in text] == []
