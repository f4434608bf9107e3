"""EDTF text <-> value: levels 0, 1 and 2 of the Library of Congress specification of 2019-02-04.

`parse` turns text into a frozen `Date`; `str` of it is the canonical text. Span are proleptic Gregorian ordinals,
counted like `datetime.date.toordinal` and on through year 0 (1 BC) and below. Nothing is completed to a day.

Where the specification is silent:

- Seasons 21-28 are northern and meteorological: spring is March to May, the winter of 2010 is December 2010 to
  February 2011. 29-32 are southern.
- `~` and `%` widen by one unit of the finest approximate part on each side: 1312~ is 1311 to 1313, 2004-~06-11
  is 11 May to 11 July, 168X~ is 1670 to 1699. `?` doubts the source, which is no number of days: it never widens.
- The ends of an interval may overlap (2004-06-11/2004-06); it is reversed when its start lies wholly after its end.
- Years beyond four digits and seasons may be ends of intervals and members of sets. Years have at most 16 digits,
  so that every ordinal fits in 64 bits.
"""

import re
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from mali_chrono.dates.days import MONTHS, month_length, moved, ordinal
from mali_chrono.dates.spans import FAR, Span

Range = tuple["Part | None", "Part | None"]

_MAX_DIGITS = 16

# Sub-year groupings (L1 Seasons, L2 Sub-year groupings): code -> first month, number of months, name of the unit.
_SEASONS = (
    {21 + i: (3 + 3 * (i % 4), 3, "season") for i in range(8)}
    | {29 + i: ((9, 12, 3, 6)[i], 3, "season") for i in range(4)}
    | {33 + i: (1 + 3 * i, 3, "quarter") for i in range(4)}
    | {37 + i: (1 + 4 * i, 4, "quadrimester") for i in range(3)}
    | {40: (1, 6, "half"), 41: (7, 6, "half")}
)
_UNITS = {0: "day", 1: "month", 12: "year", 120: "decade", 1200: "century", 12000: "millennium"}
_UNITS |= {12 * 10**zeros: f"{10**zeros} years" for zeros in range(4, _MAX_DIGITS + 1)}
_BITS = {None: 0, "": 0, "?": 1, "~": 2, "%": 3}
_SYMBOLS = ("", "?", "~", "%")

_Q = "([?~%]?)"
# Strings: re compiles and keeps them at the first date, so that importing this module costs nothing.
DATE = rf"{_Q}((?!-0000)-?[0-9X]{{4}}){_Q}(?:-{_Q}([0-9X]{{2}}){_Q}(?:-{_Q}([0-9X]{{2}}){_Q})?)?"
TIME = (
    "(-?[0-9]{4}-[0-9]{2}-[0-9]{2})T(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]|24:00:00)"
    "(?:Z|(?!-00(?::00)?$)[+-](?:(?:0[0-9]|1[0-3])(?::[0-5][0-9])?|14(?::00)?))?"
)
YEAR = "(?:(Y-?)([1-9][0-9]*)(?:E([1-9][0-9]*))?|(?!-0000)(-?)([0-9]{4})(?=S))(?:S([1-9][0-9]*))?"


class EdtfError(ValueError):
    """What is wrong with a date: `text` as given, `column` (from 0) of the fault, `what` it is and `why` it is one."""

    def __init__(self, text: str, column: int, what: str, why: str) -> None:
        self.text, self.column, self.what, self.why = text, column, what, why
        shown = text if len(text) <= 60 else f"{text[max(0, column - 20) : column + 40]}..."
        super().__init__(f"{what} in {shown!r} (column {column + 1}): {why}")


class Part(NamedTuple):
    """One date of an EDTF expression, as a formatter needs it.

    - `text`: its canonical text; the digits of what is not wholly known, a time of day and S stand only here;
    - `year`: the year, or the first one that fits; `month`, `day`: None when absent or not wholly known;
    - `season`: the sub-year code 21-41, or 0;
    - `uncertain`, `approximate`: whether any component carries `?` or `~` (`%` is both);
    - `precision`: as in `Date`; `months`: the length of that unit in months, 0 for a day;
    - `first`, `last`: the days it may touch as written; `earliest`, `latest`: the same, widened by `~`.
    """

    text: str
    year: int
    month: int | None
    day: int | None
    season: int
    uncertain: bool
    approximate: bool
    precision: str
    months: int
    first: int
    last: int
    earliest: int
    latest: int

    def __str__(self) -> str:
        return self.text


