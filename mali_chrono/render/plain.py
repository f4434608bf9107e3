"""One line a row, columns aligned, nothing cut: what a pipe gets."""

from collections.abc import Sequence

from mali_chrono.index.fields import HEADERS, RIGHT
from mali_chrono.render.look import Look, Timeline
from mali_chrono.text import width


def plain(view: Timeline, look: Look) -> str:  # noqa: ARG001 - the same on every machine
    """A header line, then one event a line."""
    cells = [[_cell(value) for value in row[:-1]] for row in view.rows]
    return lines([HEADERS.get(field, field) for field in view.fields], cells, [field in RIGHT for field in view.fields])


def lines(headers: Sequence[str], cells: Sequence[Sequence[str]], right: Sequence[bool]) -> str:
    """Columns two spaces apart, as wide as their widest cell; the last one is not padded."""
    table = [headers, *cells]
    widths = [max(width(row[i]) for row in table) for i in range(len(headers))]
    return "".join("  ".join(map(_pad, row, widths, right)).rstrip() + "\n" for row in table)


def _pad(cell: str, room: int, right: bool) -> str:
    blanks = " " * (room - width(cell))
    return blanks + cell if right else cell + blanks


def _cell(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())
