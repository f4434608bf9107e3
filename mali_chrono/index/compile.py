"""Records -> one SQLite file in which every question is a query and every row lies ready to print."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from mali_chrono.dates.edtf import Date
from mali_chrono.dates.spans import FAR, Span, bounds
from mali_chrono.dates.words import describe
from mali_chrono.index import citations as cited
from mali_chrono.index import rows
from mali_chrono.index.changes import changes, doubts
from mali_chrono.index.fields import TEXT_FIELDS
from mali_chrono.store import model
from mali_chrono.store.members import Memberships, enclosing
from mali_chrono.store.shapes import ROLES
from mali_chrono.text import fold

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE event (n INTEGER PRIMARY KEY, {columns}, head TEXT NOT NULL, tail TEXT NOT NULL, year INTEGER);
CREATE UNIQUE INDEX event_id ON event (id);
CREATE TABLE span (n INTEGER NOT NULL, own INTEGER NOT NULL, lo INTEGER NOT NULL, hi INTEGER NOT NULL,
                   core_lo INTEGER, core_hi INTEGER);
CREATE INDEX span_lo ON span (lo, hi);
CREATE INDEX span_n ON span (n);
CREATE TABLE part (n INTEGER NOT NULL, actor TEXT NOT NULL, role TEXT NOT NULL, direct INTEGER NOT NULL);
CREATE INDEX part_actor ON part (actor, role, direct, n);
CREATE INDEX part_n ON part (n, actor, role, direct);
CREATE TABLE facet (kind TEXT NOT NULL, key TEXT NOT NULL, n INTEGER NOT NULL);
CREATE INDEX facet_key ON facet (kind, key, n);
CREATE TABLE site (n INTEGER NOT NULL, place TEXT NOT NULL, region TEXT);
CREATE INDEX site_n ON site (n);
CREATE TABLE link (n INTEGER NOT NULL, target TEXT NOT NULL, kind TEXT NOT NULL);
CREATE TABLE toll (n INTEGER NOT NULL, kind TEXT NOT NULL, low INTEGER NOT NULL, best INTEGER NOT NULL,
                   high INTEGER NOT NULL, open INTEGER NOT NULL);
CREATE INDEX toll_n ON toll (n, kind);
CREATE TABLE name (kind TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, key, id)) WITHOUT ROWID;
CREATE TABLE thing (kind TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, short TEXT, at TEXT,
                    PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TABLE period (lo INTEGER NOT NULL, hi INTEGER NOT NULL, id TEXT NOT NULL, words TEXT NOT NULL,
                     body TEXT NOT NULL);
CREATE TABLE actor (id TEXT PRIMARY KEY, name TEXT NOT NULL, short TEXT NOT NULL, kind TEXT NOT NULL,
                    lo INTEGER NOT NULL, hi INTEGER NOT NULL, active TEXT, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE relation (actor TEXT NOT NULL, kind TEXT NOT NULL, target TEXT, office TEXT, lo INTEGER NOT NULL,
                       hi INTEGER NOT NULL, core_lo INTEGER, core_hi INTEGER, lasting INTEGER NOT NULL, date TEXT,
                       words TEXT, certainty TEXT NOT NULL, says TEXT, cites TEXT NOT NULL, note TEXT);
CREATE INDEX relation_actor ON relation (actor, kind);
CREATE INDEX relation_target ON relation (target, kind);
CREATE TABLE change (actor TEXT NOT NULL, kind TEXT NOT NULL, edge TEXT NOT NULL, target TEXT, office TEXT,
                     lo INTEGER NOT NULL, hi INTEGER NOT NULL, year INTEGER, words TEXT NOT NULL, date TEXT NOT NULL,
                     certainty TEXT NOT NULL, says TEXT, cites TEXT NOT NULL, note TEXT);
CREATE INDEX change_actor ON change (actor);
CREATE INDEX change_target ON change (target);
CREATE TABLE doubt (n INTEGER NOT NULL, actor TEXT NOT NULL, role TEXT NOT NULL, certainty TEXT NOT NULL);
CREATE INDEX doubt_actor ON doubt (actor, role, n);
CREATE TABLE document (id TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5 (folded, content='', tokenize="unicode61 remove_diacritics 0");
"""


class _World(NamedTuple):
    names: rows.Names
    memberships: Memberships
    within: dict[str, list[str]]


def compile_index(chronology: model.Chronology, connection: sqlite3.Connection, meta: dict[str, str]) -> None:
    """Write a checked chronology into an empty database; `meta` says what it was made from."""
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
    names = rows.Names(chronology)
    connection.execute("BEGIN")
    for statement in _SCHEMA.format(columns=", ".join(f'"{column}"' for column in TEXT_FIELDS)).split(";\n"):
        connection.execute(statement)
    world = _World(names, Memberships(chronology.actors), enclosing(chronology.places))
    for n, event in enumerate(sorted(chronology.events, key=model.sort_key), 1):
        _index_event(connection, n, event, world)
        _index_sites(connection, n, event, names)
    _index_things(connection, chronology)
    documents = ((body["id"], json.dumps(body, ensure_ascii=False)) for body in cited.bodies(chronology))
    connection.executemany("INSERT INTO document VALUES (?, ?)", documents)
    _index_actors(connection, chronology, names)
    _index_histories(connection, chronology, world.memberships)
    _index_periods(connection, chronology, names)
    connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
    connection.execute("COMMIT")


