"""What the events of an export refer to -> the rows of its tables of actors, places, periods, types and documents."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from mali_chrono.answers.matching import EVER, Window
from mali_chrono.answers.names import names_of
from mali_chrono.answers.periods import read_periods
from mali_chrono.dates.spans import Span, opened
from mali_chrono.exchange.rows import Row, days_of
from mali_chrono.exchange.tables import TABLES
from mali_chrono.index.records import RelationRow, select
from mali_chrono.text import fold

_REFERRING = {
    table.name: [(at, column.refers) for at, column in enumerate(table.columns) if column.refers]
    for table in TABLES.values()
}


class Held:
    """Which records an export holds: all, or those that its events refer to."""

    def __init__(self, records: Mapping[tuple[str, str], dict[str, Any]], *, whole: bool) -> None:
        self.records, self.whole = records, whole
        self.ids = set(records) if whole else set[tuple[str, str]]()

    def note(self, table: str, row: Row) -> None:
        """Hold what a row refers to, and the places that lie around."""
        if self.whole:
            return
        for at, kind in _REFERRING[table]:
            ident = row[at]
            while ident is not None and (kind, ident) in self.records and (kind, ident) not in self.ids:
                self.ids.add((str(kind), str(ident)))
                ident = self.records[str(kind), str(ident)]["within"] if kind == "place" else None

    def of(self, kind: str) -> Iterator[dict[str, Any]]:
        """The json objects of a kind that are held, in the order of the store."""
        return (row for key, row in self.records.items() if key[0] == kind and key in self.ids)

    def all_of(self, kind: str, *ids: str | None) -> bool:
        """Whether some records of a kind are held, as far as there are any."""
        return all(ident is None or (kind, ident) in self.ids for ident in ids)


def thing_rows(connection: sqlite3.Connection, held: Held, window: Window | None) -> Iterator[tuple[str, Row]]:
    """The rows of what is held, each with its table; periods are those that may lie in a window."""
    for kind in held.of("type"):
        yield "type", _picked(kind, "id name category acled note at")
    for source in held.of("source"):
        columns = "id title author publisher url as_of licence file sha256 lines format summary note at"
        yield "source", _picked(source, columns)
    for place in held.of("place"):
        region = place["region"] and fold(place["region"])
        where = _picked(place, "within lat lon precision note at")
        yield "place", (place["id"], place["name"], place["kind"], place["region"], region, *where)
        yield from (("place_alias", (place["id"], i, name)) for i, name in enumerate(place["aliases"], 1))
    yield from _actors(connection, held)
    yield from _relations(connection, held)
    yield from _periods(connection, held, window)


def _picked(row: Mapping[str, Any], keys: str) -> Row:
    return tuple(row[key] for key in keys.split())


def _actors(connection: sqlite3.Connection, held: Held) -> Iterator[tuple[str, Row]]:
    short = names_of(connection, "actor")
    words = dict(connection.execute("SELECT id, words FROM actor").fetchall())
    for actor in held.of("actor"):
        ident = actor["id"]
        days = days_of(actor["active"])
        told = (actor["summary"], ", ".join(actor["cites"]) or None, actor["note"], actor["at"])
        yield "actor", (ident, actor["name"], short[ident], actor["kind"], actor["active"], words[ident], *days, *told)
        yield from (("actor_alias", (ident, i, name)) for i, name in enumerate(actor["aliases"], 1))


def _relations(connection: sqlite3.Connection, held: Held) -> Iterator[tuple[str, Row]]:
    """Relations between actors that are held."""
    count: dict[str, int] = {}
    for values in connection.execute(f"{select(RelationRow, 'relation')} ORDER BY rowid"):
        row = RelationRow(*values)
        count[row.actor] = count.get(row.actor, 0) + 1
        if held.all_of("actor", row.actor, row.target, row.says):
            days: Span = opened(row.lo, row.hi)
            cites = ", ".join(json.loads(row.cites)) or None
            dated = (row.date, row.words, *days, row.certainty, row.says, cites, row.note)
            yield "relation", (row.actor, count[row.actor], row.kind, row.target, row.office, *dated)


def _periods(connection: sqlite3.Connection, held: Held, window: Window | None) -> Iterator[tuple[str, Row]]:
    """Periods, with those of their actors and places that are held."""
    for period in read_periods(connection, window or EVER):
        record = held.records.get(("period", period.id))
        if record is None:  # a mission or state, which stands among the actors
            continue
        ident = period.id
        dated = (period.date, period.words, record["earliest"], record["latest"], *period.span)
        told = (record["summary"], ", ".join(record["cites"]) or None, record["note"], record["at"])
        yield "period", (ident, period.name, period.kind, *dated, *told)
        for i, place in enumerate(record["places"], 1):
            if held.all_of("place", place):
                yield "period_place", (ident, i, place)
        for i, party in enumerate(period.parties, 1):
            if held.all_of("actor", party.actor):
                yield "period_actor", (ident, i, party.actor, party.side, party.date, party.words, *party.span)
