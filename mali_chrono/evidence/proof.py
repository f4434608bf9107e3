"""Is it printed where it is cited? Dates, figures and outlets of one record -> what was matched and what failed.

The rules are those of CURATING.md, "The proof". They prove what is printed, not that it was read rightly.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from mali_chrono.dates.days import from_ordinal
from mali_chrono.dates.phrasetable import Days, Ends
from mali_chrono.evidence import clocks, phrases
from mali_chrono.evidence.dated import Dated, Range, dates, ways
from mali_chrono.evidence.documents import BLANK, HEADER, ITEM
from mali_chrono.evidence.phrases import Context, Meaning, Printed
from mali_chrono.evidence.readings import Copies, Reading
from mali_chrono.figures import figure as figures
from mali_chrono.figures import numerals
from mali_chrono.kinds import FAILED, PROVED, RECKONED, UNREAD, UNVERIFIABLE
from mali_chrono.store import model, references
from mali_chrono.store.nodes import Path

RECKONED_NOTE = "Reckoned:"
FREE = (2, 3)


class Verdict(NamedTuple):
    """Whether a date is proved, and by which words of which lines."""

    dated: Dated
    verdict: str
    words: tuple[tuple[str, str], ...]


class Failure(NamedTuple):
    """Something a record says that is not printed where it says so."""

    record: model.Record
    path: Path
    rule: str
    message: str
    hint: str
    cites: tuple[model.Cite, ...]


def prove(dated: Dated, copies: Copies) -> Verdict:
    """Look for each end of a date, and for its time of day, among those printed on its lines."""
    lines = copies.evidence(dated.cites)
    words: dict[tuple[str, str], None] = {}
    if any(_are_printed(ends, lines, words) for ends in ways(dated)) and _is_time_printed(dated, lines, words):
        return Verdict(dated, PROVED, tuple(words))
    if any(note and note.startswith(RECKONED_NOTE) for note in dated.notes):
        return Verdict(dated, RECKONED, ())
    if copies.unprovable(dated.cites):
        return Verdict(dated, UNVERIFIABLE, ())
    return Verdict(dated, UNREAD if copies.missing(dated.cites) else FAILED, ())


def _are_printed(ends: Iterable[Range], lines: Sequence[Reading], words: dict[tuple[str, str], None]) -> bool:
    """Whether all of some ends are printed; notes the matching words where they are."""
    found: dict[tuple[str, str], None] = {}
    if not all(_proved(first, last, lines, found) for first, last in ends):
        return False
    words.update(found)
    return True


def _is_time_printed(dated: Dated, lines: Sequence[Reading], words: dict[tuple[str, str], None]) -> bool:
    """Whether the time of day of a date is printed, if it has one; notes the matching words."""
    clock = dated.clock
    for reading in lines if clock else ():
        for printed in reading.clocks:
            if clock and clocks.proves(printed, clock):
                words[f"{reading.source}:{reading.line.number}", printed.words] = None
                return True
    return clock is None


def _proved(
    first: Days | None, last: Days | None, lines: Sequence[Reading], words: dict[tuple[str, str], None]
) -> bool:
    """Whether a unit, or both ends of a range, are printed; open ends claim nothing. Notes the matching words."""
    if first == last and first is not None:
        return _match(lines, words, lambda meaning: any(_inside(unit, first) for unit in meaning.units))
    starts = first is None or _match(lines, words, lambda meaning: _is_end(meaning.first, first))
    return starts and (last is None or _match(lines, words, lambda meaning: _is_end(meaning.last, last)))


def _inside(unit: Ends, part: Days) -> bool:
    """Whether a printed unit is the same as a part of a date, or finer and within it; `~` and `?` are ignored."""
    return part[0] <= unit[0][0] and unit[1][1] <= part[1]


def _is_end(end: Days | None, part: Days) -> bool:
    return end is not None and _inside((end, end), part)


def _match(lines: Sequence[Reading], words: dict[tuple[str, str], None], fits: Callable[[Meaning], bool]) -> bool:
    """Whether an expression fits; the first that does is noted."""
    for reading in lines:
        for printed in reading.dates:
            if any(fits(meaning) for meaning in printed.meanings):
                words[f"{reading.source}:{reading.line.number}", printed.words] = None
                return True
    return False


def failures(record: model.Record, copies: Copies, persons: frozenset[str]) -> Iterator[Failure]:
    """What a record's dates, figures, outlets and cites say that their lines do not; `persons` are actors' ids."""
    for dated in dates(record):
        if prove(dated, copies).verdict == FAILED:
            yield _date_failure(dated, copies)
    yield from _cites(record, copies)
    people = _people(record, persons)
    yield from _figures(record, copies, persons, people)
    yield from _texts(record, copies, people)
    if isinstance(record, model.Event) and not copies.unprovable(record.cites):
        for i, outlet in enumerate(record.outlets):
            if not prints_outlet(record, outlet, copies):
                message = f"the outlet '{outlet}' is not printed on {_list(record.cites)}"
                yield Failure(record, ("outlets", i), "outlet-not-printed", message, "", record.cites)


def prints_outlet(event: model.Event, outlet: str, copies: Copies) -> bool:
    """Whether an outlet is printed on the lines of its event."""
    return any(reading.prints(outlet) for reading in copies.cited(event.cites))


def _date_failure(dated: Dated, copies: Copies) -> Failure:
    """What is not printed of a date: its days, else its time of day."""
    lines = copies.evidence(dated.cites)
    if any(_are_printed(ends, lines, {}) for ends in ways(dated)):
        words = [printed.words for reading in lines for printed in reading.clocks]
        rule, what, none = "time-not-printed", f"the time of {dated.written}", "no time of day"
    else:
        words = [printed.words for reading in lines for printed in reading.dates]
        rule, what, none = "date-not-printed", f"the date {dated.written}", "no date"
    hint = "printed there: " + "; ".join(dict.fromkeys(words)) if words else f"{none} is printed there"
    where = _list(dated.cites) if dated.cites else "any line, since nothing is cited"
    return Failure(dated.record, dated.path, rule, f"{what} is not printed on {where}", hint, dated.cites)


def _cites(record: model.Record, copies: Copies) -> Iterator[Failure]:
    """A cite that begins or ends on an empty line or a page's header has slipped."""
    for path, cite in references.cites(record):
        ends = copies.cited([model.Cite(cite.source, end, end, cite.unit) for end in (cite.first, cite.last)])
        if any(reading.line.kind in (BLANK, HEADER) for reading in ends):
            message = f"{cite} begins or ends on a line that tells nothing"
            yield Failure(record, path, "cite-empty", message, "", (cite,))
        elif isinstance(record, model.Event):
            for reading in _foreign(record, ends, copies):
                message = (
                    f"{cite} reaches into another item, line {reading.line.number}, which has no date of this event"
                )
                yield Failure(record, path, "cite-wide", message, "", (cite,))