def _year(date: Date) -> int | None:
    """The year an event stands under: the first one written, not the one that "about" may reach back to."""
    return next((part.year for pair in date.ranges for part in pair if part), None)


def _clip(span: Span) -> tuple[int, int]:
    first, last = bounds(span)
    return max(-FAR, min(FAR, first)), max(-FAR, min(FAR, last))


def _index_event(connection: sqlite3.Connection, n: int, event: model.Event, world: _World) -> None:
    found = rows.ranges(event)
    values = rows.row(event, world.names, found)
    texts = rows.texts(event, values, world.names, found)
    columns = (n, *(texts[field] for field in TEXT_FIELDS), *rows.halves(values), _year(event.date))
    connection.execute(f"INSERT INTO event VALUES ({', '.join('?' * len(columns))})", columns)
    dates = [event.date, *(also.date for also in event.also if also.kind == "covers")]
    connection.executemany(
        "INSERT INTO span VALUES (?, ?, ?, ?, ?, ?)",
        (
            (n, date is event.date, *_clip(date.span), *(_clip(date.core) if date.core else (None, None)))
            for date in dates
        ),
    )
    parts = {(part.actor, part.role, 1) for part in event.actors}
    for part in event.actors:
        parts |= {(above, part.role, 0) for above in world.memberships.above(part.actor, event.date.span)}
    connection.executemany("INSERT INTO part VALUES (?, ?, ?, ?)", ((n, *part) for part in sorted(parts)))
    connection.executemany("INSERT INTO facet VALUES (?, ?, ?)", sorted(_facets(n, event, world)))
    connection.executemany("INSERT INTO link VALUES (?, ?, ?)", ((n, link.to, link.kind) for link in event.links))
    connection.executemany(
        "INSERT INTO toll VALUES (?, ?, ?, ?, ?, ?)",
        ((n, kind, r.low, r.best, r.high, r.open) for kind, r in found.items() if r),
    )
    connection.execute(
        "INSERT INTO words (rowid, folded) VALUES (?, ?)", (n, fold(" ".join(_words(event, world.names))))
    )


def _facets(n: int, event: model.Event, world: _World) -> set[tuple[str, str, int]]:
    """What an event can be found by, besides its date, actors and words."""
    found = {("type", event.type), ("category", world.names.types[event.type].category)}
    for ref in event.places:
        found |= {("place", ref.id), *(("place", above) for above in world.within[ref.id])}
        found |= {("region", fold(region)) for region in [world.names.places[ref.id].region] if region}
    found |= {("tag", tag) for tag in event.tags}
    found |= {("source", cite.source) for cite in event.cites}
    found |= {("outlet", fold(outlet)) for outlet in event.outlets}
    return {(kind, key, n) for kind, key in found}


def _index_sites(connection: sqlite3.Connection, n: int, event: model.Event, names: rows.Names) -> None:
    """The places an event itself names, without those they lie within, and the region of each."""
    found = {(n, ref.id, fold(names.places[ref.id].region or "") or None) for ref in event.places}
    connection.executemany("INSERT INTO site VALUES (?, ?, ?)", found)


def _words(event: model.Event, names: rows.Names) -> Iterator[str]:
    """Every text a search may meet: what is told, and every name of who and where."""
    yield from (event.id, event.title, event.summary, event.note or "", names.types[event.type].name)
    for part in event.actors:
        actor = names.actors[part.actor]
        yield from (actor.name, actor.short or "", *actor.aliases)
    for ref in event.places:
        place = names.places[ref.id]
        yield from (place.name, *place.aliases)
    yield from (*event.outlets, *event.tags)


def _index_things(connection: sqlite3.Connection, chronology: model.Chronology) -> None:
    """Every record and word a filter may name, under each of its names."""
    called: set[tuple[str, str, str]] = set()
    things: dict[tuple[str, str], tuple[str, str | None, str | None]] = {}

    def add(kind: str, record: Any, also: Iterable[str | None] = ()) -> None:
        name = getattr(record, "name", None) or record.title
        things[kind, record.id] = (name, getattr(record, "short", None), f"{record.path}:{record.node.line}")
        called.update((kind, fold(text), record.id) for text in (record.id, name, *also) if text)

    for actor in chronology.actors:
        add("actor", actor, (actor.short, *actor.aliases))
    for place in chronology.places:
        add("place", place, place.aliases)
    for event_type in chronology.types:
        add("type", event_type)
    for source in chronology.sources:
        add("source", source)
    words = {
        "category": {event_type.category for event_type in chronology.types},
        "role": set(ROLES),
        "tag": {tag for event in chronology.events for tag in event.tags},
    }
    for kind, known in words.items():
        for word in known:
            things[kind, word] = (word, None, None)
            called.add((kind, fold(word), word))
    spelt = {
        "region": {place.region for place in chronology.places if place.region},
        "outlet": {outlet for event in chronology.events for outlet in event.outlets},
    }
    for kind, texts in spelt.items():
        for text in sorted(texts):
            things[kind, fold(text)] = (text, None, None)
            called.add((kind, fold(text), fold(text)))
    connection.executemany(
        "INSERT INTO thing VALUES (?, ?, ?, ?, ?)", ((*key, *value) for key, value in things.items())
    )
    connection.executemany("INSERT INTO name VALUES (?, ?, ?)", sorted(called))


