"""What people type counted from today: `yesterday`, `30d 6w 18m 5y` (ago), `last 3 months`, `this year`, `last week`.

"last 3 months" runs from then through today; "last month" is the calendar month before. A weekday's name alone could be
any of them, and is refused. Today is given, as (year, month, day).
"""

import re
from datetime import date, timedelta

from mali_chrono.dates.days import Today, iso_day, month_length, ordinal
from mali_chrono.dates.refusals import WhenError
from mali_chrono.dates.spans import Span

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNT = rf"(\d{{1,6}}|{'|'.join(_NUMBERS)})"
_AGO = rf"(?i){_COUNT} ?(d|days?|w|weeks?|m|months?|y|years?)(?: ago)?"
_PAST = rf"(?i)(?:last|past) {_COUNT} (days?|weeks?|months?|years?)|past()( day| week| month| year)"
_CALENDAR = r"(?i)(last|this) (week|month|year)"
_DAYS = {"yesterday": -1, "today": 0, "now": 0, "present": 0, "tomorrow": 1}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = r"(?i)(?:(?:on|this|last|next|past) )?(mon|tue|wed|thu|fri|sat|sun)(?:s|r|rs|nes|ur)?(?:day)?\.?"
WORDS = (*_DAYS, *(f"{which} {unit}" for which in ("last", "this") for unit in ("week", "month", "year")))
"""The words that could have been meant by what is nearly one of them."""


def is_ago(text: str) -> bool:
    """Whether a typed date counts back from today, like 30d: as --in it means the days since then."""
    return re.fullmatch(_AGO, text.strip()) is not None


def read_relative(typed: str, today: Today) -> Span | None:
    """The days of a text that counts from today; None for any other. Raises WhenError."""
    now = ordinal(*today)
    if (shift := _DAYS.get(typed.casefold())) is not None:
        return now + shift, now + shift
    if match := re.fullmatch(_AGO, typed):
        day = _go_back(match[1], match[2], today, typed)
        return day, day
    if match := re.fullmatch(_PAST, typed):
        count, unit = (match[1], match[2]) if match[1] else ("1", match[4].strip())
        return _go_back(count, unit, today, typed), now
    if match := re.fullmatch(_CALENDAR, typed):
        return _calendar(match[2].lower(), back=match[1].lower() == "last", today=today)
    if match := re.fullmatch(_WEEKDAY, typed):
        name = next(name for name in _WEEKDAYS if name.lower().startswith(match[1].lower()))
        last = now - ((date(*today).weekday() - _WEEKDAYS.index(name) - 1) % 7 + 1)
        raise WhenError(f"'{typed}': which {name}? write its date: the last one was {iso_day(last)}")
    return None


def _go_back(count: str, unit: str, today: Today, typed: str) -> int:
    from dateutil.relativedelta import relativedelta

    number = int(count) if count.isdecimal() else _NUMBERS.index(count.lower()) + 1
    units = {"d": "days", "w": "weeks", "m": "months", "y": "years"}
    try:
        return (date(*today) - relativedelta(**{units[unit[0].lower()]: number})).toordinal()  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        raise WhenError(f"'{typed}' lies before the year 1; write a year, like '500 BC'") from None


def _calendar(unit: str, *, back: bool, today: Today) -> Span:
    """Give the week (Monday to Sunday), month or year that today lies in, or the one before."""
    day = date(*today)
    if unit == "week":
        monday = day - timedelta(days=day.weekday() + 7 * back)
        return monday.toordinal(), monday.toordinal() + 6
    if unit == "year":
        return ordinal(day.year - back, 1, 1), ordinal(day.year - back, 12, 31)
    year, month = divmod(day.year * 12 + day.month - 1 - back, 12)
    return ordinal(year, month + 1, 1), ordinal(year, month + 1, month_length(year, month + 1))
