"""A connection to a fresh index: found, brought up to date, or made. An index is never trusted over the files."""

import contextlib
import os
import shutil
import sqlite3
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from mali_chrono.index import stamps
from mali_chrono.index.languages import is_mute
from mali_chrono.index.version import MADE_BY
from mali_chrono.paths import file_uri, is_file
from mali_chrono.store.locate import Store, StoreFile, files

Answer = TypeVar("Answer")
# A draft that a killed command left is swept away when it is so old, in nanoseconds.
_LEFT = 3600 * 10**9


class Place(NamedTuple):
    """Where the index of a store is kept, and the note beside it."""

    path: Path
    note: Path


def answer(
    store: Store, cache: Path | None, now: int, ask: Callable[[sqlite3.Connection], Answer],
    waiting: Callable[[], contextlib.AbstractContextManager[None]] = contextlib.nullcontext,
) -> Answer:  # fmt: skip
    """What `ask` says of a fresh index of the store; `cache` is the folder that keeps indexes, None for no folder.

    `now` is the time in nanoseconds since 1970. An index that turns out to be damaged while it answers is made anew,
    once. `waiting` makes what is open while one is made. Raises BrokenStoreError when the store has errors.
    """
    found = files(store)
    place = _place(cache, store) if cache else None
    if place:
        connection = _open(place, store, found, now)
        if connection:
            try:
                with contextlib.closing(connection):
                    return ask(connection)
            except Exception:
                if _is_whole(place.path):
                    raise
                with contextlib.suppress(OSError):
                    place.path.unlink()
    with waiting():
        made = _build(store, found, place, now)
    with contextlib.closing(made) as connection:
        return ask(connection)


def _place(cache: Path, store: Store) -> Place:
    crc = zlib.crc32(str(store.root).encode("utf-8", "surrogatepass"))
    name = f"{store.root.name[:100] or 'store'}-{crc:08x}"
    return Place(cache / f"{name}.sqlite3", cache / f"{name}.note")


class _Kept(NamedTuple):
    """The mark of an index that is whole, and the note beside it, perhaps of another."""

    made: str
    note: stamps.Note | None


def _open(place: Place, store: Store, found: Sequence[StoreFile], now: int) -> sqlite3.Connection | None:
    """The index that is kept, when it is whole, ours, and as new as the files."""
    kept = _kept(place, now)
    if kept is None:
        return None
    connection = None
    try:
        connection = _read_only(place.path)
        ours = _meta(connection) == _expected(store) and not is_mute(connection)
        ours = ours and _is_fresh(connection, place, kept, found, now)
        if ours and stamps.mark(place.path) == kept.made:  # another command may have put its own there meanwhile
            return connection
    except (sqlite3.Error, OSError):
        pass
    if connection:
        connection.close()
    return None


def _is_whole(path: Path) -> bool:
    try:
        return stamps.is_whole(path)
    except OSError:
        return False


def _kept(place: Place, now: int) -> _Kept | None:
    """The index that is kept; None where there is none, or it is damaged."""
    note = stamps.read_note(place.note)
    try:
        if not is_file(place.path):
            return None
        made = stamps.mark(place.path)
    except OSError:
        return None
    size = int(made.partition(" ")[0])
    if not (stamps.was_whole(note, made, size, now) or _is_whole(place.path)):
        return None
    return _Kept(made, note)


def _expected(store: Store) -> dict[str, str]:
    root = str(store.root).encode("utf-8", "backslashreplace").decode()
    return {"version": MADE_BY, "root": root}


def _meta(connection: sqlite3.Connection) -> dict[str, str]:
    return dict(connection.execute("SELECT key, value FROM meta WHERE key IN ('version', 'root')").fetchall())


def _is_fresh(connection: sqlite3.Connection, place: Place, kept: _Kept, found: Sequence[StoreFile], now: int) -> bool:
    """Whether an index is made of what the files hold now.

    The marks of files say so, unless one moved, or is so young that another change may have left none: then what they
    hold does.
    """
    lines = stamps.marks(found)
    note = kept.note
    if note and note.made == kept.made and note.files == lines and note.seen <= now and not _young(note):
        if now - note.whole >= stamps.DAY:
            _remember(place, kept.made, lines, now)
        return True
    if stamps.hashes(found) != dict(connection.execute("SELECT path, hash FROM file").fetchall()):
        return False
    _remember(place, kept.made, lines, now)
    return True


