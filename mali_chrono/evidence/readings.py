"""What the copies print, line by line: dates with their ends, numbers, and the raw words. Read when asked, and once."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from mali_chrono.cites import LINE
from mali_chrono.dates import phrasetable
from mali_chrono.dates.days import from_ordinal
from mali_chrono.dates.tonguephrases import table_of
from mali_chrono.evidence import clocks, mapped, phrases
from mali_chrono.evidence.cells import is_cell
from mali_chrono.evidence.documents import SOURCES, TABLE, TELLING, Document, Line
from mali_chrono.evidence.phrases import Context, Printed, Scan
from mali_chrono.figures import denials, numerals
from mali_chrono.store.model import Cite, Source
from mali_chrono.text import fold

Place = tuple[str, int]  # a source and a line


class Numbers(NamedTuple):
    """The numbers a line prints outside its dates, words like "dozens", and whether it denies casualties."""

    values: frozenset[Decimal]
    vague: frozenset[str]
    denies: bool


class Reading(NamedTuple):
    """One line as read. `names` is its raw text, to find names in, with the attributions of its item.

    `clocks` are the times of day that it prints.
    """

    source: str
    line: Line
    dates: tuple[Printed, ...]
    clocks: tuple[clocks.Printed, ...]
    numbers: Numbers
    names: str

    def prints(self, name: str) -> bool:
        """Whether a name stands there, however it is accented."""
        return f" {fold(name)} " in _fold(self.names)


@lru_cache(maxsize=4096)
def _fold(text: str) -> str:
    return f" {fold(text)} "


class Copies:
    """Documents by source, each line of which is read when it is asked for, by a table of phrases."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        sources: Sequence[Source],
        table: Sequence[phrasetable.Row] = phrasetable.TABLE,
    ) -> None:
        self.documents = documents
        self._unverifiable = frozenset(source.id for source in sources if source.unverifiable)
        written = {source.id: _written(source) for source in sources}
        self.table = table
        self._pages = {name: _Pages(document, written[name], table) for name, document in documents.items()}

    def missing(self, cites: Iterable[Cite]) -> bool:
        """Whether something that is cited cannot be read: its document is not at hand, or it is no lines of one."""
        return any(cite.source not in self.documents or cite.unit != LINE for cite in cites)

    def unprovable(self, cites: Iterable[Cite]) -> list[Cite]:
        """The cites that nobody can hold against a copy, since there is none or they name pages or an anchor."""
        return [cite for cite in cites if cite.source in self._unverifiable or cite.unit != LINE]

    def reading(self, place: Place) -> Reading:
        """A line as read."""
        source, number = place
        return self._pages[source].reading(number)

    def line(self, place: Place) -> Line:
        """A line as it stands."""
        source, number = place
        return self.documents[source].lines[number - 1]

    def cited(self, cites: Iterable[Cite]) -> list[Reading]:
        """The lines cites name, each once."""
        return [self.reading(place) for place in self.places(cites)]

    def evidence(self, cites: Iterable[Cite]) -> list[Reading]:
        """The cited lines and the heads of the list items they lie in."""
        places = self.places(cites)
        heads = [(source, self.line((source, number)).head) for source, number in places]
        return [self.reading(place) for place in dict.fromkeys((*heads, *places))]

    def blocks(self, source: str, first: int, last: int) -> list[Reading]:
        """The lines of what stands from one item, paragraph or heading to another, by the lines they begin on."""
        following = self.documents[source].lines[first - 1 :]
        lines = takewhile(lambda line: line.block <= last, following)
        return [self.reading((source, line.number)) for line in lines if line.block >= first]

    def places(self, cites: Iterable[Cite]) -> list[Place]:
        """The lines cites name that a document at hand has."""
        places: dict[Place, None] = {}
        for cite in cites:
            document = self.documents.get(cite.source)
            if document and cite.unit == LINE:
                last = min(cite.last, len(document.lines))
                places |= {(cite.source, number): None for number in range(cite.first, last + 1)}
        return list(places)


