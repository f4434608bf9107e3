"""The documents, and one document's lines with the events that cite them."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from mali_chrono.cited import Record, Stretch
from mali_chrono.datewords import describe
from mali_chrono.model import Source
from mali_chrono.render import Look
from mali_chrono.render.console import draw, plain_text
from mali_chrono.render.jsontext import SCHEMA
from mali_chrono.render.plain import lines

HEADERS = ("document", "title", "as of", "lines", "cited", "events")
STRETCH_HEADERS = ("lines", "events")


def documents(shape: str, found: Sequence[Record], look: Look) -> str:
    """Every document on a line: its title, when it speaks, its lines, how many are cited, how many events cite it."""
    if shape == "json":
        return _json("documents", [{**_record(r.source), "cited": r.cited, "events": r.events} for r in found])
    rows = [[r.source.id, r.source.title, describe(r.source.as_of), str(r.source.lines), str(r.cited), str(r.events)]
            for r in found]  # fmt: skip
    right = [False, False, False, True, True, True]
    return _table(HEADERS, rows, right, look) if shape == "table" else lines(HEADERS, rows, right)


def document(shape: str, source: Source, found: Sequence[Stretch], look: Look) -> str:
    """One document: its record, then its lines and the events that cite them; `-` where none does."""
    if shape == "json":
        stretches = [{"lines": _span(s), "events": [e.id for e in s.events], "others": s.others} for s in found]
        return _json("documents", [{**_record(source), "stretches": stretches}])
    rows = [[_span(stretch), _told(stretch)] for stretch in found]
    head = "".join(f"{name:<11}{plain_text(value)}\n" for name, value in _facts(source))
    right = [True, False]
    body = _table(STRETCH_HEADERS, rows, right, look) if shape == "table" else lines(STRETCH_HEADERS, rows, right)
    return f"{head}\n{body}"


def _told(stretch: Stretch) -> str:
    told = ", ".join(event.id for event in stretch.events)
    return told or ("- (actors, periods)" if stretch.others else "-")


def _span(stretch: Stretch) -> str:
    return str(stretch.first) if stretch.first == stretch.last else f"{stretch.first}-{stretch.last}"


def _facts(source: Source) -> Iterator[tuple[str, str]]:
    values = {
        "document": source.id, "title": source.title, "author": source.author, "publisher": source.publisher,
        "url": source.url, "as of": describe(source.as_of), "licence": source.licence, "file": source.file,
        "sha256": source.sha256, "lines": str(source.lines), "summary": source.summary, "note": source.note,
    }  # fmt: skip
    yield from ((name, value) for name, value in values.items() if value)
    yield from (("skip", f"{skip.date or ''} {skip.lines or ''}: {skip.reason}".strip()) for skip in source.skip)


def _record(source: Source) -> dict[str, Any]:
    return {
        "id": source.id,
        "title": source.title,
        "author": source.author,
        "publisher": source.publisher,
        "url": source.url,
        "as_of": str(source.as_of),
        "licence": source.licence,
        "file": source.file,
        "sha256": source.sha256,
        "lines": source.lines,
        "format": source.format,
        "summary": source.summary,
        "note": source.note,
        "skip": [{"lines": skip.lines, "date": skip.date, "reason": skip.reason} for skip in source.skip],
        "at": f"{source.path}:{source.node.line}",
    }


def _json(name: str, found: Sequence[dict[str, Any]]) -> str:
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in found)
    return f'{{"schema": "{SCHEMA}", "{name}": [\n{rows}\n]}}\n'


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
