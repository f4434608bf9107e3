"""Changes one spot of one event: a figure, a date, a line number. The proof must notice."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from mali_chrono.dates.days import month_length
from mali_chrono.dates.edtf import EdtfError
from mali_chrono.dates.edtf import parse as parse_date
from mali_chrono.evidence.readings import Copies
from mali_chrono.figures import numerals
from mali_chrono.figures.figure import WORDS, parse_figure
from mali_chrono.store.model import Chronology, Cite, Event

WORDS_OF_NUMBERS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
DATE = re.compile(r"(-?\d{4}|-?\d{2,3}X+)(?:-(\d{2}))?(?:-(\d{2}))?")


class Mutation(NamedTuple):
    """The event as it was and as it is now, and what was changed."""

    before: Event
    after: Event
    what: str


def sample(chronology: Chronology, count: int) -> list[Mutation]:
    """So many spots, spread evenly over the store, the same each time."""
    every = [mutation for event in chronology.events for mutation in mutations(event, chronology)]
    return [every[i * len(every) // count] for i in range(count)]


def mutations(event: Event, chronology: Chronology) -> Iterator[Mutation]:
    lengths = {source.id: source.lines for source in chronology.sources}
    changes = (*dates(event), *figures(event), *texts(event), *cites(event, lengths))
    return (Mutation(event, after, f"{event.id}: {what}") for after, what in changes)


def dates(event: Event) -> Iterator[tuple[Event, str]]:
    if date := moved(str(event.date)):
        yield replace(event, date=parse_date(date)), f"date {event.date} -> {date}"
    for i, also in enumerate(event.also):
        if date := moved(str(also.date)):
            yield put(event, "also", i, replace(also, date=parse_date(date))), f"also {also.date} -> {date}"


def figures(event: Event) -> Iterator[tuple[Event, str]]:
    for i, toll in enumerate(event.tolls):
        figure = raised(toll.figure.text)
        changed = replace(toll, figure=parse_figure(figure))
        yield put(event, "tolls", i, changed), f"{toll.kind} {toll.figure.text} -> {figure}"


def texts(event: Event) -> Iterator[tuple[Event, str]]:
    for name in ("title", "summary"):
        text = getattr(event, name)
        for number in numerals.read(text):
            said = text[number.start : number.stop]
            if other := spelt(said):
                changed = text[: number.start] + other + text[number.stop :]
                yield replace(event, **{name: changed}), f"{name}: {said} -> {other}"


def cites(event: Event, lengths: dict[str, int]) -> Iterator[tuple[Event, str]]:
    for i, cite in enumerate(event.cites):
        changed = shifted(cite, lengths[cite.source])
        yield put(event, "cites", i, changed), f"{cite} -> {changed}"
    for name in ("tolls", "also"):
        for i, part in enumerate(getattr(event, name)):
            for j, cite in enumerate(part.cite):
                changed = shifted(cite, lengths[cite.source])
                yield put(event, name, i, put(part, "cite", j, changed)), f"{name} {i + 1}: {cite} -> {changed}"


def put(record, name, i, value):
    parts = list(getattr(record, name))
    parts[i] = value
    return replace(record, **{name: tuple(parts)})


def moved(text: str) -> str | None:
    """A date with its first end one unit later, or earlier where the calendar ends."""
    match = DATE.search(text)
    year, month, day = match.groups()
    for step in (1, -1):
        if day:
            number = int(day) + step
            changed = f"{year}-{month}-{number:02d}" if 0 < number <= month_length(int(year), int(month)) else None
        elif month:
            changed = f"{year}-{int(month) + step:02d}"
        elif "X" in year:
            digits = year.rstrip("X")
            changed = f"{int(digits) + step:0{len(digits)}d}" + "X" * (len(year) - len(digits))
        else:
            changed = f"{int(year) + step:05d}" if year.startswith("-") else f"{int(year) + step:04d}"
        if changed is None:
            continue
        mutant = text[: match.start()] + changed + text[match.end() :]
        try:
            parse_date(mutant)
        except EdtfError:
            continue
        return mutant
    return None


def raised(figure: str) -> str:
    """A figure with its first number one higher; a word becomes another."""
    if figure in WORDS:
        words = list(WORDS)
        return words[(words.index(figure) + 1) % len(words)]
    low, *high = re.findall(r"\d+", figure)
    if high and int(low) + 1 >= int(high[0]):
        return figure.replace(high[0], str(int(high[0]) + 1))
    return re.sub(r"\d+", str(int(low) + 1), figure, count=1) if low != "0" else "1"


def spelt(number: str) -> str | None:
    """A number of a title or summary one higher, in digits or words."""
    if number.lower() in WORDS_OF_NUMBERS[:-1]:
        return WORDS_OF_NUMBERS[WORDS_OF_NUMBERS.index(number.lower()) + 1]
    return re.sub(r"\d(?=\D*$)", lambda last: str((int(last[0]) + 1) % 10), number) if number[-1].isdigit() else None


def reason(mutation: Mutation, copies: Copies) -> str:
    """Why a change could not be noticed."""
    if " -> " in mutation.what and ":" in mutation.what.rpartition(" -> ")[2]:
        before, after = (copies.places(each.cites) for each in (mutation.before, mutation.after))
        blocks = {copies.line((source, number)).block for source, number in before}
        new = [copies.line((source, number)).block for source, number in after if (source, number) not in before]
        return "the line is of the same item" if set(new) <= blocks else "the line prints what the entry says, too"
    if (mutation.before.note or "").startswith("Reckoned:"):
        return "the date is reckoned"
    return "what it was changed to is printed on its lines, too"


def shifted(cite: Cite, length: int) -> Cite:
    """A cite one line further, or back at the end; of two line numbers the second is changed."""
    step = 1 if cite.last < length else -1
    if cite.first != cite.last:
        return replace(cite, last=cite.last + step)
    return replace(cite, first=cite.first + step, last=cite.last + step)