class Date(NamedTuple):
    """A parsed EDTF expression. Equal when the canonical texts are; the order of a set's members counts.

    - `text`: the canonical text, also `str(date)`: qualifiers in their shortest form, exponents written out;
    - `kind`: "date", "interval", "one-of" or "all-of";
    - `ranges`: pairs of `Part`: (part, part) for a date and a single member of a set, (a, b) for `a/b` and `a..b`;
      None for an open or unknown end (`ongoing` tells `2012/..` from `1985/`);
    - `earliest`, `latest`: the days it may touch; None when open or unknown;
    - `core`: the days it surely covers, from its latest start to its earliest end, or None if no day is sure:
      date: its day, when it can be only one; None for a month or a year, which tell within what it happened;
      interval: `2015/2017` is (2015-12-31, 2017-01-01); `2012/..` goes on, so (2012-12-31, None); `../2012` is
      (None, 2012-01-01); an unknown end may be as near as the start: `1985/` None, `1985-04-12/` that one day;
      one-of: None, unless only one day remains; all-of: the longest unbroken run of days that are all named, since
      a pair must not claim the gaps; approximate: from the widened ends, so None for a single approximate date;
    - `span`: (earliest, latest), for matching and sorting, except that a one-of set open on one side counts by its
      known end: that of "[..2022-08]" is August 2022;
    - `precision`: "day" (also with a time of day), "month", "season", "quarter", "quadrimester", "half", "year",
      "decade", "century", "millennium", "10000 years" and on by tens; the coarsest among its parts. Unspecified and
      insignificant digits count as not known: 2004-XX is of "year", 156X-12-25 of "decade", 1950S2 of "century";
    - `uncertain`, `approximate`: whether any part carries `?` or `~` (`%` is both).
    """

    text: str
    kind: str
    ranges: tuple[Range, ...]
    earliest: int | None
    latest: int | None
    core: Span | None
    span: Span
    precision: str
    uncertain: bool
    approximate: bool

    @property
    def ongoing(self) -> bool:
        """Whether it is an interval that goes on: `2012/..`."""
        return self.text.endswith("/..")

    def __str__(self) -> str:
        return self.text


def parse(text: str) -> Date:
    """Read an EDTF expression of level 0, 1 or 2; raise EdtfError, and nothing else, for any other text."""
    if text.startswith(("[", "{")):
        return _set(text)
    if "/" in text:
        return _interval(text)
    part = _part(text, 0, len(text), times=True)
    span = (part.earliest, part.latest)
    return _date(part.text, "date", ((part, part),), (span, span if span[0] == span[1] else None, span))


def _date(text: str, kind: str, ranges: tuple[Range, ...], days: tuple[Span, Span | None, Span]) -> Date:
    """Put a Date together from its parts and its (bounds, core, span); precision and qualifiers are its parts'."""
    parts = [part for pair in ranges for part in pair if part]
    precision = max(parts, key=lambda part: part.months).precision
    uncertain, approximate = any(part.uncertain for part in parts), any(part.approximate for part in parts)
    return Date(text, kind, ranges, *days[0], days[1], days[2], precision, uncertain, approximate)


