"""A file's text -> each record in it, as read. A record that cannot be read hides no other, nor its own fields."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from mali_chrono.errors import Problem
from mali_chrono.store.compose import compose
from mali_chrono.store.decode import position, stop
from mali_chrono.store.nodes import MOST_VALUES, Node, parse, repeated_key

CONTENT = re.compile(r"^(?![ \t]*(?:#|$))(?!---[ \t]*(?:#|$))(?!\.\.\.[ \t]*$)(?!%).", re.MULTILINE)
NO_RECORD = "a record was expected: fields, one a line"
_EMPTY = "write [] for a list of none"
# A record's dash at the beginning of a line.
_DASH = re.compile(r"( *)-(?=[ \t\n]|$)")
# What libyaml reads in its own way before the first record.
_UNPLAIN = re.compile(r"^(?: *\t|%)", re.MULTILINE)
_MARKER = re.compile(r"^(?:---|\.\.\.)(?=[ \t]|$)", re.MULTILINE)


class Item(NamedTuple):
    """A record as read: its fields as plain values, where it begins, and whether that is all of it.

    `node` says where each value stands; a record that was read quickly has none. One that is not whole holds what could
    be read, perhaps nothing.
    """

    values: dict[str, Any]
    line: int
    column: int
    node: Node | None = None
    whole: bool = True

    @property
    def has_id(self) -> bool:
        """Whether it could be read as far as its id."""
        return "id" in self.values


def _item(node: Node, *, whole: bool = True) -> Item:
    return Item(node.plain(), node.line, node.column, node, whole)


class Chunk(NamedTuple):
    """One record of a list as it is written, from its dash to the next one: its first line, from 1, and its text."""

    line: int
    text: str


def split(text: str) -> list[Chunk] | None:
    """The records of a list, each from its dash to the next; None for a text that is not that simple.

    Where every chunk can be read (`read_chunk`), they are what the text as a whole holds. A chunk breaks off where a
    text in quotes goes on at the column of the dashes; then the whole must be read.
    """
    first = CONTENT.search(text)
    head = first and _DASH.match(text, first.start())
    if not head or _UNPLAIN.search(text, 0, head.start()) or _MARKER.search(text, head.start()):
        return None
    if _MARKER.findall(text, 0, head.start()) not in ([], ["---"]):
        return None
    starts = [match.start() for match in re.finditer(rf"^{head[1]}-(?=[ \t]|$)", text, re.MULTILINE)]
    if len(starts) > MOST_VALUES:
        return None
    line = text.count("\n", 0, starts[0]) + 1
    chunks = []
    for start, end in pairwise([*starts, len(text)]):
        chunk = text[start:end]
        chunks.append(Chunk(line, chunk))
        line += chunk.count("\n")
    return chunks


def read_chunk(chunk: Chunk, file: str, problems: list[Problem]) -> Item | None:
    """The record of a chunk, None where it is none or no YAML; faults go to `problems`."""
    root, fault, _ = parse(chunk.text, file, chunk.line - 1, problems)
    if fault is not None:
        problems.append(fault)
    elif root is not None:
        return next(_items(root, file, problems), None)
    return None


def read_quickly(chunk: Chunk) -> Item | None:
    """The record of a chunk without the nodes that say where each value stands; None for what is not plain."""
    composed = compose(chunk.text)
    if composed is None:
        return None
    line, column = composed.place()
    return Item(composed.values, chunk.line + line, column + 1)


def read_list(text: str, file: str, problems: list[Problem]) -> Iterator[Item]:
    """Each record of a file that is a list; faults go to `problems`.

    Where the file as a whole is no YAML, it is split at the dashes of its records and each is read by itself.
    """
    first = CONTENT.search(text)
    if first is None:
        problems.append(Problem(file, 1, 1, "syntax", "the file is empty", _EMPTY))
        return
    found: list[Problem] = []
    root, fault, open_map = parse(text, file, 0, found)
    if fault is None:
        problems += found
        if root is not None and isinstance(root.value, list):
            yield from _items(root, file, problems)
        else:
            problems.append(_no_list(text, first.start(), file))
        return
    line_of_first = text[first.start() :].partition("\n")[0]
    indent = len(line_of_first) - len(line_of_first.lstrip(" ")) if re.match(" *-[ \t]|-$", line_of_first) else 0
    starts = [match.start() for match in re.finditer(rf"^ {{{indent}}}-(?=[ \t]|$)", text, re.MULTILINE)]
    if starts and first.start() >= starts[0]:
        yield from _split(text, starts, file, problems)
        return
    if starts:
        problems.append(_no_list(text, first.start(), file))
        yield from _split(text, starts, file, problems)
        return
    problems += [*found, fault]
    if root is not None and isinstance(root.value, list):
        yield from _items(root, file, problems)
    yield _remains(fault, open_map)


def read_map(text: str, file: str, problems: list[Problem]) -> Iterator[Item]:
    """The one record that a file holds, or nothing when nothing of it can be read."""
    if not CONTENT.search(text):
        problems.append(Problem(file, 1, 1, "syntax", "the file is empty; one record was expected"))
        return
    found: list[Problem] = []
    root, fault, open_map = parse(text, file, 0, found)
    if fault is not None:
        yield from _mend(_Broken(text, file, 0, 0, [*found, fault], open_map), problems)
        return
    problems += found
    if root is not None and isinstance(root.value, dict):
        yield _item(root)
    else:
        line, column = (root.line, root.column) if root else (1, 1)
        problems.append(Problem(file, line, column, "syntax", "one record was expected: fields, one a line"))


def _no_list(text: str, at: int, file: str) -> Problem:
    hint = "begin each record with '- id: ...' in column 1"
    return Problem(file, *position(text, at), "syntax", "a list of records was expected here", hint)


def _items(root: Node, file: str, problems: list[Problem]) -> Iterator[Item]:
    for node in root.value:
        if stop(problems, file, node.line):
            break
        if isinstance(node.value, dict):
            yield _item(node)
        else:
            problems.append(Problem(file, node.line, node.column, "syntax", NO_RECORD))


def _split(text: str, starts: list[int], file: str, problems: list[Problem]) -> Iterator[Item]:
    """Each record of a list that is no YAML as a whole, read by itself."""
    line = text.count("\n", 0, starts[0])
    for start, end in pairwise([*starts, len(text)]):
        if stop(problems, file, line + 1):
            break
        chunk = text[start:end]
        found: list[Problem] = []
        root, fault, open_map = parse(chunk, file, line, found)
        if fault is not None:
            column, fields = _undashed(chunk)
            yield from _mend(_Broken(fields, file, line, column, [*found, fault], open_map), problems)
        elif root is not None:
            problems += found
            yield from _items(root, file, problems)
        line += chunk.count("\n")


def _undashed(chunk: str) -> tuple[int, str]:
    """The column, from 0, of a record's fields, and the record with a blank for its dash."""
    blank = chunk.replace("-", " ", 1)
    content = CONTENT.search(blank)
    if content is None:
        return 0, blank
    line = blank[content.start() :]
    return len(line) - len(line.lstrip(" ")), blank


