"""How dates are printed, and how they are read: the table of CURATING.md, one for people and for the code.

Documents are read by it (`evidence/phrases.py`), and what people type as dates (`typed.py`).

Each row has the words, what is written for them, a pattern, and what it means as two ends. An end is a span of days
as precise as it is printed: "late 2012" begins in September 2012 and ends in December 2012, a month each. Rows higher
up are tried first. Patterns meet normalised text (`markup.normalise`), where every dash is a hyphen.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from mali_chrono.dates import calendarphrases
from mali_chrono.dates.days import MONTHS, month_length, ordinal

Days = tuple[int, int]
Ends = tuple[Days, Days]
Match = re.Match[str]
# What a row means, given a year from the context where it prints none.
Read = Callable[[Match, int], Ends | None]


class Row(NamedTuple):
    """One row: the words as printed, the EDTF written for them, the pattern, its meaning.

    A text that holds none of `needs`, in small letters, cannot match: most texts are told apart by it.
    """

    printed: str
    written: str
    pattern: re.Pattern[str]
    read: Read
    needs: tuple[str, ...]


def day(year: int, month: int, number: int) -> Days | None:
    """A day; None for one the calendar lacks."""
    if not 1 <= number <= month_length(year, month):
        return None
    only = ordinal(year, month, number)
    return only, only


def month(year: int, number: int) -> Days:
    """A month."""
    return ordinal(year, number, 1), ordinal(year, number, month_length(year, number))


def year(first: int, last: int | None = None) -> Days:
    """A year, or several as one unit."""
    return ordinal(first, 1, 1), ordinal(first if last is None else last, 12, 31)


def both(unit: Days | None) -> Ends | None:
    """One unit is its own beginning and end."""
    return unit and (unit, unit)


_NAMES = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
_NUMBER = {name[:3]: number for name, number in _NAMES.items()}
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth", "twenty-first",
)  # fmt: skip
_COUNT = {"three": 3, "six": 6, "nine": 9, "two": 2, "four": 4}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}

_FULL = "|".join(MONTHS)
_MONTH = rf"(?P<month>{_FULL}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)(?![a-z])\.?)"
_LAST = rf"(?P<last_month>{_FULL})"
_DAY = r"(?<![\d,.$-])(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?![\d%]|,\d{3})"
_DAY_2 = r"(?P<last>[0-3]?\d)(?:st|nd|rd|th)?(?![\d%]|,\d{3})"
_YEAR = r"(?P<year>[12]\d{3})(?![\d%]|,\d{3}|\.\d)"
_OF = r"(?:,? (?:of )?(?:the year )?|, )"
_TO = r" ?(?:-|to|and|or|until|through|/) ?"
_PART = r"(?P<part>early|beginning of|start of|mid|middle of|late|end of)(?: |-)(?:the )?"
# A number that is no year: an amount, a designation, or a count of things.
_NO_YEAR_BEFORE = r"(?<![\w$€£.,#])(?<![A-Za-z]-)(?<!Resolution )(?<!resolution )(?<!No\. )(?<!Article )(?<!number )"
_THINGS = "people|soldiers|troops|men|fighters|civilians|militants|refugees|villages|schools|members|km|kilomet|miles"
_NO_YEAR_AFTER = rf"(?! (?:{_THINGS})|-(?:troop|strong|man|member))"
# A month's name alone is one after these words; elsewhere it may be a verb or a name ("the March Revolution").
_LEADS = ("in", "since", "until", "till", "by", "from", "to", "through", "between", "during", "after", "before",
          "that", "of", "early", "late", "mid", "last", "and")  # fmt: skip
_LED = "(?=[A-Z])(?:" + "|".join(f"(?<=\\b{word}[ -])|(?<=\\b{word.capitalize()}[ -])" for word in _LEADS) + ")"


_STEMS = tuple(name[:3].lower() for name in MONTHS)
_PARTS = ("early", "beginning of", "start of", "mid", "late", "end of")


def _m(match: Match, group: str = "month") -> int:
    return _NUMBER[match[group][:3].lower()]


def _y(match: Match, default: int) -> int:
    printed = match.groupdict().get("year")
    return int(printed) if printed else default


def _third(part: str) -> int:
    """0 for early, 1 for the middle, 2 for late."""
    return 1 if part.startswith("mid") else 2 if part.startswith(("late", "end")) else 0


def _of_month(y: int, m: int, part: str) -> Ends | None:
    end = month_length(y, m)
    first, last = ((1, 10), (10, 20), (15, end))[_third(part)]
    return _ends(day(y, m, first), day(y, m, last))


def _of_year(y: int, part: str) -> Ends:
    first, last = ((1, 4), (5, 8), (9, 12))[_third(part)]
    return month(y, first), month(y, last)


def _of_years(first: int, last: int, part: str | None) -> Ends | None:
    """A decade, century or millennium, or its first, middle or second half."""
    if not part:
        return both(year(first, last))
    half, quarter = (last - first + 1) // 2, (last - first + 1) // 4
    a, b = ((first, first + half - 1), (first + quarter, last - quarter), (first + half, last))[_third(part)]
    return year(a), year(b)


def _ends(first: Days | None, last: Days | None) -> Ends | None:
    return (first, last) if first and last and first[0] <= last[1] else None


def _days(match: Match, default: int) -> Ends | None:
    y, m = _y(match, default), _m(match)
    return _ends(day(y, m, int(match["day"])), day(y, m, int(match["last"])))


def _week(match: Match, default: int) -> Ends | None:
    y, m = _y(match, default), _m(match)
    end = month_length(y, m)
    first = end - 6 if match["nth"] == "last" else 7 * _ORDINALS.index(match["nth"]) + 1
    return _ends(day(y, m, first), day(y, m, min(first + 6, end)))


def _half_month(match: Match, default: int) -> Ends | None:
    y, m = _y(match, default), _m(match)
    first, last = (1, 15) if match["nth"].lower() == "first" else (16, month_length(y, m))
    return _ends(day(y, m, first), day(y, m, last))


def _fraction(match: Match, default: int) -> Ends | None:
    y = _y(match, default)
    length = {"half": 6, "quarter": 3}[match["unit"]]
    first = length * (12 // length - 1 if match["nth"].lower() == "last" else _ORDINALS.index(match["nth"].lower())) + 1
    if first + length > 13:
        return None
    return both((month(y, first)[0], month(y, first + length - 1)[1]))


def _first_months(match: Match, default: int) -> Ends | None:
    y, length = _y(match, default), _COUNT[match["count"]]
    if length in (3, 6):
        return both((month(y, 1)[0], month(y, length)[1]))
    return month(y, 1), month(y, length)


def _season(match: Match, default: int) -> Ends | None:
    y, first = _y(match, default), _SEASONS[match["season"].lower()]
    last_year, last = (y, first + 2) if first < 12 else (y + 1, 2)
    return both((month(y, first)[0], month(last_year, last)[1]))


def _nth(text: str) -> int:
    return _ORDINALS.index(text.lower()) + 1 if text.lower() in _ORDINALS else int(re.sub(r"\D", "", text))


def _age(match: Match, default: int) -> Ends | None:  # noqa: ARG001 - a century has its own year
    size = 100 if match["unit"] == "century" else 1000
    n = _nth(match["nth"])
    if not n:
        return None
    if match["era"]:
        return _age_before_christ(1 - size * n, -size * (n - 1), match["part"])
    return _of_years(size * (n - 1), size * n - 1, match["part"])


def _age_before_christ(first: int, last: int, part: str | None) -> Ends | None:
    """EDTF writes no century before Christ as one unit, so its ends are years."""
    ends = _of_years(first, last, part)
    return ends if part else (year(first), year(last))


def _decade(match: Match, default: int) -> Ends | None:  # noqa: ARG001
    first = int(match["decade"]) if len(match["decade"]) == 4 else 1900 + int(match["decade"])
    size = 100 if first % 100 == 0 and match["part"] is None and first < 2000 else 10
    return _of_years(first, first + size - 1, match["part"])


def _years(match: Match, default: int) -> Ends | None:  # noqa: ARG001
    first, last = int(match["year"]), match["end"]
    full = int(last) if len(last) == 4 else first - first % 100 + int(last)
    return _ends(year(first), year(full))


def _bc(match: Match, default: int) -> Ends | None:  # noqa: ARG001
    return both(year(1 - int(match["bc"].replace(",", ""))))


def _row(printed: str, written: str, pattern: str, read: Read, needs: tuple[str, ...] = ("",)) -> Row:
    return Row(printed, written, re.compile(pattern), read, needs)


# fmt: off
TABLE: tuple[Row, ...] = (
    *(_row(*row) for row in calendarphrases.ROWS),
    _row("2015-03-07", "2015-03-07", r"(?<![\w-])(?P<year>[12]\d{3})-(?P<m>[01]\d)-(?P<day>[0-3]\d)"
         r"(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?(?![\w-])",
         lambda f, _: both(day(int(f["year"]), int(f["m"]), int(f["day"]))) if 1 <= int(f["m"]) <= 12 else None,
         ("-0", "-1")),
    # Before Christ, centuries, decades
    _row("10,000 BC; about 9,400 BC", "-9999; -9399~",
         r"(?<![\w,.])(?P<bc>\d{1,2},\d{3}|\d{1,5}) ?(?:BCE?|B\.C\.)(?!\w)", _bc, ("bc", "b.c.")),
    _row("900 AD", "0900", r"(?<![\w,.])(?:(?:AD|CE) (?P<ad>\d{1,4})(?!\d)|(?P<ad_>\d{1,4}) (?:AD|CE|A\.D\.)(?!\w))",
         lambda f, _: both(year(int(f["ad"] or f["ad_"]))), ("ad", "ce", "a.d.")),
    _row("the 14th century; late 14th century; 6th century BC; first millennium BC",
         '13XX; "[1350..1399]"; "[-0599..-0500]"; "[-0999..0000]"',
         rf"(?i)(?:(?P<part>early|mid|late)[ -])?(?<!\w)(?P<nth>\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(_ORDINALS)})[ -]"
         r"(?P<unit>century|millennium)(?P<era> BCE?(?!\w)| B\.C\.)?", _age, ("century", "millennium")),
    _row("the 1680s; late 1980s; the late '90s", '168X; "[1985..1989]"; "[1995..1999]"',
         r"(?i)(?:(?P<part>early|mid|late)[ -](?:the )?)?(?<![\w$€£.,-])'?(?P<decade>[12]\d{2}0|(?<=')\d0)'?s(?!\w)",
         _decade, ("0s", "0's")),
    # Parts of a month
    _row("first week of October 2019", '"[2019-10-01..2019-10-07]"',
         rf"(?P<nth>first|second|third|fourth|last) week (?:of|in) {_MONTH}(?:{_OF}{_YEAR})?",
         _week, ("week of", "week in")),
    _row("first half of March 2020", '"[2020-03-01..2020-03-15]"',
         rf"(?i)(?P<nth>first|second) half of {_MONTH}(?:{_OF}{_YEAR})?", _half_month, ("half of",)),
    _row("early, mid-, end of March 2020", "days 1-10, 10-20, 15-last, as a set",
         rf"(?i)(?<!\w){_PART}{_MONTH}(?:{_OF}{_YEAR})?(?! ?\d)",
         lambda f, y: _of_month(_y(f, y), _m(f), f["part"].lower()), _STEMS),
    # Days
    _row("July 25-27, 2024; August 17 and 21", "2024-07-25/2024-07-27",
         rf"(?<!\w){_MONTH} {_DAY}{_TO}{_DAY_2}(?!\d)(?:,? {_YEAR})?", _days, _STEMS),
    _row("25-27 July 2024; 10 to 13 June", "2024-07-25/2024-07-27",
         rf"{_DAY}{_TO}{_DAY_2} {_MONTH}(?:,? {_YEAR})?(?!\w)", _days, _STEMS),
    _row("March 7, 2015; April 3", "2015-03-07", rf"(?<!\w){_MONTH} {_DAY}(?:,? {_YEAR})?",
         lambda f, y: both(day(_y(f, y), _m(f), int(f["day"]))), _STEMS),
    _row("7 March 2015; 3 April", "2015-03-07", rf"{_DAY} (?:of )?{_MONTH}(?:,? {_YEAR})?(?![a-z])",
         lambda f, y: both(day(_y(f, y), _m(f), int(f["day"]))), _STEMS),
    # Months
    _row("January/February 2015", '"[2015-01..2015-02]"', rf"(?<!\w){_MONTH} ?/ ?{_LAST}(?:{_OF}{_YEAR})?(?!\w)",
         lambda f, y: _ends(month(_y(f, y), _m(f)), month(_y(f, y), _m(f, "last_month"))), _STEMS),
    _row("March 2017; July of 2012", "2017-03", rf"(?<!\w){_MONTH}{_OF}{_YEAR}",
         lambda f, y: both(month(_y(f, y), _m(f))), _STEMS),
    _row("November of the same year", "2015-11", rf"(?<!\w){_MONTH} of (?:that|the same) year",
         lambda f, y: both(month(y, _m(f))), ("same year", "that year")),
    _row("March and April", "2020-03, 2020-04", rf"(?<!\w){_MONTH}(?= and (?:{_FULL})(?! \d))",
         lambda f, y: both(month(y, _m(f))), _STEMS),
    _row("in March; that March", "2012-03", rf"{_LED}(?P<month>{_FULL})(?! ?\d|\w| Revolution)",
         lambda f, y: both(month(y, _m(f))), _STEMS),
    # Parts of a year
    _row("the first half of 2018; the first quarter of 2022", "2018-40; 2022-33",
         rf"(?i)(?P<nth>first|second|third|fourth|last) (?P<unit>half|quarter) of (?:{_YEAR}|(?:that|the) year)",
         _fraction, ("half of", "quarter of")),
    _row("the first six months of 2019", "2019-40",
         rf"first (?P<count>{'|'.join(_COUNT)}) months of {_YEAR}", _first_months, ("months of",)),
    _row("summer 2020", "2020-22",
         rf"(?i)(?<!\w)(?P<season>{'|'.join(_SEASONS)})(?: of|,)? {_YEAR}", _season, tuple(_SEASONS)),
    _row("early 2019; mid-2014; late 2012; the end of the year",
         '"[2019-01..2019-04]"; "[2014-05..2014-08]"; "[2012-09..2012-12]"',
         rf"(?i)(?<!\w){_PART}(?:{_YEAR}|(?:that |the )?year(?!\w))",
         lambda f, y: _of_year(_y(f, y), f["part"].lower()), _PARTS),
    # Years
    _row("1738-1756; 2015-23", "1738/1756",
         r"(?<![\w$€£.,#-])(?P<year>[12]\d{3}) ?- ?(?P<end>[12]\d{3}|\d{2})(?![\w%/]|,\d{3})", _years, ("-",)),
    _row("2022/23", '"[2022..2023]"',
         r"(?<![\w$€£.,#])(?P<year>[12]\d{3})/(?P<end>\d{4}|\d{2})(?!\d)", _years, ("/",)),
    _row("in 2012; 2013 election; c. 1312", "2012", rf"{_NO_YEAR_BEFORE}{_YEAR}(?!\w){_NO_YEAR_AFTER}",
         lambda f, _: both(year(int(f["year"])))),
)
# fmt: on

_SPELLED = re.compile(rf"\b(?:{'|'.join(_NAMES)}|{'|'.join(_NUMBER)}|sept)\b")


def read_whole(text: str) -> Ends | None:
    """What a text means that is one row's words and nothing else, in any case; None where no year is among them."""
    words = re.sub("[\u2010-\u2015]", "-", text.casefold())
    words = _SPELLED.sub(lambda name: name[0].capitalize(), words)
    for row in TABLE:
        match = row.pattern.fullmatch(words)
        if match and not is_yearless(match) and not {"leap", "d_"} & match.groupdict().keys():  # a slip, two days
            return row.read(match, 0)
    return None


def is_yearless(match: Match) -> bool:
    """Whether the words of a row leave the year to what stands around them."""
    groups = match.groupdict()
    return groups["year"] is None if "year" in groups else "month" in groups and "bc" not in groups
