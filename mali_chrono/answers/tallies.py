"""What events' figures come to: the tolls of chosen events with the links of the whole store, and their sums."""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from mali_chrono.answers.matching import Condition
from mali_chrono.figures.reckon import Range
from mali_chrono.figures.sums import Item, Links, Total, read_links, total


class Tally(NamedTuple):
    """The events of an answer with their figures of one kind, by number, and the links of the store."""

    items: Mapping[int, Item]
    links: Links

    def total(self, members: Iterable[int]) -> Total:
        """What some of the events come to."""
        return total([self.items[n] for n in members], self.links)


def read_store_links(connection: sqlite3.Connection) -> Links:
    """The links of all events: a part of a part lies in its whole even where the middle is not asked for."""
    return read_links(connection.execute("SELECT id, target, kind FROM link JOIN event USING (n)"))


def read_tallies(
    connection: sqlite3.Connection, chosen: Condition, kinds: Iterable[str], of: str = ""
) -> dict[str, Tally]:
    """A tally for each of some kinds of toll, of all people or of a group or an actor; `chosen` is a condition on n."""
    condition, values = chosen
    events = connection.execute(f"SELECT n, id, category = 'reporting' FROM event WHERE {condition}", values).fetchall()
    links = read_store_links(connection)
    tallies = {}
    for kind in kinds:
        sql = f"SELECT n, low, best, high, open, disputed FROM toll WHERE kind = ? AND of = ? AND {condition}"
        ranges = {
            n: Range(low, best, high, bool(endless), bool(disputed))
            for n, low, best, high, endless, disputed in connection.execute(sql, [kind, of, *values])
        }
        items = {n: Item(ident, ranges.get(n), bool(reporting)) for n, ident, reporting in events}
        tallies[kind] = Tally(items, links)
    return tallies
