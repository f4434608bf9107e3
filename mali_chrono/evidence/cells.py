"""The rows of a table in a text file (CSV): which line each begins on, and its cells. Quotes are honoured.

A cell in quotes may go on over several lines: each line gives the part of it that it holds, so that lines keep their
numbers.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

BETWEEN = " | "
"""What stands between two cells where a line is written as one text: nothing is read across it."""
_DELIMITERS = ",;\t"


class Piece(NamedTuple):
    """One line of a table: the number of the line its row begins on, and its cells."""

    head: int
    cells: tuple[str, ...]


def read_cells(lines: Iterable[str]) -> Iterator[Piece]:
    """Each line's cells; the first line says by which mark they are parted, a comma where none is."""
    delimiter, head, is_open = "", 1, False
    for number, line in enumerate(lines, 1):
        delimiter = delimiter or _delimiter(line)
        head = head if is_open else number
        cells, is_open = _split(line, delimiter or ",", is_open=is_open)
        yield Piece(head, tuple(cells))


def is_cell(text: str, start: int, stop: int) -> bool:
    """Whether a stretch of a line written as one text is a cell of its own."""
    before, after = text[:start], text[stop:]
    return (not before or before.endswith(BETWEEN)) and (not after or after.startswith(BETWEEN))


def _delimiter(line: str) -> str:
    counts = {mark: len(_split(line, mark, is_open=False)[0]) for mark in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda mark: counts[mark])
    return best if counts[best] > 1 else ""


def _split(line: str, delimiter: str, *, is_open: bool) -> tuple[list[str], bool]:
    """The cells of a line, and whether its last one is in quotes that stay open; `is_open`: the first one is."""
    cells: list[str] = []
    at = 0
    while True:
        quoted = ""
        if is_open or line.startswith('"', at):
            quoted, at, is_open = _quoted(line, at if is_open else at + 1)
            if is_open:
                return [*cells, quoted], True
        end = line.find(delimiter, at)
        cells.append(quoted + line[at : end if end >= 0 else len(line)])
        if end < 0:
            return cells, False
        at = end + 1


def _quoted(line: str, at: int) -> tuple[str, int, bool]:
    """What stands in quotes from a place on, where it ends, and whether the line ends before it."""
    text = ""
    while True:
        end = line.find('"', at)
        if end < 0:
            return text + line[at:], len(line), True
        text, at = text + line[at:end], end + 1
        if not line.startswith('"', at):
            return text, at, False
        text, at = text + '"', at + 1
