"""The comments of a YAML text, each with the value it belongs to, so that they can be written again beside it.

libyaml tells of no comment. Whatever stands between two of its events is blanks, marks and comments, so there a `#`
begins one. A comment on a line of its own belongs to what comes next, or to the end of the list or map that it is
indented like; one at the end of a line to what ends there.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from mali_chrono.edit.layout import Note
from mali_chrono.store.nodes import Path

# What may stand before a comment on a line of its own: it begins an item, or a document.
_OWN_LINE = re.compile(r"[ \t]*(?:(?:-{3}|[-?:])[ \t]+)*")


class _Comment(NamedTuple):
    text: str
    column: int
    own_line: bool


class _Open:
    """A list or a map that has begun: its path, its column, -1 inside brackets, and where its next member stands."""

    def __init__(self, path: Path, column: int, *, is_map: bool) -> None:
        self.path, self.column, self.is_map = path, column, is_map
        self.count = 0
        self.name: str | None = None

    def next_path(self) -> Path:
        return (*self.path, self.count if self.name is None else self.name)

    def pass_value(self) -> None:
        self.count += 1
        self.name = None


def find_comments(text: str) -> dict[Path, Note]:
    """The comments of a text in which chrono's reader finds nothing wrong, by the path of what they belong to.

    Those after everything stand below the path of the whole, which is empty.
    """
    import yaml

    reading = _Reading(text)
    for event in yaml.parse(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)):
        reading.take(event, type(event).__name__)
    # A line has room for one comment.
    return {
        path: Note((*above, *beside[:-1]), tuple(beside[-1:]), tuple(below))
        for path, (above, beside, below) in reading.found.items()
    }


class _Reading:
    """One pass over the events of a text; `waiting` are comments on lines of their own that nothing has taken."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.done = 0
        self.found: dict[Path, tuple[list[str], list[str], list[str]]] = {}
        self.open: list[_Open] = []
        self.waiting: list[_Comment] = []
        self.last: Path | None = None

    def lists(self, path: Path) -> tuple[list[str], list[str], list[str]]:
        return self.found.setdefault(path, ([], [], []))

    def take(self, event: Any, name: str) -> None:
        """Give the comments before an event to what they belong to."""
        self.pass_gap(event.start_mark.index)
        if name == "ScalarEvent":
            self.scalar(event)
        elif name in ("SequenceStartEvent", "MappingStartEvent"):
            self.begin(event, is_map=name[0] == "M")
        elif name in ("SequenceEndEvent", "MappingEndEvent"):
            self.end()
        elif name == "StreamEndEvent":
            self.lists(())[2].extend(self.taken())
        # The beginning of a document may hold comments, between its directives and its mark.
        mark = event.start_mark if name == "DocumentStartEvent" else event.end_mark
        self.done = max(self.done, mark.index)

    def pass_gap(self, end: int) -> None:
        """Find the comments up to an event; those at the end of a line belong to what came last."""
        for comment in _comments(self.text, self.done, end):
            if comment.own_line or self.last is None:
                self.waiting.append(comment)
            else:
                self.add_beside(self.last, comment)

    def add_beside(self, path: Path, comment: _Comment) -> None:
        """Note what stands at the end of a value's line, with a blank after its mark: else it might cut off a text."""
        blank = " " if comment.text[1:2].strip() else ""
        self.lists(path)[1].append(f"#{blank}{comment.text[1:]}")

    def taken(self) -> list[str]:
        taken, self.waiting = [comment.text for comment in self.waiting], []
        return taken

    def scalar(self, event: Any) -> None:
        parent = self.open[-1]
        if parent.is_map and parent.name is None:
            parent.name = event.value
            path = parent.next_path()
        else:
            path = parent.next_path()
            parent.pass_value()
        if self.waiting:
            self.lists(path)[0].extend(self.taken())
        self.last = path
        if event.style in ("|", ">"):
            start = event.start_mark.index
            for comment in _comments(self.text, start, self.text.find("\n", start)):
                self.add_beside(path, comment)

    def begin(self, event: Any, *, is_map: bool) -> None:
        parent = self.open[-1] if self.open else None
        path = parent.next_path() if parent else ()
        # A list or map in a block begins with its first member, which takes what stands above: but for an item of a
        # list, whose first field may not stay the first.
        if self.waiting and (event.flow_style or (parent and not parent.is_map)):
            self.lists(path)[0].extend(self.taken())
        if event.flow_style:
            self.last = path
        self.open.append(_Open(path, -1 if event.flow_style else event.start_mark.column, is_map=is_map))

    def end(self) -> None:
        ended = self.open.pop()
        parent = self.open[-1] if self.open else None
        outer = parent.column if parent and ended.column >= 0 else -1
        inside = 0
        while inside < len(self.waiting) and self.waiting[inside].column > outer:
            inside += 1
        if inside:
            place = 2 if ended.count else 1  # an empty list has no lines
            self.lists(ended.path)[place].extend(comment.text for comment in self.waiting[:inside])
            del self.waiting[:inside]
        if ended.column < 0:
            self.last = ended.path
        if parent:
            parent.pass_value()


def _comments(text: str, start: int, end: int) -> Iterator[_Comment]:
    """The comments between two events."""
    while (at := text.find("#", start, end)) >= 0:
        begins = text.rfind("\n", 0, at) + 1
        start = text.find("\n", at)
        start = len(text) if start < 0 else start
        yield _Comment(text[at:start].rstrip(), at - begins, bool(_OWN_LINE.fullmatch(text, begins, at)))
