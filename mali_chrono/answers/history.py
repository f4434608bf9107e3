"""What actors did and went through: the list of all, and the history of one. Connection -> plain views."""

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from mali_chrono.answers import events
from mali_chrono.answers.actors import DOERS, STRUCK, Actor, Relation, earliest_first, read_actors, read_relations
from mali_chrono.answers.entries import Course, Entry, read_entries
from mali_chrono.answers.filters import Filters, Question, ask
from mali_chrono.answers.lineage import line
from mali_chrono.answers.names import resolve
from mali_chrono.answers.tallies import Tally, read_tallies
from mali_chrono.figures.reckon import Range
from mali_chrono.kinds import DESCENT


class Part(NamedTuple):
    """An actor's part in an event, by its number, and how certain it is."""

    actor: str
    role: str
    n: int
    certainty: str


class Side(NamedTuple):
    """The dead of some events: their sum (None: no figures), how many events, without a figure, and in doubt."""

    figures: Range | None
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
    query: dict[str, Sequence[str]]


def actor_list(connection: sqlite3.Connection, filters: Filters) -> tuple[Question, list[Listed], int, int]:
    """What was asked, the actors that the matching events name, most events first, how many they name and leave out.

    The filters' limit and order are those of the actors.
    """
    question = ask(connection, filters._replace(limit=None, reverse=False))
    sql = f'SELECT n, "when", year FROM event WHERE n IN ({question.selection[0]})'
    dates = {n: (when, year) for n, when, year in connection.execute(sql, question.selection[1])}
    tally = read_tallies(connection, question.where, ["killed"])["killed"]
    actors = read_actors(connection)
    listed: list[Listed] = []
    for ident, group in groupby(_parts(connection, question, filters), key=lambda part: part.actor):
        parts = list(group)
        own = sorted({part.n for part in parts})
        ends = dates[own[0]][0], dates[own[-1]][0]
        sides = _dead(tally, parts, DOERS), _dead(tally, parts, STRUCK)
        listed.append(Listed(actors[ident], len(own), *ends, [dates[n][1] for n in own], *sides))
    listed.sort(key=lambda entry: (-entry.events, entry.actor.short))
    if filters.reverse:
        listed.reverse()
    return question, listed[: filters.limit], len(listed), len(actors) - len(listed)


def history(connection: sqlite3.Connection, name: str, filters: Filters, *, follow: bool, full: bool) -> History:
    """One actor's history over the matching events; `full` gives the events' json rows too.

    With `follow` its predecessors' and successors' as well. The filters' limit cuts the entries, not the figures.
    Raises UsageError on an unknown or ambiguous name.
    """
    (ident,) = resolve(connection, "actor", name)
    subjects = line(connection, ident) if follow else [ident]
    question, resolved = _question(connection, subjects, filters)
    parts = [part for part in _parts(connection, question, filters) if part.actor in subjects]
    actors = read_actors(connection)
    chosen = events.numbers(connection, question)
    shown = (chosen[::-1] if filters.reverse else chosen)[: filters.limit]
    entries = read_entries(connection, Course(question, shown, subjects, actors, filters))
    (body,) = connection.execute("SELECT body FROM actor WHERE id = ?", (ident,)).fetchone()
    own = {actor: {part.n for part in parts if part.actor == actor} for actor in subjects}
    # The actor itself, then by when they first come up.
    subjects.sort(key=lambda actor: (actor != ident, min(own[actor], default=len(chosen) and chosen[-1] + 1)))
    descent = earliest_first(read_relations(connection, DESCENT, subjects))
    import json  # noqa: PLC0415 - what one actor needs and the list does not

    return History(
        json.loads(body),
        [(actor, len(own[actor])) for actor in subjects],
        earliest_first(read_relations(connection, touching=[ident])),
        [r for r in descent if not r.date and {r.actor, r.target} & set(subjects)],
        _figures(connection, question, parts),
        entries,
        events.json_rows(connection, question._replace(order=_order(shown))) if full else [],
        actors,
        resolved,
    )


