"""What may be told already: the records of a store that are like a new one, most like it first."""

from collections.abc import Iterator
from itertools import islice

from mali_chrono.dates.spans import bounds
from mali_chrono.earth import distance
from mali_chrono.edit.naming import KINDS, called, titled
from mali_chrono.kinds import VAGUE
from mali_chrono.near import nearest
from mali_chrono.store.model import Chronology, Event, Named, Place, Record, Source
from mali_chrono.text import fold

SHOWN = 5
# The same place and dates at most so many days apart may be one occurrence (CURATING, "Entries").
APART = 3
FAR = 30
# A date over more days says too little of when to make a neighbour.
LONGEST = 40
ALIKE = 0.8  # of names


def doubles(known: Chronology, shape: str, new: Record) -> Iterator[str]:
    """A line for each record that a new one may tell again: events at that time, or what is called alike."""
    if isinstance(new, Event):
        for event in neighbours(known, new):
            yield f"{event.id} ({event.date}): {event.title}"
    elif isinstance(new, Source):
        yield from (titled(source) for source in known.sources if new.sha256 and source.sha256 == new.sha256)
    elif isinstance(new, Named):
        yield from islice(_namesakes(getattr(known, KINDS[shape]), new), SHOWN)


def neighbours(known: Chronology, new: Event) -> list[Event]:
    """The events near a new one in time that share an actor with it, or are near it on the map too.

    Those that share most come first. Near in time are dates at most `APART` days apart, on the map the same place, one
    within the other, or points at most `FAR` km from each other.
    """
    places = {place.id: place for place in known.places}
    mine = {place.id for place in new.places}
    actors = {part.actor for part in new.actors}
    found = []
    for event in known.events:
        if event.id == new.id or event.lacks("date") or not _is_soon(event, new):
            continue
        theirs = {place.id for place in event.places}
        near = any(_is_close(places.get(a), places.get(b)) for a in mine for b in theirs)
        shared = 2 * len(mine & theirs) + near + len(actors & {part.actor for part in event.actors})
        if shared or not (mine or actors):
            found.append((shared + (event.type == new.type) + (event.date.span == new.date.span), event))
    found.sort(key=lambda pair: (-pair[0], pair[1].id))
    return [event for _, event in found[:SHOWN]]


def _is_close(one: Place | None, other: Place | None) -> bool:
    if one is None or other is None:
        return False
    if one.id in (other.id, other.within) or one.within == other.id:
        return True
    if None in (one.lat, one.lon, other.lat, other.lon) or max(one.precision, other.precision) >= VAGUE:
        return False
    points = [(place.lat or 0, place.lon or 0) for place in (one, other)]
    return distance(*points) <= FAR


def _is_soon(event: Event, new: Event) -> bool:
    (first, last), (new_first, new_last) = bounds(event.date.span), bounds(new.date.span)
    if event.date.span != new.date.span and max(last - first, new_last - new_first) > LONGEST:
        return False
    return first <= new_last + APART and new_first <= last + APART


def _namesakes(records: tuple[Named, ...], new: Named) -> Iterator[str]:
    keys = {fold(name): record for record in reversed(records) for name in called(record)}
    near = [key for name in called(new) for key in nearest(fold(name), list(keys), SHOWN, ALIKE)]
    yield from dict.fromkeys(titled(keys[key]) for key in near if keys[key].id != new.id)
