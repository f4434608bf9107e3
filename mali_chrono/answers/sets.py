"""Sets of events that filters name: their numbers gathered, or each event asked, whichever costs less.

SQLite gathers all of `n IN (SELECT ...)` before it looks at an event, however few another condition leaves over.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mali_chrono.answers import matching
from mali_chrono.answers.matching import Condition, Window

# What takes longer to gather than to ask of as many events as a smaller set has.
WIDE = 2000


class Set(NamedTuple):
    """Events: the SQL that selects their numbers, and that which tells of `event` whether it is one.

    `out` stands for all others.
    """

    numbers: Condition
    has: Condition
    out: bool = False

    def condition(self, *, asked: bool = False) -> Condition:
        """The SQL for these events; gathered, or `asked` of each event."""
        sql, values = self.has if asked else (f"n IN ({self.numbers[0]})", self.numbers[1])
        return f"{'NOT ' * self.out}{sql}", values


def rows_of(table: str, condition: Condition) -> Set:
    """The events that such rows of a table are of."""
    sql, values = condition
    return Set((f"SELECT n FROM {table} WHERE {sql}", values), matching.event_has(table, condition))


def touching(window: Window, *, covers: bool = False) -> Set:
    """The events that may fall into a window; with `covers` also those that only speak of it."""
    own = _meeting("span", window)
    if not covers:
        return own
    other = _meeting("cover", window)
    (numbers, values), (others, more) = own.numbers, other.numbers
    return Set((f"{numbers} UNION ALL {others}", [*values, *more]), matching.any_of([own.has, other.has]))


def covering(window: Window) -> Set:
    """The reports that say of a window that they cover it, whenever they are told."""
    return _meeting("cover", window, " AND told")


def _meeting(table: str, window: Window, narrower: str = "") -> Set:
    """The events with a row of `span` or `cover` that meets a window."""
    sql, values = matching.met(window)
    has = matching.event_has(table, (f"{sql}{narrower}", values))
    return Set(matching.numbers_meeting(table, window, narrower), has)


def gathered(terms: Iterable[Set | Condition]) -> list[Condition]:
    """The SQL for each of some sets and conditions by itself, the same in every store."""
    return [term.condition() if isinstance(term, Set) else term for term in terms]


def joined(connection: sqlite3.Connection, terms: Sequence[Set | Condition]) -> list[Condition]:
    """The same for all together: where one set is small, its events are asked whether they are in the wide ones."""
    named = [term for term in terms if isinstance(term, Set)]
    small = [term for term in named if not term.out and not _is_wide(connection, term)] if len(named) > 1 else []
    if not small:
        return gathered(terms)
    return [term.condition(asked=term not in small) if isinstance(term, Set) else term for term in terms]


def _is_wide(connection: sqlite3.Connection, events: Set) -> bool:
    sql, values = events.numbers
    return connection.execute(f"SELECT 1 FROM ({sql}) LIMIT 1 OFFSET {WIDE}", values).fetchone() is not None
