"""The units time is counted in, and spans of days."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mali_chrono.dates import units
from mali_chrono.dates.days import ordinal
from mali_chrono.dates.spans import FAR, bounds, inside, overlap
from mali_chrono.dates.typed import span


@pytest.mark.parametrize(
    ("unit", "day", "key", "name"),
    [
        ("year", (2012, 1, 1), "2012", "2012"),
        ("year", (2012, 12, 31), "2012", "2012"),
        ("year", (900, 6, 1), "0900", "900 AD"),
        ("year", (0, 6, 1), "0000", "1 BC"),
        ("year", (-9399, 6, 1), "-9399", "9400 BC"),
        ("year", (9999, 6, 1), "9999", "9999"),
        ("year", (10000, 1, 1), "Y10000", "10000"),
        ("year", (-10000, 1, 1), "Y-10000", "10001 BC"),
        ("quarter", (2012, 3, 31), "2012-Q1", "Q1 2012"),
        ("quarter", (2012, 4, 1), "2012-Q2", "Q2 2012"),
        ("quarter", (2012, 9, 30), "2012-Q3", "Q3 2012"),
        ("quarter", (2012, 10, 1), "2012-Q4", "Q4 2012"),
        ("quarter", (-1, 12, 31), "-0001-Q4", "Q4 2 BC"),
        ("month", (2012, 1, 31), "2012-01", "Jan 2012"),
        ("month", (2012, 12, 1), "2012-12", "Dec 2012"),
        ("month", (-1, 12, 31), "-0001-12", "Dec 2 BC"),
        ("decade", (2010, 1, 1), "201X", "2010s"),
        ("decade", (2009, 12, 31), "200X", "2000s"),
        ("decade", (9, 12, 31), "0001/0009", "1-9 AD"),
        ("decade", (0, 1, 1), "-000X", "10-1 BC"),
        ("decade", (-1, 1, 1), "-000X", "10-1 BC"),
        ("decade", (-9, 1, 1), "-000X", "10-1 BC"),
        ("decade", (-10, 1, 1), "-001X", "20-11 BC"),
        ("century", (1999, 12, 31), "19XX", "20th century"),
        ("century", (1300, 1, 1), "13XX", "14th century"),
        ("century", (99, 12, 31), "0001/0099", "1st century"),
        ("century", (-100, 1, 1), "-01XX", "2nd century BC"),
        ("century", (-99, 1, 1), "-00XX", "1st century BC"),
    ],
)
def test_a_period_holds_a_day_and_has_a_key_and_a_name(unit, day, key, name):
    at = units.number(unit, ordinal(*day))
    assert (units.key(unit, at), units.name(unit, at)) == (key, name)


@pytest.mark.parametrize(
    ("unit", "first", "last", "name"),
    [
        ("year", 1301, 1311, "1301-1311"),
        ("month", 2012 * 12, 2012 * 12 + 2, "Jan-Mar 2012"),
        ("month", 2012 * 12 + 11, 2013 * 12, "Dec 2012-Jan 2013"),
        ("decade", 195, 197, "1950s to 1970s"),
        ("decade", -2, -1, "20-11 to 10-1 BC"),
        ("year", -899, -500, "900-501 BC"),
        ("quarter", 2012 * 4, 2012 * 4 + 1, "Q1-Q2 2012"),
        ("quarter", 2012 * 4, 2013 * 4, "Q1 2012-Q1 2013"),
        ("century", -8, -7, "8th to 7th century BC"),
        ("century", -1, 0, "1st century BC to 1st century"),
    ],
)
def test_a_run_of_periods_has_a_name(unit, first, last, name):
    assert units.name(unit, first, last) == name


@pytest.mark.parametrize(
    ("unit", "count", "words"),
    [("year", 1, "1 year"), ("year", 41, "41 years"), ("century", 2, "2 centuries"), ("century", 1, "1 century")],
)
def test_periods_are_counted_in_words(unit, count, words):
    assert units.counted_periods(unit, count) == words


def test_the_next_period_has_the_next_number():
    """On both sides of where the standard library's dates begin and end."""
    for year in (1, 10000):
        day = ordinal(year, 1, 1)
        for unit in ("year", "quarter", "month"):
            assert units.number(unit, day) == units.number(unit, day - 1) + 1 == units.number(unit, day + 27)


@given(st.integers(-4000, 3000), st.sampled_from(units.UNITS))
def test_periods_meet_and_are_typed_as_they_are_written(year, unit):
    day = ordinal(year, 1, 1)
    at = units.number(unit, day)
    assert units.number(unit, day - 1) in (at - 1, at)
    first, last = span(units.key(unit, at), (2025, 1, 1))
    assert first is not None
    assert last is not None
    assert units.number(unit, first) == units.number(unit, last) == at
    assert first <= day <= last
    assert (first, last) == units.span(unit, at, at)


A, B, OPEN = 100, 200, None


@pytest.mark.parametrize(
    ("one", "other", "meet", "within"),
    [
        ((A, B), (A, B), True, True),
        ((A, B), (B, 300), True, False),
        ((A, B), (B + 1, 300), False, False),
        ((A, B), (50, A), True, False),
        ((A, B), (50, A - 1), False, False),
        ((A + 1, B - 1), (A, B), True, True),
        ((A - 1, B), (A, B), True, False),
        ((A, B + 1), (A, B), True, False),
        ((OPEN, A), (A, OPEN), True, False),
        ((OPEN, A), (A + 1, OPEN), False, False),
        ((A, B), (OPEN, OPEN), True, True),
        ((OPEN, B), (A, OPEN), True, False),
        ((OPEN, B), (OPEN, B), True, True),
    ],
)
def test_spans_meet_and_lie_within(one, other, meet, within):
    assert overlap(one, other) is overlap(other, one) is meet
    assert inside(one, other) is within


def test_bounds_stand_for_open_sides():
    assert bounds((OPEN, B)) == (-FAR, B)
    assert bounds((A, OPEN)) == (A, FAR)
