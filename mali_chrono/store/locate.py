"""Finds a store and stamps it. On every command's path: standard library only, no reading of the files."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from mali_chrono.errors import DataError, UsageError
from mali_chrono.paths import is_folder
from mali_chrono.text import visible

_LISTS = ("actors", "places", "periods", "types")
# A store's own words.
VOCABULARY = "vocabulary"
# How tables of others are read, by the name that a source gives; no record.
MAPS = "maps"
_ORDER = ("settings", VOCABULARY, MAPS, *_LISTS, "sources", "events", "")
# What holds no records that are read one by one: nothing, a store's own words, a map.
RECORDLESS = ("", VOCABULARY, MAPS)
# What stands alone in its file; all other records stand in lists.
SINGLE = ("settings", VOCABULARY, "sources")
# What a store says of itself: its format, its name, its language.
SETTINGS = "chronology.yaml"
# The files of data/ by name, each with what it holds: both, and lists of records; and all that data/ holds by name: the
# folder of a big store's events too.
FILES = {SETTINGS: "settings", **{f"{kind}.yaml": kind for kind in (VOCABULARY, *_LISTS, "events")}}
KNOWN = (*FILES, "events")
# What every store has, and of these names in data/ nothing but a chronology has one: where some of it is there and
# something of the whole is not, it was lost. Places, periods and seeds/ are names that others give to data too.
WHOLE = ("types", "events")
_TELLING = (SETTINGS, "vocabulary.yaml", "types.yaml", "actors.yaml", "events.yaml")
# What pictures read, by name; no record.
OUTLINE = "outline.geojson"
# What may stand beside the records, in any case and with any ending but that of a list.
_PAPERS = ("README", "LICENSE", "LICENCE", "COPYING", "NOTICE")
STRAY = "nobody reads this"
_NOWHERE = "the link leads nowhere"


class Store(NamedTuple):
    """A store's folder, and what it is called: its path, or "shipped" for the one that came with the package."""

    root: Path
    name: str


class StoreFile(NamedTuple):
    """One file of a store: which records it holds, where it is, and its path relative to the store, safe to print.

    `trouble` says why it is not read: nobody knows what it is (STRAY), or it cannot be; then `kind` may be empty.
    """

    kind: str
    path: Path
    relative: str
    trouble: str = ""


def is_store(folder: Path, hint: str = "") -> bool:
    """Whether a folder is a store, as far as names tell. Raises DataError, with a hint, where that cannot be seen."""
    return _looked(_is_whole, folder, hint)


def is_meant(folder: Path, hint: str = "") -> bool:
    """Whether a folder is a store or was one, of which something was lost. Raises DataError as `is_store` does."""
    return _looked(lambda path: _is_whole(path) or _is_torn(path), folder, hint)


def _looked(test: Callable[[Path], bool], folder: Path, hint: str) -> bool:
    try:
        return test(folder)
    except OSError as fault:
        raise DataError(f"cannot look for a store in '{folder}': {fault.strerror}{hint}") from None


def _is_whole(folder: Path) -> bool:
    return _is_there(folder / "data/types.yaml") and (
        _is_there(folder / "data/events.yaml") or is_folder(folder / "data/events") is True
    )


def _is_torn(folder: Path) -> bool:
    data = folder / "data"
    if not _is_there(data):
        return False
    if any(_is_there(data / name) for name in _TELLING):
        return True
    try:
        return any(name.endswith(".yaml") for name in os.listdir(data / "events"))  # noqa: PTH208 - quicker
    except (FileNotFoundError, NotADirectoryError):
        return False


def _is_there(path: Path) -> bool:
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def shipped() -> Path | None:
    """The store that came with the package: inside an installed one, beside it in a checkout."""
    package = Path(__file__).parent.parent
    return next((folder for folder in (package / "shipped", package.parent) if is_store(folder)), None)


def find(chosen: str | None, start: Path | None) -> Store:
    """The store a command reads: the chosen folder, else the nearest one from `start` upward, else the shipped one.

    `start` is None where the current folder is gone. One of which something was lost is found too: reading it tells
    what. Raises UsageError when there is none, and DataError when that cannot be seen: the shipped one is no answer
    about a store that may not be read.
    """
    if chosen is not None:
        folder = Path(os.path.expanduser(chosen))  # noqa: PTH111 - pathlib's raises where there is no such user
        if not chosen or not is_meant(folder):
            raise UsageError(
                f"no store at '{chosen}': a store is a folder with data/types.yaml beside data/events.yaml"
                + ("; name the folder above data/" if folder.name == "data" else "")
            )
        return Store(folder.resolve(), chosen)
    for folder in (start, *start.parents) if start else ():
        if is_meant(folder, "; name one with --store DIR"):
            return Store(folder, str(folder))
    folder_shipped = shipped()
    if folder_shipped is None:
        raise UsageError("no store found: name one with --store DIR or $CHRONO_STORE")
    return Store(folder_shipped, "shipped")


