"""How long after: ages, elapsed times and ranges of them, by hand; and days of any year."""

import contextlib
import sqlite3

import pytest
from conftest import CASES
from hypothesis import given
from hypothesis import strategies as st

from mali_chrono.dates.days import moved, ordinal
from mali_chrono.dates.elapsed import beginning, between, elapsed


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        ("2020-01-15", "2022-04-20", "2 years 3 months"),
        ("2020-01-15", "2022-01-20", "2 years"),
        ("2020-01-15", "2020-04-20", "3 months 5 days"),
        ("2020-01-15", "2020-01-20", "5 days"),
        ("2020-01-15", "2020-01-16", "1 day"),
        ("2020-01-15", "2020-01-15", "the same day"),
        ("2020-02-29", "2021-02-28", "1 year"),
        ("2020-02-29", "2021-03-01", "1 year"),
        ("2020-01-31", "2020-02-29", "1 month"),
        ("2020-01-15", "2020-01-14", None),
        # months and years are ranges
        ("2020-01-15", "2022-04", "2 years 2-3 months"),
        ("2020-01", "2022-04", "2 years 2-3 months"),
        ("2020-01-15", "2022", "23-35 months"),
        ("2020-01-15", "2024", "3-4 years"),
        ("1980-05", "2012", "31-32 years"),
        ("2020-01-01", "2020-01-10/..", "9 days"),
        ("2020-01-01", "[2020-01-10..2020-01-13]", "9-12 days"),
        ("2020-01-15", "2020-03", "1-2 months"),
        ("2020-01-15", "2020", "up to 11 months 16 days"),
        ("2020", "2020", "up to 11 months 30 days"),
        ("2020-01-01/2020-06-30", "2021-01-01/2021-02-01", "1 year"),
        ("{2020-01-01,2021-01-01}", "2021-01-01", "1 year"),
        # about
        ("1312~", "1324", "about 11-12 years"),
        ("2020-01-15~", "2022-04-20", "about 2 years 3 months"),
        # before Christ: there is a year 0, which is 1 BC
        ("-0043-03-15", "0014-08-19", "57 years 5 months"),
        ("-9399", "-0499", "8899-8900 years"),
        ("0000-01-01", "0001-01-01", "1 year"),
        # clocks
        ("2020-01-15T10:00:00", "2020-01-15T13:12:00", "3 hours 12 minutes"),
        ("2020-01-15T10:00:00Z", "2020-01-15T13:12:00+02:00", "1 hour 12 minutes"),
        ("2020-01-15T23:00:00Z", "2020-01-16T00:00:30Z", "1 hour"),
        ("2020-01-15T23:00:00Z", "2020-01-15T23:00:30Z", "30 seconds"),
        ("2020-01-15T23:00:00Z", "2020-01-15T23:00:00Z", "the same time"),
        ("2020-01-15T23:00:00Z", "2020-01-17T01:00:00Z", "1 day 2 hours"),
        ("2020-01-15T23:00:00Z", "2020-01-17T23:00:00Z", "2 days"),
        ("2020-01-15T10:00:00", "2020-01-15T13:12:00Z", "the same day"),
        ("2020-01-15T10:00:00", "2020-01-15", "the same day"),
        ("2020-01-15T10:00:00", "2020-01-15T09:59:59", None),
    ],
)
def test_how_long_after(since, until, told):
    assert elapsed(beginning(since), beginning(until)) == told


@pytest.mark.parametrize("text", ["../2012", "/2012", "[..2012]", "[2012..]"])
def test_an_open_beginning_is_none(text):
    assert beginning(text) is None


@given(st.integers(-20000, 9000), st.integers(1, 12), st.integers(1, 28), st.integers(0, 12 * 12000))
def test_months_later_in_any_era(year, month, day, months):
    first = ordinal(year, month, day)
    assert between(first, moved(first, months)) == (months // 12, months % 12, 0)


# tests/cases/stores/calendars
@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("--since armstrong", ["13 years 11 months", "17 years 9 months", *["38 years 11 months"] * 2,
                               "45 years 11 months"]),
        ("--since 'Neil Armstrong' --until 1945", ["13 years 11 months"]),
        ("--since 1969-07-20-landing", ["the same time", "6 hours 38 minutes", "7 years"]),
        ("--since shakespeare --until 1600", ["up to 1 month 24 days"]),
        ("--since muhammad --until 'AD 700'", ["about 51-52 years", "about 109-110 years"]),
        ("--since republic --until 1800", ["1 year 10 months", "7 years 1 month"]),
        ("--since 1969-07-20 --until 1969", ["the same day", "1 day"]),
        ("--since 1969-07-20T20:00:00Z --until 1969", ["17 minutes 40 seconds", "6 hours 56 minutes"]),
    ],
)  # fmt: skip
def test_elapsed_counts_from_what_since_names(ask, line, told):
    assert ask("calendars", f"timeline {line} --fields elapsed -f csv").splitlines()[1:] == told
    rows = ask.json("calendars", f"timeline {line} --fields elapsed,id")["events"]
    assert [row["elapsed"] for row in rows] == told


