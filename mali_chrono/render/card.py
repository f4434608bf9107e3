"""One event in full: what, when, where, who, every claim beside its rivals, and where each is said."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from mali_chrono.answers.events import Card
from mali_chrono.figures.reckon import Range, range_text
from mali_chrono.kinds import TOLL_KINDS
from mali_chrono.render import console, jsontext, plain
from mali_chrono.render.look import Column, Look
from mali_chrono.text import counted

LABEL, WIDEST = 10, 120
CLAIMS = [Column("figure", right=True), *map(Column, ("kind", "of", "at", "who says so", "where"))]


class Cards(NamedTuple):
    """Events in full, and the store they are from."""

    cards: Sequence[Card]
    store: str


def _json(view: Cards, look: Look) -> str:  # noqa: ARG001
    return jsontext.envelope(None, {"events": [card.row for card in view.cards]})


def _plain(view: Cards, look: Look) -> str:  # noqa: ARG001
    return "\n".join("".join(_lines(card)) for card in view.cards)


def _lines(card: Card) -> Iterator[str]:
    row = _read(card)
    yield plain.facts(_facts(card, row), LABEL)
    if claims := _claims(card, row):
        yield "\n" + plain.table(CLAIMS, claims)


def _table(view: Cards, look: Look) -> str:
    width = min(look.width or console.UNKNOWN, WIDEST)
    parts = [part for card in view.cards for part in _parts(card, width, look)]
    return console.draw([*parts, console.closing(counted(len(view.cards), "event"), view.store)], width, look)


FORMATS = {"table": _table, "plain": _plain, "json": _json}


def _parts(card: Card, width: int, look: Look) -> Iterator[Any]:
    from rich.text import Text

    row = _read(card)
    yield console.rule(row["id"], width, look)
    styled = ((label, Text(text, style="bold" if label == "what" else "")) for label, text in _facts(card, row))
    yield console.facts(styled, LABEL)
    if claims := _claims(card, row):
        yield Text()
        yield console.grid(CLAIMS, claims)
    yield Text()


def _read(card: Card) -> dict[str, Any]:
    import json

    row: dict[str, Any] = json.loads(card.row)
    return row


def _facts(card: Card, row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The card's lines: a label and a text each; a label stands once for all its lines."""
    return plain.label_once((*_tell_event(card, row), *_tell_toll(row), *_tell_context(card, row)))


def _tell_event(card: Card, row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "what", row["title"]
    yield "when", f"{card.when}  [{row['date']}, {row['precision']}]"
    for also in row["also"]:
        cites = f" ({', '.join(also['cite'])})" if also["cite"] else ""
        yield "when", f"{also['kind']} {also['date']}{cites}" + (f": {also['note']}" if also["note"] else "")
    yield "type", f"{row['type']} ({row['category']})"
    yield from (("where", _place(place)) for place in row["places"])
    yield from (("who", _actor(actor, card)) for actor in row["actors"])
    if row["certainty"] != "confirmed":
        yield "certainty", row["certainty"] + (f", {card.names[row['says']]} says" if row["says"] else "")


def _tell_toll(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from ((kind, _range(row[kind])) for kind in TOLL_KINDS if row[kind])
    if row["disputed"]:
        yield "disputed", "no number satisfies all accounts"
    yield "summary", row["summary"]
    if row["note"]:
        yield "note", row["note"]


def _tell_context(card: Card, row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for kind, ident, title, when in card.links:
        yield "links", f"{kind} {ident}: {title} ({when})"
    for cite in row["cites"]:
        source, _, where = cite.partition(":")
        yield "cites", f"{cite}: {card.sources.get(source, source)}, line{'s' * ('-' in where)} {where}"
    if row["outlets"]:
        yield "outlets", ", ".join(row["outlets"])
    if row["tags"]:
        yield "tags", ", ".join(row["tags"])
    yield "entry", row["at"]


def _place(place: dict[str, Any]) -> str:
    text: str = ("near " if place["near"] else "") + place["name"]
    if place["region"] and place["region"] != place["name"]:
        text += f", {place['region']}"
    if place["lat"] is not None:
        text += f"  ({place['lat']:.2f}, {place['lon']:.2f}; precision {place['precision']})"
    return text


def _actor(actor: dict[str, Any], card: Card) -> str:
    text: str = f"{actor['name']}: {actor['role']}"
    if actor["certainty"] != "confirmed":
        text += f", {actor['certainty']}"
    if actor["says"]:
        text += f", {card.names[actor['says']]} says"
    return text


def _range(figures: dict[str, Any]) -> str:
    total = Range(figures["low"], figures["best"], figures["high"], figures["open"], disputed=False)
    return f"{range_text(total)}   (low {total.low}, best {total.best}, high {total.high}{'+' * total.open})"


def _claims(card: Card, row: dict[str, Any]) -> list[list[str]]:
    """The claims side by side, by kind and claimant, the rivals under each other."""
    claims = []
    for toll in row["tolls"]:
        kind = next(kind for kind in TOLL_KINDS if kind in toll)
        says = card.names[toll["says"]] if toll["says"] else "the source itself"
        if toll["certainty"] != "confirmed":
            says += f" ({toll['certainty']})"
        of = ", ".join(part for part in (card.names.get(toll["of"], toll["of"]), toll["who"]) if part)
        where = ", ".join(toll["cite"] or row["cites"])
        mark = " (best)" if toll["best"] else ""
        claims.append(
            [toll[kind] + mark, kind, of or "all", card.names.get(toll["at"], "") if toll["at"] else "", says, where]
        )
    return sorted(claims, key=lambda claim: TOLL_KINDS.index(claim[1]))
