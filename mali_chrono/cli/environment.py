"""What a command finds around it: the store, the cache folder, today, the terminal."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from mali_chrono.dates.days import Today
from mali_chrono.dates.spoken import speak
from mali_chrono.errors import UsageError
from mali_chrono.render.look import Look
from mali_chrono.store.locate import Store, find
from mali_chrono.text import counted, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from contextlib import AbstractContextManager

Answer = TypeVar("Answer")


def find_store(chosen: str | None) -> Store:
    """The store to read: the chosen one, $CHRONO_STORE, the nearest upward, or the shipped one.

    Dates are told in English until its index says otherwise.
    """
    speak(None)
    chosen = chosen if chosen is not None else os.environ.get("CHRONO_STORE") or None
    try:
        start = Path.cwd()
    except OSError:  # the folder was deleted under us
        start = None
    return find(chosen, start)


def refuse_shipped(store: Store) -> None:
    """Raises UsageError where a store came with the package: an update would take with it what is written there."""
    from mali_chrono.store.locate import shipped

    if store.name == "shipped" or (store.root.name == "shipped" and store.root == shipped()):
        raise UsageError("the store that came with chrono is not to be changed: name your own with --store DIR")


def cache_folder() -> Path | None:
    """The user's cache folder for chrono, or None where there is none."""
    environ = os.environ
    if sys.platform == "win32":
        base = environ.get("LOCALAPPDATA")
    elif sys.platform == "darwin":
        base = environ.get("HOME") and f"{environ['HOME']}/Library/Caches"
    else:
        # An XDG path that is not absolute is to be ignored (XDG Base Directory Specification).
        chosen = environ.get("XDG_CACHE_HOME", "")
        home = environ.get("HOME")
        base = chosen if chosen.startswith("/") else home and f"{home}/.cache"
    return Path(base) / "chrono" if base and Path(base).is_absolute() else None


def answer(store: Store, ask: Callable[[sqlite3.Connection], Answer]) -> Answer:
    """What `ask` says of a connection to a store's index."""
    from time import time_ns

    from mali_chrono.index import cache
    from mali_chrono.index.languages import speak_as

    def asked(connection: sqlite3.Connection) -> Answer:
        speak_as(connection)
        return ask(connection)

    return cache.answer(store, cache_folder(), time_ns(), asked, _waiting)


def _waiting() -> "AbstractContextManager[None]":
    from mali_chrono.cli.waiting import waiting

    return waiting("reading the store")


def today(chosen: str | None) -> Today:
    """Year, month and day that "today" means: `--today`, $CHRONO_TODAY, or the clock's. Raises UsageError."""
    now = _now(chosen)
    return now.year, now.month, now.day


def iso_today(chosen: str | None) -> str:
    """The same day as an answer tells it: 2024-07-25. Raises UsageError."""
    return _now(chosen).isoformat()


def _now(chosen: str | None) -> date:
    text = chosen if chosen is not None else os.environ.get("CHRONO_TODAY")
    if not text:
        return date.today()  # noqa: DTZ011 - the user's own day
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--today takes a day like 2024-07-25, not '{text}'") from None


def terminal(color: str, *, to_file: bool) -> Look:
    """What standard output can show."""
    out = sys.stdout
    is_terminal = out is not None and not to_file and out.isatty()
    dumb = os.environ.get("TERM", "") in ("", "dumb")
    colored = color == "always" or (color == "auto" and is_terminal and not dumb and not os.environ.get("NO_COLOR"))
    encoding = (getattr(out, "encoding", None) or "utf-8").lower().replace("-", "")
    width = shutil.get_terminal_size((80, 24)).columns if is_terminal else _columns()
    return Look(width, colored, encoding.startswith("utf") or not is_terminal, is_terminal)


def _columns() -> int | None:
    """The width that $COLUMNS gives, if it is one."""
    columns = os.environ.get("COLUMNS", "")
    return (int(columns) or None) if columns.isdecimal() and len(columns) < 6 else None


def inside_repository(store: Store) -> str:
    """The path of a store's folder inside its repository, with a slash at its end; empty where it is all of that."""
    root = store.root.resolve()
    top = next((folder for folder in (root, *root.parents) if os.path.lexists(folder / ".git")), root)
    return "" if root == top else f"{root.relative_to(top).as_posix()}/"


def in_actions() -> bool:
    """Whether GitHub Actions runs this and shows what the log annotates."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def store_version() -> str:
    """The line of `--version` that names the store and what it holds; says so when there is none."""
    from mali_chrono.errors import BrokenStoreError, ChronoError

    try:
        store = find_store(None)
        name, count = answer(store, _name_and_count)
    except BrokenStoreError as fault:
        return visible(f"store: it has {fault.first}")
    except ChronoError as fault:
        return f"store: {str(fault).splitlines()[0]}"
    called = f"{name}, {store.name}" if name else store.name
    return visible(f"store: {called} ({store.root}), {counted(count, 'event')}")


def _name_and_count(connection: "sqlite3.Connection") -> tuple[str | None, int]:
    """What a chronology calls itself, and how many events it has."""
    from mali_chrono.answers.about import name_of

    (count,) = connection.execute("SELECT count(*) FROM event").fetchone()
    return name_of(connection), count
