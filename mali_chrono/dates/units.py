"""The units time is counted in, each period of one a whole number: 2012 and "2012", its 3rd quarter and "2012-Q3"."""

import re

from mali_chrono.dates.days import from_ordinal, ordinal
from mali_chrono.dates.spans import Span
from mali_chrono.dates.spoken import spoken
from mali_chrono.dates.years import year_words
from mali_chrono.text import counted

UNITS = ("year", "quarter", "month", "decade", "century")
_IN_YEAR = {"quarter": 4, "month": 12}
_IN_BLOCK = {"decade": 10, "century": 100}
LONGER = 100  # months, more than any `months_in`


def number(unit: str, day: int) -> int:
    """The number of the period that holds a day; the next period has the next number.

    Decades and centuries are those that EDTF writes (190X, 13XX), and before Christ those that people count: 10-1 BC,
    the 1st century BC from 100 to 1 BC. The first ones after Christ have nine years, and ninety-nine.
    """
    year, month, _ = from_ordinal(day)
    return of_month(unit, year * 12 + month - 1)


def months_in(unit: str) -> int:
    """How many months a period has, or a year of it: periods of so many months lie inside those of the unit."""
    return 12 // _IN_YEAR.get(unit, 1)


def room(first: int, last: int) -> int:
    """How many months the shortest of a month, a quarter and a year has that holds both months; LONGER for none."""
    return next((size for size in (1, 3, 12) if first // size == last // size), LONGER)


def of_month(unit: str, month: int) -> int:
    """The number of the period that holds a month of that number."""
    if unit in _IN_YEAR:
        return month // months_in(unit)
    year = month // 12
    size = _IN_BLOCK.get(unit, 1)
    return year // size if year > 0 or size == 1 else -1 - -year // size


def span(unit: str, first: int, last: int) -> tuple[int, int]:
    """The days from the first period to the last."""
    return _start(unit, first), _start(unit, last + 1) - 1


def _start(unit: str, at: int) -> int:
    """The first day of a period."""
    if unit in _IN_YEAR:
        parts = _IN_YEAR[unit]
        return ordinal(at // parts, at % parts * 12 // parts + 1, 1)
    size = _IN_BLOCK.get(unit, 1)
    if size == 1:
        return ordinal(at, 1, 1)
    return ordinal(at * size if at > 0 else 1 if at == 0 else (at + 1) * size - size + 1, 1, 1)


def key(unit: str, at: int, last: int | None = None) -> str:
    """How a period is typed: 2012, 2012-Q3, 2012-07, 201X, 20XX; what EDTF has no single text for is a span.

    With `last`, how a run of periods is: 1301..1311.
    """
    if last is not None:
        ends = re.split(r"/|\.\.", f"{key(unit, at)}..{key(unit, last)}")  # 0001/0009..195X is typed 0001..195X
        return f"{ends[0]}..{ends[-1]}"
    if unit in _IN_YEAR:
        parts = _IN_YEAR[unit]
        year = _year(at // parts)
        return f"{year}-Q{at % 4 + 1}" if unit == "quarter" else f"{year}-{at % parts + 1:02d}"
    if unit == "year":
        return _year(at)
    first, last = (from_ordinal(day)[0] for day in span(unit, at, at))
    if at == 0:
        return f"{_year(first)}/{_year(last)}"
    if not -9999 <= first <= 9999:
        return f"{_year(first)}..{_year(last)}"
    digits = 3 if unit == "decade" else 2
    return (f"{at:0{digits}d}" if at > 0 else f"-{-1 - at:0{digits}d}") + "X" * (4 - digits)


def read_key(text: str) -> Span | None:
    """The days of a period as `key` writes it, where that is no plain EDTF; None for any other text."""
    if match := re.fullmatch(r"(-?\d{4}|Y-?\d{5,16})-(?:Q([1-4])|(0[1-9]|1[0-2]))", text):
        year = int(match[1].removeprefix("Y"))
        unit, at = ("quarter", year * 4 + int(match[2]) - 1) if match[2] else ("month", year * 12 + int(match[3]) - 1)
        return span(unit, at, at)
    if match := re.fullmatch(r"-(\d{3})X|-(\d{2})XX", text):  # before Christ as people count: 10-1 BC, with the year 0
        at = -1 - int(match[1] or match[2])
        return span("decade" if match[1] else "century", at, at)
    return None


def name(unit: str, at: int, last: int | None = None) -> str:
    """A period in words, or a run of them: Q3 2012, 14th century, 1301-1311."""
    # Most answers ask for numbers alone, and a reader of dates takes two milliseconds.
    from mali_chrono.dates import words  # noqa: PLC0415
    from mali_chrono.dates.edtf import parse  # noqa: PLC0415

    if last is not None:
        return _run_name(unit, at, last)
    if unit in _IN_BLOCK and spoken():
        return "–".join(year_words(from_ordinal(day)[0]) for day in span(unit, at, at))
    if unit == "century":
        return f"{words.ordinal_words(at + 1)} century" if at >= 0 else f"{words.ordinal_words(-at)} century BC"
    if unit == "decade" and at <= 0:
        first, end = (year_words(from_ordinal(day)[0]) for day in span(unit, at, at))
        return f"{first.partition(' ')[0]}-{end}"
    if unit in _IN_YEAR:
        year, part = divmod(at, _IN_YEAR[unit])
        return words.quarter_words(year, part + 1) if unit == "quarter" else words.day_words(year, part + 1)
    return words.describe(parse(key(unit, at)))


def _run_name(unit: str, first: int, last: int) -> str:
    """From-to, without saying twice what both share: "900-501 BC", "Jan-Mar 2012", "7th to 6th century BC"."""
    from mali_chrono.dates.words import without_shared_end  # noqa: PLC0415

    end = name(unit, last)
    between = "-" if unit in ("year", "quarter", "month") else " to "
    return without_shared_end(name(unit, first), end) + between + end


def counted_periods(unit: str, count: int) -> str:
    """A number of periods: "41 years"."""
    return counted(count, unit, "centuries" if unit == "century" else "")


def _year(year: int) -> str:
    if abs(year) > 9999:
        return f"Y{year}"
    return f"{year:04d}" if year >= 0 else f"-{-year:04d}"
