"""A file of events -> its items, each with the hash of its text, so that only those that changed are read again."""

from collections.abc import Iterator, Sequence
from re import match
from typing import NamedTuple

from mali_chrono.errors import ERROR, Problem
from mali_chrono.index.stamps import hash_bytes
from mali_chrono.store import model
from mali_chrono.store.decode import decode, take_merge_marks
from mali_chrono.store.grammar import Grammar
from mali_chrono.store.load import load_files, read_items
from mali_chrono.store.locate import StoreFile
from mali_chrono.store.reader import Chunk, split


class Unsound(Exception):  # noqa: N818 - no error by itself: the whole store must be checked
    """Something may be wrong with a store, or it is written in a way that only reading it whole can tell."""


class Item(NamedTuple):
    """One event as it is written: the line it begins in, the hash of its text, and that text, or the event itself."""

    line: int
    hash: bytes
    written: Chunk | model.Event


def items_of(file: StoreFile, content: bytes, grammar: Grammar, *, whole: bool = False) -> list[Item]:
    """The items of a file of events, in its order; `whole` for one whose items cannot be read one by one.

    Raises Unsound.
    """
    text, problems = decode(content, file.relative)
    text = take_merge_marks(text, file.relative, problems)
    refuse(problems)
    chunks = None if whole else split(text)
    if chunks is not None:
        return [Item(chunk.line, hash_bytes(chunk.text.encode()), chunk) for chunk in chunks]
    loaded = load_files([file], grammar)
    refuse(loaded.problems)
    whole_hash = hash_bytes(content)
    events = loaded.chronology.events
    return [Item(event.line, hash_bytes(str(i).encode() + whole_hash), event) for i, event in enumerate(events)]


def is_plain(item: Item) -> bool:
    """Whether an item's first field stands beside its dash, so that both are in one line."""
    return isinstance(item.written, Chunk) and match(r"-[ \t]+[^\s#]", item.written.text) is not None


def read_events(file: StoreFile, items: Sequence[Item], grammar: Grammar) -> Iterator[tuple[Item, model.Event]]:
    """The event of each item, one at a time. Raises Unsound."""
    problems: list[Problem] = []
    for item in items:
        if isinstance(item.written, model.Event):
            yield item, item.written
            continue
        events = list(read_items("events", [item.written], file.relative, problems, grammar))
        refuse(problems)
        if len(events) != 1:
            raise Unsound
        yield item, events[0]


def refuse(problems: Sequence[Problem]) -> None:
    """Raise Unsound where there is an error."""
    if any(problem.severity == ERROR for problem in problems):
        raise Unsound
