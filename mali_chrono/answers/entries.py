"""The course of a history: events, and between them the changes that no event tells, in the order of their dates."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from mali_chrono.answers.filters import Filters
from mali_chrono.answers.lineage import DESCENT, STRUCK, Actor, relations
from mali_chrono.dates.spans import FAR, bounds

_MUTUAL = ("rival-of", "allied-with")
_THESE = "n IN (SELECT value FROM json_each(?))"


class Change(NamedTuple):
    """A dated beginning, end or turn of an actor's life or relations; columns of the index."""

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
    note: str | None


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


class _Happened(NamedTuple):
    """An event as a history needs it; `people` and `struck` are the actors named in it, and those it struck."""

    n: int
    lo: int
    hi: int
    entry: Entry
    category: str
    type: str
    cites: str
    people: set[str]
    struck: set[str]


def entries(
    connection: sqlite3.Connection,
    chosen: list[int],
    told_of: Sequence[str],
    known: Mapping[str, Actor],
    filters: Filters,
) -> tuple[list[Entry], list[int]]:
    """The history's entries, in the order of their dates, and the numbers of the events that the limit leaves in it.

    A change that an event tells is left to the event, which then is a turn.
    """
    listed = (chosen[::-1] if filters.reverse else chosen)[: filters.limit]
    events = _happened(connection, chosen)
    rest: list[Change] = []
    telling: set[int] = set()
    for change in _changes(connection, told_of, known, filters):
        teller = next((event.n for event in events if _tells(event, change)), None)
        if teller is None:
            rest.append(change)
        elif _turns(change):
            telling.add(teller)
    people, shown = _people(connection, told_of, known), set(listed)
    keyed: list[tuple[tuple[int, int, int], Entry]] = []
    for event in events:
        lost = event.type in ("targeted-killing", "arrests") and bool(event.struck & people)
        turning = lost or event.category == "groups" or event.n in telling
        if event.n in shown:
            keyed.append(((event.lo, event.hi, event.n), event.entry._replace(turning=turning)))
    for group in _together(rest):
        first = group[0]
        entry = Entry(first.words, first.year, None, (), group, _turns(first))
        keyed.append(((_from(first, known), first.hi, -1), entry))
    keyed.sort(key=lambda pair: pair[0], reverse=filters.reverse)
    return _cut([entry for _, entry in keyed], filters.limit), listed


def _happened(connection: sqlite3.Connection, chosen: list[int]) -> list[_Happened]:
    these = [str(chosen)]
    people: dict[int, set[str]] = {}
    struck: dict[int, set[str]] = {}
    for n, actor, role in connection.execute(f"SELECT n, actor, role FROM part WHERE direct AND {_THESE}", these):
        people.setdefault(n, set()).add(actor)
        if role in STRUCK:
            struck.setdefault(n, set()).add(actor)
    sql = (
        'SELECT event.n, lo, hi, "when", year, id, title, places, who, killed, category, type, cites'
        f" FROM event JOIN span ON span.n = event.n AND own WHERE event.{_THESE} ORDER BY event.n"
    )
    return [
        _Happened(
            n, lo, hi, Entry(when, year, ident, tuple(cells), (), turning=False), category, kind,
            cites or "", people.get(n, set()), struck.get(n, set()),
        )
        for n, lo, hi, when, year, ident, *cells, category, kind, cites in connection.execute(sql, these)
    ]  # fmt: skip


def _turns(change: Change) -> bool:
    """Whether something began, ended or became other, and is not only attested."""
    return change.edge != "at" or change.kind in DESCENT


def _from(change: Change, known: Mapping[str, Actor]) -> int:
    """The day a change is sorted by: where its date leaves that open, nothing befalls an actor before it began."""
    born = max(known[actor].lo for actor in (change.actor, change.target) if actor)
    return max(change.lo, min(born, change.hi))


def _cut(entries: list[Entry], limit: int | None) -> list[Entry]:
    """The entries up to the last listed event, when the number of events is limited."""
    if limit is None:
        return entries
    last = max((i for i, entry in enumerate(entries) if entry.id), default=-1)
    return entries[: last + 1]


def _people(connection: sqlite3.Connection, told_of: Sequence[str], known: Mapping[str, Actor]) -> set[str]:
    """Who led one of the actors, or was a person of it."""
    mine = set(told_of)
    leading = {r.target for r in relations(connection, ("led-by",), told_of) if r.actor in mine and r.target}
    within = relations(connection, ("part-of",), told_of)
    return leading | {r.actor for r in within if r.target in mine and known[r.actor].kind == "person"}


