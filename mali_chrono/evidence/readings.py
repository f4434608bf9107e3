"""What the copies print, line by line: dates with their ends, numbers, and the raw words. Read once, asked often."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from mali_chrono.dates.days import from_ordinal
from mali_chrono.evidence import numerals, phrases
from mali_chrono.evidence.documents import SOURCES, TELLING, Document, Line
from mali_chrono.evidence.phrases import Context, Printed
from mali_chrono.store.model import Cite, Source
from mali_chrono.text import fold

Place = tuple[str, int]  # a source and a line


class Numbers(NamedTuple):
    """The numbers a line prints outside its dates, words like "dozens", and whether it denies casualties."""

    values: frozenset[Decimal]
    vague: frozenset[str]
    denies: bool


class Reading(NamedTuple):
    """One line as read. `folded` is its raw text for finding names in, with the attributions of its item."""

    source: str
    line: Line
    dates: tuple[Printed, ...]
    numbers: Numbers
    folded: str


class Copies(NamedTuple):
    """Documents by source, and each line's reading."""

    documents: Mapping[str, Document]
    readings: Mapping[str, tuple[Reading, ...]]

    def missing(self, cites: Iterable[Cite]) -> bool:
        """Whether a cited document is not at hand."""
        return any(cite.source not in self.documents for cite in cites)

    def cited(self, cites: Iterable[Cite]) -> list[Reading]:
        """The lines cites name, each once."""
        return [self.readings[source][number - 1] for source, number in self.places(cites)]

    def evidence(self, cites: Iterable[Cite]) -> list[Reading]:
        """The cited lines and the heads of the list items they lie in."""
        places = self.places(cites)
        heads = [(source, self.readings[source][number - 1].line.head) for source, number in places]
        return [self.readings[source][number - 1] for source, number in dict.fromkeys((*heads, *places))]

    def places(self, cites: Iterable[Cite]) -> list[Place]:
        """The lines cites name that a document at hand has."""
        places: dict[Place, None] = {}
        for cite in cites:
            document = self.documents.get(cite.source)
            if document:
                last = min(cite.last, len(document.lines))
                places |= {(cite.source, number): None for number in range(cite.first, last + 1)}
        return list(places)


def read(documents: Mapping[str, Document], sources: Iterable[Source]) -> Copies:
    """Read every line of the documents."""
    written = {source.id: _written(source) for source in sources}
    return Copies(documents, {name: tuple(_read(document, written[name])) for name, document in documents.items()})


def _written(source: Source) -> tuple[int, int] | None:
    """The month a text was written in, where it prints no date of its own and another document tells it."""
    if source.as_of_cite is None or source.as_of.latest is None:
        return None
    return from_ordinal(source.as_of.latest)[:2]


def _read(document: Document, now: tuple[int, int] | None) -> Iterator[Reading]:
    years: dict[int, list[int]] = {}
    folded: dict[int, str] = {}
    for line in document.lines:
        if line.kind in TELLING:
            years.setdefault(line.block, []).extend(phrases.years_printed(line.text))
        if line.kind == SOURCES:
            folded[line.block] = folded.get(line.block, "") + " " + fold(line.raw)
    block, context = 0, Context(now=now)
    for line in document.lines:
        dates: tuple[Printed, ...] = ()
        if line.kind in TELLING:
            if line.block != block:
                before = years.get(block) or ([context.before] if context.before is not None else [])
                context = Context(tuple(years[line.block]), before[-1] if before else None, now=now)
                block = line.block
            dates = tuple(phrases.read(line.text, context))
            context = phrases.context_after(dates, context)
        names = f" {fold(line.raw)}{folded.get(line.block, '')} "
        yield Reading(document.source, line, dates, _numbers(line, dates), names)


def _numbers(line: Line, dates: tuple[Printed, ...]) -> Numbers:
    if line.kind not in TELLING:
        return Numbers(frozenset(), frozenset(), denies=False)
    values = {
        number.value
        for number in numerals.read(line.text)
        if not any(date.start < number.stop and number.start < date.stop for date in dates)
    }
    if numerals.says_both(line.text):
        values.add(Decimal(2))
    return Numbers(frozenset(values), frozenset(numerals.vague(line.text)), numerals.denies(line.text))