def _interval(text: str) -> Date:
    """Read `start/end` (L0 Time Interval, L1 Extended Interval, L2 Interval)."""
    left, _, right = text.partition("/")
    slash = len(left)
    if "/" in right:
        why = "an interval has two ends; a date has hyphens, as 2012-03-22"
        raise EdtfError(text, text.index("/", slash + 1), "a second '/'", why)
    start = None if left in ("", "..") else _part(text, 0, slash)
    end = None if right in ("", "..") else _part(text, slash + 1, len(text))
    if start is None and end is None:
        raise EdtfError(text, 0, "no date", "an interval needs at least one known end")
    if start and end and start.first > end.last:
        raise EdtfError(text, slash + 1, "an end before the start", f"write it the other way round: {end}/{start}")
    bounds = (start.earliest if start else None, end.latest if end else None)
    # Each end bounds the other: nothing ends before it can have started.
    begun = None if left == ".." else min(p.latest for p in (start, end) if p)
    ended = None if right == ".." else max(p.earliest for p in (start, end) if p)
    core = (begun, ended) if begun is None or ended is None or begun <= ended else None
    return _date(f"{start or left}/{end or right}", "interval", ((start, end),), (bounds, core, bounds))


def _set(text: str) -> Date:
    """Read `[one,of]` or `{all,of}` a set (L2 Set representation)."""
    kind, close = ("one-of", "]") if text[0] == "[" else ("all-of", "}")
    if text[-1] != close or len(text) < 2:
        raise EdtfError(text, len(text) - 1, "no end", f"a set that begins with {text[0]} ends with {close}")
    items = text[1:-1].split(",")
    ranges: list[Range] = []
    at = 1
    for i, item in enumerate(items):
        ranges.append(_member(text, at, at + len(item), is_first=i == 0, is_last=i == len(items) - 1))
        at += len(item) + 1
    pairs = tuple(ranges)
    if len(pairs) == 1 and pairs[0][0] is pairs[0][1]:
        raise EdtfError(text, 0, "a set of one", f"write the date alone: {pairs[0][0]}")
    names = [str(a) if a is b else f"{a or ''}..{b or ''}" for a, b in pairs]
    low = None if pairs[0][0] is None else min(a.earliest for a, _ in pairs if a)
    high = None if pairs[-1][1] is None else max(b.latest for _, b in pairs if b)
    span: Span = (low, high)
    core: Span | None = _longest_run(pairs)
    if kind == "one-of":
        parts = [part for pair in pairs for part in pair if part]
        span = (min(part.earliest for part in parts), max(part.latest for part in parts))
        core = span if span[0] == span[1] and None not in (low, high) else None
    return _date(f"{text[0]}{','.join(names)}{close}", kind, pairs, ((low, high), core, span))


def _member(text: str, start: int, stop: int, *, is_first: bool, is_last: bool) -> Range:
    """Read one member of a set: a date, a range `a..b`, `..a` (first only) or `a..` (last only)."""
    dots = text.find("..", start, stop)
    if dots < 0:
        part = _part(text, start, stop)
        return part, part
    first = _part(text, start, dots) if dots > start else None
    last = _part(text, dots + 2, stop) if stop > dots + 2 else None
    if (first is None and (last is None or not is_first)) or (last is None and not is_last):
        why = "a range is open only at the start of a set's first member or the end of its last, never on both sides"
        raise EdtfError(text, dots, "an open range", why)
    if first and last and first.precision != last.precision:
        why = f"both sides of '..' are written alike, not one a {first.precision}, the other a {last.precision}"
        raise EdtfError(text, dots + 2, "a range of two precisions", why)
    if first and last and first.first > last.last:
        raise EdtfError(text, dots + 2, "an end before the start", f"write it as {last}..{first}")
    return first, last


def _longest_run(pairs: tuple[Range, ...]) -> Span | None:
    """Give the longest unbroken run of days that an all-of set names one by one."""
    runs = sorted(
        (first.earliest if first else -FAR, last.latest if last else FAR)
        for first, last in pairs
        if all(p is None or p.earliest == p.latest for p in (first, last))
    )
    merged: list[tuple[int, int]] = []
    for run in runs:
        if merged and run[0] <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], run[1]))
        else:
            merged.append(run)
    if not merged:
        return None
    low, high = max(merged, key=lambda run: run[1] - run[0])
    return (None if low == -FAR else low), (None if high == FAR else high)


