"""Which actors and relations held in a window: what the store states with dates, and what its events bear out."""

import sqlite3
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from mali_chrono.answers import matching
from mali_chrono.answers.actors import Actor, Relation, read_actors, read_relations
from mali_chrono.answers.matching import MAY, MUST, match_one
from mali_chrono.answers.periods import Period
from mali_chrono.answers.sets import touching
from mali_chrono.answers.vocabulary import words_of
from mali_chrono.dates.days import iso_day
from mali_chrono.dates.spans import FAR, bounds, overlap
from mali_chrono.dates.words import describe_days
from mali_chrono.kinds import Vocabulary

Window = tuple[int, int]
ATTESTED, UNDATED = "attested", "undated"
RANK = {MUST: 0, ATTESTED: 1, MAY: 2, UNDATED: 3}
# How many days before and after the window an attestation is worth telling. The last leader of a group always is; who
# comes later may be a successor, so a later one must be close, or the same person's.
NEAR, SOON = 731, 31


class Tie(NamedTuple):
    """A relation and how it holds in the window: must, may, attested (a point in it), undated; None: it does not."""

    relation: Relation
    match: str | None


class Side(NamedTuple):
    """The side an actor took in something that lasted, and how that date falls into the window."""

    period: str
    name: str
    kind: str
    side: str | None
    date: str
    words: str
    match: str


class Kin(NamedTuple):
    """A relation as seen from one of its ends: its kind, `turned` from the other end, to whom, when."""

    kind: str
    turned: bool
    other: str
    name: str
    date: str | None


class Seen(NamedTuple):
    """The last day before the window that an actor did something, and the first one after it, as ISO 8601.

    `acted` says that it surely did something in the window itself.
    """

    before: str | None
    after: str | None
    acted: bool


class Active(NamedTuple):
    """The years an actor is said to have been active."""

    date: str


class Evidence(NamedTuple):
    """What shows that an actor was there, how surely, and when, in words."""

    detail: Active | Side | Kin | Seen
    match: str
    words: str

    @property
    def by(self) -> str:
        """What kind of evidence it is: active, side, relation or events."""
        return {Active: "active", Side: "side", Kin: "relation", Seen: "events"}[type(self.detail)]


class Scene(NamedTuple):
    """All actors and relations of a store, seen from a window; `evidence` only for those of whom there is any."""

    window: Window
    actors: Mapping[str, Actor]
    ties: list[Tie]
    evidence: Mapping[str, list[Evidence]]
    sides: Mapping[str, list[Side]]
    words: Vocabulary


def surest(matches: Iterable[str]) -> str:
    """The surest of several ways to match."""
    return min(matches, key=RANK.__getitem__)


def read_scene(connection: sqlite3.Connection, window: Window, periods: Iterable[Period]) -> Scene:
    """Read all actors and relations, and what shows who was there; `periods` are those of the window."""
    actors = read_actors(connection)
    relations = read_relations(connection)
    told = _told_of(connection, actors, relations, window)
    ties = [Tie(relation, _match(relation, actors, told, window)) for relation in relations]
    words = words_of(connection)
    sides = _sides(periods, window, {kind.id for kind in words.periods if kind.leading})
    scene = Scene(window, actors, ties, {}, sides, words)
    return scene._replace(evidence=_evidence(connection, scene, told))


def _told_of(
    connection: sqlite3.Connection, actors: Mapping[str, Actor], relations: Iterable[Relation], window: Window
) -> frozenset[str]:
    """The actors of whom anything is told by the end of a window: their years, a relation, an event."""
    begun = "EXISTS (SELECT 1 FROM did WHERE did.t = thing.t AND acting = {} AND lo > ? AND lo <= ?)"
    sql = f"SELECT id FROM thing WHERE kind = 'actor' AND ({begun.format(0)} OR {begun.format(1)})"
    told = {ident for (ident,) in connection.execute(sql, (-FAR, window[1], -FAR, window[1]))}
    told |= {ident for ident, actor in actors.items() if -FAR < actor.lo <= window[1]}
    for relation in relations:
        if relation.date and -FAR < relation.lo <= window[1]:
            told |= {relation.actor, relation.target or relation.actor}
    return frozenset(told)


def _match(relation: Relation, actors: Mapping[str, Actor], told: AbstractSet[str], window: Window) -> str | None:
    match = UNDATED if relation.date is None else match_one(relation.span, relation.core, window)
    if match == MUST and not relation.lasting:
        match = ATTESTED
    # It outlives neither of its parties, and reaches back no further than they are told of.
    for party in (relation.actor, relation.target):
        actor = actors.get(party or "")
        # What began on a day, or no one knows when, can be said of a window if the actor is told of by then.
        if actor and not (overlap(actor.span, window) and (relation.span[0] is not None or actor.id in told)):
            return None
    return match


def _sides(periods: Iterable[Period], window: Window, leading: set[str]) -> dict[str, list[Side]]:
    """Who stood on which side of what lasted in the window, by actor; leading kinds first, the surest, the longest."""
    sides: dict[str, list[Side]] = {}
    for period in sorted(periods, key=_begun):
        for party in period.parties:
            if match := match_one(party.span, party.core, window):
                side = Side(period.id, period.name, period.kind, party.side, party.date, party.words, match)
                sides.setdefault(party.actor, []).append(side)
    for taken in sides.values():
        taken.sort(key=lambda side: (side.kind not in leading, RANK[side.match]))
    return sides


