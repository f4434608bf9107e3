"""Where a new record goes: the file, and after how many of its records."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeGuard

from mali_chrono.edit.naming import KINDS, SHAPE_OF
from mali_chrono.errors import UsageError
from mali_chrono.store.locate import Store, StoreFile
from mali_chrono.store.model import Event, Record, SortKey, sort_key
from mali_chrono.text import listing

# A file's name that says of which time its events are, as their ids begin.
_DATED = re.compile(r"\d{3,4}(-\d\d){0,2}|bc(-\d+)?")


def records_before(new: Record, records: Sequence[Record]) -> int:
    """After how many of a file's records a new one goes.

    An event stands where the order of events has it, another record by its id where the file is in that order, else
    last.
    """
    if isinstance(new, Event):
        key = sort_key(new)
        later = (i for i, event in enumerate(records) if _is_dated(event) and sort_key(event) > key)
        return next(later, len(records))
    ids = [record.id for record in records]
    return bisect_right(ids, new.id) if ids == sorted(ids) else len(ids)


def _is_dated(record: Record) -> TypeGuard[Event]:
    return isinstance(record, Event) and not (record.lacks("date") or record.lacks("id"))


def pick_file(
    store: Store, files: Sequence[StoreFile], new: Record, others: Sequence[Record], chosen: str | None
) -> StoreFile:
    """The file of a store that a new record goes to; `others` are those of its kind.

    Of several files of events: the one chosen; the one whose name the event's id begins with (`2012.yaml`); the only
    one between whose first and last event it falls; the one whose events are nearest. Raises UsageError where that
    is none, or more than one.
    """
    kind = KINDS[SHAPE_OF[type(new)]]
    if kind == "sources":
        return _at(store, kind, f"seeds/{new.id}.yaml")
    mine = [file for file in files if file.kind == kind and not file.trouble]
    if not isinstance(new, Event):
        return mine[0] if mine else _at(store, kind, f"data/{kind}.yaml")
    if chosen is not None:
        return next((file for file in mine if file.relative == chosen), None) or _at(store, kind, _checked(chosen))
    if len(mine) < 2:
        return mine[0] if mine else _at(store, kind, "data/events.yaml")
    dated = {file: file.path.stem for file in mine if _DATED.fullmatch(file.path.stem)}
    if begun := [stem for stem in dated.values() if new.id.startswith(stem)]:
        return _only([file for file, stem in dated.items() if stem == max(begun, key=len)], new)
    if len(dated) == len(mine):
        raise UsageError(f"no file of events has a name that '{new.id}' begins with: name one, or a new one, "
                         f"with --file data/events/{new.id[:4]}.yaml")  # fmt: skip
    return _nearest(new, mine, others)


def _nearest(new: Event, mine: Iterable[StoreFile], others: Iterable[Record]) -> StoreFile:
    keys: dict[str, list[SortKey]] = {}
    for event in others:
        if _is_dated(event):
            keys.setdefault(event.path, []).append(sort_key(event))
    key = sort_key(new)
    away = {file: _distance(key, keys[file.relative]) for file in mine if file.relative in keys}
    return _only([file for file, far in away.items() if far == min(away.values())] or list(mine), new)


def _only(files: Sequence[StoreFile], new: Record) -> StoreFile:
    if len(files) == 1:
        return files[0]
    names = listing([file.relative for file in files], "or")
    raise UsageError(f"'{new.id}' could stand in {names}: name one with --file")


def _distance(key: SortKey, keys: Sequence[SortKey]) -> int:
    """How many days lie between an event and the first and last ones of a file; 0 between them."""
    first, last = min(keys), max(keys)
    return 0 if first <= key <= last else max(first[0] - key[0], key[0] - last[0], 1)


def _checked(chosen: str) -> str:
    path = Path(chosen)
    inside = path.parts[:2] == ("data", "events") and len(path.parts) > 2 and ".." not in path.parts
    if chosen == "data/events.yaml" or (inside and path.suffix in (".yaml", ".yml") and not path.name.startswith(".")):
        return path.as_posix()
    raise UsageError(f"--file takes data/events.yaml or a file data/events/NAME.yaml, not '{chosen}'")


def _at(store: Store, kind: str, relative: str) -> StoreFile:
    return StoreFile(kind, store.root / relative, relative)
