"""The rows of answers as types: what their json says, key by key. README tells what the keys mean."""

from typing import Literal, NotRequired, TypedDict

Match = Literal["must", "may", "covers"]


class Figures(TypedDict):
    """What claims come to; `open`: the true number may be higher than `high`."""

    low: int
    best: int
    high: int
    open: bool


class Days(TypedDict):
    """From and to, as ISO 8601 days."""

    first: str | None
    last: str | None


class Place(TypedDict):
    """Where an event was, or near where."""

    id: str
    name: str
    near: bool
    region: str | None
    lat: float | None
    lon: float | None
    precision: int


class Part(TypedDict):
    """Who took part in an event, how, and how certain that is."""

    id: str
    name: str
    role: str
    certainty: str
    says: str | None


class Foreign(TypedDict):
    """A date as another calendar prints it: in numbers, in words, and the Gregorian days it is."""

    calendar: str
    date: str
    when: str
    earliest: str | None
    latest: str | None


class Also(TypedDict):
    """Another date that belongs to an event."""

    date: str
    calendars: list[Foreign]
    kind: str
    cite: list[str]
    note: str | None


class Link(TypedDict):
    """Another event, and what it is to this one."""

    to: str
    kind: str


class Toll(TypedDict):
    """One claim of one figure, as it is written; its kind is a key."""

    killed: NotRequired[str]
    wounded: NotRequired[str]
    abducted: NotRequired[str]
    missing: NotRequired[str]
    captured: NotRequired[str]
    released: NotRequired[str]
    arrested: NotRequired[str]
    displaced: NotRequired[str]
    of: str | None
    who: str | None
    says: str | None
    at: str | None
    as_of: str | None
    certainty: str
    cite: list[str]
    best: bool


class Skip(TypedDict):
    """Lines of a document, or a date on them, that hold no occurrence."""

    lines: str | None
    date: str | None
    reason: str


class Stretch(TypedDict):
    """Lines of a document that the same events cite together, and how many other records do."""

    lines: str
    events: list[str]
    others: int


class Event(TypedDict):
    """An event; each of its `tolls` has the kind of toll as a key. `via` are members through which alone it matched.

    Figures stand under the kinds of toll that the store has; these are the usual ones.
    """

    id: str
    date: str
    earliest: str | None
    latest: str | None
    core: Days | None
    match: Match
    precision: str
    time: str | None
    calendars: list[Foreign]
    title: str
    summary: str | None
    type: str
    category: str
    places: list[Place]
    actors: list[Part]
    killed: NotRequired[Figures | None]
    wounded: NotRequired[Figures | None]
    abducted: NotRequired[Figures | None]
    missing: NotRequired[Figures | None]
    captured: NotRequired[Figures | None]
    released: NotRequired[Figures | None]
    arrested: NotRequired[Figures | None]
    displaced: NotRequired[Figures | None]
    tolls: list[Toll]
    also: list[Also]
    disputed: bool
    certainty: str
    says: str | None
    links: list[Link]
    cites: list[str]
    outlets: list[str]
    tags: list[str]
    ids: dict[str, str]
    urls: list[str]
    note: str | None
    at: str
    via: NotRequired[list[str]]


class Value(TypedDict):
    """A value of a kind: what a filter takes, its name, how many events have it, the first and the last in words.

    A kind of toll says of what it is and what its sum means: "added", "level" or "never".
    """

    id: str
    name: str
    events: int
    first: str
    last: str
    unit: NotRequired[str]
    sum: NotRequired[str]


class Side(TypedDict):
    """The dead of the events in which an actor had a part."""

    killed: NotRequired[Figures | None]
    events: int
    without_figure: int
    in_doubt: int
    denied: int


class Listed(TypedDict):
    """An actor of the list of actors: its events, in all and by year, the dead it caused and suffered."""

    id: str
    name: str
    short: str
    kind: str
    active: str | None
    events: int
    first: str
    last: str
    years: dict[str, int]
    caused: Side
    suffered: Side


class Document(TypedDict):
    """A source document; one asked for by its id has `stretches`, a list of them `cited` and `events`."""

    id: str
    title: str
    author: str | None
    publisher: str | None
    url: str | None
    as_of: str
    when: NotRequired[str]
    licence: str | None
    file: str | None
    sha256: str | None
    lines: int | None
    pages: int | None
    format: str | None
    map: str | None
    unverifiable: str | None
    summary: str | None
    ids: dict[str, str]
    urls: list[str]
    note: str | None
    skip: list[Skip]
    at: str
    cited: NotRequired[int]
    events: NotRequired[int]
    stretches: NotRequired[list[Stretch]]


class Note(TypedDict):
    """What a reader must know of a summary's numbers, and the events it is about."""

    text: str
    ids: list[str]
