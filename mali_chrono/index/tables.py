"""The index's tables: what each row holds, in which order, and the version that any change of them raises.

Days are ordinals; an open side is -FAR or FAR. `n` numbers the events in their order, with gaps (`STEP`) into which an
edit puts others. A date has the days it may touch (`lo`, `hi`) and those it surely covers (`core_lo`, `core_hi`, null
for none). What is named again and again is kept as the number `t` of its thing; views give its id.
"""

from typing import NamedTuple, Union, get_args, get_origin

from mali_chrono.index.fields import STORED_FIELDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


class SpanRow(NamedTuple):
    """One run of the days that an event's date may touch; most dates have one."""

    n: int
    lo: int
    hi: int
    core_lo: int | None
    core_hi: int | None


class CoverRow(NamedTuple):
    """Days that an event speaks of beside its date: what a report covers (`told`), or all that an open set allows."""

    n: int
    told: int
    lo: int
    hi: int


class RoleRow(NamedTuple):
    """An actor's part in an event, its own or (`direct` 0) through `via`, who was part of it then; see view `part`.

    `part` numbers the parts as they are written; an umbrella's has the number of its member's.
    """

    t: int
    n: int
    part: int
    role: str
    direct: int
    via: int | None
    certainty: str


class MarkRow(NamedTuple):
    """What else an event is found by; `direct` is 0 for a place that one of its places lies in; see view `facet`.

    `spelt` is an outlet as the event spells it, where that is not the outlet's id.
    """

    t: int
    n: int
    direct: int
    spelt: str | None


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
    """What a filter can name beside events, and what it is called."""

    t: int
    kind: str
    id: str
    name: str
    short: str | None


class OtherCiteRow(NamedTuple):
    """Lines of a document that are cited beside those in `cite`: by a part of event `n`, or by `other`, another record.

    `other` is its kind and id.
    """

    source: str
    first: int
    last: int
    n: int | None
    other: str | None


class FileRow(NamedTuple):
    """A file of the store, relative to it, and the hash of what it holds (BLAKE2b, 16 bytes)."""

    f: int
    path: str
    hash: bytes


class ItemRow(NamedTuple):
    """Where event `n` is written: its file, the line it begins in, and the hash of its text."""

    n: int
    f: int
    line: int
    hash: bytes


class DeadRow(NamedTuple):
    """A number whose event is gone: its words are still in the full-text index, so no other event may have it."""

    n: int


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
    "meta": MetaRow, "file": FileRow, "item": ItemRow, "dead": DeadRow, "span": SpanRow, "cover": CoverRow,
    "took": RoleRow, "mark": MarkRow, "cite": CiteRow, "other_cite": OtherCiteRow, "link": LinkRow, "toll": TollRow,
    "name": NameRow, "thing": ThingRow, "place": PlaceRow, "period": PeriodRow, "party": PartyRow, "actor": ActorRow,
    "relation": RelationRow, "change": ChangeRow, "record": RecordRow,
}  # fmt: skip
# What makes a row unique; such a table lies in that order.
_KEYS = {
    "meta": "key", "name": "kind, key, id", "actor": "id", "place": "id", "took": "t, n, part", "mark": "t, n",
    "toll": "n, kind, of",
}  # fmt: skip
# Numbers that are a row's own.
_NUMBERED = ("file", "item", "dead", "thing")
_INDEXES = {
    "span": ("lo, hi", "n"),
    "cover": ("lo, hi", "n"),
    "took": ("n",),
    "cite": ("n",),
    "other_cite": ("source",),
    "toll": ("kind, of, n",),
    "relation": ("actor, kind", "target, kind"),
    "change": ("actor", "target"),
    "record": ("kind, id",),
    "thing": ("kind, id",),
}
_VIEWS = {
    "known": "SELECT kind, id, name FROM thing UNION ALL SELECT 'event', id, title FROM event",
    "part": "SELECT n, part, actor.id AS actor, role, direct, member.id AS via, certainty FROM took"
    " JOIN thing AS actor ON actor.t = took.t LEFT JOIN thing AS member ON member.t = via",
    "facet": "SELECT kind, id AS key, n, direct, spelt FROM mark JOIN thing USING (t)",
}
# The tables that hold something of each event.
OF_EVENTS = ("event", *(table for table, row in TABLES.items() if "n" in row.__annotations__ and table != "dead"))
# An event's texts; its json row, packed; the year it stands under; the first and last of its days; its time of day in
# seconds as printed, and in seconds ahead of UTC.
_EVENT = ", ".join(
    [
        "n INTEGER PRIMARY KEY",
        *(f'"{name}"' for name in STORED_FIELDS),
        "body BLOB NOT NULL",
        "year INTEGER",
        "lo INTEGER NOT NULL",
        "hi INTEGER NOT NULL",
        "clock INTEGER",
        "zone INTEGER",
    ]
)
EVENT_COLUMNS = _EVENT.count(",") + 1


def statements() -> "Iterator[str]":
    """The SQL that makes the tables and their indexes."""
    yield f"CREATE TABLE event ({_EVENT})"
    yield "CREATE INDEX event_id ON event (id)"
    yield """CREATE VIRTUAL TABLE words USING fts5 (folded, content='', tokenize="unicode61 remove_diacritics 0")"""
    for table, row in TABLES.items():
        columns = [_column(name, hint) for name, hint in row.__annotations__.items()]
        if table in _NUMBERED:
            columns[0] = columns[0].replace("NOT NULL", "PRIMARY KEY")
        if table in _KEYS:
            columns.append(f"PRIMARY KEY ({_KEYS[table]})")
        yield f'CREATE TABLE "{table}" ({", ".join(columns)}){" WITHOUT ROWID" if table in _KEYS else ""}'
        for i, index in enumerate(_INDEXES.get(table, ())):
            yield f"CREATE INDEX {table}_{i} ON {table} ({index})"
    for view, query in _VIEWS.items():
        yield f"CREATE VIEW {view} AS {query}"


_FORMS: dict[object, str] = {int: "INTEGER", float: "REAL", bytes: "BLOB"}


def _column(name: str, hint: object) -> str:
    kinds = get_args(hint) if get_origin(hint) in (Union, type(int | None)) else (hint,)
    form = next((_FORMS[kind] for kind in _FORMS if kind in kinds), "TEXT")
    return f'"{name}" {form}{"" if type(None) in kinds else " NOT NULL"}'


def insert(table: str) -> str:
    """The SQL that adds one row to a table, its values bound."""
    if table == "words":
        return "INSERT INTO words (rowid, folded) VALUES (?, ?)"
    width = EVENT_COLUMNS if table == "event" else len(TABLES[table].__annotations__)
    return f'INSERT INTO "{table}" VALUES ({", ".join("?" * width)})'


def select(row: type[tuple[object, ...]], table: str) -> str:
    """The SQL that reads the columns of a row, or of a record that holds some of them."""
    return f'SELECT {", ".join(f"{table}.{name}" for name in row.__annotations__)} FROM "{table}"'