def _part(text: str, start: int, stop: int, times: bool = False) -> Part:
    """Read the date at text[start:stop]. A time of day (L0 Date and Time), where allowed, counts as its day."""
    piece = text[start:stop]
    match = re.fullmatch(DATE, piece)
    if match is None:
        if match := re.fullmatch(YEAR, piece):
            return _long_year(text, start, match)
        if times and (match := re.fullmatch(TIME, piece)):
            return _part(text, 0, match.end(1))._replace(text=text)
        fault, what, why = next((m, what, why) for hint, what, why in _HINTS if (m := re.search(hint, piece)))
        raise EdtfError(text, start + fault.start("at" if fault.re.groupindex else 0), what, fault.expand(why))
    digits, month, day = match[2], match[5], match[8]
    bits = _qualifiers(text, start, match) if "?" in piece or "~" in piece or "%" in piece else (0, 0, 0)
    if "X" not in piece:
        read = _season if month and month > "20" else _known
        return read(text, start, match, bits)
    return _unspecified(text, start, (digits, month or "", day or ""), bits)


def _qualifiers(text: str, start: int, match: re.Match[str]) -> tuple[int, int, int]:
    """Give the qualifiers of year, month and day (L1 and L2 Qualification), as bits: 1 uncertain, 2 approximate."""
    for left, right in ((1, 3), (4, 6), (7, 9)):
        if match[left] and match[right]:
            raise EdtfError(text, start + match.start(right), "a second qualifier", "each part takes one")
    day = _BITS[match[9]]
    month = _BITS[match[6]] | day
    year = _BITS[match[1]] | _BITS[match[3]] | month
    return year, _BITS[match[4]] | month, _BITS[match[7]] | day


def _known(text: str, start: int, match: re.Match[str], bits: tuple[int, int, int]) -> Part:
    """Read a year, month or day without X (L0 Date)."""
    digits, month, day = match[2], match[5], match[8]
    year, m, d = int(digits), int(month or 0), int(day or 0)
    if month and not 1 <= m <= 12:
        raise EdtfError(text, start + match.start(5), f"month {month}", "months go from 01 to 12")
    if day and not 1 <= d <= month_length(year, m):
        why = f"{MONTHS[m - 1]} {digits} has {month_length(year, m)} days"
        raise EdtfError(text, start + match.start(8), f"day {day}", why)
    unit = 0 if d else 1 if m else 12
    days = (ordinal(year, m or 1, d or 1), ordinal(year, m or 12, d or month_length(year, m or 12)))
    widen = 0 if bits[2] & 2 else 1 if bits[1] & 2 else 12
    return _make((digits, month or "", day or ""), (year, m or None, d or None, 0), bits, (unit, widen), days)


def _unspecified(text: str, start: int, components: tuple[str, str, str], bits: tuple[int, int, int]) -> Part:
    """Read a date with X for some digits (L1 and L2 Unspecified Digit)."""
    digits, month, day = components
    low, high = _fitting(digits, month, day, 1), _fitting(digits, month, day, -1)
    if low is None or high is None:
        whys = "no day of the calendar is written so", "a season needs a year without X"
        raise EdtfError(text, start, "a day that never comes", whys[month > "20" and "X" not in month])
    # What is not known is known only within the next larger unit.
    year_unit = 12 * 10 ** (4 - digits[-4:].index("X")) if "X" in digits else 12
    month_unit = year_unit if "X" in month else 1
    day_unit = month_unit if "X" in day else 0
    whole = year_unit if "X" in digits + month else 1
    widen = day_unit if day and bits[2] & 2 else month_unit if month and bits[1] & 2 else year_unit
    fields = (low[0], int(month) if month and "X" not in month else None, int(day) if day and "X" not in day else None)
    return _make(components, (*fields, 0), bits, (whole, widen), (ordinal(*low), ordinal(*high)))


