"""What a table of an export is: its columns, their types, its key, what it refers to; read from a plain text."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_LINE = re.compile(r"(\w+) (text|integer|real|boolean)([*!]?)(?: >(\w+))?(?: (.+))?")


class Column(NamedTuple):
    """A column: its type (text, integer, real, boolean), whether it is never empty or part of the key, what it holds.

    `refers` is the table whose key it holds.
    """

    name: str
    type: str
    required: bool
    key: bool
    refers: str | None
    about: str


class Table(NamedTuple):
    """A table and what a row of it is."""

    name: str
    about: str
    columns: tuple[Column, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """The names of the columns that make a row unique."""
        return tuple(column.name for column in self.columns if column.key)

    @property
    def references(self) -> list[tuple[str, str]]:
        """Columns that hold the key of a table, each with that table; the key has one column."""
        return [(column.name, column.refers) for column in self.columns if column.refers]


def unquoted(field: str) -> str:
    """A field as the name of a column without quotes: kinds of toll have hyphens, and Spark reads "..." as a text."""
    return field.replace("-", "_")


def read_tables(text: str) -> Iterator[Table]:
    """The tables of a text: a paragraph each, "name: what a row is", then a column a line.

    A line is name, type, `*` (part of the key) or `!` (never empty), `>table` whose key it holds, what it is.
    """
    for block in text.strip().split("\n\n"):
        head, *lines = block.split("\n")
        name, _, about = head.partition(": ")
        matches = [match for line in lines if (match := _LINE.fullmatch(line))]
        columns = [
            Column(column, kind, bool(mark), mark == "*", refers, said or "")
            for column, kind, mark, refers, said in (match.groups() for match in matches)
        ]
        yield Table(name, about, tuple(columns))


def described(tables: Iterable[Table]) -> str:
    """The tables as Markdown: a line a table, its columns with their types, the key in bold."""
    texts = []
    for table in tables:
        columns = []
        for column in table.columns:
            name = f"**`{column.name}`**" if column.key else f"`{column.name}`"
            kind = f"{column.type} -> {column.refers}" if column.refers else column.type
            said = f": {column.about}" if column.about else ""
            columns.append(f"  - {name} {kind}{'' if column.required else ' or empty'}{said}\n")
        texts.append(f"- **{table.name}**: {table.about}\n{''.join(columns)}")
    return "".join(texts)
