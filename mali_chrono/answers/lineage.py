"""Who came from whom, and who belonged to whom: relations out of the index, and the families they make."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from mali_chrono.answers.filters import Filters, ask

# The relations by which an actor comes from another; all but `joined` are written on the later one.
DESCENT = ("renamed-from", "splinter-of", "alliance-of", "joined")
UMBRELLA = "part-of"
# Whose doing an event is: who did it, or says so itself. Whom it struck.
DOERS, STRUCK = ("perpetrator", "claimant"), ("target", "victim")


class Relation(NamedTuple):
    """One relation as the index keeps it; `lasting` tells an interval from a point, no `date` means undated."""

    actor: str
    kind: str
    target: str | None
    office: str | None
    lo: int
    hi: int
    lasting: int
    date: str | None
    words: str | None
    certainty: str
    says: str | None
    cites: str
    note: str | None

    @property
    def earlier(self) -> str:
        """The actor that the other one comes from, or is part of."""
        return self.actor if self.kind == "joined" else self.target or ""

    @property
    def later(self) -> str:
        """The actor that comes from the other one, or is part of it."""
        return self.target or "" if self.kind == "joined" else self.actor


class Actor(NamedTuple):
    """What an actor is called, what it is, and when it was active: in words, and from which day to which."""

    id: str
    short: str
    name: str
    kind: str
    active: str | None
    lo: int
    hi: int


class Family(NamedTuple):
    """Actors that relations connect: the relations by which one comes from another, and the umbrellas."""

    actors: dict[str, Actor]
    descent: tuple[Relation, ...]
    umbrellas: tuple[Relation, ...]


def find(connection: sqlite3.Connection, name: str) -> str:
    """The id of the actor of that name. Raises UsageError that lists candidates when there is none, or several."""
    return ask(connection, Filters(actor=(name,))).resolved["actor"][0]


def actors(connection: sqlite3.Connection) -> dict[str, Actor]:
    """Every actor by its id."""
    rows = connection.execute("SELECT id, short, name, kind, active, lo, hi FROM actor ORDER BY id")
    return {row[0]: Actor(*row) for row in rows}


def relations(
    connection: sqlite3.Connection, kinds: Sequence[str] = (), touching: Iterable[str] | None = None
) -> list[Relation]:
    """The relations of some kinds (none: of all) that touch one of some actors (None: any), earliest first."""
    conditions, values = ["1"], list(kinds)
    if kinds:
        conditions.append(f"kind IN ({', '.join('?' * len(kinds))})")
    if touching is not None:
        found = sorted(touching)
        marks = ", ".join("?" * len(found))
        conditions.append(f"(actor IN ({marks}) OR target IN ({marks}))")
        values += [*found, *found]
    # Undated ones come last: an open beginning alone says nothing of when.
    sql = (
        f"SELECT {', '.join(Relation._fields)} FROM relation WHERE {' AND '.join(conditions)}"
        " ORDER BY date IS NULL, CASE WHEN lo < -(1 << 61) THEN hi ELSE lo END, hi, actor, target"
    )
    return [Relation(*row) for row in connection.execute(sql, values)]


def line(connection: sqlite3.Connection, actor: str) -> list[str]:
    """The actor, its predecessors and its successors at any remove, in no cycle twice."""
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for relation in relations(connection, DESCENT):
        before.setdefault(relation.later, []).append(relation.earlier)
        after.setdefault(relation.earlier, []).append(relation.later)
    return list(dict.fromkeys([actor, *_reach(actor, before), *_reach(actor, after)]))


def _reach(start: str, steps: Mapping[str, Sequence[str]]) -> list[str]:
    """Everything that steps lead to, nearest first."""
    found = [start]
    seen = {start}
    for here in found:
        for there in steps.get(here, ()):
            if there not in seen:
                seen.add(there)
                found.append(there)
    return found


def families(connection: sqlite3.Connection, name: str | None = None) -> tuple[str | None, list[Family]]:
    """The id that a name stands for, and its family; without a name every family, the most entangled first.

    Persons are in no family: whom they belonged to is in their own history.
    """
    chosen = find(connection, name) if name is not None else None
    known = actors(connection)
    edges = [
        relation
        for relation in relations(connection, (*DESCENT, UMBRELLA))
        if relation.target and "person" not in (known[relation.actor].kind, known[relation.target].kind)
    ]
    if chosen is not None:
        groups: Iterable[set[str]] = [next((group for group in _groups(edges) if chosen in group), {chosen})]
    else:
        groups = _groups(edges)
    found = [_family(group, known, edges) for group in groups]
    return chosen, sorted(found, key=lambda family: (-len(family.descent), -len(family.actors), min(family.actors)))


def _family(group: set[str], known: Mapping[str, Actor], edges: Sequence[Relation]) -> Family:
    inside = [relation for relation in edges if relation.actor in group]
    return Family(
        {ident: known[ident] for ident in sorted(group)},
        tuple(relation for relation in inside if relation.kind != UMBRELLA),
        tuple(relation for relation in inside if relation.kind == UMBRELLA),
    )


def _groups(edges: Iterable[Relation]) -> Iterator[set[str]]:
    """The sets of actors that relations connect, whatever their direction."""
    near: dict[str, list[str]] = {}
    for relation in edges:
        near.setdefault(relation.earlier, []).append(relation.later)
        near.setdefault(relation.later, []).append(relation.earlier)
    seen: set[str] = set()
    for start in sorted(near):
        if start not in seen:
            group = set(_reach(start, near))
            seen |= group
            yield group
