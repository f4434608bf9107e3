"""One record in full, in every format: labelled facts, and a table under them."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from mali_chrono.render import console, jsontext, plain
from mali_chrono.render.look import Column, Look
from mali_chrono.text import counted, one_line

LABEL, WIDEST = 12, 120


class Sheet(NamedTuple):
    """A record: its kind, a heading, its facts, the columns and rows of its table, the text of its json object."""

    kind: str
    heading: str
    facts: Sequence[tuple[str, str]]
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    row: str


class Sheets(NamedTuple):
    """Records in full, and the store they are from."""

    sheets: Sequence[Sheet]
    store: str


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
    kinds = {sheet.kind for sheet in view.sheets}
    noun = kinds.pop() if len(kinds) == 1 else "record"
    return console.draw([*parts, console.closing(counted(len(view.sheets), noun), view.store)], width, look)


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


FORMATS = {"table": _table, "plain": _plain, "json": _json}
