"""The tables of the index, their keys, indexes and views. Any change of them raises `version.py`."""

from collections.abc import Iterator, Sequence
from typing import Union, get_args, get_origin

from mali_chrono.index.facts import DidRow, FactRow, ReachRow
from mali_chrono.index.knots import KnotRow, OnceRow
from mali_chrono.index.records import ActorRow, ChangeRow, PartyRow, PeriodRow, RelationRow
from mali_chrono.index.tables import (
    CiteRow,
    CoverRow,
    DeadRow,
    FileRow,
    ItemRow,
    LinkRow,
    MarkRow,
    MetaRow,
    NameRow,
    OtherCiteRow,
    OtherIdRow,
    PlaceRow,
    RecordRow,
    RoleRow,
    SpanRow,
    ThingRow,
    TollRow,
    WordRow,
)

TABLES: dict[str, type[tuple[object, ...]]] = {
    "meta": MetaRow, "word": WordRow,
    "file": FileRow, "item": ItemRow, "dead": DeadRow, "span": SpanRow, "cover": CoverRow,
    "took": RoleRow, "mark": MarkRow, "cite": CiteRow, "other_cite": OtherCiteRow, "other_id": OtherIdRow,
    "link": LinkRow, "toll": TollRow,
    "name": NameRow, "thing": ThingRow, "place": PlaceRow, "period": PeriodRow, "party": PartyRow, "actor": ActorRow,
    "relation": RelationRow, "change": ChangeRow, "record": RecordRow, "fact": FactRow, "did": DidRow,
    "reach": ReachRow, "knot": KnotRow, "once": OnceRow,
}  # fmt: skip
# What makes a row unique; such a table lies in that order.
_KEYS = {
    "meta": "key", "name": "kind, key, id", "actor": "id", "place": "id", "took": "t, n, part", "mark": "t, n",
    "toll": "kind, of, n", "span": "bits, lo, n", "fact": "n", "did": "t, acting, lo, n", "reach": "bits",
    "knot": "n", "once": "kind, of, head",
}  # fmt: skip
# Numbers that are a row's own.
_NUMBERED = ("file", "item", "dead", "thing")
_INDEXES = {
    "span": ("n",),
    "cover": ("bits, lo", "n"),
    "took": ("n",),
    "mark": ("n",),
    "fact": ("lo", "hi, lo"),
    "did": ("t, acting, hi", "n"),
    "cite": ("n",),
    "link": ("target", "n"),
    "knot": ("head",),
    "other_cite": ("source",),
    "other_id": ("n",),
    "relation": ("actor, kind", "target, kind"),
    "change": ("actor", "target"),
    "record": ("kind, id",),
    "thing": ("id, kind",),
}
# SQLite knows no statistics. Where an actor is named it is to begin with that, so the index of things begins with the
# id, and what else a part must be (+) does not make it read all parts; where only a role is, the actors lead to theirs.
_VIEWS = {
    "told": "SELECT n, kind, low, best, high, open, disputed FROM toll WHERE of = ''",
    "known": "SELECT kind, id, name FROM thing UNION ALL SELECT 'event', id, title FROM event",
    "part": "SELECT n, part, actor.id AS actor, +role AS role, +direct AS direct, member.id AS via,"
    " +certainty AS certainty FROM took JOIN thing AS actor ON actor.t = took.t AND actor.kind = 'actor'"
    " LEFT JOIN thing AS member ON member.t = via",
    "facet": "SELECT kind, id AS key, n, direct, spelt FROM mark JOIN thing USING (t)",
}
# The tables that hold something of each event by itself.
OF_EVENTS = (
    "event",
    *(table for table, row in TABLES.items() if "n" in row.__annotations__ and table not in ("dead", "knot")),
)
# An event's texts; its json row, packed; the year it stands under; the first and last of its days; its time of day in
# seconds as printed, and in seconds ahead of UTC.
_BESIDE = (
    "body BLOB NOT NULL",
    "year INTEGER",
    "lo INTEGER NOT NULL",
    "hi INTEGER NOT NULL",
    "clock INTEGER",
    "zone INTEGER",
)


def statements(fields: Sequence[str]) -> Iterator[str]:
    """The SQL that makes the tables and their indexes; `fields` are those that the table of events has as text."""
    event = ", ".join(["n INTEGER PRIMARY KEY", *(f'"{name}"' for name in fields), *_BESIDE])
    yield f"CREATE TABLE event ({event})"
    yield "CREATE INDEX event_id ON event (id)"
    options = """content='', columnsize=0, tokenize="unicode61 remove_diacritics 0\""""
    yield f"CREATE VIRTUAL TABLE words USING fts5 (folded, {options})"
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


def insert(table: str, width: int) -> str:
    """The SQL that adds one row of so many values to a table, bound."""
    if table == "words":
        return "INSERT INTO words (rowid, folded) VALUES (?, ?)"
    return f'INSERT INTO "{table}" VALUES ({", ".join("?" * width)})'
