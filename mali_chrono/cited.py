"""Which lines of the documents the store cites, and which events do: what can be said without the documents."""

from itertools import groupby
from typing import NamedTuple

from mali_chrono import model, walk
from mali_chrono.model import Chronology, Source


class Record(NamedTuple):
    """A document and how much of it is cited: lines by any record, and how many events cite it."""

    source: Source
    cited: int
    events: int


class Stretch(NamedTuple):
    """Lines that the same events cite, in the order of the store; none where no event does."""

    first: int
    last: int
    events: tuple[model.Event, ...]
    others: int


def documents(chronology: Chronology) -> list[Record]:
    """Every document, in the order of the store."""
    return [_record(chronology, source) for source in chronology.sources]


def _record(chronology: Chronology, source: Source) -> Record:
    cited = _cited(chronology, source)
    events = {event.id for citing in cited.values() for kind, event in citing if kind == "events"}
    return Record(source, len(cited), len(events))


def _cited(chronology: Chronology, source: Source) -> dict[int, list[tuple[str, model.Record]]]:
    """The records that cite each line of a document."""
    found: dict[int, list[tuple[str, model.Record]]] = {}
    for kind, record in walk.every(chronology):
        lines = {
            number
            for _, cite in walk.cites(kind, record)
            if cite.source == source.id
            for number in range(cite.first, min(cite.last, source.lines) + 1)
        }
        for number in lines:
            found.setdefault(number, []).append((kind, record))
    return found


def stretches(chronology: Chronology, source: Source) -> list[Stretch]:
    """A document from its first line to its last, lines with the same events together."""
    cited = _cited(chronology, source)

    def citing(number: int) -> tuple[tuple[str, ...], int]:
        records = cited.get(number, ())
        return tuple(r.id for kind, r in records if kind == "events"), sum(kind != "events" for kind, _ in records)

    events = {event.id: event for event in chronology.events}
    found = []
    for (ids, others), numbers in groupby(range(1, source.lines + 1), citing):
        lines = list(numbers)
        found.append(Stretch(lines[0], lines[-1], tuple(events[ident] for ident in ids), others))
    return found
