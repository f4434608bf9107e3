"""An index made in memory for a moment: of another state of a store that has one, or of a store with small faults."""

import sqlite3
from collections.abc import Sequence

from mali_chrono.errors import ERROR, BrokenStoreError
from mali_chrono.index import stamps
from mali_chrono.index.cache import filled
from mali_chrono.index.compile import compile_store
from mali_chrono.index.items import Unsound
from mali_chrono.index.update import update
from mali_chrono.store.checks import check
from mali_chrono.store.load import load, uncollected
from mali_chrono.store.locate import Store, StoreFile, files

# An error by one of these rules leaves every question with an answer: a store of before the rule has sums too.
_HARMLESS = frozenset({
    "category-id", "event-order", "event-id", "title-length", "name-clash", "toll-cite", "cite-range", "best-reason",
    "coordinates", "unknown-map",
})  # fmt: skip


def connect(store: Store, near: sqlite3.Connection | None = None) -> sqlite3.Connection:
    """An index of a store as it is; `near` is one of a state of it that may differ in a few events.

    Raises BrokenStoreError where the store has errors that stand between a question and its answer.
    """
    found = files(store)
    with uncollected():
        try:
            return _nearly(near, found) or _anew(found, {})
        except Unsound:
            checked = stamps.hashes(found)
            _refuse_harm(store)
            return _anew(found, checked)


def _nearly(near: sqlite3.Connection | None, found: Sequence[StoreFile]) -> sqlite3.Connection | None:
    """A copy of an index brought up to date; None where it is to be made from nothing."""
    if near is None:
        return None
    made = _connect()
    near.backup(made)
    return filled(made, lambda index: update(index, found))


def _anew(found: Sequence[StoreFile], checked: dict[str, bytes]) -> sqlite3.Connection:
    made = _connect()
    filled(made, lambda index: compile_store(index, found, {}, checked or None))
    return made


def _connect() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None)


def _refuse_harm(store: Store) -> None:
    problems = [problem for problem in check(load(store)) if problem.severity == ERROR]
    if harmful := [problem for problem in problems if problem.rule not in _HARMLESS]:
        raise BrokenStoreError(harmful)
