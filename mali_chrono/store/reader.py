"""YAML text -> nodes with line and column on everything, or Problems. The only user of yaml.

Never `safe_load` (it reads `no` as False, loses duplicate keys, stops at the first bad date) and never `compose`
(50,000 opening brackets end the process): libyaml's event stream, where every scalar stays a string and depth is
bounded. A file that is a list is read item by item, so that one syntax error hides no other item.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from mali_chrono.errors import Problem, did_you_mean

MAX_DEPTH = 16
# Control characters, line separators that editors count differently, marks that reorder what a terminal shows.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_ITEM = re.compile(r"^-(?=[ \t\r\n]|$)", re.MULTILINE)
_CONTENT = re.compile(r"^(?![ \t]*(?:#|\r?$))(?!---[ \t]*\r?$)", re.MULTILINE)


class Node:
    """One value of a YAML file: text, a list of nodes, or a map of names to nodes; where it stands, from 1.

    `keys` gives where each name of a map stands; `quoted` whether a text was written with quotes or as a block.
    """

    __slots__ = ("column", "keys", "line", "quoted", "value")

    def __init__(self, value: Any, line: int, column: int, *, quoted: bool = False) -> None:
        self.value = value
        self.line = line
        self.column = column
        self.quoted = quoted
        self.keys: dict[str, tuple[int, int]] = {}

    def find(self, path: tuple[str | int, ...]) -> "Node":
        """The node at a path of names and positions, or the nearest one above it."""
        node = self
        for step in path:
            inner = dict(enumerate(node.value)) if isinstance(node.value, list) else node.value
            if not isinstance(inner, dict) or step not in inner:
                break
            node = inner[step]
        return node


NOWHERE = Node("", 0, 0)


class _Stop(Exception):  # noqa: N818 - not an error: the item cannot be read further
    pass


def decode(content: bytes, file: str) -> tuple[str, list[Problem]]:
    """A file's bytes as text; bytes that are no UTF-8 and characters no text may hold are Problems with a line."""
    problems = []
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as fault:
        before = content[: fault.start].decode("utf-8", "replace")
        line, column = _position(before, len(before))
        message = f"byte 0x{content[fault.start]:02x} is not UTF-8"
        problems.append(Problem(file, line, column, "encoding", message, "save the file as UTF-8"))
        text = content.decode("utf-8", "replace")
    text = text.removeprefix("\ufeff")
    for match in CONTROL.finditer(text):
        line, column = _position(text, match.start())
        hint = "delete it: it cannot be seen and would reach the reader's terminal"
        message = f"character U+{ord(match.group()):04X} is not allowed in a store"
        problems.append(Problem(file, line, column, "control-character", message, hint))
    return CONTROL.sub(" ", text), problems  # told once: libyaml would stop at it


