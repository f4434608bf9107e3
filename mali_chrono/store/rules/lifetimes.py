"""How long each actor lasted, as far as the store says so: by `active`, else by where it came from and how it ended.

A group begins with the first that it is renamed from, splits from or merges from, or with the event of its founding; it
ends when it joins another or bears another name, or with the event of its dissolution. A person ends with the event
whose toll counts him among the killed. Only what is confirmed counts.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mali_chrono.dates.edtf import Date
from mali_chrono.dates.spans import FAR, bounds, opened
from mali_chrono.dates.surely import Spans, apart, may
from mali_chrono.kinds import DESCENT, ONWARD, RENAMED, TOLD_OF
from mali_chrono.store.model import Actor, Event, Relation
from mali_chrono.store.references import where
from mali_chrono.store.rules.table import Context


class Life(NamedTuple):
    """The days on which an actor may have been there, and what says so: "was active 2012/2013", in words."""

    spans: Spans
    why: str


class _Turn(NamedTuple):
    """A beginning or an end: the days on which it may have been, and what says so."""

    spans: Spans
    why: str

    @property
    def first(self) -> int:
        return bounds(self.spans[0])[0]

    @property
    def last(self) -> int:
        return bounds(self.spans[-1])[1]


def lives(context: Context) -> dict[str, Life]:
    """The life of every actor of which the store tells something, by id; persons only by their `active`."""
    begun: dict[str, list[_Turn]] = {}
    ended: dict[str, list[_Turn]] = {}
    for actor in context.chronology.actors:
        for relation in () if actor.lacks("relations") else actor.relations:
            _add_descent(actor, relation, begun, ended)
    types = context.chronology.types
    founding = {kind.id for kind in types if kind.founds}
    dissolving = {kind.id for kind in types if kind.dissolves}
    for event in context.chronology.events:
        if event.type in founding | dissolving and (ident := _only_subject(context, event)):
            turn = _Turn(event_days(event), f"'{event.id}' ({where(event)})")
            (begun if event.type in founding else ended).setdefault(ident, []).append(turn)
    found = {}
    for actor in context.chronology.actors:
        if actor.lacks("active"):
            continue
        if actor.active:
            found[actor.id] = Life(may(actor.active), f"was active {actor.active}")
        elif actor.kind not in context.words.persons and (
            life := _between(begun.get(actor.id, ()), ended.get(actor.id, ()))
        ):
            found[actor.id] = life
    return found


def deaths(context: Context) -> dict[str, tuple[Life, Event]]:
    """The persons that an event counts among its killed, by id, with the last such event."""
    found: dict[str, tuple[Life, Event]] = {}
    reporting, words = reports(context), context.words
    for event in context.chronology.events:
        if event.certainty != "confirmed" or event.type in reporting or event.lacks("date") or event.lacks("tolls"):
            continue
        for toll in event.tolls:
            person = context.actors.get(toll.of or "")
            if not (person and person.kind in words.persons and toll.kind in words.fatal and toll.figure.low):
                continue
            if toll.certainty != "confirmed" or toll.says or toll.who:
                continue
            last = bounds(event_days(event)[-1])[1]
            if person.id not in found or last > bounds(found[person.id][0].spans[0])[1]:
                life = Life((opened(-FAR, last),), f"was killed {event.date} by '{event.id}' ({where(event)})")
                found[person.id] = life, event
    return found


def event_dates(event: Event) -> list[Date]:
    """The date of an event and its rivals: those told that it cannot be, not those that tell it less exactly."""
    own = may(event.date)
    told = (also.date for also in event.also if also.kind == "told")
    return [event.date, *(date for date in told if apart(own, may(date)))]


def event_days(event: Event) -> Spans:
    """The days on which an event may have been, by its own date or a rival one."""
    return may(*event_dates(event))


def reports(context: Context) -> frozenset[str]:
    """The types of events that tell what somebody says, and no deed."""
    return frozenset(kind.id for kind in context.chronology.types if kind.category in context.words.reporting)


def _add_descent(
    actor: Actor, relation: Relation, begun: dict[str, list[_Turn]], ended: dict[str, list[_Turn]]
) -> None:
    """Note which actor begins or ends with a relation."""
    if relation.kind not in DESCENT or relation.certainty != "confirmed" or not (relation.date and relation.actor):
        return
    turn = _Turn(may(relation.date), f"'{relation.kind}' of '{actor.id}' ({where(actor)})")
    (ended if relation.kind in ONWARD else begun).setdefault(actor.id, []).append(turn)
    if relation.kind == RENAMED:
        ended.setdefault(relation.actor, []).append(turn)


def _only_subject(context: Context, event: Event) -> str:
    """The one group that an event of founding or dissolution surely is about; empty where there are more, or none."""
    if event.certainty != "confirmed" or event.lacks("date") or event.lacks("actors"):
        return ""
    subject, persons = context.words.roles_that(TOLD_OF), context.words.persons
    parts = [part for part in event.actors if part.role in subject]
    groups = [part for part in parts if (actor := context.actors.get(part.actor)) and actor.kind not in persons]
    return groups[0].actor if len(groups) == 1 and groups[0].certainty == "confirmed" else ""


def _between(begun: Sequence[_Turn], ended: Sequence[_Turn]) -> Life | None:
    """From the first beginning to the last end; where a group may have come back after an end, that says nothing."""
    first = min(begun, key=lambda turn: turn.first, default=None)
    last = max(ended, key=lambda turn: turn.last, default=None)
    gone = min((turn.first for turn in ended), default=FAR)
    if any(turn.last > gone for turn in begun):
        last = None
        first = first if first and first.last <= gone else None
    span = opened(first.first if first else -FAR, last.last if last else FAR)
    return Life((span,), " and ".join(_told(first, last))) if first or last else None


def _told(first: _Turn | None, last: _Turn | None) -> Iterator[str]:
    if first:
        yield f"began with {first.why}"
    if last:
        yield f"ended with {last.why}"
