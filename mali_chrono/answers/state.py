"""The state of play at a time: what lasted, who held office, which armed actors there were, who stood with whom.

What must have held is told apart from what may have: a date's core against its span. A point says that something was
so on that day, and is never stretched; the last one before and the first one after are given with their dates.
"""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from mali_chrono.answers import matching
from mali_chrono.answers.armed import Armed, Holder, arm_trees, make_holder, other_trees
from mali_chrono.answers.facts import read_sums
from mali_chrono.answers.filters import Filters, ask
from mali_chrono.answers.matching import MAY, MUST, match_one, matches
from mali_chrono.answers.measures import Share, together
from mali_chrono.answers.offices import Named, Office, read_offices
from mali_chrono.answers.periods import Period, read_periods
from mali_chrono.answers.scene import (
    ATTESTED,
    RANK,
    Evidence,
    Scene,
    Seen,
    Side,
    Window,
    read_scene,
)
from mali_chrono.answers.sets import touching
from mali_chrono.dates import units
from mali_chrono.dates.days import Today, from_ordinal, iso_day, ordinal
from mali_chrono.dates.words import describe_days
from mali_chrono.errors import UsageError
from mali_chrono.figures.reckon import Range
from mali_chrono.kinds import ALLIANCE, RIVALRY, Vocabulary

AROUND = 5  # events before and after


class Ally(NamedTuple):
    """Who took part in what lasted, on which side, and how surely then."""

    id: str
    name: str
    side: str | None
    match: str


class Running(NamedTuple):
    """What lasted in the window; `title` is a mission's full name, `body` the text of its json object."""

    id: str
    name: str
    title: str | None
    kind: str
    words: str
    match: str
    allies: tuple[Ally, ...]
    body: str


class Presence(NamedTuple):
    """A foreign mission or force that was there by itself, and the evidence for it."""

    id: str
    name: str
    title: str
    kind: str
    match: str
    evidence: Evidence


class Pair(NamedTuple):
    """Two actors that a relation bound, the first of them `holder`."""

    holder: Holder
    other: Named


class Happening(NamedTuple):
    """An event around or in the window; `match` is None outside it."""

    id: str
    date: str
    words: str
    title: str
    category: str
    toll: str | None
    match: str | None


class Year(NamedTuple):
    """What the events of the year so far come to: those that surely lie in it, and with those that may; by match."""

    first: str
    last: str
    words: str
    events: dict[str, int]
    sums: dict[str, dict[str, Range]]


class State(NamedTuple):
    """A page's parts; `unplaced` are the armed actors of whom only events tell, `counts` the events by category."""

    words: str
    window: Window
    periods: list[Running]
    foreign: list[Running | Presence]
    offices: list[Office]
    armed: list[Armed]
    unplaced: list[Armed]
    others: list[Armed]
    alliances: list[Pair]
    rivalries: list[Pair]
    before: list[Happening]
    during: list[Happening]
    after: list[Happening]
    counts: dict[str, int]
    year: Year
    vocabulary: Vocabulary


def read_window(text: str, today: Today) -> Window:
    """The days a typed date stands for. Raises UsageError where it has no first or no last one."""
    from mali_chrono.dates import typed

    try:
        first, last = typed.span(text, today)
    except typed.WhenError as fault:
        raise UsageError(str(fault)) from None
    if first is None or last is None:
        end = "first" if first is None else "last"
        raise UsageError(f"'{text}' has no {end} day; at takes a day, a month or a year")
    return first, last


def state(connection: sqlite3.Connection, window: Window) -> State:
    """The state of play in a window of days, a single one as a rule."""
    periods = read_periods(connection, (window,))
    scene = read_scene(connection, window, periods)
    running = [_running(scene, period, match) for period in periods
               if (match := match_one(period.span, period.core, window))]  # fmt: skip
    armed, unplaced = arm_trees(scene)
    before, during, after = _events(connection, window, scene.words)
    return State(
        window_words(window),
        window,
        [period for period in running if period.kind not in scene.words.foreign],
        _foreign(scene, [period for period in running if period.kind in scene.words.foreign]),
        read_offices(scene),
        armed,
        unplaced,
        other_trees(scene),
        _pairs(scene, ALLIANCE),
        _pairs(scene, RIVALRY),
        before,
        during,
        after,
        Counter(event.category for event in during),
        _year(connection, window, scene.words),
        scene.words,
    )


def asked(typed: str, window: Window) -> dict[str, object]:
    """What was asked, as an answer repeats it: the date as it was typed, and the days it stands for."""
    first, last = window
    return {"at": typed, "first": iso_day(first), "last": iso_day(last)}


