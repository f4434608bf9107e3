"""Places around a point: NAME:50km -> the places whose points lie within 50 km of that one's."""

import re
import sqlite3

from mali_chrono.answers.names import resolve
from mali_chrono.earth import distance
from mali_chrono.errors import UsageError
from mali_chrono.kinds import VAGUE


def resolve_place(connection: sqlite3.Connection, key: str, text: str) -> list[str]:
    """The ids of a place, or with `:50km` of the places around it.

    Raises UsageError on an unknown name or one without a point.
    """
    match = re.fullmatch(r"(.+):\s*(\d{1,5}(?:\.\d+)?)\s*(?:km)\s*", text, re.IGNORECASE)
    if match is None:
        return resolve(connection, key, text)
    (ident,) = resolve(connection, key, match[1])
    rows = connection.execute("SELECT id, lat, lon, precision FROM place WHERE lat IS NOT NULL").fetchall()
    centre = next(((lat, lon) for place, lat, lon, _ in rows if place == ident), None)
    if centre is None:
        raise UsageError(f"--place '{text}': '{ident}' has no point on the map")
    near = float(match[2])
    return [
        place for place, lat, lon, precision in rows
        if place == ident or (precision < VAGUE and distance(centre, (lat, lon)) <= near)
    ]  # fmt: skip
