"""The json of a record held against a dataset, as types."""

from typing import TypedDict

from mali_chrono.contract.records import Envelope, Query
from mali_chrono.rows import Figures


class Dataset(TypedDict):
    """The dataset as it was read; `counted`: rows that the totals count, null where filters ask what no row tells."""

    file: str
    map: str
    vintage: str
    rows: int
    events: int
    left_out: list[str]
    counted: int | None


class ComparedEvent(TypedDict):
    """An event of the record; its `figures` stand under the kinds of toll that are compared."""

    id: str
    title: str
    when: str
    places: str
    who: str
    type: str
    figures: dict[str, Figures | None]


class ComparedRow(TypedDict):
    """A row of the dataset; `counts` has the number of each kind of toll that is compared and that it tells."""

    id: str
    line: int
    date: str | None
    place: str
    region: str | None
    country: str | None
    lat: float | None
    lon: float | None
    type: str
    who: str
    counts: dict[str, int]
    notes: str


class Point(TypedDict):
    """What one feature adds to a likeness."""

    feature: str
    case: str
    value: float


class Likeness(TypedDict):
    """How like an event and a row are: the sum of `points`; days and kilometres apart."""

    likeness: float
    days: int | None
    km: int | None
    points: list[Point]


class ComparedMatch(Likeness):
    """An event and the row offered for it; `others` are rows of the same incident."""

    event: ComparedEvent
    row: ComparedRow
    others: list[ComparedRow]
    differs: list[str]


class Liked(Likeness):
    """An event and a row that are not offered as one, by their ids."""

    event: str
    row: str


class EventAlone(ComparedEvent):
    """An event without a row, and why."""

    reason: str
    why: str
    likest: list[Liked]


class RowAlone(ComparedRow):
    """A row without an event, and why."""

    reason: str
    why: str
    likest: list[Liked]


class InCommon(TypedDict):
    """Something that matches have in common, and in how many of how many; of a toll its `kind`."""

    feature: str
    what: str
    matches: int
    of: int
    kind: str | None


class ComparedTotal(TypedDict):
    """A month or region: events, rows, the rows that an event has; the sums of both by the kind of toll."""

    name: str
    events: int
    figures: dict[str, Figures | None]
    rows: int
    counts: dict[str, int]
    matched: int


class ComparePage(Envelope):
    """`chrono compare`."""

    query: Query
    dataset: Dataset
    notes: list[str]
    matches: list[ComparedMatch]
    common: list[InCommon]
    events: list[EventAlone]
    rows: list[RowAlone]
    months: list[ComparedTotal]
    regions: list[ComparedTotal]
