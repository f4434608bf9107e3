"""One YAML text -> nodes with line and column on everything, or the Problem that ends it.

Never `safe_load` (it reads `no` as False, loses duplicate keys, stops at the first bad date), nor `compose` without a
bound (50,000 opening brackets end the process): libyaml's event stream, where every scalar stays a string and depth is
bounded.
"""

import re
from typing import Any, NamedTuple

from mali_chrono.errors import Problem
from mali_chrono.store.decode import CONTROL, MOST_PROBLEMS
from mali_chrono.store.syntax import told

Path = tuple[str | int, ...]  # names and positions that lead to a value
MAX_DEPTH = 16
MOST_VALUES = 1_000_000
LONGEST = 50_000_000
CUT = re.compile(r"(?<=\S)[ \t]+#.*$", re.MULTILINE)


class Cut(NamedTuple):
    """What a `#` cuts off from a text that is not quoted: where it begins, from 1, and the rest of its line."""

    line: int
    column: int
    text: str


class Key(str):
    """The last step of a path that leads to where a name of a map stands, not to its value."""

    __slots__ = ()


_NO_KEYS: dict[str, tuple[int, int]] = {}


class Node:
    """One value of a YAML file: text, a list of nodes, or a map of names to nodes; where it stands, from 1.

    `keys` gives where each name of a map stands; `quoted` whether a text stands in quotes, `spread` whether it takes
    several lines; `cut` the comment on the line where a text without quotes ends.
    """

    __slots__ = ("column", "cut", "keys", "line", "quoted", "spread", "value")

    def __init__(self, value: Any, line: int, column: int, *, quoted: bool = False) -> None:
        self.value = value
        self.line = line
        self.column = column
        self.quoted = quoted
        self.spread = False
        self.cut: Cut | None = None
        self.keys: dict[str, tuple[int, int]] = {} if isinstance(value, dict) else _NO_KEYS

    def find(self, path: Path) -> "Node":
        """The node at a path of names and positions, or the nearest one above it."""
        node = self
        for step in path:
            if isinstance(node.value, str):
                break
            try:
                node = node.value[step]
            except (LookupError, TypeError):
                break
        return node

    def place(self, path: Path) -> tuple[int, int]:
        """Line and column of what `find` finds; of a `Key` those of the name."""
        if path and isinstance(path[-1], Key) and (at := self.find(path[:-1]).keys.get(path[-1])):
            return at
        node = self.find(path)
        return node.line, node.column

    def plain(self) -> Any:
        """The values alone: texts, lists and maps."""
        if isinstance(self.value, str):
            return self.value
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return {name: node.plain() for name, node in self.value.items()}


class Parsed(NamedTuple):
    """The root of a text, None where nothing stands in it; what ended the reading; the outermost map it left open."""

    root: Node | None
    fault: Problem | None = None
    open_map: Node | None = None


class _Stop(Exception):  # noqa: N818 - carries the Problem that ends the reading
    pass


