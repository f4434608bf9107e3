"""A store's files -> records and Problems. Cold: no command that finds a fresh index imports this."""

import gc
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from mali_chrono.dates.edtf import EdtfError
from mali_chrono.dates.edtf import parse as parse_date
from mali_chrono.errors import Problem
from mali_chrono.figures import figure as figures
from mali_chrono.kinds import TOLL_KINDS
from mali_chrono.store import model, reader
from mali_chrono.store.locate import Store, StoreFile, files
from mali_chrono.store.reader import Node
from mali_chrono.store.shapes import SHAPES, Field

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
_CITE = re.compile(r"([a-z0-9][a-z0-9-]*):([1-9][0-9]{0,7})(?:-([1-9][0-9]{0,7}))?")
_ID = re.compile(r"""^(?:- +)?id: *["']?([a-z0-9-]+)""", re.MULTILINE)
_SHA256 = re.compile(r"[0-9a-f]{64}")

RECORDS: dict[str, tuple[str, type[Any]]] = {
    "types": ("type", model.EventType),
    "sources": ("source", model.Source),
    "places": ("place", model.Place),
    "actors": ("actor", model.Actor),
    "periods": ("period", model.Period),
    "events": ("event", model.Event),
}
_PARTS: dict[str, type[Any]] = {
    "participation": model.Participation,
    "also": model.AlsoDate,
    "link": model.Link,
    "relation": model.Relation,
    "strength": model.Strength,
    "party": model.Party,
    "skip": model.Skip,
}


class Loaded(NamedTuple):
    """A chronology as far as it could be read, what was wrong, each file's lines, and every id that is taken.

    `ids` holds broken records' ids too, so that one broken record makes no second problem where it is referred to.
    """

    chronology: model.Chronology
    problems: list[Problem]
    texts: dict[str, list[str]]
    ids: dict[str, set[str]]


class _Bad(Exception):  # noqa: N818 - a value that makes no record; its Problem is reported already
    pass


def load(store: Store) -> Loaded:
    """Read every file of a store."""
    # The collector would walk the growing heap again and again: 10,000 events take three times as long with it.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _load(files(store))
    finally:
        if collecting:
            gc.enable()


def _load(store_files: list[StoreFile]) -> Loaded:
    problems: list[Problem] = []
    texts: dict[str, list[str]] = {}
    records: dict[str, list[Any]] = {kind: [] for kind in RECORDS}
    ids: dict[str, set[str]] = {kind: set() for kind in RECORDS}
    for file in store_files:
        try:
            content = file.path.read_bytes()
        except OSError as fault:
            problems.append(Problem(file.relative, 0, 0, "unreadable", f"cannot be read: {fault.strerror}"))
            continue
        text, faults = reader.decode(content, file.relative)
        problems += faults
        texts[file.relative] = text.split("\n")
        if any(fault.rule == "encoding" for fault in faults):
            continue
        read = reader.read_map if file.kind == "sources" else reader.read_list
        shape, made = RECORDS[file.kind]
        ids[file.kind].update(_ID.findall(text))
        if file.kind == "sources":
            ids[file.kind].add(file.path.stem)
        for node in read(text, file.relative, problems):
            builder = _Builder(file.relative, problems)
            try:
                values = builder.record(shape, node)
            except _Bad:
                continue
            records[file.kind].append(made(**values, path=file.relative, node=node))
    return Loaded(model.Chronology(**{kind: tuple(made) for kind, made in records.items()}), problems, texts, ids)


