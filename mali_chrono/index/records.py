"""The rows of the tables that answers read as they are: what lasts, actors and their relations; see `tables.py`.

A module of its own, since each of its classes costs time and those of other tables are only written.
"""

from typing import NamedTuple


class PeriodRow(NamedTuple):
    """What lasts: a period, or a mission or state with its active years."""

    id: str
    name: str
    short: str
    kind: str
    date: str
    words: str
    lo: int
    hi: int
    core_lo: int | None
    core_hi: int | None


class PartyRow(NamedTuple):
    """Who took which side in a period, and when: by its own date, or the period's."""

    period: str
    actor: str
    side: str | None
    date: str
    words: str
    lo: int
    hi: int
    core_lo: int | None
    core_hi: int | None


class ActorRow(NamedTuple):
    """An actor and when it was active."""

    id: str
    name: str
    short: str
    kind: str
    lo: int
    hi: int
    core_lo: int | None
    core_hi: int | None
    active: str | None
    words: str | None


class RelationRow(NamedTuple):
    """A relation; without a date its days are open and it has no core. `lasting` tells an interval from a point.

    `cites` is a json list of texts.
    """

    actor: str
    kind: str
    target: str | None
    office: str | None
    lo: int
    hi: int
    core_lo: int | None
    core_hi: int | None
    lasting: int
    date: str | None
    words: str | None
    certainty: str
    says: str | None
    cites: str
    note: str | None


class ChangeRow(NamedTuple):
    """A dated beginning, end or turn (`edge`: begin, end, at) of a relation, or of an actor's own span ("active").

    `cites` is a json list of texts, `lines` one of [source, first line, last line].
    """

    actor: str
    kind: str
    edge: str
    target: str | None
    office: str | None
    lo: int
    hi: int
    year: int | None
    words: str
    date: str
    certainty: str
    says: str | None
    cites: str
    lines: str
    note: str | None


def select(row: type[tuple[object, ...]], table: str) -> str:
    """The SQL that reads the columns of a row, or of a record that holds some of them."""
    return f'SELECT {", ".join(f"{table}.{name}" for name in row.__annotations__)} FROM "{table}"'
