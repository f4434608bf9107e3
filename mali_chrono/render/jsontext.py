"""json: one object with the schema, what was asked, and named blocks of rows; and rows alone."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mali_chrono.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.figures.reckon import Range

SCHEMA = "chrono/1"


def dump(value: object) -> str:
    """A value as json text on one line."""
    from json import dumps

    return shown(dumps(value, ensure_ascii=False))


def envelope(query: Mapping[str, object] | None, blocks: Mapping[str, str | Sequence[str]], **values: object) -> str:
    """The object: schema and query (None: it has none) and further values on the first line, then the blocks.

    A block is the json texts of its rows, written one a line, or one json text as it is.
    """
    head = {"schema": SCHEMA, **({} if query is None else {"query": query}), **values}
    lines = [f"{dump(name)}: {text if isinstance(text, str) else block(text)}" for name, text in blocks.items()]
    return dump(head)[:-1] + (", " if query is None else ",\n") + ",\n".join(lines) + "}\n"


def indented(query: Mapping[str, object], values: Mapping[str, object]) -> str:
    """The object with each part of each value on a line of its own."""
    from json import dumps

    text = dumps({"schema": SCHEMA, "query": query, **values}, ensure_ascii=False, indent=1)
    return lines(text.split("\n"))


def shown(text: str) -> str:
    """A line of json with what a terminal would obey or hide as json escapes it: the same values, nothing unseen."""
    if text.isprintable():
        return text
    from json import dumps

    return "".join(c if visible(c) == c else dumps(c)[1:-1] for c in text)


def block(texts: Sequence[str]) -> str:
    """The json texts of rows as an array, one a line."""
    body = ",\n".join(map(shown, texts))
    return f"[\n{body}\n]" if texts else "[]"


def lines(texts: Iterable[str]) -> str:
    """jsonl: one row a line."""
    return "".join(f"{shown(text)}\n" for text in texts)


def figures(total: "Range | None") -> dict[str, Any] | None:
    """Low, best and high as a json object."""
    return total and {"low": total.low, "best": total.best, "high": total.high, "open": total.open}
