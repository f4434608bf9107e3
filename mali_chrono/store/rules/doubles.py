"""What is told twice: two entries of one occurrence, a relation, allies who are rivals at the same time."""

from collections.abc import Iterator

from mali_chrono.dates.edtf import Date
from mali_chrono.dates.spans import overlap
from mali_chrono.kinds import ALLIANCE, MUTUAL, RIVALRY
from mali_chrono.store.model import Actor, Event, Record, Relation
from mali_chrono.store.nodes import Path
from mali_chrono.store.references import Fault
from mali_chrono.store.rules.table import Context
from mali_chrono.text import listing

# Where it is known no better than by its country, two deeds of a day may be anywhere (UCDP's where_prec 5 and 6).
VAGUE = 5
# One occurrence may be told under dates so far apart ("Entries" in CURATING.md), one title not twice within a year.
FEW_DAYS, YEAR = 3, 365
# In a title of fewer words one of them is as much as the deed.
WORDS = 5
# An event is held against so many of those before it that have something in common with it.
MOST = 20

Given = tuple[Actor, Path, Relation]
_Met = dict[tuple[object, ...], list[tuple[int, Event]]]  # events with the day they began on


def where(record: Record) -> str:
    """Where a record stands, as an editor takes it."""
    return f"{record.path}:{record.line}"


def check_occurrences(context: Context) -> Iterator[Fault]:
    """Events of one day, place and type that no link tells apart."""
    vague = {place.id for place in context.chronology.places if place.precision >= VAGUE or place.lacks("precision")}
    met: _Met = {}
    for event, day in _whole(context, "date", "type", "places", "links"):
        if event.date.latest != day:
            continue
        others: dict[str, Event] = {}
        for place in event.places:
            if place.id not in vague:
                others |= _before(met, (day, event.type, place), event, day)
        for other in others.values():
            message = f"'{other.id}' ({where(other)}) is of the same day, place and type"
            yield Fault(event, ("id",), "same-occurrence", message, _hint("same-occurrence"))


def check_titles(context: Context) -> Iterator[Fault]:
    """Events of one title within a year, or of nearly one within days and at one place."""
    called: dict[str, tuple[Event, int]] = {}
    met: _Met = {}
    for event, day in _whole(context, "date", "title", "places", "links"):
        title = event.title.casefold()
        other, its_day = called.get(title, (event, day))
        called[title] = event, day
        near: dict[str, Event] = {}
        for place in event.places:
            near |= _before(met, (place.id,), event, day)
        if other is not event and abs(day - its_day) < YEAR and not _are_linked(event, other):
            message = f"'{other.id}' ({where(other)}) has the same title"
            hint = f"say what tells them apart; else {_hint('same-title')}"
            yield Fault(event, ("title",), "same-title", message, hint)
        elif near:
            words = title.split()
            twins = (other for other in near.values() if _are_near(words, other.title.casefold().split()))
            if twin := next(twins, None):
                message = f"'{twin.id}' ({where(twin)}) has nearly the same title: '{twin.title}'"
                yield Fault(event, ("title",), "same-title", message, _hint("same-title"))


def _are_near(one: list[str], other: list[str]) -> bool:
    """Whether two titles differ in a word at most: one more, or another one."""
    more = len(one) - len(other)
    if not -1 <= more <= 1 or min(len(one), len(other)) < WORDS:
        return False
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[same + (more >= 0) :] == other[same + (more <= 0) :] or one == other


def check_lines(context: Context) -> Iterator[Fault]:
    """Events of one type and place, and of an actor, that cite the very same lines and began within days."""
    met: _Met = {}
    for event, day in _whole(context, "date", "type", "places", "actors", "cites", "links"):
        others: dict[str, Event] = {}
        for cite in event.cites:
            others |= _before(met, (cite.source, cite.first, cite.last, event.type), event, day)
        for other in others.values():
            if not _ids(event).isdisjoint(_ids(other)) and not set(event.places).isdisjoint(other.places):
                shared = listing([str(cite) for cite in event.cites if cite in other.cites])
                message = f"'{other.id}' ({where(other)}) is of the same type, place and time, and cites {shared} too"
                yield Fault(event, ("id",), "same-line", message, _hint("same-line"))