def _question(
    connection: sqlite3.Connection, subjects: Sequence[str], filters: Filters
) -> tuple[Question, dict[str, Sequence[str]]]:
    """The events of some actors that match, and the other filters as they were resolved.

    Actors among the filters are further ones: events of both.
    """
    wanted = filters._replace(limit=None, reverse=False)
    question = ask(connection, wanted._replace(actor=subjects))
    resolved = {key: ids for key, ids in question.resolved.items() if key != "actor"}
    if not filters.actor:
        return question, resolved
    others = ask(connection, Filters(actor=filters.actor, members=filters.members))
    (where, values), (extra, more) = question.where, others.where
    return question._replace(where=(f"({where}) AND ({extra})", [*values, *more])), {**resolved, **others.resolved}


def _order(shown: Sequence[int]) -> str:
    """The order and limit that give just the events shown."""
    down = len(shown) > 1 and shown[0] > shown[-1]
    return f"ORDER BY n{' DESC' * down} LIMIT {len(shown)}"


def _parts(connection: sqlite3.Connection, question: Question, filters: Filters) -> list[Part]:
    """The parts in the matching events, those in a role that was asked for if one was, actor by actor."""
    condition, values = question.selection
    alone = "" if filters.members else " AND direct"
    sql = f"SELECT DISTINCT actor, role, n, certainty FROM part WHERE n IN ({condition}){alone} ORDER BY actor, n, role"
    roles = question.resolved.get("role")
    parts = (Part(*row) for row in connection.execute(sql, values))
    return [part for part in parts if not roles or part.role in roles]


def _dead(tally: Tally, parts: Iterable[Part], roles: Sequence[str]) -> Side:
    """The dead of the events in which someone had one of some roles.

    A part that is denied is left out; a claim of responsibility alone is in doubt like a suspicion; an event told
    twice is as sure as its surest part.
    """
    sure: dict[int, bool] = {}
    for part in parts:
        if part.role in roles and part.certainty != "denied":
            sure[part.n] = sure.get(part.n, False) or (part.certainty == "confirmed" and part.role != "claimant")
    if not sure:
        return Side(None, 0, 0, 0)
    total = tally.total(sure)
    return Side(total.figures, len(sure), total.untold, list(sure.values()).count(False))


def _figures(connection: sqlite3.Connection, question: Question, parts: Sequence[Part]) -> Figures:
    selection, values = question.selection
    chosen = f"n IN ({selection})"
    years = f"SELECT year, count(*) FROM event WHERE {chosen} AND year IS NOT NULL GROUP BY year ORDER BY year"
    regions = (
        "SELECT name, count(*) FROM facet JOIN thing ON thing.kind = facet.kind AND thing.id = key"
        f" WHERE facet.kind = 'region' AND {chosen} GROUP BY name ORDER BY 2 DESC, 1"
    )
    places = (
        "SELECT name, count(*) FROM facet JOIN place ON place.id = key"
        f" WHERE kind = 'place' AND direct AND precision < 4 AND {chosen} GROUP BY name ORDER BY 2 DESC, 1"
    )
    roles: dict[str, dict[int, bool]] = {}
    for part in parts:
        sure = roles.setdefault(part.role, {})
        sure[part.n] = sure.get(part.n, False) or part.certainty == "confirmed"
    counts = [(role, len(sure), sum(not certain for certain in sure.values())) for role, sure in roles.items()]
    tally = read_tallies(connection, question.where, ["killed"])["killed"]
    return Figures(
        len(tally.items),
        connection.execute(years, values).fetchall(),
        sorted(counts, key=lambda role: (-role[1], role[0])),
        _dead(tally, parts, DOERS),
        _dead(tally, parts, STRUCK),
        connection.execute(regions, values).fetchall(),
        connection.execute(places, values).fetchall(),
    )
