"""The records of a chronology, frozen. They know nothing of files, printing or each other's meaning."""

from dataclasses import dataclass, field

from mali_chrono.dates.clock import read_clock
from mali_chrono.dates.edtf import Date
from mali_chrono.dates.spans import FAR, clip
from mali_chrono.figures.figure import Figure


@dataclass(frozen=True, slots=True)
class Cite:
    """Lines `first` to `last` of a source document, counted from 1."""

    source: str
    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.source}:{self.first}" + (f"-{self.last}" if self.last != self.first else "")

    def holds(self, other: "Cite") -> bool:
        """Whether the other cite's lines all lie within this one's."""
        return self.source == other.source and self.first <= other.first and other.last <= self.last


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """A place, or, written `~id`, somewhere near it."""

    id: str
    near: bool = False

    def __str__(self) -> str:
        return f"~{self.id}" if self.near else self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a file's top-level records share: `path` of the file, `line` and `column` where the record begins.

    `unread` names the fields that could not be read, with a stand-in in their place: `date`, or `tolls.killed`.
    """

    id: str
    note: str | None = None
    cites: tuple[Cite, ...] = ()
    ignore: dict[str, str] = field(default_factory=dict)
    path: str = ""
    line: int = field(default=0, compare=False, repr=False)
    column: int = field(default=0, compare=False, repr=False)
    unread: frozenset[str] = frozenset()

    def lacks(self, name: str) -> bool:
        """Whether a field could not be read, or something in it: `tolls` for `tolls.killed` too, and the other way."""
        return any(
            unread == name or unread.startswith(f"{name}.") or name.startswith(f"{unread}.") for unread in self.unread
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Record):
    """A record that people call by names; its `short` name is one of them, where it has one."""

    name: str
    short: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """An actor's part in an event; `says` names who puts it so when the certainty is not `confirmed`."""

    actor: str
    role: str
    certainty: str = "confirmed"
    says: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """One claim of one figure; `as_of` is when it was said."""

    kind: str
    figure: Figure
    of: str | None = None
    who: str | None = None
    says: str | None = None
    at: str | None = None
    as_of: Date | None = None
    certainty: str = "confirmed"
    cite: tuple[Cite, ...] = ()
    best: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AlsoDate:
    """Another date that belongs to an event: told, announced, planned, or covers."""

    date: Date
    kind: str
    cite: tuple[Cite, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """From a later event to an earlier one, or from a part to its whole."""

    to: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """One occurrence, with everything that is said of it and where."""

    date: Date
    title: str
    type: str
    summary: str
    places: tuple[PlaceRef, ...]
    actors: tuple[Participation, ...]
    tolls: tuple[Toll, ...] = ()
    also: tuple[AlsoDate, ...] = ()
    links: tuple[Link, ...] = ()
    cites: tuple[Cite, ...]
    outlets: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    certainty: str = "confirmed"
    says: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What one actor is to another, or (`holds`) to an office. An interval means from-to, a point attested then."""

    kind: str
    actor: str | None = None
    office: str | None = None
    date: Date | None = None
    certainty: str = "confirmed"
    says: str | None = None
    cite: tuple[Cite, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """How many an actor is said to have been, and when."""

    figure: Figure
    date: Date | None = None
    who: str | None = None
    says: str | None = None
    cite: tuple[Cite, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor(Named):
    """A state, force, group, mission, organisation, people or person."""

    kind: str
    active: Date | None = None
    relations: tuple[Relation, ...] = ()
    strength: tuple[Strength, ...] = ()
    summary: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Named):
    """A place; `precision` is UCDP's where_prec: 1 exact, 2 near, 3 district, 4 region, 5 fuzzy, 6 country."""

    precision: int
    kind: str | None = None
    region: str | None = None
    lat: float | None = None
    lon: float | None = None
    within: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who took which side in a period, and when."""

    actor: str
    side: str | None = None
    date: Date | None = None
    cite: tuple[Cite, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period(Named):
    """What lasts and gives context: a war, an operation, a regime, an empire, a famine."""

    kind: str
    date: Date
    places: tuple[PlaceRef, ...] = ()
    actors: tuple[Party, ...] = ()
    tolls: tuple[Toll, ...] = ()
    cites: tuple[Cite, ...]
    summary: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType(Named):
    """A type of event, its category, and the ACLED sub-event type it maps to (`none`: it does not).

    `removes`: its events take out whom they strike, as an arrest does.
    """

    category: str
    acled: str = "none"
    removes: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """Lines, or one printed date, of a document that hold no occurrence, and why."""

    reason: str
    lines: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Record):
    """One source document: what it is, and how to recognise a copy of it; `map` says how a table's columns are read."""

    title: str
    file: str
    sha256: str
    lines: int
    format: str
    as_of: Date
    licence: str
    summary: str
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    as_of_cite: Cite | None = None
    map: str | None = None
    skip: tuple[Skip, ...] = ()


@dataclass(frozen=True, slots=True)
class Chronology:
    """A whole store as records, each kind in the order of its files."""

    events: tuple[Event, ...] = ()
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    periods: tuple[Period, ...] = ()
    types: tuple[EventType, ...] = ()
    sources: tuple[Source, ...] = ()


Part = Participation | Toll | AlsoDate | Link | Relation | Strength | Party | Skip


SortKey = tuple[int, int, int, str]


def sort_key(event: Event) -> SortKey:
    """The order of events: earliest day, latest day, the instant of a clock time (none before one), id."""
    clock = read_clock(event.date.text) if "T" in event.date.text else None
    return (*clip(event.date.span), -FAR if clock is None else clock.instant, event.id)