def _ids(event: Event) -> set[str]:
    return {part.actor for part in event.actors}


def _whole(context: Context, *names: str) -> Iterator[tuple[Event, int]]:
    """The events of which all these fields could be read, and that did not begin no one knows when; the first day."""
    for event in context.chronology.events:
        if event.date.earliest is not None and not (event.unread and any(map(event.lacks, ("id", *names)))):
            yield event, event.date.earliest


def _before(met: _Met, key: tuple[object, ...], event: Event, day: int) -> dict[str, Event]:
    """By id, what began few days before an event under the same key and is not linked to it; it is kept there too."""
    kept = met.get(key)
    if kept is None:
        met[key] = [(day, event)]
        return {}
    kept[:] = [(its_day, other) for its_day, other in kept[-MOST:] if abs(day - its_day) <= FEW_DAYS]
    found = {other.id: other for _, other in kept if other is not event and not _are_linked(event, other)}
    kept.append((day, event))
    return found


def _are_linked(one: Event, other: Event) -> bool:
    return any(link.to == other.id for link in one.links) or any(link.to == one.id for link in other.links)


def _hint(rule: str) -> str:
    return f"make them one, link them (possibly-same-as, part-of, ...), or say why with ignore: {{{rule}: reason}}"


def check_twice(context: Context) -> Iterator[Fault]:
    """Relations that are given twice: the same kind between the same two, said by the same, of the same time."""
    met: dict[tuple[object, ...], list[Given]] = {}
    for actor, path, relation in _relations(context):
        ends = (actor.id, relation.actor or "")
        ends = (min(ends), max(ends)) if relation.kind in MUTUAL else ends
        given = met.setdefault((relation.kind, ends, relation.office, relation.certainty, relation.says), [])
        twin = next((one for one in given if _is_same_time(one[2].date, relation.date)), None)
        if twin:
            other = relation.office or relation.actor
            by = "" if twin[0] is actor else f", and by '{twin[0].id}' ({where(twin[0])})"
            message = f"'{relation.kind}' '{other}' is given twice for one time{by}"
            hint = "keep one, with the cites of both, or say why with ignore: {relation-twice: reason}"
            yield Fault(actor, path, "relation-twice", message, hint)
        given.append((actor, path, relation))


def _is_same_time(one: Date | None, other: Date | None) -> bool:
    """Whether two relations are of one time: both of none, of the same dates, or from-to with surely a day in common.

    A point within from-to is no double: it says that it was seen then.
    """
    if one is None or other is None:
        return one is other
    return one.text == other.text or (one.kind == other.kind == "interval" and _share_a_day(one, other))


def _share_a_day(one: Date | None, other: Date | None) -> bool:
    """Whether two dates surely have a day in common."""
    return bool(one and other and one.core and other.core and overlap(one.core, other.core))


def check_sides(context: Context) -> Iterator[Fault]:
    """Actors that were surely allies and rivals of each other on one day."""
    allied: dict[frozenset[str | None], list[Given]] = {}
    sure = [given for given in _relations(context) if given[2].certainty == "confirmed" and given[2].date]
    for actor, path, relation in sure:
        if relation.kind in ALLIANCE:
            allied.setdefault(frozenset((actor.id, relation.actor)), []).append((actor, path, relation))
    for actor, path, relation in sure:
        if relation.kind in RIVALRY:
            given = allied.get(frozenset((actor.id, relation.actor)), [])
            other = next((one for one in given if _share_a_day(one[2].date, relation.date)), None)
            if other:
                message = (
                    f"{_shown(relation)}, and {_shown(other[2])} ({where(other[0])}): '{actor.id}' and "
                    f"'{relation.actor}' cannot be both on one day"
                )
                hint = "end one where the other begins, or say why with ignore: {ally-and-rival: reason}"
                yield Fault(actor, path, "ally-and-rival", message, hint)


def _shown(relation: Relation) -> str:
    return f"{relation.kind} '{relation.actor}' {relation.date}"


def _relations(context: Context) -> Iterator[Given]:
    for actor in context.chronology.actors:
        if not actor.lacks("relations"):
            yield from ((actor, ("relations", i), relation) for i, relation in enumerate(actor.relations))


RULES = (check_occurrences, check_titles, check_lines, check_twice, check_sides)
