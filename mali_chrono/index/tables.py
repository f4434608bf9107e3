"""The index's tables: what each row holds, in which order, and the version that any change of them raises.

Days are ordinals; an open side is -FAR or FAR. `n` numbers the events in their order. A date has the days it may touch
(`lo`, `hi`) and those it surely covers (`core_lo`, `core_hi`, null for none).
"""

from typing import NamedTuple, Union, get_args, get_origin

from mali_chrono.index import facts
from mali_chrono.index.fields import TEXT_FIELDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


class SpanRow(NamedTuple):
    """One run of the days that an event's date may touch; most dates have one. `bits` is the class of its length."""

    bits: int
    n: int
    lo: int
    hi: int
    core_lo: int | None
    core_hi: int | None


class CoverRow(NamedTuple):
    """Days that an event speaks of beside its date: what a report covers (`told`), or all that an open set allows."""

    bits: int
    n: int
    told: int
    lo: int
    hi: int


class PartRow(NamedTuple):
    """An actor's part in an event, its own or (`direct` 0) through `via`, who was part of it then.

    `part` numbers the parts as they are written; an umbrella's has the number of its member's.
    """

    n: int
    part: int
    actor: str
    role: str
    direct: int
    via: str | None
    certainty: str


class FacetRow(NamedTuple):
    """What else an event is found by, as `kind` and `key`; `direct` is 0 for a place that one of its places lies in."""

    kind: str
    key: str
    n: int
    direct: int


class CiteRow(NamedTuple):
    """Lines of a document that an event cites."""

    n: int
    source: str
    first: int
    last: int


class LinkRow(NamedTuple):
    """A link from an event to another one's id."""

    n: int
    target: str
    kind: str


class TollRow(NamedTuple):
    """What an event's figures of one kind come to: of all (`of` is empty), of a group of people, or of an actor."""

    n: int
    kind: str
    of: str
    low: int
    best: int
    high: int
    open: int
    disputed: int


class NameRow(NamedTuple):
    """A folded name (id, name, short name or alias) and the id of what it stands for."""

    kind: str
    key: str
    id: str


class ThingRow(NamedTuple):
    """What a filter can name: what it is called, and where its record stands."""

    kind: str
    id: str
    name: str
    short: str | None
    at: str | None


class PlaceRow(NamedTuple):
    """A place and its point; `precision` as in its record."""

    id: str
    name: str
    region: str | None
    lat: float | None
    lon: float | None
    precision: int


class PeriodRow(NamedTuple):
    """What lasts: a period, or a mission or state with its active years."""

    id: str
    name: str
    short: str
    kind: str
    date: str
    words: str
    lo: int
    hi: int
    core_lo: int | None
    core_hi: int | None


class PartyRow(NamedTuple):
    """Who took which side in a period, and when: by its own date, or the period's."""

    period: str
    actor: str
    side: str | None
    date: str
    words: str
    lo: int
    hi: int
    core_lo: int | None
    core_hi: int | None


class ActorRow(NamedTuple):
    """An actor and when it was active."""

    id: str
    name: str
    short: str
    kind: str
    lo: int
    hi: int
    core_lo: int | None
    core_hi: int | None
    active: str | None
    words: str | None


class RelationRow(NamedTuple):
    """A relation; without a date its days are open and it has no core. `lasting` tells an interval from a point.

    `cites` is a json list of texts.
    """

    actor: str
    kind: str
    target: str | None
    office: str | None
    lo: int
    hi: int
    core_lo: int | None
    core_hi: int | None
    lasting: int
    date: str | None
    words: str | None
    certainty: str
    says: str | None
    cites: str
    note: str | None


class ChangeRow(NamedTuple):
    """A dated beginning, end or turn (`edge`: begin, end, at) of a relation, or of an actor's own span ("active").

    `cites` is a json list of texts, `lines` one of [source, first line, last line].
    """

    actor: str
    kind: str
    edge: str
    target: str | None
    office: str | None
    lo: int
    hi: int
    year: int | None
    words: str
    date: str
    certainty: str
    says: str | None
    cites: str
    lines: str
    note: str | None


