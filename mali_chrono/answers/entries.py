"""The course of a history: events, and between them the changes that no event tells, in the order of their dates."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from mali_chrono.answers.actors import Actor, Change, read_changes, read_relations
from mali_chrono.answers.filters import Filters, Question
from mali_chrono.answers.matching import EVER, listed
from mali_chrono.dates.days import from_ordinal
from mali_chrono.dates.spans import FAR, inside
from mali_chrono.index.fields import fields_of
from mali_chrono.kinds import DESCENT, MEMBERSHIP, MUTUAL, ONWARD, SUFFERS, Vocabulary

Line = tuple[str, str, int, int]  # a document, what is counted in it, the first and the last


class Entry(NamedTuple):
    """One line of a history: an event (its id and cells), or changes told together; `turning` marks what
    began, ended or turned, unlike what is only attested.
    """

    when: str
    year: int | None
    id: str | None
    cells: tuple[object, ...]
    changes: tuple[Change, ...]
    turning: bool


class Event(NamedTuple):
    """An event as a history needs it."""

    n: int
    lo: int
    hi: int
    entry: Entry
    category: str
    type: str


class _Details(NamedTuple):
    """Of some events by number: the actors named in them, those they struck, the lines they cite."""

    people: Mapping[int, set[str]]
    struck: Mapping[int, set[str]]
    lines: Mapping[int, list[Line]]


class Course(NamedTuple):
    """Whose history is told of which events: those that match, those of them to be shown, the actors, the filters."""

    question: Question
    events: Sequence[Event]
    shown: frozenset[int]
    subjects: Sequence[str]
    actors: Mapping[str, Actor]
    filters: Filters


def read_entries(connection: sqlite3.Connection, course: Course) -> list[Entry]:
    """The entries of a history, events and changes, in the order of their dates.

    A change that an event tells is left to the event, which then is a turn.
    """
    question, events, shown, _, actors, filters = course
    words = question.words
    changes, removing = _changes(connection, course), _removing(connection)
    near = [event for event in events if any(_meets(event, change) for change in changes)]
    details = _read_details(connection, near, [event for event in events if event.type in removing], words)
    rest: list[Change] = []
    telling: set[int] = set()
    for change in changes:
        teller = next((event.n for event in near if _tells(event, details, change)), None)
        if teller is None:
            rest.append(change)
        elif _turns(change):
            telling.add(teller)
    people = _people(connection, course)
    turns = {category.id for category in words.categories if category.turns}
    keyed: list[tuple[tuple[int, int, int], Entry]] = []
    for event in events:
        lost = event.type in removing and not people.isdisjoint(details.struck.get(event.n, ()))
        turning = lost or event.category in turns or event.n in telling
        if event.n in shown:
            keyed.append(((event.lo, event.hi, event.n), event.entry._replace(turning=turning)))
    for group in _together(rest):
        first = group[0]
        entry = Entry(first.words, first.year, None, (), group, _turns(first))
        keyed.append(((_from(first, actors), first.hi, -1), entry))
    keyed.sort(key=lambda pair: pair[0], reverse=filters.reverse)
    return _cut([entry for _, entry in keyed], filters.limit)


def _removing(connection: sqlite3.Connection) -> frozenset[str]:
    """The types of event that take out whom they strike."""
    rows = connection.execute("SELECT id FROM record WHERE kind = 'type' AND json_extract(body, '$.removes')")
    return frozenset(ident for (ident,) in rows)


def read_events(connection: sqlite3.Connection, question: Question) -> list[Event]:
    """The events that match, in order."""
    where, values = question.where
    cells = ", ".join(f'"{field}"' for field in fields_of(question.words.tolls).timeline if field != "when")
    sql = f'SELECT n, lo, hi, category, type, "when", year, id, {cells} FROM event WHERE {where} ORDER BY n'
    return [
        Event(n, lo, hi, Entry(when, year, ident, tuple(texts), (), turning=False), category, kind)
        for n, lo, hi, category, kind, when, year, ident, *texts in connection.execute(sql, values)
    ]


def _read_details(
    connection: sqlite3.Connection, near: Iterable[Event], removing: Iterable[Event], words: Vocabulary
) -> _Details:
    """Who is named in the events that may tell a change or take someone out, and what the first cite."""
    striking = words.roles_that(SUFFERS)
    people: dict[int, set[str]] = {}
    struck: dict[int, set[str]] = {}
    lines: dict[int, list[Line]] = {}
    telling = [event.n for event in near]
    asked, values = listed([*telling, *(event.n for event in removing)])
    for n, actor, role in connection.execute(f"SELECT n, actor, role FROM part WHERE direct AND {asked}", values):
        people.setdefault(n, set()).add(actor)
        if role in striking:
            struck.setdefault(n, set()).add(actor)
    asked, values = listed(telling)
    for n, *line in connection.execute(f"SELECT n, source, unit, first, last FROM cite WHERE {asked}", values):
        lines.setdefault(n, []).append((line[0], line[1], line[2], line[3]))
    return _Details(people, struck, lines)


def _turns(change: Change) -> bool:
    """Whether something began, ended or became other, and is not only attested."""
    return change.edge != "at" or change.kind in DESCENT


def _from(change: Change, actors: Mapping[str, Actor]) -> int:
    """The day a change is sorted by: where its date leaves that open, nothing befalls an actor before it began."""
    born = max(actors[actor].lo for actor in (change.actor, change.target) if actor)
    return max(change.lo, min(born, change.hi))


def _cut(entries: list[Entry], limit: int | None) -> list[Entry]:
    """The entries up to the last listed event, when the number of events is limited."""
    if limit is None:
        return entries
    last = max((i for i, entry in enumerate(entries) if entry.id), default=-1)
    return entries[: last + 1]


def _people(connection: sqlite3.Connection, course: Course) -> frozenset[str]:
    """Who led one of the actors, or was a person of it."""
    subjects, persons = course.subjects, _persons(course)
    leading = {r.target for r in read_relations(connection, ("led-by",), subjects) if r.actor in subjects and r.target}
    within = read_relations(connection, MEMBERSHIP, subjects)
    return frozenset(leading | {r.actor for r in within if r.target in subjects and r.actor in persons})


def _persons(course: Course) -> frozenset[str]:
    """The actors that are people."""
    return frozenset(ident for ident, actor in course.actors.items() if actor.kind in course.question.words.persons)


def _changes(connection: sqlite3.Connection, course: Course) -> list[Change]:
    """The changes that touch the actors and may fall into the time; none where events are chosen by what they are."""
    question, subjects, filters = course.question, course.subjects, course.filters
    persons = _persons(course)
    by_time = {"when", "window", "covers", "must", "within", "direct", "limit", "reverse", "sort"}
    if any(getattr(filters, name) for name in set(Filters._fields) - by_time):
        return []
    window = question.window or EVER
    mine = set(subjects)
    sure = filters.must or filters.within
    kept: dict[object, Change] = {}
    for read in read_changes(connection, subjects, window):
        change = _turned(read, mine)
        inner = any(inside((change.lo, change.hi), part) for part in window)
        if _worth(change, mine, persons) and (not sure or inner) and _is_on(change, question.days):
            kept.setdefault(_same(change), change)
    turns = [change for change in kept.values() if change.kind in DESCENT]
    return [c for c in kept.values() if not (c.kind == "active" and _explained(c, turns))]


def _is_on(change: Change, days: Sequence[tuple[int, int]]) -> bool:
    """Whether a change was on one of some days of any year; where none are asked for, always."""
    return not days or (change.lo == change.hi and from_ordinal(change.lo)[1:] in days)


def _worth(change: Change, mine: set[str], persons: frozenset[str]) -> bool:
    """A person's membership is told in that person's history, an actor's own span in its own; nothing reaches day 0."""
    if change.kind == "active":
        return change.actor in mine
    if change.kind in MEMBERSHIP and change.actor in persons:
        return change.actor in mine
    return abs(change.lo) < FAR or abs(change.hi) < FAR


