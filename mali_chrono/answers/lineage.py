"""Who came from whom, and who belonged to whom: relations out of the index, and the families they make."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from mali_chrono.answers.actors import Actor, Relation, earliest_first, read_actors, read_relations
from mali_chrono.answers.names import resolve
from mali_chrono.answers.vocabulary import words_of
from mali_chrono.kinds import DESCENT, MEMBERSHIP


class Family(NamedTuple):
    """Actors that relations connect: the relations by which one comes from another, and the umbrellas."""

    actors: dict[str, Actor]
    descent: tuple[Relation, ...]
    umbrellas: tuple[Relation, ...]


def find(connection: sqlite3.Connection, name: str) -> str:
    """The id of the actor of that name. Raises UsageError that lists candidates when there is none, or several."""
    return resolve(connection, "actor", name)[0]


def line(connection: sqlite3.Connection, actor: str) -> list[str]:
    """The actor, its predecessors and its successors at any remove, in no cycle twice."""
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for relation in read_relations(connection, DESCENT):
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
    known = read_actors(connection)
    persons = words_of(connection).persons
    edges = [
        relation
        for relation in earliest_first(read_relations(connection, (*DESCENT, *MEMBERSHIP)))
        if relation.target and not persons & {known[relation.actor].kind, known[relation.target].kind}
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
        tuple(relation for relation in inside if relation.kind not in MEMBERSHIP),
        tuple(relation for relation in inside if relation.kind in MEMBERSHIP),
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
