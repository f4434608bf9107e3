"""The dates people type, as spans of days. Nothing is ever completed from today's date: a year is its whole year.

`2020`, `2020-06`, `2020-06-15`, `2020-Q2`, `2020-H1`, `1990s`, `14th century`, `March 2020`, `17 September 2024`,
`500 BC`, `c. 1312`, any EDTF but season codes; parts of a month, a year or more as the table of CURATING.md reads them
(`early 2019`, `summer 2020`, `first week of October 2019`); what counts from today (`relative.py`); and spans: `A..B`
with either side left open, `between A and B`, `from A to B`, `1914-18`. What could mean two things is refused.
"""

import contextlib
import re

from mali_chrono.dates.days import Today, from_ordinal, month_length, ordinal
from mali_chrono.dates.refusals import (
    WhenError,
    refuse,
    refuse_any_year,
    refuse_decade,
    refuse_misspelt,
    refuse_month,
    refuse_years,
)
from mali_chrono.dates.spans import Span

__all__ = ["WhenError", "span", "spans"]

# Most typed dates are plain years, months or days and need none of these patterns, so they are texts; nor the modules
# that read all others, so those are imported where they are called.
_QUARTER = r"(\d{4})[- ]?[Qq]([1-4])|[Qq]([1-4])[ -](\d{4})"
_HALF = r"(\d{4})[- ]?[Hh]([12])|[Hh]([12])[ -](\d{4})"
_DECADE = r"(\d{3})0'?s"
_HUNDREDS = r"(?i)(early|mid|late)[ -](?:the )?(\d{2})00'?s"
_CENTURY = r"(?i)(\d{1,3})(?:st|nd|rd|th) (century|c\.?|millennium)( BCE?)?"
_BC = r"(?i)(\d{1,3}(?:,\d{3})+|\d{1,15}) ?(?:BCE?|B\.C\.(?:E\.)?)"
_AD = r"(?i)(?:AD|A\.D\.) ?(\d{1,4})|(\d{1,4}) ?(?:AD|CE|A\.D\.)"
_ABOUT = r"(?i)(?:c\.|ca\.?|circa|about|around|~) ?(.+)"
_NAMED = r"(?:(\d{1,2})(?:st|nd|rd|th)? )?([^\W\d_]{3,}\.?)(?: (\d{1,2})(?:st|nd|rd|th)?,?)?,? (\d{4})"
_HYPHENED = r"(\d{1,2})-([^\W\d_]{3,})-(\d{4})"
_WORD = r"[^\W\d_]{3,}"
_YEARS = r"(\d{4}) ?[-\u2013] ?(\d{4}|\d{2})"
_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+"
_FROM_TO = (
    r"(?i)between (.+) and (.+)",
    r"(?i)(?!up to )(?:from )?(.+?) (?:to|until|till|through|-|\u2013|\u2014) (.+)",
    rf"(?i)({_NUMBER}) ?[-\u2013] ?((?:{_NUMBER}) ?(?:BCE?|B\.C\..*))",
)
_MONTHS = rf"((?:\d{{1,2}} )?({_WORD})(?: \d{{1,2}})?(?:,? \d{{4}})?) ?[-\u2013] ?((?:\d{{1,2}} )?({_WORD}).+)"
_EXAMPLES = "2020, 2020-06, 'March 2020', 'early 2019', '500 BC' or 2020..2021"


def spans(text: str, today: Today) -> tuple[Span, ...]:
    """The days of a typed date, in order and without the gaps of a set. Raises WhenError."""
    typed = " ".join(text.split())
    refuse_any_year(typed)
    if typed[:1] in ("[", "{") or "X" in typed:
        from mali_chrono.dates import edtf
        from mali_chrono.dates.runs import runs
        from mali_chrono.dates.units import read_key

        if read_key(typed) is None:
            with contextlib.suppress(edtf.EdtfError):
                return tuple(run.span for run in runs(edtf.parse(typed)))
    return (span(typed, today),)


