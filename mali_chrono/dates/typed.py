"""The dates people type, as spans of days. Nothing is ever completed from today's date: a year is its whole year.

`2020`, `2020-06`, `2020-06-15`, `2020-Q2`, `2020-H1`, `1990s`, `14th century`, `March 2020`, `17 September 2024`,
`500 BC`, `c. 1312`, any EDTF but season codes; `today`, `yesterday`, `30d 6w 18m 5y` (ago), `last month`;
`A..B` with either side left open.
"""

import re
from datetime import date, timedelta
from typing import NamedTuple

from mali_chrono.dates import edtf
from mali_chrono.dates.days import MONTHS, from_ordinal, iso_day, ordinal
from mali_chrono.dates.spans import Span
from mali_chrono.errors import did_you_mean

Today = tuple[int, int, int]

# Texts, not compiled patterns: most typed dates are plain years or days and never meet them.
_PLAIN = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?"
_QUARTER = r"(\d{4})[- ]?[Qq]([1-4])|[Qq]([1-4])[ -](\d{4})"
_HALF = r"(\d{4})[- ]?[Hh]([12])|[Hh]([12])[ -](\d{4})"
_DECADE = r"(\d{3})0'?s"
_CENTURY = r"(?i)(\d{1,2})(?:st|nd|rd|th) (?:century|c\.?)( BCE?)?"
_BC = r"(?i)(\d{1,3}(?:,\d{3})+|\d{1,6}) ?(?:BCE?|B\.C\.(?:E\.)?)"
_AD = r"(?i)(?:AD|A\.D\.) ?(\d{1,4})|(\d{1,4}) ?(?:AD|CE|A\.D\.)"
_ABOUT = r"(?i)(?:c\.|ca\.?|circa|about|around|~) ?(.+)"
_AGO = r"(?i)(\d{1,6}) ?(d|days?|w|weeks?|m|months?|y|years?)(?: ago)?"
_RELATIVE = r"(?i)(last|this) (week|month|year)"
_SLASHED = r"(\d{1,4})[/.](\d{1,2})[/.](\d{1,4})|(\d{1,2})[/.](\d{4})"
_HYPHENED_DIGITS = r"(\d{1,2})-(\d{1,2})-(\d{4})()()"
_NEGATIVE = r"-\d+"
_NAMED = r"(?:(\d{1,2})(?:st|nd|rd|th)? )?([^\W\d_]{3,}\.?)(?: (\d{1,2})(?:st|nd|rd|th)?,?)?,? (\d{4})"
_HYPHENED = r"(\d{1,2})-([^\W\d_]{3,})-(\d{4})"
_MONTH_ONLY = r"(?:\d{1,2} )?([^\W\d_]{3,})(?: \d{1,2})?"
_YEARS = r"(\d{4}) ?[-\u2013] ?(\d{4}|\d{2})"
_DAYS = {"yesterday": -1, "today": 0, "now": 0, "tomorrow": 1}
_WORDS = (*_DAYS, *(f"{which} {unit}" for which in ("last", "this") for unit in ("week", "month", "year")))
_SUB_YEAR = {
    **dict.fromkeys((21, 25), "03..{y}-05"), **dict.fromkeys((22, 26), "06..{y}-08"),
    **dict.fromkeys((23, 27), "09..{y}-11"), **dict.fromkeys((24, 28), "12..{n}-02"),
    29: "09..{y}-11", 30: "12..{n}-02", 31: "03..{y}-05", 32: "06..{y}-08",
    33: "Q1", 34: "Q2", 35: "Q3", 36: "Q4", 37: "01..{y}-04", 38: "05..{y}-08", 39: "09..{y}-12", 40: "H1", 41: "H2",
}  # fmt: skip


# What has one obvious reading, or none, but is not how it is typed here: a pattern, and what to say.
_REFUSED = (
    (r"\d{4}-?[Qq]\d+", "quarters go from Q1 to Q4"),
    (r"\d{4}-?[Hh]\d+", "halves are H1 and H2"),
    (r"(\d{4})/(0[1-9]|1[0-2])", r"write \1-\2"),
    (r"(.+) (?:to|until|till|through|and|-|\u2013) (.+)", r"for a span write \1..\2"),
    (r"(\d{1,3})", r"which year? write \1 BC or AD \1"),
    (r"(?i)(?:\d{1,2} )?[a-z]{3,} \d{1,2},? \d{2}|\d{1,2} [a-z]{3,} \d{2}", "write the year with four digits"),
    (r"(?i).* \d+ ?BCE?", "before Christ only whole years are typed, like 44 BC; EDTF takes months: -0043-03"),
)


class WhenError(ValueError):
    """What is wrong with a typed date, and what to type instead."""


class Window(NamedTuple):
    """The days a question asks about: first and last ordinal, None where it is open, and what was typed."""

    first: int | None
    last: int | None
    typed: dict[str, str]

    @property
    def span(self) -> Span:
        """The days as a span."""
        return self.first, self.last

    def echo(self) -> dict[str, str | None]:
        """What was typed, and the days it came to as ISO 8601."""
        days = {"first": self.first, "last": self.last}
        return {**self.typed, **{name: None if day is None else iso_day(day) for name, day in days.items()}}


