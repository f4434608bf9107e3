"""A record's node -> its values by the table of shapes, and a Problem for everything that is wrong with it."""

import re
from typing import Any, NamedTuple

from mali_chrono.dates.edtf import EdtfError
from mali_chrono.errors import WARNING, Problem
from mali_chrono.figures.figure import FigureError
from mali_chrono.kinds import TOLL_KINDS
from mali_chrono.store import model
from mali_chrono.store.forms import FORMS, STAND_INS
from mali_chrono.store.nodes import Cut, Node
from mali_chrono.store.reader import Item, unknown
from mali_chrono.store.shapes import SHAPES, Field

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


# A comment as people write it: two blanks before its mark, one after.
_COMMENT = re.compile(r"(?:[ \t]{2,}|\t)#(?:[ \t].*)?")


class _Shape(NamedTuple):
    fields: dict[str, Field]
    required: tuple[Field, ...]


_SHAPES = {
    name: _Shape({field.name: field for field in fields}, tuple(field for field in fields if field.required))
    for name, fields in SHAPES.items()
}


class _Bad(Exception):  # noqa: N818 - a value that cannot be read; its Problem is reported already
    pass


def build(kind: str, item: Item, file: str, problems: list[Problem]) -> Any:
    """The record of an item, for a field of Chronology; `unread` names what could not be read and has a stand-in."""
    shape, made = RECORDS[kind]
    builder = _Builder(file, problems, whole=item.whole)
    values = builder.record(shape, item.node, "")
    return made(**values, path=file, node=item.node, unread=frozenset(builder.unread))


