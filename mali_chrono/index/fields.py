"""The fields an answer can show: one list for every format. Cheap to import: it is on every command's path."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from mali_chrono.kinds import ENDS, TollKind

# Those that are put together when they are asked for, as are low, best and high of every kind of toll but the first:
# where an event stands, which moves with what stands above it, and what its json row has in the same words.
DERIVED = ("earliest", "latest", "core", "precision", "calendars", "region", "links", "cites", "tags", "at")
# How long after what --since names.
ELAPSED = "elapsed"


class Fields(NamedTuple):
    """The fields of an event in a store with some kinds of toll.

    `all` of them, in the order of a json row; those that the index has as text (`stored`), and those that are taken out
    of the json row (`derived`); those that a json row has beside its own keys only when --fields asks for them
    (`text_only`); those that answers show unless others are asked for (`timeline`, `csv`); and fields by the names that
    stand above their columns, which --fields takes too.
    """

    all: tuple[str, ...]
    stored: tuple[str, ...]
    derived: frozenset[str]
    text_only: frozenset[str]
    timeline: tuple[str, ...]
    csv: tuple[str, ...]
    headings: Mapping[str, str]


@lru_cache(8)
def fields_of(tolls: tuple[TollKind, ...]) -> Fields:
    """The fields of an event; each kind of toll has its low, best and high as fields too."""
    kinds = tuple(toll.id for toll in tolls)
    ends = tuple(f"{kind}_{end}" for kind in kinds for end in ENDS[:3])
    text = (
        "id", "date", "when", "earliest", "latest", "core", "precision", "time", "calendars", "title", "summary",
        "type", "category", "places", "lat", "lon", "region", "actors", "who", *kinds, *ends, "tolls", "also",
        "disputed", "certainty", "says", "links", "cites", "outlets", "url", "tags", "ids", "urls", "note", "at",
    )  # fmt: skip
    csv = (
        "id", "date", "earliest", "latest", "precision", "match", "title", "type", "category", "places", "region",
        "actors", *kinds[:1], *ends[:3], *kinds[1:], "disputed", "cites", "outlets", "tags", "summary", "note", "at",
    )  # fmt: skip
    derived = frozenset({*DERIVED, *ends[3:]})
    return Fields(
        (*text, "match", ELAPSED),
        tuple(field for field in text if field not in derived),
        derived,
        frozenset({"when", "lat", "lon", "region", "url", "who", ELAPSED, *ends}),
        ("when", "title", "places", "who", *kinds[:1]),
        csv,
        {"what": "title", "where": "places", **{toll.label: toll.id for toll in tolls if toll.label}},
    )
