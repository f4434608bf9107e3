"""Reads the dates that prose prints: text and the years of its context in, expressions with their ends out.

`phrasetable.TABLE` says how each is printed and what it means; here they are found, joined to ranges ("from 10 to
13 June"), opened ("since 2012", "2012-", "by August 2022") and given the year they do not print.
"""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mali_chrono.dates.days import from_ordinal
from mali_chrono.dates.phrasetable import TABLE, Days, Ends, Row, both, day, is_yearless, month, year

_ABOUT = r"(?:(?:about|around|approximately|approx\.|circa|ca\.|c\.|the|as early as|as late as) )*"
_JOINED = re.compile(rf",? ?(?:-|to|until|till|through) ?{_ABOUT}", re.IGNORECASE)
_AND = re.compile(rf",? and {_ABOUT}", re.IGNORECASE)
_BETWEEN = re.compile(rf"\b(?:between|through) {_ABOUT}$", re.IGNORECASE)
_STARTS = re.compile(rf"\b(?:since|from|starting|beginning|after) (?:in |on |from )?{_ABOUT}$", re.IGNORECASE)
_STOPS = re.compile(rf"\b(?:until|till|by|through|up to) (?:the )?{_ABOUT}$", re.IGNORECASE)
_GOES_ON = re.compile(r" ?- ?(?:present\b|now\b|today\b|(?=$|[),;:]))| ?(?:to|until) (?:the )?present\b", re.IGNORECASE)
_NTH_DAY = re.compile(r"(?<=\bthe )(\d{1,2})(?:st|nd|rd|th)(?! (?:century|millennium|anniversary|of)|-|\w)")
_NEIGHBOUR = re.compile(
    r"\b(?:the )?(?P<after>(?:next|following) day|day after)\b|\b(?:the )?(?P<before>day before|previous day)\b"
    r"|(?P<midnight>\bmidnight\b)",
    re.IGNORECASE,
)
_SAME_MONTH = re.compile(r"\b(?:later )?(?:that|the same) month\b", re.IGNORECASE)
_NOW = re.compile(r"\b(?P<part>(?:early|mid|late)[ -])?(?P<when>last|this) (?P<unit>month|year)\b", re.IGNORECASE)


# How far before a date the words that open or join it may begin: a long line is not looked through again for each date.
_LEAD = 120
_BOTH_ENDS = {"last", "last_month", "end"}
_TWICE = "d_"  # a day as two calendars have it


class Meaning(NamedTuple):
    """One way to read an expression: `first` and `last` end (None: open on that side), and each unit it names.

    "July 25-27, 2024" begins on the 25th, ends on the 27th, and names both days.
    """

    first: Days | None
    last: Days | None
    units: tuple[Ends, ...]


class Printed(NamedTuple):
    """A date expression: where it stands in the text, its words, its readings.

    `needs_entry` is False for words like "the next day": they may prove a date, and no entry has to have it.
    """

    start: int
    stop: int
    words: str
    meanings: tuple[Meaning, ...]
    needs_entry: bool = True


class Context(NamedTuple):
    """What a line leaves unsaid.

    `years`: those printed elsewhere in its item or paragraph; `before`: the last one printed before that; `day` and
    `month`: those named last; `now`: the month the text was written in.
    """

    years: tuple[int, ...] = ()
    before: int | None = None
    day: int | None = None
    month: tuple[int, int] | None = None
    now: tuple[int, int] | None = None


class _Years(NamedTuple):
    """The years for a date without one: those of its line, else the last before. "The year" may always be that one."""

    own: tuple[int, ...]
    any: tuple[int, ...]

    def of(self, words: str) -> tuple[int, ...]:
        return self.any if words.endswith("year") else self.own


class _Atom(NamedTuple):
    """One match of the table; `year` is None where it prints none."""

    start: int
    stop: int
    row: Row
    match: re.Match[str]
    year: int | None
    yearless: bool

    def read(self, year: int) -> Ends | None:
        return self.row.read(self.match, year)


