"""What a pipe gets: one line a row, columns aligned, nothing cut; and facts, a label and a text a line."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from mali_chrono.render.look import Column
from mali_chrono.text import one_line, width

Fact = TypeVar("Fact")


def table(columns: Sequence[Column], rows: Iterable[Iterable[object]]) -> str:
    """A header line, then a line a row: columns two spaces apart, as wide as their widest cell, the last not padded."""
    lines = [list(map(one_line, row)) for row in ([column.heading for column in columns], *rows)]
    widths = [max(width(line[i]) for line in lines) for i in range(len(columns))]
    right = [column.right for column in columns]
    return "".join("  ".join(map(_pad, line, widths, right)).rstrip() + "\n" for line in lines)


def _pad(cell: str, room: int, right: bool) -> str:
    blanks = " " * (room - width(cell))
    return blanks + cell if right else cell + blanks


def facts(pairs: Iterable[tuple[str, object]], room: int) -> str:
    """A line a pair: the label in so many columns, then the text."""
    return "".join(f"{label:<{room}}{one_line(text)}\n" for label, text in pairs)


def label_once(pairs: Iterable[tuple[str, Fact]]) -> Iterator[tuple[str, Fact]]:
    """The pairs with a label only on the first of those in a row that share it."""
    before = ""
    for label, text in pairs:
        yield "" if label == before else label, text
        before = label
