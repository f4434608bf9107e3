"""Files of a store as they are named on a command line: by hand, by pre-commit, by a script over a commit."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from mali_chrono.cli.output import say
from mali_chrono.errors import UsageError, did_you_mean
from mali_chrono.store.locate import Store, files, find


class Chosen(NamedTuple):
    """Files of a store, by their paths in it."""

    names: frozenset[str]

    def hold(self, file: str) -> bool:
        """Whether a file is one of them, or the folder of one, which could not be listed."""
        return file in self.names or any(name.startswith(f"{file}/") for name in self.names)


def pick_files(given: Sequence[str], store: Store) -> Chosen:
    """The files of a store that are named, each from the current folder or from the store's; a folder is all in it.

    What is no file of the store, as in a commit that changes other things too or deletes one, is told on standard error
    and passed over. Raises UsageError where none is of the store and one is not there at all: a slip of the pen.
    """
    real: dict[str, list[str]] = {}
    for file in files(store):
        real.setdefault(os.path.realpath(file.path), []).append(file.relative)
    found = {text: _meant(text, store, real) for text in given}
    lost = [text for text, names in found.items() if not (names or _is_there(text, store))]
    if lost and not any(found.values()):
        hint = did_you_mean(lost[0], [name for names in real.values() for name in names], 1)
        raise UsageError(f"there is no file '{lost[0]}'" + (f": {hint}" if hint else ""))
    for text, names in found.items():
        if not names:
            why = f"there is no file '{text}'" if text in lost else _foreign(text, store)
            say(f"passed over: {why}")
    return Chosen(frozenset(name for names in found.values() for name in names))


def _paths(text: str, store: Store) -> list[str]:
    """What a name may mean: a path from the current folder, which may be gone, or from the store's."""
    inside = os.path.realpath(os.path.join(store.root, text))  # noqa: PTH118
    try:
        return [os.path.realpath(text), inside]
    except FileNotFoundError:
        return [inside]


def _foreign(text: str, store: Store) -> str:
    """What a file is that is none of the store."""
    near = next((find(None, Path(path).parent) for path in _paths(text, store) if os.path.lexists(path)), store)
    if near.name == "shipped" or near.root == store.root:
        return f"'{text}' is no file of the store"
    return f"'{text}' is of another store: --store {near.root}"


def _is_there(text: str, store: Store) -> bool:
    return bool(text) and any(map(os.path.lexists, _paths(text, store)))


def _meant(text: str, store: Store, real: dict[str, list[str]]) -> list[str]:
    """The files that a name means, in the first folder where it means some."""
    for path in _paths(text, store) if text else ():
        inside = os.path.join(path, "")  # noqa: PTH118
        if names := [name for at, some in real.items() if at == path or at.startswith(inside) for name in some]:
            return names
    return []
