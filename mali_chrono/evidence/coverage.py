"""How much of a document the store covers: each printed date and telling line is covered, skipped or open."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from mali_chrono.dates.edtf import EdtfError
from mali_chrono.dates.edtf import parse as parse_date
from mali_chrono.dates.phrasetable import Days
from mali_chrono.errors import Problem
from mali_chrono.evidence import phrases
from mali_chrono.evidence.dated import Dated
from mali_chrono.evidence.documents import TELLING
from mali_chrono.evidence.markup import normalise
from mali_chrono.evidence.phrases import Meaning, Printed
from mali_chrono.evidence.readings import Copies, Place, Reading
from mali_chrono.store import references
from mali_chrono.store.model import Chronology, Cite, Event, Record, Skip, Source
from mali_chrono.store.references import Fault
from mali_chrono.store.rules.idle import holds_cited
from mali_chrono.store.rules.names import no_lines, skipped

AROUND = 40
_COVERED, _SKIPPED, _OPEN = "covered", "skipped", "open"


class Tally(NamedTuple):
    """How many are printed, covered by an entry, skipped, and neither."""

    printed: int
    covered: int
    skipped: int
    open: int


class Cited(NamedTuple):
    """What entries say of each line: which of them cite it, and the first and the last ends of the dates that do."""

    records: Mapping[Place, Sequence[Record]]
    starts: Mapping[Place, set[Days]]
    ends: Mapping[Place, set[Days]]


class Coverage(NamedTuple):
    """One document's dates and lines, what of them is open, and what is wrong with the skips."""

    dates: Tally
    lines: Tally
    problems: tuple[Problem, ...]
    faults: tuple[Fault, ...]


class _Skips(NamedTuple):
    """Skips by line; a skip of one date has words, one of whole lines none. `used` grows while lines are looked at."""

    lines: Mapping[int, list[int]]
    dates: Mapping[int, list[int]]
    used: set[int]


def gather(chronology: Chronology, dated: Iterable[Dated], copies: Copies) -> Cited:
    """What the records of a store cite and date."""
    citing: dict[Place, list[Record]] = {}
    starts: dict[Place, set[Days]] = {}
    ends: dict[Place, set[Days]] = {}
    for record in references.records(chronology):
        for place in copies.places(cite for _, cite in references.cites(record)):
            citing.setdefault(place, []).append(record)
    for each in dated:
        firsts = {first for first, _ in each.ends if first}
        lasts = {last for _, last in each.ends if last}
        for place in _with_heads(each.cites, copies):
            starts.setdefault(place, set()).update(firsts)
            ends.setdefault(place, set()).update(lasts)
    return Cited(citing, starts, ends)


def _with_heads(cites: tuple[Cite, ...], copies: Copies) -> Iterator[Place]:
    for source, number in copies.places(cites):
        yield source, number
        yield source, copies.line((source, number)).head


def cover(source: Source, copies: Copies, cited: Cited, lines: tuple[int, int] | None) -> Coverage:
    """Hold a document, or a stretch of it, against what entries say."""
    document = copies.documents[source.id]
    problems: list[Problem] = []
    faults: list[Fault] = []
    skips = _skips(source, len(document.lines), faults)
    line_states: Counter[str] = Counter()
    date_states: Counter[str] = Counter()
    first, last = lines or (1, len(document.lines))
    for line in document.lines[first - 1 : last]:
        if line.kind not in TELLING:
            continue
        number = line.number
        place = source.id, number
        reading = copies.reading(place)
        state = _state(skips, _skip_of_line(skips, number), is_covered=place in cited.records)
        line_states[state] += 1
        if state == _OPEN:
            problems.append(_open_line(document.file, reading))
        for printed in reading.dates:
            if printed.needs_entry:
                skip = _skip_of_date(skips, number, printed, source)
                state = _state(skips, skip, is_covered=_is_dated(printed, place, cited))
                date_states[state] += 1
                if state == _OPEN:
                    problems.append(_open_date(document.file, reading, printed))
    faults += _wasted(source, skips, cited, lines)
    return Coverage(_tally(date_states), _tally(line_states), tuple(problems), tuple(faults))


