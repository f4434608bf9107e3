"""A timeline in every format; on a terminal fitted to its width, wrapped, never cut, a rule at each new year."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from mali_chrono.dates.words import year_words
from mali_chrono.index.fields import TIMELINE
from mali_chrono.render import csvtext, jsontext, markdown, plain
from mali_chrono.render.console import GAP, UNKNOWN, closing, draw, grid, rule
from mali_chrono.render.look import Column, Look
from mali_chrono.text import counted, one_line
from mali_chrono.text import width as text_width

Row = tuple[object, ...]

STACKED, NARROW = 60, 100
# How fields are shown where that is not as a plain column. Room is shared where it is scarce, but a date or a figure
# is never wrapped for a text's sake.
COLUMNS = {
    column.key: column
    for column in (
        Column("id", style="dim"),
        Column("when", style="cyan"),
        Column("title", "what", weight=4, style="bold"),
        Column("places", "where", weight=2, style="green"),
        Column("who", weight=3),
        Column("killed", "dead", right=True, style="red"),
        *(Column(key, right=True) for key in ("wounded", "killed_low", "killed_best", "killed_high")),
        *(Column(key, weight=6) for key in ("summary", "note")),
        *(Column(key, weight=4) for key in ("actors", "tolls")),
        Column("cites", weight=3),
        Column("outlets", weight=2),
    )
}


class Timeline(NamedTuple):
    """An answer: the columns' fields and their rows, each row's last value its year; for json, one text a row.

    `periods` are (words, json object) pairs; `query` is what was asked, resolved.
    """

    fields: Sequence[str]
    rows: Sequence[Any]
    periods: Sequence[tuple[str, str]]
    query: dict[str, object]
    store: str


def columns_of(fields: Sequence[str]) -> list[Column]:
    """The columns that show some fields."""
    return [COLUMNS.get(field, Column(field)) for field in fields]


def write_table(view: Timeline, look: Look) -> str:
    """Periods of the window, the table, and a line that counts and names the store."""
    width = look.width or UNKNOWN
    return draw(_parts(view, width, look), width, look)


def write_plain(view: Timeline, look: Look) -> str:  # noqa: ARG001 - the same on every machine
    """A header line, then one event a line."""
    return plain.table(columns_of(view.fields), [[plain.flatten(value) for value in row[:-1]] for row in view.rows])


def write_markdown(view: Timeline, look: Look) -> str:  # noqa: ARG001
    """A table with one event a row."""
    columns = [column._replace(header=column.heading.capitalize()) for column in columns_of(view.fields)]
    return markdown.table(columns, (row[:-1] for row in view.rows))


def _csv(view: Timeline, look: Look) -> str:  # noqa: ARG001
    return csvtext.table(view.fields, (row[:-1] for row in view.rows))


def _json(view: Timeline, look: Look) -> str:  # noqa: ARG001
    return jsontext.envelope(view.query, {"periods": [body for _, body in view.periods], "events": view.rows})


def _jsonl(view: Timeline, look: Look) -> str:  # noqa: ARG001
    return jsontext.lines(view.rows)


FORMATS = {
    "table": write_table, "plain": write_plain, "json": _json, "jsonl": _jsonl, "csv": _csv, "md": write_markdown,
}  # fmt: skip


def _parts(view: Timeline, width: int, look: Look) -> Iterator[Any]:
    from rich.text import Text

    if view.periods:
        yield Text(list_periods([words for words, _ in view.periods], width), style="dim")
        yield Text()
    if not view.rows:
        yield Text("No event matches.")
    else:
        yield from draw_rows(view, width, look)
    yield Text()
    yield closing(counted(len(view.rows), "event"), view.store)


def draw_rows(view: Timeline, width: int, look: Look) -> Iterator[Any]:
    """The rows alone: columns, or stacked where there is no room for them."""
    yield from (_stacked if width < STACKED else _side_by_side)(view, width, look)


def list_periods(words: Sequence[str], width: int) -> str:
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


def _side_by_side(view: Timeline, width: int, look: Look) -> Iterator[Any]:
    from rich.text import Text

    folded = width < NARROW and tuple(view.fields) == TIMELINE
    columns = columns_of([field for field in view.fields if not (folded and field == "who")])
    headers = ["what, and who" if folded and column.key == "title" else column.heading for column in columns]
    groups = [
        (year, [_cells(view.fields, row, columns, folded=folded) for row in rows]) for year, rows in _by_year(view.rows)
    ]
    lines = [headers, *(cells for _, group in groups for cells in group)]
    naturals = [
        max(text_width(part) for line in lines for part in str(line[i]).split("\n")) for i in range(len(columns))
    ]
    gaps = GAP * (len(columns) - 1)
    widths = fit(naturals, [column.weight for column in columns], width - gaps)
    yield grid(columns, [[Text(header, style="dim") for header in headers]], widths)
    for year, cells in groups:
        yield rule(year, sum(widths) + gaps, look)
        yield grid(columns, cells, widths)


def _cells(fields: Sequence[str], values: Row, columns: Sequence[Column], *, folded: bool) -> list[Any]:
    from rich.text import Text

    row = dict(zip(fields, values[:-1], strict=True))
    cells = {column.key: Text(one_line(row[column.key]), style=column.style) for column in columns}
    if folded and row["who"]:
        cells["title"].append("\n" + one_line(row["who"]), style="not bold dim")
    return list(cells.values())


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

    columns = columns_of(view.fields)
    for year, group in _by_year(view.rows):
        yield rule(year, width, look)
        for row in group:
            for column, value in zip(columns, row[:-1], strict=True):
                if text := one_line(value):
                    label = f"{column.heading}: " if column.right or column.key not in TIMELINE else ""
                    yield Text(label + text, style=column.style, overflow="fold")
            yield Text()
