"""Records as chrono lays them out in YAML: fields in the order of `shapes.py`, a line where it fits, else a block.

What a value means is not asked, so that what is wrong can be laid out too.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from mali_chrono.edit.scalars import block, is_plain, scalar
from mali_chrono.store.nodes import Path
from mali_chrono.store.shapes import SHAPES, Field

WIDTH = 120  # of a line that could be broken
PROSE = 110  # of a line of folded text
# Prose is folded rather than quoted.
_PROSE = ("summary", "note")
# A single part of these stands on the line of their name.
_BESIDE = ("links",)
_FIELDS = {shape: {field.name: field for field in fields} for shape, fields in SHAPES.items()}


class Note(NamedTuple):
    """The comments of one value, each with its `#`; an empty one is an empty line.

    Those on lines of their own above it, those at the end of its line, those at the end of a list or a map.
    """

    above: Sequence[str] = ()
    beside: Sequence[str] = ()
    below: Sequence[str] = ()


Notes = Mapping[Path, Note]
_NONE = Note()


def record_text(kind: str, values: Mapping[str, Any], notes: Notes | None = None) -> str:
    """The YAML text of one record, from plain values: texts as the reader gives them, lists, maps.

    `kind` is the shape of a whole record: event, actor, place, period, type, source. Every one but a source is an item
    of a list and begins with a dash. `notes` are its comments by path: ("actors", 1) leads to its second actor.
    """
    writer = _Writer(notes or {})
    if kind == "source":
        lines = [*writer.map(kind, values, (), 0), *writer.below((), 0)]
    else:
        lines = list(writer.member(Field("", "record", to=kind), values, (), 0))
    return "\n".join(lines) + "\n"


class _Writer:
    """Values -> lines; `indent` is how many blanks stand before each."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes

    def map(self, shape: str, values: Mapping[str, Any], path: Path, indent: int) -> Iterator[str]:
        """The fields of a map."""
        for name in _ordered(shape, values):
            yield from self.above(self.note((*path, name)).above, indent)
            before = " " * indent + scalar(name) + ":"
            yield from self.value(_field(shape, name), before, values[name], (*path, name), indent)

    def member(self, field: Field, value: Any, path: Path, indent: int) -> Iterator[str]:
        """One member of a list."""
        dash = " " * indent + "-"
        if isinstance(value, Mapping) and self.in_brackets(field, dash, value, path) is None:
            yield from self.item(_shape(field), value, path, indent)
        else:
            yield from self.above(self.note(path).above, indent)
            yield from self.value(field, dash, value, path, indent)

    def item(self, shape: str, values: Mapping[str, Any], path: Path, indent: int) -> Iterator[str]:
        """A map in a block, with a dash before it; comments between the dash and the first field go above it."""
        note, first = self.note(path), self.note((*path, _ordered(shape, values)[0])).above
        yield from self.above([*note.above, *note.beside, *first], indent)
        head, *rest = list(self.map(shape, values, path, indent + 2))[len(first) :]
        yield f"{head[:indent]}- {head[indent + 2 :]}"
        yield from rest
        yield from self.below(path, indent + 2)

    def value(self, field: Field, before: str, value: Any, path: Path, indent: int) -> Iterator[str]:
        """A value after its name or dash."""
        note = self.note(path)
        comment = "".join(f"  {comment}" for comment in (note.beside if value else (*note.beside, *note.below)))
        if isinstance(value, str):
            yield from self.text(field, before, value, comment, indent)
        elif (line := self.in_brackets(field, before, value, path)) is not None:
            yield line + comment
        else:
            yield before + comment
            if isinstance(value, Mapping):
                yield from self.map(_shape(field), value, path, indent + 2)
            else:
                for place, member in enumerate(value):
                    yield from self.member(field, member, (*path, place), indent + 2)
            yield from self.below(path, indent + 2)

    def text(self, field: Field, before: str, text: str, comment: str, indent: int) -> Iterator[str]:
        """A text after its name or dash: on its line, or in a block where that is too long or would be quoted prose."""
        line = f"{before} {scalar(text, field.form)}"
        wanted = len(line) > WIDTH or "\n" in text or (field.name in _PROSE and not is_plain(text))
        lines = block(text, PROSE - indent - 2) if wanted else None
        if lines is None:
            yield line + comment
        else:
            mark, *rest = lines
            yield f"{before} {mark}{comment}"
            yield from (" " * (indent + 2) + line if line else "" for line in rest)

    def in_brackets(self, field: Field, before: str, value: Any, path: Path) -> str | None:
        """A list or a map on the line of its name or dash; None where it is too long or comments stand in it."""
        if not value:
            return f"{before} {_flow(field, value)}"
        if any(inner[: len(path)] == path and (inner != path or note.below) for inner, note in self.notes.items()):
            return None
        if not path or (before[-1] == ":" and not self.is_short(field, value)):
            return None
        text = _flow(field, value)
        line = f"{before} {text}"
        return line if text is not None and len(line) <= WIDTH else None

    def is_short(self, field: Field, value: Any) -> bool:
        """Whether a value may stand on the line of its name: parts stand on lines of their own."""
        return (
            isinstance(value, Mapping)
            or all(isinstance(member, str) for member in value)
            or (field.name in _BESIDE and len(value) == 1)
        )

    def note(self, path: Path) -> Note:
        return self.notes.get(path, _NONE)

    def above(self, comments: Sequence[str], indent: int) -> Iterator[str]:
        return (" " * indent + comment if comment else "" for comment in comments)

    def below(self, path: Path, indent: int) -> Iterator[str]:
        return self.above(self.note(path).below, indent)


def _flow(field: Field, value: Any) -> str | None:
    """A value inside brackets; None where a text in it has lines."""
    if isinstance(value, str):
        return None if "\n" in value else scalar(value, field.form, flow=True)
    if isinstance(value, Mapping):
        shape = _shape(field)
        names = _ordered(shape, value)
        texts = [_flow(_field(shape, name), value[name]) for name in names]
        fields = (f"{scalar(name, flow=True)}: {text}" for name, text in zip(names, texts, strict=True))
        return None if None in texts else f"{{{', '.join(fields)}}}"
    texts = [_flow(field, member) for member in value]
    return None if None in texts else f"[{', '.join(map(str, texts))}]"


def _ordered(shape: str, values: Mapping[str, Any]) -> list[str]:
    """The names of a map's fields in the order of its shape; those it has not come after, as they are written."""
    fields = _FIELDS.get(shape, {})
    return [*(name for name in fields if name in values), *(name for name in values if name not in fields)]


def _field(shape: str, name: str) -> Field:
    return _FIELDS.get(shape, {}).get(name) or Field(name)


def _shape(field: Field) -> str:
    """The shape of a field's parts, if it has one."""
    return field.to if field.form == "record" else ""
