"""Records -> one SQLite file in which every question is a query and every row lies ready to print."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from mali_chrono.dates.clock import read_clock
from mali_chrono.dates.edtf import Date
from mali_chrono.dates.runs import runs
from mali_chrono.dates.spans import FAR, Span, bounds
from mali_chrono.dates.words import describe
from mali_chrono.index import bodies, citations, rows, tables
from mali_chrono.index.changes import changes
from mali_chrono.index.claims import Names, ranges_of, tolls_of
from mali_chrono.index.facts import REACH, facts, length_bits
from mali_chrono.index.fields import TEXT_FIELDS
from mali_chrono.kinds import LASTING, ROLES
from mali_chrono.store import model
from mali_chrono.store.members import Memberships, enclosing
from mali_chrono.text import fold, searchable


class _World(NamedTuple):
    names: Names
    memberships: Memberships
    within: dict[str, list[str]]


def compile_index(chronology: model.Chronology, connection: sqlite3.Connection, meta: dict[str, str]) -> None:
    """Write a checked chronology into an empty database; `meta` says what it was made from."""
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
    connection.execute("BEGIN")
    for statement in tables.statements():
        connection.execute(statement)
    names = Names(chronology)
    world = _World(names, Memberships(chronology.actors), enclosing(chronology.places))
    events = list(enumerate(sorted(chronology.events, key=model.sort_key), 1))
    for n, event in events:
        _index_event(connection, n, event, world)
    for table, found in (
        ("cite", (tables.CiteRow(n, c.source, c.first, c.last) for n, event in events for c in event.cites)),
        ("link", (tables.LinkRow(n, link.to, link.kind) for n, event in events for link in event.links)),
        ("place", (tables.PlaceRow(p.id, p.name, p.region, p.lat, p.lon, p.precision) for p in chronology.places)),
        ("reach", REACH),
        ("actor", _actors(chronology, names)),
        ("relation", (_relation(actor.id, r) for actor in chronology.actors for r in actor.relations)),
        ("change", (change for actor in chronology.actors for change in changes(actor))),
        ("record", _records(chronology)),
        ("meta", (tables.MetaRow(*pair) for pair in sorted(meta.items()))),
    ):
        connection.executemany(tables.insert(table), found)
    _index_things(connection, chronology)
    _index_periods(connection, chronology, names)
    connection.execute("COMMIT")


def _records(chronology: model.Chronology) -> Iterator[tables.RecordRow]:
    """The json object of every record but events, documents in the order of the store."""
    made = {
        "source": citations.bodies(chronology),
        "place": [bodies.place_row(place) for place in chronology.places],
        "type": [bodies.type_row(kind) for kind in chronology.types],
        "actor": [bodies.actor_row(actor) for actor in chronology.actors],
        "period": [bodies.period_row(period, ranges_of(period)) for period in chronology.periods],
    }
    yield from (tables.RecordRow(kind, body["id"], _json(body)) for kind, rows in made.items() for body in rows)
    for actor in chronology.actors:
        if actor.kind in LASTING and actor.active:
            yield tables.RecordRow("lasting", actor.id, _json(bodies.lasting_row(actor, actor.active)))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _year(date: Date) -> int | None:
    """The year an event stands under: the first one written, not the one that "about" may reach back to."""
    return next((part.year for pair in date.ranges for part in pair if part), None)


def clip(span: Span) -> tuple[int, int]:
    """A span as two columns of the index."""
    first, last = bounds(span)
    return max(-FAR, min(FAR, first)), max(-FAR, min(FAR, last))


def _days(date: Date | None) -> tuple[int, int, int | None, int | None]:
    """A date's columns lo, hi, core_lo, core_hi; open days where there is no date."""
    return *clip(date.span if date else (None, None)), *_core(date.core if date else None)


def _core(core: Span | None) -> tuple[int, int] | tuple[None, None]:
    return clip(core) if core else (None, None)


def _index_event(connection: sqlite3.Connection, n: int, event: model.Event, world: _World) -> None:
    ranges = ranges_of(event)
    row = rows.row(event, world.names, ranges)
    texts = rows.texts(event, row, world.names, ranges)
    clock = read_clock(event.date.text)
    time = (clock.seconds, clock.offset) if clock else (None, None)
    days = clip(event.date.span)
    columns = (n, *(texts[field] for field in TEXT_FIELDS), *rows.halves(row), _year(event.date), *days, *time)
    connection.execute(f"INSERT INTO event VALUES ({', '.join('?' * len(columns))})", columns)
    parts = runs(event.date)
    spans = (tables.SpanRow(length_bits(*clip(run.span)), n, *clip(run.span), *_core(run.core)) for run in parts)
    connection.executemany(tables.insert("span"), spans)
    for table, found in facts(n, event, row["category"], days, parts):
        connection.execute(tables.insert(table), found)
    connection.executemany(tables.insert("cover"), _covers(n, event))
    connection.executemany(tables.insert("part"), _parts(n, event, world.memberships))
    connection.executemany(tables.insert("facet"), sorted(_facets(n, event, world)))
    connection.executemany(
        tables.insert("toll"), (tables.TollRow(n, *key, *figures) for key, figures in tolls_of(event, world.names))
    )
    words = searchable(_words(event, world.names))
    connection.execute("INSERT INTO words (rowid, folded) VALUES (?, ?)", (n, words))