class _Builder:
    """Turns the nodes of one record into values; what is wrong goes to `problems`, what could not be read to `unread`.

    `within` is what stands before a field's name in `unread`: empty for the record itself, "tolls." for its tolls.
    """

    def __init__(self, file: str, problems: list[Problem], *, whole: bool) -> None:
        self.file, self.problems, self.whole = file, problems, whole
        self.unread: set[str] = set()

    def report(self, node: Node, rule: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.file, node.line, node.column, rule, message, hint))

    def record(self, shape: str, node: Node, within: str) -> dict[str, Any]:
        """The values of the fields of a map, by name."""
        fields, required = _SHAPES[shape]
        values: dict[str, Any] = {}
        for name, value in node.value.items():
            field = fields.get(name)
            if field is None:
                line, column = node.keys[name]
                message = f"unknown field '{name}' in {_a(shape)}"
                hint = unknown(name, tuple(fields))
                self.problems.append(Problem(self.file, line, column, "unknown-key", message, hint))
            elif field.many:
                values[name] = self.many(field, value, within)
            else:
                try:
                    values[name] = self.one(field, value, within)
                except _Bad:
                    self.unread.add(within + name)
        missing = [field for field in required if field.name not in values]
        if missing:
            absent = [f"'{field.name}'" for field in missing if field.name not in node.value]
            if absent and (self.whole or within):
                what = "the field " + absent[0] if len(absent) == 1 else "the fields " + ", ".join(absent)
                self.report(node, "missing-field", f"{_a(shape)} needs {what}")
            for field in missing:
                self.unread.add(within + field.name)
                values[field.name] = () if field.many else STAND_INS.get(field.form, str)()
        if not (self.whole or within):
            self.unread.update(fields.keys() - node.value.keys())
        return values

    def many(self, field: Field, node: Node, within: str) -> tuple[Any, ...]:
        """What could be read of a field that is a list."""
        if isinstance(node.value, list):
            members = node.value
            if field.required and not members:
                self.report(node, "empty-field", f"'{field.name}' is an empty list; it needs one at least", "fill it")
                self.unread.add(within + field.name)
        elif field.form == "cite":  # one cite may stand alone
            members = [node]
        else:
            self.report(node, "wrong-kind", f"'{field.name}' is a list", f"write {field.name}: [...]")
            self.unread.add(within + field.name)
            return ()
        read = []
        for member in members:
            try:
                read.append(self.one(field, member, within))
            except _Bad:
                self.unread.add(within + field.name)
        return tuple(read)

    def one(self, field: Field, node: Node, within: str) -> Any:
        """The value of a field, or of one member of a list. Raises _Bad."""
        if field.form == "record":
            return self.part(field, node, within)
        if field.form == "reasons":
            return self.reasons(node)
        if not isinstance(node.value, str):
            if field.form == "date" and isinstance(node.value, list):
                hint = 'quote it: "[2021-08-17..2021-08-21]"'
                self.report(node, "bad-date", "a set of dates was read as a list", hint)
            else:
                self.report(node, "wrong-kind", f"'{field.name}' is one text", "quote it if it begins with [ or {")
            raise _Bad
        text = node.value.strip()
        if not text:
            self.report(node, "empty-field", f"'{field.name}' is empty", _how_to_fill(field, node))
            raise _Bad
        if node.cut and field.form == "text" and not field.to and not field.choices:
            self.report_cut(node.cut)
        if field.choices and text not in field.choices:
            self.report(node, "bad-value", f"'{text}' is no {field.name}", unknown(text, field.choices))
            raise _Bad
        return self.read(field, node, text)

    def read(self, field: Field, node: Node, text: str) -> Any:
        """The value of a text by the form of its field. Raises _Bad."""
        try:
            return FORMS[field.form](text)
        except EdtfError as fault:
            from mali_chrono.store.offers import offer_date  # noqa: PLC0415 - only where a date is wrong

            column = node.column + fault.column + node.quoted
            self.problems.append(Problem(self.file, node.line, column, "bad-date", str(fault), offer_date(text)))
        except FigureError as fault:
            self.report(node, "bad-figure", str(fault))
        except ValueError as fault:
            self.report(node, "bad-value", f"{field.name}: {fault}")
        raise _Bad

    def report_cut(self, cut: Cut) -> None:
        """Warn where a `#` cuts off the rest of a text, but for what is written as a comment is."""
        if _COMMENT.fullmatch(cut.text):
            return
        message = f"'{cut.text.strip()}' is cut off: ' #' begins a comment"
        hint = "quote the whole text; a comment stands two blanks after it and begins with '# '"
        problem = Problem(self.file, cut.line, cut.column, "cut-off", message, hint, WARNING)
        self.problems.append(problem)

    def part(self, field: Field, node: Node, within: str) -> Any:
        """A part of a record, like a toll, with stand-ins for what could not be read. Raises _Bad."""
        if not isinstance(node.value, dict):
            message = f"a map of fields was expected for {_a(field.to)}"
            self.report(node, "wrong-kind", message, "write {field: value, ...}")
            raise _Bad
        inner = f"{within}{field.name}."
        values = self.record(field.to, node, inner)
        return self.toll(values, node, inner) if field.to == "toll" else _PARTS[field.to](**values)

    def toll(self, values: dict[str, Any], node: Node, within: str) -> model.Toll:
        kinds = [kind for kind in TOLL_KINDS if kind in node.value]
        if len(kinds) != 1:
            given = " and ".join(kinds) or "none"
            self.report(node, "toll-kind", f"a toll has exactly one of {', '.join(TOLL_KINDS)}; this one has {given}")
            self.unread.add(f"{within}kind")
        figures = [values.pop(kind, None) for kind in kinds]
        figure = figures[0] if figures and figures[0] else STAND_INS["figure"]()
        return model.Toll(kind=kinds[0] if kinds else "", figure=figure, **values)

    def reasons(self, node: Node) -> dict[str, str]:
        if not isinstance(node.value, dict):
            self.report(node, "wrong-kind", "'ignore' is a map of a rule to a reason", "ignore: {rule: reason}")
            raise _Bad
        given = {}
        for rule, reason in node.value.items():
            if isinstance(reason.value, str) and reason.value.strip():
                given[rule] = reason.value
            else:
                self.report(reason, "empty-field", f"ignoring '{rule}' needs a reason")
                self.unread.add("ignore")
        return given


def _how_to_fill(field: Field, node: Node) -> str:
    if node.cut:
        return "what follows '#' is a comment: quote a text that begins with it"
    return "fill it" if field.required or field.many else "fill it, or delete the line"


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