Scan = tuple[_Atom, ...]


NOWHERE = Context()


def scan(text: str, table: Sequence[Row] = TABLE) -> Scan:
    """What a text prints that a table reads, in order, without what its context adds."""
    return tuple(sorted(_atoms(text, table), key=lambda atom: atom.start))


def read(
    text: str, context: Context = NOWHERE, scanned: Scan | None = None, table: Sequence[Row] = TABLE
) -> list[Printed]:
    """Every date expression of a text, in order; `scanned` is its scan by the table, where that is at hand."""
    atoms = scan(text, table) if scanned is None else scanned
    printed = tuple(dict.fromkeys(years_printed(atoms)))
    years = tuple(dict.fromkeys((*printed, *context.years)))
    before = () if context.before is None else (context.before,)
    dates = list(_expressions(text, atoms, _Years(years or before, (*years, *before))))
    dates += _of_day(text, dates, context)
    dates += _of_now(text, context)
    dates.sort(key=lambda date: date.start)
    return sorted([*dates, *_neighbours(text, dates, context)], key=lambda date: date.start)


def years_printed(scanned: Scan) -> list[int]:
    """The years after Christ that a text prints, in order."""
    return [atom.year for atom in scanned if atom.year is not None and atom.year > 0]


def context_after(dates: Iterable[Printed], before: Context) -> Context:
    """The context for what follows these expressions: the last day and month they name."""
    last_day, last_month = before.day, before.month
    for expression in dates:
        for first, last in expression.meanings[0].units if expression.meanings else ():
            if last[1] - first[0] < 31:
                last_month = from_ordinal(first[0])[:2]
            if first == last and last[0] == last[1]:
                last_day = first[0]
    return before._replace(day=last_day, month=last_month)


def _atoms(text: str, table: Sequence[Row]) -> Iterator[_Atom]:
    taken: list[tuple[int, int]] = []  # in order, and none reaches into another
    small = text.casefold()
    needed: dict[tuple[str, ...], bool] = {}
    for row in table:
        if row.needs not in needed:
            needed[row.needs] = any(need in small for need in row.needs)
        for match in row.pattern.finditer(text) if needed[row.needs] else ():
            start, stop = match.span()
            at = bisect(taken, (stop,)) - 1
            if at >= 0 and taken[at][1] > start:
                continue
            yearless = is_yearless(match)
            taken.insert(at + 1, (start, stop))  # also by "30 February", so that its year is not read alone
            ends = row.read(match, 2000)  # a leap year, so that 29 February is a day
            if ends is None:
                continue
            printed = None if yearless else from_ordinal(ends[1][1])[0]
            yield _Atom(start, stop, row, match, printed, yearless)


def _expressions(text: str, atoms: Sequence[_Atom], years: _Years) -> Iterator[Printed]:
    i = 0
    while i < len(atoms):
        first = atoms[i]
        second = atoms[i + 1] if i + 1 < len(atoms) and _joins(text, first, atoms[i + 1]) else None
        last = second or first
        meanings = list(_range(first, second, years) if second else _single(text, first, years))
        if meanings:
            start, stop = first.start, last.stop
            yield Printed(start, stop, text[start:stop], tuple(dict.fromkeys(meanings)))
        i += 2 if second else 1


def _joins(text: str, first: _Atom, second: _Atom) -> bool:
    between = text[first.stop : second.start]
    if _JOINED.fullmatch(between):
        return True
    return bool(_AND.fullmatch(between)) and _leads(_BETWEEN, text, first)


def _leads(words: re.Pattern[str], text: str, atom: _Atom) -> bool:
    """Whether words stand right before an atom."""
    return words.search(text, max(atom.start - _LEAD, 0), atom.start) is not None


