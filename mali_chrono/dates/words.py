"""A date as people write it: "25-27 Jul 2024", "Aug 2021", "first half of 2018", "c. 1312", "9400 BC"."""

import re

from mali_chrono.dates.clock import clock_words, read_clock
from mali_chrono.dates.days import MONTHS, from_ordinal, iso_day, month_length
from mali_chrono.dates.edtf import Date, Part, parse
from mali_chrono.dates.runs import fitting_numbers, written_digits
from mali_chrono.dates.spoken import spoken
from mali_chrono.dates.years import year_words
from mali_chrono.text import listing

_NO_QUALIFIERS = str.maketrans("", "", "?~%")
_SHORT = [name[:3] for name in MONTHS]
_LONG = dict(zip(_SHORT, MONTHS, strict=True))
_SEASONS = ("spring", "summer", "autumn", "winter")
_HALVES = {40: "first half", 41: "second half", 37: "first third", 38: "second third", 39: "last third"}


def describe_days(first: int | None, last: int | None) -> str:
    """Give the days from one to another in words; None is an open side."""
    ends = [".." if day is None else iso_day(day) for day in (first, last)]
    return describe(parse(ends[0] if first is not None and first == last else "/".join(ends)))


def describe(date: Date) -> str:
    """Give a date in words, in the store's language. What has no plain words (`1X60`) stays EDTF."""
    if tongue := spoken():
        from mali_chrono.dates import notation  # noqa: PLC0415 - English needs none of it

        return notation.describe(date, tongue)
    if date.kind == "interval":
        return _interval(date)
    first, last = date.ranges[0][0], date.ranges[-1][1]
    if date.kind == "one-of" and len(date.ranges) == 2 and first and last and _neighbours(first, last):
        return _either(first, last)
    pieces = [_range(first, last) for first, last in date.ranges]
    if date.kind == "all-of":
        return listing(pieces)
    if date.kind == "one-of" and len(pieces) == 1:
        first, last = date.ranges[0]
        return _one_of(first, last)
    return listing(pieces, "or")


def utc_words(date: str) -> str:
    """The instant of an EDTF date whose time has an offset, in UTC; "" where it has none, or none to reckon with."""
    clock = read_clock(date) if "T" in date else None
    if clock is None or not clock.offset:
        return ""
    days, seconds = divmod(clock.instant, 86400)
    year, month, day = from_ordinal((parse(date).earliest or 0) + days)
    time = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return f"{day_words(year, month, day)} {clock_words(time)}"


def spelt_out(words: str) -> str:
    """A date in words with its months in full: "25-27 July 2024"."""
    if tongue := spoken():
        from mali_chrono.dates import notation  # noqa: PLC0415

        return notation.spell(words, tongue)
    return re.sub(r"\b[A-Z][a-z]{2}\b", lambda found: _LONG.get(found[0], found[0]), words)


def _interval(date: Date) -> str:
    start, end = date.ranges[0]
    if start and end:
        return _joined(start, end)
    return _half(start, "since" if date.ongoing else "from", end, "up to" if date.text.startswith("..") else "until")


def _one_of(first: Part | None, last: Part | None) -> str:
    if first is None or last is None:
        return _half(first, "after", last, "by")
    if _neighbours(first, last):
        return _either(first, last)
    return f"one of {_joined(first, last)}" if first.precision == "day" else f"within {_joined(first, last)}"


def _neighbours(first: Part, last: Part) -> bool:
    return first.precision == last.precision == "day" and last.first - first.first == 1


