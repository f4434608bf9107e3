"""What stands behind events and is not in their json rows: codes, countries, periods; for other programs."""

import sqlite3
from collections.abc import Mapping
from typing import Any, NamedTuple

# The precision of a place that is a whole country.
COUNTRY = 6


class Background(NamedTuple):
    """By id: each type's ACLED sub-event type (none: it has none), each actor's kind, the country each place lies in.

    `periods` are the json objects of what lasted, without missions and states, in the order of the store.
    """

    acled: Mapping[str, str | None]
    kinds: Mapping[str, str]
    countries: Mapping[str, str | None]
    periods: tuple[dict[str, Any], ...]


def read_background(connection: sqlite3.Connection) -> Background:
    """What stands behind the events of a store, out of its index."""
    types = {row["id"]: row["acled"] for row in _bodies(connection, "type")}
    places = {row["id"]: row for row in _bodies(connection, "place")}
    return Background(
        {ident: None if acled == "none" else acled for ident, acled in types.items()},
        dict(connection.execute("SELECT id, kind FROM actor").fetchall()),
        {ident: _country(ident, places) for ident in places},
        tuple(_bodies(connection, "period")),
    )


def _bodies(connection: sqlite3.Connection, kind: str) -> list[dict[str, Any]]:
    import json

    rows = connection.execute("SELECT body FROM record WHERE kind = ? ORDER BY rowid", (kind,))
    return [json.loads(body) for (body,) in rows]


def _country(ident: str, places: Mapping[str, Mapping[str, Any]]) -> str | None:
    """The name of the country that a place is or lies in; None where the gazetteer does not say."""
    place: Mapping[str, Any] | None = places[ident]
    while place and place["precision"] != COUNTRY:
        place = places.get(place["within"] or "")
    return str(place["name"]) if place else None
