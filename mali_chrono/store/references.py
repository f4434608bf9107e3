"""What a record refers to, cites and is called, each with the path of names and positions to where it stands."""

from collections.abc import Iterator
from typing import Any

from mali_chrono.store import model

Path = tuple[str | int, ...]


def every(chronology: model.Chronology) -> Iterator[tuple[str, Any]]:
    """Every record with its kind."""
    for kind in ("types", "sources", "places", "actors", "periods", "events"):
        for record in getattr(chronology, kind):
            yield kind, record


def references(kind: str, record: Any) -> Iterator[tuple[Path, str, str | None]]:
    """Every reference of a record: where it stands, what kind of record it names, and the id."""
    if kind == "events":
        yield ("type",), "type", record.type
        yield ("says",), "actor", record.says
        yield from ((("links", i, "to"), "event", link.to) for i, link in enumerate(record.links))
    if kind == "places":
        yield ("within",), "place", record.within
    if kind in ("events", "periods"):
        yield from ((("places", i), "place", place.id) for i, place in enumerate(record.places))
        yield from ((("tolls", i, "at"), "place", toll.at) for i, toll in enumerate(record.tolls))
    for name in ("actors", "tolls", "relations", "strength"):
        for i, part in enumerate(getattr(record, name, ())):
            yield (name, i, "actor"), "actor", getattr(part, "actor", None)
            yield (name, i, "says"), "actor", getattr(part, "says", None)


def cites(kind: str, record: Any) -> Iterator[tuple[Path, model.Cite]]:
    """Every cite of a record and where it stands."""
    for i, cite in enumerate(getattr(record, "cites", ())):
        yield ("cites", i), cite
    for name in ("tolls", "also", "relations", "strength", "actors"):
        for i, part in enumerate(getattr(record, name, ())):
            for j, cite in enumerate(getattr(part, "cite", ())):
                yield (name, i, "cite", j), cite
    if kind == "sources" and record.as_of_cite:
        yield ("as_of_cite",), record.as_of_cite


def names(record: Any) -> Iterator[tuple[Path, str]]:
    """Every name a record goes by and where it stands."""
    yield ("id",), record.id
    yield ("name",), record.name
    if short := getattr(record, "short", None):
        yield ("short",), short
    for i, alias in enumerate(getattr(record, "aliases", ())):
        yield ("aliases", i), alias
