"""A question as one SQL statement: run over the tables of an export, it answers what chrono answers."""

import json

import pytest
from conftest import ROOT
from helpers.made_stores import stores
from hypothesis import given, settings
from hypothesis import strategies as st
from test_laws import made, questions  # noqa: F401 - a fixture

from mali_chrono.answers import events
from mali_chrono.answers import summary as sums
from mali_chrono.answers.about import read_about
from mali_chrono.answers.filters import ask
from mali_chrono.answers.measures import Measure
from mali_chrono.dates.units import UNITS
from mali_chrono.exchange import contents, sqlite, sqlsums, sqltext
from mali_chrono.figures.reckon import Range
from mali_chrono.text import fold

KEYS = ("year", "month", "quarter", "decade", "century", "type", "category", "actor", "role", "place", "region",
        "source", "outlet", "tag")  # fmt: skip
CROSSES = ("year,category", "actor,role", "role,actor", "category,year", "place,month", "actor,year", "tag,outlet")


# Each example writes a database.
few = settings(max_examples=settings.default.max_examples // 3)


@pytest.fixture
def export(tmp_path, database):
    """The tables of a whole store, or of what filters find, as SQLite reads them."""

    opened = []

    def make(connection, filters=None):
        path = tmp_path / "all.sqlite"
        for last in opened:  # an example comes after another, and some systems delete no open file
            last.close()
        path.unlink(missing_ok=True)
        about = read_about(connection, "x", {}, "2025-11-15")
        sqlite.write(path, contents.contents(connection, ask(connection, filters or sums.Filters()), about))
        opened[:] = [database(path)]
        assert opened[0].execute("PRAGMA foreign_key_check").fetchall() == []
        return opened[0]

    return make


def held(measure: Measure, kinds):
    figures = [measure.sums[kind].figures for kind in kinds]
    ends = [(f.low, f.best, f.high, f.open) if isinstance(f, Range) else (None,) * 4 for f in figures]
    return measure.events, measure.must, *(end for group in ends for end in group)


def answers(connection, question, filters, grouping):
    """What `chrono summary` says of each group that has an event, by its keys."""
    view = sums.summarise(connection, question, filters, grouping)

    def key(group, by):
        return fold(group.key or "") if by in ("region", "outlet") else group.key or ""

    if len(grouping.by) == 1:
        found = {(key(group, *grouping.by),): view.measure(group) for group in view.rows}
    else:
        first, second = grouping.by
        found = {
            (key(row, first), key(column, second)): view.cell(i, j)
            for i, row in enumerate(view.rows) for j, column in enumerate(view.columns) if (i, j) in view.cells
        }  # fmt: skip
    return {k: held(m, grouping.kinds) for k, m in found.items() if m.events}


def compare(database, connection, filters, by, kinds=("killed",), typed=None):
    """Hold a summary against the statement of the same filters, or of those `typed` for a part of the store."""
    typed = filters if typed is None else typed
    grouping = sums.Grouping(by, kinds, run=10**9)
    statement = sqlsums.summary(ask(connection, typed), typed, grouping, {})
    rows = database.execute(statement).fetchall()
    mine = {row[: len(by)]: (*row[len(by) : len(by) + 2], *flags(row[len(by) + 2 :])) for row in rows}
    theirs = answers(connection, ask(connection, filters), filters, grouping)
    assert mine == theirs, statement


def is_countable(database, window):
    """Whether the years are few enough to count one by one, and no window ends where the export names no year.

    There open dates have no rows: docs/export.md.
    """
    low, high, first, last = database.execute(
        "SELECT MIN(year), MAX(year), MIN(first_day), MAX(last_day) FROM year"
    ).fetchone()
    ends = [end for span in window or () for end in span if end is not None]
    return low is not None and high - low < 2500 and all(first <= end <= last for end in ends)


def flags(row):
    return [bool(v) if i % 4 == 3 and v is not None else v for i, v in enumerate(row)]


def timeline(database, connection, filters):
    question = ask(connection, filters)
    statement = sqltext.timeline(question, filters, {}, ("id", "match"))
    assert database.execute(statement).fetchall() == events.table(connection, question, ("id", "match")), statement


@few
@given(stores(), questions)
def test_the_same_events_in_the_same_order(made, export, store, filters):  # noqa: F811
    made(store, lambda connection, filters: timeline(export(connection), connection, filters), filters)


@few
@given(stores(), questions, st.sampled_from([*KEYS, *CROSSES]))
def test_the_same_sums(made, export, store, filters, by):  # noqa: F811
    def law(connection, filters):
        database, keys = export(connection), tuple(by.split(","))
        if not set(keys) & set(UNITS) or is_countable(database, ask(connection, filters).window):
            compare(database, connection, filters, keys, ("killed", "wounded"))

    made(store, law, filters)


@few
@given(stores(), questions, st.sampled_from(["category", "place", "actor", "type,region"]))
def test_an_export_of_a_question_holds_its_events_and_their_sums(made, export, store, filters, by):  # noqa: F811
    def law(connection, filters):
        database, question = export(connection, filters), ask(connection, filters)
        found = [ident for (ident,) in events.table(connection, question, ("id",))]
        assert [ident for (ident,) in database.execute("SELECT event_id FROM event ORDER BY sort")] == found
        if question.window is None and not filters.actor and not filters.role and not filters.company:
            usual = sums.Filters(direct=filters.direct, confirmed=filters.confirmed)
            compare(database, connection, filters, tuple(by.split(",")), typed=usual)

    made(store, law, filters)


def test_a_statement_names_what_it_asks_and_only_what_it_needs(chrono):
    ended = chrono("timeline", "--actor", "jnim", "-m", 'attack* -"burkina faso"', "-n", "3", "-f", "sql")
    assert (ended.code, ended.err) == (0, "")
    asked, *_ = ended.out.splitlines()
    assert asked == '-- {"actor": ["jnim"], "match": ["attack* -\\"burkina faso\\""], "limit": 3}'
    assert "words LIKE '% attack%' AND words NOT LIKE '% burkina faso %'" in ended.out
    assert "facet" not in ended.out
    assert ended.out.endswith("\nLIMIT 3;\n")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("summary", "--sum", "displaced"), "displaced is a level"),
        (("summary", "--of", "civilians"), "--of is not for sql"),
        (("summary", "--by", "actor", "--top", "3"), "--top is not for sql"),
        (("summary", "--fields", "year,reports"), "sql has no field 'reports'; it has year, events, must, killed_low"),
        (("timeline", "--fields", "id,tolls"), "sql has no field 'tolls'; it has id, date"),
    ],
)
def test_what_sql_cannot_say_is_refused(chrono, args, said):
    ended = chrono(*args, "-f", "sql")
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


