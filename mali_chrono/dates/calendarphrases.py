"""How dates of other calendars, and days of early years, are printed: rows of `phrasetable.TABLE`, read as our days.

Words of a month, or a mark as "AH" and "Old Style", tell a date of another calendar; one that nothing marks as Julian
is read like any other, but for a day that ours never had. Years are limited to those that the calendar has reached, so
that "10 Muharram 2023" stays a date of 2023.
"""

import re
from collections.abc import Callable, Mapping

from mali_chrono.dates.calendars import unit_of
from mali_chrono.dates.days import MONTHS, month_length, ordinal

Ends = tuple[tuple[int, int], tuple[int, int]]
Match = re.Match[str]
Read = Callable[[Match, int], Ends | None]

_Q = "[`'\u02bb-\u02bf\u2018\u2019]?"
_AL = rf"[- ]?(?:(?:al|ul|us|uth|ath|ash|as|ad|at)[- ])?{_Q}"
_AWWAL = rf"(?:{_AL}[aā][wv]{{1,2}}[ae]l| I(?!I))"
_THANI = rf"(?:{_AL}(?:th[aā]n[iīy](?:yah?)?|sani|[aā]khi?ra?h?)| II)"
_ISLAMIC = (
    "(?:al-)?mu[hḥ]arram", "[sṣ]afar", rf"rab[iī]{_Q}{_AWWAL}", rf"rab[iī]{_Q}{_THANI}", rf"jum[aā]d[aā]{_AWWAL}",
    rf"jum[aā]d[aā]{_THANI}", "rajab", rf"sha{_Q}b[aā]n", "rama[dḍz]h?[aā]n", "shaww[aā]l",
    rf"(?:dh|z)[uūi](?:{_AL}|l[- ]?){_Q}q[ai]{_Q}{_Q}dah?", rf"(?:dh|z)[uūi](?:{_AL}|l[- ]?){_Q}[hḥ]ij{{1,2}}ah?",
)  # fmt: skip
_HEBREW = (
    "nis{1,2}an", "iy{1,2}ar", "sivan", "tam{1,2}uz", "(?:menachem )?av", "elul", "tishr(?:ei|i)",
    "(?:mar)?[chḥ]?h?eshvan", "kislev", "te[vb]eth?", "sh[e']?vat", "adar(?: I(?!I)| rishon| aleph)?",
    "adar (?:II|sheni|bet)",
)  # fmt: skip
_REPUBLICAN = (
    "vend[ée]miaire", "brumaire", "frimaire", "niv[ôo]se", "pluvi[ôo]se", "vent[ôo]se", "germinal", "flor[ée]al",
    "prairial", "messidor", "thermidor", "fructidor",
)  # fmt: skip
_ENGLISH = tuple(name if len(name) < 5 else f"{name[:3]}(?:{name[3:]}|t?(?![a-z])\\.?)" for name in MONTHS)

_DAY = r"(?<![\d,.$-])(?P<d>[0-3]?\d)(?:st|nd|rd|th|er)?"
_AFTER = r"(?P<d>[0-3]?\d)(?:st|nd|rd|th)?(?!\d)"
_AH = r" ?(?:AH|A\.H\.)(?!\w)"
_HIJRI = r"(?P<y>1[0-5]\d\d|[1-9]\d{0,2})(?!\d)"
_HIJRI_BARE = r"(?P<y_>1[0-5]\d\d)(?![\w%]|[,.]\d)"
_AM = r"(?P<y>[3-5]\d{3})(?!\d)"
_AN = r"(?:(?:year|an|l'an) (?P<y>[IVX]{1,4}|\d{1,2})|(?P<y_>[IVX]{1,4}))(?!\w)"
_MARKS = r"[(\[](?:O\.? ?S\.?|Old Style|Julian)[)\]]|(?:O\. ?S\.|OS|Old Style|in the Julian calendar)(?!\w)"
_OLD = rf"(?P<y>\d{{3,4}}),? ?(?:{_MARKS})"
_ERA = (
    r"(?:(?P<bc>\d{1,2},\d{3}|\d{1,5}) ?(?:BCE?(?!\w)|B\.C\.(?:E\.)?)"
    r"|(?P<ad>\d{2,4}) ?(?:AD|CE|A\.D\.)(?!\w)|(?:AD|CE|A\.D\.) (?P<ad_>\d{1,4})(?!\d))"
)
_STYLE = r"[(\[](?:(?:[ON]\.? ?S\.?|Old Style|New Style),? )?"
_OURS = r"(?P<y>[12]\d{3})(?![\d%])"
# The years of four digits that are leap years in the Julian calendar alone.
_NO_LEAP = r"(?P<leap>1[1345789]00|1000)(?![\d%])"


