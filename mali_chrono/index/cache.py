"""A connection to a fresh index: found, or loaded, checked and compiled. An index is never trusted over the files."""

import contextlib
import os
import sqlite3
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from mali_chrono import __version__
from mali_chrono.index.version import VERSION
from mali_chrono.store.locate import Store, content_hash, files, stamp

Answer = TypeVar("Answer")


def answer(store: Store, cache: Path | None, ask: Callable[[sqlite3.Connection], Answer]) -> Answer:
    """What `ask` says of a fresh index of the store; `cache` is the folder that keeps indexes, None for no folder.

    A cached index that turns out to be damaged while it answers is made anew, once.
    Raises BrokenStoreError when the store has errors.
    """
    found = files(store)
    now = stamp(found)
    path = cache / _file_name(store) if cache else None
    if path:
        connection = _open(path, store, now)
        if connection:
            try:
                with contextlib.closing(connection):
                    return ask(connection)
            except sqlite3.DatabaseError:
                pass  # damaged: below it is made anew
    with contextlib.closing(_build(store, path, now)) as connection:
        return ask(connection)


def _file_name(store: Store) -> str:
    return f"{store.root.name or 'store'}-{zlib.crc32(str(store.root).encode('utf-8', 'surrogatepass')):08x}.sqlite3"


def _open(path: Path, store: Store, now: str) -> sqlite3.Connection | None:
    """The cached index, when it is whole, ours, and as new as the files."""
    try:
        size = os.stat(path).st_size  # noqa: PTH116 - on the path of every command
        connection = _read_only(path)
    except (OSError, sqlite3.Error, ValueError):
        return None
    try:
        meta = dict(connection.execute("SELECT key, value FROM meta"))
        pages = connection.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()[
            0
        ]
        if pages != size or meta["version"] != f"{__version__}/{VERSION}" or meta["root"] != str(store.root):
            raise sqlite3.DatabaseError
        if meta["stamp"] != now:
            if meta["hash"] != content_hash(files(store)):
                raise sqlite3.DatabaseError
            connection.close()
            _restamp(path, now)
            connection = _read_only(path)
    except (sqlite3.Error, KeyError, ValueError, OSError):
        connection.close()
        return None
    return connection


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)


def _restamp(path: Path, now: str) -> None:
    """Note that the files moved but say what they said; where that cannot be written, the hash decides again."""
    with (
        contextlib.suppress(sqlite3.Error, OSError),
        contextlib.closing(sqlite3.connect(path)) as connection,
        connection,
    ):
        connection.execute("UPDATE meta SET value = ? WHERE key = 'stamp'", (now,))


def _build(store: Store, path: Path | None, now: str) -> sqlite3.Connection:
    """Load, check and compile; kept at `path` where that can be written, in memory otherwise."""
    from mali_chrono.index.compile import compile_index  # noqa: PLC0415
    from mali_chrono.store.checks import sound  # noqa: PLC0415 - the cold path

    # Hashed before it is read: a file that changes meanwhile makes the next command read it again.
    content = content_hash(files(store))
    chronology = sound(store).chronology
    meta = {"version": f"{__version__}/{VERSION}", "root": str(store.root), "stamp": now, "hash": content}
    if path:
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.closing(sqlite3.connect(draft, isolation_level=None)) as connection:
                compile_index(chronology, connection, meta)
            draft.replace(path)
            return _read_only(path)
        except (OSError, sqlite3.OperationalError, sqlite3.DatabaseError):
            with contextlib.suppress(OSError):
                draft.unlink()
    connection = sqlite3.connect(":memory:", isolation_level=None)
    compile_index(chronology, connection, meta)
    return connection
