"""What is typed as a date and is none, or could be two: why, and what to type instead."""

import re

from mali_chrono.dates.days import MONTHS
from mali_chrono.errors import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_SLASHED = r"(\d{1,4})[/.](\d{1,2})[/.](\d{1,4})|(\d{1,2})[/.](\d{4})"
_HYPHENED_DIGITS = r"(\d{1,2})-(\d{1,2})-(\d{4})()()"
_NEGATIVE = r"-\d+"
_MONTH_ONLY = r"(?:\d{1,2} )?([^\W\d_]{3,})(?: \d{1,2})?"
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
    (r"(?i)(?:since|from|starting) (.+)", r"for a span write \1.."),
    (r"(?i)(?:until|till|by|up to) (.+)", r"for a span write ..\1"),
    (r"(.+) (?:and|-|\u2013) (.+)", r"for a span write \1..\2"),
    (r"(\d{1,3})", r"which year? write \1 BC or AD \1"),
    (r"(?i)(?:\d{1,2} )?[a-z]{3,} \d{1,2},? \d{2}|\d{1,2} [a-z]{3,} \d{2}", "write the year with four digits"),
    (r"(?i).* \d+ ?BCE?", "before Christ a year, a month or a day is typed, like 44 BC, March 44 BC"),
    (r"(?i).*'0?0'?s", "which century? write the years, like 2000..2009"),
)


class WhenError(ValueError):
    """What is wrong with a typed date, and what to type instead."""


def refuse(typed: str) -> None:
    """Raise WhenError for what could mean two things, or has another form here."""
    if re.fullmatch(_NEGATIVE, typed) and not re.fullmatch(r"-(?!0000)\d{4}", typed):
        number = int(typed[1:19])
        example = f"-{number:04d} is {number + 1} BC" if number < 10000 else "-0500 is 501 BC"
        raise WhenError(f"'{typed}': which year is meant? write '{number} BC' (in EDTF, {example})")
    if match := re.fullmatch(_SLASHED, typed) or re.fullmatch(_HYPHENED_DIGITS, typed):
        raise WhenError(_slashed(typed, match))
    for pattern, said in _REFUSED:
        if match := re.fullmatch(pattern, typed):
            raise WhenError(f"'{typed}': {match.expand(said)}")


def refuse_misspelt(typed: str, words: "Sequence[str]") -> None:
    """Raise WhenError for what is nearly one of some words."""
    if hint := did_you_mean(typed.casefold(), words, 1):
        raise WhenError(f"'{typed}' is no date: {hint}")


def refuse_years(typed: str, first: str, last: str) -> None:
    """Raise WhenError for two years like 2020-21 whose second one is an EDTF code, or after a dash a month."""
    code, meant = int(last), ""
    if 1 <= code <= 12:
        meant = f"{first}-{last}"
    elif code in _SUB_YEAR:
        meant = f"{first}-{_SUB_YEAR[code]}".format(y=first, n=f"{int(first) + 1:04d}")
    if meant:
        what = " is an EDTF code for part of a year" if code > 12 else " is not how a month is written"
        span = f" or {first}..{first[:2]}{last}" if first[2:] < last else ""
        raise WhenError(f"'{typed}'{what}; write {meant}{span}")


def refuse_decade(typed: str, hundreds: str, part: str = "") -> None:
    """Raise WhenError for "1900s" and "early 1900s", which are ten years, or a hundred."""
    spans = []
    for size in (10, 100):
        half, quarter = size // 2, size // 4
        shares = {"": (0, size), "e": (0, half), "m": (quarter, size - quarter), "l": (half, size)}
        begin, end = shares[part[:1].lower()]
        spans.append(f"{int(hundreds) * 100 + begin:04d}..{int(hundreds) * 100 + end - 1:04d}")
    raise WhenError(f"'{typed}' could be {' or '.join(spans)}: write that")


def refuse_month(typed: str, named: "re.Match[str] | None", *, is_month: bool) -> None:
    """Raise WhenError for a month without its year, or misspelt; `named` has the word that stands for it second."""
    alone = re.fullmatch(_MONTH_ONLY, typed)
    word = named[2] if named else alone[1] if alone else None
    if not word:
        return
    if is_month:
        if len(re.findall(r"\d+", typed)) > 1:
            raise WhenError(f"'{typed}': write the year with four digits")
        raise WhenError(f"'{typed}': which year? write it like '{typed} 2020'")
    hint = did_you_mean(word.capitalize(), MONTHS, 1)
    if named or hint:
        raise WhenError(f"'{typed}': '{word}' is no month" + (f": {hint}" if hint else ""))


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
    return (
        f"'{typed}' could be {' or '.join(written)}: write that"
        if len(written) > 1
        else f"'{typed}': write {written[0]}"
    )


def refuse_any_year(typed: str) -> None:
    """Refuse a day or a month of no year, which is in every one. Raises WhenError."""
    if re.fullmatch(r"XXXX-[0-9X]{2}(?:-[0-9X]{2})?", typed):
        raise WhenError(f"'{typed}' is in every year; a day of any year is --in's, like --in XXXX-03-22")