def _position(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def read_list(text: str, file: str, problems: list[Problem]) -> Iterator[Node]:
    """Each item of a file that is a list of maps, split at "- " in column 0; faults go to `problems`."""
    starts = [match.start() for match in _ITEM.finditer(text)]
    head = text[: starts[0]] if starts else text
    stray = _CONTENT.search(head)
    if stray and stray.start() < len(head):
        line, column = _position(head, stray.start())
        message = "a list of records was expected here"
        problems.append(
            Problem(file, line, column, "syntax", message, "begin each record with '- id: ...' in column 1")
        )
    line = head.count("\n")
    for start, end in pairwise([*starts, len(text)]):
        chunk = text[start:end]
        node = _read(chunk, file, line, problems)
        line += chunk.count("\n")
        if node is None:
            continue
        for item in node.value if isinstance(node.value, list) else ():
            if isinstance(item.value, dict):
                yield item
            else:
                problems.append(
                    Problem(file, item.line, item.column, "syntax", "a record was expected: fields, one a line")
                )


def read_map(text: str, file: str, problems: list[Problem]) -> Iterator[Node]:
    """The one map that a file holds, or nothing when it cannot be read."""
    node = _read(text, file, 0, problems)
    if node is None:
        if not any(map(_CONTENT.match, text.splitlines())):
            problems.append(Problem(file, 1, 1, "syntax", "the file is empty; one record was expected"))
        return
    if isinstance(node.value, dict):
        yield node
    else:
        problems.append(Problem(file, node.line, node.column, "syntax", "one record was expected: fields, one a line"))


def _read(chunk: str, file: str, offset: int, problems: list[Problem]) -> Node | None:
    """The root node of one YAML text whose first line is line `offset` + 1 of its file; None when unreadable."""
    import yaml

    events = yaml.parse(chunk, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    reading = _Reading(events, yaml, file, offset, problems)
    try:
        return reading.document()
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        message = (fault.problem or str(fault)).replace("found character '\\t' that", "a tab")
        line, column = _inside(chunk, mark.line, mark.column) if mark else (0, 0)
        problem = Problem(
            file, offset + line + 1, column + 1, "syntax", f"not readable as YAML: {message}", _hint(message)
        )
        problems.append(problem)
    except yaml.YAMLError as fault:
        problems.append(Problem(file, offset + 1, 1, "syntax", f"not readable as YAML: {fault}"))
    except _Stop:
        pass
    return None


def _inside(chunk: str, line: int, column: int) -> tuple[int, int]:
    """A mark of libyaml's, from 0; one at the very end of a text counts as the end of its last line."""
    lines = chunk.splitlines()
    return (line, column) if line < len(lines) else (max(len(lines) - 1, 0), len(lines[-1]) if lines else 0)


def _hint(message: str) -> str:
    if "tab" in message:
        return "indent with spaces"
    if "mapping values are not allowed" in message:
        return "quote a text that holds ': '"
    if "expected ',' or" in message or "expected <block end>" in message:
        return "a bracket or quote is not closed, or the indentation is off"
    if "cannot start any token" in message:
        return "quote a text that begins with a special character"
    return ""


class _Reading:
    """One pass over an event stream; `problems` gathers what does not stop the reading."""

    def __init__(self, events: Any, yaml: Any, file: str, offset: int, problems: list[Problem]) -> None:
        self.events, self.yaml, self.file, self.offset, self.problems = events, yaml, file, offset, problems

    def document(self) -> Node | None:
        root = None
        for event in self.events:
            if isinstance(event, self.yaml.DocumentStartEvent):
                if root is not None:
                    self.report(event, "syntax", "a file holds one document", "delete this '---'")
                    raise _Stop
                root = self.node(next(self.events), 0)
        return root

    def report(self, event: Any, rule: str, message: str, hint: str = "") -> None:
        mark = event.start_mark
        self.problems.append(Problem(self.file, self.offset + mark.line + 1, mark.column + 1, rule, message, hint))

    def node(self, event: Any, depth: int) -> Node:
        if isinstance(event, self.yaml.AliasEvent):
            self.report(event, "alias", f"alias '*{event.anchor}' is not allowed", "write the value out")
            raise _Stop
        if event.anchor:
            self.report(event, "anchor", f"anchor '&{event.anchor}' is not allowed", "write the value out each time")
        if event.tag and event.tag != "!":
            self.report(event, "tag", f"tag '{event.tag}' is not allowed", "delete it: every value is text here")
        if depth > MAX_DEPTH:
            self.report(event, "depth", f"nested deeper than {MAX_DEPTH} levels", "a bracket is not closed?")
            raise _Stop
        line, column = self.offset + event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, self.yaml.ScalarEvent):
            if event.style == '"' and (bad := CONTROL.search(event.value)):
                message = f"character U+{ord(bad.group()):04X} is not allowed in a store"
                self.report(event, "control-character", message, "delete the escape")
            return Node(event.value, line, column, quoted=event.style is not None)
        if isinstance(event, self.yaml.SequenceStartEvent):
            return Node(list(self.items(depth)), line, column)
        return self.map(Node({}, line, column), depth)

    def items(self, depth: int) -> Iterator[Node]:
        for event in self.events:
            if isinstance(event, self.yaml.SequenceEndEvent):
                return
            yield self.node(event, depth + 1)

    def map(self, node: Node, depth: int) -> Node:
        for event in self.events:
            if isinstance(event, self.yaml.MappingEndEvent):
                break
            key = self.node(event, depth + 1)
            value = self.node(next(self.events), depth + 1)
            if not isinstance(key.value, str):
                self.report(event, "syntax", "a field's name must be a text", "quote a text that begins with [ or {")
            elif key.value == "<<":
                self.report(event, "merge-key", "merge keys ('<<') are not allowed", "write the fields out")
            elif key.value in node.value:
                first = node.keys[key.value][0]
                hint = f"it already stands in line {first}; keep one"
                self.report(event, "duplicate-key", f"field '{key.value}' stands twice", hint)
            else:
                node.value[key.value] = value
                node.keys[key.value] = (key.line, key.column)
        return node


def unknown(word: str, known: tuple[str, ...]) -> str:
    """What to offer for a word outside a short list: the near ones, or all of them."""
    return did_you_mean(word, known, 1) or "one of: " + ", ".join(known)