def _turned(change: Change, mine: set[str]) -> Change:
    """What two actors are to each other, from the side of the one that is told of."""
    if change.kind in MUTUAL and change.actor not in mine and change.target:
        return change._replace(actor=change.target, target=change.actor)
    return change


def _same(change: Change) -> object:
    """What makes two changes one: rivals and allies are so both ways; what is attested again was told before."""
    pair: object = (change.actor, change.target)
    if change.kind in MUTUAL:
        pair = frozenset((change.actor, change.target))
    attested = change.edge == "at" and change.kind not in DESCENT
    return (change.kind, change.edge, pair, change.office, None if attested else change.date)


def _explained(life: Change, turns: Sequence[Change]) -> bool:
    """Whether a founding, merger, split or new name on the same date says how an actor began or ended."""
    for turn in turns:
        later, earlier = (turn.target, turn.actor) if turn.kind in ONWARD else (turn.actor, turn.target)
        if turn.lo <= life.hi and turn.hi >= life.lo and life.actor == (later if life.edge == "begin" else earlier):
            return True
    return False


def _meets(event: Event, change: Change) -> bool:
    return event.lo <= change.hi and event.hi >= change.lo


def _tells(event: Event, details: _Details, change: Change) -> bool:
    """Whether an event is the change: of those actors, at that time, and of its kind, its very date, or its source."""
    # Whose office it is need not be named where somebody takes it.
    other = change.actor if change.kind == "holds" or not change.target else change.target
    if not _meets(event, change) or not {change.actor, other} <= details.people.get(event.n, set()):
        return False
    alike = change.kind in (*DESCENT, "active") and event.category == "groups"
    same = (event.lo, event.hi) == (change.lo, change.hi)
    return alike or same or _shared(details.lines.get(event.n, ()), change.lines)


def _shared(lines: Iterable[Line], others: Iterable[Line]) -> bool:
    """Whether some line, page or anchor is among both."""
    others = list(others)
    return any(a[:2] == b[:2] and a[2] <= b[3] and b[2] <= a[3] for a in lines for b in others)


def _together(changes: Iterable[Change]) -> Iterator[tuple[Change, ...]]:
    """Changes that one sentence tells: of one date and kind, on one side the same actor."""

    def key(change: Change) -> tuple[object, ...]:
        side = change.target if change.kind in (*MEMBERSHIP, *ONWARD) else change.actor
        said = None if change.kind == "alliance-of" else change.note
        return (
            change.lo,
            change.hi,
            change.kind,
            change.edge,
            side or "",
            change.office or "",
            change.certainty,
            said or "",
        )

    for _, group in groupby(sorted(changes, key=key), key=key):
        yield tuple(group)
