"""What stands in a store's files, read again where a problem needs it: the text of a line, the place of a field.

Records hold no more than where they begin: few have a problem, and then one item is read again.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from operator import attrgetter

from mali_chrono.errors import Problem
from mali_chrono.store.decode import decode, take_merge_marks
from mali_chrono.store.locate import StoreFile
from mali_chrono.store.model import Record
from mali_chrono.store.nodes import Node
from mali_chrono.store.reader import Chunk, read_chunk, read_list, read_map, split
from mali_chrono.store.references import Fault, Path


class Texts:
    """The files of a store. Only the file that was asked for last is held, so ask file by file."""

    def __init__(self, files: Iterable[StoreFile]) -> None:
        self._files = {file.relative: file for file in files}
        self._page = _Page("", "", "")

    def lines(self, file: str) -> Sequence[str]:
        """The lines of a file, none where it cannot be read."""
        return self._open(file).lines

    def place(self, record: Record, path: Path) -> tuple[int, int]:
        """Line and column of the field at a path, or of the nearest one above it."""
        node = self._open(record.path).node(record.line, record.column)
        if node is None:  # the file has changed meanwhile
            return record.line, record.column
        node = node.find(path)
        return node.line, node.column

    def problem(self, fault: Fault) -> Problem:
        """A fault with its place."""
        return Problem(fault.record.path, *self.place(fault.record, fault.path), *fault[2:])

    def problems(self, faults: Iterable[Fault]) -> list[Problem]:
        """Faults with their places, in the order of the files."""
        ordered = sorted(faults, key=lambda fault: (fault.record.path, fault.record.line, fault.record.column))
        return [self.problem(fault) for fault in ordered]

    def _open(self, name: str) -> "_Page":
        if self._page.name != name:
            file = self._files.get(name)
            try:
                content = file.path.read_bytes() if file and not file.trouble else b""
            except OSError:
                content = b""
            self._page = _Page(name, file.kind if file else "", decode(content, name)[0])
        return self._page


class _Page:
    """One file: its text, and each record in it as nodes."""

    def __init__(self, name: str, kind: str, text: str) -> None:
        self.name, self.kind, self.text = name, kind, text
        self._last: tuple[tuple[int, int], Node | None] = (0, 0), None

    @cached_property
    def lines(self) -> Sequence[str]:
        return self.text.split("\n")

    def node(self, line: int, column: int) -> Node | None:
        """The record that begins there."""
        place = line, column
        if self._last[0] != place:
            self._last = place, self._in_chunk(place) or self._nodes.get(place)
        return self._last[1]

    def _in_chunk(self, place: tuple[int, int]) -> Node | None:
        at = bisect_right(self._chunks, place[0], key=attrgetter("line"))
        item = read_chunk(self._chunks[at - 1], self.name, []) if at else None
        return item.node if item and (item.line, item.column) == place else None

    @cached_property
    def _chunks(self) -> list[Chunk]:
        return (split(self._record_text) if self.kind != "sources" else None) or []

    @cached_property
    def _nodes(self) -> dict[tuple[int, int], Node]:
        read = read_map if self.kind == "sources" else read_list
        return {(i.line, i.column): i.node for i in read(self._record_text, self.name, []) if i.node}

    @cached_property
    def _record_text(self) -> str:
        return take_merge_marks(self.text, self.name, [])