def _make(
    components: tuple[str, str, str], fields: tuple[int, int | None, int | None, int], bits: tuple[int, int, int],
    units: tuple[int, int], days: tuple[int, int],
) -> Part:  # fmt: skip
    """Build a Part: components as written, (year, month, day, season), qualifiers of each, the units of precision
    and of widening, days. Canonical is one qualifier on the right for all components from the left that share it.
    """
    shared = 1
    while shared < 3 and components[shared] and bits[shared] == bits[0]:
        shared += 1
    text = "-".join(components[:shared]) + _SYMBOLS[bits[0]]
    text += "".join(f"-{_SYMBOLS[b]}{c}" for c, b in zip(components[shared:], bits[shared:], strict=True) if c)
    months, widen = units
    earliest, latest = first, last = days
    any_bits = bits[0] | bits[1] | bits[2]
    if widen == 0:
        earliest, latest = first - 1, last + 1
    elif any_bits > 1:
        earliest = moved(first, -widen)
        # The end of a month moves to the end of a month, a known day to that day.
        latest = moved(last, widen) if fields[2] else moved(last + 1, widen) - 1
    name = _SEASONS[fields[3]][2] if fields[3] else _UNITS[months]
    return Part(text, *fields, bool(any_bits & 1), any_bits > 1, name, months, first, last, earliest, latest)


