"""What of a document the store tells: each printed date and telling line is told, skipped with a reason, or open."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from mali_chrono.dates.edtf import EdtfError
from mali_chrono.dates.edtf import parse as parse_date
from mali_chrono.errors import Problem
from mali_chrono.evidence import phrases
from mali_chrono.evidence.documents import TELLING, normalise
from mali_chrono.evidence.phrases import Meaning, Printed
from mali_chrono.evidence.phrasetable import Days
from mali_chrono.evidence.proof import Dated
from mali_chrono.evidence.readings import Copies, Place, Reading
from mali_chrono.store import references as walk
from mali_chrono.store.model import Chronology, Cite, Skip, Source

AROUND = 40


class Tally(NamedTuple):
    """How many are printed, told by an entry, skipped, and neither."""

    printed: int
    covered: int
    skipped: int
    open: int


class Told(NamedTuple):
    """What entries tell: the lines they cite, and on each line the first and the last ends of their dates."""

    cited: Mapping[Place, set[str]]
    starts: Mapping[Place, set[Days]]
    ends: Mapping[Place, set[Days]]


class Covered(NamedTuple):
    """One document's dates and lines, and what is open or skipped for nothing."""

    dates: Tally
    lines: Tally
    problems: tuple[Problem, ...]


class _Skips(NamedTuple):
    """Skips by line; a skip of one date has words, one of whole lines none. `used` grows while lines are looked at."""

    lines: Mapping[int, list[int]]
    dates: Mapping[int, list[int]]
    used: set[int]


def told(chronology: Chronology, dated: Iterable[Dated], copies: Copies) -> Told:
    """Gather what the records of a store cite and date."""
    cited: dict[Place, set[str]] = {}
    starts: dict[Place, set[Days]] = {}
    ends: dict[Place, set[Days]] = {}
    for kind, record in walk.every(chronology):
        for place in copies.places(cite for _, cite in walk.cites(kind, record)):
            cited.setdefault(place, set()).add(kind)
    for each in dated:
        firsts = {(first.first, first.last) for first, _ in each.date.ranges if first}
        lasts = {(last.first, last.last) for _, last in each.date.ranges if last}
        for reading_place in _with_heads(each.cites, copies):
            starts.setdefault(reading_place, set()).update(firsts)
            ends.setdefault(reading_place, set()).update(lasts)
    return Told(cited, starts, ends)


def _with_heads(cites: tuple[Cite, ...], copies: Copies) -> Iterator[Place]:
    for source, number in copies.places(cites):
        yield source, number
        yield source, copies.readings[source][number - 1].line.head


def cover(source: Source, copies: Copies, known: Told, lines: tuple[int, int] | None) -> Covered:
    """Hold a document, or a stretch of it, against what entries tell."""
    document = copies.documents[source.id]
    problems: list[Problem] = []
    skips = _skips(source, len(document.lines), problems)
    date_counts, line_counts = [0, 0, 0, 0], [0, 0, 0, 0]
    first, last = lines or (1, len(document.lines))
    for reading in copies.readings[source.id]:
        if not first <= reading.line.number <= last or reading.line.kind not in TELLING:
            continue
        place = source.id, reading.line.number
        is_told, is_skipped = place in known.cited, _skip(skips, reading.line.number)
        if is_skipped is not None and not is_told:
            skips.used.add(is_skipped)
        _count(line_counts, is_told=is_told, is_skipped=is_skipped is not None)
        if not is_told and is_skipped is None:
            problems.append(_open_line(document.file, reading))
        for printed in reading.dates:
            if not printed.asked:
                continue
            is_told = _is_told(printed, place, known)
            is_skipped = _skip(skips, reading.line.number, printed, source)
            if is_skipped is not None and not is_told:
                skips.used.add(is_skipped)
            _count(date_counts, is_told=is_told, is_skipped=is_skipped is not None)
            if not is_told and is_skipped is None:
                problems.append(_open_date(document.file, reading, printed))
    problems += _wasted(source, skips, known, lines)
    return Covered(Tally(*date_counts), Tally(*line_counts), tuple(problems))


def _count(counts: list[int], *, is_told: bool, is_skipped: bool) -> None:
    counts[0] += 1
    counts[1 if is_told else 2 if is_skipped else 3] += 1


