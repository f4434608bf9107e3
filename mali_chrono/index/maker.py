"""Events -> the rows of an index by table, and numbers for what they name that has none yet."""

from collections.abc import Iterable
from typing import NamedTuple

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
    """What events are read against: everything of a store but they, its words, the number of each thing by kind and id.

    A plain value that another process can be given.
    """

    records: model.Chronology
    words: Vocabulary
    numbers: dict[tuple[str, str], int]


class Maker:
    """Makes the rows of events; what it is told of it changes: a tag or an outlet gets its number when it is met."""

    def __init__(self, known: Known) -> None:
        self.known = known
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
        number = self.known.numbers.get((kind, ident))
        if number is None:
            number = self._last + 1
            self._new.append(tables.ThingRow(number, kind, ident, name, None))
            self.learn(self._new[-1:])
        return number

    def learn(self, things: Iterable[Row]) -> None:
        """Take note of things that another gave their numbers: rows of the table of that name."""
        for number, kind, ident, *_ in things:
            self.known.numbers[str(kind), str(ident)] = self._last = int(str(number))

    def make(self, batch: Batch) -> Tables:
        """The rows of events, and of the things that were first met in them."""
        made: Tables = {"thing": self._new}
        for n, event in batch:
            for table, row in event_rows(n, event, self._world):
                made.setdefault(table, []).append(row)
        self._new = []
        return made
