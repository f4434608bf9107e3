"""What a table tells as events of a store, in the plain values of its files, and how an event is known again."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from mali_chrono.dates.edtf import parse
from mali_chrono.figures.figure import parse_figure
from mali_chrono.figures.reckon import Range
from mali_chrono.intake.cells import fitted
from mali_chrono.intake.known import Known
from mali_chrono.intake.own import is_own
from mali_chrono.intake.told import Told, Who
from mali_chrono.kinds import TAKES_PART
from mali_chrono.schemes import read_id
from mali_chrono.store.claims import ranges_of
from mali_chrono.store.forms import slug_of
from mali_chrono.store.model import Event, SortKey, sort_key
from mali_chrono.store.rules.events import id_prefix

# An event has someone; a table need not name anyone.
NOBODY = Who("Not named", "Not named", "", TAKES_PART, 0)


def event_id(told: Told, name: str) -> str:
    """The id of an event: its date's known digits, the map's name and what identifies the row; a store's own id
    stays where the date has its digits.

    What identifies a row never changes, so that the next export of the same data is known again by it.
    """
    begins = id_prefix(_bare(told.date))
    return told.id if is_own(told.id) and told.id.startswith(begins) else f"{begins}-{mark(told, name)}"


def mark(told: Told, name: str) -> str:
    """What the id of an event ends with: the map's name and what identifies the row."""
    slug = slug_of(told.id)
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
        "title": fitted(told.titles, known.title_length),
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
    return values | ({"ids": ids} if (ids := ids_of(told, known.rule.name)) else {})


def ids_of(told: Told, name: str) -> dict[str, str]:
    """What a table calls an event, with the map's name for a scheme; nothing where it has no id, or a store's own."""
    if not told.named or is_own(told.id):
        return {}
    try:
        return {name: read_id(name, told.id)}
    except ValueError:  # no id of a scheme may be so long, or hold that
        return {}


def _actors(told: Told, known: Known) -> list[dict[str, str]]:
    """The parts of an event, each actor once in each role; what is sure counts before what is suspected."""
    if not told.actors:  # whichever role nobody has says nothing
        roles = known.words.roles
        role = next((role.id for role in roles if role.means == TAKES_PART), roles[0].id)
        return [{"actor": known.actor(NOBODY), "role": role}]
    parts: dict[tuple[str, str], str] = {}
    sides: dict[tuple[str, str], tuple[bool, int]] = {}
    for at, who in sorted(enumerate(told.actors), key=_by_certainty):
        ident = known.actor(who)
        part = ident, known.role(who, ident)
        parts.setdefault(part, who.certainty)
        sides[part] = min(sides.get(part, (True, at)), (known.is_list(who), at))
    return [
        {"actor": actor, "role": role} | ({} if certainty == "confirmed" else {"certainty": certainty})
        for (actor, role), certainty in sorted(parts.items(), key=lambda part: sides[part[0]])
    ]


def _by_certainty(who: tuple[int, Who]) -> bool:
    return who[1].certainty != "confirmed"


def differences(told: Told, event: Event, values: Mapping[str, Any], known: Known) -> list[str]:
    """What a row says otherwise than the event that holds it: `date 2020-07-31, held 2020-08-01`.

    A row that chrono wrote of the event itself says of a type what ACLED calls it, of a day no time, of figures what
    they come to.
    """
    found = []
    is_own_row = told.id == event.id
    if told.date != event.date.text and not (is_own_row and told.date == event.date.text.partition("T")[0]):
        found.append(f"date {told.date}, held {event.date.text}")
    if values["type"] != event.type and not known.is_called(event.type, told.type):
        found.append(f"type {values['type']}, held {event.type}")
    places = [str(place) for place in event.places]
    there = [place.lstrip("~") for place in places] if is_own_row else places
    if (values["places"][0].lstrip("~") if is_own_row else values["places"][0]) not in there:
        found.append(f"place {values['places'][0]}, held {', '.join(places)}")
    sums = ranges_of(event, known.words)
    for toll in values.get("tolls", ()):
        kind, figure = next(iter(toll.items()))
        held = [one.figure.text for one in event.tolls if one.kind == kind]
        if figure not in held and not _comes_to(figure, sums.get(kind)):
            found.append(f"{kind} {figure}, held {', '.join(held) or 'none'}")
    actors = {part["actor"] for part in values["actors"]}
    more = sorted(actors - {part.actor for part in event.actors})
    if more:
        found.append(f"also {', '.join(more)}")
    return found


def _comes_to(figure: str, held: Range | None) -> bool:
    """Whether a figure says what the claims of an event come to; `501+` may leave out a lower low."""
    said = parse_figure(figure)
    if held is None or (said.best, said.open) != (held.best, held.open):
        return False
    return (said.low, said.high) == (held.low, held.high) or (said.open and said.low == said.high == held.high)
