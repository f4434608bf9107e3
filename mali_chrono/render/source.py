"""The documents, and one document's lines with the events that cite them."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from mali_chrono.render.console import draw, plain_text
from mali_chrono.render.jsontext import SCHEMA
from mali_chrono.render.look import Look
from mali_chrono.render.plain import lines

HEADERS = ("document", "title", "as of", "lines", "cited", "events")
STRETCH_HEADERS = ("lines", "events")


def sources(shape: str, bodies: Sequence[str], look: Look, *, whole: bool) -> str:
    """Every document on a line, or, `whole`, one document with its lines; `bodies` are their json objects."""
    found = [json.loads(body) for body in bodies]
    if shape == "json":
        return _json(found, whole=whole)
    if whole:
        return "".join(_document(shape, body, look) for body in found)
    rows = [
        [body["id"], body["title"], body["when"], *(str(body[n]) for n in ("lines", "cited", "events"))]
        for body in found
    ]
    right = [False, False, False, True, True, True]
    return _table(HEADERS, rows, right, look) if shape == "table" else lines(HEADERS, rows, right)


def _document(shape: str, body: dict[str, Any], look: Look) -> str:
    """One document: its record, then its lines and the events that cite them; `-` where none does."""
    rows = [[stretch["lines"], _told(stretch)] for stretch in body["stretches"]]
    head = "".join(f"{name:<11}{plain_text(value)}\n" for name, value in _facts(body))
    right = [True, False]
    table = _table(STRETCH_HEADERS, rows, right, look) if shape == "table" else lines(STRETCH_HEADERS, rows, right)
    return f"{head}\n{table}"


def _told(stretch: dict[str, Any]) -> str:
    return ", ".join(stretch["events"]) or ("- (actors, periods)" if stretch["others"] else "-")


def _facts(body: dict[str, Any]) -> Iterator[tuple[str, str]]:
    named = {"id": "document", "when": "as of"}
    order = (
        "id",
        "title",
        "author",
        "publisher",
        "url",
        "when",
        "licence",
        "file",
        "sha256",
        "lines",
        "summary",
        "note",
    )
    yield from ((named.get(key, key), str(body[key])) for key in order if body[key])
    for skip in body["skip"]:
        yield "skip", f"{skip['date'] or ''} {skip['lines'] or ''}: {skip['reason']}".strip()


def _json(found: Sequence[dict[str, Any]], *, whole: bool) -> str:
    left_out = {"when", "cited", "events"} if whole else {"when", "stretches"}
    rows = ",\n".join(
        json.dumps({key: value for key, value in body.items() if key not in left_out}, ensure_ascii=False)
        for body in found
    )
    return f'{{"schema": "{SCHEMA}", "documents": [\n{rows}\n]}}\n'


def _table(headers: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool], look: Look) -> str:
    from rich.table import Table
    from rich.text import Text

    width = min(look.width or 100, 140)
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for header, to_right in zip(headers, right, strict=True):
        made.add_column(header, justify="right" if to_right else "left", overflow="fold")
    for row in rows:
        made.add_row(*(Text(plain_text(cell)) for cell in row))
    return draw([made], width, look)
