"""Which lines of the documents the store cites, and which events do: what can be said without the documents."""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from mali_chrono.answers.names import resolve
from mali_chrono.cites import LINE, PAGE, place_in


def documents(connection: sqlite3.Connection, name: str | None) -> list[str]:
    """The json objects of all documents in the order of the store, or of the one named.

    Raises UsageError when there is none of that name.
    """
    ids = [ident for (ident,) in connection.execute("SELECT id FROM record WHERE kind = 'source' ORDER BY rowid")]
    return [document(connection, ident) for ident in (ids if name is None else resolve(connection, "source", name))]


def citing(body: str) -> int:
    """How many events cite a document, by its json object."""
    import json

    return int(json.loads(body)["events"])


def document(connection: sqlite3.Connection, ident: str) -> str:
    """The json object of a document: its record, how much of it is cited, and by whom.

    `cited` counts lines, pages and anchors that any record cites, `events` the events that do. `stretches` go from the
    first line to the last, lines that the same events cite together, then pages, then anchors; `others` counts the
    actors, periods and the like beside them. Of what nobody has counted only those that are cited are told.
    """
    import json

    (body,) = connection.execute("SELECT body FROM record WHERE kind = 'source' AND id = ?", (ident,)).fetchone()
    record = json.loads(body)
    cites = list(_cites(connection, ident))
    totals = {LINE: record["lines"], PAGE: record["pages"]}
    units = [*totals, *sorted({cite.unit for cite in cites} - totals.keys())]
    stretches = [part for unit in units for part in _stretches(unit, totals.get(unit), cites)]
    record["cited"] = sum(part.last - part.first + 1 for part in stretches if part.events or part.others)
    record["events"] = len({event for part in stretches for event in part.events})
    record["stretches"] = [
        {"lines": place_in(*part[:3]), "events": list(part.events), "others": part.others} for part in stretches
    ]
    return json.dumps(record, ensure_ascii=False)


class _Cite(NamedTuple):
    """What one record cites; `order` and `event` are an event's number and id, `other` names another record."""

    unit: str
    first: int
    last: int
    order: int
    event: str
    other: str


class _Stretch(NamedTuple):
    first: int
    last: int
    unit: str
    events: tuple[str, ...]
    others: int


def _cites(connection: sqlite3.Connection, ident: str) -> Iterator[_Cite]:
    """What cites a document: events and other records."""
    sql = (
        "SELECT unit, first, last, n, event.id, '' FROM ("
        " SELECT n, unit, first, last FROM cite WHERE source = ?"
        " UNION ALL SELECT n, unit, first, last FROM other_cite WHERE source = ? AND n IS NOT NULL"
        " ) JOIN event USING (n)"
    )
    yield from (_Cite(*row) for row in connection.execute(sql, (ident, ident)))
    sql = "SELECT unit, first, last, 0, '', other FROM other_cite WHERE source = ? AND other IS NOT NULL"
    yield from (_Cite(*row) for row in connection.execute(sql, (ident,)))


def _stretches(unit: str, total: int | None, cites: Sequence[_Cite]) -> Iterator[_Stretch]:
    """The lines (pages) of a document in stretches that the same records cite; `total` is how many there are."""
    begins: dict[int, list[_Cite]] = {}
    ends: dict[int, list[_Cite]] = {}
    for cite in cites:
        if cite.unit != unit or (total is not None and cite.first > total):
            continue
        begins.setdefault(cite.first, []).append(cite)
        ends.setdefault(cite.last + 1 if total is None else min(cite.last, total) + 1, []).append(cite)
    active: dict[_Cite, int] = {}
    found: list[_Stretch] = []
    for first, after in pairwise(sorted({*begins, *ends, *((1, total + 1) if total else ())})):
        for cite in ends.get(first, ()):
            active[cite] -= 1
            if not active[cite]:
                del active[cite]
        for cite in begins.get(first, ()):
            active[cite] = active.get(cite, 0) + 1
        events = [event for _, event in sorted({(cite.order, cite.event) for cite in active if cite.event})]
        others = len({cite.other for cite in active if cite.other})
        found.append(_Stretch(first, after - 1, unit, tuple(events), others))
    for _, parts in groupby(found, lambda part: part[3:]):
        together = list(parts)
        if total is not None or together[0].events or together[0].others:
            yield together[0]._replace(last=together[-1].last)