def test_an_event_began_when_it_began(ask):
    """Whatever its date leaves open: of the event that --since names nothing is "up to" or "about"."""
    told = {}
    for event in ask.json("times", "timeline")["events"]:
        with contextlib.suppress(AssertionError):  # nobody knows when it began
            rows = ask.json("times", f"timeline --since {event['id']} --fields id,elapsed")["events"]
            told[event["date"]] = next(row["elapsed"] for row in rows if row["id"] == event["id"])
    assert set(told.values()) == {"the same day", "the same time"}
    assert told["1963"] == told["156X-12-25"] == told["2018-05"] == "the same time"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("--fields elapsed", "elapsed counts from what --since names"),
        ("--since bolsheviks", "'bolsheviks' is an actor whose record does not say when it was active"),
        ("--since husayn", "has no first day"),
        ("--since armstrong --fields elapsed -f sql", "sql has no field 'elapsed'"),
        ("--since XXXX-07-20", "is in every year; a day of any year is --in's"),
        ("--until XXXX-07-20", "is in every year; a day of any year is --in's"),
        ("--in XXXX-07", "of any year only a day is found, like XXXX-03-22"),
        ("--in XXXX-02-30", "of any year only a day is found"),
        ("--in XXXX-7-20", "of any year only a day is found"),
        ("--in XXXX-07-20 --in 1969", "--in takes times or days of any year, not both"),
    ],
)
def test_what_cannot_be_told_is_refused(ask, line, said):
    assert said in ask.refusal("calendars", f"timeline {line}")


@pytest.mark.parametrize(
    ("store", "line", "found"),
    [
        ("calendars", "--in XXXX-07-20", "plot landing viking"),
        ("calendars", "--in XXXX-07-20 --since 1970", "viking"),
        ("calendars", "--in XXXX-07-20 --until 1969-07-20", "plot landing"),
        ("calendars", "--in XXXX-07-20 --actor armstrong", "landing"),
        ("calendars", "--in XXXX-07-20 --must --within", "plot landing viking"),
        ("calendars", "--in XXXX-07-20 --in XXXX-05-03", "shakespeare plot landing viking"),
        ("calendars", "--in XXXX-07-21", "step"),
        ("calendars", "--in XXXX-02-29", ""),
        ("calendars", "--in armstrong", "plot israel landing step viking"),
        # 156X-12-25 is one of ten days, [1962,1964] no day at all
        ("times", "--in XXXX-12-25", ""),
        ("times", "--in XXXX-09-11", "day a-second z-first paris late"),
    ],
)
def test_a_day_of_any_year(ask, store, line, found):
    rows = ask.events(store, line).split()
    assert sorted(rows) == sorted(found.split())


def test_summaries_and_histories_take_a_day_of_any_year(ask):
    assert ask.json("calendars", "summary --by type --in XXXX-07-20")["total"]["events"] == 3
    assert ask.json("calendars", "summary --by type --in XXXX-07-20")["query"]["in"] == "XXXX-07-20"
    told = ask("calendars", "actor nasa --in XXXX-07-20")
    assert "NASA active" not in told
    assert "Viking 1" in told
    assert "Scope: on 20 July of any year." in ask("calendars", "brief --in XXXX-07-20")
    assert "XXXX-07-20" in ask("calendars", "timeline --in XXXX-07-20 -f html -o -")
    assert "'XXXX-07-20' is in every year" in ask.refusal("calendars", "at XXXX-07-20")


@pytest.mark.parametrize("line", ["--in XXXX-07-20", "--in XXXX-07-20 --since 1969-07-20", "--in XXXX-02-29"])
def test_sql_finds_a_day_of_any_year_too(chrono, ask, tmp_path, line):
    path = tmp_path / "all.sqlite"
    assert chrono("export", str(path), "--store", str(CASES / "stores/calendars")).code == 0
    with contextlib.closing(sqlite3.connect(path)) as database:
        rows = database.execute(ask("calendars", f"timeline {line} -f sql --fields id")).fetchall()
    assert [ident for (ident,) in rows] == [row["id"] for row in ask.rows("calendars", line)]


def test_an_export_has_the_dates_of_other_calendars(chrono, tmp_path):
    path = tmp_path / "all.sqlite"
    assert chrono("export", str(path), "--store", str(CASES / "stores/calendars")).code == 0
    with contextlib.closing(sqlite3.connect(path)) as database:
        columns = "calendar, c.date, c.date_words, first_day = earliest_day"
        joined = "event_calendar c JOIN event USING (event_id)"
        rows = database.execute(f"SELECT {columns} FROM {joined} WHERE event_id LIKE '1616%'").fetchall()
    assert rows == [("julian", "1616-04-23", "23 Apr 1616 (Julian)", 1)]