def _single(text: str, atom: _Atom, years: _Years) -> Iterator[Meaning]:
    closed = bool(_BOTH_ENDS & set(atom.row.pattern.groupindex))  # "from 10 to 13 June" has its own end
    starts = not closed and (_leads(_STARTS, text, atom) or _GOES_ON.match(text, atom.stop) is not None)
    stops = not closed and _leads(_STOPS, text, atom)
    for candidate in years.of(atom.match[0]) if atom.yearless else (0,):
        ends = atom.read(candidate)
        if ends:
            first, last = ends
            if _TWICE in atom.row.pattern.groupindex:
                for only in (last, first):
                    yield Meaning(None if stops else only, None if starts else only, ((only, only),))
                continue
            units = (ends, (first, first), (last, last)) if closed else (ends,)
            yield Meaning(None if stops else first, None if starts else last, units)


def _range(first: _Atom, second: _Atom, years: _Years) -> Iterator[Meaning]:
    for candidate in years.own if first.yearless and second.yearless else (first.year or second.year or 0,):
        a, b = _completed(first, second, candidate)
        if a and b and a[0][0] <= b[1][1]:
            units = dict.fromkeys([(a[0], b[1]), a, b])
            # "2013-2022/23" may end in either year.
            for last in dict.fromkeys((b[1], b[0])) if "/" in second.match[0] else (b[1],):
                yield Meaning(a[0], last, tuple(units))


def _completed(first: _Atom, second: _Atom, candidate: int) -> tuple[Ends | None, Ends | None]:
    """The two sides of a range, the one without a year in the year that puts it right beside the other."""
    a, b = first.read(candidate), second.read(candidate)
    if a and b and a[0][0] > b[1][1]:
        if first.yearless and not second.yearless:
            a = first.read(candidate - 1)
        elif second.yearless:
            b = second.read(candidate + 1)
    return a, b


def _of_day(text: str, dates: Sequence[Printed], context: Context) -> Iterator[Printed]:
    """Read "the 22nd": a day of the month named last."""
    for match in _NTH_DAY.finditer(text):
        if any(e.start < match.end() and match.start() < e.stop for e in dates):
            continue
        last_month = context_after([e for e in dates if e.stop <= match.start()], context).month
        ends = both(day(*last_month, int(match[1]))) if last_month else None
        if ends:
            yield Printed(match.start(), match.end(), match[0], (Meaning(*ends, (ends,)),))


def _of_now(text: str, context: Context) -> Iterator[Printed]:
    """Read "late last month", "last year" in a text that says when it speaks."""
    if context.now is None:
        return
    y, m = context.now
    for match in _NOW.finditer(text):
        back = match["when"].lower() == "last"
        if match["unit"].lower() == "year":
            ends = both(year(y - back))
        else:
            y, m = (y, m - back) if m > back else (y - 1, 12)
            ends = both(month(y, m))
            if match["part"] and match["part"].lower().startswith("late"):
                start, stop = day(y, m, 20), month(y, m)[1]
                ends = start and (start, (stop, stop))
        if ends:
            yield Printed(match.start(), match.end(), match[0], (Meaning(*ends, (ends,)),))


def _neighbours(text: str, dates: Sequence[Printed], context: Context) -> Iterator[Printed]:
    """Read "next day", "the day before", "midnight": the neighbour of the day named last; "that month" likewise."""
    for match in _SAME_MONTH.finditer(text):
        last_month = context_after([e for e in dates if e.stop <= match.start()], context).month
        if last_month:
            meaning = _whole(month(*last_month))
            yield Printed(match.start(), match.end(), match[0], (meaning,), needs_entry=False)
    for match in _NEIGHBOUR.finditer(text):
        last_day = context_after([e for e in dates if e.stop <= match.start()], context).day
        steps = (1,) if match["after"] else (-1,) if match["before"] else (1, -1)
        if last_day is None:
            continue
        meanings = tuple(_whole((last_day + step, last_day + step)) for step in steps)
        yield Printed(match.start(), match.end(), match[0], meanings, needs_entry=False)


def _whole(unit: Days) -> Meaning:
    return Meaning(unit, unit, ((unit, unit),))
