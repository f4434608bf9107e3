"""An event as it will be printed: its json row, and the text of every field. Made once, when the index is."""

from typing import Any

from mali_chrono.dates.clock import read_clock
from mali_chrono.dates.edtf import Date
from mali_chrono.dates.words import describe
from mali_chrono.figures.reckon import range_row, range_text
from mali_chrono.index.bodies import calendar_rows, day, others_of, place_of, toll_row
from mali_chrono.index.claims import Names
from mali_chrono.index.parties import Party, list_parties, who_words
from mali_chrono.kinds import ENDS
from mali_chrono.store import model
from mali_chrono.store.claims import Ranges


def where(event: model.Event | model.Period, names: Names) -> str:
    """The places as people write them: "near Hill, Ford"."""
    return ", ".join(("near " if ref.near else "") + names.places[ref.id].name for ref in event.places)


def _parties(event: model.Event, names: Names) -> list[Party]:
    return [Party(names.short(part.actor), part.role, part.certainty) for part in event.actors]


def toll_text(toll: model.Toll, names: Names) -> str:
    """One claim in words: "84+ killed, of A (B says)"."""
    of = names.short(toll.of) if toll.of in names.actors else toll.of
    text = f"{toll.figure.text} {toll.kind}" + (f", of {of}" if of else "") + (f", {toll.who}" if toll.who else "")
    if toll.at:
        text += f", at {names.places[toll.at].name}"
    return text + (f" ({names.short(toll.says)} says)" if toll.says else "")


def core(date: Date) -> dict[str, str | None] | None:
    """The days a date surely covers, for a json row."""
    return {"first": day(date.core[0]), "last": day(date.core[1])} if date.core else None


def time_of(date: Date) -> str | None:
    """The time of day of a date, as printed."""
    return date.text.partition("T")[2] or None if read_clock(date.text) else None


def row(event: model.Event, names: Names, found: Ranges) -> dict[str, Any]:
    """An event as a json row, `match` left for the question to fill; `found` is what `ranges` says of it."""
    kind = names.types[event.type]
    return {
        "id": event.id,
        "date": str(event.date),
        "earliest": day(event.date.earliest),
        "latest": day(event.date.latest),
        "core": core(event.date),
        "match": None,
        "precision": event.date.precision,
        "time": time_of(event.date),
        "calendars": calendar_rows(event.calendars),
        "title": event.title,
        "summary": event.summary,
        "type": event.type,
        "category": kind.category,
        "places": [_place(ref, names) for ref in event.places],
        "actors": [
            {
                "id": part.actor,
                "name": names.actors[part.actor].name,
                "role": part.role,
                "certainty": part.certainty,
                "says": part.says,
            }
            for part in event.actors
        ],
        **{kind: range_row(figures) for kind, figures in found.items()},
        "tolls": [toll_row(toll) for toll in event.tolls],
        "also": [_also(also) for also in event.also],
        "disputed": any(said.disputed for said in found.values() if said),
        "certainty": event.certainty,
        "says": event.says,
        "links": [{"to": link.to, "kind": link.kind} for link in event.links],
        "cites": [str(cite) for cite in event.cites],
        "outlets": list(event.outlets),
        "tags": list(event.tags),
        **others_of(event),
        "note": event.note,
        "at": place_of(event),
    }


def _also(also: model.AlsoDate) -> dict[str, Any]:
    return {
        "date": str(also.date),
        "calendars": calendar_rows(also.calendars),
        "kind": also.kind,
        "cite": [str(cite) for cite in also.cite],
        "note": also.note,
    }


def _place(ref: model.PlaceRef, names: Names) -> dict[str, Any]:
    place = names.places[ref.id]
    return {
        "id": place.id,
        "name": place.name,
        "near": ref.near,
        "region": place.region,
        "lat": place.lat,
        "lon": place.lon,
        "precision": place.precision,
    }


def _point(places: list[dict[str, Any]]) -> dict[str, float | None]:
    """The point of the first place that has one."""
    place = next((place for place in places if place["lat"] is not None), {})
    return {"lat": place.get("lat"), "lon": place.get("lon")}


def _ends(found: Ranges) -> dict[str, int | None]:
    """Low, best and high of the first kind of toll, each by itself."""
    return {f"{kind}_{end}": said and getattr(said, end) for kind, said in [*found.items()][:1] for end in ENDS[:3]}


def texts(event: model.Event, values: dict[str, Any], names: Names, found: Ranges) -> dict[str, Any]:
    """The text, or number, of every field that the index stores; None where there is nothing to show."""
    parties = _parties(event, names)
    shown = {
        "id": event.id,
        "date": str(event.date),
        "when": describe(event.date),
        "time": values["time"],
        "title": event.title,
        "summary": event.summary,
        "type": event.type,
        "category": values["category"],
        "places": where(event, names),
        **_point(values["places"]),
        "actors": list_parties(parties, label=True),
        "who": who_words(parties, names.words),
        **{kind: range_text(said) if said else None for kind, said in found.items()},
        **_ends(found),
        "tolls": "; ".join(toll_text(toll, names) for toll in event.tolls),
        "also": "; ".join(f"{also.kind} {describe(also.date)}" for also in event.also),
        "disputed": "yes" if values["disputed"] else None,
        "certainty": event.certainty,
        "says": names.short(event.says) if event.says else None,
        "outlets": ", ".join(event.outlets),
        "url": ", ".join(dict.fromkeys(url for cite in event.cites if (url := names.urls.get(cite.source)))),
        "ids": ", ".join(f"{scheme}:{ident}" for scheme, ident in event.ids.items()),
        "urls": ", ".join(event.urls),
        "note": event.note,
    }
    return {name: text or None if isinstance(text, str) else text for name, text in shown.items()}
