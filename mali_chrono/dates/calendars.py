"""Dates that a source prints in another calendar: Julian 23 April 1616 is the third of May, Gregorian.

A record keeps such a date as printed beside its `date`. Conversion is convertdate's, which costs 60 ms to import: it is
imported where such a date is read, which is where an index is made, a store checked or a proof sought.
"""

import re
import warnings
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from mali_chrono.dates.words import day_words
from mali_chrono.errors import DataError

Days = tuple[int, int]
# A year, a month or a day of another calendar; years have four digits, as in EDTF.
PART = "(-?[0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?"
_TO_ORDINAL = 1721424.5  # the Julian day number of the day before 0001-01-01


class Calendar(NamedTuple):
    """A calendar: what it is called, its months, the words of a date, and how many days its printed dates may be off.

    `slack`: a month of Islam begins when the new moon is seen, up to two days from where reckoning has it.
    """

    label: str
    months: tuple[str, ...]
    words: Callable[[int, int | None, int | None], str]
    slack: int = 0
    has_year_0: bool = False


class Foreign(NamedTuple):
    """A date as printed, in another calendar: the days of its first and of its last end; None where that is open.

    `kind`: "date", "interval" for `a/b`, "one-of" for `[a..b]`.
    """

    calendar: str
    text: str
    kind: str
    first: Days | None
    last: Days | None

    @property
    def days(self) -> tuple[int | None, int | None]:
        """Its first day and its last."""
        return self.first and self.first[0], self.last and self.last[1]


ISLAMIC = (
    "Muharram", "Safar", "Rabi' al-Awwal", "Rabi' al-Thani", "Jumada al-Awwal", "Jumada al-Thani", "Rajab", "Sha'ban",
    "Ramadan", "Shawwal", "Dhu al-Qa'da", "Dhu al-Hijja",
)  # fmt: skip
# Numbered from Nisan, as in the Bible; the year begins with Tishri, the seventh.
HEBREW = (
    "Nisan", "Iyar", "Sivan", "Tammuz", "Av", "Elul", "Tishri", "Heshvan", "Kislev", "Tevet", "Shevat", "Adar",
    "Adar II",
)  # fmt: skip
REPUBLICAN = (
    "Vendémiaire", "Brumaire", "Frimaire", "Nivôse", "Pluviôse", "Ventôse", "Germinal", "Floréal", "Prairial",
    "Messidor", "Thermidor", "Fructidor", "Sansculottides",
)  # fmt: skip


def _named(months: tuple[str, ...], era: str) -> Callable[[int, int | None, int | None], str]:
    def words(year: int, month: int | None, day: int | None) -> str:
        named = [] if month is None else [months[month - 1]]
        return " ".join([*([] if day is None else [str(day)]), *named, era.format(year)])

    return words


CALENDARS = {
    "julian": Calendar("Julian", (), day_words, has_year_0=True),
    "islamic": Calendar("Islamic", ISLAMIC, _named(ISLAMIC, "{} AH"), slack=2),
    "hebrew": Calendar("Hebrew", HEBREW, _named(HEBREW, "{} AM")),
    "republican": Calendar("French Republican", REPUBLICAN, _named(REPUBLICAN, "year {}")),
}


@lru_cache(4096)
def read_foreign(calendar: str, text: str) -> Foreign:
    """A date in a calendar: a year, a month or a day, `a/b` or `[a..b]`, of which one end may be `..` or empty.

    Raises ValueError for what is no date, or none of that calendar.
    """
    kind, ends = "date", [text, text]
    if match := re.fullmatch(r"\[(.*?)\.\.(.*)\]", text):
        kind, ends = "one-of", [*match.groups()]
    elif "/" in text:
        kind, ends = "interval", ["" if end == ".." else end for end in text.split("/", 1)]
    first, last = (unit_of(calendar, *numbers(calendar, end)) if end else None for end in ends)
    if first is None and last is None:
        raise ValueError(f"'{text}' has no end that is known")
    if first and last and first[0] > last[1]:
        raise ValueError(f"'{text}' ends before it begins")
    return Foreign(calendar, text, kind, first, last)


def numbers(calendar: str, text: str) -> tuple[int, int | None, int | None]:
    """Year, month and day of a date as it is written; None where it has none. Raises ValueError."""
    match = re.fullmatch(PART, text)
    if match is None:
        raise ValueError(f"'{text}' is no date of a calendar: write year-month-day in numbers, like 1616-04-23")
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or (year < 1 and not CALENDARS[calendar].has_year_0):
        raise ValueError(f"'{text}': the years of the {CALENDARS[calendar].label} calendar begin with 0001")
    return year, month, day


@lru_cache(4096)
def unit_of(calendar: str, year: int, month: int | None, day: int | None) -> Days:
    """The first and last day, as ordinals, of a year, a month or a day. Raises ValueError for one that never was."""
    label = CALENDARS[calendar].label
    asked = range(1, 14) if month is None else [month]
    months = {number: days for number in asked if (days := _days(calendar, year, number))}
    if not months:
        raise ValueError(f"the {label} year {year} has no month {month}")
    if day is None:
        return min(first for first, _ in months.values()), max(last for _, last in months.values())
    ((first, last),) = months.values()
    if not 1 <= day <= last - first + 1:
        named = CALENDARS[calendar].words(year, month, None)
        raise ValueError(f"{named} has {last - first + 1} days in the {label} calendar")
    return first + day - 1, first + day - 1


def _days(calendar: str, year: int, month: int) -> Days | None:
    """The days of a month; None for one that the year has not."""
    kept = list(_kept_days(_module(calendar), year, month))
    return (kept[0], kept[-1]) if kept else None


def _kept_days(module: Any, year: int, month: int) -> Iterator[int]:
    """The days of a month that come back as themselves: one that never was gets another day's number."""
    for day in range(1, 32):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # convertdate 2.5 calls what it will drop
                number = module.to_jd(year, month, day)
                back = tuple(map(int, module.from_jd(number)))
        except (ValueError, IndexError):
            return
        if back != (year, month, day):
            return
        yield round(number - _TO_ORDINAL)


def _module(calendar: str) -> Any:
    from importlib import import_module  # noqa: PLC0415

    try:
        return import_module(f"convertdate.{'french_republican' if calendar == 'republican' else calendar}")
    except ImportError:
        raise DataError("dates of other calendars are read by convertdate: pip install convertdate") from None


def foreign_words(date: Foreign) -> str:
    """A date as people write it in its calendar: "23 Apr 1616 (Julian)", "1 Muharram 61 AH", "18 Brumaire year 8"."""
    calendar = CALENDARS[date.calendar]
    ends = date.text.strip("[]").replace("..", "/").split("/") if date.kind != "date" else [date.text]
    told = [calendar.words(*numbers(date.calendar, end)) for end in ends if end]
    mark = "" if calendar.months else f" ({calendar.label})"
    if len(told) == 1:
        lead = "" if date.kind == "date" else "from " if date.first else "until "
        return f"{lead}{told[0]}{mark}"
    lead = "within " if date.kind == "one-of" else ""
    return f"{lead}{told[0]} to {told[1]}{mark}"