def _is_told(printed: Printed, place: Place, known: Told) -> bool:
    """Whether a printed unit is an end of a date that cites its line, and each end of a range the same end of one."""
    starts, ends = known.starts.get(place, set()), known.ends.get(place, set())

    def is_told(meaning: Meaning) -> bool:
        if meaning.first == meaning.last:
            return meaning.first in starts or meaning.first in ends
        return (meaning.first is None or meaning.first in starts) and (meaning.last is None or meaning.last in ends)

    return any(is_told(meaning) for meaning in printed.meanings)


def _skips(source: Source, count: int, problems: list[Problem]) -> _Skips:
    whole: dict[int, list[int]] = {}
    single: dict[int, list[int]] = {}
    for i, skip in enumerate(source.skip):
        span = _span(skip.lines, count)
        if span is None or span[0] > span[1]:
            what = "skip needs lines: a number, or two like 12-15, within the document"
            problems.append(_at(source, ("skip", i, "lines"), "skip-form", what))
            continue
        for number in range(span[0], span[1] + 1):
            (single if skip.date else whole).setdefault(number, []).append(i)
    return _Skips(whole, single, set())


def _span(text: str | None, count: int) -> tuple[int, int] | None:
    first, _, last = (text or "").partition("-")
    if not (first.strip().isdecimal() and (last or first).strip().isdecimal()):
        return None
    span = int(first), int(last or first)
    return span if span[0] > 0 and span[1] <= count else None


def _skip(skips: _Skips, number: int, printed: Printed | None = None, source: Source | None = None) -> int | None:
    """The skip that takes a line, or a date on it."""
    if printed is not None and source is not None:
        for i in skips.dates.get(number, ()):
            if _is_meant(source.skip[i], printed):
                return i
    return next(iter(skips.lines.get(number, ())), None)


def _is_meant(skip: Skip, printed: Printed) -> bool:
    """Whether a skip names a printed date, by its words or as EDTF."""
    words = normalise(skip.date or "")
    if words.casefold() == printed.words.casefold():
        return True
    try:
        date = parse_date(words)
    except EdtfError:
        return any(expression.meanings[:1] == printed.meanings[:1] for expression in phrases.read(words))
    first, last = date.ranges[0][0], date.ranges[-1][1]
    ends = (first and (first.first, first.last), last and (last.first, last.last))
    return any((meaning.first, meaning.last) == ends for meaning in printed.meanings)


def _wasted(source: Source, skips: _Skips, known: Told, lines: tuple[int, int] | None) -> Iterator[Problem]:
    """Skips that skip nothing, and those that hide lines an event tells."""
    for i, skip in enumerate(source.skip):
        numbers = [number for number, held in (*skips.lines.items(), *skips.dates.items()) if i in held]
        if not numbers or (lines and not any(lines[0] <= number <= lines[1] for number in numbers)):
            continue
        if lines and not all(lines[0] <= number <= lines[1] for number in numbers):
            continue
        if i not in skips.used:
            yield _at(source, ("skip", i), "skip-unused", "this skip skips nothing: all it names is told", "delete it")
        elif not skip.date:
            events = [n for n in sorted(numbers) if "events" in known.cited.get((source.id, n), ())]
            if events:
                message = f"this skip holds line {events[0]}, which an event cites"
                yield _at(source, ("skip", i), "skip-cited", message, "leave that line out of it")


def _at(source: Source, path: walk.Path, rule: str, message: str, hint: str = "") -> Problem:
    node: Any = source.node.find(path)
    return Problem(source.path, node.line, node.column, rule, message, hint)


def _open_line(file: str, reading: Reading) -> Problem:
    message = "no entry cites this line, and no skip says why"
    return Problem(file, reading.line.number, 0, "line-open", message, excerpt=reading.line.text)


def _open_date(file: str, reading: Reading, printed: Printed) -> Problem:
    message = f"'{printed.words}' is the date of no entry that cites this line"
    column, excerpt = _column(reading, printed), reading.line.raw
    if not column:
        start = max(printed.start - AROUND, 0)
        excerpt = "..." * (start > 0) + reading.line.text[start:]
    return Problem(file, reading.line.number, column, "date-open", message, excerpt=excerpt)


def _column(reading: Reading, printed: Printed) -> int:
    """Where the words stand in the raw line, 0 where markup hides them."""
    words = re.compile(re.sub(r"-", "[-\u2010-\u2015]", re.escape(printed.words).replace(r"\-", "-")))
    before = len(words.findall(reading.line.text, 0, printed.start + 1))
    places = [match.start() + 1 for match in words.finditer(reading.line.raw)]
    return places[before] if len(places) == len(words.findall(reading.line.text)) and before < len(places) else 0
