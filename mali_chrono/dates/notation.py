"""A date in a language that is not English: names and patterns are that language's, and what it has none for is signs.

CLDR has words for days, months, years, quarters and from-to, none for "since" or "some time within". So about is `~`, a
doubt `?`, an open end a dash (`2012–`), and what may be any part of a time stands in brackets, as EDTF has sets.
"""

import re
from collections.abc import Mapping, Sequence

from mali_chrono.dates.clock import clock_words
from mali_chrono.dates.days import from_ordinal
from mali_chrono.dates.edtf import Date, Part
from mali_chrono.dates.spoken import Tongue

_LETTERS = re.compile(r"'([^']*)'|y+|M+|L+|d+|Q+|G+")
_UNITS = ("y", "M", "d")
_NO_QUALIFIERS = str.maketrans("", "", "?~%")
_DASH = "–"

Day = tuple[int, int | None, int | None]  # a year, a month or None, a day or None


def describe(date: Date, tongue: Tongue) -> str:
    """A date; what has neither words nor signs (`1X60`) stays EDTF."""
    if date.kind == "all-of":
        return _listed([_span(*pair, tongue) for pair in date.ranges], tongue.both)
    if date.kind != "one-of":
        return _span(*date.ranges[0], tongue)
    ((first, last), *others) = date.ranges
    if not others and first is not last:
        return f"[{_span(first, last, tongue)}]"
    return _listed([_span(*pair, tongue) for pair in date.ranges], tongue.either)


def unit_words(year: int, month: int | None, day: int | None, tongue: Tongue) -> str:
    """A day, a month or a year."""
    name = "day" if day else "month" if month else "year"
    return _fill(tongue.patterns[name + " era" * _has_era(year)], (year, month, day), tongue)


def quarter_words(year: int, quarter: int, tongue: Tongue) -> str:
    """A quarter of a year, counted from 1."""
    pattern = tongue.patterns["quarter"].replace("QQQ", "'" + tongue.quarters[quarter - 1] + "'")
    return _fill(pattern, (year, None, None), tongue)


def spell(words: str, tongue: Tongue) -> str:
    """A date in words with its months in full."""
    full = {
        **dict(zip(tongue.alone, tongue.alone_full, strict=True)),
        **dict(zip(tongue.months, tongue.full, strict=True)),
    }
    names = "|".join(sorted(map(re.escape, full), key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{names})(?!\w)", lambda found: full[found[0]], words)


def _listed(texts: Sequence[str], patterns: Mapping[str, str]) -> str:
    """Texts joined as a language joins a list."""
    if len(texts) == 2:
        return _joined(patterns["2"], *texts)
    *others, told = texts
    for place, text in enumerate(reversed(others)):
        part = "end" if place == 0 else "start" if place == len(others) - 1 else "middle"
        told = _joined(patterns[part], text, told)
    return told


def _joined(pattern: str, first: str, second: str) -> str:
    return re.sub(r"\{([01])\}", lambda found: (first, second)[int(found[1])], pattern)


def _span(first: Part | None, last: Part | None, tongue: Tongue) -> str:
    """From-to without saying twice what both share; one end may be open."""
    if first is last and first:
        return _part(first, tongue)
    if first is None or last is None:
        return f"{_part(first, tongue)}{_DASH}" if first else f"{_DASH}{_part(last, tongue)}" if last else ""
    a, b = _plain(first), _plain(last)
    if a and b:
        return _between(a, b, tongue)
    return f"{_part(first, tongue)} {_DASH} {_part(last, tongue)}"


def _between(a: Day, b: Day, tongue: Tongue) -> str:
    """From one day, month or year to another."""
    told = [sum(number is not None for number in day) for day in (a, b)]
    differ = next((unit for unit, *pair in zip(_UNITS, a, b, strict=True) if pair[0] != pair[1]), "")
    halves = tongue.ranges.get(f"{('year', 'month', 'day')[told[0] - 1]} {differ}")
    if halves is None or told[0] != told[1] or _has_era(a[0]) or _has_era(b[0]):
        return f"{unit_words(*a, tongue)} {_DASH} {unit_words(*b, tongue)}"
    return _fill(halves[0], a, tongue) + _fill(halves[1], b, tongue)


def _plain(part: Part) -> Day | None:
    """Year, month and day of what is a plain day, month or year; None of all else."""
    plain = part.precision in ("day", "month", "year") and not (part.uncertain or part.approximate or part.season)
    return (part.year, part.month, part.day) if plain and re.fullmatch("-?[0-9-]+", part.text) else None


def _part(part: Part, tongue: Tongue) -> str:
    return "~" * part.approximate + _words(part, tongue) + "?" * part.uncertain


def _words(part: Part, tongue: Tongue) -> str:
    text, _, time = part.text.translate(_NO_QUALIFIERS).partition("T")
    if 33 <= part.season <= 36:
        return quarter_words(part.year, part.season - 32, tongue)
    if part.season or "S" in text or re.fullmatch("-?[0-9]+X+", text):
        return f"[{_run(part, tongue)}]"
    if "X" in text:
        return text
    return unit_words(part.year, part.month, part.day, tongue) + f" {clock_words(time)}" * bool(time)


def _run(part: Part, tongue: Tongue) -> str:
    """The months, or the years, that something is a part of."""
    (first, from_month, _), (last, to_month, _) = from_ordinal(part.first), from_ordinal(part.last)
    months = (from_month, to_month) if part.months < 12 else (None, None)
    return _between((first, months[0], None), (last, months[1], None), tongue)


def _has_era(year: int) -> bool:
    return year < 1000


def _fill(pattern: str, day: Day, tongue: Tongue) -> str:
    """A pattern with its letters filled in: d MMM y."""
    year, month, number = day

    def told(letters: re.Match[str]) -> str:
        kind, size = letters[0][0], len(letters[0])
        if kind == "'":
            return letters[1] or "'"
        if kind == "y":
            return str(1 - year if year < 1 else year)
        if kind == "G":
            return tongue.eras[year > 0]
        if kind == "d":
            return f"{number or 0:0{min(size, 2)}d}"
        if size < 3:
            return f"{month or 0:0{size}d}"
        names = {"M": (tongue.months, tongue.full), "L": (tongue.alone, tongue.alone_full)}[kind]
        return names[size > 3][(month or 1) - 1]

    return _LETTERS.sub(told, pattern)
