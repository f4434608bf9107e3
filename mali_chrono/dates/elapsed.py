"""How long after something: "2 years 3 months", a range where a date is not known to the day, "about" where it is ~.

Years and months are dateutil's, which knows the years 1 to 9999; the calendar is the same again after 400 years, so
what lies before or after is moved there and back.
"""

from typing import NamedTuple

from mali_chrono.dates.clock import DAY, Clock, read_clock
from mali_chrono.dates.edtf import Date, Part, parse
from mali_chrono.text import counted

_CYCLE, _YEARS = 146097, 400
Stretch = tuple[int, int, int]  # years, months and days


class Point(NamedTuple):
    """When something began: the first and last day it may have been, whether that is about, the time of day.

    `event` is the id of the event that it is of, where it is asked how long after that.
    """

    first: int
    last: int
    about: bool = False
    clock: Clock | None = None
    event: str | None = None


def beginning(text: str) -> Point | None:
    """When what has an EDTF date began; None where its beginning is open."""
    date = parse(text)
    first, last = _first_part(date)
    if first is None or last is None:
        return None
    return Point(
        first.first, last.last, first.approximate or last.approximate, read_clock(text) if "T" in text else None
    )


def _first_part(date: Date) -> tuple[Part | None, Part | None]:
    """The parts between which something began: of a set of which it is one, all of it."""
    if date.kind == "one-of":
        return date.ranges[0][0], date.ranges[-1][1]
    start = date.ranges[0][0]
    return start, start


SAME_TIME = "the same time"


def elapsed(since: Point, until: Point) -> str | None:
    """The time from one beginning to another, in two units at most; None where the other surely came before."""
    if (least := _seconds(since, until)) is not None:
        return _clock_words(least) if least >= 0 else None
    low, high = until.first - since.last, until.last - since.first
    if high < 0:
        return None
    about = "about " * (since.about or until.about)
    if low <= 0:
        return about + _up_to(between(since.first, until.last), exact=high == 0)
    return about + _words(between(since.last, until.first), between(since.first, until.last))


def _seconds(since: Point, until: Point) -> int | None:
    """The seconds between two times of day less than two days apart; None where one of them has none to reckon with."""
    one, other = since.clock, until.clock
    if one is None or other is None or (one.offset is None) != (other.offset is None):
        return None
    seconds = (until.first - since.first) * DAY + other.instant - one.instant
    return seconds if seconds < 2 * DAY else None


def between(first: int, last: int) -> Stretch:
    """Years, months and days from one day, as an ordinal, to a later one."""
    from datetime import date  # noqa: PLC0415 - only where it is asked for

    from dateutil.relativedelta import relativedelta

    start = (first - 1) % _CYCLE
    more, rest = divmod(last - first, _CYCLE)
    gone = relativedelta(date.fromordinal(start + 1 + rest), date.fromordinal(start + 1))
    return gone.years + more * _YEARS, gone.months, gone.days


def _words(low: Stretch, high: Stretch) -> str:
    """From the least to the most, in the greatest unit that tells them apart and the one above it."""
    if low == high:
        return _exactly(low)
    if low[0] != high[0]:
        if high[0] > 2:
            return _ranged(low[0], high[0], "year")
        return _ranged(low[0] * 12 + low[1], high[0] * 12 + high[1], "month")
    years = f"{counted(low[0], 'year')} " * bool(low[0])
    if low[1] != high[1]:
        return years + _ranged(low[1], high[1], "month")
    if years or low[1] > 1:
        return (years + counted(low[1], "month") * bool(low[1])).rstrip()
    months = f"{counted(low[1], 'month')} " * bool(low[1])
    return months + _ranged(low[2], high[2], "day")


def _ranged(low: int, high: int, unit: str) -> str:
    return counted(high, unit) if low == high else f"{low}-{counted(high, unit)}"


def _exactly(stretch: Stretch) -> str:
    """The two greatest units that are not none, where they follow each other."""
    named = list(zip(stretch, ("year", "month", "day"), strict=True))
    at = next((i for i, (number, _) in enumerate(named) if number), 2)
    return " ".join(counted(number, unit) for number, unit in named[at : at + 2] if number) or "the same day"


def _up_to(most: Stretch, *, exact: bool) -> str:
    return "the same day" if exact else f"up to {_exactly(most)}"


def _clock_words(seconds: int) -> str:
    days, rest = divmod(seconds, DAY)
    hours, minutes = divmod(rest // 60, 60)
    units = ((days, "day"), (hours, "hour"), (minutes, "minute"), (rest % 60, "second"))
    at = next((i for i, (number, _) in enumerate(units) if number), 3)
    return " ".join(counted(number, unit) for number, unit in units[at : at + 2] if number) or SAME_TIME
