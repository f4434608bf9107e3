"""A record as read -> its values by the table of shapes, and a Problem for everything that is wrong with it."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from mali_chrono.dates.edtf import EdtfError
from mali_chrono.errors import WARNING, Later, Problem, offer
from mali_chrono.figures.figure import FigureError
from mali_chrono.kinds import SECTIONS, Vocabulary
from mali_chrono.schemes import read_id
from mali_chrono.store import model
from mali_chrono.store.forms import FORMS, STAND_INS, gather_calendars
from mali_chrono.store.grammar import Grammar
from mali_chrono.store.nodes import Cut, Node, Path
from mali_chrono.store.reader import Item
from mali_chrono.store.settings import Settings
from mali_chrono.store.shapes import Field
from mali_chrono.text import a

RECORDS: dict[str, tuple[str, type[Any]]] = {
    "settings": ("chronology", Settings),
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
    **{f"{section} entry": kind for section, kind in SECTIONS.items()},
}


# A comment as people write it: two blanks before its mark, one after.
_COMMENT = re.compile(r"(?:[ \t]{2,}|\t)#(?:[ \t].*)?")


class Odd(Exception):  # noqa: N818 - nothing is wrong yet
    """Something may be wrong with an item that has no node to say where."""


class _Bad(Exception):  # noqa: N818 - a value that cannot be read; its Problem is reported already
    pass


def build(kind: str, item: Item, file: str, problems: list[Problem], grammar: Grammar) -> Any:
    """The record of an item, for a field of Chronology; `unread` names what could not be read and has a stand-in.

    Raises Odd where something is wrong with an item that has no node to say where.
    """
    shape, made = RECORDS[kind]
    builder = _Builder(item, file, problems, grammar)
    values = builder.record(shape, item.values, ())
    return made(**values, path=file, line=item.line, column=item.column, unread=frozenset(builder.unread))


class _Builder:
    """Reads the values of one record; what is wrong goes to `problems`, what could not be read to `unread`.

    A path leads to each value, of names and positions.
    """

    def __init__(self, item: Item, file: str, problems: list[Problem], grammar: Grammar) -> None:
        self.file, self.problems, self.whole, self.grammar = file, problems, item.whole, grammar
        self.root = item.node
        self.unread: set[str] = set()

    def node(self, path: Path) -> Node:
        """The node of a value. Raises Odd."""
        if self.root is None:
            raise Odd
        return self.root.find(path)

    def report(self, path: Path, rule: str, message: str, hint: str | Later = "") -> None:
        node = self.node(path)
        self.problems.append(Problem(self.file, node.line, node.column, rule, message, hint))

    def lose(self, path: Path) -> None:
        """Note that something could not be read."""
        self.unread.add(".".join(step for step in path if isinstance(step, str)))

    def record(self, shape: str, given: dict[str, Any], path: Path) -> dict[str, Any]:
        """The values of the fields of a map, by name."""
        fields, required, readers = self.grammar.shapes[shape]
        values: dict[str, Any] = {}
        for name, value in given.items():
            field = fields.get(name)
            if field is None:
                self.report_unknown(shape, name, path)
            elif self.root is None and (read := readers[name]):
                values[name] = _read_quickly(field, read, value)
            elif field.many:
                values[name] = self.many(field, value, (*path, name))
            else:
                try:
                    values[name] = self.one(field, value, (*path, name))
                except _Bad:
                    self.lose((*path, name))
        gather_calendars(values)
        missing = [field for field in required if field.name not in values and field.unless not in given]
        if missing:
            absent = [f"'{field.name}'" for field in missing if field.name not in given]
            if absent and (self.whole or path):
                what = "the field " + absent[0] if len(absent) == 1 else "the fields " + ", ".join(absent)
                self.report(path, "missing-field", f"{a(shape)} needs {what}")
            for field in missing:
                self.lose((*path, field.name))
                values[field.name] = () if field.many else STAND_INS.get(field.form, str)()
        if not (self.whole or path):
            self.unread.update(fields.keys() - given.keys())
        return values

    def report_unknown(self, shape: str, name: str, path: Path) -> None:
        line, column = self.node(path).keys[name]
        fields = self.grammar.shapes[shape].fields
        message = f"unknown field '{name}' in {a(shape)}"
        hint = Later(offer, (name, tuple(fields), 1))
        self.problems.append(Problem(self.file, line, column, "unknown-key", message, hint))

    def many(self, field: Field, value: Any, path: Path) -> tuple[Any, ...]:
        """What could be read of a field that is a list."""
        if isinstance(value, list):
            members = [((*path, i), member) for i, member in enumerate(value)]
            if field.required and not members:
                self.report(path, "empty-field", f"'{field.name}' is an empty list; it needs one at least", "fill it")
                self.lose(path)
        elif field.form == "cite":  # one cite may stand alone
            members = [(path, value)]
        else:
            self.report(path, "wrong-kind", f"'{field.name}' is a list", f"write {field.name}: [...]")
            self.lose(path)
            return ()
        read = []
        for place, member in members:
            try:
                read.append(self.one(field, member, place))
            except _Bad:
                self.lose(path)
        return tuple(read)

    def one(self, field: Field, value: Any, path: Path) -> Any:
        """The value of a field, or of one member of a list. Raises _Bad."""
        if field.form == "record":
            return self.part(field, value, path)
        if field.form == "reasons":
            return self.reasons(value, path)
        if field.form == "ids":
            return self.ids(value, path)
        if not isinstance(value, str):
            if field.form == "date" and isinstance(value, list):
                hint = 'quote it: "[2021-08-17..2021-08-21]"'
                self.report(path, "bad-date", "a set of dates was read as a list", hint)
            else:
                self.report(path, "wrong-kind", f"'{field.name}' is one text", "quote it if it begins with [ or {")
            raise _Bad
        text = value.strip()
        if not text:
            self.report(path, "empty-field", f"'{field.name}' is empty", _how_to_fill(field, self.node(path)))
            raise _Bad
        if self.root is not None and field.form == "text" and not field.to and not field.choices:
            self.report_cut(self.root.find(path).cut)
        if (field.choices or field.words) and text not in field.choices:
            mend = Later(offer, (text, field.choices, 1)) if field.choices else f"the vocabulary has no {field.words}"
            self.report(path, "bad-value", f"'{text}' is no {field.name}", mend)
            raise _Bad
        return self.read(field, path, text)

    def read(self, field: Field, path: Path, text: str) -> Any:
        """The value of a text by the form of its field. Raises _Bad."""
        try:
            return FORMS[field.form](text)
        except EdtfError as fault:
            from mali_chrono.store.offers import offer_date  # noqa: PLC0415 - only where a date is wrong

            node = self.node(path)
            # In a text over several lines its beginning is a place that is there.
            column = node.column + (0 if node.spread else fault.column + node.quoted)
            self.problems.append(
                Problem(self.file, node.line, column, "bad-date", str(fault), Later(offer_date, (text,)))
            )
        except FigureError as fault:
            self.report(path, "bad-figure", str(fault))
        except ValueError as fault:
            self.report(path, "bad-value", f"{field.name}: {fault}")
        raise _Bad

    def report_cut(self, cut: Cut | None) -> None:
        """Warn where a `#` cuts off the rest of a text, but for what is written as a comment is."""
        if cut is None or _COMMENT.fullmatch(cut.text):
            return
        message = f"'{cut.text.strip()}' is cut off: ' #' begins a comment"
        hint = "quote the whole text; a comment stands two blanks after it and begins with '# '"
        problem = Problem(self.file, cut.line, cut.column, "cut-off", message, hint, WARNING)
        self.problems.append(problem)

    def need_map(self, value: Any, path: Path, message: str, hint: str) -> None:
        """Raises _Bad where a value is no map."""
        if not isinstance(value, dict):
            self.report(path, "wrong-kind", message, hint)
            raise _Bad

    def part(self, field: Field, value: Any, path: Path) -> Any:
        """A part of a record, like a toll, with stand-ins for what could not be read. Raises _Bad."""
        self.need_map(value, path, f"a map of fields was expected for {a(field.to)}", "write {field: value, ...}")
        if self.root is None and field.to == "participation":
            try:
                return _participation(tuple(value.items()), self.grammar)
            except TypeError:  # a list or a map in it
                raise Odd from None
        values = self.record(field.to, value, path)
        return self.toll(values, value, path) if field.to == "toll" else _PARTS[field.to](**values)

    def toll(self, values: dict[str, Any], given: dict[str, Any], path: Path) -> model.Toll:
        known = self.grammar.words.toll_kinds
        kinds = [kind for kind in known if kind in given]
        if len(kinds) != 1:
            told = f"a toll has exactly one of {', '.join(known)}; this one has {' and '.join(kinds) or 'none'}"
            self.report(path, "toll-kind", told if known else "the vocabulary has no kinds of toll")
            self.lose((*path, "kind"))
        figures = [values.pop(kind, None) for kind in kinds]
        figure = figures[0] if figures and figures[0] else STAND_INS["figure"]()
        return model.Toll(kind=kinds[0] if kinds else "", figure=figure, **values)

    def reasons(self, value: Any, path: Path) -> dict[str, str]:
        self.need_map(value, path, "'ignore' is a map of a rule to a reason", "ignore: {rule: reason}")
        given = {}
        for rule, reason in value.items():
            if isinstance(reason, str) and reason.strip():
                given[rule] = reason.strip()
            else:
                self.report((*path, rule), "empty-field", f"ignoring '{rule}' needs a reason")
                self.lose(path)
        return given

    def ids(self, value: Any, path: Path) -> dict[str, str]:
        self.need_map(value, path, "'ids' is a map of a scheme to an id", "ids: {wikidata: Q42}")
        given = {}
        for scheme, ident in value.items():
            if not isinstance(ident, str):
                self.report((*path, scheme), "wrong-kind", f"the id of {scheme} is one text", "quote it")
                self.lose(path)
                continue
            try:
                given[scheme] = read_id(scheme, ident.strip())
            except ValueError as fault:
                self.report((*path, scheme), "bad-value", f"ids: {fault}")
                self.lose(path)
        return given


def _read_quickly(field: Field, read: Callable[[str], Any], value: Any) -> Any:
    """The value of a field that holds texts. Raises Odd where one is wrong."""
    try:
        if not field.many:
            return read(_text(value))
        if isinstance(value, list):
            if not value and field.required:
                raise Odd
            return tuple([read(_text(member)) for member in value])
        if field.form == "cite":
            return (read(_text(value)),)
    except (ValueError, LookupError):
        pass
    raise Odd


def _text(value: Any) -> str:
    """A text that is not empty. Raises Odd."""
    if isinstance(value, str) and (text := value.strip()):
        return text
    raise Odd


@lru_cache(8192)
def _participation(given: tuple[tuple[str, str], ...], grammar: Grammar) -> model.Participation:
    """A participation that is right, the same one for the same texts: few differ. Raises Odd."""
    builder = _Builder(Item(dict(given), 0, 0), "", [], grammar)
    return model.Participation(**builder.record("participation", dict(given), ()))


def _how_to_fill(field: Field, node: Node) -> str:
    if node.cut:
        return "what follows '#' is a comment: quote a text that begins with it"
    return "fill it" if field.required or field.many else "fill it, or delete the line"


def build_vocabulary(item: Item, file: str, problems: list[Problem]) -> dict[str, Any]:
    """The sections of a vocabulary that is written as a map, by name, each a tuple of entries."""
    return _Builder(item, file, problems, Grammar(Vocabulary())).record("vocabulary", item.values, ())
