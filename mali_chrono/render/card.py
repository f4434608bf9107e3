"""One event in full: what, when, where, who, every claim beside its rivals, and where each is said."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mali_chrono.answers.events import Card
from mali_chrono.cites import cite_words
from mali_chrono.dates.edtf import parse
from mali_chrono.dates.words import describe, utc_words
from mali_chrono.figures.reckon import range_text, read_range
from mali_chrono.kinds import TollKind
from mali_chrono.render.elsewhere import tell_elsewhere
from mali_chrono.render.look import Column
from mali_chrono.render.sheet import Sheet

CLAIMS = [Column("figure", right=True), *map(Column, ("kind", "of", "at", "who says so", "where"))]


def event_sheet(card: Card) -> Sheet:
    """An event as a sheet."""
    row = _read(card)
    facts = (*_tell_event(card, row), *_tell_toll(row, card.tolls), *_tell_context(card, row))
    return Sheet("event", row["id"], row["id"], facts, CLAIMS, list_claims(row, card.names, card.tolls), card.row)


def _read(card: Card) -> dict[str, Any]:
    import json

    row: dict[str, Any] = json.loads(card.row)
    return row


def _tell_event(card: Card, row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "what", row["title"]
    yield "when", f"{card.when}  [{row['date']}, {row['precision']}]"
    if instant := utc_words(row["date"]):
        yield "when", f"{instant} UTC"
    yield from tell_calendars(row)
    for also in row["also"]:
        cites = f" ({', '.join(also['cite'])})" if also["cite"] else ""
        printed = "".join(f", {words}" for _, words in tell_calendars(also))
        yield "when", f"{also['kind']} {also['date']}{printed}{cites}" + (f": {also['note']}" if also["note"] else "")
    yield "type", f"{row['type']} ({row['category']})"
    yield from (("where", place_words(place)) for place in row["places"])
    yield from (("who", actor_words(actor, card.names)) for actor in row["actors"])
    if row["certainty"] != "confirmed":
        yield "certainty", row["certainty"] + (f", {card.names[row['says']]} says" if row["says"] else "")


def tell_calendars(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """A date as other calendars print it: in words, and as it is written."""
    for printed in row["calendars"]:
        yield "when", f"{printed['when']}  [{printed['calendar']} {printed['date']}]"


def _tell_toll(row: dict[str, Any], tolls: Sequence[TollKind]) -> Iterator[tuple[str, str]]:
    yield from tell_figures(row, tolls)
    if row["disputed"]:
        yield "disputed", "no number satisfies all accounts"
    yield "summary", row["summary"]
    if row["note"]:
        yield "note", row["note"]


def _tell_context(card: Card, row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for kind, ident, title, when in card.links:
        yield "links", f"{kind} {ident}: {title} ({when})"
    for cite in row["cites"]:
        source, lines = cite_words(cite)
        yield "cites", f"{cite}: {card.sources.get(source, source)}, {lines}"
    if row["outlets"]:
        yield "outlets", ", ".join(row["outlets"])
    if row["tags"]:
        yield "tags", ", ".join(row["tags"])
    yield from tell_elsewhere(row)
    yield "entry", row["at"]


def place_words(place: dict[str, Any]) -> str:
    """A place of a json row for a reader: its name, region and point."""
    text: str = ("near " if place["near"] else "") + place["name"]
    if place["region"] and place["region"] != place["name"]:
        text += f", {place['region']}"
    if place["lat"] is not None:
        text += f"  ({place['lat']:.2f}, {place['lon']:.2f}; precision {place['precision']})"
    return text


def actor_words(actor: dict[str, Any], names: Mapping[str, str]) -> str:
    """One who took part, of a json row, for a reader: in which role, how certain, and who says so."""
    text: str = f"{actor['name']}: {actor['role']}"
    if actor["certainty"] != "confirmed":
        text += f", {actor['certainty']}"
    if actor["says"]:
        text += f", {names[actor['says']]} says"
    return text


def range_words(figures: dict[str, Any]) -> str:
    """A range of a json row for a reader: in short, and each end by name."""
    total = read_range(figures)
    return f"{range_text(total)}   (low {total.low}, best {total.best}, high {total.high}{'+' * total.open})"


def tell_figures(row: dict[str, Any], tolls: Sequence[TollKind]) -> Iterator[tuple[str, str]]:
    """What the claims of a json row come to, each kind under what stands above its column."""
    yield from ((toll.heading, range_words(row[toll.id])) for toll in tolls if row.get(toll.id))


def list_claims(row: dict[str, Any], names: Mapping[str, str], tolls: Sequence[TollKind]) -> list[list[str]]:
    """The claims of an event or period side by side, by kind (one of `tolls`), the rivals under each other."""
    claims = []
    kinds = [toll.id for toll in tolls]
    for toll in row["tolls"]:
        kind = next(kind for kind in kinds if kind in toll)
        says = names[toll["says"]] if toll["says"] else "the source itself"
        if toll["certainty"] != "confirmed":
            says += f" ({toll['certainty']})"
        if toll["as_of"]:
            says += f", {describe(parse(toll['as_of']))}"
        of = ", ".join(part for part in (names.get(toll["of"], toll["of"]), toll["who"]) if part)
        where = ", ".join(toll["cite"] or row["cites"])
        mark = " (best)" if toll["best"] else ""
        claims.append(
            [toll[kind] + mark, kind, of or "all", names.get(toll["at"], "") if toll["at"] else "", says, where]
        )
    return sorted(claims, key=lambda claim: kinds.index(claim[1]))
