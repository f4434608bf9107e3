"""The documents, and one document's lines with the events that cite them."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from mali_chrono.render import console, formats, jsontext, plain
from mali_chrono.render.elsewhere import tell_elsewhere
from mali_chrono.render.look import Column, Look
from mali_chrono.render.tabular import Table, Tabular
from mali_chrono.text import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.answers.about import About

LABEL, WIDEST = 11, 140
LIST = [
    *map(Column, ("document", "title", "as of")),
    *(Column(key, right=True) for key in ("lines", "cited", "events")),
]
STRETCHES = [Column("lines", right=True), Column("events")]
RECORD = (
    "id", "title", "author", "publisher", "url", "when", "licence", "file", "sha256", "lines", "pages", "format", "map",
    "unverifiable", "summary", "note",
)  # fmt: skip
# The fields of a row for a program: of a document, and of a stretch of one's lines.
FIELDS, LINES = ("document", "title", "as_of", "lines", "cited", "events"), ("document", "lines", "events", "others")
LABELS = {"id": "document", "when": "as of", "unverifiable": "no copy"}


class Documents(NamedTuple):
    """Documents as json objects, whether each is told `whole`, with its lines, and the store.

    `about` is what the answer says of itself.
    """

    bodies: Sequence[str]
    whole: bool
    store: str
    about: "About | None" = None


def _json(view: Documents, look: Look) -> str:  # noqa: ARG001
    return jsontext.envelope(None, {"documents": map(jsontext.dump, _objects(view))})


def _objects(view: Documents) -> Iterator[dict[str, Any]]:
    left_out = {"when", "cited", "events"} if view.whole else {"when", "stretches"}
    for body in _read(view):
        yield {key: value for key, value in body.items() if key not in left_out}


def _plain(view: Documents, look: Look) -> str:  # noqa: ARG001
    if not view.whole:
        return plain.table(LIST, [_cells(body) for body in _read(view)])
    return "".join(
        f"{plain.facts(tell_facts(body), LABEL)}\n{plain.table(STRETCHES, stretches_of(body))}" for body in _read(view)
    )


def _table(view: Documents, look: Look) -> str:
    from rich.text import Text

    width = min(look.width or console.UNKNOWN, WIDEST)
    bodies = _read(view)
    parts: list[Any] = []
    if not view.whole:
        parts.append(console.grid(LIST, [_cells(body) for body in bodies]))
    for body in bodies if view.whole else ():
        parts += [
            console.facts(plain.label_once(tell_facts(body)), LABEL),
            Text(),
            console.grid(STRETCHES, stretches_of(body)),
        ]
    return console.draw([*parts, Text(), console.closing(counted(len(bodies), "document"), view.store)], width, look)


def _tabular(view: Documents, look: Look) -> Tabular:  # noqa: ARG001
    """A row a document; told whole, a row a stretch of its lines."""
    bodies = _read(view)
    what = counted(len(bodies), "document")
    if not view.whole:
        rows = [_cells(body) for body in bodies]
        objects = map(jsontext.dump, _objects(view))
        return Tabular("Documents", FIELDS, rows, objects, [Table(LIST, rows)], what, view.store, (), view.about)
    stretches = [{"document": body["id"], **part} for body in bodies for part in body["stretches"]]
    values = ([*map(part.__getitem__, LINES[:2]), ", ".join(part["events"]), part["others"]] for part in stretches)
    objects = map(jsontext.dump, stretches)
    tables = (table for body in bodies for table in _tables(body))
    title = ", ".join(body["title"] for body in bodies)
    return Tabular(title, LINES, values, objects, tables, what, view.store, (), view.about)


def _tables(body: dict[str, Any]) -> Iterator[Table]:
    yield Table([Column("label"), Column("text")], [*plain.label_once(tell_facts(body))], body["id"])
    yield Table(STRETCHES, stretches_of(body))


FORMATS = formats.offer({"table": _table, "plain": _plain, "json": _json}, _tabular)


def _read(view: Documents) -> list[dict[str, Any]]:
    import json

    return [json.loads(body) for body in view.bodies]


def _cells(body: dict[str, Any]) -> list[str]:
    lines = "-" if body["lines"] is None else str(body["lines"])
    return [body["id"], body["title"], body["when"], lines, str(body["cited"]), str(body["events"])]


def stretches_of(body: dict[str, Any]) -> list[list[str]]:
    """Its lines and the events that cite them; `-` where none does."""
    none = {False: "-", True: "- (actors, periods)"}
    return [[part["lines"], ", ".join(part["events"]) or none[bool(part["others"])]] for part in body["stretches"]]


def tell_facts(body: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """A document's record: labels and texts."""
    yield from ((LABELS.get(key, key), str(body[key])) for key in RECORD if body[key])
    yield from tell_elsewhere(body)
    for skip in body["skip"]:
        yield "skip", " ".join(filter(None, (skip["date"], skip["lines"]))) + f": {skip['reason']}"