def window_words(window: Window) -> str:
    """A window as people write it: 7 Apr 2012, Jun 2016, 1325, 14th century."""
    first, last = window
    for unit in units.UNITS:
        at = units.number(unit, first)
        if at == units.number(unit, last) and units.number(unit, first - 1) < at < units.number(unit, last + 1):
            return units.name(unit, at)
    return describe_days(first, last)


def _running(scene: Scene, period: Period, match: str) -> Running:
    allies = [
        Ally(party.actor, scene.actors[party.actor].short, party.side, held)
        for party in period.parties
        if scene.actors[party.actor].kind not in scene.words.persons
        and (held := match_one(party.span, party.core, scene.window))
    ]  # fmt: skip
    foreign = period.kind in scene.words.foreign
    return Running(
        period.id, period.short if foreign else period.name, period.name if foreign else None, period.kind,
        period.words, match, tuple(allies), period.body,
    )  # fmt: skip


def _foreign(scene: Scene, operations: Sequence[Running]) -> list[Running | Presence]:
    """Missions and operations, then foreign forces that are there by themselves: by stated years, sides, relations."""
    listed = {ident for entry in operations for ident in (entry.id, *(ally.id for ally in entry.allies))}
    entries: list[Running | Presence] = list(operations)
    for ident, evidence in scene.evidence.items():
        actor = scene.actors[ident]
        if actor.kind not in scene.words.foreign or ident in listed:
            continue
        stated = [shown for shown in evidence if not isinstance(shown.detail, Seen)]
        acted = any(isinstance(shown.detail, Seen) and shown.detail.acted for shown in evidence)
        if stated or acted or (actor.kind in scene.words.lasting and evidence):
            shown = min(evidence, key=lambda shown: (RANK[shown.match], isinstance(shown.detail, Side)))
            entries.append(Presence(ident, actor.short, actor.name, actor.kind, shown.match, shown))
    return sorted(entries, key=lambda entry: RANK[entry.match])


def _pairs(scene: Scene, kinds: Sequence[str]) -> list[Pair]:
    """Relations of some kinds that held, each pair once, the surest first; persons and the undated are left out."""
    pairs: dict[tuple[str, ...], Pair] = {}
    for relation, match in scene.ties:
        if relation.kind not in kinds or match not in (MUST, MAY, ATTESTED) or match is None or relation.target is None:
            continue
        parties = [relation.actor, relation.target]
        key = (relation.kind, *(parties if relation.kind == "supported-by" else sorted(parties)))
        pair = Pair(
            make_holder(scene, relation, match), Named(relation.target, scene.actors[relation.target].short)
        )  # fmt: skip
        if key not in pairs or RANK[match] < RANK[pairs[key].holder.match]:
            pairs[key] = pair
    return sorted(pairs.values(), key=lambda pair: (RANK[pair.holder.match], pair.holder.name, pair.other.name))


def _events(
    connection: sqlite3.Connection, window: Window, words: Vocabulary
) -> tuple[list[Happening], list[Happening], list[Happening]]:
    """The last events before the window, all that may fall into it, the first after it."""
    first, last = window
    main = f'"{words.main.id}"' if words.main else "NULL"
    columns = f'id, date, "when", title, category, {main}'

    def read(sql: str, *values: object) -> list[Happening]:
        return [Happening(*row) for row in connection.execute(f"SELECT {columns}, {sql}", values)]

    nearest = "NULL FROM event WHERE n IN (SELECT n FROM fact WHERE {} LIMIT {}) ORDER BY n"
    match, match_values = matching.event_match((window,), covers=False)
    may, may_values = touching((window,)).condition()
    during = f"{match} FROM event WHERE {may} ORDER BY n"
    return (
        read(nearest.format("hi < ? ORDER BY hi DESC, lo DESC, n DESC", AROUND), first),
        read(during, *match_values, *may_values),
        read(nearest.format("lo > ? ORDER BY lo, n", AROUND), last),
    )


def _year(connection: sqlite3.Connection, window: Window, words: Vocabulary) -> Year:
    """What the events come to that surely fall into the year up to the window's end, and with those that may."""
    start = ordinal(from_ordinal(window[1])[0], 1, 1)
    span = (start, window[1])
    kinds = words.added
    counts: dict[str, int] = {}
    sums: dict[str, dict[str, Range]] = {}
    question = ask(connection, Filters(window=(span,)))
    gauge, plain = read_sums(connection, question, kinds)
    sure = frozenset(n for n, runs in gauge.runs.items() if matches(runs, (span,)) == MUST)
    for name, odd in ((MUST, sure), (MAY, frozenset(gauge.runs))):
        measure = gauge.measure(Share(odd, together(plain.values())), question.window)
        counts[name] = measure.events
        sums[name] = {kind: told.figures for kind, told in measure.sums.items() if told.figures}
    return Year(iso_day(start), iso_day(window[1]), window_words(span), counts, sums)
