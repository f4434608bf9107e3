"""A timeline in every format; on a terminal fitted to its width, wrapped, never cut, a rule at each new year."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from mali_chrono.answers.matching import COVERS, MAY
from mali_chrono.dates.years import year_words
from mali_chrono.index.fields import fields_of
from mali_chrono.kinds import ENDS, Vocabulary
from mali_chrono.render import formats
from mali_chrono.render.console import GAP, UNKNOWN, Cell, closing, draw, fit, lay_out, longest_word, paragraph, rule
from mali_chrono.render.look import Column, Look
from mali_chrono.text import counted, one_line
from mali_chrono.text import width as text_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.answers.about import About
    from mali_chrono.answers.background import Background
    from mali_chrono.exchange.html import Around
    from mali_chrono.render.formats import Content
    from mali_chrono.render.tabular import Table, Tabular

Row = tuple[object, ...]

STACKED, NARROW, WIDE = 60, 100, 160
AROUND = 2  # what a row holds after its fields: how it matches, and its year
DATES = 14  # columns that a date takes at most where room is scarce
MARKS = {MAY: "*", COVERS: "^"}
# How fields are shown where that is not as a plain column. Room is shared where it is scarce, but a date or a figure
# is never wrapped for a text's sake.
COLUMNS = {
    column.key: column
    for column in (
        Column("id", style="dim"),
        Column("when", style="cyan"),
        Column("title", weight=4, style="bold"),
        Column("places", weight=2, style="green"),
        Column("who", weight=3),
        *(Column(key, weight=6) for key in ("summary", "note")),
        *(Column(key, weight=4) for key in ("actors", "tolls")),
        Column("cites", weight=3),
        Column("outlets", weight=2),
    )
}


class Timeline(NamedTuple):
    """An answer: the columns' fields and their rows; for formats of `AS_JSON`, one text of a json object a row.

    Where programs read it (`formats.FOR_PROGRAMS`) the rows may come one by one. The last values of a row are how it
    matches the time and its year. `chosen`: the fields were asked for. `periods` are (words, json object) pairs;
    `later` counts the reports that speak of the time and are not among the rows; `query` is what was asked, resolved;
    `about` what an answer says of itself that leaves the terminal for good. A format for other programs has json
    objects as rows, and `background` where it asks for what stands behind them; so has the page of html, with what it
    says beside them in `around`. `words` is the store's vocabulary.
    """

    fields: Sequence[str]
    rows: Any
    periods: Sequence[tuple[str, str]]
    query: dict[str, object]
    store: str
    words: Vocabulary
    chosen: bool = False
    later: int = 0
    about: "About | None" = None
    background: "Background | None" = None
    around: "Around | None" = None

    @property
    def main(self) -> str:
        """The kind of toll that stands in a column of its own; empty where there is none."""
        return self.words.main.id if self.words.main else ""


def columns_of(fields: Sequence[str], words: Vocabulary) -> list[Column]:
    """The columns that show some fields."""
    headed = {field: heading for heading, field in fields_of(words.tolls).headings.items()}
    kinds = words.toll_kinds
    columns = {**COLUMNS, **{kind: Column(kind, right=True, style="red" * (kind in kinds[:1])) for kind in kinds}}
    columns |= {key: Column(key, right=True) for kind in kinds for key in (f"{kind}_{end}" for end in ENDS[:3])}
    return [columns.get(field, Column(field))._replace(header=headed.get(field, "")) for field in fields]


def write_table(view: Timeline, look: Look) -> str:
    """Periods of the window, the table, and a line that counts and names the store."""
    width = look.width or UNKNOWN
    return draw(_parts(fit_fields(view, ids=width >= WIDE), width, look), width, look)


def fit_fields(view: Timeline, *, ids: bool = False) -> Timeline:
    """The fields that are worth a column: ids where there is room, the dead where there are any; those chosen all."""
    if view.chosen:
        return view
    at = view.fields.index(view.main) if view.main in view.fields else None
    dead = at is not None and any(row[at] for row in view.rows)
    kept = [i for i, field in enumerate(view.fields) if (ids or field != "id") and (dead or field != view.main)]
    rows = [(*(row[i] for i in kept), *row[-AROUND:]) for row in view.rows]
    return view._replace(fields=tuple(view.fields[i] for i in kept), rows=rows)


def write_plain(view: Timeline, look: Look) -> str:  # noqa: ARG001 - the same on every machine
    """A header line, then one event a line."""
    from mali_chrono.render import plain

    view = fit_fields(view)
    return plain.table(columns_of(view.fields, view.words), (row[:-AROUND] for row in view.rows))


def _json(view: Timeline, look: Look) -> Iterator[str]:  # noqa: ARG001
    from mali_chrono.render import jsontext

    return jsontext.pieces(view.query, {"periods": [body for _, body in view.periods], "events": view.rows})


def tabular(view: Timeline, look: Look) -> "Tabular":  # noqa: ARG001
    """The timeline as rows, one an event."""
    from mali_chrono.render.tabular import Tabular

    values = (row[:-AROUND] for row in view.rows)
    return Tabular("Timeline", view.fields, values, view.rows, _tables(view), "events", view.store, about=view.about)


def _tables(view: Timeline) -> "Iterator[Table]":
    from mali_chrono.render.tabular import Table

    view = fit_fields(view)
    yield Table(columns_of(view.fields, view.words), (row[:-AROUND] for row in view.rows))


def _html(view: Timeline, look: Look) -> "Content":
    """The page of events; where fields were asked for a table of them."""
    if view.around is None or view.about is None:
        from mali_chrono.render import htmltable

        return htmltable.write(tabular(view, look), look)
    from mali_chrono.exchange import html

    return html.pieces(view.rows, view.about, view.around)


FORMATS = formats.offer(
    {"table": write_table, "plain": write_plain, "json": _json, "html": _html, "sql": formats.as_written},
    tabular,
    events=True,
)  # fmt: skip
# The formats that take events as json objects.
AS_JSON = frozenset(("json", "jsonl"))


def takes_events(name: str, *, chosen: bool) -> bool:
    """Whether a format takes events as json objects, which it may go through more than once."""
    return formats.FORMATS[name].takes == formats.EVENTS or (name == "html" and not chosen)


def usual_fields(name: str, words: Vocabulary) -> Sequence[str]:
    """What a format shows unless fields are asked for: a page has room for ids, a program for all that is flat."""
    fields = fields_of(words.tolls)
    return {"csv": fields.csv, "tsv": fields.csv, "table": ("id", *fields.timeline)}.get(name, fields.timeline)


def _parts(view: Timeline, width: int, look: Look) -> Iterator[Any]:
    from rich.text import Text

    if view.periods:
        yield Text(list_periods([one_line(words) for words, _ in view.periods], width), style="dim")
        yield Text()
    if not view.rows:
        yield Text("No event matches.")
    else:
        yield from draw_rows(view, width, look)
    yield Text()
    yield closing(counted(len(view.rows), "event"), view.store)
    yield from (Text(note, style="dim") for note in _legend(view))


def _legend(view: Timeline) -> Iterator[str]:
    """What the marks stand for, and what else speaks of that time."""
    matches = {row[-AROUND] for row in view.rows}
    if MAY in matches:
        yield f"{MARKS[MAY]} may fall into that time"
    if COVERS in matches:
        yield f"{MARKS[COVERS]} speaks of that time, told at another"
    if view.later:
        speak = "speaks" if view.later == 1 else "speak"
        yield f"{counted(view.later, 'later report')} {speak} of this time: --covers"


def draw_rows(view: Timeline, width: int, look: Look) -> Iterator[str]:
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


def _side_by_side(view: Timeline, width: int, look: Look) -> Iterator[str]:
    folded = width < NARROW and not view.chosen and "who" in view.fields
    columns = columns_of([field for field in view.fields if not (folded and field == "who")], view.words)
    headers = ["what, and who" if folded and column.key == "title" else column.heading for column in columns]
    groups = [
        (year, [_cells(view.fields, row, columns, folded=folded) for row in rows]) for year, rows in _by_year(view.rows)
    ]
    head = [((header, "dim"),) for header in headers]
    texts = [
        {text for cell in cells for text, _ in cell}
        for cells in zip(head, *(cells for _, group in groups for cells in group), strict=True)
    ]
    naturals = [max(map(text_width, column), default=0) for column in texts]
    gaps = GAP * (len(columns) - 1)
    if sum(naturals) + gaps > width:
        naturals = [min(n, DATES) if c.key == "when" else n for n, c in zip(naturals, columns, strict=True)]
    least = [min(natural, longest_word(column)) for natural, column in zip(naturals, texts, strict=True)]
    if sum(least) + gaps > width:  # a word would have to be broken
        yield from _stacked(view, width, look)
        return
    widths = fit(naturals, least, [column.weight for column in columns], width - gaps)
    yield lay_out(columns, [head], widths, look)
    for year, cells in groups:
        yield rule(year, sum(widths) + gaps, look)
        yield lay_out(columns, cells, widths, look)


def _cells(fields: Sequence[str], values: Row, columns: Sequence[Column], *, folded: bool) -> list[Cell]:
    row = dict(zip(fields, values[:-AROUND], strict=True))
    row["when"] = marked(row.get("when"), values[-AROUND])
    cells: list[Cell] = []
    for column in columns:
        told = ((one_line(row[column.key]), column.style),)
        below = ((one_line(row["who"]), "dim"),) if folded and row["who"] and column.key == "title" else ()
        cells.append((*told, *below))
    return cells


def marked(when: object, match: object) -> str:
    """A date with the mark for an event that only may fall into the time, or only speaks of it."""
    return one_line(when) + MARKS.get(str(match), "")


def _stacked(view: Timeline, width: int, look: Look) -> Iterator[str]:
    columns, usual = columns_of(view.fields, view.words), fields_of(view.words.tolls).timeline
    for year, group in _by_year(view.rows):
        yield rule(year, width, look)
        for row in group:
            for column, value in zip(columns, row[:-AROUND], strict=True):
                if text := marked(value, row[-AROUND]) if column.key == "when" else one_line(value):
                    label = f"{column.heading}: " if column.right or column.key not in usual else ""
                    yield paragraph(label + text, column.style, width, look)
            yield "\n"
