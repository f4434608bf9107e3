"""Records at the end of a store's files, all held against the rules before any of them is written."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, cast

from mali_chrono.dates.days import Today
from mali_chrono.edit.addition import Held, brought, content_of
from mali_chrono.edit.insertion import insert
from mali_chrono.errors import ERROR, DataError, Problem
from mali_chrono.store import locate
from mali_chrono.store.checks import check
from mali_chrono.store.load import Loaded, load_files, uncollected
from mali_chrono.store.locate import MAPS, Store, StoreFile
from mali_chrono.store.model import Chronology
from mali_chrono.text import counted


class Appended(NamedTuple):
    """The files of a store as they would be, by path, each with what it held before (None: nothing yet).

    `warnings` are what `check` says of the store only with them.
    """

    before: Mapping[Path, bytes | None]
    after: Mapping[Path, bytes]
    warnings: tuple[Problem, ...]


def append(store: Store, loaded: Loaded, texts: Mapping[str, Sequence[str]], today: Today) -> Appended:
    """Put the texts of records at the end of files, each by its path in the store; no other byte of them changes.

    A file of the store's own maps is written as it is. Raises DataError where a file cannot take it, or `check` would
    find an error that the store has not now.
    """
    before = {store.root / name: content_of(store.root / name) for name in texts}
    after = {}
    for name, records in texts.items():
        path, kind = store.root / name, _kind(name)
        old = before[path]
        if old is None or kind == MAPS:
            if old not in (None, "".join(records).encode()):
                raise DataError(f"{name} is there already, and another: give your map another name")
            after[path] = "".join(records).encode()
        else:
            after[path] = _at_end(old, records, _count(loaded.found, kind, name), name)
    mine = {name: StoreFile(_kind(name), cast("Path", Held(store.root / name, after[store.root / name])), name)
            for name in texts}  # fmt: skip
    others = [file for file in locate.files(store) if file.relative not in mine]
    with uncollected():
        whole = load_files(locate.in_order([*others, *mine.values()]))
        found = brought(check(loaded, today), check(whole, today))
    if errors := [problem for problem in found if problem.severity == ERROR]:
        told = [f"  {problem.where}: {problem.message}" for problem in errors[:3]]
        raise DataError(f"nothing was written: the store would have {counted(len(errors), 'error')} more:", *told)
    return Appended(before, after, tuple(found))


def _at_end(old: bytes, records: Sequence[str], count: int, name: str) -> bytes:
    """A file of so many records with more at its end, parted as those are. Raises DataError where it takes none."""
    first = insert(old, records[0], count, name)
    if not records[1:]:
        return first.content
    second = insert(first.content, records[1], count + 1, name)
    between = second.line - first.line - records[0].count("\n")
    return insert(old, ("\n" * between).join(records), count, name).content


def _kind(name: str) -> str:
    """Which records a file holds, by its path."""
    folder, _, rest = name.partition("/")
    return "sources" if folder == "seeds" else rest.partition("/")[0].removesuffix(".yaml")


def _count(found: Chronology, kind: str, name: str) -> int:
    return sum(record.path == name for record in getattr(found, kind))
