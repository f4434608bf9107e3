"""Every value of a kind with how many events have it, and the first and the last of them."""

import sqlite3
from typing import NamedTuple

from mali_chrono.answers import matching
from mali_chrono.answers.names import SPELT
from mali_chrono.answers.vocabulary import words_of
from mali_chrono.errors import UsageError, offer

# What can be listed, and the kind of thing it is.
LISTS = {
    "actors": "actor", "places": "place", "regions": "region", "types": "type", "categories": "category",
    "periods": "period", "sources": "source", "outlets": "outlet", "tags": "tag", "roles": "role",
    "tolls": "toll",
}  # fmt: skip


class Value(NamedTuple):
    """A value: what a filter takes, its name, how many events, when the first and the last were, in words.

    A kind of toll says of what it is (`unit`) and what its sum means (`sum`); its name is what stands above its column.
    """

    id: str
    name: str
    events: int
    first: str
    last: str
    unit: str = ""
    sum: str = ""


def read_list(text: str) -> str:
    """The kind that a plural or singular names. Raises UsageError."""
    kinds = LISTS | {kind: kind for kind in LISTS.values()}
    if text in ("event", "events"):
        raise UsageError("the list of events is `chrono timeline`")
    if text not in kinds:
        raise UsageError(f"nothing to list called '{text}': {offer(text, list(LISTS))}")
    return kinds[text]


def list_values(connection: sqlite3.Connection, kind: str) -> list[Value]:
    """The values of a kind, those of most events first; members and places within count, as for a filter."""
    things = "SELECT id, name FROM thing WHERE kind = ? ORDER BY id"
    lasting = "SELECT id, name FROM period ORDER BY id"  # missions and states too
    names = connection.execute(*((lasting,) if kind == "period" else (things, (kind,)))).fetchall()
    counts = _periods(connection) if kind == "period" else _counts(connection, kind)
    condition, ends = matching.listed([n for _, *ends in counts.values() for n in ends])
    when = dict(connection.execute(f'SELECT n, "when" FROM event WHERE {condition}', ends).fetchall())
    tolls = {toll.id: toll for toll in words_of(connection).tolls} if kind == "toll" else {}
    values = []
    for ident, name in names:
        events, first, last = counts.get(ident, (0, None, None))
        shown = name if kind in SPELT else ident
        value = Value(shown, name, events, when.get(first, ""), when.get(last, ""))
        toll = tolls.get(ident)
        values.append(value._replace(name=toll.heading, unit=toll.unit, sum=toll.sum) if toll else value)
    return sorted(values, key=lambda value: (-value.events, value.name))


def _counts(connection: sqlite3.Connection, kind: str) -> dict[str, tuple[int, int, int]]:
    if kind in ("actor", "role"):
        only = "WHERE direct" if kind == "role" else ""
        sql = f"SELECT {kind}, count(DISTINCT n), min(n), max(n) FROM part {only} GROUP BY 1"
        return {key: (count, first, last) for key, count, first, last in connection.execute(sql)}
    asked: tuple[str, ...] = ()
    if kind == "toll":
        sql = "SELECT kind, count(*), min(n), max(n) FROM told GROUP BY 1"
    else:
        sql, asked = "SELECT key, count(DISTINCT n), min(n), max(n) FROM facet WHERE kind = ? GROUP BY 1", (kind,)
    return {key: (count, first, last) for key, count, first, last in connection.execute(sql, asked)}


def _periods(connection: sqlite3.Connection) -> dict[str, tuple[int, int, int]]:
    """The events that may fall into the time of each period, as --in finds them."""
    asked = "(SELECT id, lo AS first, hi AS last FROM period)"
    sql = f"SELECT asked.id, count(DISTINCT n), min(n), max(n) {matching.touching('span', asked)} GROUP BY 1"
    return {ident: (count, first, last) for ident, count, first, last in connection.execute(sql)}
