"""The json of records other than events, as types."""

from typing import Any, NotRequired, TypedDict

from mali_chrono.rows import Figures, Foreign, Toll

Query = dict[str, Any]  # what was asked, with names as ids and times as days


class Envelope(TypedDict):
    """What every answer says of itself: the contract that its keys keep."""

    schema: str


class Party(TypedDict):
    """Who took which side in a period, and when."""

    id: str
    side: str | None
    date: str | None


class Period(TypedDict):
    """What lasts; of an actor that counts as a period only what an actor has. Each kind of toll may be a key."""

    id: str
    name: str
    kind: str
    date: str
    earliest: str | None
    latest: str | None
    calendars: NotRequired[list[Foreign]]
    places: NotRequired[list[str]]
    actors: NotRequired[list[Party]]
    killed: NotRequired[Figures]
    wounded: NotRequired[Figures]
    abducted: NotRequired[Figures]
    missing: NotRequired[Figures]
    captured: NotRequired[Figures]
    released: NotRequired[Figures]
    arrested: NotRequired[Figures]
    displaced: NotRequired[Figures]
    tolls: NotRequired[list[Toll]]
    summary: NotRequired[str | None]
    cites: list[str]
    ids: NotRequired[dict[str, str]]
    urls: NotRequired[list[str]]
    note: NotRequired[str | None]
    at: str


class Strength(TypedDict):
    """How many an actor is said to have been; `when` is the date in words."""

    figure: str
    date: str | None
    when: str | None
    who: str | None
    says: str | None
    cite: list[str]
    note: str | None


class Relation(TypedDict):
    """What an actor is to its target, or the office it holds; of a line of descent also who came before whom."""

    actor: str
    kind: str
    target: str | None
    office: str | None
    date: str | None
    certainty: str
    says: str | None
    cites: list[str]
    note: str | None
    earlier: NotRequired[str]
    later: NotRequired[str]


class Actor(TypedDict):
    """An actor's record."""

    id: str
    name: str
    short: str | None
    aliases: list[str]
    kind: str
    active: str | None
    strength: list[Strength]
    summary: str | None
    cites: list[str]
    ids: dict[str, str]
    urls: list[str]
    note: str | None
    at: str
    relations: NotRequired[list[Relation]]


class PlaceRecord(TypedDict):
    """A place's record."""

    id: str
    name: str
    aliases: list[str]
    kind: str | None
    region: str | None
    within: str | None
    lat: float | None
    lon: float | None
    precision: int
    ids: dict[str, str]
    urls: list[str]
    note: str | None
    at: str


class Type(TypedDict):
    """An event type's record."""

    id: str
    name: str
    aliases: list[str]
    category: str
    acled: str | None
    removes: bool
    founds: bool
    dissolves: bool
    ids: dict[str, str]
    urls: list[str]
    note: str | None
    at: str


class Problem(TypedDict):
    """One thing wrong; `line` and `column` count from 1 (0: the file as a whole), `excerpt` is that line."""

    file: str
    line: int
    column: int
    rule: str
    message: str
    hint: str
    severity: str
    excerpt: str
    record: NotRequired[str]
