"""Counts and sums on a terminal: a bar a group, or a cross table fitted to the width."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from mali_chrono.answers.summary import Group, Summary, folded
from mali_chrono.render.console import draw, plain_text
from mali_chrono.render.look import Look
from mali_chrono.render.summary import MARK, View, cell, margin, notes, texts
from mali_chrono.text import width as text_width

BAR, GAP, LEAST = 30, 2, 5
MARGIN = ("all", "low", "best", "high")
DEPTH = 3  # lines that headers may take


def table(view: View, look: Look) -> str:
    """The summary as a person reads it, with what must be known of its numbers below."""
    width = look.width or 100
    return draw(_parts(view, width, look), width, look)


def _parts(view: View, width: int, look: Look) -> Iterator[Any]:
    from rich.text import Text

    if not view.summary.tally.items:
        yield Text("No event matches.")
    elif view.fields:
        yield _grid(*texts(view))
    elif view.summary.columns:
        yield from _cross(view, width)
    else:
        yield from _bars(view, width, look)
    yield Text()
    for note in notes(view):
        yield Text(note, style="dim")
    yield Text(f"From the store: {plain_text(view.store)}", style="dim")


def _grid(headers: Sequence[str], cells: Sequence[Sequence[str]], right: Sequence[bool]) -> Any:
    from rich.table import Table
    from rich.text import Text

    made = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="dim")
    for header, number in zip(headers, right, strict=True):
        made.add_column(Text(header), justify="right" if number else "left", overflow="fold")
    for row in cells:
        made.add_row(*(Text(plain_text(value)) for value in row))
    return made


def _bars(view: View, width: int, look: Look) -> Iterator[Any]:
    """One key: name, count, a bar of the count or of the best figure asked for, low-best-high, how many have none."""
    from rich.table import Table
    from rich.text import Text

    found = view.summary
    measures = [found.measure(group.members) for group in found.rows]
    whole = _aligned(margin(found.total, marked=False), found)
    rows = [_aligned(margin(measure), found) for measure in measures]
    headers = _aligned(["events", "low", "best", "high", "no figure"], found)
    naturals = [max(text_width(row[i]) for row in (headers, whole, *rows)) for i in range(len(headers))]
    names = [plain_text(group.name) for group in found.rows]
    taken = sum(naturals) + GAP * (len(headers) + 1)
    label = min(max(map(text_width, [*names, found.by[0], "all"])), max(width - taken - LEAST, 8))
    room = min(width - taken - label, BAR)
    # What stands for several groups is not drawn: it would dwarf them.
    drawn = [not (group.key is None and group.stands_for > 1) for group in found.rows]
    lengths = [(m.figures.best if m.figures else 0) if view.figures else m.events for m in measures]
    most = max((length for length, single in zip(lengths, drawn, strict=True) if single), default=0)
    bars = [bar(length, most, room, look) * single for length, single in zip(lengths, drawn, strict=True)]
    made = Table(box=None, show_header=False, pad_edge=False, padding=(0, GAP, 0, 0), collapse_padding=True)
    made.add_column(width=label, overflow="fold")
    made.add_column(width=naturals[0], justify="right", overflow="fold")
    if room >= LEAST:
        made.add_column(width=room)
    for natural in naturals[1:]:
        made.add_column(width=natural, justify="right", overflow="fold")

    def line(name: str, row: Sequence[str], drawn_bar: str, style: str) -> None:
        cells = [Text(name, style=style or "cyan"), Text(row[0], style=style)]
        if room >= LEAST:
            cells.append(Text(drawn_bar, style="blue"))
        cells += [Text(text, style=style or ("red" if i < 3 else "dim")) for i, text in enumerate(row[1:])]
        made.add_row(*cells)

    line(found.by[0], headers, "", "dim")
    for name, row, drawn_bar, measure in zip(names, rows, bars, measures, strict=True):
        line(name, row, drawn_bar, "" if measure.events else "dim")
    line("all", whole, "", "bold")
    what = f"{found.kind}: low, best, high" + ("; bar: best" if view.figures else "")
    yield Text(f"Events by {found.by[0]}; {what}", style="dim")
    yield Text()
    yield made


def _aligned(row: list[str], found: Summary) -> list[str]:
    """Digits stand under digits where some counts carry a mark."""
    return [_padded(row[0], padded=bool(found.spanning)), *row[1:]]


def _padded(text: str, *, padded: bool) -> str:
    return f"{text} " if padded and not text.endswith(MARK) else text


def bar(value: int, most: int, room: int, look: Look) -> str:
    """A bar as long as the value's share of the largest; what is not nothing is seen."""
    if not value or not most or room < LEAST:
        return ""
    if not look.unicode:
        return "#" * max(room * value // most, 1)
    eighths = max(8 * room * value // most, 1)
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()


class _Layout(NamedTuple):
    """Widths of the label, of each column and of the margin, each with the gap before it; the lines of headers."""

    label: int
    columns: list[int]
    margin: list[int]
    heads: list[str]


def _cross(view: View, width: int) -> Iterator[Any]:
    """A cross table of as many columns as fit; headers stand on as many lines as they need to stay whole."""
    from rich.text import Text

    found = view.summary
    edge = [margin(found.measure(group.members))[:-1] for group in found.rows]
    edge.append(margin(found.total, marked=False)[:-1])
    edge = [_aligned(row, found) for row in edge]
    shown, cells, laid = found, _cells(view, found), None
    for keep in range(min(len(found.columns), width // 2), -1, -1):
        shown = folded(found, keep)
        cells = _cells(view, shown)
        laid = _lay_out(shown, cells, edge, width)
        if laid:
            break
    laid = laid or _lay_out(shown, cells, edge, 10**6)
    if laid is None:
        return
    for head in laid.heads:
        yield Text(head, style="dim", no_wrap=True)
    for group, row, end in zip([*shown.rows, None], cells, edge, strict=True):
        yield from _line(group, row, end, laid)


def _cells(view: View, found: Summary) -> list[list[str]]:
    """The texts of the cells, and of the columns' totals last."""
    rows = [
        [cell(view, found.cells.get((i, j), frozenset())) for j in range(len(found.columns))]
        for i in range(len(found.rows))
    ]
    rows.append([cell(view, column.members, marked=False) for column in found.columns])
    marked = [any(row[j].endswith(MARK) for row in rows) for j in range(len(found.columns))]
    return [[_padded(text, padded=mark) for text, mark in zip(row, marked, strict=True)] for row in rows]


def _lay_out(
    found: Summary, cells: Sequence[Sequence[str]], edge: Sequence[Sequence[str]], width: int
) -> _Layout | None:
    """The widths, with headers on as few lines as fit; None where there is no room."""
    names = [plain_text(column.name) for column in found.columns]
    count = len(names)
    ends = [max(text_width(head), *(text_width(row[i]) for row in edge)) + GAP for i, head in enumerate(MARGIN)]
    label = min(max(text_width(group.name) for group in found.rows), max(width // 4, 10))
    label = max(label, text_width(found.by[0]))
    for depth in range(1, DEPTH + 1):
        columns = [max(text_width(row[j]) for row in cells) + 1 for j in range(count)]
        levels = [depth - 1 - (count - 1 - j) % depth for j in range(count)]
        for j, name in enumerate(names):
            near = sum(columns[max(0, j - depth + 1) : j + 1])
            beside = label if j < depth and levels[j] < depth - 1 else 0  # room over the rows' names
            columns[j] += max(0, text_width(name) + 1 - near - beside)
        spare = (width - label - sum(ends) - sum(columns)) // max(count, 1)
        if spare >= 0:
            columns = [room + min(spare, 1) for room in columns]
            laid = _Layout(label, columns, ends, [])
            return laid._replace(heads=_heads(found.by[0], names, levels, laid))
    return None


def _heads(key: str, names: Sequence[str], levels: Sequence[int], laid: _Layout) -> list[str]:
    """The lines of headers, each name's end over its column's end."""
    depth = max(levels, default=0) + 1
    heads = [""] * (depth - 1) + [key.ljust(laid.label)]
    right = laid.label
    for name, level, room in zip(names, levels, laid.columns, strict=True):
        right += room
        heads[level] += " " * (right - text_width(heads[level]) - text_width(name)) + name
    heads[-1] += " " * (right - text_width(heads[-1]))
    heads[-1] += "".join(head.rjust(room) for head, room in zip(MARGIN, laid.margin, strict=True))
    return heads


def _line(group: Group | None, row: Sequence[str], end: Sequence[str], laid: _Layout) -> Iterator[Any]:
    """A row of a cross table, its name on as many lines as it takes."""
    from textwrap import wrap

    from rich.text import Text

    name = plain_text(group.name) if group else "all"
    style = "bold" if group is None else "" if group.members else "dim"
    first, *more = wrap(name, laid.label) or [""]
    line = Text(first + " " * (laid.label - text_width(first)), style=style or "cyan", no_wrap=True)
    for text, room in zip(row, laid.columns, strict=True):
        line.append(text.rjust(room), style=style or "default")
    for i, (text, room) in enumerate(zip(end, laid.margin, strict=True)):
        line.append(text.rjust(room), style=style or ("red" if i else "default"))
    yield line
    for rest in more:
        yield Text(rest, style=style or "cyan")
