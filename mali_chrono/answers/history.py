"""What actors did and went through: the list of all, and the history of one. Connection -> plain views."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from mali_chrono.answers import events, matching
from mali_chrono.answers.actors import Actor, Relation, earliest_first, read_actors, read_relations
from mali_chrono.answers.asking import option_words
from mali_chrono.answers.entries import Course, Entry, Event, read_entries, read_events
from mali_chrono.answers.filters import Filters, Question, ask
from mali_chrono.answers.lineage import line
from mali_chrono.answers.matching import Window
from mali_chrono.answers.measures import Gauge, Share, read_gauge
from mali_chrono.answers.names import marks, resolve
from mali_chrono.answers.parts import strictly
from mali_chrono.errors import UsageError
from mali_chrono.figures.reckon import Range
from mali_chrono.kinds import CLAIMS, DESCENT, DOES, SUFFERS, Vocabulary

# Whose doing an event is: who did it, or says so itself. Whom it struck.
DOERS, STRUCK = (DOES, CLAIMS), (SUFFERS,)


class Part(NamedTuple):
    """An actor's part in an event, by its number, and how certain it is."""

    actor: str
    role: str
    n: int
    certainty: str


class Side(NamedTuple):
    """The dead of some events: their sum (None: no figures); how many events, without a figure, in doubt, denied."""

    figures: Range | None
    events: int
    untold: int
    doubtful: int
    denied: int


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
    that touch the actor itself, `undated` the descent in that line that no entry can tell, `actors` everyone by id,
    `question` what else was asked: it resolves the other filters only.
    """

    body: dict[str, Any]
    line: list[tuple[str, int]]
    relations: list[Relation]
    undated: list[Relation]
    figures: Figures
    entries: list[Entry]
    rows: list[str]
    actors: dict[str, Actor]
    question: Question
    options: tuple[str, ...] | None
    words: Vocabulary


def refuse_sort(filters: Filters) -> None:
    """Raises UsageError where a history is to be sorted otherwise than by time."""
    if filters.sort != "date":
        raise UsageError("--sort is for timeline: --actor NAME --sort KEY sorts an actor's events")


def actor_list(connection: sqlite3.Connection, filters: Filters) -> tuple[Question, list[Listed], int, int]:
    """What was asked, the actors that the matching events name, most events first, how many they name and leave out.

    The filters' limit and order are those of the actors.
    """
    question = events.settled(connection, ask(connection, filters._replace(limit=None, reverse=False, sort="date")))
    condition, values = question.chosen
    sql = f'SELECT n, "when", year FROM event WHERE {condition}'
    dates = {n: (when, year) for n, when, year in connection.execute(sql, values)}
    words = question.words
    dead = Dead(read_gauge(connection, question.chosen, words.toll_kinds[:1], "", {}), question.window, words)
    actors = read_actors(connection)
    listed: list[Listed] = []
    for ident, group in groupby(_parts(connection, question, filters), key=lambda part: part.actor):
        parts = list(group)
        own = sorted({part.n for part in parts})
        ends = dates[own[0]][0], dates[own[-1]][0]
        sides = dead.side(parts, DOERS), dead.side(parts, STRUCK)
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
    question = _question(connection, subjects, filters)
    told = read_events(connection, question)
    chosen = [event.n for event in told]
    question = question._replace(where=matching.listed(chosen))
    parts = _parts(connection, question, filters, subjects)
    actors = read_actors(connection)
    shown = frozenset((chosen[::-1] if filters.reverse else chosen)[: filters.limit])
    entries = read_entries(connection, Course(question, told, shown, subjects, actors, filters))
    (body,) = connection.execute("SELECT body FROM record WHERE kind = 'actor' AND id = ?", (ident,)).fetchone()
    own = {actor: {part.n for part in parts if part.actor == actor} for actor in subjects}
    # The actor itself, then by when they first come up.
    subjects.sort(key=lambda actor: (actor != ident, min(own[actor], default=len(chosen) and chosen[-1] + 1)))
    descent = earliest_first(read_relations(connection, DESCENT, subjects))
    import json

    return History(
        json.loads(body),
        [(actor, len(own[actor])) for actor in subjects],
        earliest_first(read_relations(connection, touching=[ident])),
        [r for r in descent if not r.date and {r.actor, r.target} & set(subjects)],
        _figures(connection, question, told, parts),
        entries,
        [*events.json_rows(connection, question._replace(order=_order(filters), limit=filters.limit))] if full else [],
        actors,
        question,
        _options(filters),
        question.words,
    )


def _options(filters: Filters) -> tuple[str, ...] | None:
    """The options by which a summary is of the same events, beside the actors; None where no options are."""
    if filters.actor:  # events of both: alternatives for a summary
        return None
    return option_words(filters._replace(covers=False, role=(), sort="date", limit=None, reverse=False))


def _question(connection: sqlite3.Connection, subjects: Sequence[str], filters: Filters) -> Question:
    """The events of some actors that match; of what was named, it holds only what the other filters name.

    Actors among the filters are further ones: events of both.
    """
    question = ask(connection, filters._replace(actor=subjects, limit=None, reverse=False, sort="date"))
    resolved = {key: ids for key, ids in question.resolved.items() if key != "actor"}
    if not filters.actor:
        return question._replace(resolved=resolved)
    others = ask(connection, Filters(actor=filters.actor, direct=filters.direct, confirmed=filters.confirmed))
    (where, values), (extra, more) = question.where, others.where
    both = (f"({where}) AND ({extra})", [*values, *more])
    return question._replace(where=both, resolved={**resolved, **others.resolved})


def _order(filters: Filters) -> str:
    return "n DESC" if filters.reverse else "n"


def _parts(
    connection: sqlite3.Connection, question: Question, filters: Filters, actors: Sequence[str] | None = None
) -> list[Part]:
    """The parts in the matching events, those in a role that was asked for if one was, actor by actor.

    Those of some `actors`; None for everyone's.
    """
    condition, values = question.chosen
    only = strictly(filters)
    if actors is not None:
        only += f" AND actor IN ({marks(actors)})"
        values = [*values, *actors]
    sql = f"SELECT DISTINCT actor, role, n, certainty FROM part WHERE {condition}{only} ORDER BY actor, n, role"
    roles = question.resolved.get("role")
    parts = (Part(*row) for row in connection.execute(sql, values))
    return [part for part in parts if not roles or part.role in roles]


class Dead(NamedTuple):
    """Finds what the first kind of toll comes to in some events of a window."""

    gauge: Gauge
    window: Window | None
    words: Vocabulary

    def side(self, parts: Iterable[Part], meanings: Sequence[str]) -> Side:
        """The toll of the events in which someone had a role of some meaning: what a summary of these parts comes to.

        A claim of responsibility alone is in doubt like a suspicion; an event told twice is as sure as its surest part.
        """
        sure: dict[int, bool] = {}
        denied: dict[int, bool] = {}
        roles, claiming = self.words.roles_that(*meanings), self.words.roles_that(CLAIMS)
        for part in parts:
            if part.role in roles:
                is_sure = part.certainty == "confirmed" and part.role not in claiming
                sure[part.n] = sure.get(part.n, False) or is_sure
                denied[part.n] = denied.get(part.n, True) and part.certainty == "denied"
        if not sure:
            return Side(None, 0, 0, 0, 0)
        toll = next(iter(self.gauge.tallies))
        figures, untold = self.gauge.total(toll, Share(frozenset(sure)), self.window)
        return Side(figures, len(sure), untold, list(sure.values()).count(False), sum(denied.values()))


def _figures(
    connection: sqlite3.Connection, question: Question, told: Sequence[Event], parts: Sequence[Part]
) -> Figures:
    words = question.words
    years = Counter(event.entry.year for event in told if event.entry.year is not None)
    regions, places = _where(connection, question)
    roles: dict[str, dict[int, bool]] = {}
    for part in parts:
        sure = roles.setdefault(part.role, {})
        sure[part.n] = sure.get(part.n, False) or part.certainty == "confirmed"
    counts = [(role, len(sure), sum(not certain for certain in sure.values())) for role, sure in roles.items()]
    dead = Dead(read_gauge(connection, question.chosen, words.toll_kinds[:1], "", {}), question.window, words)
    return Figures(
        len(told),
        sorted(years.items()),
        sorted(counts, key=lambda role: (-role[1], role[0])),
        dead.side(parts, DOERS),
        dead.side(parts, STRUCK),
        regions,
        places,
    )


def _where(connection: sqlite3.Connection, question: Question) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """The regions of the matching events, and the places in them that are no wider than a district: most events first.

    Of each event's own places; in one reading, since most of its time goes into finding the events.
    """
    chosen, values = question.chosen
    # From what each event is found by to its name: SQLite would otherwise begin with every place there is.
    sql = (
        "SELECT thing.kind, thing.name, count(*) FROM mark CROSS JOIN thing USING (t)"
        " LEFT JOIN place ON thing.kind = 'place' AND place.id = thing.id"
        f" WHERE (thing.kind = 'region' OR direct AND precision < 4) AND {chosen}"
        " GROUP BY thing.kind, thing.name ORDER BY 3 DESC, 2"
    )
    found: dict[str, list[tuple[str, int]]] = {"region": [], "place": []}
    for kind, name, events_there in connection.execute(sql, values):
        found[kind].append((name, events_there))
    return found["region"], found["place"]
