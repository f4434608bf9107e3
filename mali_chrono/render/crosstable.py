"""Counts and sums on a terminal: a bar a group, or a cross table fitted to the width."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from mali_chrono.answers.keyrows import Group
from mali_chrono.answers.measures import Measure
from mali_chrono.answers.summary import Summary, folded
from mali_chrono.kinds import LEVELS
from mali_chrono.render.console import GAP, grid
from mali_chrono.render.look import Column, Look
from mali_chrono.render.measures import View, cell_text, count_head, margin, margin_heads
from mali_chrono.text import listing, one_line
from mali_chrono.text import width as text_width

BAR, LEAST = 30, 5
DEPTH = 3  # lines that headers may take


def draw_summary(view: View, width: int, look: Look) -> Iterator[Any]:
    """The groups: a cross table of two keys, bars of one."""
    yield from _cross(view, width) if view.summary.columns else _bars(view, width, look)


def _bars(view: View, width: int, look: Look) -> Iterator[Any]:
    """One key: name, count, a bar of the count or of the best figure asked for, low-best-high, how many have none."""
    from rich.text import Text

    summary = view.summary
    measures = [summary.measure(group) for group in view.rows]
    whole = margin(view, summary.total)
    rows = [margin(view, measure) for measure in measures]
    headers = ["events", *(head.replace("_", " ") for head in margin_heads(view))]
    naturals = [max(text_width(row[i]) for row in (headers, whole, *rows)) for i in range(len(headers))]
    names = [one_line(group.name) for group in view.rows]
    taken = sum(naturals) + GAP * (len(headers) + 1)
    label = min(max(map(text_width, [*names, summary.by[0], "all"])), max(width - taken - LEAST, 8))
    room = min(width - taken - label, BAR)
    # What stands for several groups is not drawn: it would dwarf them.
    drawn = [not (group.key is None and group.stands_for > 1) for group in view.rows]
    lengths = [_length(view, measure) for measure in measures]
    most = max((length for length, single in zip(lengths, drawn, strict=True) if single), default=0)
    bars = [bar(length, most, room, look) * single for length, single in zip(lengths, drawn, strict=True)]
    columns = [Column(summary.by[0]), *(Column(header, right=header not in ("when", "by")) for header in headers)]
    widths = [label, *naturals]
    told = len(headers) - 1 - len(summary.kinds)  # what follows counts events without a figure

    def line(name: str, row: Sequence[str], style: str, drawn_bar: str = "") -> list[Any]:
        cells = [Text(name, style=style or "cyan"), Text(row[0], style=style)]
        cells += [Text(text, style=style or ("red" if i < told else "dim")) for i, text in enumerate(row[1:])]
        return [*cells[:2], *([Text(drawn_bar, style="blue")] if room >= LEAST else []), *cells[2:]]

    if room >= LEAST:
        columns.insert(2, Column("bar"))
        widths.insert(2, room)
    lines = [line(summary.by[0], headers, "dim")]
    for name, row, drawn_bar, measure in zip(names, rows, bars, measures, strict=True):
        lines.append(line(name, row, "" if measure.events else "dim", drawn_bar))
    lines.append(line("all", whole, "bold"))
    yield Text(f"Events by {summary.by[0]}; {_what(view)}", style="dim")
    yield Text()
    yield grid(columns, lines, widths)


def _what(view: View) -> str:
    """What the figures of a row are: of what, whose, and what the bars show."""
    kinds, of = view.summary.kinds, view.summary.of
    whose = f" of {of}" if of else ""
    if set(view.summary.by) == {"actor"} and not of and not view.query.get("role"):
        whose = " in events with them, whoever did it"
    ends = "the latest report" if set(kinds) <= LEVELS else "low, best, high"
    bars = f"; bar: best of {kinds[0]}" if view.figures and kinds[0] not in LEVELS else ""
    return f"{listing(kinds)}{whose}: {ends}{bars}"


def _length(view: View, measure: Measure) -> int:
    """What a bar stands for: the number of events, or the best figure asked for."""
    figures = measure.sums[view.summary.kinds[0]].figures
    if not view.figures or view.summary.kinds[0] in LEVELS:
        return measure.events
    return figures.best if figures else 0


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

    summary = view.summary
    edge = [margin(view, summary.measure(group))[:-1] for group in view.rows]
    edge.append(margin(view, summary.total)[:-1])
    heads = [count_head(view), *margin_heads(view)[:-1]]
    shown, cells, laid = summary, _cells(view, summary), None
    for keep in range(min(len(summary.columns), width // 2), -1, -1):
        shown = folded(summary, keep)
        cells = _cells(view, shown)
        laid = _lay_out(view, shown, cells, [heads, *edge], width)
        if laid:
            break
    laid = laid or _lay_out(view, shown, cells, [heads, *edge], 10**6)
    if laid is None:
        return
    for head in laid.heads:
        yield Text(head, style="dim", no_wrap=True)
    for group, row, end in zip([*view.rows, None], cells, edge, strict=True):
        yield from _line(group, row, end, laid)


def _cells(view: View, summary: Summary) -> list[list[str]]:
    """The texts of the cells, and of the columns' totals last."""
    rows = [
        [cell_text(view, summary.cell(i, j)) for j in range(len(summary.columns))] for i in range(len(view.rows))
    ]  # fmt: skip
    return [*rows, [cell_text(view, summary.measure(column)) for column in summary.columns]]


def _lay_out(
    view: View, summary: Summary, cells: Sequence[Sequence[str]], edge: Sequence[Sequence[str]], width: int
) -> _Layout | None:
    """The widths, with headers on as few lines as fit; None where there is no room."""
    names = [one_line(column.name) for column in summary.columns]
    count = len(names)
    ends = [max(text_width(row[i]) for row in edge) + GAP for i in range(len(edge[0]))]
    label = min(max(text_width(group.name) for group in view.rows), max(width // 4, 10))
    label = max(label, text_width(summary.by[0]))
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
            return laid._replace(heads=_heads(summary.by[0], names, levels, laid, edge[0]))
    return None


def _heads(key: str, names: Sequence[str], levels: Sequence[int], laid: _Layout, margins: Sequence[str]) -> list[str]:
    """The lines of headers, each name's end over its column's end."""
    depth = max(levels, default=0) + 1
    heads = [""] * (depth - 1) + [key.ljust(laid.label)]
    right = laid.label
    for name, level, room in zip(names, levels, laid.columns, strict=True):
        right += room
        heads[level] += " " * (right - text_width(heads[level]) - text_width(name)) + name
    heads[-1] += " " * (right - text_width(heads[-1]))
    heads[-1] += "".join(head.rjust(room) for head, room in zip(margins, laid.margin, strict=True))
    return heads


def _line(group: Group | None, row: Sequence[str], end: Sequence[str], laid: _Layout) -> Iterator[Any]:
    """A row of a cross table, its name on as many lines as it takes."""
    from textwrap import wrap

    from rich.text import Text

    name = one_line(group.name) if group else "all"
    style = "bold" if group is None else "" if group.share.events else "dim"
    first, *more = wrap(name, laid.label) or [""]
    line = Text(first + " " * (laid.label - text_width(first)), style=style or "cyan", no_wrap=True)
    for text, room in zip(row, laid.columns, strict=True):
        line.append(text.rjust(room), style=style or "default")
    for i, (text, room) in enumerate(zip(end, laid.margin, strict=True)):
        line.append(text.rjust(room), style=style or ("red" if i else "default"))
    yield line
    for rest in more:
        yield Text(rest, style=style or "cyan")
