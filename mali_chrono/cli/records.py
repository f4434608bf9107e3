"""A store's records for the commands that need all of them, not an index: read, and refused when they are broken."""

from mali_chrono.checks import check
from mali_chrono.cli.surroundings import find_store
from mali_chrono.errors import ERROR, BrokenStoreError
from mali_chrono.load import Loaded, load
from mali_chrono.store import Store


def sound(chosen: str | None) -> tuple[Store, Loaded]:
    """The store a command reads, and its records. Raises BrokenStoreError when it has errors."""
    store = find_store(chosen)
    loaded = load(store)
    errors = [problem for problem in check(loaded) if problem.severity == ERROR]
    if errors:
        raise BrokenStoreError(errors)
    return store, loaded
