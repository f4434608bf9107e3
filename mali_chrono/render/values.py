"""The values of a kind, a row each."""

from collections.abc import Sequence
from typing import NamedTuple

from mali_chrono.answers.values import Value
from mali_chrono.render import console, csvtext, jsontext, markdown, plain
from mali_chrono.render.look import Column, Look
from mali_chrono.text import counted

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
    """The values of a kind, the fields of each that are shown, the store."""

    kind: str
    values: Sequence[Value]
    fields: Sequence[str]
    store: str


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


def _markdown(view: Values, look: Look) -> str:  # noqa: ARG001
    columns = [column._replace(header=column.heading.capitalize()) for column in _columns(view)]
    return markdown.table(columns, _rows(view))


def _csv(view: Values, look: Look) -> str:  # noqa: ARG001
    return csvtext.table(view.fields, ([getattr(value, field) for field in view.fields] for value in view.values))


def _json_rows(view: Values) -> list[str]:
    return [jsontext.dump({field: getattr(value, field) for field in view.fields}) for value in view.values]


def _json(view: Values, look: Look) -> str:  # noqa: ARG001
    return jsontext.envelope({"store": view.store, "list": view.kind}, {"values": _json_rows(view)})


def _jsonl(view: Values, look: Look) -> str:  # noqa: ARG001
    return jsontext.lines(_json_rows(view))


FORMATS = {
    "table": _table, "plain": _plain, "json": _json, "jsonl": _jsonl, "csv": _csv, "md": _markdown,
}  # fmt: skip
