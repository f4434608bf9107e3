"""The values of a kind, a row each."""

from collections.abc import Sequence
from typing import NamedTuple

from mali_chrono.answers.values import Value
from mali_chrono.render import console, formats, jsontext, plain
from mali_chrono.render.look import Column, Look
from mali_chrono.render.tabular import Table, Tabular
from mali_chrono.text import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.answers.about import About

FIELDS = Value._fields
COLUMNS = {
    column.key: column
    for column in (
        Column("id", style="bold"),
        Column("name"),
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


def _rows(view: Values) -> list[list[str]]:
    return [[str(getattr(value, field)) for field in view.fields] for value in view.values]


def _columns(view: Values) -> list[Column]:
    return [COLUMNS[field] for field in view.fields]


def _table(view: Values, look: Look) -> str:
    width = look.width or console.UNKNOWN
    closing = console.closing(counted(len(view.values), view.kind), view.store)
    return console.draw([console.grid(_columns(view), _rows(view)), console.rule("", 0, look), closing], width, look)


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