@lru_cache(maxsize=256)
def _first_fit(month: str, day: str, order: int) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Give the first (order 1) or last (-1) month and day written so, in a leap year and in a common year."""
    written = re.compile(f"{month or '..'}{day or '..'}".replace("X", "."))
    days = ((m, d) for m in range(1, 13)[::order] for d in range(1, month_length(2000, m) + 1)[::order])
    fitting = [(m, d) for m, d in days if written.fullmatch(f"{m:02d}{d:02d}")]
    return next(iter(fitting), None), next((pair for pair in fitting if pair != (2, 29)), None)


def _fitting(digits: str, month: str, day: str, order: int) -> tuple[int, int, int] | None:
    """Give the first (order 1) or last (-1) day that fits unspecified digits (L1, L2 Unspecified Digit), if any."""
    in_leap, in_common = _first_fit(month, day, order)
    sign = -1 if digits[0] == "-" else 1
    for chosen in product(*("0123456789"[:: sign * order] if d == "X" else d for d in digits[-4:])) if in_leap else ():
        year = sign * int("".join(chosen))
        fit = in_leap if month_length(year, 2) == 29 else in_common
        if fit and (year or sign > 0):  # there is no year -0000
            return year, *fit
    return None


def _season(text: str, start: int, match: re.Match[str], bits: tuple[int, int, int]) -> Part:
    """Read a season, quarter, quadrimester or half (L1 Seasons, L2 Sub-year groupings)."""
    code, day = match[5], match[8]
    if int(code) not in _SEASONS:
        why = "months go from 01 to 12, seasons, quarters and halves from 21 to 41"
        raise EdtfError(text, start + match.start(5), f"month {code}", why)
    if day or match[1] or match[3] or match[4]:
        why = f"{code} is a season or another part of a year; it has no days and one qualifier, at the end"
        raise EdtfError(text, start + match.start(8 if day else 0), "a season too detailed", why)
    year, (month, length, _) = int(match[2]), _SEASONS[int(code)]
    days = (ordinal(year, month, 1), moved(ordinal(year, month, 1), length) - 1)
    return _make((match[2], code, ""), (year, None, None, int(code)), bits, (length, length), days)


def _long_year(text: str, start: int, match: re.Match[str]) -> Part:
    """Read a year with Y, E or S (L1 Letter-prefixed calendar year, L2 Exponential year, L2 Significant digits)."""
    letter, big, exponent, sign, four, significant = match.groups()
    digits, minus = (big, letter[1:]) if letter else (four, sign)
    if len(digits) > _MAX_DIGITS or (exponent and len(digits) + int(exponent[:3]) > _MAX_DIGITS):
        raise EdtfError(text, start, "a year out of reach", f"years have at most {_MAX_DIGITS} digits here")
    size = int(digits) * 10 ** int(exponent or 0)
    if letter and size <= 9999:
        why = f"Y is only for years beyond four digits; write {minus}{size:04d}"
        raise EdtfError(text, start, f"Y before the year {minus}{size}", why)
    places = min(int((significant or "99")[:3]), len(str(size)))
    step: int = 10 ** (len(str(size)) - places)
    near = size // step * step
    low, high = (1 - near - step, -near) if minus else (near, near + step - 1)
    name = (f"{letter}{size}" if letter else minus + digits) + f"S{places}" * bool(significant)
    days = (ordinal(low, 1, 1), ordinal(high, 12, 31))
    return Part(name, int(f"{minus}{size}"), None, None, 0, False, False, _UNITS[12 * step], 12 * step, *days, *days)


_BEGUN = rf"{_Q}-?[0-9X]{{0,4}}{_Q}(?:-{_Q}[0-9X]{{0,2}}{_Q}(?:-{_Q}[0-9X]{{0,2}}{_Q})?)?"
_DAY, _MINUTE = "-?[0-9]{4}-[0-9]{2}-[0-9]{2}", "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
# What people write instead, tried in order: a pattern, what the fault is and what to do. The fault stands at the
# group `at`, or where the match begins; numbers in the texts refer to groups.
_HINTS = (
    (rf"\A{TIME}\Z", "a time of day", "intervals and sets take days, without a time"),
    (r"\A\Z", "no date", "one is expected here, as 2012-03-22"),
    (r"\s", "a space", "EDTF has no spaces"),
    (r"\A(?:unknown|open)\Z", "a word", "that is the draft of 2012; open is '..', an unknown end stays empty: 2012/"),
    (r"[()]", "a parenthesis", "that is the draft of 2012; ? ~ % stand right of a part, for it and all before it"),
    (r"[][{}]", "a bracket", "a set is [one,of] or {all,of} as a whole, and holds only dates"),
    (r"/", "an interval in a set", "write a range with '..'"),
    (r"\?~|~\?", "two qualifiers", "uncertain and approximate together are %"),
    (
        r"(?<=[0-9])[pu]|\Au",
        "a letter",
        "that is the draft of 2012; unspecified is X, significant digits are S: 1950S2",
    ),
    (r"\A[xy]|(?<=[0-9])[est](?=[0-9])|(?<=[0-9xX-])x", "a small letter", "X, Y, E, S and T are capitals"),
    (r"\.\.", "'..'", "it stands alone at an end of an interval, or beside dates in a set"),
    (r"\A(-?[0-9]{4})(0[1-9]|1[0-2])([0-3][0-9])\Z", "the basic format", r"EDTF needs hyphens; write \1-\2-\3"),
    (r"\A(-?[0-9]{4})(0[1-9]|1[0-2])\Z", "no hyphen", r"a month is \1-\2, the year Y\1\2"),
    (r"\A(-?[1-9][0-9]{4,15})(?=[?~%]|\Z)", "a long year", r"years beyond four digits begin with Y; write Y\1"),
    (r"\A-?[0-9]{1,3}(?=[?~%-]|\Z)", "a short year", "years have four digits, and year 0 is 1 BC: -0499 is 500 BC"),
    (r"\A(?=[^?~%]*[YEST])[^?~%]+(?P<at>[?~%])", "a qualifier", "none stands with Y, E, S, T; S rounds: Y-12000S2"),
    (r"\AY-?[0-9]+(?P<at>-)", "'-'", "after Y stands a year alone"),
    (r"\AY-?(?P<at>0)", "a leading zero", "the digits after Y begin with 1 to 9"),
    (r"\A[?~%]?-0000", "year -0000", "the year before 0001 is 0000, which is 1 BC"),
    (r"\A-?[0-9]{4}(?:-[0-9]{2})?(?P<at>T)", "a time of day", "only a whole day has one, as 2012-03-22T10:30:00"),
    (rf"\A({_DAY}T{_MINUTE})(?P<at>)(Z|[+-][0-9:]+)?\Z", "no seconds", r"EDTF has them; write \1:00\3"),
    (r"T(?P<at>.*)", "a time of day", "it is 00:00:00 to 24:00:00, then nothing, Z (UTC) or a zone, -14:00 to +14:00"),
    (r"-[?~%]?(?P<at>[0-9])(?![0-9X])", "one digit", "months and days have two digits, as 2012-03-02"),
    (rf"\A{_BEGUN}(?P<at>)", "text that is no date", "a date is a year, year-month or year-month-day, as 2012-03-22"),
)
