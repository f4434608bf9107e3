"""What a line of a table prints where a map says how its cells are read: the rule is the map's, as an import has it."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from mali_chrono.dates.edtf import parse
from mali_chrono.evidence import clocks
from mali_chrono.evidence.cells import BETWEEN, is_cell
from mali_chrono.evidence.phrases import Meaning, Printed
from mali_chrono.intake.told import Told


def dates(number: int, text: str, printed: Iterable[Printed], told: Told) -> tuple[Printed, ...]:
    """The dates of a line: the one that the map reads, which is to be told, and those of prose, which may prove.

    What else fills a cell, or stands in the cells of the date, is a code: the map alone says what it means.
    """
    own = [Printed(0, 0, _words(told), (_meaning(told.date),))] if number in {first for first, _ in told.lines} else []
    prose = (
        date._replace(needs_entry=False)
        for date in printed
        if not is_cell(text, date.start, date.stop) and _cell(text, date.start) not in told.printed
    )
    return (*own, *prose)


def numbers(text: str, told: Told) -> Iterator[Decimal]:
    """The numbers of a line: the figures that the map reads, those of its titles and summary, and of cells of prose."""
    cells = (cell for cell in text.split(BETWEEN) if not re.fullmatch(r"[-+\d.,\s]*", cell))
    for piece in (*(count.figure for count in told.counts), *told.titles, told.summary, *cells):
        yield from (number.value for number in clocks.numbers(piece, clocks.read(piece)))


def _words(told: Told) -> str:
    return " ".join(told.printed)


def _cell(text: str, at: int) -> str:
    """The cell around a place of a line."""
    start = text.rfind(BETWEEN, 0, at)
    end = text.find(BETWEEN, at)
    return text[start + len(BETWEEN) if start >= 0 else 0 : end if end >= 0 else len(text)]


def _meaning(date: str) -> Meaning:
    first, last = (pair[end] for pair, end in ((parse(date).ranges[0], 0), (parse(date).ranges[-1], 1)))
    ends = [(part.first, part.last) for part in (first, last) if part]
    return Meaning(ends[0], ends[-1], tuple((end, end) for end in dict.fromkeys(ends)))
