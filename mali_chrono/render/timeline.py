"""The table a person reads on a terminal: fitted to its width, wrapped, never cut, a rule at each new year."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from mali_chrono.dates.words import year_words
from mali_chrono.index.fields import HEADERS, RIGHT, TIMELINE
from mali_chrono.render.console import draw, plain_text, rule
from mali_chrono.render.look import Look, Timeline
from mali_chrono.text import width as text_width

Row = tuple[object, ...]

STACKED, NARROW, UNKNOWN = 60, 100, 100
GAP = 2
# How room is shared where it is scarce: a date or a figure is never wrapped for a text's sake.
WEIGHTS = {
    "title": 4,
    "who": 3,
    "places": 2,
    "summary": 6,
    "note": 6,
    "actors": 4,
    "tolls": 4,
    "cites": 3,
    "outlets": 2,
}
STYLES = {"when": "cyan", "title": "bold", "killed": "red", "places": "green", "who": "", "id": "dim"}


def timeline(shape: str, view: Timeline, look: Look) -> str:
    """A timeline in one of the shapes; only that shape's writer is imported."""
    if shape == "table":
        return table(view, look)
    if shape == "plain":
        from mali_chrono.render.plain import plain as write
    elif shape == "md":
        from mali_chrono.render.markdown import md as write
    elif shape == "csv":
        from mali_chrono.render.csvtext import csv as write
    elif shape == "json":
        from mali_chrono.render.jsontext import json as write
    else:
        from mali_chrono.render.jsontext import jsonl as write
    return write(view, look)


def table(view: Timeline, look: Look) -> str:
    """Periods of the window, the table, and a line that counts and names the store."""
    width = look.width or UNKNOWN
    return draw(_parts(view, width, look), width, look)


def _parts(view: Timeline, width: int, look: Look) -> Iterator[Any]:
    from rich.text import Text

    if view.periods:
        yield Text(periods_line([words for words, _ in view.periods], width), style="dim")
        yield Text()
    if not view.rows:
        yield Text("No event matches.")
    else:
        yield from body(view, width, look)
    count = len(view.rows)
    yield Text()
    yield Text(f"{count} event{'s' * (count != 1)}, from the store: {plain_text(view.store)}", style="dim")


def body(view: Timeline, width: int, look: Look) -> Iterator[Any]:
    """The rows alone: columns, or stacked where there is no room for them."""
    yield from (_stacked if width < STACKED else _columns)(view, width, look)


def periods_line(words: Sequence[str], width: int) -> str:
    """The periods in two lines at most: as many as fit, and how many more there are."""
    room = 2 * width - 12
    shown: list[str] = []
    for text in words:
        if shown and len("; ".join([*shown, text])) > room:
            break
        shown.append(text)
    more = len(words) - len(shown)
    return "During: " + "; ".join(shown) + (f"; {more} more" if more else "")


def _by_year(rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Rows under the year each begins in, which is the last value of a row."""
    for year, group in groupby(rows, key=lambda row: row[-1]):
        yield year_words(year) if isinstance(year, int) else "", list(group)


def _columns(view: Timeline, width: int, look: Look) -> Iterator[Any]:
    from rich.text import Text

    folded = width < NARROW and tuple(view.fields) == TIMELINE
    columns = tuple(field for field in view.fields if not (folded and field == "who"))
    headers = ["what, and who" if folded and field == "title" else HEADERS.get(field, field) for field in columns]
    groups = [
        (year, [_cells(view.fields, row, columns, folded=folded) for row in rows]) for year, rows in _by_year(view.rows)
    ]
    lines = [headers, *(cells for _, group in groups for cells in group)]
    naturals = [
        max(text_width(part) for line in lines for part in str(line[i]).split("\n")) for i in range(len(columns))
    ]
    gaps = GAP * (len(columns) - 1)
    widths = fit(naturals, [WEIGHTS.get(field, 20) for field in columns], width - gaps)
    yield _grid(columns, widths, [[Text(header, style="dim") for header in headers]])
    for year, cells in groups:
        yield rule(year, sum(widths) + gaps, look)
        yield _grid(columns, widths, cells)


def _grid(columns: Sequence[str], widths: Sequence[int], lines: Sequence[Sequence[Any]]) -> Any:
    from rich.table import Table

    made = Table(box=None, show_header=False, pad_edge=False, padding=(0, GAP, 0, 0), collapse_padding=True)
    for field, width in zip(columns, widths, strict=True):
        made.add_column(width=width, justify="right" if field in RIGHT else "left", overflow="fold")
    for line in lines:
        made.add_row(*line)
    return made


def _cells(fields: Sequence[str], values: Row, columns: Sequence[str], *, folded: bool) -> list[Any]:
    from rich.text import Text

    row = dict(zip(fields, values[:-1], strict=True))
    cells = [Text(plain_text(row[field]), style=STYLES.get(field, "")) for field in columns]
    if folded and row["who"]:
        cells[1].append("\n" + plain_text(row["who"]), style="not bold dim")
    return cells


def fit(naturals: Sequence[int], weights: Sequence[int], room: int) -> list[int]:
    """Column widths: each as wide as it wants where that fits its share of the room, the rest sharing what is left."""
    widths = list(naturals)
    open_columns = set(range(len(widths)))
    while open_columns and sum(widths) > room:
        left = room - sum(width for i, width in enumerate(widths) if i not in open_columns)
        total = sum(weights[i] for i in open_columns)
        shares = {i: max(left * weights[i] // total, 1) for i in open_columns}
        content = {i for i in open_columns if naturals[i] <= shares[i]}
        if not content:
            for i in open_columns:
                widths[i] = shares[i]
            break
        open_columns -= content
    return widths


def _stacked(view: Timeline, width: int, look: Look) -> Iterator[Any]:
    from rich.text import Text

    for year, group in _by_year(view.rows):
        yield rule(year, width, look)
        for row in group:
            for field, value in zip(view.fields, row[:-1], strict=True):
                text = plain_text(value)
                if text:
                    label = f"{HEADERS.get(field, field)}: " if field in RIGHT or field not in TIMELINE else ""
                    yield Text(label + text, style=STYLES.get(field, ""), overflow="fold")
            yield Text()
