"""Markdown, for a report: a table, and text that is read as nothing but text."""

import re
from collections.abc import Iterable, Sequence

from mali_chrono.render.look import Column
from mali_chrono.text import one_line

# What CommonMark, GitHub's dialect or pandoc's reads as more than text. A bare address becomes a link by its "://" or
# "www."; GitHub alone links an address of mail even so, to just what it says.
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~#$^@]|:(?=//)|(?<=\b[wW][wW][wW])\.")


def table(columns: Sequence[Column], rows: Iterable[Iterable[object]]) -> str:
    """A table with one row a line; the headings are ours and stand as they are, nothing in a cell is Markdown."""
    headings = [column.heading for column in columns]
    rules = ["---:" if column.right else "---" for column in columns]
    cells = ([escape(value) for value in row] for row in rows)
    return "".join(f"| {' | '.join(line)} |\n" for line in (headings, rules, *cells))


def escape(value: object) -> str:
    """A value as Markdown text that shows just what it says; its blanks are single, as Markdown shows them."""
    text = " ".join(filter(None, one_line(value).split(" ")))
    return _SPECIAL.sub(r"\\\g<0>", text).replace("&", "&amp;")