def span(text: str, today: Today) -> Span:
    """Give the first and last day of a typed date; None on an open side. Raises WhenError."""
    typed = " ".join(text.split())
    if not typed:
        raise WhenError("'': a date is missing, like 2020, 2020-06, 'March 2020' or '500 BC'")
    return _plain(typed) or _any(typed, today)


def _plain(typed: str) -> Span | None:
    """Read 2020, 2020-06, 2020-06-15; None for what is none of them, or no day."""
    parts = typed.split("-")
    if not (typed.isascii() and all(map(str.isdecimal, parts)) and [*map(len, parts)] == [4, 2, 2][: len(parts)]):
        return None
    year, *rest = map(int, parts)
    first, last = rest[:1] * 2 or (1, 12)
    if not 1 <= last <= 12:
        return None
    begin, end = rest[1:] * 2 or (1, month_length(year, last))
    return (ordinal(year, first, begin), ordinal(year, last, end)) if 1 <= end <= month_length(year, last) else None


def _any(typed: str, today: Today) -> Span:
    from mali_chrono.dates.relative import WORDS, read_relative
    from mali_chrono.dates.units import read_key

    refuse_any_year(typed)
    if re.fullmatch(r"\d{4}-(?:0[1-9]|1[0-2])-\d\d", typed):  # no day of the calendar
        return _edtf(typed)
    left, dots, right = typed.partition("..")
    if dots and typed[0] not in "[{" and "/" not in typed:
        if ".." in right:
            raise WhenError(f"'{typed}' has more than one '..'; a span has two sides, like 2020..2021")
        return _between(typed, left.strip(), right.strip(), today)
    if days := read_key(typed):
        return days
    typed = re.sub(r"(?i)^the (?=.)", "", typed)
    for read in (_years, _from_to, read_relative, _period, _year, _named, _part, _months):
        found = read(typed, today)
        if found is not None:
            return found
    named = re.fullmatch(_NAMED, typed)
    if not named and not re.search(r"\d{4}", typed) and _part(f"{typed} 2020", today):
        raise WhenError(f"'{typed}': which year? write it like '{typed} 2020'")
    words = re.search(_WORD, typed)
    refuse(typed)
    refuse_month(typed, named, is_month=bool(words and _month(words[0])))
    refuse_misspelt(typed, WORDS)
    return _edtf(typed)


def _between(typed: str, left: str, right: str, today: Today) -> Span:
    if not left and not right:
        raise WhenError(f"'{typed}': a span needs a date on at least one side, like 2020..2021 or 2020..")
    first = span(left, today)[0] if left else None
    last = span(right, today)[1] if right else None
    if first is not None and last is not None and first > last:
        raise WhenError(f"'{typed}' ends before it begins; write {right}..{left}")
    return first, last


def _from_to(typed: str, today: Today) -> Span | None:
    """Read "between A and B", "from A to B", "900-501 BC"."""
    for pattern in _FROM_TO:
        if match := re.fullmatch(pattern, typed):
            if any(re.fullmatch(again, match[2]) for again in _FROM_TO):
                raise WhenError(f"'{typed}' has more than two sides; write one span, like 2020..2021")
            return _sides(typed, match[1], match[2], today)
    return None


def _months(typed: str, today: Today) -> Span | None:
    """Read "March-May 2020", "28 Jul-3 Aug 2024"."""
    match = re.fullmatch(_MONTHS, typed)
    if match and _month(match[2]) and _month(match[4]):
        return _sides(typed, match[1], match[3], today)
    return None


