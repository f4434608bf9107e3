"""A Markdown table, for a report."""

import re

from mali_chrono.index.fields import HEADERS, RIGHT
from mali_chrono.render.look import Look, Timeline

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")


def md(view: Timeline, look: Look) -> str:  # noqa: ARG001
    """A table with one event a row; nothing in the data is read as Markdown."""
    headers = [HEADERS.get(field, field).capitalize() for field in view.fields]
    rules = ["---:" if field in RIGHT else "---" for field in view.fields]
    rows = [[escape(value) for value in row[:-1]] for row in view.rows]
    return "".join(f"| {' | '.join(row)} |\n" for row in (headers, rules, *rows))


def escape(value: object) -> str:
    """A value as Markdown text that shows just what it says."""
    return "" if value is None else _SPECIAL.sub(r"\\\1", " ".join(str(value).split()))
