"""What a pipe gets: one line a row, columns aligned, nothing cut; and facts, a label and a text a line."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from mali_chrono.render.look import Column, Look
from mali_chrono.text import one_line, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.render.tabular import Tabular

Fact = TypeVar("Fact")


def write(answer: "Tabular", look: Look) -> str:  # noqa: ARG001
    """The tables of an answer, each under its heading, and the notes below."""
    parts = [
        (f"{one_line(part.heading)}\n" if part.heading else "") + table(part.columns, part.rows)
        for part in answer.tables
    ]
    notes = "".join(f"{one_line(note)}\n" for note in answer.notes)
    return "\n".join(filter(None, (*parts, notes)))


def table(columns: Sequence[Column], rows: Iterable[Iterable[object]]) -> str:
    """A header line, then a line a row: columns two spaces apart, as wide as their widest cell, the last not padded."""
    lines = [list(map(one_line, row)) for row in ([column.heading for column in columns], *rows)]
    padded = [_pad(cells, right=column.right) for column, cells in zip(columns, zip(*lines, strict=True), strict=True)]
    return "".join("  ".join(line).rstrip() + "\n" for line in zip(*padded, strict=True))


def _pad(cells: Sequence[str], *, right: bool) -> list[str]:
    """The cells of a column, each as wide as the widest."""
    widths = [width(cell) for cell in cells]
    room = max(widths)
    blanks = [" " * (room - wide) for wide in widths]
    return [*map(str.__add__, blanks, cells)] if right else [*map(str.__add__, cells, blanks)]


def facts(pairs: Iterable[tuple[str, object]], room: int) -> str:
    """A line a pair: the label in so many columns, or as many as the longest needs, then the text."""
    pairs = list(pairs)
    room = max([room, *(width(label) + 1 for label, _ in pairs)])
    return "".join(f"{label}{' ' * (room - width(label))}{one_line(text)}\n" for label, text in pairs)


def label_once(pairs: Iterable[tuple[str, Fact]]) -> Iterator[tuple[str, Fact]]:
    """The pairs with a label only on the first of those in a row that share it."""
    before = ""
    for label, text in pairs:
        yield "" if label == before else label, text
        before = label
