"""The values of a key as rows: which events `--K V` would find beside the other filters, for every V."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from mali_chrono.answers import parts
from mali_chrono.answers.facts import SINGLE, Value
from mali_chrono.answers.filters import FACETS, Filters, Question
from mali_chrono.answers.matching import ALWAYS, Condition, Window
from mali_chrono.answers.measures import NONE, Plain, Share, joined
from mali_chrono.answers.names import SPELT, marks
from mali_chrono.text import counted

Pair = tuple[str | None, int]  # a key and the number of its group


class Group(NamedTuple):
    """The events of one key, or of `stands_for` keys together; `key` is None for those that have none, or several.

    `window` are the days of a period of time, of those asked about; None for other keys.
    """

    key: str | None
    name: str
    share: Share
    stands_for: int = 1
    window: Window | None = None


class Side(NamedTuple):
    """The groups of one key; `at` is the number of the group of a value, `places` are those of each odd event."""

    groups: list[Group]
    at: Mapping[Value | None, int]
    places: Mapping[int, Sequence[Pair]]

    def turned(self) -> "Side":
        """The same, the last group first."""
        last = len(self.groups) - 1
        places = {n: [(value, last - i) for value, i in pairs] for n, pairs in self.places.items()}
        return Side(self.groups[::-1], {value: last - i for value, i in self.at.items()}, places)


def read_pairs(
    connection: sqlite3.Connection, question: Question, filters: Filters, key: str, among: Condition
) -> list[tuple[int, str]]:
    """Every (event, value) of a key, of the events of a question that a condition on n chooses."""
    if key in SINGLE:
        return connection.execute(f"SELECT n, {key} FROM fact WHERE {among[0]}", among[1]).fetchall()
    pairs = connection.execute(*values_of(question, filters, key, question.chosen)).fetchall()
    found = whatever_role(question, filters, question.chosen) if key == "role" else None
    if found is None:
        return pairs
    events = [n for (n,) in connection.execute(*found)]
    return list({*pairs, *((n, role) for n in events for _, role in pairs)})


def whatever_role(question: Question, filters: Filters, among: Condition) -> Condition | None:
    """The SQL for events that are found whatever role is asked for; None where there are no such.

    --role leaves a name with a role of its own as it is.
    """
    own = [actor.split(":") for actor in question.resolved.get("actor", ()) if ":" in actor]
    if not own or len(own) == len(question.resolved["actor"]):
        return None
    return matched("n", question, parts.in_own_roles(own, filters), among)


def values_of(question: Question, filters: Filters, key: str, among: Condition) -> Condition:
    """The SQL for every (event, value) of a key, of the events chosen by `among`: what the filter of that key finds.

    Actor and role belong together: `--actor army --by role` counts those of the army, `--role target --by actor` those
    who were targets.
    """
    chosen, values = among
    if key in FACETS:
        only = " AND direct" * (filters.direct and key == "place")
        return f"SELECT n, key FROM facet WHERE kind = ? AND {chosen}{only}", [key, *values]
    strict = parts.strictly(filters)
    if key == "actor":
        roles = list(question.resolved.get("role", ()))
        narrow = f"role IN ({marks(roles)})" if roles else ALWAYS
        return matched("n, actor", question, (f"{narrow}{strict}", [*roles]), among)
    named = question.resolved.get("actor", ())
    free = [actor for actor in named if ":" not in actor]
    if free or not named:
        narrow = f"actor IN ({marks(free)})" if free else "direct"
        return matched("n, role", question, (f"{narrow}{strict}", [*free]), among)
    return f"SELECT DISTINCT n, role FROM part WHERE {chosen} AND direct{strict}", values


def matched(columns: str, question: Question, part: Condition, among: Condition) -> Condition:
    """The SQL for columns of the parts in the chosen events that match, beside the company that was asked for."""
    (chosen, values), (sql, bound), (others, more) = among, part, parts.beside(question.company)
    inner = f"SELECT * FROM part WHERE {chosen} AND {sql}"
    return f"SELECT DISTINCT {columns} FROM ({inner}) AS a WHERE {others}", [*values, *bound, *more]


def group_pairs(  # noqa: PLR0913, PLR0917 - each plain
    pairs: Iterable[tuple[int, str]], events: Mapping[int, object], plain: Mapping[Value, Plain],
    names: Mapping[str, str], key: str, top: int | None,
) -> Side:  # fmt: skip
    """A group for each value of a key, the largest first, those without any last: the odd events, and the plain."""
    members: dict[str, set[int]] = {str(value): set() for value in plain}
    for n, value in pairs:
        members.setdefault(value, set()).add(n)
    shares = {value: Share(frozenset(odd), plain.get(value, NONE)) for value, odd in members.items()}
    ordered = sorted(shares, key=lambda value: (-shares[value].events, names.get(value, value)))
    groups = [Group(names.get(v, v) if key in SPELT else v, names.get(v, v), shares[v]) for v in ordered]
    at: dict[Value | None, int] = {value: i for i, value in enumerate(ordered)}
    if top is not None and len(groups) > top:
        rest = groups[top:]
        groups = [*groups[:top], Group(None, counted(len(rest), "other"), joined(g.share for g in rest), len(rest))]
        at = {value: min(i, top) for value, i in at.items()}
    places: dict[int, list[Pair]] = {}
    for value in ordered:
        for n in members[value]:
            places.setdefault(n, []).append((value, at[value]))
    if without := frozenset(events).difference(places):
        places |= {n: [(None, len(groups))] for n in without}
        groups.append(Group(None, "none", Share(without)))
    return Side(groups, at, places)


def read_cells(
    connection: sqlite3.Connection, question: Question, filters: Filters, by: tuple[str, ...],
    sides: Sequence[Side],
) -> dict[tuple[int, int], Share]:  # fmt: skip
    """The odd events of each pair of groups; an actor and a role must be of one part."""
    together: set[tuple[object, ...]] | None = None
    if set(by) == {"actor", "role"}:
        strict = (f"{ALWAYS}{parts.strictly(filters)}", list[object]())
        together = set(connection.execute(*matched(f"n, {by[0]}, {by[1]}", question, strict, question.chosen)))
    cells: dict[tuple[int, int], set[int]] = {}
    for n, rows in sides[0].places.items():
        for left, i in rows:
            for right, j in sides[1].places.get(n, ()):
                if together is None or (n, left, right) in together:
                    cells.setdefault((i, j), set()).add(n)
    return {at: Share(frozenset(odd)) for at, odd in cells.items()}
