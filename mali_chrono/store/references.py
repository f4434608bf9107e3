"""What a record refers to, cites and is called, each with the path of names and positions to where it stands."""

from collections.abc import Iterator
from typing import NamedTuple

from mali_chrono.dates.calendars import Foreign
from mali_chrono.dates.edtf import Date
from mali_chrono.errors import Later
from mali_chrono.store import model
from mali_chrono.store.nodes import Path

_OfActor = model.Participation | model.Relation | model.Party
_Said = model.Participation | model.Toll | model.Relation | model.Strength
_Cited = model.Toll | model.AlsoDate | model.Relation | model.Strength | model.Party


_PARTS: dict[type[model.Record], tuple[str, ...]] = {
    model.Event: ("actors", "tolls", "also", "links"),
    model.Period: ("actors", "tolls"),
    model.Actor: ("relations", "strength"),
    model.Source: ("skip",),
}


class Reference(NamedTuple):
    """An id that a record names: where it stands, and of which records it must be one, as a field of Chronology."""

    path: Path
    kind: str
    id: str


class Dated(NamedTuple):
    """A date that a record gives: where it stands, of what it is (the record, or a part of it), and its lines."""

    path: Path
    of: model.Record | model.Part
    date: Date
    cites: tuple[model.Cite, ...]


class Reckoned(NamedTuple):
    """A date as another calendar prints it: where it stands, of what it is, the date beside it, and its lines."""

    path: Path
    of: model.Record | model.Part
    date: Date
    foreign: Foreign
    cites: tuple[model.Cite, ...]


class Fault(NamedTuple):
    """One thing wrong with a record: the path of names and positions to the field, the rule, and what to say of it."""

    record: model.Record
    path: Path
    rule: str
    message: str
    hint: str | Later = ""


def where(record: model.Record) -> str:
    """The file and line in which a record begins, as an editor takes them."""
    return f"{record.path}:{record.line}"


def records(chronology: model.Chronology) -> Iterator[model.Record]:
    """Every record of a store."""
    yield from chronology.types
    yield from chronology.sources
    yield from chronology.places
    yield from chronology.actors
    yield from chronology.periods
    yield from chronology.events


def parts(record: model.Record) -> Iterator[tuple[Path, model.Part]]:
    """Every part of a record that is a record of its own form, like a toll or a relation."""
    for name in _PARTS.get(type(record), ()):
        for i, part in enumerate(getattr(record, name)):
            yield (name, i), part


def references(record: model.Record) -> Iterator[Reference]:
    """Every id of another record that a record names."""
    if isinstance(record, model.Event):
        yield Reference(("type",), "types", record.type)
        if record.says:
            yield Reference(("says",), "actors", record.says)
    if isinstance(record, model.Event | model.Period):
        yield from (Reference(("places", i), "places", place.id) for i, place in enumerate(record.places))
    if isinstance(record, model.Place) and record.within:
        yield Reference(("within",), "places", record.within)
    for path, part in parts(record):
        if isinstance(part, model.Link):
            yield Reference((*path, "to"), "events", part.to)
        if isinstance(part, model.Toll) and part.at:
            yield Reference((*path, "at"), "places", part.at)
        if isinstance(part, _OfActor) and part.actor:
            yield Reference((*path, "actor"), "actors", part.actor)
        if isinstance(part, _Said) and part.says:
            yield Reference((*path, "says"), "actors", part.says)


def cites(record: model.Record) -> Iterator[tuple[Path, model.Cite]]:
    """Every cite of a record."""
    for i, cite in enumerate(record.cites):
        yield ("cites", i), cite
    for path, part in parts(record):
        if isinstance(part, _Cited):
            yield from (((*path, "cite", i), cite) for i, cite in enumerate(part.cite))
    if isinstance(record, model.Source) and record.as_of_cite:
        yield ("as_of_cite",), record.as_of_cite


def dates(record: model.Record) -> Iterator[Dated]:
    """Every date of a record; one without a cite of its own has the record's."""
    if isinstance(record, model.Event | model.Period):
        yield Dated(("date",), record, record.date, record.cites)
    if isinstance(record, model.Actor) and record.active:
        yield Dated(("active",), record, record.active, record.cites)
    if isinstance(record, model.Source) and record.as_of_cite:
        yield Dated(("as_of",), record, record.as_of, (record.as_of_cite,))
    for path, part in parts(record):
        if isinstance(part, model.AlsoDate | model.Relation | model.Strength | model.Party) and part.date:
            yield Dated((*path, "date"), part, part.date, part.cite or record.cites)
        if isinstance(part, model.Toll) and part.as_of:
            yield Dated((*path, "as_of"), part, part.as_of, part.cite or record.cites)


def calendars(record: model.Record) -> Iterator[Reckoned]:
    """Every date of a record as another calendar prints it; one without a cite of its own has the record's."""
    if isinstance(record, model.Event | model.Period):
        for foreign in record.calendars:
            yield Reckoned((foreign.calendar,), record, record.date, foreign, record.cites)
    for i, also in enumerate(record.also if isinstance(record, model.Event) else ()):
        for foreign in also.calendars:
            yield Reckoned(("also", i, foreign.calendar), also, also.date, foreign, also.cite or record.cites)


def other_ids(record: model.Record) -> Iterator[str]:
    """What others call a record, to find it by: each id, alone and after its scheme."""
    for scheme, ident in record.ids.items():
        yield from (ident, f"{scheme}:{ident}")


def names(record: model.Named) -> Iterator[tuple[Path, str]]:
    """Every name a record goes by."""
    yield ("id",), record.id
    yield ("name",), record.name
    if record.short:
        yield ("short",), record.short
    for i, alias in enumerate(record.aliases):
        yield ("aliases", i), alias
