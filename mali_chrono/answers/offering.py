"""What completion offers: things of some kinds that a person may have begun to type."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mali_chrono.answers.names import SPELT, marks
from mali_chrono.text import fold


class Offer(NamedTuple):
    """A thing by its kind, what a command takes for it, and its name."""

    kind: str
    value: str
    name: str


def offer_things(connection: sqlite3.Connection, kinds: Sequence[str], typed: str) -> list[Offer]:
    """The things of some kinds with a name in which a word begins with what was typed; all where that is nothing.

    Those whose value begins with it stand first. Case, accents and marks do not matter, as in a filter.
    """
    begun = fold(typed)
    if typed.strip() and not begun:
        return []
    rows: list[tuple[str, str, str]] = connection.execute(
        # Names first: SQLite would hold every thing against every name.
        "SELECT DISTINCT thing.kind, thing.id, thing.name FROM name CROSS JOIN thing USING (kind, id)"
        f" WHERE name.kind IN ({marks(kinds)}) AND instr(' ' || name.key, ' ' || ?) ORDER BY thing.id",
        (*kinds, begun),
    ).fetchall()
    if "event" in kinds:
        rows += [("event", *row) for row in _events(connection, begun)]
    offers = [Offer(kind, name if kind in SPELT else ident, name) for kind, ident, name in rows]
    return sorted(offers, key=lambda offer: not fold(offer.value).startswith(begun))


def _events(connection: sqlite3.Connection, begun: str) -> Iterator[tuple[str, str]]:
    """The id and title of events in whose id or title a word begins so; of all where that is nothing."""
    if not begun:
        yield from connection.execute("SELECT id, title FROM event ORDER BY id")
        return
    by_id = "SELECT id FROM event WHERE instr(' ' || replace(id, '-', ' '), ' ' || ?)"
    by_word = "SELECT id FROM event WHERE n IN (SELECT rowid FROM words WHERE words MATCH ?)"
    sql = f"SELECT id, title FROM event WHERE id IN ({by_id} UNION {by_word}) ORDER BY id"
    for ident, title in connection.execute(sql, (begun, f'"{begun}" *')):
        if any(f" {begun}" in f" {fold(text)}" for text in (ident, title)):
            yield ident, title
