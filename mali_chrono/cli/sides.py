"""What a person names to be compared -> two sides: folders, files, or git revisions of the store."""

import contextlib
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from mali_chrono.cli.environment import find_store
from mali_chrono.edit import revisions
from mali_chrono.edit.revisions import Repository, Revision
from mali_chrono.errors import DataError, UsageError
from mali_chrono.paths import is_file, is_folder
from mali_chrono.store.locate import FILES, Store, StoreFile, files, in_order, is_store, kind_of
from mali_chrono.text import listing, visible

WORKING = "the working tree"
_LINK = "a link is not followed in a revision"


class Compared(NamedTuple):
    """One side: how it is called, what json says of it, its files, and its store where it is a whole one.

    `near` is a store that stays, and differs little from it: its index may be kept.
    """

    label: str
    said: dict[str, object]
    files: Sequence[StoreFile]
    store: Store | None
    near: Store | None


@contextlib.contextmanager
def sides(one: str | None, other: str | None, chosen: str | None) -> Iterator[tuple[Compared, Compared]]:
    """The two sides that a person names; without a second the store as it is, without any its last commit before it.

    `A..B` are both in one word, `A...B` from where they parted. Raises UsageError, and DataError where git cannot tell.
    """
    with tempfile.TemporaryDirectory(prefix="chrono-") as folder:
        finder = _Finder(chosen, Path(folder))
        found = [finder.side(name) for name in _names(one, other)]
        single = {_held(file) for side in found if side.store is None for file in side.files}
        yield _only(found[0], single), _only(found[1], single)


def _names(one: str | None, other: str | None) -> tuple[str | None, str | None]:
    if one and other is None and ".." in one and not os.path.lexists(one):
        old, _, new = one.partition("..")
        if new.startswith("."):
            return f"{old or 'HEAD'}...{new[1:] or 'HEAD'}", new[1:] or "HEAD"
        return old or "HEAD", new or "HEAD"
    return one if one is not None else "HEAD", other


def _held(file: StoreFile) -> tuple[str, str]:
    """What a file holds: records of a kind; a document has a file of its own."""
    return file.kind, file.path.name if file.kind == "sources" else ""


def _only(side: Compared, single: set[tuple[str, str]]) -> Compared:
    """A side with nothing but what a single file on either side may hold."""
    return side._replace(files=[file for file in side.files if not single or _held(file) in single])


class _Finder:
    """Finds sides; revisions are written into a folder of their own."""

    def __init__(self, chosen: str | None, folder: Path) -> None:
        self.chosen, self.folder, self.count = chosen, folder, 0
        self._repository: Repository | None = None

    def side(self, name: str | None) -> Compared:
        if name is None:
            return self.working()
        if name == "":
            raise UsageError("a revision, folder or file has a name; this one is empty")
        path = Path(name)
        found = is_folder(path)
        if found:
            if is_store(path):
                return _of_store(Store(path.resolve(), name), name, {"folder": name})
            with contextlib.suppress(UsageError):
                return self.of_revision(self.revision(name))
            raise UsageError(f"'{name}' is no store (data/types.yaml beside data/events.yaml), and no revision")
        if found is not None:
            return _of_file(path, name)
        return self.of_revision(self.revision(name))

    def working(self) -> Compared:
        store = find_store(self.chosen)
        return _of_store(store, WORKING, {"folder": store.name})

    def repository(self) -> Repository:
        if self._repository is None:
            self._repository = revisions.find_repository(find_store(self.chosen).root, os.environ)
        return self._repository

    def revision(self, name: str) -> Revision:
        """What a name stands for. Raises UsageError."""
        if "..." in name:
            ends = [revisions.resolve(self.repository(), end) for end in name.split("...", 1)]
            return revisions.merge_base(self.repository(), *ends)
        return revisions.resolve(self.repository(), name)

    def of_revision(self, revision: Revision) -> Compared:
        self.count += 1
        folder = self.folder / str(self.count)
        folder.mkdir()
        links = revisions.write_out(self.repository(), revision, folder)
        said: dict[str, object] = {"revision": revision.name, "commit": revision.commit or None}
        side = _of_store(Store(folder, revision.name), revision.label, said)
        unread = [StoreFile(kind_of(path), folder / path, visible(path), _LINK) for path in links]
        return side._replace(files=in_order([*side.files, *unread]), near=find_store(self.chosen))


def _of_store(store: Store, label: str, said: dict[str, object]) -> Compared:
    return Compared(label, said, files(store), store, store)


def _of_file(path: Path, name: str) -> Compared:
    """A single file of a store: which records it holds its name says, or its folder's."""
    called = re.sub(r"\.yml\Z", ".yaml", path.name)
    kind = next((kind for known, kind in FILES.items() if called.endswith(known)), "")
    kind = kind or {"seeds": "sources", "events": "events"}.get(path.resolve().parent.name, "")
    if not kind:
        known = listing([*FILES], "or")
        raise UsageError(f"'{name}' does not say what it holds: its name ends in {known}, or it lies in seeds/")
    if not is_file(path):
        raise DataError(f"'{name}' is no regular file")
    return Compared(name, {"file": name}, [StoreFile(kind, path, visible(name))], None, None)
