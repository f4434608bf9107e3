"""An event -> its rows in every table that holds something of it, from the event and what it names alone."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from mali_chrono.dates.clock import read_clock
from mali_chrono.dates.edtf import Date
from mali_chrono.dates.runs import runs
from mali_chrono.dates.spans import clip
from mali_chrono.index import rows, tables
from mali_chrono.index.claims import Names, tolls_of
from mali_chrono.index.facts import facts, length_bits
from mali_chrono.index.packing import pack
from mali_chrono.store import model
from mali_chrono.store.claims import ranges_of
from mali_chrono.store.members import Memberships
from mali_chrono.store.references import cites
from mali_chrono.text import fold, search_text, searchable

Row = tuple[object, ...]


class World(NamedTuple):
    """What events are read against: what things are called, who belonged to whom, which place lies in which.

    `number` gives the number of a thing by its kind, id and name, a new one for what was not met before; `stored` are
    the fields that the index has as text.
    """

    names: Names
    memberships: Memberships
    within: dict[str, list[str]]
    number: Callable[[str, str, str], int]
    stored: tuple[str, ...]

    def actor(self, ident: str) -> int:
        """The number of an actor."""
        return self.number("actor", ident, ident)


def event_rows(n: int, event: model.Event, world: World) -> Iterator[tuple[str, Row]]:
    """The rows of an event, each with its table; "event" and "words" are tables of their own."""
    ranges = ranges_of(event, world.names.words)
    row = rows.row(event, world.names, ranges)
    texts = rows.texts(event, row, world.names, ranges)
    clock = read_clock(event.date.text)
    time = (clock.seconds, clock.offset) if clock else (None, None)
    days = clip(event.date.span)
    yield "event", (n, *(texts[field] for field in world.stored), pack(row), _year(event.date), *days, *time)
    parts = runs(event.date)
    for run in parts:
        span = clip(run.span)
        yield "span", tables.SpanRow(length_bits(*span), n, *span, *core_days(run.core))
    for told, covered in _covers(event):
        span = clip(covered)
        yield "cover", tables.CoverRow(length_bits(*span), n, told, *span)
    yield from facts(n, event, parts, world.names, world.actor)
    yield from (("took", part) for part in _parts(n, event, [run.span for run in parts], world))
    yield from (("mark", mark) for mark in _marks(n, event, world))
    yield from (("cite", tables.CiteRow(n, cite.source, cite.first, cite.last, cite.unit)) for cite in event.cites)
    for cite in dict.fromkeys(cite for _, cite in cites(event)):
        if cite not in event.cites:
            yield "other_cite", tables.OtherCiteRow(cite.source, cite.first, cite.last, cite.unit, n, None)
    yield from (("other_id", tables.OtherIdRow(n, scheme, ident)) for scheme, ident in event.ids.items())
    for link in event.links:
        yield "link", tables.LinkRow(n, link.to, link.kind)
    yield from (("toll", tables.TollRow(n, *key, *figures)) for key, figures in tolls_of(event, world.names, ranges))
    texts_of_it = [searchable(event.title), searchable(event.summary)]
    yield "words", (n, search_text([*texts_of_it, *_called_by(event, world.names)]))


def core_days(core: tuple[int | None, int | None] | None) -> tuple[int, int] | tuple[None, None]:
    """The days a date surely covers as two columns, null for none."""
    return clip(core) if core else (None, None)


def _year(date: Date) -> int | None:
    """The year an event stands under: the first one written, not the one that "about" may reach back to."""
    return next((part.year for pair in date.ranges for part in pair if part), None)


def _covers(event: model.Event) -> Iterator[tuple[int, tuple[int | None, int | None]]]:
    """The days an event speaks of beside its date, and whether a report tells them."""
    for also in event.also:
        if also.kind == "covers":
            yield 1, also.date.span
    if event.date.kind == "one-of" and None in (event.date.earliest, event.date.latest):
        yield 0, (event.date.earliest, event.date.latest)


def _parts(
    n: int, event: model.Event, spans: list[tuple[int | None, int | None]], world: World
) -> Iterator[tables.RoleRow]:
    for i, part in enumerate(event.actors):
        own = world.actor(part.actor)
        yield tables.RoleRow(own, n, i, part.role, 1, None, part.certainty)
        for above in world.memberships.above(part.actor, spans):
            yield tables.RoleRow(world.actor(above), n, i, part.role, 0, own, part.certainty)


def _marks(n: int, event: model.Event, world: World) -> Iterator[tables.MarkRow]:
    """What an event can be found by, besides its date, actors and words."""
    places = dict.fromkeys(ref.id for ref in event.places)
    regions = dict.fromkeys(world.names.places[place].region for place in places)
    direct = [
        ("type", event.type, event.type),
        ("category", world.names.types[event.type].category, ""),
        *(("place", place, place) for place in places),
        *(("region", _folded(region), region) for region in regions if region),
        *(("tag", tag, tag) for tag in dict.fromkeys(event.tags)),
        *(("source", source, source) for source in dict.fromkeys(cite.source for cite in event.cites)),
        *(("outlet", _folded(outlet), outlet) for outlet in sorted(event.outlets)),
    ]
    # Of two spellings of one thing the last stays.
    for (kind, ident), name in {(kind, ident): name for kind, ident, name in direct}.items():
        spelt = name if kind == "outlet" and name != ident else None
        yield tables.MarkRow(world.number(kind, ident, name), n, 1, spelt)
    above = dict.fromkeys(around for place in places for around in world.within[place] if around not in places)
    yield from (tables.MarkRow(world.number("place", place, place), n, 0, None) for place in above)


# Names come again and again.
_called = lru_cache(maxsize=1 << 16)(searchable)
_folded = lru_cache(maxsize=1 << 16)(fold)


def _called_by(event: model.Event, names: Names) -> Iterator[str]:
    """Every name of who and where, the words an event is marked with and its ids elsewhere, as they are searched."""
    yield from (names.words_of_actors[part.actor] for part in event.actors)
    yield from (names.words_of_places[ref.id] for ref in event.places)
    yield from map(_called, (*event.outlets, *event.tags))
    yield from map(searchable, event.ids.values())