def _foreign(event: model.Event, ends: Sequence[Reading], copies: Copies) -> Iterator[Reading]:
    """The items at the ends of a cite over several that print dates, but none of the event's.

    An undated item among them is dated by its neighbours, so they may be cited whatever their dates.
    """
    if len(ends) < 2 or ends[0].line.block == ends[-1].line.block:
        return
    items: dict[int, list[Reading]] = {}
    for reading in copies.blocks(ends[0].source, ends[0].line.block, ends[-1].line.block):
        items.setdefault(reading.line.block, []).append(reading)
    if not all(
        lines[0].line.kind == ITEM and lines[0].dates and not lines[0].dates[0].start for lines in items.values()
    ):
        return
    parts = [part for each in dates(event) for pair in each.ends for part in pair if part]
    for reading in ends:
        printed = [date for line in items[reading.line.block] for date in line.dates]
        units = [unit for date in printed for meaning in date.meanings for unit in meaning.units]
        if not any(_inside(unit, part) for unit in units for part in parts):
            yield reading


def _figures(record: model.Record, copies: Copies, persons: frozenset[str], people: set[int]) -> Iterator[Failure]:
    """The numbers of tolls and strengths, each on its own cite; that of one person is 1."""
    for path, part in references.parts(record):
        if not isinstance(part, model.Toll | model.Strength):
            continue
        of, field = (part.of, part.kind) if isinstance(part, model.Toll) else (None, "figure")
        figure, cites = part.figure.text, part.cite or record.cites
        lines = copies.cited(cites)
        if of in persons and figure != "1":
            message = f"'{of}' is one person, and the figure {figure}"
            yield Failure(record, (*path, field), "figure-of-person", message, "", cites)
        elif not copies.missing(cites) and not prints_figure(
            figure, lines, people if of in (None, "everyone") else set()
        ):
            message = f"the figure '{figure}' is not printed on {_list(cites)}"
            yield Failure(record, (*path, field), "figure-not-printed", message, _list_numbers(lines), cites)


