"""The values of a kind, a row each."""

from collections.abc import Sequence
from typing import NamedTuple

from mali_chrono.answers.values import Value
from mali_chrono.render import console, formats, jsontext, plain
from mali_chrono.render.look import Column, Look
from mali_chrono.render.tabular import Table, Tabular
from mali_chrono.text import counted, one_line
from mali_chrono.text import width as text_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.answers.about import About

FIELDS = Value._fields[:5]
OF_TOLLS = ("id", "name", "unit", "sum", "events", "first", "last")
COLUMNS = {
    column.key: column
    for column in (
        Column("id", style="bold"),
        Column("name", weight=6),
        Column("unit"),
        Column("sum"),
        Column("events", right=True),
        Column("first"),
        Column("last"),
    )
}


class Values(NamedTuple):
    """The values of a kind, the fields of each that are shown, the store, what the answer says of itself."""

    kind: str
    values: Sequence[Value]
    fields: Sequence[str]
    store: str
    about: "About | None" = None


def fields_of(kind: str) -> Sequence[str]:
    """The fields of the values of a kind."""
    return OF_TOLLS if kind == "toll" else FIELDS


def _rows(view: Values) -> list[list[str]]:
    return [[str(getattr(value, field)) for field in view.fields] for value in view.values]


def _columns(view: Values) -> list[Column]:
    return [COLUMNS[field] for field in view.fields]


def _table(view: Values, look: Look) -> str:
    width = look.width or console.UNKNOWN
    closing = console.closing(counted(len(view.values), view.kind), view.store)
    table = _side_by_side(view, width, look) or _stacked(view, width, look)
    return console.draw([table, console.rule("", 0, look), closing], width, look)


def _side_by_side(view: Values, width: int, look: Look) -> str:
    """The values as a table; nothing where a word would have to be broken: ids are there to be copied."""
    columns = _columns(view)
    texts = [[column.heading for column in columns], *([*map(one_line, row)] for row in _rows(view))]
    columns_of = [*zip(*texts, strict=True)]
    naturals = [max(map(text_width, column)) for column in columns_of]
    least = [*map(console.longest_word, columns_of)]
    space = width - console.GAP * (len(columns) - 1)
    if sum(least) > space:
        return ""
    widths = console.fit(naturals, least, [column.weight for column in columns], space)
    styles = [["dim"] * len(columns), *[[column.style for column in columns]] * len(view.values)]
    rows = [[((cell, style),) for cell, style in zip(*row, strict=True)] for row in zip(texts, styles, strict=True)]
    return console.lay_out(columns, rows, widths, look)


def _stacked(view: Values, width: int, look: Look) -> str:
    """A value below the other: its id, then the rest."""
    lines = []
    for value in view.values:
        told = {field: one_line(getattr(value, field)) for field in view.fields}
        if "events" in told:
            told["events"] = counted(value.events, "event")
        if "last" in told and "first" in told:
            told["last"] = "" if told["last"] == told["first"] else f"last {told['last']}"
        head, *rest = [text for text in told.values() if text] or [""]
        lines.append(console.paragraph(head, "bold", width, look))
        lines += [console.paragraph(", ".join(rest), "", width, look)] if rest else []
    return "".join(lines)


def _plain(view: Values, look: Look) -> str:  # noqa: ARG001
    return plain.table(_columns(view), _rows(view))


def _json_rows(view: Values) -> list[str]:
    return [jsontext.dump({field: getattr(value, field) for field in view.fields}) for value in view.values]


def _json(view: Values, look: Look) -> str:  # noqa: ARG001
    return jsontext.envelope({"store": view.store, "list": view.kind}, {"values": _json_rows(view)})


def _tabular(view: Values, look: Look) -> Tabular:  # noqa: ARG001
    values = ([getattr(value, field) for field in view.fields] for value in view.values)
    title, what = f"Every {view.kind}", counted(len(view.values), view.kind)
    tables = [Table(_columns(view), _rows(view))]
    return Tabular(title, view.fields, values, _json_rows(view), tables, what, view.store, (), view.about)


FORMATS = formats.offer({"table": _table, "plain": _plain, "json": _json}, _tabular)