class _Pages:
    """One document, read block by block: a date may leave its year to its own block, or to those before."""

    def __init__(self, document: Document, now: tuple[int, int] | None, table: Sequence[phrasetable.Row]) -> None:
        self._document, self._now, self._table = document, now, table
        self._blocks: dict[int, list[Line]] = {}
        self._attributions: dict[int, str] = {}
        for line in document.lines:
            if line.kind in TELLING:
                self._blocks.setdefault(line.block, []).append(line)
            elif line.kind == SOURCES:
                self._attributions[line.block] = f"{self._attributions.get(line.block, '')} {line.raw}"
        self._order = list(self._blocks)
        self._places = {block: at for at, block in enumerate(self._order)}
        self._scans: dict[int, Scan] = {}
        self._last_years: dict[int, int | None] = {}
        self._readings: dict[int, Reading] = {}

    def reading(self, number: int) -> Reading:
        """A line as read."""
        if number not in self._readings:
            line = self._document.lines[number - 1]
            if line.kind in TELLING:
                self._read_block(line.block)
            else:
                self._readings[number] = self._reading(line, ())
        return self._readings[number]

    def _read_block(self, block: int) -> None:
        years = tuple(self._years(block))
        context = Context(years, self._last_year(self._places[block] - 1), now=self._now)
        for line in self._blocks[block]:
            dates = tuple(phrases.read(line.text, context, self._scan(line)))
            context = phrases.context_after(dates, context)
            self._readings[line.number] = self._reading(line, dates)

    def _reading(self, line: Line, dates: tuple[Printed, ...]) -> Reading:
        told = self._document.told.get(line.number)
        is_table = self._document.form == TABLE
        times = clocks.read(line.text) if line.kind in TELLING else []
        names = line.raw
        if told:
            dates = mapped.dates(line.number, line.text, dates, told)
            numbers = _words(line.text, mapped.numbers(line.text, told))
        else:
            if is_table:
                dates = tuple(
                    date._replace(needs_entry=date.needs_entry and not _is_number(line, date)) for date in dates
                )
            numbers = _numbers(line, [*(date for date in dates if not (is_table and _is_number(line, date))), *times])
            names += self._attributions.get(line.block, "")
        if is_table and line.kind in TELLING:
            times += clocks.bare(line.text)
        return Reading(self._document.source, line, dates, tuple(times), numbers, names)

    def _scan(self, line: Line) -> Scan:
        if line.number not in self._scans:
            self._scans[line.number] = phrases.scan(line.text, self._table)
        return self._scans[line.number]

    def _years(self, block: int) -> list[int]:
        return [year for line in self._blocks[block] for year in phrases.years_printed(self._scan(line))]

    def _last_year(self, at: int) -> int | None:
        """The last year printed up to a block, by its place among them."""
        first = at
        while first >= 0 and first not in self._last_years and not self._years(self._order[first]):
            first -= 1
        if first < 0:
            year = None
        elif first in self._last_years:
            year = self._last_years[first]
        else:
            year = self._years(self._order[first])[-1]
        self._last_years |= dict.fromkeys(range(max(first, 0), at + 1), year)
        return year


def _is_number(line: Line, date: Printed) -> bool:
    """Whether a cell holds digits and nothing else: a number, which may prove a year and needs no entry."""
    return date.words.isdecimal() and is_cell(line.text, date.start, date.stop)


def read(documents: Mapping[str, Document], sources: Sequence[Source], language: str = "en") -> Copies:
    """The documents as read, with the names of months of a language too. Raises NoTongueError."""
    return Copies(documents, sources, table_of(language))


def _written(source: Source) -> tuple[int, int] | None:
    """The month a text was written in, where it prints no date of its own and another document tells it."""
    if source.as_of_cite is None or source.as_of.latest is None:
        return None
    return from_ordinal(source.as_of.latest)[:2]


def _numbers(line: Line, told: Iterable[clocks.Span]) -> Numbers:
    """What a line prints of numbers, without those that are part of these dates and times."""
    if line.kind not in TELLING:
        return Numbers(frozenset(), frozenset(), denies=False)
    return _words(line.text, (number.value for number in clocks.numbers(line.text, told)))


def _words(text: str, values: Iterable[Decimal]) -> Numbers:
    """Numbers of a text, and what its words say of numbers."""
    both = (Decimal(2),) if numerals.says_both(text) else ()
    return Numbers(frozenset((*values, *both)), frozenset(numerals.vague(text)), denials.denies(text))
