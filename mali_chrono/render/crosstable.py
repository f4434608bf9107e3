"""Counts and sums on a terminal: a bar a group, or a cross table fitted to the width."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from mali_chrono.answers.keyrows import Group
from mali_chrono.answers.measures import Measure
from mali_chrono.answers.summary import Summary, folded
from mali_chrono.dates.units import UNITS
from mali_chrono.figures.reckon import Range
from mali_chrono.render import chart, console
from mali_chrono.render.console import GAP, Cell
from mali_chrono.render.look import Column, Look
from mali_chrono.render.measures import View, column_texts, count_head, margin, margin_heads
from mali_chrono.text import listing, one_line
from mali_chrono.text import width as text_width

BAR, LEAST = 30, 5
BAND, BAND_HEAD = 20, "low-o-high"  # at most so wide, and its head, which is the least
DEPTH = 3  # lines that headers may take


def draw_summary(view: View, width: int, look: Look) -> Iterator[Any]:
    """The groups: a cross table of two keys, bars of one."""
    yield from _cross(view, width, look) if view.summary.columns else _bars(view, width, look)


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
    free = width - taken - label
    ends = [_ends(view, measure) for measure in measures]
    # Half of what is free, so that the bars stay readable beside it; none where that is too narrow.
    breadth = min((free - GAP) // 2, BAND) * any(ends)
    breadth = breadth if breadth >= len(BAND_HEAD) else 0
    room = min(free - breadth - GAP * bool(breadth), BAR)
    # What stands for several groups is not drawn: it would dwarf them.
    drawn = [not (group.key is None and group.stands_for > 1) for group in view.rows]
    lengths = [_length(view, measure) for measure in measures]
    most = max((length for length, single in zip(lengths, drawn, strict=True) if single), default=0)
    bars = [bar(length, most, room, look) * single for length, single in zip(lengths, drawn, strict=True)]
    highest = max((end[-1] for end, single in zip(ends, drawn, strict=True) if end and single), default=0)
    bands = [
        chart.band(end, highest, breadth) if end and single and breadth else ""
        for end, single in zip(ends, drawn, strict=True)
    ]
    columns = [Column(summary.by[0]), *(Column(header, right=header not in ("when", "by")) for header in headers)]
    widths = _fit(label, naturals, list(zip(headers, whole, *rows, strict=True)), width)
    told = len(headers) - 1 - len(summary.kinds)  # what follows counts events without a figure

    def line(name: str, row: Sequence[str], style: str, drawn_bar: str = "", drawn_band: str = "") -> list[Cell]:
        cells = [(name, style or "cyan"), (row[0], style)]
        cells += [(text, style or ("red" if i < told else "dim")) for i, text in enumerate(row[1:])]
        charts = [(drawn_bar, "blue")] * (room >= LEAST) + [(drawn_band, style or "red")] * bool(breadth)
        return [(cell,) for cell in (*cells[:2], *charts, *cells[2:])]

    if breadth:
        columns.insert(2, Column("band"))
        widths.insert(2, breadth)
    if room >= LEAST:
        columns.insert(2, Column("bar"))
        widths.insert(2, room)
    lines = [line(summary.by[0], headers, "dim", drawn_band=BAND_HEAD)]
    for name, row, measure, *charts in zip(names, rows, measures, bars, bands, strict=True):
        lines.append(line(name, row, "" if measure.events else "dim", *charts))
    lines.append(line("all", whole, "bold"))
    yield Text(f"Events by {summary.by[0]}; {_what(view)}", style="dim")
    yield Text()
    if widths[0]:
        yield console.lay_out(columns, lines, widths, look)
        return
    for head, *numbers in lines:
        yield console.in_line(head, width, look)
        yield console.lay_out(columns, [[(("", ""),), *numbers]], widths, look)


def _fit(label: int, naturals: Sequence[int], columns: Sequence[Sequence[str]], width: int) -> list[int]:
    """The room of the names and of each column of numbers, its heading first; no room for names that stand above them.

    A number on two lines would be read as two: names move, and headings are parted, before one is.
    """
    space = width - GAP * len(columns)
    words = [*map(_longest_word, columns)]
    label = label if label + sum(words) <= space else 0
    numbers = [_longest_word(texts) for _, *texts in columns]
    least = next((least for least in (words, numbers) if label + sum(least) <= space), [1] * len(columns))
    return console.fit([label, *naturals], [label, *least], [label, *naturals], space)


def _longest_word(texts: Iterable[str]) -> int:
    return max((text_width(word) for text in texts for word in text.split()), default=0)


def _what(view: View) -> str:
    """What the figures of a row are: of what, whose, and what the bars show."""
    kinds, of, levels = view.summary.kinds, view.summary.of, view.summary.words.levels
    if not kinds:
        return "how many"
    whose = f" of {of}" if of else ""
    if set(view.summary.by) == {"actor"} and not of and not view.query.get("role"):
        whose = " in events with them, whoever did it"
    ends = "the latest report" if set(kinds) <= levels else "low, best, high"
    bars = f"; bar: best of {kinds[0]}" if view.figures and kinds[0] not in levels else ""
    return f"{listing(kinds)}{whose}: {ends}{bars}"


def _ends(view: View, measure: Measure) -> tuple[int, int, int] | None:
    """Low, best and high of what a band is drawn of; None where there is nothing to draw."""
    figures = _first(view, measure)
    return (figures.low, figures.best, figures.high) if figures else None


def _first(view: View, measure: Measure) -> Range | None:
    """What the first kind of toll comes to."""
    return next((measure.sums[kind].figures for kind in view.summary.kinds), None)


def _length(view: View, measure: Measure) -> int:
    """What a bar stands for: the number of events, or the best figure asked for."""
    figures = _first(view, measure)
    if not view.figures or view.summary.kinds[0] in view.summary.words.levels:
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


def _cross(view: View, width: int, look: Look) -> Iterator[Any]:
    """A cross table of as many columns as fit; headers stand on as many lines as they need to stay whole."""
    summary = view.summary
    margins = [margin(view, measure)[:-1] for measure in (*map(summary.measure, view.rows), summary.total)]
    heads = [count_head(view), *margin_heads(view)[:-1]]
    rooms = [max(map(text_width, texts)) + GAP for texts in zip(heads, *margins, strict=True)]
    label = min(max((text_width(group.name) for group in view.rows), default=0), max(width // 4, 10))
    edges = _Edges(summary.by[0], max(label, text_width(summary.by[0])), heads, rooms)
    laid = _fit_columns(view, edges, width)
    if laid is None:
        return
    for head in laid.heads:
        yield console.in_line([(head, "dim")], width, look)
    rows = zip(*(column.texts for column in laid.columns), strict=True)
    for group, row, end in zip([*view.rows, None], rows, margins, strict=True):
        cells = "".join(text.rjust(room) for text, room in zip(row, laid.rooms, strict=True))
        for line in _line(group, cells, end, edges):
            yield console.in_line(line, width, look)


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
    return _lay_out(columns, edges, 10**6)


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
    heads = [""] * max(levels) + [edges.key.ljust(edges.label)]
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
