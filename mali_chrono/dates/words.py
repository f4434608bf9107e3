"""A date as people write it: "25-27 Jul 2024", "Aug 2021", "first half of 2018", "c. 1312", "9400 BC"."""

from mali_chrono.dates.days import MONTHS, from_ordinal
from mali_chrono.dates.edtf import Date, Part
from mali_chrono.text import listing

_NO_QUALIFIERS = str.maketrans("", "", "?~%")
_SHORT = [name[:3] for name in MONTHS]
_SEASONS = ("spring", "summer", "autumn", "winter")
_HALVES = {40: "first half", 41: "second half", 37: "first third", 38: "second third", 39: "last third"}


def describe(date: Date) -> str:
    """Give a date in words. What has no plain words (`2004-XX-15`) stays EDTF."""
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


def _interval(date: Date) -> str:
    start, end = date.ranges[0]
    if start and end:
        return _joined(start, end)
    return _half(start, "since" if date.ongoing else "from", end, "until")


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
    plain = not any(p.uncertain or p.approximate or p.season for p in (first, last))
    if plain and first.precision == last.precision:
        mine, others = a.split(), b.split()
        shared = 0
        while shared < min(len(mine), len(others)) - 1 and mine[-1 - shared] == others[-1 - shared]:
            shared += 1
        return f"{' '.join(mine[: len(mine) - shared])}-{b}"
    return f"{a} to {b}"


def _part(part: Part) -> str:
    words = _words(part)
    if part.approximate:
        words = f"c. {words}"
    return words + "?" * part.uncertain


def _words(part: Part) -> str:
    digits = part.text.translate(_NO_QUALIFIERS)
    year = year_words(part.year)
    if part.season:
        return _season(part.season, year)
    if "S" in digits:
        return _years(part)
    if part.precision == "day":
        _, _, time = digits.partition("T")
        return f"{part.day} {_SHORT[(part.month or 1) - 1]} {year}" + f" {time}" * bool(time)
    if part.precision == "month" and not _mixed(digits):
        return f"{_SHORT[(part.month or 1) - 1]} {year}"
    if part.precision == "year" and not part.day and not _mixed(digits):
        return year
    return _unspecified(part, digits)


def _mixed(digits: str) -> bool:
    """Whether a month or a day is half known, like 1X: no words say that."""
    return any(len(piece) == 2 and "X" in piece and piece != "XX" for piece in digits.split("-"))


def _years(part: Part) -> str:
    first, last = year_words(from_ordinal(part.first)[0]), year_words(from_ordinal(part.last)[0])
    era = first[-3:] if first[-3:] == last[-3:] and first[-3] == " " else ""
    return f"{first.removesuffix(era)}-{last}"


def year_words(year: int) -> str:
    """Give a year, numbered with a year 0, as people write it: "2012", "900 AD", "500 BC"."""
    if year < 1:
        return f"{1 - year} BC"
    return str(year) if year > 999 else f"{year} AD"


def _season(code: int, year: str) -> str:
    if code in _HALVES:
        return f"{_HALVES[code]} of {year}"
    if 33 <= code <= 36:
        return f"Q{code - 32} {year}"
    if code in (24, 28, 30) and year.isdigit():  # it runs over the turn of the year
        year = f"{year}-{(int(year) + 1) % 100:02d}"
    return f"{_SEASONS[(code - 21) % 4]} {year}" + (" (south)" if code > 28 else "")


def _unspecified(part: Part, digits: str) -> str:
    """Write a decade, a century or a millennium; other patterns have no plain words."""
    before_christ = digits.startswith("-")
    known = digits.removeprefix("-").rstrip("X")
    era = " BC" if before_christ else ""
    if len(digits) - before_christ != 4 or "X" in known:
        return part.text
    if part.precision == "century":
        return f"{_nth(int(known) + 1)} century{era}"
    if part.precision == "millennium":
        return f"{_nth(int(known) + 1)} millennium{era}"
    return _years(part) if before_christ or part.year < 1000 else f"{part.year}s"


def _nth(number: int) -> str:
    ending = "th" if 11 <= number <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
