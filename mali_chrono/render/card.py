"""One event in full: what, when, where, who, every claim beside its rivals, and where each is said."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from mali_chrono.answers.events import Card
from mali_chrono.figures.reckon import Range, range_text
from mali_chrono.kinds import TOLL_KINDS
from mali_chrono.render.console import draw, rule
from mali_chrono.render.jsontext import SCHEMA
from mali_chrono.render.look import Look
from mali_chrono.render.plain import lines

LABEL = 10


def cards(shape: str, found: Sequence[Card], look: Look) -> str:
    """Cards for a terminal (table), a pipe (plain) or a program (json)."""
    if shape == "json":
        rows = ",\n".join(card.row for card in found)
        return f'{{"schema": "{SCHEMA}", "events": [\n{rows}\n]}}\n'
    if shape == "plain":
        return "\n".join("".join(_plain(card)) for card in found)
    width = min(look.width or 100, 120)
    return draw((part for card in found for part in _table(card, width, look)), width, look)


def _plain(card: Card) -> Iterator[str]:
    row = json.loads(card.row)
    for label, text in _facts(card, row):
        yield f"{label:<{LABEL}}{text}\n"
    if claims := _claims(card, row):
        yield "\n" + lines(CLAIM_HEADERS, claims, [True] + [False] * (len(CLAIM_HEADERS) - 1))


def _table(card: Card, width: int, look: Look) -> Iterator[Any]:
    from rich.table import Table
    from rich.text import Text

    row = json.loads(card.row)
    yield rule(row["id"], width, look)
    facts = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1, 0, 0))
    facts.add_column(width=LABEL - 1)
    facts.add_column(overflow="fold", ratio=1)
    for label, text in _facts(card, row):
        facts.add_row(Text(label, style="dim"), Text(text, style="bold" if label == "what" else ""))
    yield facts
    if claims := _claims(card, row):
        yield Text()
        grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        for i, header in enumerate(CLAIM_HEADERS):
            grid.add_column(header, justify="left" if i else "right", overflow="fold")
        for claim in claims:
            grid.add_row(*(Text(cell) for cell in claim))
        yield grid
    yield Text()


def _facts(card: Card, row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The card's lines: a label and a text each; a label stands once for all its lines."""
    before = ""
    for label, text in (*_happened(card, row), *_said(row), *_around(card, row)):
        yield "" if label == before else label, text
        before = label


def _happened(card: Card, row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "what", row["title"]
    yield "when", f"{card.when}  [{row['date']}, {row['precision']}]"
    for also in row["also"]:
        yield (
            "when",
            f"{also['kind']} {also['date']}" + _in(also["cite"]) + (f": {also['note']}" if also["note"] else ""),
        )
    yield "type", f"{row['type']} ({row['category']})"
    yield from (("where", _place(place)) for place in row["places"])
    yield from (("who", _actor(actor, card)) for actor in row["actors"])
    if row["certainty"] != "confirmed":
        yield "certainty", row["certainty"] + (f", {card.names[row['says']]} says" if row["says"] else "")


def _said(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from ((kind, _range(row[kind])) for kind in TOLL_KINDS if row[kind])
    if row["disputed"]:
        yield "disputed", "no number satisfies all accounts"
    yield "summary", row["summary"]
    if row["note"]:
        yield "note", row["note"]


def _around(card: Card, row: dict[str, Any]) -> Iterator[tuple[str, str]]:
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


def _range(said: dict[str, Any]) -> str:
    found = Range(said["low"], said["best"], said["high"], said["open"], disputed=False)
    return f"{range_text(found)}   (low {found.low}, best {found.best}, high {found.high}{'+' * found.open})"


CLAIM_HEADERS = ("figure", "kind", "of", "at", "who says so", "where")


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


def _in(cites: Sequence[str]) -> str:
    return f" ({', '.join(cites)})" if cites else ""