def _state(skips: _Skips, skip: int | None, *, is_covered: bool) -> str:
    """Whether a line or date is covered, else skipped, else open; notes a skip that serves."""
    if is_covered:
        return _COVERED
    if skip is None:
        return _OPEN
    skips.used.add(skip)
    return _SKIPPED


def _tally(states: Counter[str]) -> Tally:
    return Tally(states.total(), states[_COVERED], states[_SKIPPED], states[_OPEN])


def _is_dated(printed: Printed, place: Place, cited: Cited) -> bool:
    """Whether a printed unit is an end of a date that cites its line, and each end of a range the same end of one."""
    starts, ends = cited.starts.get(place, set()), cited.ends.get(place, set())

    def is_dated(meaning: Meaning) -> bool:
        if meaning.first == meaning.last:
            return meaning.first in starts or meaning.first in ends
        return (meaning.first is None or meaning.first in starts) and (meaning.last is None or meaning.last in ends)

    return any(is_dated(meaning) for meaning in printed.meanings)


def _skips(source: Source, count: int, faults: list[Fault]) -> _Skips:
    whole: dict[int, list[int]] = {}
    single: dict[int, list[int]] = {}
    for i, skip in enumerate(source.skip):
        span = skipped(skip, count)
        if span is None:
            faults.append(no_lines(source, i))
            continue
        for number in range(span[0], span[1] + 1):
            (single if skip.date else whole).setdefault(number, []).append(i)
    return _Skips(whole, single, set())


def _skip_of_line(skips: _Skips, number: int) -> int | None:
    return next(iter(skips.lines.get(number, ())), None)


def _skip_of_date(skips: _Skips, number: int, printed: Printed, source: Source) -> int | None:
    """The skip that names a date on a line, else the one that takes its line."""
    own = (i for i in skips.dates.get(number, ()) if _is_meant(source.skip[i], printed))
    return next(own, _skip_of_line(skips, number))


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


def _wasted(source: Source, skips: _Skips, cited: Cited, lines: tuple[int, int] | None) -> Iterator[Fault]:
    """Skips that skip nothing, and those that hide lines an event tells."""
    named: dict[int, list[int]] = {}
    for place, taking in (*skips.lines.items(), *skips.dates.items()):
        for i in taking:
            named.setdefault(i, []).append(place)
    for i, skip in enumerate(source.skip):
        numbers = named.get(i, [])
        if not numbers or (lines and not any(lines[0] <= number <= lines[1] for number in numbers)):
            continue
        if lines and not all(lines[0] <= number <= lines[1] for number in numbers):
            continue
        if i not in skips.used:
            yield Fault(
                source, ("skip", i), "skip-unused", "this skip skips nothing: all it names is told", "delete it"
            )
        elif not skip.date:
            citing = {n: cited.records.get((source.id, n), ()) for n in sorted(numbers)}
            number = next((n for n, records in citing.items() if any(isinstance(r, Event) for r in records)), None)
            if number is not None:
                yield holds_cited(source, i, number)


def _open_line(file: str, reading: Reading) -> Problem:
    message = "no entry cites this line, and no skip says why"
    return Problem(file, reading.line.number, 0, "line-open", message, excerpt=reading.line.text, record=reading.source)


def _open_date(file: str, reading: Reading, printed: Printed) -> Problem:
    message = f"'{printed.words}' is the date of no entry that cites this line"
    column, excerpt = _column(reading, printed), reading.line.raw
    if not column:
        start = max(printed.start - AROUND, 0)
        excerpt = "..." * (start > 0) + reading.line.text[start:]
    return Problem(file, reading.line.number, column, "date-open", message, excerpt=excerpt, record=reading.source)


def _column(reading: Reading, printed: Printed) -> int:
    """Where the words stand in the raw line, 0 where markup hides them."""
    words = re.compile(re.sub(r"-", "[-\u2010-\u2015]", re.escape(printed.words).replace(r"\-", "-")))
    before = len(words.findall(reading.line.text, 0, printed.start + 1))
    places = [match.start() + 1 for match in words.finditer(reading.line.raw)]
    return places[before] if len(places) == len(words.findall(reading.line.text)) and before < len(places) else 0
