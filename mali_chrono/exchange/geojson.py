"""GeoJSON (RFC 7946): a feature for each event, at the points of its places; without one its geometry is null.

How exact a point is stands among the properties: `where_precision` is the coarsest of those drawn (1 exact, 2 near, 3
district, 4 region, 5 fuzzy, 6 country).
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from mali_chrono.answers.about import About
from mali_chrono.exchange.telling import Row, cited, pointed, printed_as, titles, when, where, who
from mali_chrono.exchange.written import Written
from mali_chrono.kinds import ENDS
from mali_chrono.render.elsewhere import addresses
from mali_chrono.render.jsontext import block, dump

# What stands among the properties as it stands in a json row.
_KEPT = (
    "title", "date", "earliest", "latest", "precision", "time", "match", "type", "category", "disputed", "certainty",
    "summary", "note",
)  # fmt: skip


def write(rows: Iterable[Row], about: About) -> Written:
    """A collection of features, one a line; where it comes from stands beside them."""
    from_where = dump(
        {
            "title": about.title,
            "store": about.store,
            "revision": about.revision,
            "version": about.version,
            "question": about.question,
            "today": about.today,
        }
    )
    return Written(_pieces(f'{{"type": "FeatureCollection", "chrono": {from_where}, "features": ', rows, about))


def _pieces(before: str, rows: Iterable[Row], about: About) -> Iterator[str]:
    named, tolls = titles(about), about.words.toll_kinds
    yield before
    yield from block(dump(_feature(row, named, tolls)) for row in rows)
    yield "}\n"


def _feature(row: Row, named: dict[str, str], tolls: Sequence[str]) -> dict[str, Any]:
    drawn = pointed(row["places"])
    properties = {key: row[key] for key in _KEPT}
    properties |= {"when": when(row), "printed_as": printed_as(row) or None, "where": where(row), "who": who(row)}
    # Plain values: a map's table has no objects in its cells.
    properties["where_precision"] = max((place["precision"] for place in drawn), default=None)
    properties["where_near"] = any(place["near"] for place in drawn)
    for kind in tolls:
        for end in ENDS:
            properties[f"{kind}_{end}"] = row[kind] and row[kind][end]
    properties["places"] = [{key: place[key] for key in ("id", "name", "near", "precision")} for place in row["places"]]
    properties["sources"] = cited(row["cites"], named)
    properties["sameAs"] = addresses(row)
    return {"type": "Feature", "id": row["id"], "geometry": _geometry(drawn), "properties": properties}


def _geometry(places: Sequence[Row]) -> dict[str, Any] | None:
    """A point, or several; longitude first (RFC 7946, 3.1.1)."""
    points = list(dict.fromkeys((place["lon"], place["lat"]) for place in places))
    if not points:
        return None
    if len(points) == 1:
        return {"type": "Point", "coordinates": points[0]}
    return {"type": "MultiPoint", "coordinates": points}
