"""What actors did and went through: the list of all, and the history of one. Connection -> plain views."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from mali_chrono.answers.filters import Filters, Question, ask
from mali_chrono.answers.lineage import DESCENT, DOERS, STRUCK, Actor, Relation, actors, find, line, relations
from mali_chrono.figures import reckon as tolls

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from mali_chrono.answers.entries import Entry

_THESE = "n IN (SELECT value FROM json_each(?))"


class Side(NamedTuple):
    """The dead of some events: their sum (None: no figures), how many events, without a figure, and in doubt."""

    figures: tolls.Range | None
    events: int
    untold: int
    doubtful: int


class Figures(NamedTuple):
    """What a set of events comes to; roles are (role, events, events in doubt), years and regions (which, events)."""

    events: int
    years: list[tuple[int, int]]
    roles: list[tuple[str, int, int]]
    caused: Side
    suffered: Side
    regions: list[tuple[str, int]]
    places: list[tuple[str, int]]


class Listed(NamedTuple):
    """One actor of the list: its events' number, first, last (in words) and years, and the dead by it and of it."""

    actor: Actor
    events: int
    first: str
    last: str
    years: list[int | None]
    caused: Side
    suffered: Side


class History(NamedTuple):
    """One actor's history.

    `body` is its json record, `line` the actors told of (itself first) with their events' numbers, `relations` those
    that touch the actor itself, `undated` the descent in that line that no entry can tell, `actors` everyone by id.
    """

    body: dict[str, Any]
    line: list[tuple[str, int]]
    relations: list[Relation]
    undated: list[Relation]
    figures: Figures
    entries: list[Entry]
    rows: list[str]
    actors: dict[str, Actor]
    query: dict[str, list[str]]


def _selected(connection: sqlite3.Connection, question: Question, extra: Question | None = None) -> list[int]:
    """The numbers of the events that match, in order."""
    where, values = question.where, question.values
    if extra is not None:
        where, values = f"({where}) AND ({extra.where})", [*values, *extra.values]
    return [n for (n,) in connection.execute(f"SELECT n FROM event WHERE {where} ORDER BY n", values)]


class _Dead:
    """Sums the dead of chosen events; reads their figures, and the links of the whole store, once."""

    def __init__(self, connection: sqlite3.Connection, chosen: list[int]) -> None:
        rows = connection.execute(
            "SELECT event.n, id, category = 'reporting', low, best, high, open, disputed = 'yes' FROM event"
            f" LEFT JOIN toll ON toll.n = event.n AND toll.kind = 'killed' WHERE event.{_THESE}",
            [str(chosen)],
        )
        self._items = {
            n: tolls.Item(
                ident,
                None if low is None else tolls.Range(low, best, high, bool(endless), bool(torn)),
                bool(reporting),
            )
            for n, ident, reporting, low, best, high, endless, torn in rows
        }
        links = connection.execute("SELECT event.id, target, kind FROM link JOIN event ON event.n = link.n")
        self._links = tolls.read_links(links)

    def side(self, parts: Iterable[tuple[int, bool]]) -> Side:
        """The sum over (event, whether the part in it is in doubt); an event told twice is as sure as its surest."""
        sure: dict[int, bool] = {}
        for n, doubtful in parts:
            sure[n] = sure.get(n, False) or not doubtful
        if not sure:
            return Side(None, 0, 0, 0)
        total = tolls.total([self._items[n] for n in sure], self._links)
        return Side(total.figures, len(sure), total.untold, list(sure.values()).count(False))


def _parts(connection: sqlite3.Connection, chosen: list[int], filters: Filters) -> list[tuple[str, str, int, str]]:
    """Actor, role, event and certainty of every part in the chosen events, actor by actor."""
    these = [str(chosen)]
    rows = connection.execute(f"SELECT actor, role, n, certainty FROM doubt WHERE {_THESE}", these)
    doubtful = {(actor, role, n): certainty for actor, role, n, certainty in rows}
    alone = "" if filters.members else " AND direct"
    rows = connection.execute(f"SELECT actor, role, n FROM part WHERE {_THESE}{alone} ORDER BY actor, n, role", these)
    return [(*row, doubtful.get(row, "confirmed")) for row in rows]


def _side(dead: _Dead, parts: Iterable[tuple[str, str, int, str]], roles: Sequence[str]) -> Side:
    """What it denies is left out; a claim of responsibility alone is in doubt like a suspicion."""
    held = [part for part in parts if part[1] in roles and part[3] != "denied"]
    return dead.side((n, sure != "confirmed" or role == "claimant") for _, role, n, sure in held)


