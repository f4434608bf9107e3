"""A new record in a store as read: where it goes, what the file holds then, and what `check` would say of it."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

from mali_chrono.dates.days import Today
from mali_chrono.edit.insertion import Inserted, insert
from mali_chrono.edit.layout import record_text
from mali_chrono.edit.naming import KINDS
from mali_chrono.edit.stub import NO_ID, missing
from mali_chrono.edit.target import pick_file, records_before
from mali_chrono.errors import DataError, Problem, UsageError
from mali_chrono.store import locate
from mali_chrono.store.build import build
from mali_chrono.store.checks import check
from mali_chrono.store.grammar import Grammar
from mali_chrono.store.load import Loaded, load_files
from mali_chrono.store.locate import Store, StoreFile
from mali_chrono.store.model import Record
from mali_chrono.store.reader import Chunk, read_chunk, read_map
from mali_chrono.text import listing

# What is no fault of a record that is there before the first event that names it.
_AHEAD = ("unused-actor", "unused-place", "unused-type")
# The line of another record, which a message names after its file.
_LINE = re.compile(r"(?<=\.yaml):[0-9]+|(?<=\.yml):[0-9]+")


class Wanted(NamedTuple):
    """A record to add: its shape, its values, and the file that was chosen for it, if one was."""

    shape: str
    values: Mapping[str, Any]
    file: str | None = None


class Addition(NamedTuple):
    """A record added: the file, its content before (None: there is none yet) and after, the line it begins on.

    `problems` are those that the store has only with it.
    """

    file: StoreFile
    before: bytes | None
    after: bytes
    line: int
    problems: Sequence[Problem]


class Held:
    """A file's content that is not on the disk yet, in place of its path."""

    def __init__(self, path: Path, content: bytes) -> None:
        self.stem, self._content = path.stem, content

    def read_bytes(self) -> bytes:
        """The content."""
        return self._content


def read_record(shape: str, values: Mapping[str, Any], grammar: Grammar) -> Record:
    """The record of some values, read as a store is; it may lack fields, `unread` names them.

    Raises UsageError where the reader refuses a part of it.
    """
    made = values if NO_ID not in values.get("id", NO_ID) else {**values, "id": NO_ID.lower()}
    record, problems = _record(shape, made, "", grammar)
    if problems:
        raise UsageError(
            *(f"{problem.message}" + (f": {problem.hint}" if problem.hint else "") for problem in problems)
        )
    return record


def _record(shape: str, values: Mapping[str, Any], file: str, grammar: Grammar) -> tuple[Record, list[Problem]]:
    """A record as its text is read, without a word about fields that are still missing."""
    text = record_text(shape, values)
    problems: list[Problem] = []
    items = read_map(text, file, problems) if shape == "source" else [read_chunk(Chunk(1, text), file, problems)]
    item = next(iter(items), None)
    if item is None or item.values != values:
        raise DataError(f"this text does not say what was given, which is a fault of chrono's: {text}")
    record = build(KINDS[shape], item, file, problems, grammar)
    begins = (item.line, item.column)
    told = [p for p in problems if not (p.rule == "missing-field" and (p.line, p.column) == begins)]
    return cast("Record", record), told


def add(store: Store, loaded: Loaded, wanted: Wanted, today: Today) -> Addition:
    """Add a record to a store that was read; nothing is written.

    Raises UsageError where fields are missing or its file is not clear, DataError where the file cannot take it.
    """
    if lacking := [field.name for field in missing(wanted.shape, wanted.values)]:
        told = f"this {wanted.shape} still needs {listing(lacking)}"
        raise UsageError(f"{told}: give each as KEY=VALUE; without --append they are marked")
    shape, values, chosen = wanted
    files = locate.files(store)
    kind = KINDS[shape]
    new = read_record(shape, values, loaded.grammar)
    everyone: tuple[Record, ...] = getattr(loaded.found, kind)
    file = pick_file(store, files, new, everyone, chosen)
    old = [record for record in everyone if record.path == file.relative]
    before = content_of(file.path)
    text = record_text(shape, values)
    at = 0
    if before is None:
        made = Inserted(text.encode(), 1)
    elif shape == "source":
        raise UsageError(f"'{file.relative}' is there already")
    else:
        at = records_before(new, old)
        made = insert(before, text, at, file.relative)
    held = file._replace(path=cast("Path", Held(file.path, made.content)))
    others = [other for other in files if other.relative != file.relative]
    after = load_files(locate.in_order([*others, held]))
    found = [record for record in getattr(after.found, kind) if record.path == file.relative]
    if found != [*old[:at], _record(shape, values, file.relative, loaded.grammar)[0], *old[at:]]:
        raise DataError(f"{file.relative} cannot take a record without a change of another: nothing was written; "
                        "`chrono check` tells what is wrong with it")  # fmt: skip
    return Addition(file, before, made.content, made.line, brought(check(loaded, today), check(after, today)))


def content_of(path: Path) -> bytes | None:
    """What a file of a store holds; None where there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def brought(before: Sequence[Problem], after: Sequence[Problem]) -> list[Problem]:
    """The problems that are new, wherever they and the records that they name stand: lines move.

    That nothing uses a record yet is none.
    """
    known = Counter(map(_what, before))
    new = []
    for problem in after:
        if known[_what(problem)]:
            known[_what(problem)] -= 1
        elif problem.rule not in _AHEAD:
            new.append(problem)
    return new


def _what(problem: Problem) -> tuple[str, str, str]:
    return problem.file, problem.rule, _LINE.sub("", problem.message)