def _remains(fault: Problem, open_map: Node | None) -> Item:
    """What was read of a record, or of the rest of a list, up to a fault."""
    return _item(open_map or Node({}, fault.line, fault.column), whole=False)


class _Broken(NamedTuple):
    """A record that is no YAML: its text without the dash, the lines before it, the column, from 0, of its fields.

    `found` is what is wrong with it as one text; `open_map` its map as far as that text could be read.
    """

    text: str
    file: str
    line: int
    column: int
    found: list[Problem]
    open_map: Node | None


def _mend(broken: _Broken, problems: list[Problem]) -> Iterator[Item]:
    """What can be read of a record that is no YAML: each of its fields by itself.

    What is wrong with it as one text is told where the fields by themselves show nothing.
    """
    text = broken.text
    begins = re.compile(rf"^ {{{broken.column}}}(?=[^\s#\-\[\]{{}},&*|>!%@`]|-\S)", re.MULTILINE)
    starts = [match.start() for match in begins.finditer(text)]
    if not starts or CONTENT.search(text[: starts[0]]):
        problems += broken.found
        yield _remains(broken.found[-1], broken.open_map)
        return
    told: list[Problem] = []
    line = broken.line + text.count("\n", 0, starts[0])
    node = Node({}, line + 1, broken.column + 1)
    for start, end in pairwise([*starts, len(text)]):
        if stop(told, broken.file, line + 1):
            break
        piece = text[start:end]
        _add_field(node, piece, line, broken.file, told)
        line += piece.count("\n")
    problems += told or broken.found
    yield _item(node, whole=False)


def _add_field(node: Node, piece: str, line: int, file: str, problems: list[Problem]) -> None:
    """Read one field of a record by itself and put it into the record's node."""
    root, fault, _ = parse(piece, file, line, problems, depth=node.column > 1)
    if fault is not None:
        problems.append(fault)
    elif root is not None and isinstance(root.value, dict):
        for name, value in root.value.items():
            if name in node.value:
                problems.append(repeated_key(file, name, *root.keys[name], node))
            else:
                node.value[name], node.keys[name] = value, root.keys[name]
    elif root is not None:
        message = "a colon is missing on this line"
        problems.append(Problem(file, root.line, root.column, "syntax", message, "write field: value"))
