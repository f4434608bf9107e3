"""May, must and within: the function and the SQL, each against answers written by hand."""

import contextlib
import sqlite3

import pytest

from mali_chrono.answers.matching import event_must, event_within, lies_within, match_one, matches
from mali_chrono.answers.sets import touching
from mali_chrono.dates.spans import bounds
from mali_chrono.index.facts import REACH, length_bits

# Runs as ((first, last), core); days as plain numbers. An open side is None.
DATES = {
    "day": [((5, 5), (5, 5))],
    "one of": [((1, 9), None)],
    "lasting": [((1, 9), (1, 9))],
    "lasting, ends unsure": [((1, 9), (4, 6))],
    "two days": [((2, 2), (2, 2)), ((8, 8), (8, 8))],
    "one of two": [((2, 2), None), ((8, 8), None)],
    "since": [((5, None), (5, None))],
    "by": [((None, 5), None)],
}
ANSWERS = [
    # date, window, match, within
    ("day", [(5, 5)], "must", True),
    ("day", [(6, 9)], None, False),
    ("day", [(1, 3), (5, 7)], "must", True),
    ("one of", [(1, 9)], "must", True),
    ("one of", [(1, 8)], "may", False),
    ("one of", [(9, 12)], "may", False),
    ("one of", [(10, 12)], None, False),
    ("one of", [(1, 4), (5, 9)], "may", False),
    ("lasting", [(9, 12)], "must", False),
    ("lasting", [(0, 1)], "must", False),
    ("lasting", [(10, 12)], None, False),
    ("lasting, ends unsure", [(1, 3)], "may", False),
    ("lasting, ends unsure", [(6, 6)], "must", False),
    ("lasting, ends unsure", [(0, 2), (4, 4)], "must", False),
    ("two days", [(2, 3)], "must", False),
    ("two days", [(3, 7)], None, False),
    ("two days", [(2, 8)], "must", True),
    ("one of two", [(2, 7)], "may", False),
    ("one of two", [(3, 7)], None, False),
    ("one of two", [(1, 2), (8, 9)], "must", True),
    ("since", [(7, 7)], "must", False),
    ("since", [(1, 4)], None, False),
    ("since", [(5, None)], "must", True),
    ("by", [(1, 2)], "may", False),
    ("by", [(6, 9)], None, False),
    ("by", [(None, 5)], "must", True),
    ("day", [], None, False),
]


@pytest.mark.parametrize(("date", "window", "match", "within"), ANSWERS)
def test_the_function(date, window, match, within):
    assert matches(DATES[date], tuple(window)) == match
    assert lies_within(DATES[date], tuple(window)) == within


@pytest.fixture(scope="module")
def rows():
    """A table of events and of their runs, as the index has them."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE event (n, name)")
    connection.execute("CREATE TABLE span (bits, n, lo, hi, core_lo, core_hi)")
    connection.execute("CREATE TABLE reach (bits, longest)")
    connection.executemany("INSERT INTO reach VALUES (?, ?)", REACH)
    for n, (name, runs) in enumerate(DATES.items()):
        connection.execute("INSERT INTO event VALUES (?, ?)", (n, name))
        for span, core in runs:
            values = (length_bits(*bounds(span)), n, *bounds(span), *(bounds(core) if core else (None, None)))
            connection.execute("INSERT INTO span VALUES (?, ?, ?, ?, ?, ?)", values)
    with contextlib.closing(connection):  # else Python 3.13 warns, in whatever test it tidies up
        yield connection


@pytest.mark.parametrize(("date", "window", "match", "within"), ANSWERS)
def test_the_sql(rows, date, window, match, within):
    def holds(condition):
        where, values = condition(tuple(window))
        n = list(DATES).index(date)
        return bool(rows.execute(f"SELECT 1 FROM event WHERE n = {n} AND {where}", values).fetchone())

    assert holds(lambda days: touching(days).condition()) == (match is not None)
    assert holds(event_must) == (match == "must")
    assert holds(event_within) == within


@pytest.mark.parametrize(("date", "window", "match"), [row[:3] for row in ANSWERS if len(row[1]) == 1])
def test_a_date_of_one_run(date, window, match):
    if len(DATES[date]) == 1:
        assert match_one(*DATES[date][0], window[0]) == match