def files(store: Store) -> list[StoreFile]:
    """Everything that data/ and seeds/ hold, in reading order; a list that is absent is an empty one.

    Hidden files, papers like LICENSE and an outline for maps are left out; what cannot be read, and what nobody reads,
    says so.
    """
    found: list[StoreFile] = []
    for entry in _entries(store.root / "data", "data", (VOCABULARY, *_LISTS, "events"), found):
        kind = kind_of(f"data/{entry.name}")
        if entry.name == OUTLINE:
            continue
        if kind and entry.name != "events":
            found.append(_file(kind, entry, "data"))
        elif kind and _is(entry.is_dir):
            found += _event_files(entry.path)
        elif entry.name == MAPS and _is(entry.is_dir):
            found += _map_files(entry.path)
        else:
            found.append(_stray(entry, "data"))
    for entry in _entries(store.root / "seeds", "seeds", ("sources",), found):
        found.append(_file("sources", entry, "seeds") if entry.name.endswith(".yaml") else _stray(entry, "seeds"))
    return in_order(found)


def kind_of(relative: str) -> str:
    """Which records are looked for at a path in a store, of a file or a folder; empty where nobody looks."""
    folder, *inner = relative.split("/")
    if any(map(_is_beside, inner)):
        return ""
    if folder == "seeds":
        return "sources" if not inner or (len(inner) == 1 and inner[0].endswith(".yaml")) else ""
    if folder != "data" or not inner or inner[0] not in KNOWN or (inner[0] != "events" and len(inner) > 1):
        return ""
    return FILES.get(inner[0], inner[0])


def lost(found: Iterable[StoreFile]) -> list[str]:
    """The lists that every store has and one with these files has not; what cannot be read is no such."""
    there = {file.kind for file in found}
    return [kind for kind in WHOLE if kind not in there]


def in_order(found: Iterable[StoreFile]) -> list[StoreFile]:
    """The files of a store in the order in which they are read."""
    return sorted(found, key=lambda file: (_ORDER.index(file.kind), file.relative))


def _map_files(top: str) -> list[StoreFile]:
    """The store's own maps; a source names one by its file's name."""
    found: list[StoreFile] = []
    for entry in _entries(Path(top), f"data/{MAPS}", (MAPS,), found):
        is_map = entry.name.endswith(".yaml")
        found.append(_file(MAPS, entry, f"data/{MAPS}") if is_map else _stray(entry, f"data/{MAPS}"))
    return found


def _event_files(top: str) -> list[StoreFile]:
    """Every file under data/events/, in folders inside too; a folder that two ways lead to is read once."""
    found: list[StoreFile] = []
    seen = set()
    ahead = [(top, "data/events")]
    while ahead:
        folder, relative = ahead.pop()
        try:
            stat = os.stat(folder)  # noqa: PTH116 - on the path of every command
        except OSError as fault:
            found.append(StoreFile("events", Path(folder), relative, f"cannot be read: {fault.strerror}"))
            continue
        if (stat.st_dev, stat.st_ino) in seen:
            continue
        seen.add((stat.st_dev, stat.st_ino))
        for entry in _entries(Path(folder), relative, ("events",), found):
            if _is(entry.is_dir):
                ahead.append((entry.path, f"{relative}/{visible(entry.name)}"))
            elif entry.name.endswith((".yaml", ".yml")):
                found.append(_file("events", entry, relative))
            else:
                found.append(_stray(entry, relative))
    return found


def _entries(folder: Path, relative: str, kinds: Iterable[str], found: list[StoreFile]) -> list[os.DirEntry[str]]:
    """What a folder holds, by name, without hidden files and papers.

    One that cannot be listed goes to `found`, for each kind of record that may be in it.
    """
    try:
        with os.scandir(folder) as entries:
            return sorted((entry for entry in entries if not _is_beside(entry.name)), key=lambda entry: entry.name)
    except FileNotFoundError:
        return []
    except OSError as fault:
        found += [StoreFile(kind, folder, relative, f"cannot be read: {fault.strerror}") for kind in kinds]
        return []


def _is_beside(name: str) -> bool:
    stem, _, ending = name.partition(".")
    return not stem or (stem.upper() in _PAPERS and ending not in ("yaml", "yml"))


def _is(test: Callable[[], bool]) -> bool:
    """What a folder's entry says it is; a link that turns in a circle is nothing."""
    try:
        return test()
    except OSError:
        return False


def _file(kind: str, entry: os.DirEntry[str], folder: str) -> StoreFile:
    relative = f"{folder}/{visible(entry.name)}"
    if _is(entry.is_file):
        return StoreFile(kind, Path(entry.path), relative)
    try:
        trouble = "this is no regular file" if is_folder(entry.path) is not None else f"cannot be read: {_NOWHERE}"
    except OSError as fault:
        trouble = f"cannot be read: {fault.strerror}"
    return StoreFile(kind, Path(entry.path), relative, trouble)


def _stray(entry: os.DirEntry[str], folder: str) -> StoreFile:
    return StoreFile("", Path(entry.path), f"{folder}/{visible(entry.name)}", STRAY)