def _any(months: tuple[str, ...]) -> str:
    """Any of some months; longer names are tried first."""
    return f"(?P<name>{'|'.join(reversed(months))})"


def _reader(calendar: str, months: tuple[str, ...]) -> Read:
    """What reads a match that has `y`, and `name` and `d` where they are printed."""
    patterns = [re.compile(month, re.IGNORECASE) for month in months]

    def read(match: Match, _: int) -> Ends | None:
        groups: Mapping[str, str | None] = match.groupdict()
        name = groups.get("name")
        month = None
        if name:
            month = next(number for number in range(len(months), 0, -1) if patterns[number - 1].fullmatch(name))
        day = int(groups["d"] or 0) if "d" in groups else None
        try:
            unit = unit_of(calendar, _number(groups.get("y") or groups.get("y_") or ""), month, day)
        except ValueError:
            return None
        return unit, unit

    return read


def _unit(year: int, month: int, day: int | None) -> tuple[int, int] | None:
    """A month or a day of ours; None for a day that it has not."""
    last = month_length(year, month)
    if day is None:
        return ordinal(year, month, 1), ordinal(year, month, last)
    return (ordinal(year, month, day),) * 2 if 1 <= day <= last else leap_day(year, month, day)


def leap_day(year: int, month: int, day: int) -> tuple[int, int] | None:
    """29 February of a year in which the Julian calendar alone has one."""
    return unit_of("julian", year, month, day) if (month, day) == (2, 29) and year % 100 == 0 and year % 400 else None


def _month(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, 1) if month[:3].lower() == name[:3].lower())


def _of_era(match: Match, _: int) -> Ends | None:
    """A month, a day or days of a year before Christ or after."""
    groups = match.groupdict()
    year = 1 - int(groups["bc"].replace(",", "")) if groups["bc"] else int(groups["ad"] or groups["ad_"])
    first = _unit(year, _month(groups["name"]), int(groups["d"]) if "d" in groups else None)
    last = _unit(year, _month(groups["name"]), int(groups["last"])) if "last" in groups else first
    return (first, last) if first and last and first[0] <= last[0] else None


def _twice(match: Match, _: int) -> Ends | None:
    """A day as both calendars have it, the earlier number first; between December and January a year ends."""
    groups = match.groupdict()
    months = [_month(groups["name"]), _month(groups.get("name_") or groups["name"])]
    years = [int(groups["y"]) - (month == 12 and 1 in months) for month in months]
    days = [int(groups["d"]), int(groups["d_"])]
    units = [unit for of in zip(years, months, days, strict=True) if (unit := _unit(*of))]
    return (min(units), max(units)) if len(units) == len(days) else None


def _leap(match: Match, _: int) -> Ends | None:
    unit = leap_day(int(match["leap"]), 2, 29)
    return unit and (unit, unit)


def _number(text: str) -> int:
    """A year in digits or in Roman ones."""
    if text.isdecimal():
        return int(text)
    values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in text.lower()]
    return sum(-one if one < following else one for one, following in zip(values, [*values[1:], 0], strict=True))


def _of(months: tuple[str, ...], year: str, between: str = ",? (?:of )?") -> tuple[str, str]:
    """Day before month, and month before day."""
    return (
        rf"(?i){_DAY} (?:of )?{_any(months)}{between}{year}",
        rf"(?i)(?<!\w){_any(months)} {_AFTER}{between}{year}",
    )


_islamic, _hebrew = _reader("islamic", _ISLAMIC), _reader("hebrew", _HEBREW)
_republican, _julian = _reader("republican", _REPUBLICAN), _reader("julian", _ENGLISH)
_NEEDS = {
    "islamic": ("harram", "ḥarram", "afar", "rab", "jum", "sha", "ram", "dh", "zi", "zu"),
    "hebrew": ("nis", "iy", "siv", "tam", "av", "elul", "tish", "shv", "kis", "te", "vat", "adar"),
    "republican": ("aire", "ôse", "ose", "inal", "éal", "eal", "idor"),
    "julian": ("o.s", "o. s", "os", "old style", "julian"),
}
_islamic_days, _hebrew_days = _of(_ISLAMIC, f"{_HIJRI}(?:{_AH})?"), _of(_HEBREW, _AM)
_republican_days, _julian_days = _of(_REPUBLICAN, _AN), _of(_ENGLISH, _OLD)

_ENGLISH_NAME = _any(_ENGLISH)
_NAME_2, _DAY_2 = _ENGLISH_NAME.replace("<name>", "<name_>"), r"(?P<d_>[0-3]?\d)(?:st|nd|rd|th)?"
_LAST = r" ?(?:-|to|and|or) ?(?P<last>[0-3]?\d)(?:st|nd|rd|th)?"
_era_days, _FEBRUARY = _of(_ENGLISH, _ERA), r"Feb(?:ruary|\.?(?![a-z]))"
_ERAS, _STYLES = ("bc", "b.c", "ad", "ce", "a.d"), ("(", "[")