def prints_figure(figure: str, lines: Sequence[Reading], people: set[int]) -> bool:
    """Whether every number of a figure is printed on lines; that of so many people is free."""
    if figure in figures.WORDS:
        # "some" says no more than that there was one, which is free.
        return figure == "some" or any(figure in reading.numbers.vague for reading in lines)
    return all(_is_number_printed(number.value, lines, people) for number in numerals.read(figure.lstrip("~")))


def _is_number_printed(value: Decimal, lines: Sequence[Reading], people: set[int]) -> bool:
    if value == 1 or any(value in reading.numbers.values for reading in lines):
        return True
    if value == 0:
        return any(reading.numbers.denies for reading in lines)
    return value in FREE and int(value) in people


def _people(record: model.Record, persons: frozenset[str]) -> set[int]:
    """How many people stand among a record's actors, in all and in each role."""
    parts = record.actors if isinstance(record, model.Event | model.Period) else ()
    roles = [part.role if isinstance(part, model.Participation) else "" for part in parts if part.actor in persons]
    return {len(roles), *(roles.count(role) for role in set(roles))}


def _texts(record: model.Record, copies: Copies, people: set[int]) -> Iterator[Failure]:
    """The numbers and dates of titles and summaries, on any of the record's lines."""
    cites = record.cites
    if not isinstance(record, model.Event | model.Period | model.Actor) or not cites or copies.missing(cites):
        return
    lines = copies.evidence(cites)
    printed_times = [time for reading in lines for time in reading.clocks]
    years = _years(record)
    title = record.title if isinstance(record, model.Event) else ""
    for name, written in (("title", title), ("summary", record.summary or "")):
        text = numerals.in_plain_digits(written)
        expressions = phrases.read(text, Context(years=years), table=copies.table) if text else []
        for expression in expressions:
            if expression.needs_entry and not (_is_date_printed(expression, lines) or _is_count(expression, lines)):
                said = written[expression.start : expression.stop]
                message = f"'{said}' in the {name} is not printed on {_list(cites)}"
                yield Failure(record, (name,), "figure-not-printed", message, "", cites)
        times = clocks.read(text)
        for time in times:
            if not time.is_word and not clocks.is_printed(time, printed_times):
                message = f"'{time.words}' in the {name} is not printed on {_list(cites)}"
                yield Failure(record, (name,), "figure-not-printed", message, "", cites)
        for number in clocks.numbers(text, [*expressions, *times]):
            if not _is_number_printed(number.value, lines, people):
                message = f"'{written[number.start : number.stop]}' in the {name} is not printed on {_list(cites)}"
                yield Failure(record, (name,), "figure-not-printed", message, _list_numbers(lines), cites)


def _years(record: model.Event | model.Period | model.Actor) -> tuple[int, ...]:
    """The years of a record's dates, for a date in its summary that leaves the year out."""
    own = [] if isinstance(record, model.Actor) else [each.date for each in dates(record)]
    parts = [part for date in own for pair in date.ranges for part in pair if part]
    return tuple(dict.fromkeys(from_ordinal(day)[0] for part in parts for day in (part.first, part.last)))


def _is_date_printed(expression: Printed, lines: Sequence[Reading]) -> bool:
    """Whether a date in a summary is printed, or a finer one, or both sides of a range are."""
    meanings = [meaning for reading in lines for date in reading.dates for meaning in date.meanings]
    printed = [unit for meaning in meanings for unit in meaning.units]

    def is_printed(unit: Ends) -> bool:
        (first, last) = unit
        return any(first[0] <= a[0] and a[1] <= first[1] and last[0] <= b[0] and b[1] <= last[1] for a, b in printed)

    return any(
        is_printed(units[0]) or (len(units) > 1 and all(map(is_printed, units[1:])))
        for units in (meaning.units for meaning in expression.meanings)
    )


def _is_count(expression: Printed, lines: Sequence[Reading]) -> bool:
    """Whether what could be a year is a number that is printed: 1200 homes."""
    return expression.words.isdecimal() and _is_number_printed(Decimal(expression.words), lines, set())


def _list(cites: Iterable[model.Cite]) -> str:
    return ", ".join(map(str, cites))


def _list_numbers(lines: Sequence[Reading]) -> str:
    values = sorted({value for reading in lines for value in reading.numbers.values})
    words = sorted({word for reading in lines for word in reading.numbers.vague})
    numbers = [f"{value.normalize():f}" for value in values] + words
    return "printed there: " + ", ".join(numbers) if numbers else "no number is printed there"