def parse(text: str, file: str, offset: int, problems: list[Problem], depth: int = 0) -> Parsed:
    """The nodes of one YAML text whose first line is line `offset` + 1 of its file, and lies `depth` levels down.

    What is wrong but does not end the reading goes to `problems`.
    """
    import yaml

    if len(text) > LONGEST:
        message = f"this has {len(text):,} characters; at most {LONGEST:,} can be read as one"
        hint = "write a list with a dash for each record, or shorten the text"
        return Parsed(None, Problem(file, offset + 1, 1, "too-long", message, hint))
    events = yaml.parse(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    reading = _Reading(events, yaml, file, offset, problems)
    if "#" in text:
        reading.find_cuts(text)
    try:
        return Parsed(reading.document(depth))
    except yaml.MarkedYAMLError as fault:
        line, column, message, hint = told(fault, text)
        problem = Problem(file, offset + line + 1, column + 1, "syntax", message, hint)
    except yaml.YAMLError as fault:
        problem = Problem(file, offset + 1, 1, "syntax", f"not readable as YAML: {fault}")
    except _Stop as stop:
        (problem,) = stop.args
    opened = reading.open
    return Parsed(opened[0] if opened else None, problem, next((n for n in opened if isinstance(n.value, dict)), None))


class _Reading:
    """One pass over an event stream; `open` are the lists and maps that have begun and not ended."""

    def __init__(self, events: Any, yaml: Any, file: str, offset: int, problems: list[Problem]) -> None:
        self.events, self.yaml, self.file, self.offset, self.problems = events, yaml, file, offset, problems
        self.open: list[Node] = []
        self.left = MOST_VALUES
        self.cuts: dict[int, tuple[int, str]] = {}

    def find_cuts(self, text: str) -> None:
        """Note by line, from 0, every ` #` after something: the offset of what follows it in its line, and that."""
        line = done = 0
        for match in CUT.finditer(text):
            line += text.count("\n", done, match.start())
            done = match.start()
            self.cuts[line] = (match.start() - text.rfind("\n", 0, match.start()) - 1, match[0])

    def document(self, depth: int) -> Node | None:
        root = None
        for event in self.events:
            if isinstance(event, self.yaml.DocumentStartEvent):
                if root is not None:
                    raise _Stop(self.problem(event, "syntax", "a file holds one document", "delete this '---'"))
                root = self.node(next(self.events), depth)
        return root

    def problem(self, event: Any, rule: str, message: str, hint: str = "") -> Problem:
        mark = event.start_mark
        return Problem(self.file, self.offset + mark.line + 1, mark.column + 1, rule, message, hint)

    def report(self, event: Any, rule: str, message: str, hint: str = "") -> None:
        self.add(self.problem(event, rule, message, hint))

    def add(self, problem: Problem) -> None:
        """Note what does not end the reading, unless there is too much of it."""
        self.problems.append(problem)
        if len(self.problems) >= MOST_PROBLEMS:
            message = "so much is wrong here that the rest was not looked at"
            raise _Stop(problem._replace(rule="too-many", message=message, advice="mend these first"))

    def node(self, event: Any, depth: int) -> Node:
        if isinstance(event, self.yaml.AliasEvent):
            raise _Stop(self.problem(event, "alias", f"alias '*{event.anchor}' is not allowed", "write the value out"))
        if event.anchor:
            self.report(event, "anchor", f"anchor '&{event.anchor}' is not allowed", "write the value out each time")
        if event.tag and event.tag != "!":
            self.report(event, "tag", f"tag '{event.tag}' is not allowed", "delete it: every value is text here")
        if depth > MAX_DEPTH:
            message = f"nested deeper than {MAX_DEPTH} levels"
            raise _Stop(self.problem(event, "depth", message, "a bracket is not closed?"))
        self.left -= 1
        if self.left < 0:
            message = f"more than {MOST_VALUES:,} values in one text"
            hint = "write a list with a dash for each record"
            raise _Stop(self.problem(event, "too-long", message, hint))
        mark = event.start_mark
        line, column = self.offset + mark.line + 1, mark.column + 1
        if isinstance(event, self.yaml.ScalarEvent):
            node = Node(event.value, line, column, quoted=(event.style or " ") in "'\"")
            node.spread = event.end_mark.line > mark.line
            if not event.style and self.cuts:
                node.cut = self.cut(event.end_mark)
            if event.style == '"' and (bad := CONTROL.search(event.value)):
                message = f"character U+{ord(bad.group()):04X} is not allowed in a store"
                self.report(event, "control-character", message, "delete the escape")
            return node
        node = Node([] if isinstance(event, self.yaml.SequenceStartEvent) else {}, line, column)
        self.open.append(node)
        if isinstance(node.value, list):
            self.items(node.value, depth)
        else:
            self.map(node, depth)
        self.open.pop()
        return node

    def cut(self, end: Any) -> Cut | None:
        """The comment on the line where a text without quotes ends, when it begins right there."""
        at, text = self.cuts.get(end.line, (-1, ""))
        return Cut(self.offset + end.line + 1, at + 1, text) if at == end.column else None

    def items(self, items: list[Node], depth: int) -> None:
        for event in self.events:
            if isinstance(event, self.yaml.SequenceEndEvent):
                return
            items.append(self.node(event, depth + 1))

    def map(self, node: Node, depth: int) -> None:
        for event in self.events:
            if isinstance(event, self.yaml.MappingEndEvent):
                return
            key = self.node(event, depth + 1)
            value = self.node(next(self.events), depth + 1)
            if not isinstance(key.value, str):
                self.report(event, "syntax", "a field's name must be a text", "quote a text that begins with [ or {")
            elif key.value == "<<":
                self.report(event, "merge-key", "merge keys ('<<') are not allowed", "write the fields out")
            elif key.value in node.value:
                self.add(repeated_key(self.file, key.value, key.line, key.column, node))
            else:
                node.value[key.value] = value
                node.keys[key.value] = (key.line, key.column)


def repeated_key(file: str, name: str, line: int, column: int, node: Node) -> Problem:
    """The problem of a field that a map has already."""
    hint = f"it already stands in line {node.keys[name][0]}; keep one"
    return Problem(file, line, column, "duplicate-key", f"field '{name}' stands twice", hint)
