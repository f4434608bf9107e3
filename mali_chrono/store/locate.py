"""Finds a store and stamps it. On every command's path: standard library only, no reading of the files."""

import os
from pathlib import Path
from typing import NamedTuple

from mali_chrono.errors import UsageError

_LISTS = ("actors", "places", "periods", "types")


class Store(NamedTuple):
    """A store's folder, and what it is called: its path, or "shipped" for the one that came with the package."""

    root: Path
    name: str


class StoreFile(NamedTuple):
    """One file of a store: which records it holds, where it is, and its path relative to the store."""

    kind: str
    path: Path
    relative: str


def _is_store(folder: Path) -> bool:
    data = folder / "data"
    return (data / "types.yaml").is_file() and ((data / "events.yaml").is_file() or (data / "events").is_dir())


def shipped() -> Path | None:
    """The store that came with the package: inside an installed one, beside it in a checkout."""
    package = Path(__file__).parent.parent
    return next((folder for folder in (package / "shipped", package.parent) if _is_store(folder)), None)


def find(chosen: str | None, start: Path | None) -> Store:
    """The store a command reads: the chosen folder, else the nearest one from `start` upward, else the shipped one.

    `start` is None where the current folder is gone. Raises UsageError when there is none.
    """
    if chosen is not None:
        folder = Path(chosen).expanduser() if chosen.startswith("~") else Path(chosen)
        if not chosen or not _is_store(folder):
            raise UsageError(
                f"no store at '{chosen}': a store is a folder with data/types.yaml beside data/events.yaml"
                + ("; name the folder above data/" if folder.name == "data" else "")
            )
        return Store(folder.resolve(), chosen)
    for folder in (start, *start.parents) if start else ():
        if _is_store(folder):
            return Store(folder, str(folder))
    folder_shipped = shipped()
    if folder_shipped is None:
        raise UsageError("no store found: name one with --store DIR or $CHRONO_STORE")
    return Store(folder_shipped, "shipped")


def files(store: Store) -> list[StoreFile]:
    """The store's files, in reading order; a list that is absent is an empty one."""
    data = store.root / "data"
    lists = [StoreFile(kind, data / f"{kind}.yaml", f"data/{kind}.yaml") for kind in _LISTS]
    lists += [
        StoreFile("sources", path, f"seeds/{path.name}") for path in sorted((store.root / "seeds").glob("*.yaml"))
    ]
    if (data / "events.yaml").is_file():
        lists.append(StoreFile("events", data / "events.yaml", "data/events.yaml"))
    else:
        lists += [
            StoreFile("events", path, f"data/events/{path.name}") for path in sorted((data / "events").glob("*.yaml"))
        ]
    return [file for file in lists if file.path.is_file()]


def stamp(files: list[StoreFile]) -> str:
    """What says that no file moved since the index was made: each one's path, size, mtime, ctime and inode."""
    lines = []
    for file in files:
        try:
            stat = os.stat(file.path)  # noqa: PTH116 - pathlib's is slower on the path of every command
        except OSError:
            lines.append(f"{file.path} gone")
            continue
        lines.append(f"{file.path} {stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}")
    return "\n".join(lines)


def content_hash(files: list[StoreFile]) -> str:
    """A hash over the files' relative paths and bytes: it decides where the stamp moved but nothing changed."""
    from hashlib import sha256  # noqa: PLC0415 - only where a stamp moved

    total = sha256()
    for file in files:
        content = file.path.read_bytes()
        total.update(f"{file.relative}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()
