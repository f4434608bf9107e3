"""What a table tells as events of a store, in the plain values of its files, and how an event is known again."""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from mali_chrono.dates.edtf import parse
from mali_chrono.intake.known import Known
from mali_chrono.intake.told import Told, Who
from mali_chrono.kinds import TAKES_PART
from mali_chrono.store.forms import nearest_slug
from mali_chrono.store.model import Event, SortKey, sort_key
from mali_chrono.store.rules.events import id_prefix

# An event has someone; a table need not name anyone.
NOBODY = Who("Not named", "Not named", "", TAKES_PART, 0)
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
_DATED = re.compile(r"(?:\d{3,4}(?:-\d\d){0,2}|bc-\d+)-[a-z]")


def event_id(told: Told, name: str) -> str:
    """The id of an event: its date's known digits, the map's name and what identifies the row; a store's own id
    stays where the date has its digits.

    What identifies a row never changes, so that the next export of the same data is known again by it.
    """
    begins = id_prefix(_bare(told.date))
    return told.id if is_own(told.id) and told.id.startswith(begins) else f"{begins}-{mark(told, name)}"


def is_own(ident: str) -> bool:
    """Whether what identifies a row is an event's id: it came out of a store."""
    return _SLUG.fullmatch(ident) is not None and _DATED.match(ident) is not None


def mark(told: Told, name: str) -> str:
    """What the id of an event ends with: the map's name and what identifies the row."""
    slug = re.sub("[^a-z0-9]+", "-", nearest_slug(told.id)).strip("-")
    if slug in (told.id.lower(), told.id):
        return f"{name}-{slug}"
    # An id has few letters: what it loses keeps rows apart.
    return "-".join(filter(None, (name, slug, sha256(told.id.encode()).hexdigest()[: 4 if slug else 12])))


def order_of(told: Told, ident: str) -> SortKey:
    """What an event is sorted by."""
    return sort_key(_bare(told.date, ident))


def _bare(date: str, ident: str = "") -> Event:
    return Event(id=ident, date=parse(date), title="", type="", summary="", places=(), actors=(), cites=())


def event_values(told: Told, ident: str, source: str, known: Known) -> dict[str, Any]:
    """The values of an event, as a store's reader gives them; what it names and the store lacks becomes a stub."""
    values: dict[str, Any] = {
        "id": ident,
        "date": told.date,
        "title": told.title,
        "type": known.type(told.type, told.group),
        "places": [known.place(told.where)],
        "actors": _actors(told, known),
    }
    cites = [f"{source}:{first}" + (f"-{last}" if last > first else "") for first, last in told.lines]
    tolls = [
        {count.kind: count.figure} | ({"of": count.of} if count.of else {}) | ({"cite": cites[0]} if cites[1:] else {})
        for count in told.counts
        if count.kind in known.words.toll_kinds
    ]
    if tolls:
        values["tolls"] = tolls
    values["cites"] = cites
    if told.outlets:
        values["outlets"] = list(told.outlets)
    values["summary"] = told.summary
    if told.notes:
        values["note"] = " ".join(told.notes)
    return values


def _actors(told: Told, known: Known) -> list[dict[str, str]]:
    """The parts of an event, each actor once in each role; what is sure counts before what is suspected."""
    if not told.actors:  # whichever role nobody has says nothing
        roles = known.words.roles
        role = next((role.id for role in roles if role.means == TAKES_PART), roles[0].id)
        return [{"actor": known.actor(NOBODY), "role": role}]
    parts: dict[tuple[str, str], str] = {}
    for who in sorted(told.actors, key=_by_certainty):
        ident = known.actor(who)
        parts.setdefault((ident, known.role(who, ident)), who.certainty)
    return [
        {"actor": actor, "role": role} | ({} if certainty == "confirmed" else {"certainty": certainty})
        for (actor, role), certainty in parts.items()
    ]


def _by_certainty(who: Who) -> bool:
    return who.certainty != "confirmed"


def differences(told: Told, event: Event, values: Mapping[str, Any]) -> list[str]:
    """What a row says otherwise than the event that holds it: `date 2020-07-31, here 2020-08-01`."""
    found = []
    if told.date != event.date.text:
        found.append(f"date {told.date}, held {event.date.text}")
    if values["type"] != event.type:
        found.append(f"type {values['type']}, held {event.type}")
    places = [str(place) for place in event.places]
    if values["places"][0] not in places:
        found.append(f"place {values['places'][0]}, held {', '.join(places)}")
    for toll in values.get("tolls", ()):
        kind, figure = next(iter(toll.items()))
        held = [one.figure.text for one in event.tolls if one.kind == kind]
        if figure not in held:
            found.append(f"{kind} {figure}, held {', '.join(held) or 'none'}")
    actors = {part["actor"] for part in values["actors"]}
    more = sorted(actors - {part.actor for part in event.actors})
    if more:
        found.append(f"also {', '.join(more)}")
    return found