def _sides(typed: str, left: str, right: str, today: Today) -> Span:
    """Read a span of which the left side may leave to the right one what they share: "17 and 21 August 2021"."""
    if re.fullmatch(_NUMBER, left) and re.fullmatch(_BC, right):
        return _between(typed, f"{left} BC", right, today)
    words = right.split()
    lent = [f"{left} {' '.join(words[i:])}" for i in range(1, len(words))] if re.search(r"\d{4}$", right) else []
    for begin in (left, *lent):
        with contextlib.suppress(WhenError):
            first, last = span(begin, today)[0], span(right, today)[1]
            if begin != left and first is not None and last is not None and first > last:
                break
            return _between(typed, begin, right, today)
    else:
        return _between(typed, left, right, today)
    raise WhenError(f"'{typed}' ends before it begins; write the year of '{left}' too")


def _period(typed: str, today: Today) -> Span | None:  # noqa: ARG001 - one signature for all readers
    if match := re.fullmatch(_QUARTER, typed):
        year, quarter = match[1] or match[4], int(match[2] or match[3])
        return _edtf(f"{year}-{32 + quarter}")
    if match := re.fullmatch(_HALF, typed):
        return _edtf(f"{match[1] or match[4]}-{39 + int(match[2] or match[3])}")
    if match := re.fullmatch(_HUNDREDS, typed):
        refuse_decade(typed, match[2], match[1])
    if match := re.fullmatch(_DECADE, typed):
        if match[1].endswith("0"):
            refuse_decade(typed, match[1][:2])
        return _edtf(f"{match[1]}X")
    if (match := re.fullmatch(_CENTURY, typed)) and match[1] != "0":
        return _hundreds(int(match[1]), 10 if match[2].lower().startswith("m") else 1, before=bool(match[3]))
    return None


def _hundreds(number: int, centuries: int, *, before: bool) -> Span:
    """A century, or a millennium of ten, as people count them: the 1st ends with the year 1 BC, or begins with 1 AD."""
    size = 100 * centuries
    if before:
        return ordinal(1 - number * size, 1, 1), ordinal(-(number - 1) * size, 12, 31)
    return ordinal(max((number - 1) * size, 1), 1, 1), ordinal(number * size - 1, 12, 31)


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
    month = _month(match[2]) if match else None
    if not match or not month:
        return None
    days = [day for day in (match[1], match[3]) if day]
    if len(days) > 1:
        raise WhenError(f"'{typed}' has two days; write it like '17 September 2024'")
    return _edtf(f"{match[4]}-{month:02d}" + "".join(f"-{int(day):02d}" for day in days))


def _month(word: str) -> int | None:
    from dateutil.parser import parserinfo

    number = parserinfo().month(word.rstrip("."))
    return int(number) if number else None


def _years(typed: str, today: Today) -> Span | None:
    """Read "1914-1918", "1914-18"; "1914-12" is a month, and 2020-21 could be a code of EDTF."""
    match = re.fullmatch(_YEARS, typed)
    if match is None:
        return None
    first, last = match.groups()
    if len(last) == 2:
        refuse_years(typed, first, last)
        if last <= first[2:]:
            return None
        last = first[:2] + last
    return _between(typed, first, last, today)


def _part(typed: str, today: Today) -> Span | None:  # noqa: ARG001
    """Read a part of a month, a year, or more, as the table of CURATING.md reads it in a document."""
    from mali_chrono.dates.phrasetable import read_whole

    ends = None if re.search(r"\d{4}/(?:0[1-9]|1[0-2])$|00'?s$", typed) else read_whole(typed)
    if ends is None:
        return None
    (first, _), (_, last) = ends
    before_christ = re.search(r"(?i)B\.?C", typed)
    return (first if before_christ else max(first, ordinal(1, 1, 1))), last


def _edtf(typed: str) -> Span:
    from mali_chrono.dates import edtf

    try:
        return edtf.parse(typed).span
    except edtf.EdtfError as fault:
        if fault.what == "a space":
            raise WhenError(f"'{typed}' is no date that is read here; write it like {_EXAMPLES}") from None
        raise WhenError(f"'{typed}': {fault.what}: {fault.why}") from None