def _either(first: Part, last: Part) -> str:
    """Write two neighbouring days: "23 or 24 Mar 2023"."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} or {_part(last)}"
    return f"{_part(first)} or {_part(last)}"


def _range(first: Part | None, last: Part | None) -> str:
    if first is last and first:
        return _part(first)
    if first and last:
        return _joined(first, last)
    return _half(first, "from", last, "until")


def _half(first: Part | None, after: str, last: Part | None, before: str) -> str:
    """Write a range of which only one end is known."""
    known = first or last
    return f"{after if first else before} {_part(known)}" if known else ""


def _joined(first: Part, last: Part) -> str:
    """Write from-to without saying twice what both share: "25-27 Jul 2024", "28 Jul-3 Aug 2024", "600-501 BC"."""
    a, b = _part(first), _part(last)
    if a == b:
        return a
    plain = not any(p.uncertain or p.approximate or p.season or " of " in _words(p) for p in (first, last))
    if plain and first.precision == last.precision:
        return f"{without_shared_end(a, b)}-{b}"
    return f"{a} to {b}"


def without_shared_end(text: str, other: str) -> str:
    """A text without the words at its end with which another ends too; of both a word is left at least."""
    mine, others = text.split(), other.split()
    shared = 0
    while shared < min(len(mine), len(others)) - 1 and mine[-1 - shared] == others[-1 - shared]:
        shared += 1
    return " ".join(mine[: len(mine) - shared])


def _part(part: Part) -> str:
    words = _words(part)
    if part.approximate:
        words = f"c. {words}"
    return words + "?" * part.uncertain


def _words(part: Part) -> str:
    year = year_words(part.year)
    if part.season:
        return _season(part.season, year)
    if "S" in part.text:
        return _years(from_ordinal(part.first)[0], from_ordinal(part.last)[0])
    if "X" in part.text:
        return _pattern(part)
    if part.precision == "day":
        _, _, time = part.text.translate(_NO_QUALIFIERS).partition("T")
        return f"{part.day} {_SHORT[(part.month or 1) - 1]} {year}" + f" {clock_words(time)}" * bool(time)
    return f"{_SHORT[part.month - 1]} {year}" if part.month else year


def _years(first: int, last: int) -> str:
    start, end = year_words(first), year_words(last)
    era = start[-3:] if start[-3:] == end[-3:] and start[-3] == " " else ""
    return f"{start.removesuffix(era)}-{end}"


def day_words(year: int, month: int | None = None, day: int | None = None) -> str:
    """Give a day, a month or a year: "25 Jul 2024", "Jul 2024", "500 BC"."""
    if month is None:
        return year_words(year)
    if tongue := spoken():
        from mali_chrono.dates import notation  # noqa: PLC0415

        return notation.unit_words(year, month, day, tongue)
    return f"{day} " * (day is not None) + f"{_SHORT[month - 1]} {year_words(year)}"


def quarter_words(year: int, quarter: int) -> str:
    """Give a quarter, counted from 1: "Q2 2020"."""
    if tongue := spoken():
        from mali_chrono.dates import notation  # noqa: PLC0415

        return notation.quarter_words(year, quarter, tongue)
    return f"Q{quarter} {year_words(year)}"


def month_name(month: int) -> str:
    """Give a month's short name, without a year."""
    tongue = spoken()
    return tongue.alone[month - 1] if tongue else _SHORT[month - 1]


def _season(code: int, year: str) -> str:
    if code in _HALVES:
        return f"{_HALVES[code]} of {year}"
    if 33 <= code <= 36:
        return f"Q{code - 32} {year}"
    if code in (24, 28, 30) and year.isdigit():  # it runs over the turn of the year
        year = f"{year}-{(int(year) + 1) % 100:02d}"
    return f"{_SEASONS[(code - 21) % 4]} {year}" + (" (south)" if code > 28 else "")


def _pattern(part: Part) -> str:
    """Write a date of which digits are not known: the 1680s, some December, the 11th of some month of 2020."""
    digits = written_digits(part)
    year, month, day = (piece if piece.strip("X") else "" for piece in digits)
    when = _block(year, from_ordinal(part.last)[0])
    if not when or ("X" in day and (not month or "X" in month)):
        return part.text.translate(_NO_QUALIFIERS)
    if not month:
        of_year = f" of {when}" if year else ""
        return f"the {ordinal_words(int(day))} of some month{of_year}" if day else when.removeprefix("the ")
    months = fitting_numbers(month, range(1, 13))
    if not day and not year and len(months) == 1:
        return f"some {MONTHS[months[0] - 1]}"
    names = [_SHORT[number - 1] for number in months]
    in_year = f" of {when}" if "X" in year or not year else f" {when}"
    if not day:
        return _any_of("within", months, names) + in_year
    length = month_length(2000 if "X" in year or not year else int(year), months[0])
    days = fitting_numbers(day, range(1, length + 1))
    return f"{_any_of('one of', days, list(map(str, days)))} {listing(names, 'or')}{in_year}"


def _any_of(lead: str, numbers: list[int], names: list[str]) -> str:
    """Write what one of these is: "Feb or Dec", "within Oct-Dec" where more than two follow each other."""
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{lead} {names[0]}-{names[-1]}"
    return listing(names, "or")


def _block(year: str, last: int) -> str:
    """Write the years that fit the digits of one ("": any), ending with `last`; "" where they do not lie together."""
    known = year.lstrip("-").rstrip("X")
    if not year or "X" not in year:
        return year_words(int(year)) if year else "some year"
    if "X" in known:
        return ""
    before_christ = year.startswith("-")
    unit = {2: "century", 1: "millennium"}.get(len(known))
    if unit:
        return f"the {ordinal_words(int(known) + 1)} {unit}" + " BC" * before_christ
    first = int(known) * 10
    if before_christ:
        return _years(-first - 9, min(-first, last))
    return f"the {first}s" if first > 999 else _years(first, first + 9)


def ordinal_words(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
