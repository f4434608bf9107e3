"""Events that hang together by links which matter for sums, and what their figures come to beside the plain sum.

It is brought up to date when all events are written: a changed event has another number, so a knot of the same numbers
is the same knot.
"""

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from mali_chrono.figures.reckon import Range
from mali_chrono.figures.sums import LINKING, Item, Links, correction, linked_sets, read_links

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.index.events import Row


class KnotRow(NamedTuple):
    """An event of a knot, the first of the events tied together there, and how many they are."""

    n: int
    head: int
    size: int


class OnceRow(NamedTuple):
    """What all events of a knot come to beside the plain sum of their figures of one kind, of one group of people.

    Only where two have such a figure, so that they may not both be added.
    """

    kind: str
    of: str
    head: int
    low: int
    best: int
    high: int
    disputed: int


def tie(connection: sqlite3.Connection, added: Collection[str]) -> "Iterator[tuple[str, Row]]":
    """Take out the knots that are no more as they were; gives the rows of the new ones, each with its table."""
    sql = "SELECT link.n, event.id, other.n, target, kind FROM link JOIN event USING (n) JOIN event AS other"
    told = connection.execute(f"{sql} ON other.id = target WHERE kind IN (?, ?)", LINKING).fetchall()
    links = read_links((ident, target, kind) for _, ident, _, target, kind in told)
    numbers = {ident: n for start, one, end, other, _ in told for ident, n in ((one, start), (other, end))}
    knots = {tuple(sorted(numbers[ident] for ident in knot)) for knot in linked_sets(links)}
    kept: dict[int, list[int]] = {}
    for n, head in connection.execute("SELECT n, head FROM knot ORDER BY n"):
        kept.setdefault(head, []).append(n)
    gone = [(head,) for head, events in kept.items() if tuple(events) not in knots]
    connection.executemany("DELETE FROM knot WHERE head = ?", gone)
    connection.executemany("DELETE FROM once WHERE head = ?", gone)
    new = sorted(knot for knot in knots if list(knot) != kept.get(knot[0]))
    yield from (("knot", KnotRow(n, knot[0], len(knot))) for knot in new for n in knot)
    idents = {n: ident for ident, n in numbers.items()}
    heads = {n: knot[0] for knot in new for n in knot}
    yield from (("once", row) for row in _once(connection, heads, idents, links) if row.kind in added)


def _once(
    connection: sqlite3.Connection, heads: Mapping[int, int], idents: Mapping[int, str], links: Links
) -> Iterator[OnceRow]:
    """What the events of each knot come to; `heads` gives the first one of the knot of each."""
    among = "n IN (SELECT value FROM json_each(?))"
    sql = f"SELECT n FROM fact WHERE {among} AND NOT reporting"
    members: dict[int, list[int]] = {}
    for (n,) in connection.execute(sql, (json.dumps(list(heads)),)):
        members.setdefault(heads[n], []).append(n)
    tolls: dict[tuple[str, str, int], dict[int, Range]] = {}
    sql = f"SELECT kind, of, n, low, best, high, open, disputed FROM toll WHERE {among}"
    counting = json.dumps([n for some in members.values() for n in some])
    for kind, of, n, low, best, high, more, torn in connection.execute(sql, (counting,)):
        tolls.setdefault((kind, of, heads[n]), {})[n] = Range(low, best, high, bool(more), bool(torn))
    for (kind, of, head), figures in sorted(tolls.items()):
        if len(figures) > 1:
            found = correction([Item(idents[n], figures.get(n)) for n in members[head]], links)
            yield OnceRow(kind, of, head, found.low, found.best, found.high, found.disputed)
