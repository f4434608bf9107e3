"""Linked events in sums: what those that are counted together come to beside the plain sum of their figures."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from mali_chrono.answers.matching import Condition, listed
from mali_chrono.answers.names import marks
from mali_chrono.figures.reckon import Range
from mali_chrono.figures.sums import LINKING, NO_LINKS, Item, Links, correction, read_links

Toll = tuple[str, str]  # a kind of toll, and of whom


class Tied(NamedTuple):
    """The knot of a linked event, by its first one, and how many events it has."""

    head: int
    size: int


class Knots(NamedTuple):
    """The knots of linked events by number; by toll and knot what a whole one corrects.

    Of large ones the links, and the ids of their events, by which links go.
    """

    tied: Mapping[int, Tied]
    once: Mapping[tuple[Toll, int], Range]
    links: Links
    ids: Mapping[int, str]

    def corrections(
        self, toll: Toll, present: Iterable[int], told: Mapping[int, Range], reporting: Collection[int]
    ) -> Iterator[Range]:
        """What is to be added to the sum of some events' figures, for each knot of which several are present.

        A whole knot was summed up when the index was made; of one that is there in part `told` holds the figures.
        """
        knots: dict[Tied, list[int]] = {}
        for n in present:
            if n in self.tied:
                knots.setdefault(self.tied[n], []).append(n)
        for knot, events in knots.items():
            if len(events) == knot.size:
                if found := self.once.get((toll, knot.head)):
                    yield found
            elif len(events) > 1:
                yield correction([Item(self.ids[n], told.get(n), n in reporting) for n in events], self.links)


def of_tolls(tolls: Sequence[Toll]) -> Condition:
    """The SQL for a row of `toll` or `once` that is of some tolls."""
    kinds, groups = (sorted(set(some)) for some in zip(*tolls, strict=True))
    return f"kind IN ({marks(kinds)}) AND of IN ({marks(groups)})", [*kinds, *groups]


def tying(tolls: Sequence[Toll]) -> Condition:
    """The SQL for a row of `knot`: two events there have a figure of the same toll."""
    sql, values = of_tolls(tolls)
    return f"head IN (SELECT head FROM once WHERE {sql})", values


def read_knots(
    connection: sqlite3.Connection, chosen: Condition, others: Mapping[int, Tied], tolls: Sequence[Toll]
) -> Knots:
    """The knots of the events that a condition on n chooses, and of others."""
    (condition, values), (several, bound), (told, named) = chosen, tying(tolls), of_tolls(tolls)
    rows = connection.execute(f"SELECT n, head, size FROM knot WHERE {condition} AND {several}", [*values, *bound])
    tied = {**others, **{n: Tied(head, size) for n, head, size in rows}}
    if not tied:
        return Knots({}, {}, NO_LINKS, {})
    among, heads = listed(sorted({knot.head for knot in tied.values()}))
    columns = "kind, of, head, low, best, high, disputed"
    sql = f"SELECT {columns} FROM (SELECT head AS n, * FROM once) WHERE {told} AND {among}"
    rows = connection.execute(sql, [*named, *heads])
    once = {
        ((kind, of), head): Range(low, best, high, open=False, disputed=bool(torn))
        for kind, of, head, low, best, high, torn in rows
    }
    among, large = listed([n for n, knot in tied.items() if knot.size > 2])
    ids = dict(connection.execute(f"SELECT n, id FROM event WHERE {among}", large).fetchall())
    return Knots(tied, once, links_of(connection) if ids else NO_LINKS, ids)


def links_of(connection: sqlite3.Connection) -> Links:
    """The links of all events: a part of a part lies in its whole even where the middle is not asked for."""
    sql = f"SELECT id, target, kind FROM knot JOIN link USING (n) JOIN event USING (n) WHERE kind IN ({marks(LINKING)})"
    return read_links(connection.execute(sql, LINKING))
