"""How the records of a store are read: the shapes of its records, by its vocabulary."""

from collections.abc import Callable
from sys import intern
from typing import Any, NamedTuple

from mali_chrono.kinds import Vocabulary
from mali_chrono.store.forms import FORMS
from mali_chrono.store.shapes import Field, shapes_of


def _reader(field: Field) -> Callable[[str], Any] | None:
    """What reads a text of a field, where that is enough; it raises ValueError or LookupError."""
    if field.choices or field.words:
        return {word: FORMS[field.form](word) for word in field.choices}.__getitem__
    return intern if field.to and field.form == "text" else FORMS.get(field.form)


class Shape(NamedTuple):
    """The fields of a record by name, those it must have, and what reads a text of each."""

    fields: dict[str, Field]
    required: tuple[Field, ...]
    readers: dict[str, Callable[[str], Any] | None]


class Grammar:
    """How the records of a store are read: by its vocabulary."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words
        self.shapes = {
            name: Shape(
                {field.name: field for field in fields},
                tuple(field for field in fields if field.required),
                {field.name: _reader(field) for field in fields},
            )
            for name, fields in shapes_of(words).items()
        }
