"""Actors, their relations and the changes of these, out of the index: one reading each."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mali_chrono.answers import matching
from mali_chrono.answers.matching import Window
from mali_chrono.answers.names import marks
from mali_chrono.dates.spans import Span, core_of, opened
from mali_chrono.index.records import ActorRow, ChangeRow, RelationRow, select
from mali_chrono.kinds import ONWARD


class Actor(NamedTuple):
    """What an actor is called, what it is, and when it was active: in words, as EDTF and in days."""

    id: str
    short: str
    name: str
    kind: str
    active: str | None
    date: str | None
    lo: int
    hi: int
    core: Span | None

    @property
    def span(self) -> Span:
        """The days it may have been active; open where nothing is said."""
        return opened(self.lo, self.hi)


class Relation(NamedTuple):
    """A relation; `lasting` tells an interval from what is attested at a point, no `date` means undated."""

    actor: str
    kind: str
    target: str | None
    office: str | None
    lo: int
    hi: int
    core: Span | None
    lasting: bool
    date: str | None
    words: str | None
    certainty: str
    says: str | None
    cites: tuple[str, ...]
    note: str | None

    @property
    def span(self) -> Span:
        """The days it may have held; open where it is undated."""
        return opened(self.lo, self.hi)

    @property
    def earlier(self) -> str:
        """The actor that the other one comes from, or is part of."""
        return self.actor if self.kind in ONWARD else self.target or ""

    @property
    def later(self) -> str:
        """The actor that comes from the other one, or is part of it."""
        return self.target or "" if self.kind in ONWARD else self.actor


class Change(NamedTuple):
    """A dated beginning, end or turn of a relation or, as kind "active", of an actor's own span; `lines` are cited."""

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
    cites: tuple[str, ...]
    lines: tuple[tuple[str, int, int], ...]
    note: str | None


def read_actors(connection: sqlite3.Connection) -> dict[str, Actor]:
    """Every actor by its id."""
    rows = (ActorRow(*row) for row in connection.execute(f"{select(ActorRow, 'actor')} ORDER BY id"))
    return {
        row.id: Actor(
            row.id, row.short, row.name, row.kind, row.words, row.active, row.lo, row.hi,
            core_of(row.core_lo, row.core_hi),
        )
        for row in rows
    }  # fmt: skip


def read_relations(
    connection: sqlite3.Connection, kinds: Sequence[str] = (), touching: Iterable[str] | None = None
) -> list[Relation]:
    """The relations of some kinds (none: of all) that touch one of some actors (None: any), as they are written."""
    conditions, values = ["1"], list(kinds)
    if kinds:
        conditions.append(f"kind IN ({marks(kinds)})")
    if touching is not None:
        parties = sorted(touching)
        conditions.append(f"(actor IN ({marks(parties)}) OR target IN ({marks(parties)}))")
        values += [*parties, *parties]
    sql = f"{select(RelationRow, 'relation')} WHERE {' AND '.join(conditions)} ORDER BY rowid"
    return [_relation(RelationRow(*row)) for row in connection.execute(sql, values)]


def _relation(row: RelationRow) -> Relation:
    from json import loads

    return Relation(
        row.actor, row.kind, row.target, row.office, row.lo, row.hi, core_of(row.core_lo, row.core_hi),
        bool(row.lasting), row.date, row.words, row.certainty, row.says, tuple(loads(row.cites)), row.note,
    )  # fmt: skip


def earliest_first(relations: Iterable[Relation]) -> list[Relation]:
    """Relations in the order of their dates; an open beginning says nothing of when, and the undated come last."""

    def key(relation: Relation) -> tuple[object, ...]:
        start = relation.hi if relation.span[0] is None else relation.lo
        return relation.date is None, start, relation.hi, relation.actor, relation.target or "", relation.kind

    return sorted(relations, key=key)


def read_changes(connection: sqlite3.Connection, touching: Sequence[str], window: Window) -> list[Change]:
    """The changes that touch one of some actors and may fall into a window, in order."""
    from json import loads

    parties, (met, values) = marks(touching), matching.met(window)
    sql = (
        f"{select(ChangeRow, 'change').replace('SELECT', 'SELECT DISTINCT', 1)}"
        f" WHERE (actor IN ({parties}) OR target IN ({parties})) AND {met}"
        " ORDER BY lo, hi, kind, actor, target"
    )
    rows = (ChangeRow(*row) for row in connection.execute(sql, [*touching, *touching, *values]))
    return [Change(*row[:12], tuple(loads(row.cites)), tuple(map(tuple, loads(row.lines))), row.note) for row in rows]
