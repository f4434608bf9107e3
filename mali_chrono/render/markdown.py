"""Markdown, for a report: a table, and text that is read as nothing but text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from mali_chrono.render.look import Column, Look
from mali_chrono.render.tabular import Tabular, heads_of
from mali_chrono.text import one_line

# What CommonMark, GitHub's dialect or pandoc's reads as more than text. A bare address becomes a link by its "://" or
# "www."; GitHub alone links an address of mail even so, to just what it says.
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~#$^@]|:(?=//)|(?<=\b[wW][wW][wW])\.")


def write(answer: Tabular, look: Look) -> Iterator[str]:  # noqa: ARG001
    """The tables of an answer, each under its heading, and the notes below."""
    for i, part in enumerate(answer.tables):
        yield "\n" * bool(i)
        if part.heading:
            yield f"## {escape(part.heading)}\n\n"
        heads = [column._replace(header=escape(column.heading)) for column in heads_of(part)]
        yield from lines(heads, part.rows)
    if answer.notes:
        yield "\n" + "  \n".join(map(escape, answer.notes)) + "\n"


def lines(columns: Sequence[Column], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """A table, a row a line; the headings are ours and stand as they are, nothing in a cell is Markdown."""
    headings = [column.heading for column in columns]
    rules = ["---:" if column.right else "---" for column in columns]
    cells = ([escape(value) for value in row] for row in rows)
    return (f"| {' | '.join(line)} |\n" for line in chain((headings, rules), cells))


def escape(value: object) -> str:
    """A value as Markdown text that shows just what it says; its blanks are single, as Markdown shows them."""
    text = " ".join(filter(None, one_line(value).split(" ")))
    return _SPECIAL.sub(r"\\\g<0>", text).replace("&", "&amp;")