def _begun(period: Period) -> tuple[int, int]:
    """What began first comes first, of two the longer."""
    first, last = bounds(period.span)
    return first, -last


def _evidence(connection: sqlite3.Connection, scene: Scene, told: AbstractSet[str]) -> dict[str, list[Evidence]]:
    """What shows that each actor was there; nothing for one whose stated years exclude it."""
    window, actors, ties, _, sides, words = scene
    evidence: dict[str, list[Evidence]] = {}
    for ident, actor in actors.items():
        if actor.date:
            match = match_one(actor.span, actor.core, window)
            if match and (actor.span[0] is not None or ident in told):
                evidence[ident] = [Evidence(Active(actor.date), match, actor.active or "")]
    for ident, taken in sides.items():
        evidence.setdefault(ident, []).extend(Evidence(side, side.match, side.words) for side in taken)
    for tie in ties:
        for ident, shown in _kin(tie, actors):
            evidence.setdefault(ident, []).append(shown)
    bodies = {ident for ident, actor in actors.items() if actor.kind in (*words.armed, *words.foreign)}
    for ident, shown in _seen(connection, window, bodies):
        evidence.setdefault(ident, []).append(shown)
    return {
        ident: shown
        for ident, shown in evidence.items()
        if not (actors[ident].date and not overlap(actors[ident].span, window))
    }


def _kin(tie: Tie, actors: Mapping[str, Actor]) -> Iterable[tuple[str, Evidence]]:
    """A relation as evidence for each of its ends; for the other end only when it surely held."""
    relation, match = tie
    if match not in (MUST, MAY, ATTESTED) or match is None or relation.kind == "holds" or not relation.target:
        return
    ends = [(relation.actor, relation.target, False)]
    if match == MUST:
        ends.append((relation.target, relation.actor, True))
    for ident, other, turned in ends:
        kin = Kin(relation.kind, turned, other, actors[other].short, relation.date)
        yield ident, Evidence(kin, match, relation.words or "")


def _seen(connection: sqlite3.Connection, window: Window, bodies: set[str]) -> Iterable[tuple[str, Evidence]]:
    """Those of some actors who did something in the window, and in doubt those who did so both before and after it."""
    must, must_values = matching.event_must((window,))
    may, may_values = touching((window,)).condition()
    # Events that touch the window are few; of all others an index gives the last before it and the first after it.
    during = f"SELECT t, max({must}) AS surely FROM did AS event WHERE acting AND {may} GROUP BY t"
    acted = "FROM did WHERE did.t = thing.t AND acting = 1"
    rows = connection.execute(
        f"SELECT id, (SELECT max(hi) {acted} AND hi < ?), (SELECT min(lo) {acted} AND lo > ?), surely"
        f" FROM thing LEFT JOIN ({during}) AS during USING (t) WHERE kind = 'actor' ORDER BY id",
        (*window, *must_values, *may_values),
    )
    for ident, before, after, surely in rows:
        if ident not in bodies:
            continue
        seen = Seen(before and iso_day(before), after and iso_day(after), bool(surely))
        if surely:
            yield ident, Evidence(seen, MUST, "in events of this time")
        elif before is not None and after is not None:
            words = f"in events up to {describe_days(before, before)} and from {describe_days(after, after)}"
            yield ident, Evidence(seen, MAY, words)
        elif surely is not None:
            yield ident, Evidence(seen, MAY, "in an event that may be of this time")


def attested(relations: Iterable[Relation], window: Window, near: int | None) -> list[tuple[Relation, str]]:
    """Who stood in a relation when it was last attested "before" the window, and when first "after" it.

    `near` bounds how many days before it that may be. The same on both sides is one, "around". Where an interval lies
    nearer, nobody is given.
    """
    before: dict[int, list[Relation]] = {}
    after: dict[int, list[Relation]] = {}
    for relation in relations:
        first, last = relation.span
        if last is not None and last < window[0]:
            before.setdefault(last, []).append(relation)
        elif first is not None and first > window[1]:
            after.setdefault(first, []).append(relation)
    last, first = max(before, default=None), min(after, default=None)
    nearest: dict[tuple[str, str | None], tuple[Relation, str]] = {}
    if last is not None and (near is None or window[0] - last <= near):
        nearest = {(r.actor, r.target): (r, "before") for r in before[last] if not r.lasting}
    for relation in [] if first is None else after[first]:
        key = (relation.actor, relation.target)
        if relation.lasting or first is None or first - window[1] > (NEAR if key in nearest else SOON):
            continue
        if key in nearest:
            one = nearest[key][0]
            both = one._replace(words=f"{one.words} and {relation.words}", date=f"{{{one.date},{relation.date}}}")
            nearest[key] = (both._replace(cites=(*one.cites, *relation.cites)), "around")
        else:
            nearest[key] = (relation, "after")
    return list(nearest.values())
