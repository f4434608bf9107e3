"""Filters -> the SQL that finds events. Values are always bound."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from mali_chrono.answers import matching
from mali_chrono.answers.matching import Condition
from mali_chrono.answers.names import KINDS, marks, resolve, resolve_event
from mali_chrono.dates.spans import FAR, Span
from mali_chrono.errors import UsageError, did_you_mean
from mali_chrono.text import fold

EXCLUDABLE = (*KINDS, "id")


class Filters(NamedTuple):
    """What a person asked for. Repeated values are alternatives; different filters must all hold.

    `window` is a span of days, or None for all time; `excluded` holds (key, value) pairs.
    """

    window: Span | None = None
    actor: Sequence[str] = ()
    role: Sequence[str] = ()
    place: Sequence[str] = ()
    region: Sequence[str] = ()
    type: Sequence[str] = ()
    tag: Sequence[str] = ()
    source: Sequence[str] = ()
    outlet: Sequence[str] = ()
    min_killed: int | None = None
    disputed: bool = False
    text: Sequence[str] = ()
    excluded: Sequence[tuple[str, str]] = ()
    must: bool = False
    within: bool = False
    members: bool = True
    limit: int | None = None
    reverse: bool = False


class Question(NamedTuple):
    """Filters as SQL over `event`: what finds, what is a sure match, order and limit; and the ids of what was named."""

    where: Condition
    must: Condition
    order: str
    resolved: Mapping[str, Sequence[str]]

    @property
    def selection(self) -> Condition:
        """The SQL that gives the numbers of the events, in order and up to the limit."""
        sql, values = self.where
        return f"SELECT n FROM event WHERE {sql} {self.order}", values


def ask(connection: sqlite3.Connection, filters: Filters) -> Question:
    """Resolve names and turn filters into SQL. Raises UsageError on an unknown or ambiguous name."""
    resolved = {key: _ids(connection, key, getattr(filters, key)) for key in KINDS if getattr(filters, key)}
    conditions = [
        *_in_time(filters),
        *_by_name(filters, resolved),
        *_by_content(filters),
        *(_excluded(connection, key, text, filters) for key, text in filters.excluded),
    ]
    sure = ("1", []) if filters.window is None else _span(matching.must(filters.window))
    order = "ORDER BY n" + (" DESC" if filters.reverse else "")
    if filters.limit is not None:
        order += f" LIMIT {min(filters.limit, FAR):d}"
    return Question(_all(conditions), sure, order, resolved)


def _all(conditions: Iterable[Condition]) -> Condition:
    parts = list(conditions)
    return " AND ".join(sql for sql, _ in parts) or "1", [value for _, values in parts for value in values]


def _ids(connection: sqlite3.Connection, key: str, texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(ident for text in texts for ident in resolve(connection, key, text)))


def _span(condition: Condition, *, own: bool = False) -> Condition:
    """A condition on dates as one on events."""
    sql, values = condition
    return f"n IN (SELECT n FROM span WHERE {'own AND ' * own}{sql})", values


def _in_time(filters: Filters) -> Iterator[Condition]:
    if filters.window is None:
        return
    yield _span(matching.may(filters.window))
    if filters.within:
        yield _span(matching.within(filters.window), own=True)
    if filters.must:
        yield _span(matching.must(filters.window))


def _by_name(filters: Filters, resolved: Mapping[str, Sequence[str]]) -> Iterator[Condition]:
    if "actor" in resolved or "role" in resolved:
        yield _parts(resolved.get("actor", ()), resolved.get("role", ()), filters)
    yield from (_facets(key, ids) for key, ids in resolved.items() if key not in ("actor", "role"))


def _by_content(filters: Filters) -> Iterator[Condition]:
    if filters.min_killed is not None:
        yield "killed_best >= ?", [min(filters.min_killed, FAR)]
    if filters.disputed:
        yield "disputed IS NOT NULL", []
    if filters.text:
        yield "n IN (SELECT rowid FROM words WHERE words MATCH ?)", [_expression(filters.text)]


def _parts(actors: Sequence[str], roles: Sequence[str], filters: Filters) -> Condition:
    """Actors and roles asked for together mean: that actor in that role."""
    conditions = [f"{column} IN ({marks(ids)})" for column, ids in (("actor", actors), ("role", roles)) if ids]
    if not (filters.members and actors):
        conditions.append("direct")
    return f"n IN (SELECT n FROM part WHERE {' AND '.join(conditions)})", [*actors, *roles]


def _facets(key: str, ids: Sequence[str]) -> Condition:
    kinds = KINDS[key]
    return f"n IN (SELECT n FROM facet WHERE kind IN ({marks(kinds)}) AND key IN ({marks(ids)}))", [*kinds, *ids]


def _expression(texts: Iterable[str]) -> str:
    """An FTS5 expression without its query syntax: each word quoted, all of a text, any of the texts."""
    wanted = []
    for text in texts:
        words = fold(text).split()
        if not words:
            raise UsageError(f"--match needs a word to look for; '{text}' has none")
        wanted.append("(" + " AND ".join(f'"{word}"' for word in words) + ")")
    return " OR ".join(wanted)


def _excluded(connection: sqlite3.Connection, key: str, text: str, filters: Filters) -> Condition:
    if key not in EXCLUDABLE:
        hint = did_you_mean(key, EXCLUDABLE) or "one of: " + ", ".join(EXCLUDABLE)
        raise UsageError(f"--exclude knows no '{key}': {hint}")
    if key == "id":
        resolve_event(connection, text)
        return "id <> ?", [text]
    ids = resolve(connection, key, text)
    if key in ("actor", "role"):
        sql, values = _parts(ids if key == "actor" else (), ids if key == "role" else (), filters)
    else:
        sql, values = _facets(key, ids)
    return f"NOT ({sql})", values
