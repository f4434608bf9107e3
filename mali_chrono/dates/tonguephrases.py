"""How a language prints dates: rows beside those of `phrasetable.py`, made of its names of months by CLDR's patterns.

Days, days of a range, and months are read, with or without a year where a day is printed, and all of them, and a year
alone, before Christ. Of other words for a date
("since", "early in") a language here has none: those are English alone.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from unicodedata import normalize

from mali_chrono.dates.calendarphrases import leap_day
from mali_chrono.dates.phrasetable import TABLE, Ends, Match, Row, both, day, month
from mali_chrono.dates.phrasetable import year as whole_year
from mali_chrono.dates.spoken import is_english
from mali_chrono.dates.tongues import find_tongue

# A letter of a pattern of CLDR's (UTS 35), several of them, a text in quotes, any other sign.
_TOKEN = re.compile(r"'((?:[^']|'')*)'|(?P<letter>[a-zA-Z])(?P=letter)*|\s+|.", re.DOTALL)
_SKELETONS = ("GyMMMd", "GyMMM", "Gy", "yMMMMd", "yMMMd", "MMMMd", "MMMd", "yMMMM", "yMMM")
# The first of a month is an ordinal in French, Italian, Spanish, Portuguese.
_DAY = r"(?<![\d,.$-])(?P<day>[0-3]?\d)(?:er|º|°)?(?!\d)"
_LAST = r"(?P<last>[0-3]?\d)(?:er|º|°)?(?!\d)"
_YEAR = r"(?P<year>[12]\d{3})(?![\d%]|,\d{3}|\.\d)"
_BC = r"(?<![\d,.$-])(?P<bc>\d{1,5})(?!\d)"
_NUMBER = r"(?<!\d)(?P<month>1[0-2]|0?[1-9])(?!\d)"


@lru_cache(8)
def table_of(language: str) -> tuple[Row, ...]:
    """The table by which documents in a language are read: English, and what that language prints.

    Raises NoTongueError where nobody knows the language, or nobody here does.
    """
    return TABLE if is_english(language) else (*_rows(language), *TABLE)


def _rows(language: str) -> Iterator[Row]:
    """The rows of a language, those that say most first."""
    find_tongue(language)
    from babel import Locale

    locale = Locale.parse(language, sep="-")
    names = _names(locale.months)
    formats, skeletons = locale.date_formats, locale.datetime_skeletons
    patterns = [formats[width].pattern for width in ("long", "medium")]
    patterns += [skeletons[key].pattern for key in _SKELETONS if key in skeletons]
    joined = locale.list_patterns["standard"].get("2", "{0}, {1}").removeprefix("{0}").removesuffix("{1}")
    to = rf"(?: ?[-/] ?|{re.escape(_normal(joined))})"
    patterns += [re.sub("y+", "y G", pattern) for pattern in patterns if "y" in pattern and "G" not in pattern]
    eras = {_normal(width[0]) for width in locale.eras.values() if 0 in width}
    eras = {era for era in eras if len(era) > 1 + era.isascii()}
    found = {made for pattern in patterns for made in _expressions(_normal(pattern), names, eras, to)}
    needs = tuple(sorted({name[:3] for name in names}))
    for text in sorted(found, key=_weight):
        yield Row("", "", re.compile(text, re.IGNORECASE), _reading(names), needs if "|" in text else ("",))


def _normal(text: str) -> str:
    """A text as documents are read: in one form, with plain blanks and hyphens."""
    return re.sub(r"\s", " ", normalize("NFC", text))


def _names(months: Mapping[str, Mapping[str, Mapping[int, str]]]) -> dict[str, int]:
    """The names of months, in small letters without the dot of a short one, with their numbers; none that means two."""
    found: dict[str, set[int]] = {}
    for form in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in months[form][width].items():
                found.setdefault(_normal(name).casefold().rstrip("."), set()).add(number)
    return {name: min(numbers) for name, numbers in found.items() if len(numbers) == 1 and not name.isdecimal()}


def _expressions(pattern: str, names: Mapping[str, int], eras: set[str], to: str) -> Iterator[str]:
    """The expressions of a pattern: of one date, and of days that it ranges over; none where it spells no month.

    `eras` are the words for before Christ, which a pattern with an era has.
    """
    words = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    letters = {
        "d": _DAY, "y": _BC if "G" in pattern else _YEAR, "G": _any_of(eras),
        "name": rf"(?<!\w)(?P<month>{words})(?!\w)\.?" if words[:1].isalpha() else rf"(?P<month>{words})",
        "number": _NUMBER,
    }  # fmt: skip
    parts, spelt = [], False
    for token in _TOKEN.finditer(pattern):
        letter = token["letter"]
        if letter in ("M", "L"):
            named = len(token[0]) in (3, 4)
            spelt = spelt or named
            parts.append(letters["name" if named else "number"])
        elif letter in letters:
            spelt = spelt or letter == "G"
            parts.append(letters[letter])
        elif letter:  # a day of the week: no pattern of ours
            return
        else:
            text = token[1] or token[0]
            spelt = spelt or any(not c.isascii() and c.isalpha() for c in text)
            parts.append(" " if text.isspace() else re.escape(text.rstrip(".")) + r"\.?" * text.endswith("."))
    if not spelt:
        return
    if _YEAR in parts and (after := parts[parts.index(_YEAR) + 1 :]) and not any("(?P<" in part for part in after):
        parts[-len(after) :] = [f"(?:{''.join(after)})?"]  # "2014 г.", and 2014 alone
    yield "".join(parts)
    if _DAY in parts:
        yield "".join(part if part != _DAY else rf"{_DAY}\.?{to}{_LAST}" for part in parts)


def _any_of(eras: set[str]) -> str:
    """Any words of an era, the blanks of which may be left out."""
    words = "|".join(re.escape(era).replace(r"\ ", " ?") for era in sorted(eras, key=len, reverse=True))
    return rf"(?:{words})(?![^\W\d])"


def _weight(text: str) -> tuple[bool, bool, int, str]:
    """Ranges before days, days with a year before others, long ones before short ones."""
    return "?P<last>" not in text, not ("?P<day>" in text and "?P<year>" in text), -len(text), text


def _reading(names: Mapping[str, int]) -> Callable[[Match, int], Ends | None]:
    """What an expression means."""

    def read(match: Match, default: int) -> Ends | None:
        found = match.groupdict()
        year = int(found.get("year") or default)
        if "bc" in found:
            year = 1 - int(found["bc"])
            if "month" not in found:
                return both(whole_year(year))
        number = names.get(found["month"].casefold()) or int(found["month"])
        if "last" in found:
            first, last = (day(year, number, int(found[name])) for name in ("day", "last"))
            return (first, last) if first and last and first[0] <= last[0] else None
        if "day" not in found:
            return both(month(year, number))
        return both(day(year, number, int(found["day"])) or leap_day(year, number, int(found["day"])))

    return read
