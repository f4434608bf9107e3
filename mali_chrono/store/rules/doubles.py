"""What is told twice: two entries of one occurrence, a relation, allies who are rivals at the same time."""

from collections.abc import Iterator

from mali_chrono.cites import LINE
from mali_chrono.dates.clock import read_clock
from mali_chrono.dates.edtf import Date
from mali_chrono.dates.spans import overlap
from mali_chrono.kinds import ALLIANCE, MUTUAL, RIVALRY, WIDE
from mali_chrono.store.model import Actor, Cite, Event, Relation, sort_key
from mali_chrono.store.nodes import Path
from mali_chrono.store.references import Fault, where
from mali_chrono.store.rules.table import Context
from mali_chrono.text import listing

# One occurrence may be told under dates so far apart ("Entries" in CURATING.md), one title not twice within a year.
FEW_DAYS, YEAR = 3, 365
# In a title of fewer words one of them is as much as the deed.
WORDS = 5
# An event is held against so many of those before it at one place.
MOST = 20

Given = tuple[Actor, Path, Relation]


def check_events(context: Context) -> Iterator[Fault]:
    """Events that may be one occurrence told twice, since no link tells them apart.

    They are of one day, place and type; of one title within a year, or of nearly one at one place within days; or cite
    the very same lines for one type, place and actor within days. Of rows of a table that has a map the titles say
    nothing: they are made of its columns.
    """
    mapped = {source.id for source in context.chronology.sources if source.map}
    vague = {place.id for place in context.chronology.places if place.precision >= WIDE or place.lacks("precision")}
    called: dict[str, tuple[Event, int]] = {}
    at: dict[str, list[tuple[int, Event]]] = {}
    for event, day in _whole(context):
        title = event.title.casefold()
        same, its_day = called.get(title, (event, day))
        called[title] = event, day
        near = _before(at, event, day)
        has_own_title = not all(cite.source in mapped for cite in event.cites)
        if has_own_title and same.id != event.id and abs(day - its_day) < YEAR and not _are_linked(event, same):
            message = f"'{same.id}' ({where(same)}) has the same title"
            hint = f"say what tells them apart; else {_hint('same-title')}"
            yield Fault(event, ("title",), "same-title", message, hint)
        elif has_own_title and near:
            yield from _titles(event, title.split(), near)
        alike = [other for other in near if other.type == event.type]
        if alike:
            yield from _twins(event, alike, vague)


def _titles(event: Event, words: list[str], near: list[Event]) -> Iterator[Fault]:
    twin = next((other for other in near if _are_alike(words, other.title.casefold().split())), None)
    if twin:
        message = f"'{twin.id}' ({where(twin)}) has nearly the same title: '{twin.title}'"
        yield Fault(event, ("title",), "same-title", message, _hint("same-title"))


def _are_alike(one: list[str], other: list[str]) -> bool:
    """Whether two titles differ in a word at most: one more, or another one."""
    more = len(one) - len(other)
    if not -1 <= more <= 1 or min(len(one), len(other)) < WORDS:
        return False
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[same + (more >= 0) :] == other[same + (more <= 0) :] or one == other


def _twins(event: Event, others: list[Event], vague: set[str]) -> Iterator[Fault]:
    """What events of one type share that two occurrences hardly do: a day and a place, or lines of a document."""
    days = set(event.date.span)
    exact = {place for place in event.places if place.id not in vague}
    same = [
        other for other in others
        if len(days.union(other.date.span)) == 1 and not exact.isdisjoint(other.places) and not _by_clock(event, other)
    ]  # fmt: skip
    if same:
        message = f"{_listed(same)} is of the same day, place and type"
        yield Fault(event, ("id",), "same-occurrence", message, _hint("same-occurrence"))
    told = [other for other in others if _shared(event, other)]
    if told:
        cites = listing([str(cite) for cite in _shared(event, told[0])])
        message = f"{_listed(told)} is of the same type, place and time, and cites {cites} too"
        yield Fault(event, ("id",), "same-line", message, _hint("same-line"))


def _by_clock(event: Event, other: Event) -> bool:
    """Whether clock times tell two events of a day apart."""
    one, its = (read_clock(date.text) if "T" in date.text else None for date in (event.date, other.date))
    return one is not None and its is not None and (one.before(its) or its.before(one))


def _shared(event: Event, other: Event) -> list[Cite]:
    """The very same lines that two events cite, if they have a place and an actor in common too; a page tells much."""
    actors = {part.actor for part in other.actors}
    if set(event.places).isdisjoint(other.places) or not any(part.actor in actors for part in event.actors):
        return []
    return [cite for cite in event.cites if cite.unit == LINE and cite in other.cites]


def _listed(events: list[Event]) -> str:
    """The first of some events, and how many more."""
    more = f" (and {len(events) - 1} more)" if len(events) > 1 else ""
    return f"'{events[0].id}' ({where(events[0])}){more}"


def _whole(context: Context) -> Iterator[tuple[Event, int]]:
    """The events of which all that is compared could be read, and whose first day is known; that day.

    They come in the order of time, which files do not keep between them.
    """
    read = ("id", "date", "title", "type", "places", "actors", "cites", "links")
    for event in sorted(context.chronology.events, key=sort_key):
        if event.date.earliest is not None and not (event.unread and any(map(event.lacks, read))):
            yield event, event.date.earliest


def _before(at: dict[str, list[tuple[int, Event]]], event: Event, day: int) -> list[Event]:
    """What began few days before an event at one of its places and is not linked to it; it is kept there too."""
    found: dict[str, Event] = {}
    for place in event.places:
        kept = at.get(place.id)
        if kept is None:
            at[place.id] = [(day, event)]
            continue
        kept[:] = [(its_day, other) for its_day, other in kept[-MOST:] if abs(day - its_day) <= FEW_DAYS]
        for _, other in kept:
            found[other.id] = other
        kept.append((day, event))
    return [other for other in found.values() if other.id != event.id and not _are_linked(event, other)]


def _are_linked(one: Event, other: Event) -> bool:
    return any(link.to == other.id for link in one.links) or any(link.to == one.id for link in other.links)


def _hint(rule: str) -> str:
    return f"make them one, link them (possibly-same-as, part-of, ...), or say why with ignore: {{{rule}: reason}}"


def check_relations(context: Context) -> Iterator[Fault]:
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


RULES = (check_events, check_relations, check_sides)
