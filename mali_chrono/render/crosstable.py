"""Counts and sums by two keys on a terminal: a cross table fitted to the width."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from mali_chrono.answers.keyrows import Group
from mali_chrono.answers.summary import Summary, folded
from mali_chrono.dates.units import UNITS
from mali_chrono.render import console
from mali_chrono.render.console import GAP
from mali_chrono.render.look import Look
from mali_chrono.render.measures import View, column_texts, count_head, margin, margin_heads
from mali_chrono.render.tabular import too_wide
from mali_chrono.text import one_line
from mali_chrono.text import width as text_width

DEPTH = 3  # lines that headers may take


class _Column(NamedTuple):
    """A column of a cross table: its name, the texts of its cells and of its total, and the room those take."""

    name: str = ""
    texts: Sequence[str] = ()
    room: int = 0


class _Edges(NamedTuple):
    """What stands beside the columns: the key and room of the names of the rows, heads and rooms of the margin."""

    key: str
    label: int
    heads: list[str]
    rooms: list[int]


class _Layout(NamedTuple):
    """The columns, the room of each with the gap before it, and the lines of headers."""

    columns: Sequence[_Column]
    rooms: list[int]
    heads: list[str]


def draw_cross(view: View, width: int, look: Look) -> Iterator[Any]:
    """A cross table of as many columns as fit; headers stand on as many lines as they need to stay whole."""
    summary = view.summary
    margins = [margin(view, measure)[:-1] for measure in (*map(summary.measure, view.rows), summary.total)]
    heads = [count_head(view), *margin_heads(view)[:-1]]
    rooms = [max(map(text_width, texts)) + GAP for texts in zip(heads, *margins, strict=True)]
    label = min(max((text_width(group.name) for group in view.rows), default=0), max(width // 4, 10))
    edges = _Edges(summary.by[0], max(label, text_width(summary.by[0])), heads, rooms)
    laid = _fit_columns(view, edges, width)
    left_out = []
    if laid is None:
        left_out = [f"the {len(summary.columns)} columns by {summary.by[1]}"]
        fits = edges.label + sum(rooms) <= width
        left_out += [] if fits else heads[1:]
        shown = len(heads) if fits else 1
        edges, margins = edges._replace(heads=heads[:shown], rooms=rooms[:shown]), [row[:shown] for row in margins]
        laid = _Layout([], [], _heads([], [], [], edges))
    for head in laid.heads:
        yield console.in_line([(head, "dim")], width, look)
    rows = zip(*(column.texts for column in laid.columns), strict=True) if laid.columns else [()] * len(margins)
    for group, row, end in zip([*view.rows, None], rows, margins, strict=True):
        cells = "".join(text.rjust(room) for text, room in zip(row, laid.rooms, strict=True))
        for line in _line(group, cells, end, edges):
            yield console.in_line(line, width, look)
    if left_out:
        yield "\n"
        yield console.paragraph(too_wide(left_out), "dim", width, look)


def _fit_columns(view: View, edges: _Edges, width: int) -> _Layout | None:
    """As many columns as fit, the others in one: the earlier periods, or the smaller groups."""
    summary = view.summary
    early, count = summary.by[1] in UNITS, len(summary.columns)
    most = min(count, width // 2)
    largest = range(count - most, count) if early else range(most)
    known = [_read_column(view, summary, j) for j in largest]
    columns: list[_Column] = []
    for keep in range(most, -1, -1):
        columns = known[most - keep :] if early else known[:keep]
        if keep < count:
            # The others are reckoned only where there is room even without what they come to.
            if keep and not _lay_out([_Column(), *columns] if early else [*columns, _Column()], edges, width):
                continue
            shown, at = folded(summary, keep), 0 if early else keep
            columns.insert(at, _read_column(view, shown, at))
        if laid := _lay_out(columns, edges, width):
            return laid
    return None


def _read_column(view: View, summary: Summary, j: int) -> _Column:
    texts = column_texts(view, summary, j)
    return _Column(one_line(summary.columns[j].name), texts, max(map(text_width, texts)))


def _lay_out(columns: Sequence[_Column], edges: _Edges, width: int) -> _Layout | None:
    """The room of each column, with headers on as few lines as fit; None where there is no room."""
    count = len(columns)
    for depth in range(1, DEPTH + 1):
        rooms = [column.room + 1 for column in columns]
        levels = [depth - 1 - (count - 1 - j) % depth for j in range(count)]
        for j, column in enumerate(columns):
            near = sum(rooms[max(0, j - depth + 1) : j + 1])
            beside = edges.label if j < depth and levels[j] < depth - 1 else 0  # room over the rows' names
            rooms[j] += max(0, text_width(column.name) + 1 - near - beside)
        spare = (width - edges.label - sum(edges.rooms) - sum(rooms)) // count
        if spare >= 0:
            rooms = [room + min(spare, 1) for room in rooms]
            return _Layout(columns, rooms, _heads(columns, levels, rooms, edges))
    return None


def _heads(columns: Sequence[_Column], levels: Sequence[int], rooms: Sequence[int], edges: _Edges) -> list[str]:
    """The lines of headers, each name's end over its column's end."""
    heads = [""] * max(levels, default=0) + [edges.key.ljust(edges.label)]
    right = edges.label
    for column, level, room in zip(columns, levels, rooms, strict=True):
        right += room
        heads[level] += " " * (right - text_width(heads[level]) - text_width(column.name)) + column.name
    heads[-1] += " " * (right - text_width(heads[-1]))
    heads[-1] += "".join(head.rjust(room) for head, room in zip(edges.heads, edges.rooms, strict=True))
    return heads


def _line(group: Group | None, cells: str, end: Sequence[str], edges: _Edges) -> Iterator[console.Cell]:
    """A row of a cross table, its name on as many lines as it takes."""
    from textwrap import wrap

    name = one_line(group.name) if group else "all"
    style = "bold" if group is None else "dim" if end[0] == "0" else ""  # without any event
    first, *more = wrap(name, edges.label) or [""]
    count, *figures = [text.rjust(room) for text, room in zip(end, edges.rooms, strict=True)]
    padded = first + " " * (edges.label - text_width(first))
    yield (padded, style or "cyan"), (cells + count, style), ("".join(figures), style or "red")
    yield from (((rest, style or "cyan"),) for rest in more)