def window(since: str | None, until: str | None, within: str | None, today: Today) -> Window | None:
    """Resolve --since, --until and --in, all of which must hold, to one window; None when none is given.

    Raises WhenError, naming the option, for a date that is none and for a window without a day.
    """
    typed = {key: text for key, text in (("since", since), ("until", until), ("in", within)) if text is not None}
    if not typed:
        return None
    firsts, lasts = [], []
    for key, text in typed.items():
        first, last = _option(key, text, today)
        if key != "until" and first is not None:
            firsts.append(first)
        if key != "since" and last is not None:
            lasts.append(last)
    first, last = max(firsts, default=None), min(lasts, default=None)
    if first is not None and last is not None and first > last:
        asked = " ".join(f"--{key} {text}" for key, text in typed.items())
        raise WhenError(f"{asked}: no day is left ({iso_day(first)} is after {iso_day(last)})")
    return Window(first, last, typed)


def _option(key: str, text: str, today: Today) -> Span:
    try:
        first, last = span(text, today)
    except WhenError as fault:
        raise WhenError(f"--{key} {fault}") from None
    if key == "in" and re.fullmatch(_AGO, text.strip()):
        return first, ordinal(*today)
    missing = {"since": first is None and "first", "until": last is None and "last"}.get(key)
    if missing:
        raise WhenError(f"--{key} '{text}' has no {missing} day; write --in '{text}'")
    return first, last


def span(text: str, today: Today) -> Span:
    """Give the first and last day of a typed date; None on an open side. Raises WhenError."""
    typed = " ".join(text.split())
    if not typed:
        raise WhenError("'': a date is missing, like 2020, 2020-06, 'March 2020' or '500 BC'")
    if re.fullmatch(_PLAIN, typed):
        return _edtf(typed)
    left, dots, right = typed.partition("..")
    if dots and typed[0] not in "[{" and "/" not in typed:
        if ".." in right:
            raise WhenError(f"'{typed}' has more than one '..'; a span has two sides, like 2020..2021")
        return _between(typed, left.strip(), right.strip(), today)
    for read in (_relative, _period, _year, _named):
        found = read(typed, today)
        if found is not None:
            return found
    _refuse(typed)
    return _edtf(typed)


def _between(typed: str, left: str, right: str, today: Today) -> Span:
    if not left and not right:
        raise WhenError(f"'{typed}': a span needs a date on at least one side, like 2020..2021 or 2020..")
    first = span(left, today)[0] if left else None
    last = span(right, today)[1] if right else None
    if first is not None and last is not None and first > last:
        raise WhenError(f"'{typed}' ends before it begins; write {right}..{left}")
    return first, last


def _relative(typed: str, today: Today) -> Span | None:
    words = typed.casefold()
    now = ordinal(*today)
    if words in _DAYS:
        day = now + _DAYS[words]
        return day, day
    if match := re.fullmatch(_AGO, typed):
        day = _ago(int(match[1]), match[2][0].lower(), today, typed)
        return day, day
    if match := re.fullmatch(_RELATIVE, typed):
        return _calendar(match[2].lower(), back=match[1].lower() == "last", today=today)
    return None


def _ago(count: int, unit: str, today: Today, typed: str) -> int:
    from dateutil.relativedelta import relativedelta

    units = {"d": "days", "w": "weeks", "m": "months", "y": "years"}
    try:
        return (date(*today) - relativedelta(**{units[unit]: count})).toordinal()  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        raise WhenError(f"'{typed}' lies before the year 1; write a year, like '500 BC'") from None


def _calendar(unit: str, *, back: bool, today: Today) -> Span:
    """Give the week (Monday to Sunday), month or year that today lies in, or the one before."""
    day = date(*today)
    if unit == "week":
        monday = day - timedelta(days=day.weekday() + 7 * back)
        return monday.toordinal(), monday.toordinal() + 6
    if unit == "year":
        return _edtf(f"{day.year - back:04d}")
    month = day.year * 12 + day.month - 1 - back
    return _edtf(f"{month // 12:04d}-{month % 12 + 1:02d}")


def _period(typed: str, today: Today) -> Span | None:  # noqa: ARG001 - one signature for all readers
    if match := re.fullmatch(_QUARTER, typed):
        year, quarter = match[1] or match[4], int(match[2] or match[3])
        return _edtf(f"{year}-{32 + quarter}")
    if match := re.fullmatch(_HALF, typed):
        return _edtf(f"{match[1] or match[4]}-{39 + int(match[2] or match[3])}")
    if match := re.fullmatch(_DECADE, typed):
        if match[1].endswith("0"):
            decade, century = f"{match[1]}0..{match[1]}9", f"{match[1]}0..{match[1][:2]}99"
            raise WhenError(f"'{typed}' could be {decade} or {century}: write that")
        return _edtf(f"{match[1]}X")
    if (match := re.fullmatch(_CENTURY, typed)) and match[1] != "0":
        number = int(match[1]) - 1
        return _edtf(f"-{number:02d}XX" if match[2] else f"{number:02d}XX")
    return None


