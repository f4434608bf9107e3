"""The records of a chronology, frozen. They know nothing of files, printing or each other's meaning."""

from dataclasses import dataclass, field

from mali_chrono.cites import LINE, place_in
from mali_chrono.dates.calendars import Foreign
from mali_chrono.dates.clock import placed, read_clock
from mali_chrono.dates.edtf import Date
from mali_chrono.dates.spans import clip
from mali_chrono.figures.figure import Figure
from mali_chrono.store.settings import Settings


@dataclass(frozen=True, slots=True)
class Cite:
    """Lines or pages `first` to `last` of a source document, counted from 1, or an anchor in it.

    `unit` is what they count (`cites.LINE`, `cites.PAGE`), or the anchor with its `#`; its numbers are 0.
    """

    source: str
    first: int
    last: int
    unit: str = LINE

    def __str__(self) -> str:
        return f"{self.source}:{place_in(self.first, self.last, self.unit)}"

    @property
    def kind(self) -> tuple[str, str]:
        """The document and what is counted in it: only cites of one kind can be held against each other."""
        return self.source, self.unit

    def holds(self, other: "Cite") -> bool:
        """Whether all that the other cite names lies within what this one does."""
        return self.kind == other.kind and self.first <= other.first and other.last <= self.last


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

    `ids` are the ids that others gave it, by scheme; `urls` are pages of the web that tell of it.
    `unread` names the fields that could not be read, with a stand-in in their place: `date`, or `tolls.killed`.
    """

    id: str
    note: str | None = None
    cites: tuple[Cite, ...] = ()
    ignore: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    urls: tuple[str, ...] = ()
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
    calendars: tuple[Foreign, ...] = ()
    cite: tuple[Cite, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """From a later event to an earlier one, or from a part to its whole."""

    to: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """One occurrence, with everything that is said of it and where; `calendars` has its date as other ones print it."""

    date: Date
    calendars: tuple[Foreign, ...] = ()
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
    calendars: tuple[Foreign, ...] = ()
    places: tuple[PlaceRef, ...] = ()
    actors: tuple[Party, ...] = ()
    tolls: tuple[Toll, ...] = ()
    cites: tuple[Cite, ...]
    summary: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType(Named):
    """A type of event, its category, and the ACLED sub-event type it maps to (`none`: it does not).

    Its events may be the beginning or the end of the one group they are about (`founds`, `dissolves`), or take out whom
    they strike, as an arrest does (`removes`).
    """

    category: str
    acled: str = "none"
    removes: bool = False
    founds: bool = False
    dissolves: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """Lines, or one printed date, of a document that hold no occurrence, and why."""

    reason: str
    lines: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Record):
    """One source document: what it is, and how to recognise a copy of it.

    One that is `unverifiable`, which says why, has no copy: no `file`, `sha256`, `lines` and `format`. One with `pages`
    may be cited by them. `map` says how a table's columns are read.
    """

    title: str
    as_of: Date
    licence: str
    summary: str
    file: str = ""
    sha256: str = ""
    lines: int = 0
    pages: int | None = None
    format: str = ""
    unverifiable: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    as_of_cite: Cite | None = None
    map: str | None = None
    skip: tuple[Skip, ...] = ()


@dataclass(frozen=True, slots=True)
class Chronology:
    """A whole store as records, each kind in the order of its files; no settings are the usual ones."""

    events: tuple[Event, ...] = ()
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    periods: tuple[Period, ...] = ()
    types: tuple[EventType, ...] = ()
    sources: tuple[Source, ...] = ()
    settings: tuple[Settings, ...] = ()


Part = Participation | Toll | AlsoDate | Link | Relation | Strength | Party | Skip


SortKey = tuple[int, int, int, str]


def sort_key(event: Event) -> SortKey:
    """The order of events: earliest day, latest day, the instant of a clock time (none before one), id."""
    clock = read_clock(event.date.text) if "T" in event.date.text else None
    return (*placed(*clip(event.date.span), clock), event.id)
