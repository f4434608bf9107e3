"""An export as one SQLite database: the tables with their keys, the views, and full-text search over `event`."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from mali_chrono.exchange.columns import Table
from mali_chrono.exchange.tables import TABLES
from mali_chrono.exchange.views import views_of
from mali_chrono.paths import file_uri

# Rows that are written at once.
_BATCH = 2000
# What a person looks for: Datasette finds such a table by its content and offers a search.
_SEARCH = (
    "CREATE VIRTUAL TABLE event_text USING fts5 (title, summary, content='event', content_rowid='rowid',"
    " tokenize='unicode61 remove_diacritics 2')"
)
# By what queries join, beside the keys.
_INDEXES = {
    "event": ("sort", "type_id"),
    "event_place": ("place_id",),
    "event_actor": ("actor_id",),
    "event_cite": ("source_id",),
    "event_outlet": ("outlet_id",),
    "event_tag": ("tag",),
    "event_year": ("year",),
    "claim": ("event_id",),
    "sum_term_event": ("event_id",),
}


def create(table: Table) -> str:
    """The SQL that makes a table."""
    parts = [f'"{c.name}" {c.type.upper()}{" NOT NULL" * c.required}' for c in table.columns]
    parts.append(f"PRIMARY KEY ({', '.join(table.key)})")
    parts += [
        f'FOREIGN KEY ("{column}") REFERENCES "{other}" ({TABLES[other].key[0]})' for column, other in table.references
    ]
    return f'CREATE TABLE "{table.name}" ({", ".join(parts)})'


def write(path: Path, rows: Iterable[tuple[str, tuple[object, ...]]]) -> None:
    """Write the rows of an export to a new file. Raises OSError where it cannot be written."""
    with contextlib.closing(_told(sqlite3.connect, path, isolation_level=None)) as database:

        def run(*statement: Any) -> Any:
            return _told(database.execute, *statement)

        run("PRAGMA journal_mode = OFF")
        run("PRAGMA synchronous = OFF")  # it is not yet there under its name
        run("BEGIN")
        for table in TABLES.values():
            run(create(table))
        _fill(database, rows)
        for name, columns in _INDEXES.items():
            for column in columns:
                run(f"CREATE INDEX {name}_{column} ON {name} ({column})")
        run(_SEARCH)
        run("INSERT INTO event_text (event_text) VALUES ('rebuild')")
        main = tuple(kind for (kind,) in run("SELECT value FROM meta WHERE key = 'toll'"))
        for name, query in views_of(main).items():
            run(f"CREATE VIEW {name} AS {query}")
        run("COMMIT")


def _told(action: Callable[..., Any], *args: Any, **options: Any) -> Any:
    """What an action on the new database gives. Raises OSError: an error of SQLite's own is one of the index."""
    try:
        return action(*args, **options)
    except sqlite3.Error as fault:
        raise OSError(None, f"SQLite says '{fault}'") from None


def _fill(database: sqlite3.Connection, rows: Iterable[tuple[str, tuple[object, ...]]]) -> None:
    waiting: dict[str, list[tuple[object, ...]]] = {name: [] for name in TABLES}
    adding = {name: f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(t.columns))})' for name, t in TABLES.items()}
    for table, row in rows:
        batch = waiting[table]
        batch.append(row)
        if len(batch) >= _BATCH:
            _told(database.executemany, adding[table], batch)
            batch.clear()
    for table, batch in waiting.items():
        _told(database.executemany, adding[table], batch)


def is_export(path: Path) -> bool:
    """Whether a file is an SQLite database that `write` made."""
    try:
        with contextlib.closing(sqlite3.connect(f"{file_uri(path.absolute())}?mode=ro", uri=True)) as database:
            row = database.execute("SELECT value FROM meta WHERE key = 'tables'").fetchone()
    except sqlite3.Error:
        return False
    return row is not None and str(row[0]).startswith("chrono-export/")
