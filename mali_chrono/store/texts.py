"""What stands in a store's files, read again where a problem needs it: the text of a line, the place of a field.

Records hold no more than where they begin: few have a problem, and then one item is read again.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from operator import attrgetter, itemgetter

from mali_chrono.cites import SLUG
from mali_chrono.errors import Problem
from mali_chrono.store.compose import compose
from mali_chrono.store.decode import decode, take_merge_marks
from mali_chrono.store.locate import MAPS, SINGLE, StoreFile
from mali_chrono.store.model import Record
from mali_chrono.store.nodes import Node, Path
from mali_chrono.store.reader import Chunk, read_chunk, read_list, read_map, split
from mali_chrono.store.references import Fault
from mali_chrono.store.settings import Settings

Place = tuple[int, int]  # line and column
# A record's dash, and its id on the same line or on one of its own.
_BEGINS = re.compile(
    r"^(?P<dash> *-(?=[ \t]|$))?(?:[ \t]*id:[ \t]*(?P<quote>[\"']?)(?P<id>[^\s#\"']+)(?P=quote))?", re.MULTILINE
)
_WORD = re.compile(SLUG)
PLACED = 1000  # records that break one rule


class Texts:
    """The files of a store. Only the file that was asked for last is held, so ask file by file."""

    def __init__(self, files: Iterable[StoreFile]) -> None:
        self._files = {file.relative: file for file in files}
        self._page = _Page("", "", "")

    def lines(self, file: str) -> Sequence[str]:
        """The lines of a file, none where it cannot be read."""
        return self._open(file).lines

    def counts(self, words: Collection[str]) -> Counter[str] | None:
        """How often each of some ids stands in the files of records, however broken; None where one cannot be read."""
        found: Counter[str] = Counter()
        for file in self._files.values():
            if file.kind not in ("", MAPS, "sources"):
                text = self._open(file.relative).text
                if not text:
                    return None
                found.update(word for word in _WORD.findall(text) if word in words)
        return found

    def whole(self, problem: Problem) -> Problem:
        """A problem with the text of its line and the id of the record it lies in, as far as these can be seen."""
        page = self._open(problem.file)
        record = problem.record or page.ident(problem.line)
        return problem._replace(record=record).with_excerpt(page.lines)

    def place(self, record: Record | Settings, path: Path) -> tuple[int, int]:
        """Line and column of the field at a path, or of the nearest one above it."""
        return self._open(record.path).place((record.line, record.column), path)

    def problem(self, fault: Fault) -> Problem:
        """A fault with its place."""
        return _problem(fault, self.place(fault.record, fault.path))

    def problems(self, faults: Iterable[Fault]) -> list[Problem]:
        """Faults with their places, in the order of the files.

        Of the records that break a rule the first `PLACED` are read again for the places of their fields; with all of
        them that would take as long as reading the store. The others' faults stand where the records begin.
        """
        ordered = sorted(faults, key=lambda fault: _begins(fault.record))
        broken: dict[str, set[tuple[str, int, int]]] = {}
        found = []
        for fault in ordered:
            begins = _begins(fault.record)
            told = broken.setdefault(fault.rule, set())
            if begins in told or len(told) < PLACED:
                told.add(begins)
                found.append(self.problem(fault))
            else:
                found.append(_problem(fault, begins[1:]))
        return found

    def _open(self, name: str) -> "_Page":
        if self._page.name != name:
            file = self._files.get(name)
            try:
                content = file.path.read_bytes() if file and not file.trouble else b""
            except OSError:
                content = b""
            self._page = _Page(name, file.kind if file else "", decode(content, name)[0])
        return self._page


def _begins(record: Record) -> tuple[str, int, int]:
    return record.path, record.line, record.column


def _problem(fault: Fault, place: Place) -> Problem:
    return Problem(fault.record.path, *place, fault.rule, fault.message, fault.hint, record=fault.record.id)


class _Page:
    """One file: its text, and where each field of its records stands. The record asked for last is held."""

    def __init__(self, name: str, kind: str, text: str) -> None:
        self.name, self.kind, self.text = name, kind, text
        self._last: tuple[Place, Callable[[Path], Place]] = (0, 0), lambda _: (0, 0)

    @cached_property
    def lines(self) -> Sequence[str]:
        return self.text.split("\n")

    def ident(self, line: int) -> str:
        """The id of the record that a line lies in, without reading it: it may be no YAML; empty where none is seen."""
        at = bisect_right(self._idents, line, key=itemgetter(0))
        return self._idents[at - 1][1] if at and line else ""

    @cached_property
    def _idents(self) -> list[tuple[int, str]]:
        """Where each record begins, and the id it gives itself."""
        found: list[tuple[int, str]] = [(1, "")] if self.kind == "sources" else []
        dash = None
        for number, text in enumerate(self.lines, 1):
            match = _BEGINS.match(text)
            if match and match["dash"] and self.kind != "sources":
                dash = dash or match["dash"]
                if match["dash"] == dash:
                    found.append((number, ""))
            if match and match["id"] and found and not found[-1][1]:
                found[-1] = found[-1][0], match["id"]
        return found

    def place(self, begins: Place, path: Path) -> Place:
        """Where the field of the record that begins there stands."""
        if self._last[0] != begins:
            self._last = begins, self._finder(begins)
        return self._last[1](path)

    def _finder(self, begins: Place) -> Callable[[Path], Place]:
        at = bisect_right(self._chunks, begins[0], key=attrgetter("line"))
        chunk = self._chunks[at - 1] if at else Chunk(0, "")
        composed = compose(chunk.text)
        if composed and _below(chunk, composed.place()) == begins:
            return lambda path: _below(chunk, composed.place(path))
        item = read_chunk(chunk, self.name, [])
        node = item.node if item and (item.line, item.column) == begins else self._nodes.get(begins)
        return node.place if node else lambda _: begins  # none: the file has changed meanwhile

    @cached_property
    def _chunks(self) -> list[Chunk]:
        return (split(self._record_text) if self.kind not in SINGLE else None) or []

    @cached_property
    def _nodes(self) -> dict[Place, Node]:
        """The records of a file that must be read as a whole."""
        read = read_map if self.kind in SINGLE else read_list
        return {(i.line, i.column): i.node for i in read(self._record_text, self.name, []) if i.node}

    @cached_property
    def _record_text(self) -> str:
        return take_merge_marks(self.text, self.name, [])


def _below(chunk: Chunk, place: Place) -> Place:
    """A place in a chunk, from 0, as one in its file, from 1."""
    return chunk.line + place[0], place[1] + 1