def _covers(n: int, event: model.Event) -> Iterator[tables.CoverRow]:
    for also in event.also:
        if also.kind == "covers":
            yield _cover(n, 1, also.date.span)
    if event.date.kind == "one-of" and None in (event.date.earliest, event.date.latest):
        yield _cover(n, 0, (event.date.earliest, event.date.latest))


def _cover(n: int, told: int, span: Span) -> tables.CoverRow:
    days = clip(span)
    return tables.CoverRow(length_bits(*days), n, told, *days)


def _parts(n: int, event: model.Event, memberships: Memberships) -> Iterator[tables.PartRow]:
    spans = [run.span for run in runs(event.date)]
    for i, part in enumerate(event.actors):
        yield tables.PartRow(n, i, part.actor, part.role, 1, None, part.certainty)
        for above in sorted(memberships.above(part.actor, spans)):
            yield tables.PartRow(n, i, above, part.role, 0, part.actor, part.certainty)


def _facets(n: int, event: model.Event, world: _World) -> set[tables.FacetRow]:
    """What an event can be found by, besides its date, actors and words."""
    places = {ref.id for ref in event.places}
    regions = {fold(region) for place in places if (region := world.names.places[place].region)}
    direct = {
        ("type", event.type),
        ("category", world.names.types[event.type].category),
        *(("place", place) for place in places),
        *(("region", region) for region in regions),
        *(("tag", tag) for tag in event.tags),
        *(("source", cite.source) for cite in event.cites),
        *(("outlet", fold(outlet)) for outlet in event.outlets),
    }
    above = {("place", around) for place in places for around in world.within[place]} - direct
    return {tables.FacetRow(*pair, n, 1) for pair in direct} | {tables.FacetRow(*pair, n, 0) for pair in above}


def _words(event: model.Event, names: Names) -> Iterator[str]:
    """Every text a search may meet: what is told, and every name of who and where."""
    yield from (event.title, event.summary)
    for part in event.actors:
        actor = names.actors[part.actor]
        yield from (actor.name, actor.short or "", *actor.aliases)
    for ref in event.places:
        place = names.places[ref.id]
        yield from (place.name, *place.aliases)
    yield from (*event.outlets, *event.tags)


def _index_things(connection: sqlite3.Connection, chronology: model.Chronology) -> None:
    """Every record and word a filter may name, under each of its names."""
    names: set[tables.NameRow] = set()
    things: dict[tuple[str, str], tables.ThingRow] = {}

    def add(kind: str, record: Any, name: str, also: Iterable[str | None] = ()) -> None:
        short = getattr(record, "short", None)
        things[kind, record.id] = tables.ThingRow(kind, record.id, name, short, bodies.place_of(record))
        names.update(tables.NameRow(kind, fold(text), record.id) for text in (record.id, name, *also) if text)

    for actor in chronology.actors:
        add("actor", actor, actor.name, (actor.short, *actor.aliases))
    for place in chronology.places:
        add("place", place, place.name, place.aliases)
    for event_type in chronology.types:
        add("type", event_type, event_type.name, event_type.aliases)
    for source in chronology.sources:
        add("source", source, source.title)
    for period in chronology.periods:
        add("period", period, period.name, period.aliases)
    for event in chronology.events:
        add("event", event, event.title)
    words = {
        "category": {event_type.category for event_type in chronology.types},
        "role": set(ROLES),
        "tag": {tag for event in chronology.events for tag in event.tags},
    }
    # Their ids are their folded names.
    spelt = {
        "region": {place.region for place in chronology.places if place.region},
        "outlet": {outlet for event in chronology.events for outlet in event.outlets},
    }
    for kind, texts in (words | spelt).items():
        for text in sorted(texts):
            ident = text if kind in words else fold(text)
            things[kind, ident] = tables.ThingRow(kind, ident, text, None, None)
            names.add(tables.NameRow(kind, fold(text), ident))
    connection.executemany(tables.insert("thing"), things.values())
    connection.executemany(tables.insert("name"), sorted(names))


def _actors(chronology: model.Chronology, names: Names) -> Iterator[tables.ActorRow]:
    """Every actor with what is said of it."""
    for actor in chronology.actors:
        yield tables.ActorRow(
            actor.id, actor.name, names.short(actor.id), actor.kind, *_days(actor.active),
            str(actor.active) if actor.active else None, describe(actor.active) if actor.active else None,
        )  # fmt: skip


def _relation(actor: str, relation: model.Relation) -> tables.RelationRow:
    date = relation.date
    return tables.RelationRow(
        actor,
        relation.kind,
        relation.actor,
        relation.office,
        *_days(date),
        date is not None and date.kind == "interval",
        str(date) if date else None,
        describe(date) if date else None,
        relation.certainty,
        relation.says,
        _json([str(cite) for cite in relation.cite]),
        relation.note,
    )


def _index_periods(connection: sqlite3.Connection, chronology: model.Chronology, names: Names) -> None:
    """What lasts: the periods with who took part, and every mission and state that says how long it did."""
    lasting = [(p.id, p.name, p.name, p.kind, p.date) for p in chronology.periods]
    lasting += [
        (a.id, a.name, names.short(a.id), a.kind, a.active) for a in chronology.actors if a.kind in LASTING and a.active
    ]
    for ident, name, short, kind, date in lasting:
        row = tables.PeriodRow(ident, name, short, kind, str(date), describe(date), *_days(date))
        connection.execute(tables.insert("period"), row)
    for period in chronology.periods:
        for part in period.actors:
            when = part.date or period.date
            party = tables.PartyRow(period.id, part.actor, part.side, str(when), describe(when), *_days(when))
            connection.execute(tables.insert("party"), party)
