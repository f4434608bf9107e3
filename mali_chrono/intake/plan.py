"""An import as it would be: which files of a store would get what, what is held already, what has to be looked at.

Nothing is written here and nothing asked of the world: a dry run is the same plan.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from mali_chrono.errors import DataError
from mali_chrono.intake.additions import Entry, Paper, additions
from mali_chrono.intake.drafts import differences, event_id, event_values, mark, order_of
from mali_chrono.intake.held import lines_of
from mali_chrono.intake.known import Known, Stub
from mali_chrono.intake.mapfiles import is_built_in
from mali_chrono.intake.own import is_own
from mali_chrono.intake.slugs import slug
from mali_chrono.intake.told import Left, Taken, Told
from mali_chrono.kinds import BUILT_IN_MAPS
from mali_chrono.progress import track
from mali_chrono.store.forms import fresh
from mali_chrono.store.load import Loaded
from mali_chrono.store.model import Chronology, Event

MONTH = 31  # days: what may have been on any of more is on no day


class Changed(NamedTuple):
    """A row that says otherwise than the event that holds it."""

    event: str
    line: int
    what: str


class Alike(NamedTuple):
    """A new event that has day, place and type of one that the store has by other ways."""

    event: str
    line: int
    held: str


class Plan(NamedTuple):
    """What an import would do.

    `source` is the id of the new document, or of the one that this very file is already; then rows that it skips are
    `skipped`. `texts` are the records that each file of the store gets. `held` counts rows that the store has
    already, `changed` are those among them that say something else, `gone` events that came by this map and have no row
    any more, in the time of the file. `tolls` are kinds of figures that the store has no word for, `alike` new events
    that may be told already.
    """

    source: str
    taken: Taken
    new: int
    held: int
    changed: tuple[Changed, ...]
    gone: tuple[str, ...]
    stubs: tuple[Stub, ...]
    texts: Mapping[str, Sequence[str]]
    tolls: tuple[str, ...] = ()
    skipped: int = 0
    alike: tuple[Alike, ...] = ()


def plan(taken: Taken, content: bytes, loaded: Loaded) -> Plan:
    """How a table goes into a store. Raises DataError where two rows would have the same id, the file is in the store
    as another kind of document, or a map of one's own has the name of one of chrono's.
    """
    chronology, name = loaded.found, taken.map.name
    if name in BUILT_IN_MAPS and name not in loaded.maps and not is_built_in(taken.map):
        # Kept under that name, it would be what every document that came by chrono's map is read by.
        raise DataError(f"'{name}' is a map that comes with chrono: give the file of your own map another name")
    digest = sha256(content).hexdigest()
    same = next((source for source in chronology.sources if source.sha256 == digest), None)
    held, skipped = _held(taken, chronology), 0
    if same:
        lines = lines_of(chronology, same)
        held |= {told.id: event for told in taken.rows if (event := lines.event(told))}
        kept = tuple(told for told in taken.rows if told.id in held or not lines.skips(told))
        skipped, taken = len(taken.rows) - len(kept), taken._replace(rows=kept)
        if all(told.id in held for told in kept):
            return Plan(same.id, taken, 0, len(held), (), (), (), {}, skipped=skipped)
        if same.map != taken.map.name:
            raise DataError(f"the store has this file as '{same.id}', without 'map: {taken.map.name}': "
                            f"add that to {same.path}")  # fmt: skip
    source = same.id if same else _fresh_id(taken, {source.id for source in chronology.sources} | loaded.documents)
    known = Known(chronology, loaded.grammar.words, taken.map)
    taken = _placed(taken, known, held)
    rows = [told for told in taken.rows if told.id not in held]
    entries = list(_entries(track("matching names", rows), source, known, taken.table.name))
    if known.unsaid:
        raise DataError(next(iter(known.unsaid.values())))
    texts = additions(taken, Paper(source, digest, same is None), entries, known.stubs) if entries else {}
    counted = {count.kind for told in rows for count in told.counts}
    tolls = tuple(sorted(counted.difference(known.words.toll_kinds)))
    made = Plan(source, taken, len(entries), len(held), (), (), tuple(known.stubs), texts, tolls, skipped,
                tuple(_alike(rows, entries, taken, chronology)))  # fmt: skip
    if same:
        return made
    # What is held is matched apart: of what it names and the store lacks nothing is made.
    changed = _changed(taken, held, Known(chronology, loaded.grammar.words, taken.map))
    return made._replace(changed=tuple(changed), gone=tuple(_gone(taken, held.values(), chronology)))


def _alike(rows: Sequence[Told], entries: Sequence[Entry], taken: Taken, chronology: Chronology) -> Iterator[Alike]:
    """The new events that may be told already; rows of one dataset are known by what identifies them."""
    brought = _brought(taken, chronology)
    there: dict[tuple[str, str], list[Event]] = {}
    for event in chronology.events:
        if event.id not in brought:
            for place in event.places:
                there.setdefault((event.type, place.id), []).append(event)
    for told, entry in zip(rows, entries, strict=True):
        kind, place = entry.values["type"], entry.values["places"][0].lstrip("~")
        for event in there.get((kind, place), ()):
            first, last = event.date.earliest, event.date.latest
            if first is not None and last is not None and first <= told.day <= last and last - first < MONTH:
                yield Alike(entry.values["id"], told.lines[0][0], event.id)
                break


def _placed(taken: Taken, known: Known, held: Collection[str]) -> Taken:
    """A table without the new rows of which neither the store nor the map says what happened: they are left out."""
    rule = taken.map.types
    at = next((n for n, name in enumerate(taken.table.columns, 1) if name.lower() in rule.columns), 0)
    column = taken.table.columns[at - 1] if at else ""
    told = {row.id: known.has_category(row.type, row.group) for row in taken.rows if row.id not in held}
    why = "'{}' is no type of the store, and in no category of the map's: name one in 'categories:'"
    left = [Left(row.lines[0][0], column, at, why.format(row.type)) for row in taken.rows if not told.get(row.id, True)]
    rows = tuple(row for row in taken.rows if told.get(row.id, True))
    return taken._replace(rows=rows, left=tuple(sorted([*taken.left, *left])))


def _fresh_id(taken: Taken, taken_ids: Collection[str]) -> str:
    """An id for the document that no other has: of its file's name."""
    return fresh(slug(taken.table.name.partition(".")[0], "table"), taken_ids)


