"""Records that are no events as sheets: actors, places, periods, documents and types."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from mali_chrono.answers.events import Card
from mali_chrono.answers.records import Record
from mali_chrono.render import console, history, profile, source
from mali_chrono.render.card import CLAIMS, event_sheet, list_claims, tell_calendars, tell_figures
from mali_chrono.render.elsewhere import tell_elsewhere
from mali_chrono.render.look import Look
from mali_chrono.render.sheet import Sheet

Body = dict[str, Any]
Facts = Iterator[tuple[str, str]]


def record_sheet(record: Card | Record, look: Look) -> Sheet:
    """Any record as a sheet."""
    if isinstance(record, Card):
        return event_sheet(record)
    body: Body = json.loads(record.body)
    return _SHEETS[record.ref.kind](record, body, look)


def _actor(record: Record, body: Body, look: Look) -> Sheet:
    if record.history is None:
        raise TypeError(record)
    width = min(look.width or console.UNKNOWN, history.WIDEST)
    (label, what), *rest = profile.tell_facts(record.history, width - history.LABEL, unicode=look.unicode)
    facts = [(label, f"{body['name']}, {what}"), *rest, ("more", f"chrono actor {body['id']}")]
    row = json.dumps(body | {"relations": history.relation_rows(record.history)}, ensure_ascii=False)
    return Sheet("actor", body["id"], profile.title(record.history), facts, (), (), row)


def _place(record: Record, body: Body, look: Look) -> Sheet:  # noqa: ARG001
    return Sheet("place", body["id"], body["id"], list(_tell_place(record, body)), (), (), record.body)


def _tell_place(record: Record, body: Body) -> Facts:
    yield "what", body["name"]
    if body["kind"]:
        yield "kind", body["kind"]
    if body["aliases"]:
        yield "also called", "; ".join(body["aliases"])
    within = body["within"] and record.names.get(body["within"], body["within"])
    yield "where", ", ".join(dict.fromkeys(filter(None, (within, body["region"])))) or "not told"
    if body["lat"] is not None:
        yield "point", f"{body['lat']:.2f}, {body['lon']:.2f}; precision {body['precision']}"
    yield from _tell_rest(record, body, f"chrono timeline --place {body['id']}")


def _type(record: Record, body: Body, look: Look) -> Sheet:  # noqa: ARG001
    return Sheet("type", body["id"], body["id"], list(_tell_type(record, body)), (), (), record.body)


def _tell_type(record: Record, body: Body) -> Facts:
    yield "what", body["name"]
    if body["aliases"]:
        yield "also called", "; ".join(body["aliases"])
    yield "category", body["category"]
    if body["acled"] != "none":
        yield "in ACLED", body["acled"]
    yield from _tell_rest(record, body, f"chrono timeline --type {body['id']}")


def _period(record: Record, body: Body, look: Look) -> Sheet:  # noqa: ARG001
    claims = list_claims(body, record.names, record.tolls)
    return Sheet("period", body["id"], body["id"], list(_tell_period(record, body)), CLAIMS, claims, record.body)


def _tell_period(record: Record, body: Body) -> Facts:
    if record.period is None:
        raise TypeError(record)
    yield "what", f"{body['name']} ({body['kind']})"
    yield "when", f"{record.period.words}  [{body['date']}]"
    yield from tell_calendars(body)
    if body["places"]:
        yield "where", ", ".join(record.names.get(place, place) for place in body["places"])
    for party in record.period.parties:
        side = f"{party.side}, " if party.side else ""
        yield "who", f"{record.names[party.actor]}: {side}{party.words}"
    yield from tell_figures(body, record.tolls)
    if body["summary"]:
        yield "summary", body["summary"]
    yield from _tell_rest(record, body, f"chrono timeline --in {body['id']}")


def _tell_rest(record: Record, body: Body, command: str) -> Facts:
    if body.get("note"):
        yield "note", body["note"]
    if body.get("cites"):
        yield "cites", ", ".join(body["cites"])
    yield from tell_elsewhere(body)
    yield "events", f"{record.events}: {command}"
    yield "entry", body["at"]


def _source(record: Record, body: Body, look: Look) -> Sheet:  # noqa: ARG001
    facts = list(source.tell_facts(body))
    return Sheet("source", body["id"], body["id"], facts, source.STRETCHES, source.stretches_of(body), record.body)


_SHEETS: dict[str, Callable[[Record, Body, Look], Sheet]] = {
    "actor": _actor, "place": _place, "period": _period, "source": _source, "type": _type,
}  # fmt: skip
