"""Events -> the rows of an index by table, and numbers for what they name that has none yet."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, cast

from mali_chrono.index import tables
from mali_chrono.index.claims import Names
from mali_chrono.index.events import Row, World, event_rows
from mali_chrono.index.fields import fields_of
from mali_chrono.kinds import Vocabulary
from mali_chrono.store import model
from mali_chrono.store.members import Memberships, enclosing

Batch = list[tuple[int, model.Event]]  # events under their numbers
Tables = dict[str, list[Row]]  # rows by the name of their table


class Known(NamedTuple):
    """What events are read against: a store's other records, its words, the number of each thing by kind and id.

    Plain values, which another process can be given.
    """

    records: model.Chronology
    words: Vocabulary
    numbers: Mapping[tuple[str, str], int]


class Maker:
    """Makes the rows of events. A tag or an outlet gets its number where it is first met: the order counts."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self._numbers = dict(known.numbers)
        self._last = max(known.numbers.values(), default=0)
        self._new: list[Row] = []
        names = Names(known.records, known.words)
        self._world = World(
            names,
            Memberships(known.records.actors),
            enclosing(known.records.places),
            self._number,
            fields_of(names.words.tolls).stored,
        )

    def _number(self, kind: str, ident: str, name: str) -> int:
        number = self._numbers.get((kind, ident))
        if number is None:
            number = self._last + 1
            thing = tables.ThingRow(number, kind, ident, name, None)
            self._new.append(thing)
            self.learn([thing])
        return number

    def learn(self, things: Iterable[Row]) -> None:
        """Take over the numbers that another maker gave: rows of the table of things."""
        for row in things:
            number, kind, ident = cast("tuple[int, str, str]", row[:3])
            self._numbers[kind, ident] = number
            self._last = max(self._last, number)

    def make(self, batch: Batch) -> Tables:
        """The rows of events, and of the things that were first met in them."""
        made: Tables = {"thing": self._new}
        for n, event in batch:
            for table, row in event_rows(n, event, self._world):
                made.setdefault(table, []).append(row)
        self._new = []
        return made
