"""How records hang together: relations that say enough, places somewhere on earth, and no circles."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol, TypeVar

from mali_chrono.earth import on_earth
from mali_chrono.kinds import DESCENT, MEMBERSHIP, OFFICE, ONWARD
from mali_chrono.store.model import Actor, Event, Place
from mali_chrono.store.nodes import Path
from mali_chrono.store.references import Fault
from mali_chrono.store.rules.table import Context

# An onward descent is left out: a group may come home to the one it split from.
LINEAGE = frozenset(DESCENT) - frozenset(ONWARD)
ENDS = 6  # of a ring
NESTED = 50  # the index holds each place with all it lies within
UMBRELLAS = 50  # and each actor with all it belonged to
_CIRCLE = -1


class _Known(Protocol):
    @property
    def id(self) -> str: ...


AnyRecord = TypeVar("AnyRecord", bound=_Known)
Edge = tuple[Path, str]  # where a record names another one, and the other's id


def check_relations(context: Context) -> Iterator[Fault]:
    """Relations that name no actor or no office, or the actor itself."""
    for actor in context.chronology.actors:
        for i, relation in enumerate(actor.relations):
            path = ("relations", i)
            official = relation.kind in OFFICE
            if official and not relation.office:
                message = f"'{relation.kind}' names an office"
                yield Fault(actor, path, "relation", message, "add office: mayor of Springfield")
            elif not official and not relation.actor:
                yield Fault(actor, path, "relation", f"'{relation.kind}' names an actor", "add actor: id")
            elif not official and relation.office:
                yield Fault(actor, path, "relation", f"only '{OFFICE[0]}' has an office", "delete the office")
            elif relation.actor == actor.id:
                yield Fault(actor, path, "relation", "an actor has no relation to itself")


def check_coordinates(context: Context) -> Iterator[Fault]:
    """Coordinates that are half there, or nowhere on earth."""
    for place in context.chronology.places:
        if (place.lat is None) != (place.lon is None):
            yield Fault(place, ("id",), "coordinates", "lat and lon go together")
        elif place.lat is not None and place.lon is not None and not on_earth(place.lat, place.lon):
            message = f"{place.lat}, {place.lon} is nowhere"
            yield Fault(place, ("lat",), "coordinates", message, "lat -90 to 90, lon -180 to 180")


def check_nesting(context: Context) -> Iterator[Fault]:
    """Places that lie within too many others; what turns in a circle is another fault."""
    places = context.chronology.places
    depths = _depths({place.id: place.within for place in places})
    for place in places:
        if depths[place.id] > NESTED:
            message = f"this lies within more than {NESTED} others"
            yield Fault(place, ("within",), "place-depth", message, "leave out some of those between")


def _depths(within: Mapping[str, str | None]) -> dict[str, int]:
    """Within how many others each thing lies; -1 for what leads into a circle. Each is walked once: chains are long."""
    depths: dict[str, int] = {}
    for start in within:
        trail: list[str] = []
        at: str | None = start
        while at is not None and at in within and at not in depths:
            depths[at] = _CIRCLE  # unless the way ends elsewhere
            trail.append(at)
            at = within[at]
        above = -1 if at is None else depths.get(at, 0)
        for passed in reversed(trail):
            above = depths[passed] = _CIRCLE if above == _CIRCLE and at in depths else above + 1
    return depths


def check_umbrellas(context: Context) -> Iterator[Fault]:
    """Actors that belong to too many others, at any remove and any time."""
    above = {
        actor.id: {relation.actor for relation in actor.relations if relation.kind in MEMBERSHIP and relation.actor}
        for actor in context.chronology.actors
    }
    for actor in context.chronology.actors:
        seen, ahead = {actor.id}, [actor.id]
        while ahead and len(seen) <= UMBRELLAS + 1:
            new = above.get(ahead.pop(), set()) - seen
            seen |= new
            ahead += new
        if len(seen) > UMBRELLAS + 1:
            message = f"this belongs to more than {UMBRELLAS} others"
            yield Fault(actor, ("relations",), "member-depth", message, "leave out some of those between")


def check_cycles(context: Context) -> Iterator[Fault]:
    """What lies within, follows on, belongs to or comes from itself at any remove."""
    chronology = context.chronology
    circles = {
        "place-cycle": _circles(chronology.places, _within),
        "link-cycle": _circles(chronology.events, _links),
        "member-cycle": _circles(chronology.actors, lambda actor: _relations(actor, MEMBERSHIP)),
        "lineage-cycle": _circles(chronology.actors, lambda actor: _relations(actor, LINEAGE)),
    }
    for rule, ways in circles.items():
        for record, path, way in ways:
            message = "this leads back to itself: " + " -> ".join(way)
            yield Fault(record, path, rule, message, "one of these is wrong")


def _within(place: Place) -> Iterator[Edge]:
    if place.within:
        yield ("within",), place.within


def _links(event: Event) -> Iterator[Edge]:
    return ((("links", i, "to"), link.to) for i, link in enumerate(event.links))


def _relations(actor: Actor, kinds: Iterable[str]) -> Iterator[Edge]:
    for i, relation in enumerate(actor.relations):
        if relation.kind in kinds and relation.actor and relation.actor != actor.id:
            yield ("relations", i, "actor"), relation.actor


def _circles(
    records: Iterable[AnyRecord], edges: Callable[[AnyRecord], Iterator[Edge]]
) -> Iterator[tuple[AnyRecord, Path, list[str]]]:
    """Each way that leads back to where it began, once, its middle counted; iterative, since a chain may be long."""
    by_id: dict[str, AnyRecord] = {}
    for record in records:
        by_id.setdefault(record.id, record)
    done: set[str] = set()
    for start, first in by_id.items():
        if start in done:
            continue
        trail = [start]
        places = {start: 0}
        stack = [edges(first)]
        while stack:
            path, name = next(stack[-1], ((), ""))
            if not name:
                stack.pop()
                done.add(trail.pop())
                places.popitem()
            elif name in places:
                yield by_id[trail[-1]], path, _shown(trail, places[name])
            elif name in by_id and name not in done:
                places[name] = len(trail)
                trail.append(name)
                stack.append(edges(by_id[name]))


def _shown(trail: list[str], begins: int) -> list[str]:
    """The end of a trail as a ring, its middle only counted where it is long."""
    count = len(trail) - begins
    if count <= ENDS * 2:
        return [*trail[begins:], trail[begins]]
    return [*trail[begins : begins + ENDS], f"{count - ENDS * 2 + 1} more", *trail[1 - ENDS :], trail[begins]]


class _Linked(NamedTuple):
    id: str
    to: Sequence[str]


def leads_back(links: Mapping[str, Sequence[str]]) -> bool:
    """Whether links, from an event's id to others', lead back to where they began."""
    linked = (_Linked(ident, to) for ident, to in links.items())
    return any(True for _ in _circles(linked, lambda one: ((("to",), name) for name in one.to)))


RULES = (check_relations, check_coordinates, check_nesting, check_umbrellas, check_cycles)
