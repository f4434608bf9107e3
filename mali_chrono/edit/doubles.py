"""What may be told already: the records of a store that are like a new one, most like it first."""

from collections.abc import Iterator
from itertools import islice

from mali_chrono.dates.spans import bounds
from mali_chrono.edit.naming import KINDS, called, titled
from mali_chrono.near import nearest
from mali_chrono.store.model import Chronology, Event, Named, Record, Source
from mali_chrono.text import fold

SHOWN = 5
# The same place and dates at most so many days apart may be one occurrence (CURATING, "Entries").
APART = 3
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
    """The events near a new one in time that share a place or an actor with it, those that share most first.

    Near are dates at most `APART` days apart. What could be lacking in the new event is asked only where it is not.
    """
    within = {place.id: place.within for place in known.places}
    mine = {place.id for place in new.places}
    around = {within.get(place) for place in mine} | mine
    actors = {part.actor for part in new.actors}
    found = []
    for event in known.events:
        if event.id == new.id or event.lacks("date") or not _is_near(event, new):
            continue
        places = {place.id for place in event.places}
        shared = 2 * len(mine & places) + bool(around & {within.get(place) for place in places} - {None})
        shared += len(actors & {part.actor for part in event.actors})
        if shared or not (mine or actors):
            found.append((shared + (event.type == new.type) + (event.date.span == new.date.span), event))
    found.sort(key=lambda pair: (-pair[0], pair[1].id))
    return [event for _, event in found[:SHOWN]]


def _is_near(event: Event, new: Event) -> bool:
    (first, last), (new_first, new_last) = bounds(event.date.span), bounds(new.date.span)
    if event.date.span != new.date.span and max(last - first, new_last - new_first) > LONGEST:
        return False
    return first <= new_last + APART and new_first <= last + APART


def _namesakes(records: tuple[Named, ...], new: Named) -> Iterator[str]:
    keys = {fold(name): record for record in reversed(records) for name in called(record)}
    near = [key for name in called(new) for key in nearest(fold(name), list(keys), SHOWN, ALIKE)]
    yield from dict.fromkeys(titled(keys[key]) for key in near if keys[key].id != new.id)