def actor_list(connection: sqlite3.Connection, filters: Filters) -> tuple[Question, list[Listed], int, int]:
    """What was asked, the actors that the matching events name, most events first, how many they name and leave out.

    The filters' limit and order are those of the actors.
    """
    question = ask(connection, filters._replace(limit=None, reverse=False))
    chosen = _selected(connection, question)
    told = {
        n: (when, year)
        for n, when, year in connection.execute(f'SELECT n, "when", year FROM event WHERE {_THESE}', [str(chosen)])
    }
    dead, known = _Dead(connection, chosen), actors(connection)
    roles = question.resolved.get("role")
    found: list[Listed] = []
    parts = [part for part in _parts(connection, chosen, filters) if not roles or part[1] in roles]
    for ident, group in groupby(parts, key=lambda part: part[0]):
        mine = list(group)
        events = sorted({n for _, _, n, _ in mine})
        sides = _side(dead, mine, DOERS), _side(dead, mine, STRUCK)
        ends = told[events[0]][0], told[events[-1]][0]
        found.append(Listed(known[ident], len(events), *ends, [told[n][1] for n in events], *sides))
    found.sort(key=lambda listed: (-listed.events, listed.actor.short))
    if filters.reverse:
        found.reverse()
    return question, found[: filters.limit], len(found), len(known) - len(found)


def history(connection: sqlite3.Connection, name: str, filters: Filters, *, follow: bool, full: bool) -> History:
    """One actor's history over the matching events; `full` gives the events' json rows too.

    With `follow` its predecessors' and successors' as well. The filters' limit cuts the entries, not the figures.
    Raises UsageError on an unknown or ambiguous name.
    """
    ident = find(connection, name)
    told_of = line(connection, ident) if follow else [ident]
    question = ask(connection, filters._replace(actor=told_of, limit=None, reverse=False))
    others = filters.actor or None
    extra = ask(connection, Filters(actor=others, members=filters.members)) if others else None
    chosen = _selected(connection, question, extra)
    resolved = {**question.resolved, "actor": extra.resolved["actor"] if extra else []}
    roles = resolved.get("role")
    mine = set(told_of)
    parts = [
        part for part in _parts(connection, chosen, filters) if part[0] in mine and (not roles or part[1] in roles)
    ]
    known = actors(connection)
    import json  # noqa: PLC0415 - what one actor needs and the list does not

    from mali_chrono.answers.entries import entries  # noqa: PLC0415

    course, listed = entries(connection, chosen, told_of, known, filters)
    (body,) = connection.execute("SELECT body FROM actor WHERE id = ?", (ident,)).fetchone()
    events = {actor: {n for who, _, n, _ in parts if who == actor} for actor in told_of}
    # The actor itself, then by when they first come up.
    told_of.sort(key=lambda actor: (actor != ident, min(events[actor], default=len(chosen) and chosen[-1] + 1)))
    descent = relations(connection, DESCENT, told_of)
    return History(
        json.loads(body),
        [(actor, len(events[actor])) for actor in told_of],
        relations(connection, touching=[ident]),
        [relation for relation in descent if not relation.date and {relation.actor, relation.target} & mine],
        _figures(connection, chosen, parts),
        course,
        _rows(connection, listed, question, filters) if full else [],
        known,
        {key: value for key, value in resolved.items() if value},
    )


def _rows(connection: sqlite3.Connection, listed: list[int], question: Question, filters: Filters) -> list[str]:
    order = "DESC" if filters.reverse else ""
    sql = (
        f"SELECT head || '\"' || CASE WHEN {question.must} THEN 'must' ELSE 'may' END || '\"' || tail"
        f" FROM event WHERE {_THESE} ORDER BY n {order}"
    )
    return [row for (row,) in connection.execute(sql, [*question.must_values, str(listed)])]


def _figures(connection: sqlite3.Connection, chosen: list[int], parts: Sequence[tuple[str, str, int, str]]) -> Figures:
    these = [str(chosen)]
    years = f"SELECT year, count(*) FROM event WHERE {_THESE} AND year IS NOT NULL GROUP BY year ORDER BY year"
    regions = (
        f"SELECT name, count(*) FROM facet JOIN thing ON thing.kind = 'region' AND thing.id = key"
        f" WHERE facet.kind = 'region' AND {_THESE} GROUP BY name ORDER BY 2 DESC, 1"
    )
    places = (
        "SELECT json_extract(value, '$.name'), count(*) FROM event, json_each(head || '\"may\"' || tail, '$.places')"
        " WHERE event.n IN (SELECT value FROM json_each(?)) AND coalesce(json_extract(value, '$.precision'), 1) < 4"
        " GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    roles: dict[str, dict[int, bool]] = {}
    for _, role, n, certainty in parts:
        sure = roles.setdefault(role, {})
        sure[n] = sure.get(n, False) or certainty == "confirmed"
    counted = [(role, len(sure), sum(not known for known in sure.values())) for role, sure in roles.items()]
    dead = _Dead(connection, chosen)
    return Figures(
        len(chosen),
        connection.execute(years, these).fetchall(),
        sorted(counted, key=lambda role: (-role[1], role[0])),
        _side(dead, parts, DOERS),
        _side(dead, parts, STRUCK),
        connection.execute(regions, these).fetchall(),
        connection.execute(places, these).fetchall(),
    )
