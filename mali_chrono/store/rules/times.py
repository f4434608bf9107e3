"""Times that contradict each other: a part outside its whole, an actor outside its life, two in one office.

Something is wrong only where no reading of the dates makes it right (`dates/surely.py`).
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mali_chrono.dates.edtf import Date
from mali_chrono.dates.spans import bounds, opened
from mali_chrono.dates.surely import Spans, apart, may, must, outside
from mali_chrono.kinds import DESCENT, LEADING, OFFICE, RENAMED, SUFFERS, TOLD_OF
from mali_chrono.store.model import Actor, Relation
from mali_chrono.store.nodes import Path
from mali_chrono.store.references import Fault, where
from mali_chrono.store.rules.lifetimes import Life, deaths, event_dates, event_days, lives
from mali_chrono.store.rules.table import Context
from mali_chrono.text import fold


def check_parts(context: Context) -> Iterator[Fault]:
    """Events that are part of one whose time, or the time that it speaks of, they lie outside of."""
    for event in context.chronology.events:
        for i, link in enumerate(event.links):
            whole = context.events.get(link.to) if link.kind == "part-of" else None
            if not whole or whole.lacks("date") or whole.lacks("also"):
                continue
            spans = may(*event_dates(whole), *(also.date for also in whole.also if also.kind == "covers"))
            if all(outside(date, spans) for date in event_dates(event)):
                message = f"it is part of '{whole.id}' ({whole.date}, {where(whole)}) but is dated {event.date}"
                hint = "correct a date or the link, or say why with ignore: {part-time: reason}"
                yield Fault(event, ("links", i, "to"), "part-time", message, hint)


def check_actor_spans(context: Context) -> Iterator[Fault]:
    """Actors that were not there on the date of an event; people are told of after their time too."""
    known = lives(context)
    told_of = context.words.roles_that(TOLD_OF)
    people = {actor.id for actor in context.chronology.actors if actor.kind in context.words.persons}
    for event in context.chronology.events:
        days = event_days(event)
        for i, part in enumerate(event.actors):
            life = known.get(part.actor)
            if life and apart(days, life.spans):
                if part.role in told_of and part.actor in people and _is_after(days, life.spans):
                    continue
                message = f"'{part.actor}' {life.why}, not on {event.date}"
                hint = "correct one of the dates, or say why it is so with ignore: {actor-span: reason}"
                yield Fault(event, ("actors", i, "actor"), "actor-span", message, hint)


def _is_after(days: Spans, spans: Spans) -> bool:
    return bounds(days[0])[0] > bounds(spans[-1])[1]


def check_deaths(context: Context) -> Iterator[Fault]:
    """Persons that do something after an event that killed them."""
    dead = deaths(context)
    passive = context.words.roles_that(SUFFERS, TOLD_OF)
    active = {role.id for role in context.words.roles if role.acts or role.id not in passive}
    for event in context.chronology.events if dead else ():
        for i, part in enumerate(event.actors):
            if part.actor not in dead or part.role not in active or part.certainty != "confirmed":
                continue
            life, death = dead[part.actor]
            if event is not death and apart(event_days(event), life.spans):
                message = f"'{part.actor}' {life.why} and is {part.role} on {event.date}"
                hint = "correct a date, the actor or the role, or say why with ignore: {after-death: reason}"
                yield Fault(event, ("actors", i, "actor"), "after-death", message, hint)


def check_relation_spans(context: Context) -> Iterator[Fault]:
    """Relations that reach outside the life of one of the two actors."""
    known = _known_lives(context)
    for actor in context.chronology.actors:
        for path, relation, date in _dated(actor):
            for ident in dict.fromkeys((actor.id, relation.actor or "")):
                life = known.get(ident)
                if life and outside(date, _around(life.spans) if relation.kind in DESCENT else life.spans):
                    message = f"'{ident}' {life.why}, the relation '{relation.kind}' is dated {date}"
                    yield Fault(actor, path, "relation-span", message, _OUTSIDE)
                    break


def check_sides(context: Context) -> Iterator[Fault]:
    """Sides taken outside a period, or outside the life of who takes it."""
    known = _known_lives(context)
    for period in context.chronology.periods:
        itself = Life(may(period.date), f"lasted {period.date}")
        for i, party in enumerate(() if period.lacks("actors") or period.lacks("date") else period.actors):
            for ident, life in ((period.id, itself), (party.actor, known.get(party.actor))):
                if party.date and life and outside(party.date, life.spans):
                    message = f"'{ident}' {life.why}, the side of '{party.actor}' is dated {party.date}"
                    yield Fault(period, ("actors", i, "date"), "relation-span", message, _OUTSIDE)
                    break


_OUTSIDE = "correct one of the dates, or say why with ignore: {relation-span: reason}"


def _known_lives(context: Context) -> dict[str, Life]:
    """The life of every actor of which the store tells something; of persons their death too."""
    return {ident: life for ident, (life, _) in deaths(context).items()} | lives(context)


def _dated(actor: Actor) -> Iterator[tuple[Path, Relation, Date]]:
    """The confirmed relations of an actor that have a date, each with the path to it."""
    if not actor.lacks("relations"):
        for i, relation in enumerate(actor.relations):
            if relation.date and relation.certainty == "confirmed":
                yield ("relations", i, "date"), relation, relation.date


def _around(spans: Spans) -> Spans:
    """The same with a day more on each side: what ends today bears its new name tomorrow."""
    return tuple(opened(bounds(span)[0] - 1, bounds(span)[1] + 1) for span in spans)


def check_renamed(context: Context) -> Iterator[Fault]:
    """Actors surely active under an old name after it changed, or under a new one before."""
    for actor in context.chronology.actors:
        for i, relation in enumerate(() if actor.lacks("relations") else actor.relations):
            old = context.actors.get(relation.actor or "") if relation.kind == RENAMED else None
            if old and relation.certainty == "confirmed" and (wrong := _active_beyond(old, actor, relation.date)):
                when = f" on {relation.date}" if relation.date else ""
                message = f"'{old.id}' became '{actor.id}'{when}, yet '{wrong.id}' was active {wrong.active}"
                hint = "correct one of the dates; if both went on side by side, it is no renamed-from"
                yield Fault(actor, ("relations", i), "renamed-active", message, hint)


def _active_beyond(old: Actor, new: Actor, changed: Date | None) -> Actor | None:
    """Which of two names surely was in use when it was not the name any more, or not yet."""
    before, after = _active(old), _active(new)
    if changed is None:
        return new if before and after and max(before[0], after[0]) < min(before[1], after[1]) else None
    spans = may(changed)
    if before and before[1] > bounds(spans[-1])[1]:
        return old
    return new if after and after[0] < bounds(spans[0])[0] else None


def _active(actor: Actor) -> tuple[int, int] | None:
    """The days on which an actor surely was active."""
    core = must(actor.active) if actor.active and not actor.lacks("active") else None
    return bounds(core) if core else None


class _Held(NamedTuple):
    """An office held by a person on the days `first` to `last`, surely."""

    first: int
    last: int
    actor: Actor
    path: Path
    date: Date


def check_offices(context: Context) -> Iterator[Fault]:
    """Offices that two persons surely held on one day; the day of a change has both."""
    offices: dict[tuple[str, str | None], list[_Held]] = {}
    for actor in context.chronology.actors:
        for path, relation, date in _dated(actor):
            core = must(date) if relation.kind in OFFICE and relation.office else None
            if core:
                key = (fold(relation.office or ""), relation.actor)
                offices.setdefault(key, []).append(_Held(*bounds(core), actor, path, date))
    for (_, of), held in offices.items():
        for one, other in _together(sorted(held, key=lambda one: one[:2])):
            office = one.actor.relations[int(one.path[1])].office
            message = f"'{other.actor.id}' ({where(other.actor)}) was {office} too, {other.date}"
            hint = f"correct one of the dates{'' if of else ', or name whose office it is'}; where two hold it"
            yield Fault(
                one.actor, one.path, "two-holders", message, hint + " say so with ignore: {two-holders: reason}"
            )


def _together(held: Iterable[_Held]) -> Iterator[tuple[_Held, _Held]]:
    """Those that hold an office, by their first days, while another one does; each with that one.

    Of those before only the two that last longest, of different actors, need be looked at.
    """
    longest: list[_Held] = []
    for one in held:
        other = next((other for other in longest if other.actor.id != one.actor.id), None)
        if other and one.first <= other.last:
            is_change = min(one.last, other.last) == one.first and (other.last == one.first or other.first == one.last)
            if not is_change:
                yield one, other
        ahead = sorted([*longest, one], key=lambda held: -held.last)
        longest = [ahead[0], *(other for other in ahead[1:] if other.actor.id != ahead[0].actor.id)][:2]


def check_persons(context: Context) -> Iterator[Fault]:
    """Offices held, and groups led, by what is no person."""
    persons = context.words.persons
    for actor in context.chronology.actors:
        for i, relation in enumerate(actor.relations):
            if relation.kind in OFFICE and relation.office and actor.kind not in persons and not actor.lacks("kind"):
                message = f"'{actor.id}' holds an office and is no person, but of kind {actor.kind}"
                yield Fault(actor, ("relations", i, "kind"), "not-a-person", message, _WHO)
            leader = context.actors.get(relation.actor or "") if relation.kind == LEADING else None
            if leader and leader.kind not in persons and not leader.lacks("kind"):
                message = f"'{leader.id}', by whom it is led, is no person, but of kind {leader.kind}"
                yield Fault(actor, ("relations", i, "actor"), "not-a-person", message, _WHO)


_WHO = "name the person, use another relation (part-of, supported-by), or say why with ignore: {not-a-person: reason}"


def check_also(context: Context) -> Iterator[Fault]:
    """Other dates of an event that are its own: they tell nothing. An open set that it covers may reach further."""
    for event in context.chronology.events:
        for i, also in enumerate(event.also):
            if also.date != event.date or also.kind == "planned" or (also.kind == "covers" and _is_open(also.date)):
                continue
            message = f"the date {also.kind}, {also.date}, is the event's own"
            yield Fault(event, ("also", i, "date"), "same-date", message, "delete it, or correct one of the two")


def _is_open(date: Date) -> bool:
    return date.kind == "one-of" and None in (date.earliest, date.latest)


RULES = (
    check_parts, check_actor_spans, check_deaths, check_relation_spans, check_sides, check_renamed, check_offices,
    check_persons, check_also,
)  # fmt: skip