# The words as printed, what is written for them, the pattern, its meaning, and the letters that must be there.
ROWS: tuple[tuple[str, str, str, Read, tuple[str, ...]], ...] = (
    ("12 Rabi' al-Awwal 1 AH; 10th of Muharram, 61", "0622-09-27", _islamic_days[0], _islamic, _NEEDS["islamic"]),
    ("Muharram 10, 61 AH", "0680-10-13", _islamic_days[1], _islamic, _NEEDS["islamic"]),
    ("Ramadan 1334 AH; Ramadan 1334", '"[1916-07-02..1916-07-31]"',
     rf"(?i)(?<!\w){_any(_ISLAMIC)},? (?:of )?(?:{_HIJRI}{_AH}|{_HIJRI_BARE})", _islamic, _NEEDS["islamic"]),
    ("724 AH; AH 724", '"[1324-01-07..1324-12-25]"',
     rf"(?i)(?<![\w,.])(?:(?P<y>[1-9]\d{{0,3}}){_AH}|A\.?H\.? (?P<y_>[1-9]\d{{0,3}})(?!\d))", _islamic, ("ah", "a.h")),
    ("5 Iyar 5708", "1948-05-14", _hebrew_days[0], _hebrew, _NEEDS["hebrew"]),
    ("Iyar 5, 5708", "1948-05-14", _hebrew_days[1], _hebrew, _NEEDS["hebrew"]),
    ("18 Brumaire, year VIII; 9 Thermidor II", "1799-11-09", _republican_days[0], _republican, _NEEDS["republican"]),
    ("23 April 1616, Old Style; 25 Oct. 1917 (O.S.)", "1616-05-03", _julian_days[0], _julian, _NEEDS["julian"]),
    ("April 23, 1616 (Julian)", "1616-05-03", _julian_days[1], _julian, _NEEDS["julian"]),
    ("29 February 1900", "1900-03-13", rf"(?i)(?<![\d,.$-])29(?:th)? (?:of )?{_FEBRUARY},? (?:of )?{_NO_LEAP}", _leap,
     ("29",)),
    ("February 29, 1900", "1900-03-13", rf"(?i)(?<!\w){_FEBRUARY} 29(?:th)?,? (?:of )?{_NO_LEAP}", _leap, ("29",)),
    ("1900-02-29", "1900-03-13", rf"(?<![\w-]){_NO_LEAP}-02-29(?![\w-])", _leap, ("-02-29",)),
    # A day by both calendars
    ("25 October (7 November) 1917", "1917-11-07",
     rf"(?i){_DAY} {_ENGLISH_NAME} ?{_STYLE}{_DAY_2} {_NAME_2}[)\]],? {_OURS}", _twice, _STYLES),
    ("October 25 (November 7), 1917", "1917-11-07",
     rf"(?i)(?<!\w){_ENGLISH_NAME} {_AFTER} ?{_STYLE}{_NAME_2} {_DAY_2}[)\]],? {_OURS}", _twice, _STYLES),
    ("3 (15) June 1815", "1815-06-15",
     rf"(?i){_DAY} ?{_STYLE}{_DAY_2}[)\]] {_ENGLISH_NAME},? {_OURS}", _twice, _STYLES),
    ("June 3 (15), 1815", "1815-06-15",
     rf"(?i)(?<!\w){_ENGLISH_NAME} {_AFTER} ?{_STYLE}{_DAY_2}[)\]],? {_OURS}", _twice, _STYLES),
    # Days and months of early years
    ("13-15 March 44 BC", "-0043-03-13/-0043-03-15",
     rf"(?i){_DAY}{_LAST} (?:of )?{_ENGLISH_NAME},? (?:of )?{_ERA}", _of_era, _ERAS),
    ("March 13-15, 44 BC", "-0043-03-13/-0043-03-15",
     rf"(?i)(?<!\w){_ENGLISH_NAME} {_AFTER}{_LAST},? (?:of )?{_ERA}", _of_era, _ERAS),
    ("15 March 44 BC; 24 August 79 AD", "-0043-03-15; 0079-08-24", _era_days[0], _of_era, _ERAS),
    ("March 15, 44 BC", "-0043-03-15", _era_days[1], _of_era, _ERAS),
    ("March 44 BC", "-0043-03", rf"(?i)(?<!\w){_ENGLISH_NAME},? (?:of )?{_ERA}", _of_era, _ERAS),
)  # fmt: skip
