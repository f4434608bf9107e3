"""Records other than events as json objects."""

from collections.abc import Iterable
from typing import Any

from mali_chrono.dates.calendars import Foreign, foreign_words
from mali_chrono.dates.days import iso_day
from mali_chrono.dates.edtf import Date
from mali_chrono.dates.words import describe
from mali_chrono.figures.reckon import range_row
from mali_chrono.store import model
from mali_chrono.store.claims import Ranges
from mali_chrono.store.settings import Settings


def day(ordinal: int | None) -> str | None:
    """An ordinal as an ISO 8601 day; None when open."""
    return None if ordinal is None else iso_day(ordinal)


def calendar_rows(calendars: Iterable[Foreign]) -> list[dict[str, Any]]:
    """A date as other calendars print it, each with the Gregorian days that it is."""
    return [
        {
            "calendar": foreign.calendar,
            "date": foreign.text,
            "when": foreign_words(foreign),
            **dict(zip(("earliest", "latest"), map(day, foreign.days), strict=True)),
        }
        for foreign in calendars
    ]


def place_of(record: model.Record) -> str:
    """Where a record stands: "data/events.yaml:1234"."""
    return f"{record.path}:{record.line}"


def others_of(record: model.Record) -> dict[str, Any]:
    """What others call it and where the web tells of it, for a json object."""
    return {"ids": dict(record.ids), "urls": list(record.urls)}


def actor_row(actor: model.Actor) -> dict[str, Any]:
    """An actor's json object, without its relations."""
    return {
        "id": actor.id,
        "name": actor.name,
        "short": actor.short,
        "aliases": list(actor.aliases),
        "kind": actor.kind,
        "active": str(actor.active) if actor.active else None,
        "strength": [_strength(strength) for strength in actor.strength],
        "summary": actor.summary,
        "cites": [str(cite) for cite in actor.cites],
        **others_of(actor),
        "note": actor.note,
        "at": place_of(actor),
    }


def _strength(strength: model.Strength) -> dict[str, Any]:
    return {
        "figure": strength.figure.text,
        "date": str(strength.date) if strength.date else None,
        "when": describe(strength.date) if strength.date else None,
        "who": strength.who,
        "says": strength.says,
        "cite": [str(cite) for cite in strength.cite],
        "note": strength.note,
    }


def place_row(place: model.Place) -> dict[str, Any]:
    """A place's json object."""
    return {
        "id": place.id,
        "name": place.name,
        "aliases": list(place.aliases),
        "kind": place.kind,
        "region": place.region,
        "within": place.within,
        "lat": place.lat,
        "lon": place.lon,
        "precision": place.precision,
        **others_of(place),
        "note": place.note,
        "at": place_of(place),
    }


def type_row(kind: model.EventType) -> dict[str, Any]:
    """An event type's json object."""
    return {
        "id": kind.id,
        "name": kind.name,
        "aliases": list(kind.aliases),
        "category": kind.category,
        "acled": kind.acled,
        "removes": kind.removes,
        "founds": kind.founds,
        "dissolves": kind.dissolves,
        **others_of(kind),
        "note": kind.note,
        "at": place_of(kind),
    }


def source_row(source: model.Source) -> dict[str, Any]:
    """A document's json object, without who cites it."""
    return {
        "id": source.id,
        "title": source.title,
        "author": source.author,
        "publisher": source.publisher,
        "url": source.url,
        "as_of": str(source.as_of),
        "when": describe(source.as_of),
        "licence": source.licence,
        "file": source.file or None,
        "sha256": source.sha256 or None,
        "lines": None if source.unverifiable else source.lines,
        "pages": source.pages,
        "format": source.format or None,
        "map": source.map,
        "unverifiable": source.unverifiable,
        "summary": source.summary,
        **others_of(source),
        "note": source.note,
        "skip": [{"lines": skip.lines, "date": skip.date, "reason": skip.reason} for skip in source.skip],
        "at": place_of(source),
    }


def settings_row(settings: Settings) -> dict[str, Any]:
    """What a store says of itself, as a json object."""
    return {"name": settings.name, "language": settings.language, "title_length": settings.title_length}


def toll_row(toll: model.Toll) -> dict[str, Any]:
    """One claim as it is written."""
    return {
        toll.kind: toll.figure.text,
        "of": toll.of,
        "who": toll.who,
        "says": toll.says,
        "at": toll.at,
        "as_of": str(toll.as_of) if toll.as_of else None,
        "certainty": toll.certainty,
        "cite": [str(cite) for cite in toll.cite],
        "best": toll.best,
    }


def period_row(period: model.Period, ranges: Ranges) -> dict[str, Any]:
    """A period's json object; `ranges` is what its tolls come to."""
    return {
        "id": period.id,
        "name": period.name,
        "kind": period.kind,
        **_bounds(period.date),
        "calendars": calendar_rows(period.calendars),
        "places": [ref.id for ref in period.places],
        "actors": [{"id": p.actor, "side": p.side, "date": str(p.date) if p.date else None} for p in period.actors],
        **{kind: range_row(figures) for kind, figures in ranges.items() if figures},
        "tolls": [toll_row(toll) for toll in period.tolls],
        "summary": period.summary,
        "cites": [str(cite) for cite in period.cites],
        **others_of(period),
        "note": period.note,
        "at": place_of(period),
    }


def lasting_row(actor: model.Actor, active: Date) -> dict[str, Any]:
    """The json object of a mission or state as what lasts."""
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        **_bounds(active),
        "cites": [str(cite) for cite in actor.cites],
        "at": place_of(actor),
    }


def _bounds(date: Date) -> dict[str, Any]:
    return {"date": str(date), "earliest": day(date.earliest), "latest": day(date.latest)}
