"""Which lines of the documents the store cites, and which events do: what can be said without the documents."""

import sqlite3
from itertools import groupby
from typing import Any

from mali_chrono.answers.names import resolve


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

    `cited` counts lines that any record cites, `events` the events that do. `stretches` go from the first line to the
    last, lines that the same events cite together; `others` counts the actors, periods and the like beside them.
    """
    import json

    (body,) = connection.execute("SELECT body FROM record WHERE kind = 'source' AND id = ?", (ident,)).fetchone()
    record = json.loads(body)
    events, others = _cited(connection, ident, record["lines"])
    record["cited"] = len(events.keys() | others.keys())
    record["events"] = len({event for citing in events.values() for event in citing})
    record["stretches"] = _stretches(record["lines"], events, others)
    return json.dumps(record, ensure_ascii=False)


def _cited(connection: sqlite3.Connection, ident: str, lines: int) -> tuple[dict[int, list[str]], dict[int, set[str]]]:
    """The events that cite each line of a document, in their order, and the other records that do."""
    events: dict[int, dict[str, None]] = {}
    others: dict[int, set[str]] = {}
    sql = (
        "SELECT event.id, first, last FROM ("
        " SELECT n, first, last FROM cite WHERE source = ?"
        " UNION ALL SELECT n, first, last FROM other_cite WHERE source = ? AND n IS NOT NULL"
        " ) JOIN event USING (n) ORDER BY n"
    )
    for event, first, last in connection.execute(sql, (ident, ident)):
        for line in range(first, min(last, lines) + 1):
            events.setdefault(line, {})[event] = None
    sql = "SELECT other, first, last FROM other_cite WHERE source = ? AND other IS NOT NULL"
    for other, first, last in connection.execute(sql, (ident,)):
        for line in range(first, min(last, lines) + 1):
            others.setdefault(line, set()).add(other)
    return {line: list(citing) for line, citing in events.items()}, others


def _stretches(lines: int, events: dict[int, list[str]], others: dict[int, set[str]]) -> list[dict[str, Any]]:
    def citing(number: int) -> tuple[tuple[str, ...], int]:
        return tuple(events.get(number, ())), len(others.get(number, ()))

    found = []
    for (ids, beside), numbers in groupby(range(1, lines + 1), citing):
        together = list(numbers)
        span = str(together[0]) if len(together) == 1 else f"{together[0]}-{together[-1]}"
        found.append({"lines": span, "events": list(ids), "others": beside})
    return found
