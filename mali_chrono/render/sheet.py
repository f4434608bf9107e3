"""One record in full, in every format: labelled facts, and a table under them."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from mali_chrono.render import console, formats, jsontext, plain
from mali_chrono.render.look import Column, Look
from mali_chrono.render.tabular import Table, Tabular, in_part
from mali_chrono.text import counted, one_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.answers.about import About

LABEL, WIDEST = 12, 120
FIELDS = ("record", "label", "text")  # of a row for a program: one a fact
FACTS = [*map(Column, FIELDS[1:])]


class Sheet(NamedTuple):
    """A record: its kind, id and heading, its facts, the columns and rows of its table, the text of its json object."""

    kind: str
    id: str
    heading: str
    facts: Sequence[tuple[str, str]]
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    row: str


class Sheets(NamedTuple):
    """Records in full, the store they are from, what the answer says of itself."""

    sheets: Sequence[Sheet]
    store: str
    about: "About | None" = None


def _json(view: Sheets, look: Look) -> str:  # noqa: ARG001
    blocks: dict[str, list[str]] = {}
    for sheet in view.sheets:
        blocks.setdefault(f"{sheet.kind}s", []).append(sheet.row)
    return jsontext.envelope(None, blocks)


def _plain(view: Sheets, look: Look) -> str:  # noqa: ARG001
    return "\n".join("".join(_lines(sheet)) for sheet in view.sheets)


def _lines(sheet: Sheet) -> Iterator[str]:
    yield plain.facts(plain.label_once(sheet.facts), LABEL)
    if sheet.rows:
        yield "\n" + plain.table(sheet.columns, sheet.rows)


def _table(view: Sheets, look: Look) -> str:
    width = min(look.width or console.UNKNOWN, WIDEST)
    parts = [part for sheet in view.sheets for part in _parts(sheet, width, look)]
    return console.draw([*parts, console.closing(_what(view), view.store)], width, look)


def _what(view: Sheets) -> str:
    kinds = {sheet.kind for sheet in view.sheets}
    return counted(len(view.sheets), kinds.pop() if len(kinds) == 1 else "record")


def _parts(sheet: Sheet, width: int, look: Look) -> Iterator[Any]:
    from rich.text import Text

    yield console.rule(one_line(sheet.heading), width, look)
    facts = (  # a bar's blanks are years without an event, others are but room
        (label, Text(text if label == "by year" else " ".join(one_line(text).split()), "bold" * (label == "what")))
        for label, text in sheet.facts
    )
    yield console.facts(plain.label_once(facts), LABEL)
    if sheet.rows:
        yield Text()
        yield console.grid(sheet.columns, sheet.rows)
    yield Text()


def _tabular(view: Sheets, look: Look) -> Tabular:  # noqa: ARG001
    """A row a fact; in json a row is a record, with the block it stands in."""
    values = ((f"{sheet.kind}:{sheet.id}", *fact) for sheet in view.sheets for fact in _facts(sheet))
    objects = (in_part(f"{sheet.kind}s", sheet.row) for sheet in view.sheets)
    tables = (table for sheet in view.sheets for table in _tables(sheet))
    title = ", ".join(sheet.heading for sheet in view.sheets)
    return Tabular(title, FIELDS, values, objects, tables, _what(view), view.store, (), view.about)


def _told(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """The facts where they are no picture: no bars of years, and each by its label."""
    before = ""
    for label, text in sheet.facts:
        before = label or before
        if label != "by year":
            yield before, text


def _facts(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """The facts of a record, and each row of its table as one more."""
    yield from _told(sheet)
    label = "lines" if sheet.kind == "source" else "claim"
    yield from ((label, "; ".join(cell for cell in row if cell)) for row in sheet.rows)


def _tables(sheet: Sheet) -> Iterator[Table]:
    yield Table(FACTS, [*plain.label_once(_told(sheet))], sheet.heading)
    if sheet.rows:
        yield Table(sheet.columns, sheet.rows)


FORMATS = formats.offer({"table": _table, "plain": _plain, "json": _json}, _tabular)