def _young(note: stamps.Note) -> bool:
    return any(stamps.is_young(line, note.seen) for line in note.files)


def _remember(place: Place, made: str, lines: tuple[str, ...], now: int) -> None:
    """Note that an index is whole and as new as its files; where that cannot be written, both are found out again."""
    with contextlib.suppress(OSError):
        stamps.write_note(place.note, stamps.Note(made, now, lines, now))


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file_uri(path)}?mode=ro&immutable=1", uri=True)


def _build(store: Store, found: Sequence[StoreFile], place: Place | None, now: int) -> sqlite3.Connection:
    """An index made now; kept at its place where that can be written, in memory otherwise.

    Raises BrokenStoreError when the store has errors.
    """
    if place:
        with contextlib.suppress(OSError, sqlite3.DatabaseError):
            place.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            place.path.parent.chmod(0o700)
            _sweep(place, now)
            lines = stamps.marks(found)
            with stamps.draft_of(place.path) as draft:
                _make(store, found, lambda: _empty(draft), lambda: _old(store, place, draft)).close()
                stamps.seal(draft)
                ours = draft.stat()
                draft.replace(place.path)
            with contextlib.ExitStack() as kept:
                connection = kept.enter_context(contextlib.closing(_read_only(place.path)))
                made = stamps.mark(place.path)
                # Another command, which read the files before they were edited, may have put its own there meanwhile.
                if os.path.samestat(ours, place.path.stat()):
                    _remember(place, made, lines, now)
                    kept.pop_all()
                    return connection
    return _make(store, found, lambda: _connect(":memory:"), lambda: None)


def _sweep(place: Place, now: int) -> None:
    """Delete drafts that killed commands left."""
    for left in place.path.parent.glob(f"*{stamps.DRAFT}"):
        with contextlib.suppress(OSError):
            if now - left.stat().st_mtime_ns > _LEFT:
                left.unlink()


def _connect(path: Path | str) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def _empty(draft: Path) -> sqlite3.Connection:
    stamps.write_private(draft, b"")
    return _connect(draft)


def _old(store: Store, place: Place, draft: Path) -> sqlite3.Connection | None:
    """A copy of the index that is kept, to be brought up to date; None where there is none to be had.

    However large, it is summed up: what is damaged would be sealed again.
    """
    if not is_file(place.path):
        return None
    stamps.write_private(draft, b"")
    shutil.copyfile(place.path, draft)
    if not _is_whole(draft):
        return None
    connection = _connect(draft)
    try:
        if _meta(connection) == _expected(store) and not is_mute(connection):
            return connection
    except sqlite3.DatabaseError:
        pass
    connection.close()
    return None


def _make(
    store: Store, found: Sequence[StoreFile], empty: Callable[[], sqlite3.Connection],
    old: Callable[[], sqlite3.Connection | None],
) -> sqlite3.Connection:  # fmt: skip
    """A connection to an index of what the files hold: the old one brought up to date, or an empty one filled.

    Raises BrokenStoreError when the store has errors.
    """
    from mali_chrono.index.compile import compile_store  # noqa: PLC0415 - the cold path
    from mali_chrono.index.items import Unsound  # noqa: PLC0415
    from mali_chrono.index.update import update  # noqa: PLC0415
    from mali_chrono.store.checks import sound  # noqa: PLC0415
    from mali_chrono.store.load import uncollected  # noqa: PLC0415

    with uncollected():
        try:
            if (kept := old()) and (updated := filled(kept, lambda index: update(index, found))):
                return updated
            connection = empty()
            filled(connection, lambda index: compile_store(index, found, _expected(store)))
        except Unsound:
            checked = stamps.hashes(found)
            sound(store)  # as a rule this raises; what has no error is only written in an unusual way
            connection = empty()
            filled(connection, lambda index: compile_store(index, found, _expected(store), checked))
    return connection


def filled(
    connection: sqlite3.Connection, fill: Callable[[sqlite3.Connection], bool | None]
) -> sqlite3.Connection | None:
    """The connection when it is filled; closed, and None, where that says False; closed too where it raises."""
    try:
        if fill(connection) is not False:
            return connection
    except BaseException:
        connection.close()
        raise
    connection.close()
    return None
