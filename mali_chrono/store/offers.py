"""What to write instead of a date that is no EDTF."""

import re

from mali_chrono.dates.days import from_ordinal, ordinal
from mali_chrono.dates.spans import Span
from mali_chrono.dates.typed import WhenError
from mali_chrono.dates.typed import span as read_typed

_ABOUT = re.compile(r"(?i)(?:c\.|ca\.?|circa|about|around) ?(.+)")
_LONGEST = 60  # no one types a longer date
# Two days that share nothing: what reads alike on both does not hang on today.
_TODAYS = ((2000, 1, 1), (2011, 7, 20))


def offer_date(text: str) -> str:
    """A hint for a text that stands where a date belongs: how a file writes it; empty where nothing can be read."""
    if len(text) > _LONGEST:
        return ""
    if match := _ABOUT.fullmatch(text.strip()):
        return f"write {inner}~" if (inner := _written(match[1])) and "[" not in inner else ""
    if found := _written(text):
        return f"write {found}"
    if with_year := _written(f"{text} 2020"):
        return f"write its year too, like {with_year}"
    return _readings(text)


def _written(text: str) -> str:
    """The EDTF text of a typed date that does not hang on today."""
    try:
        days = {read_typed(text, today) for today in _TODAYS}
    except (WhenError, ValueError, OverflowError):
        return ""
    return _edtf(days.pop()) if len(days) == 1 else ""


def _edtf(days: Span) -> str:
    first, last = days
    if first is None or last is None:
        return ""
    (year, month, day), (last_year, last_month, last_day) = from_ordinal(first), from_ordinal(last)
    begins, ends = _day(year, month, day), _day(last_year, last_month, last_day)
    if first == last:
        return begins
    if (day, last + 1) == (1, ordinal(*_next_month(year, month), 1)):
        return f"{_year(year)}-{month:02d}"
    if (month, day, last_month, last_day) == (1, 1, 12, 31):
        for zeros, count in enumerate((1, 10, 100, 1000)):
            if year >= 0 and year % count == 0 and last_year == year + count - 1:
                return f"{year // count:0{4 - zeros}d}{'X' * zeros}"
        if year == last_year:
            return _year(year)
        begins, ends = _year(year), _year(last_year)
    return f'{begins}/{ends} if it lasted, "[{begins}..{ends}]" if it was some time then'


def _next_month(year: int, month: int) -> tuple[int, int]:
    return (year + 1, 1) if month == 12 else (year, month + 1)


def _day(year: int, month: int, day: int) -> str:
    return f"{_year(year)}-{month:02d}-{day:02d}"


def _year(year: int) -> str:
    digits = f"{abs(year):04d}"
    return ("Y" if len(digits) > 4 else "") + ("-" if year < 0 else "") + digits


def _readings(text: str) -> str:
    """The two days that a slashed date may mean."""
    try:
        read_typed(text, _TODAYS[0])
    except WhenError as fault:
        return str(fault) if "could be" in str(fault) else ""
    except (ValueError, OverflowError):
        pass
    return ""