class RecordRow(NamedTuple):
    """The json object of a record of a kind; kind "lasting" is a mission or state as what lasts."""

    kind: str
    id: str
    body: str


class MetaRow(NamedTuple):
    """What the index was made from."""

    key: str
    value: str


TABLES: dict[str, type[tuple[object, ...]]] = {
    "meta": MetaRow, "span": SpanRow, "cover": CoverRow, "part": PartRow, "facet": FacetRow, "cite": CiteRow,
    "link": LinkRow, "toll": TollRow, "name": NameRow, "thing": ThingRow, "place": PlaceRow, "period": PeriodRow,
    "party": PartyRow, "actor": ActorRow, "relation": RelationRow, "change": ChangeRow, "record": RecordRow,
    "fact": facts.FactRow, "acted": facts.ActedRow, "reach": facts.ReachRow,
}  # fmt: skip
# What makes a row unique; such a table lies in that order.
_KEYS = {
    "meta": "key",
    "name": "kind, key, id",
    "thing": "kind, id",
    "actor": "id",
    "place": "id",
    "span": "bits, lo, n",
} | facts.KEYS
_INDEXES = {
    "span": ("n",),
    "cover": ("bits, lo", "n"),
    "part": ("actor, role, direct, n", "n"),
    "facet": ("kind, key, n", "n"),
    "cite": ("n",),
    "toll": ("n, kind, of", "kind, of, n"),
    "relation": ("actor, kind", "target, kind"),
    "change": ("actor", "target"),
    "record": ("kind, id",),
} | facts.INDEXES
# An event's texts; its json row in two pieces, before and after the value of `match`; the year it stands under; the
# first and last of its days; its time of day in seconds as printed, and in seconds ahead of UTC.
_EVENT = ", ".join(
    [
        "n INTEGER PRIMARY KEY",
        *(f'"{name}"' for name in TEXT_FIELDS),
        "head TEXT NOT NULL",
        "tail TEXT NOT NULL",
        "year INTEGER",
        "lo INTEGER NOT NULL",
        "hi INTEGER NOT NULL",
        "clock INTEGER",
        "zone INTEGER",
    ]
)


def statements() -> "Iterator[str]":
    """The SQL that makes the tables and their indexes."""
    yield f"CREATE TABLE event ({_EVENT})"
    yield "CREATE UNIQUE INDEX event_id ON event (id)"
    yield """CREATE VIRTUAL TABLE words USING fts5 (folded, content='', tokenize="unicode61 remove_diacritics 0")"""
    for table, row in TABLES.items():
        columns = [_column(name, hint) for name, hint in row.__annotations__.items()]
        if table in _KEYS:
            columns.append(f"PRIMARY KEY ({_KEYS[table]})")
        yield f'CREATE TABLE "{table}" ({", ".join(columns)}){" WITHOUT ROWID" if table in _KEYS else ""}'
        for i, index in enumerate(_INDEXES.get(table, ())):
            yield f"CREATE INDEX {table}_{i} ON {table} ({index})"


def _column(name: str, hint: object) -> str:
    kinds = get_args(hint) if get_origin(hint) in (Union, type(int | None)) else (hint,)
    form = "INTEGER" if int in kinds else "REAL" if float in kinds else "TEXT"
    return f'"{name}" {form}{"" if type(None) in kinds else " NOT NULL"}'


def insert(table: str) -> str:
    """The SQL that adds one row to a table, its values bound."""
    return f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(TABLES[table].__annotations__))})'


def select(row: type[tuple[object, ...]], table: str) -> str:
    """The SQL that reads the columns of a row, or of a record that holds some of them."""
    return f'SELECT {", ".join(f"{table}.{name}" for name in row.__annotations__)} FROM "{table}"'
