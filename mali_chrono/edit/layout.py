"""Records as chrono lays them out in YAML: fields in the order of `shapes.py`, a line where it fits, else a block.

What a value means is not asked, so that what is wrong can be laid out too.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from mali_chrono.edit.scalars import block, is_plain, scalar
from mali_chrono.store.nodes import Path
from mali_chrono.store.shapes import FIXED, Field, fields_in

WIDTH = 120  # of what stands in brackets
PROSE = 110  # of a line of text
# A file holds one of these, and no list.
ALONE = ("source", "chronology", "vocabulary")
# Prose is folded rather than quoted.
_PROSE = ("summary", "note")
# A single part of these stands on the line of their name.
_BESIDE = ("links",)
_FIELDS = {shape: {field.name: field for field in fields} for shape, fields in FIXED.items()}


class Note(NamedTuple):
    """The comments of one value, each with its `#`; an empty one is an empty line.

    Those on lines of their own above it, the one at the end of its line, those at the end of a list or a map in it.
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
    if kind in ALONE:
        lines = writer.members(Field("", "record", to=kind), values, (), 0)
    else:
        lines = writer.value(Field("", "record", to=kind), "-", values, (), 0)
    return "\n".join(lines) + "\n"


class _Writer:
    """Values -> lines; `indent` is how many blanks stand before each."""

    def __init__(self, notes: Notes) -> None:
        self.notes = dict(notes)

    def map(self, shape: str, values: Mapping[str, Any], path: Path, indent: int) -> Iterator[str]:
        """The fields of a map."""
        for name in _ordered(shape, values):
            before = " " * indent + scalar(name) + ":"
            yield from self.value(_field(shape, name), before, values[name], (*path, name), indent)

    def value(self, field: Field, before: str, value: Any, path: Path, indent: int) -> Iterator[str]:
        """A value after its name or dash, which stands at `indent`, with the comments above it."""
        first = self.take_above_first(field, value, path) if before[-1] == "-" else ()
        note = self.notes.get(path, _NONE)
        line = None if isinstance(value, str) else self.in_brackets(field, before, value, path)
        is_item = line is None and isinstance(value, Mapping) and before[-1] == "-"
        yield from _comments((*note.above, *(note.beside if is_item else ()), *first), indent)
        comment = "".join(f"  {comment}" for comment in note.beside)
        if isinstance(value, str):
            yield from self.text(field, before, value, comment, indent)
        elif line is not None:
            yield line + comment
        elif is_item:
            head, *rest = self.members(field, value, path, indent + 2)
            yield f"{before} {head[indent + 2 :]}"
            yield from rest
        else:
            yield before + comment
            yield from self.members(field, value, path, indent + 2)

    def take_above_first(self, field: Field, value: Any, path: Path) -> Sequence[str]:
        """The comments above the first field of a map that has a dash: they go above the dash."""
        if not (self.notes and value and isinstance(value, Mapping)):
            return ()
        inside = (*path, _ordered(_shape(field), value)[0])
        note = self.notes.pop(inside, _NONE)
        if note.beside or note.below:
            self.notes[inside] = note._replace(above=())
        return note.above

    def members(self, field: Field, value: Any, path: Path, indent: int) -> Iterator[str]:
        """What a list or a map holds, and the comments at its end."""
        if isinstance(value, Mapping):
            yield from self.map(_shape(field), value, path, indent)
        else:
            for place, member in enumerate(value):
                yield from self.value(field, " " * indent + "-", member, (*path, place), indent)
        yield from _comments(self.notes.get(path, _NONE).below, indent)

    def text(self, field: Field, before: str, text: str, comment: str, indent: int) -> Iterator[str]:
        """A text after its name or dash: on its line, or in a block where that is too long or would be quoted prose."""
        line = f"{before} {scalar(text, field.form)}"
        wanted = len(line) > PROSE or "\n" in text or (field.name in _PROSE and not is_plain(text))
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


def _comments(comments: Sequence[str], indent: int) -> Iterator[str]:
    return (" " * indent + comment if comment else "" for comment in comments)


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
    fields = [field.name for field in fields_in(shape, values)] if shape == "toll" else _FIELDS.get(shape, {})
    return [*(name for name in fields if name in values), *(name for name in values if name not in fields)]


def _field(shape: str, name: str) -> Field:
    return _FIELDS.get(shape, {}).get(name) or Field(name, "figure" if shape == "toll" else "text")


def _shape(field: Field) -> str:
    """The shape of a field's parts, if it has one."""
    return field.to if field.form == "record" else ""
