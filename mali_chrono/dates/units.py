"""The units time is counted in, each period of one a whole number: 2012 and "2012", its 3rd quarter and "2012-Q3"."""

from datetime import date

from mali_chrono import text
from mali_chrono.dates.days import from_ordinal
from mali_chrono.dates.edtf import parse
from mali_chrono.dates.words import describe

UNITS = ("year", "quarter", "month", "decade", "century")
_LAST = date.max.toordinal()
_PLURALS = {"century": "centuries"}
_IN_YEAR = {"quarter": 4, "month": 12}
_IN_BLOCK = {"decade": 10, "century": 100}


def number(unit: str, day: int) -> int:
    """The number of the period that holds a day; the next period has the next number.

    Decades and centuries are those that EDTF writes: 190X, 13XX, and before Christ -01XX.
    """
    year, month = _month(day)
    if unit in _IN_YEAR:
        parts = _IN_YEAR[unit]
        return year * parts + (month - 1) * parts // 12
    size = _IN_BLOCK.get(unit, 1)
    return year // size if year >= 0 or size == 1 else -1 - -year // size


def _month(day: int) -> tuple[int, int]:
    """The year and month of a day; the standard library is much faster where it reaches."""
    if 1 <= day <= _LAST:
        plain = date.fromordinal(day)
        return plain.year, plain.month
    year, month, _ = from_ordinal(day)
    return year, month


def key(unit: str, at: int) -> str:
    """How a period is typed: 2012, 2012-Q3, 2012-07, 201X, 20XX."""
    if unit == "quarter":
        return f"{_year(at // 4)}-Q{at % 4 + 1}"
    return _edtf(unit, at)


def name(unit: str, at: int, last: int | None = None) -> str:
    """A period in words, or a run of them: Q3 2012, 14th century, 1301-1311."""
    first = _edtf(unit, at)
    return describe(parse(first if last is None else f"{first}/{_edtf(unit, last)}"))


def counted(unit: str, count: int) -> str:
    """A number of periods: "41 years"."""
    return text.counted(count, unit, _PLURALS.get(unit, ""))


def _edtf(unit: str, at: int) -> str:
    if unit == "year":
        return _year(at)
    if unit in _IN_YEAR:
        parts = _IN_YEAR[unit]
        return f"{_year(at // parts)}-{at % parts + (33 if unit == 'quarter' else 1):02d}"
    digits = 3 if unit == "decade" else 2
    return (f"{at:0{digits}d}" if at >= 0 else f"-{-1 - at:0{digits}d}") + "X" * (4 - digits)


def _year(year: int) -> str:
    if abs(year) > 9999:
        return f"Y{year}"
    return f"{year:04d}" if year >= 0 else f"-{-year:04d}"