class _Builder:
    """Turns nodes into the values of the table of shapes; what is wrong goes to `problems`."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file, self.problems = file, problems

    def report(self, node: Node, rule: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.file, node.line, node.column, rule, message, hint))

    def record(self, shape: str, node: Node) -> dict[str, Any]:
        """The values of one record by field name. Raises _Bad, after looking at every field, when one is bad."""
        if not isinstance(node.value, dict):
            self.report(
                node, "wrong-kind", f"a map of fields was expected for {_a(shape)}", "write {field: value, ...}"
            )
            raise _Bad
        fields = {field.name: field for field in SHAPES[shape]}
        values: dict[str, Any] = {}
        bad = False
        for name, value in node.value.items():
            field = fields.get(name)
            if field is None:
                line, column = node.keys[name]
                hint = reader.unknown(name, tuple(fields))
                message = f"unknown field '{name}' in {_a(shape)}"
                self.problems.append(Problem(self.file, line, column, "unknown-key", message, hint))
                continue
            try:
                values[name] = self.field(field, value)
            except _Bad:
                bad = True
        missing = [f"'{field.name}'" for field in fields.values() if field.required and field.name not in node.value]
        if missing:
            what = "the field " + missing[0] if len(missing) == 1 else "the fields " + ", ".join(missing)
            self.report(node, "missing-field", f"{_a(shape)} needs {what}")
        if bad or missing:
            raise _Bad
        return values

    def field(self, field: Field, node: Node) -> Any:
        if not field.many:
            if isinstance(node.value, list) and field.form == "date":
                self.report(
                    node, "bad-date", "a set of dates was read as a list", 'quote it: "[2021-08-17..2021-08-21]"'
                )
                raise _Bad
            return self.one(field, node)
        if isinstance(node.value, list):
            return tuple(self.each(field, node.value))
        if field.form == "cite":  # one cite may stand alone
            return (self.one(field, node),)
        self.report(node, "wrong-kind", f"'{field.name}' is a list", f"write {field.name}: [...]")
        raise _Bad

    def each(self, field: Field, nodes: list[Node]) -> Iterator[Any]:
        bad = False
        for node in nodes:
            try:
                yield self.one(field, node)
            except _Bad:
                bad = True
        if bad:
            raise _Bad

    def one(self, field: Field, node: Node) -> Any:
        if field.form == "record":
            values = self.record(field.to, node)
            return self.toll(values, node) if field.to == "toll" else _PARTS[field.to](**values)
        if field.form == "reasons":
            return self.reasons(node)
        if not isinstance(node.value, str):
            self.report(node, "wrong-kind", f"'{field.name}' is one text", "quote it if it begins with [ or {")
            raise _Bad
        text = node.value.strip()
        if not text:
            self.report(node, "empty-field", f"'{field.name}' is empty", "fill it, or delete the line")
            raise _Bad
        if field.choices and text not in field.choices:
            hint = reader.unknown(text, field.choices)
            self.report(node, "bad-value", f"'{text}' is no {field.name}", hint)
            raise _Bad
        try:
            return _FORMS.get(field.form, str)(text)
        except EdtfError as fault:
            self.report_inside(node, fault.column, "bad-date", str(fault))
        except figures.FigureError as fault:
            self.report(node, "bad-figure", str(fault))
        except ValueError as fault:
            self.report(node, "bad-value", f"{field.name}: {fault}")
        raise _Bad

    def report_inside(self, node: Node, offset: int, rule: str, message: str) -> None:
        column = node.column + offset + (1 if node.quoted else 0)
        self.problems.append(Problem(self.file, node.line, column, rule, message))

    def toll(self, values: dict[str, Any], node: Node) -> model.Toll:
        kinds = [kind for kind in TOLL_KINDS if kind in values]
        if len(kinds) != 1:
            given = " and ".join(kinds) or "none"
            self.report(node, "toll-kind", f"a toll has exactly one of {', '.join(TOLL_KINDS)}; this one has {given}")
            raise _Bad
        return model.Toll(kind=kinds[0], figure=values.pop(kinds[0]), **values)

    def reasons(self, node: Node) -> dict[str, str]:
        if not isinstance(node.value, dict):
            self.report(node, "wrong-kind", "'ignore' is a map of a rule to a reason", "ignore: {rule: reason}")
            raise _Bad
        for rule, reason in node.value.items():
            if not isinstance(reason.value, str) or not reason.value.strip():
                self.report(reason, "empty-field", f"ignoring '{rule}' needs a reason")
                raise _Bad
        return {rule: reason.value for rule, reason in node.value.items()}


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _slug(text: str) -> str:
    if not _SLUG.fullmatch(text):
        guess = nearest_slug(text)
        raise ValueError(
            f"'{text}' is no id: small letters, digits and hyphens" + (f", like '{guess}'" if guess else "")
        )
    return text


def nearest_slug(text: str) -> str:
    """The id nearest to a text, by folding it."""
    from mali_chrono.text import fold  # noqa: PLC0415 - only where something is wrong

    return fold(text).replace(" ", "-")


def parse_cite(text: str) -> model.Cite:
    """`source:line` or `source:first-last`. Raises ValueError."""
    match = _CITE.fullmatch(text)
    if not match:
        raise ValueError(f"'{text}' is no cite: write source:line or source:first-last, like cep-mali:110-111")
    first = int(match[2])
    last = int(match[3] or first)
    if last < first:
        raise ValueError(f"'{text}' runs backwards")
    return model.Cite(match[1], first, last)


def _place(text: str) -> model.PlaceRef:
    return model.PlaceRef(_slug(text.removeprefix("~")), text.startswith("~"))


def _integer(text: str) -> int:
    if not re.fullmatch(r"0|[1-9][0-9]{0,8}", text):
        raise ValueError(f"'{text}' is no whole number")
    return int(text)


def _number(text: str) -> float:
    if not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,6})?", text):
        raise ValueError(f"'{text}' is no decimal number")
    return float(text)


def _flag(text: str) -> bool:
    if text not in {"true", "false"}:
        raise ValueError(f"'{text}' is neither true nor false")
    return text == "true"


def _sha256(text: str) -> str:
    if not _SHA256.fullmatch(text):
        raise ValueError("a sha256 is 64 hexadecimal digits in small letters")
    return text


_FORMS: dict[str, Callable[[str], Any]] = {
    "id": _slug,
    "date": parse_date,
    "figure": figures.parse_figure,
    "cite": parse_cite,
    "place": _place,
    "integer": _integer,
    "number": _number,
    "flag": _flag,
    "sha256": _sha256,
}
