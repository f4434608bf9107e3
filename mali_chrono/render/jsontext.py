"""json: one object with the schema, what was asked, and named blocks of rows; and rows alone."""

from collections.abc import Iterable, Iterator, Mapping

from mali_chrono.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.render.look import Look
    from mali_chrono.render.tabular import Tabular

SCHEMA = "chrono/1"


def dump(value: object) -> str:
    """A value as json text on one line."""
    from json import dumps

    return shown(dumps(value, ensure_ascii=False))


def envelope(query: Mapping[str, object] | None, blocks: Mapping[str, str | Iterable[str]], **values: object) -> str:
    """The object: schema and query (None: it has none) and further values on the first line, then the blocks.

    A block is the json texts of its rows, written one a line, or one json text as it is.
    """
    return "".join(pieces(query, blocks, **values))


def pieces(
    query: Mapping[str, object] | None, blocks: Mapping[str, str | Iterable[str]], **values: object
) -> Iterator[str]:
    """The same, a row a time."""
    head = {"schema": SCHEMA, **({} if query is None else {"query": query}), **values}
    before = dump(head)[:-1] + (", " if query is None else ",\n")
    for name, texts in blocks.items():
        yield f"{before}{dump(name)}: "
        before = ",\n"
        if isinstance(texts, str):
            yield texts
        else:
            yield from block(texts)
    yield "}\n"


def block(texts: Iterable[str]) -> Iterator[str]:
    """The json texts of rows as an array, one a line, a row a time."""
    mark = "[\n"
    for text in texts:
        yield f"{mark}{shown(text)}"
        mark = ",\n"
    yield "\n]" if mark == ",\n" else "[]"


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


def write(answer: "Tabular", look: "Look") -> Iterator[str]:  # noqa: ARG001
    """jsonl: the rows of an answer as json objects, one a line."""
    return (f"{shown(text)}\n" for text in answer.objects)


def lines(texts: Iterable[str]) -> str:
    """One text a line."""
    return "".join(f"{shown(text)}\n" for text in texts)
