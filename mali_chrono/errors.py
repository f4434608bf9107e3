"""What can go wrong, and the exit code it ends with.

Exit codes: 0 fine, also when nothing matched; 1 the data is wrong (a broken store, an unmet
`--expect`, an output that cannot be written); 2 the command is wrong (usage, a bad date, an
unknown name, no store).
"""

import sys
from typing import NamedTuple

from mali_chrono.text import counted, listing, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence
    from typing import Any

# How SQLite says that a question passes one of its limits (https://sqlite.org/limits.html).
_LIMIT = r"\btoo (?:large|many|big|complex|deep)|stack overflow"
ERROR = "error"
WARNING = "warning"


class Later(NamedTuple):
    """A text that takes long to make: it is made where it is read, and of many problems only some are."""

    make: "Callable[..., str]"
    args: "tuple[Hashable, ...]"


class Problem(NamedTuple):
    """One thing wrong with a store, at a place an editor can jump to.

    `file` is relative to the store (of a document, the name of its copy), `line` and `column` count from 1 (0: the file
    as a whole); `excerpt` is the text of that line, `advice` its hint, made or to be made, `record` the id of what it
    lies in, where that has one.
    """

    file: str
    line: int
    column: int
    rule: str
    message: str
    advice: "str | Later" = ""
    severity: str = ERROR
    excerpt: str = ""
    record: str = ""

    @property
    def hint(self) -> str:
        """What would fix it."""
        return self.advice if isinstance(self.advice, str) else self.advice.make(*self.advice.args)

    def fields(self) -> "dict[str, Any]":
        """All that is known of it, by name, for a program."""
        return {
            ("hint" if name == "advice" else name): value
            for name, value in self._replace(advice=self.hint)._asdict().items()
        }

    @property
    def where(self) -> str:
        """`file:line:column`, shortened by what is not known."""
        return ":".join([self.file, *(str(n) for n in (self.line, self.column) if n)])

    def with_excerpt(self, lines: "Sequence[str]") -> "Problem":
        """The same with the text of its line, where its file's lines have it."""
        return self._replace(excerpt=lines[self.line - 1].rstrip("\r")) if 0 < self.line <= len(lines) else self


class ChronoError(Exception):
    """Something a person is told in one message, a line an argument; `exit_code` is the command's."""

    exit_code = 1

    def __str__(self) -> str:
        return "\n".join(visible(str(line)) for line in self.args)


class UsageError(ChronoError):
    """The command is wrong: an option, a date, a name, no store."""

    exit_code = 2


class DataError(ChronoError):
    """The data is wrong, or cannot be read or written."""


class BrokenStoreError(DataError):
    """The store has errors; a report from it would say something false."""

    def __init__(self, problems: "Sequence[Problem]") -> None:
        shown = [f"{p.where}: {p.message}" for p in problems[:3]]
        more = len(problems) - len(shown)
        lines = [f"the store has {counted(len(problems), 'error')}:", *(f"  {line}" for line in shown)]
        if more:
            lines.append(f"  and {more} more")
        super().__init__(*lines, "run `chrono check` to see every problem")
        self.problems = tuple(problems)

    @property
    def first(self) -> str:
        """How many errors there are, and what the first one is, in one line."""
        first = self.problems[0]
        return f"{counted(len(self.problems), 'error')}, first at {first.where}: {first.message}"


def as_error(fault: Exception) -> "ChronoError | None":
    """The error that a fault is where a person can mend it; None for any other, a mistake of the program's."""
    import os  # noqa: PLC0415 - only where something is wrong
    import re  # noqa: PLC0415

    sqlite3 = sys.modules.get("sqlite3")
    match fault:
        case ChronoError():
            return fault
        case RecursionError():
            said = "the data is nested too deep"
        case MemoryError():
            said = "there is not enough memory for this"
        case OSError():  # of reading: whoever writes makes a DataError of it
            name = f"'{os.fsdecode(fault.filename)}'" if isinstance(fault.filename, str | bytes) else "what is needed"
            said = f"cannot read {name}: {fault.strerror or fault}"
        case _ if sqlite3 and isinstance(fault, sqlite3.Error):
            if re.search(_LIMIT, str(fault)):
                return UsageError(f"too much is asked at once: SQLite says '{fault}'")
            said = f"no answer from the index: SQLite says '{fault}'"
        case _:
            return None
    return DataError(said)


def did_you_mean(word: str, words: "Iterable[str]", count: int = 3) -> str:
    """A question that offers the nearest of some words, or an empty text."""
    from mali_chrono.near import nearest  # noqa: PLC0415 - only where a word is wrong

    near = nearest(word, words if isinstance(words, frozenset) else list(words), count)
    quoted = [f"'{word}'" for word in near]
    return f"did you mean {listing(quoted, 'or')}?" if quoted else ""


def offer(word: str, words: "Sequence[str]", count: int = 3) -> str:
    """What to write instead of a word outside a short list: the nearest of its words, or all of them."""
    return did_you_mean(word, words, count) or "one of: " + ", ".join(words)