def _changes(
    connection: sqlite3.Connection, told_of: Sequence[str], known: Mapping[str, Actor], filters: Filters
) -> list[Change]:
    """The changes that touch the actors and may fall into the window; none where events are chosen by what they are."""
    by_time = {"window", "must", "within", "members", "limit", "reverse"}
    if filters.min_killed is not None or any(getattr(filters, name) for name in set(Filters._fields) - by_time):
        return []
    first, last = bounds(filters.window or (None, None))
    marks = ", ".join("?" * len(told_of))
    sql = (
        f"SELECT DISTINCT {', '.join(Change._fields)} FROM change WHERE (actor IN ({marks}) OR target IN ({marks}))"
        " AND lo <= ? AND hi >= ? ORDER BY lo, hi, kind, actor, target"
    )
    mine = set(told_of)
    found = [_ours(Change(*row), mine) for row in connection.execute(sql, [*told_of, *told_of, last, first])]
    sure = filters.must or filters.within
    kept: dict[object, Change] = {}
    for change in found:
        if _worth(change, mine, known) and (not sure or (change.lo >= first and change.hi <= last)):
            kept.setdefault(_same(change), change)
    turns = [change for change in kept.values() if change.kind in DESCENT]
    return [c for c in kept.values() if not (c.kind == "active" and _explained(c, turns))]


def _worth(change: Change, mine: set[str], known: Mapping[str, Actor]) -> bool:
    """A person's membership is told in that person's history, an actor's own span in its own; nothing reaches day 0."""
    if change.kind == "active":
        return change.actor in mine
    if change.kind == "part-of" and known[change.actor].kind == "person":
        return change.actor in mine
    return abs(change.lo) < FAR or abs(change.hi) < FAR


def _ours(change: Change, mine: set[str]) -> Change:
    """What two actors are to each other, from the side of the one that is told of."""
    if change.kind in _MUTUAL and change.actor not in mine and change.target:
        return change._replace(actor=change.target, target=change.actor)
    return change


def _same(change: Change) -> object:
    """What makes two changes one: rivals and allies are so both ways; what is attested again was told before."""
    pair: object = (change.actor, change.target)
    if change.kind in _MUTUAL:
        pair = frozenset((change.actor, change.target))
    attested = change.edge == "at" and change.kind not in DESCENT
    return (change.kind, change.edge, pair, change.office, None if attested else change.date)


def _explained(life: Change, turns: Sequence[Change]) -> bool:
    """Whether a founding, merger, split or new name on the same date says how an actor began or ended."""
    for turn in turns:
        later, earlier = (turn.target, turn.actor) if turn.kind == "joined" else (turn.actor, turn.target)
        if turn.lo <= life.hi and turn.hi >= life.lo and life.actor == (later if life.edge == "begin" else earlier):
            return True
    return False


def _tells(event: _Happened, change: Change) -> bool:
    """Whether an event is the change: of those actors, at that time, and of its kind, its very date, or its source."""
    # Whose office it is need not be named where somebody takes it.
    other = change.actor if change.kind == "holds" or not change.target else change.target
    if event.lo > change.hi or event.hi < change.lo or not {change.actor, other} <= event.people:
        return False
    alike = change.kind in (*DESCENT, "active") and event.category == "groups"
    same = (event.lo, event.hi) == (change.lo, change.hi)
    return alike or same or bool(_lines(event.cites) & _lines(change.cites))


def _lines(cites: str) -> frozenset[tuple[str, int]]:
    """Each cited line: "book:3-5, map:1" -> (book, 3), (book, 4), (book, 5), (map, 1)."""
    found = set()
    for cite in cites.split(", "):
        source, _, where = cite.partition(":")
        first, _, last = where.partition("-")
        if first.isdigit():
            found |= {(source, number) for number in range(int(first), int(last or first) + 1)}
    return frozenset(found)


def _together(changes: Iterable[Change]) -> Iterator[tuple[Change, ...]]:
    """Changes that one sentence tells: of one date and kind, on one side the same actor."""

    def key(change: Change) -> tuple[object, ...]:
        side = change.target if change.kind in ("part-of", "joined") else change.actor
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