def _index_actors(connection: sqlite3.Connection, chronology: model.Chronology, names: rows.Names) -> None:
    """Every actor with what is said of it, and every relation with the days it may and surely did hold.

    A relation without a date has open days and no core; `lasting` tells an interval from what is attested at a point.
    """
    for actor in chronology.actors:
        body = {
            "id": actor.id,
            "name": actor.name,
            "short": actor.short,
            "aliases": list(actor.aliases),
            "kind": actor.kind,
            "active": str(actor.active) if actor.active else None,
            "strength": [
                {
                    "figure": strength.figure.text,
                    "date": str(strength.date) if strength.date else None,
                    "when": describe(strength.date) if strength.date else None,
                    "who": strength.who,
                    "says": strength.says,
                    "cite": [str(cite) for cite in strength.cite],
                    "note": strength.note,
                }
                for strength in actor.strength
            ],
            "summary": actor.summary,
            "cites": [str(cite) for cite in actor.cites],
            "note": actor.note,
            "at": f"{actor.path}:{actor.node.line}",
        }
        active = describe(actor.active) if actor.active else None
        values = (actor.id, actor.name, names.short(actor.id), actor.kind, *_clip(rows.lifetime(actor)), active)
        connection.execute(
            "INSERT INTO actor VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*values, json.dumps(body, ensure_ascii=False))
        )
        connection.executemany(
            f"INSERT INTO relation VALUES ({', '.join('?' * 15)})",
            (_relation(actor.id, relation) for relation in actor.relations),
        )


def _index_histories(connection: sqlite3.Connection, chronology: model.Chronology, memberships: Memberships) -> None:
    """What a history needs beside events: each dated change of an actor, each part in an event that is in doubt."""
    connection.executemany(
        f"INSERT INTO change VALUES ({', '.join('?' * 14)})",
        (change for actor in chronology.actors for change in changes(actor)),
    )
    numbered = enumerate(sorted(chronology.events, key=model.sort_key), 1)
    connection.executemany("INSERT INTO doubt VALUES (?, ?, ?, ?)", doubts(numbered, memberships))


def _relation(actor: str, relation: model.Relation) -> tuple[object, ...]:
    date = relation.date
    core = _clip(date.core) if date and date.core else (None, None)
    return (
        actor,
        relation.kind,
        relation.actor,
        relation.office,
        *_clip(date.span if date else (None, None)),
        *core,
        date is not None and date.kind == "interval",
        str(date) if date else None,
        describe(date) if date else None,
        relation.certainty,
        relation.says,
        ", ".join(str(cite) for cite in relation.cite),
        relation.note,
    )


def _index_periods(connection: sqlite3.Connection, chronology: model.Chronology, names: rows.Names) -> None:
    """What lasts: the periods, and every mission and state that says how long it did."""
    for period in chronology.periods:
        body = {
            "id": period.id,
            "name": period.name,
            "kind": period.kind,
            **_dates(period.date),
            "places": [ref.id for ref in period.places],
            "actors": [{"id": p.actor, "side": p.side, "date": str(p.date) if p.date else None} for p in period.actors],
            "summary": period.summary,
            "cites": [str(cite) for cite in period.cites],
            "note": period.note,
            "at": f"{period.path}:{period.node.line}",
        }
        _add_period(connection, period.id, period.name, period.date, body)
    for actor in chronology.actors:
        if actor.kind in ("mission", "state") and actor.active:
            body = {
                "id": actor.id,
                "name": actor.name,
                "kind": actor.kind,
                **_dates(actor.active),
                "cites": [str(cite) for cite in actor.cites],
                "at": f"{actor.path}:{actor.node.line}",
            }
            _add_period(connection, actor.id, names.short(actor.id), actor.active, body)


def _dates(date: Date) -> dict[str, Any]:
    return {"date": str(date), "earliest": rows.day(date.earliest), "latest": rows.day(date.latest)}


def _add_period(connection: sqlite3.Connection, name: str, title: str, date: Date, body: dict[str, Any]) -> None:
    words = f"{title} ({describe(date)})"
    values = (*_clip(date.span), name, words, json.dumps(body, ensure_ascii=False))
    connection.execute("INSERT INTO period VALUES (?, ?, ?, ?, ?)", values)