@pytest.mark.parametrize(
    "question", ["timeline --disputed --sort killed", "timeline --disputed --sort killed -n 3 --reverse"]
)
def test_figures_sort_what_has_columns_of_the_same_names(chrono, tmp_path, database, question):
    assert chrono("export", str(tmp_path / "all.sqlite")).code == 0
    command = question.split()
    theirs = [row["id"] for row in json.loads(chrono(*command, "-f", "json").out)["events"]]
    statement = chrono(*command, "-f", "sql", "--fields", "id").out
    assert [ident for (ident,) in database(tmp_path / "all.sqlite").execute(statement)] == theirs
    assert theirs


@pytest.mark.parametrize(
    ("question", "columns", "first"),
    [
        ("timeline --fields id,jobs-lost_best", ["event_id", "jobs_lost_best"], None),
        ("summary --by year --sum jobs-lost", ["year", "events", "must", "jobs_lost_low", "jobs_lost_best",
         "jobs_lost_high", "jobs_lost_open"], ("2001", 41, 41, 51, 0)),
    ],
)  # fmt: skip
def test_a_kind_of_toll_with_a_hyphen_is_a_column_without_quotes(chrono, tmp_path, database, question, columns, first):
    store = ("--store", str(ROOT / "tests/cases/stores/firm"))
    assert chrono("export", str(tmp_path / "firm.sqlite"), *store).code == 0
    statement = chrono(*question.split(), *store, "-f", "sql").out
    assert '"' not in statement.partition("\n")[2]
    answer = database(tmp_path / "firm.sqlite").execute(statement)
    assert [name for name, *_ in answer.description] == columns
    rows = [(row[0], *row[3:]) for row in answer]
    assert rows
    assert first is None or first in rows


def test_the_file_and_the_count(chrono, tmp_path):
    assert chrono("timeline", "-o", str(tmp_path / "question.sql")).code == 0
    assert (tmp_path / "question.sql").read_text("utf-8").startswith("WITH ")
    assert (
        chrono("timeline", "--in", "2024", "-f", "sql", "--count").out
        == chrono("timeline", "--in", "2024", "--count").out
    )
    assert chrono("summary", "-f", "sql", "--expect", "==0").code == 1
