"""Counts and sums by one key on a terminal: a bar a group, or a group below the other where there is no room."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from mali_chrono.answers.measures import Measure
from mali_chrono.figures.reckon import Range
from mali_chrono.render import chart, console
from mali_chrono.render.console import GAP, Cell
from mali_chrono.render.look import Column, Look
from mali_chrono.render.measures import View, margin, margin_heads
from mali_chrono.render.tabular import too_wide
from mali_chrono.text import listing, one_line
from mali_chrono.text import width as text_width

BAR, LEAST = 30, 5
BAND, BAND_HEAD = 20, "low-o-high"  # at most so wide, and its head, which is the least
WHEN, BY = "when", "by"  # what stands above the date of a latest report, and its author
PART = 16  # columns that an author has at least


class _Numbers(NamedTuple):
    """What stands beside the names: heads, and their texts for each row and for all."""

    heads: list[str]
    rows: list[list[str]]
    whole: list[str]

    def without(self, left_out: frozenset[int]) -> "_Numbers":
        """The same without some columns."""
        heads, whole, *rows = (
            [text for i, text in enumerate(texts) if i not in left_out]
            for texts in (self.heads, self.whole, *self.rows)
        )
        return _Numbers(heads, rows, whole)

    @property
    def columns(self) -> list[tuple[str, ...]]:
        """Each column, its head first."""
        return list(zip(self.heads, self.whole, *self.rows, strict=True))


def draw_bars(view: View, width: int, look: Look) -> Iterator[Any]:
    """One key: name, count, a bar of the count or of the best figure asked for, low-best-high, how many have none."""
    from rich.text import Text

    summary = view.summary
    measures = [summary.measure(group) for group in view.rows]
    heads = ["events", *(head.replace("_", " ") for head in margin_heads(view))]
    full = _Numbers(heads, [margin(view, measure) for measure in measures], margin(view, summary.total))
    names = [one_line(group.name) for group in view.rows]
    longest = max(map(text_width, [*names, summary.by[0], "all"]))
    told = len(heads) - 1 - len(summary.kinds)  # what follows counts events without a figure
    one = len(summary.kinds) < 2 and WHEN not in heads
    # The names move above one kind's numbers; of several, columns go.
    numbers, left_out = (full, []) if one else _that_fit(full, told, longest, width)
    naturals = [max(map(text_width, column)) for column in numbers.columns]
    taken = sum(naturals) + GAP * (len(naturals) + 1)
    label = min(longest, max(width - taken - LEAST, 8))
    widths = _fit(label, naturals, numbers.columns, width)
    if not widths:
        yield Text(f"Events by {summary.by[0]}; {_what(view)}", style="dim")
        yield Text()
        yield from _stacked(names, full, width, look)
        return
    free = width - taken - label
    room, breadth, bars, bands = _charts(view, measures, free, look)
    columns = [Column(summary.by[0]), *(Column(head, right=head not in (WHEN, BY)) for head in numbers.heads)]

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
    lines = [line(summary.by[0], numbers.heads, "dim", drawn_band=BAND_HEAD)]
    for name, row, measure, *charts in zip(names, numbers.rows, measures, bars, bands, strict=True):
        lines.append(line(name, row, "" if measure.events else "dim", *charts))
    lines.append(line("all", numbers.whole, "bold"))
    pictured = _pictured(view, bar=room >= LEAST, band=bool(breadth))
    yield Text(f"Events by {summary.by[0]}; {_what(view)}{pictured}", style="dim")
    yield Text()
    if widths[0]:
        yield console.lay_out(columns, lines, widths, look)
    else:
        for head, *cells in lines:
            yield console.in_line(head, width, look)
            yield console.lay_out(columns, [[(("", ""),), *cells]], widths, look)
    if left_out:
        yield Text()
        yield Text(too_wide(left_out), style="dim")


def _charts(view: View, measures: Sequence[Measure], free: int, look: Look) -> tuple[int, int, list[str], list[str]]:
    """The room of the bars and of the bands, each nothing where it is too narrow, and both of every row."""
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
    return room, breadth, bars, bands


def _that_fit(numbers: _Numbers, told: int, label: int, width: int) -> tuple[_Numbers, list[str]]:
    """The columns that fit beside the names, and the words for those that do not.

    What goes first is how many events of a row have no figure, which is told of all of them below, then who reported.
    """
    heads = numbers.heads
    steps = (
        ("how many events of a row have no figure", lambda i: i > told),
        ("who reported", lambda i: heads[i] == BY),
        ("when", lambda i: heads[i] == WHEN),
    )
    gone: frozenset[int] = frozenset()
    words: list[str] = []
    left = numbers
    for word, leaves in steps:
        if label + sum(map(_least, left.columns)) + GAP * len(left.heads) <= width:
            break
        more = {i for i in range(len(heads)) if leaves(i)} - gone
        gone |= more
        words += [word] if more else []
        left = numbers.without(gone)
    return left, words


def _least(column: Sequence[str]) -> int:
    """What a column needs: its longest word, a date whole, of an author's name a part."""
    if column[0] == WHEN:
        return max(map(text_width, column))
    return max(console.longest_word(column), min(max(map(text_width, column)), PART) if column[0] == BY else 0)


def _stacked(names: Sequence[str], numbers: _Numbers, width: int, look: Look) -> Iterator[str]:
    """A group below the other: its name and how many events, then its figures by their heads."""
    for name, row in zip([*names, "all"], [*numbers.rows, numbers.whole], strict=True):
        style = "bold" if row is numbers.whole else "cyan" if row[0] != "0" else "dim"
        yield console.paragraph(f"{name}: {row[0]} {'event' if row[0] == '1' else 'events'}", style, width, look)
        told = [f"{head} {text}" for head, text in zip(numbers.heads, row, strict=True) if text.strip("-0")]
        yield console.paragraph(", ".join(told[1:]), "", width, look) if told[1:] else ""


def _fit(label: int, naturals: Sequence[int], columns: Sequence[Sequence[str]], width: int) -> list[int]:
    """The room of the names and of each column of numbers; no room for names that stand above them.

    A number on two lines would be read as two, so names move before one is parted. Empty where even that is too wide.
    """
    space = width - GAP * len(columns)
    words = [*map(_least, columns)]
    label = label if label + sum(words) <= space else 0
    if label + sum(words) > space:
        return []
    return console.fit([label, *naturals], [label, *words], [label, *naturals], space)


def _what(view: View) -> str:
    """What the figures of a row are: of what, and whose."""
    kinds, of, levels = view.summary.kinds, view.summary.of, view.summary.words.levels
    if not kinds:
        return "how many"
    whose = f" of {of}" if of else ""
    if set(view.summary.by) == {"actor"} and not of and not view.query.get("role"):
        whose = " in events with them, whoever did it"
    ends = "the latest report" if set(kinds) <= levels else "low, best, high"
    return f"{listing(kinds)}{whose}: {ends}"


def _pictured(view: View, *, bar: bool, band: bool) -> str:
    """What a bar is as long as, and of what a band is where there are several kinds."""
    kinds = view.summary.kinds
    best = view.figures and kinds[0] not in view.summary.words.levels
    solid = f"; bar: best of {kinds[0]}" if best else "; bar: events"
    return solid * bar + (f"; {BAND_HEAD}: {kinds[0]}" if band and len(kinds) > 1 else "")


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