def _brought(taken: Taken, chronology: Chronology) -> dict[str, Event]:
    """The events that came by this map, by id: they cite a document that has it."""
    mine = {source.id for source in chronology.sources if source.map == taken.map.name}
    return {event.id: event for event in chronology.events if any(cite.source in mine for cite in event.cites)}


def _held(taken: Taken, chronology: Chronology) -> dict[str, Event]:
    """The events that a store has already of rows, by what identifies a row: however they came there."""
    name = taken.map.name
    events = {event.id: event for event in chronology.events}
    called = {event.ids[name]: event for event in chronology.events if name in event.ids}
    marked = {ident.partition(f"-{name}-")[2]: event for ident, event in _brought(taken, chronology).items()}
    held = {}
    for told in taken.rows:
        own = events.get(told.id) if is_own(told.id) else None
        if event := own or called.get(told.id) or marked.get(mark(told, name)[len(name) + 1 :]):
            held[told.id] = event
    return held


def _entries(rows: Iterable[Told], source: str, known: Known, file: str) -> Iterator[Entry]:
    """The events of rows. Raises DataError where two would have the same id."""
    met: dict[str, Told] = {}
    for told in rows:
        ident = event_id(told, known.rule.name)
        if other := met.get(ident):
            raise DataError(f"{file}:{told.lines[0][0]}: '{told.id}' and '{other.id}' would have the same id '{ident}'")
        met[ident] = told
        yield Entry(order_of(told, ident), event_values(told, ident, source, known))


def _changed(taken: Taken, held: Mapping[str, Event], known: Known) -> Iterator[Changed]:
    """What rows say otherwise than the events that hold them."""
    for told in taken.rows:
        event = held.get(told.id)
        if event and (found := differences(told, event, event_values(told, event.id, "", known), known)):
            yield Changed(event.id, told.lines[0][0], "; ".join(found))


def _gone(taken: Taken, held: Iterable[Event], chronology: Chronology) -> Iterator[str]:
    """The events that came by this map and have no row any more, in the time that the file is about.

    Only those of documents of which the file has other rows: it may be about another part of the same data.
    """
    there = {event.id: event for event in held}
    known = {cite.source for event in there.values() for cite in event.cites}
    begins = min((told.first for told in taken.rows), default=0)
    ends = max((told.last for told in taken.rows), default=0)
    for ident, event in _brought(taken, chronology).items():
        days = event.date.earliest or begins, event.date.latest or ends
        is_in_time = begins <= days[0] and days[1] <= ends
        if ident not in there and is_in_time and any(cite.source in known for cite in event.cites):
            yield ident