def _year(typed: str, today: Today) -> Span | None:
    if match := re.fullmatch(_BC, typed):
        number = int(match[1].replace(",", ""))
        if not number:
            raise WhenError(f"'{typed}': there is no year 0; 1 BC is followed by 1 AD")
        return ordinal(1 - number, 1, 1), ordinal(1 - number, 12, 31)
    if match := re.fullmatch(_AD, typed):
        return _edtf(f"{int(match[1] or match[2]):04d}") if int(match[1] or match[2]) else None
    if match := re.fullmatch(_ABOUT, typed):
        first, last = span(match[1], today)
        if first is None or last is None:
            return first, last
        (year, _, _), (later, _, _) = from_ordinal(first), from_ordinal(last)
        if (first, last) == (ordinal(year, 1, 1), ordinal(later, 12, 31)):
            return ordinal(year - 1, 1, 1), ordinal(later + 1, 12, 31)
        raise WhenError(f"'{typed}': only a year is typed as about; EDTF takes months and days: 2020-03~")
    return None


def _named(typed: str, today: Today) -> Span | None:  # noqa: ARG001
    """Read a date with the name of its month: "March 2020", "17 September 2024", "Sept. 17, 2024"."""
    match = re.fullmatch(_NAMED, re.sub(_HYPHENED, r"\1 \2 \3", typed))
    if match and (month := _month(match[2])):
        days = [day for day in (match[1], match[3]) if day]
        if len(days) > 1:
            raise WhenError(f"'{typed}' has two days; write it like '17 September 2024'")
        return _edtf(f"{match[4]}-{month:02d}" + "".join(f"-{int(day):02d}" for day in days))
    alone = re.fullmatch(_MONTH_ONLY, typed)
    word = match[2] if match else alone[1] if alone else None
    if not word:
        return None
    if _month(word):
        if len(re.findall(r"\d+", typed)) > 1:
            raise WhenError(f"'{typed}': write the year with four digits")
        raise WhenError(f"'{typed}': which year? write it like '{typed} 2020'")
    hint = did_you_mean(word.capitalize(), MONTHS, 1)
    if match or hint:
        raise WhenError(f"'{typed}': '{word}' is no month" + (f": {hint}" if hint else ""))
    return None


def _month(word: str) -> int | None:
    from dateutil.parser import parserinfo

    number = parserinfo().month(word.rstrip("."))
    return int(number) if number else None


def _refuse(typed: str) -> None:
    """Raise WhenError for what could mean two things."""
    if re.fullmatch(_NEGATIVE, typed) and not re.fullmatch(r"-(?!0000)\d{4}", typed):
        number = int(typed[1:19])
        example = f"-{number:04d} is {number + 1} BC" if number < 10000 else "-0500 is 501 BC"
        raise WhenError(f"'{typed}': which year is meant? write '{number} BC' (in EDTF, {example})")
    if match := re.fullmatch(_SLASHED, typed) or re.fullmatch(_HYPHENED_DIGITS, typed):
        raise WhenError(_slashed(typed, match))
    for pattern, said in _REFUSED:
        if match := re.fullmatch(pattern, typed):
            raise WhenError(f"'{typed}': {match.expand(said)}")
    if hint := did_you_mean(typed.casefold(), _WORDS, 1):
        raise WhenError(f"'{typed}' is no date: {hint}")
    if match := re.fullmatch(_YEARS, typed):
        first, last = match.groups()
        if len(last) == 4:
            raise WhenError(f"'{typed}': for a span write {first}..{last}")
        if int(last) in _SUB_YEAR:
            year = int(first)
            meant = _SUB_YEAR[int(last)].format(y=first, n=f"{year + 1:04d}")
            span_meant = f" or {first}..{first[:2]}{last}" if first[2:] < last <= "32" else ""
            raise WhenError(f"'{typed}' is an EDTF code for part of a year; write {first}-{meant}{span_meant}")


def _slashed(typed: str, match: re.Match[str]) -> str:
    one, two, three, month, year = match.groups()
    if year:
        return f"'{typed}': write {year}-{int(month):02d}"
    if len(one) == 4:
        return f"'{typed}': write it with hyphens: {one}-{int(two):02d}-{int(three):02d}"
    if len(three) != 4:
        return f"'{typed}': write the year with four digits, first: 2024-03-04"
    a, b = int(one), int(two)
    readings = [(day, month) for day, month in ((a, b), (b, a)) if 1 <= month <= 12 and 1 <= day <= 31]
    if not readings:
        return f"'{typed}' is no date: write it as year-month-day, 2024-03-04"
    written = [f"{three}-{m:02d}-{d:02d} ({d} {MONTHS[m - 1]})" for d, m in dict.fromkeys(readings)]
    if len(written) == 1:
        return f"'{typed}': write {written[0]}"
    return f"'{typed}' could be {' or '.join(written)}: write that"


def _edtf(typed: str) -> Span:
    try:
        return edtf.parse(typed).span
    except edtf.EdtfError as fault:
        raise WhenError(f"'{typed}': {fault.what}: {fault.why}") from None
