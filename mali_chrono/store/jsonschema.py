"""The table of shapes as JSON Schema 2020-12: what an editor, or anything that reads YAML, can hold a file against.

A reader of YAML sees numbers where a store has only texts (`2020`), so types allow them. A pattern goes as far as one
record's text does: whether an id is there, an order kept, a day in the calendar, `chrono check` alone says.
"""

import re
from typing import Any

from mali_chrono import cites
from mali_chrono.dates import calendars, edtf
from mali_chrono.dates.tongues import LANGUAGE
from mali_chrono.figures import figure
from mali_chrono.kinds import CALENDARS, Vocabulary
from mali_chrono.schemes import ID, SCHEMES
from mali_chrono.store import forms
from mali_chrono.store.build import RECORDS
from mali_chrono.store.locate import SETTINGS, SINGLE, VOCABULARY
from mali_chrono.store.meanings import FORMS, MEANINGS
from mali_chrono.store.shapes import Field, Shapes, shapes_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]
# What a schema is asked for by -> the kind of a StoreFile.
FILES = {("chronology" if kind == "settings" else kind): kind for kind in (*RECORDS, VOCABULARY)}
# Months and days that may be, those of EDTF for parts of a year among them.
_MONTH = "(0[1-9X]|1[0-2X]|2[1-9]|3[0-9]|4[01]|X[0-9X])"
_DAY = "(0[1-9X]|[12][0-9X]|3[01X]|X[0-9X])"


def path_of(name: str) -> str:
    """The files that a schema is of, relative to their store; `*` stands for any name."""
    if name == "chronology":
        return f"data/{SETTINGS}"
    return "seeds/*.yaml" if name == "sources" else f"data/{name}.yaml"


def schema_of(name: str, words: Vocabulary) -> Schema:
    """The schema of the files of one kind, by a name of `FILES`, in a store with such a vocabulary."""
    path, shapes = path_of(name), shapes_of(words)
    kind = FILES[name]
    shape = VOCABULARY if kind == VOCABULARY else RECORDS[kind][0]
    records = {inner: _record(inner, shapes, words) for inner in _within(shape, shapes)}
    record = {"$ref": f"#/$defs/{shape}"}
    return {
        "$schema": DIALECT,
        "title": f"{path} of a chronology",
        "$comment": "Written by `chrono schema`; in the first line of a file: # yaml-language-server: $schema=PATH",
        **(record if kind in SINGLE else {"type": "array", "items": record}),
        "$defs": records | {form: _FORMS[form] for form in sorted(_forms(records))},
    }


def _within(shape: str, shapes: Shapes) -> list[str]:
    """A shape and those of its parts."""
    parts = [field.to for field in shapes[shape] if field.form == "record"]
    return [shape, *dict.fromkeys(inner for part in parts for inner in _within(part, shapes))]


def _forms(value: Any) -> set[str]:
    """The forms that a schema refers to, but for shapes."""
    if isinstance(value, dict):
        found = {value["$ref"].rpartition("/")[2]} & _FORMS.keys() if "$ref" in value else set()
        return found.union(*map(_forms, value.values()))
    return set().union(*map(_forms, value)) if isinstance(value, list) else set()


def _record(shape: str, shapes: Shapes, words: Vocabulary) -> Schema:
    """The schema of a map of fields."""
    fields = shapes[shape]
    made: Schema = {
        "type": "object",
        "properties": {field.name: _field(field) | {"description": _told(shape, field)} for field in fields},
        "required": [field.name for field in fields if field.required and not field.unless],
        "additionalProperties": False,
    }
    if instead := {field.unless for field in fields if field.unless}:
        needed = [field.name for field in fields if field.unless]
        made["anyOf"] = [*({"required": [name]} for name in sorted(instead)), {"required": needed}]
    if shape == "toll":
        made["oneOf"] = [{"required": [kind]} for kind in words.toll_kinds]
    return made


def _told(shape: str, field: Field) -> str:
    """What an editor says of a field: what it means, and how it is written."""
    meaning = MEANINGS[shape].get(field.name) or f"How many were {field.name}."  # a kind of toll
    return f"{meaning} {FORMS.get(field.form, '')}".rstrip()


def _field(field: Field) -> Schema:
    one = _one(field)
    if not field.many:
        return one
    some: Schema = {"type": "array", "items": one, **({"minItems": 1} if field.required else {})}
    return {"anyOf": [one, some]} if field.form == "cite" else some  # one cite may stand alone


def _one(field: Field) -> Schema:
    """The schema of one value of a field."""
    if field.choices:
        numbers = [int(word) for word in field.choices] if field.form == "integer" else []
        return {"enum": [*numbers, *field.choices]}
    if field.form == "record":
        return {"$ref": f"#/$defs/{field.to}"}
    return {"$ref": f"#/$defs/{'id' if field.to and field.form == 'text' else field.form}"}


def _whole(pattern: str) -> str:
    """A pattern of Python's as one that a whole text must match, in the syntax of JSON Schema, without groups."""
    return f"^(?:{re.sub(r'[(](?![?])', '(?:', pattern)})$"


def _date_pattern() -> str:
    """The form of EDTF: a date, an interval or a set; that days come in the calendar's order it does not say."""
    digits = "([0-9X]{2})"
    part = f"(?:{edtf.DATE.replace(digits, _MONTH, 1).replace(digits, _DAY, 1)}|{edtf.YEAR})"
    ranged = rf"(?:{part}(?:\.\.(?:{part})?)?|\.\.{part})"
    end = rf"(?:{part}|\.\.)?"
    time = edtf.TIME.replace("$)", "(?![0-9:]))")
    return rf"{part}|{time}|{end}/{end}|\[{ranged}(?:,{ranged})*\]|\{{{ranged}(?:,{ranged})*\}}"


def _foreign_pattern() -> str:
    """The form of a date in another calendar; which months and days that has it does not say."""
    part = calendars.PART.replace("([0-9]{2})", "(0[1-9]|1[0-3])", 1).replace("([0-9]{2})", "(0[1-9]|[12][0-9]|3[01])")
    end = rf"(?:{part}|\.\.)?"
    return rf"{part}|{end}/{end}|\[(?:{part})?\.\.(?:{part})?\]"


_FOREIGN: Schema = {
    "type": ["string", "integer"],
    "pattern": _whole(_foreign_pattern()),
    "minimum": -9999,
    "maximum": 9999,
}
_FORMS: dict[str, Schema] = {
    "text": {"type": ["string", "number"], "pattern": r"\S"},
    "id": {"type": ["string", "integer"], "pattern": _whole(cites.SLUG), "minimum": 0},
    "date": {"type": ["string", "integer"], "pattern": _whole(_date_pattern()), "minimum": -9999, "maximum": 9999},
    "figure": {
        "type": ["string", "integer"],
        "pattern": _whole("|".join([figure.PLAIN, figure.THREE, *figure.WORDS])),
        "minimum": 0,
        "maximum": 10**figure.MAX_DIGITS - 1,
    },
    "cite": {"type": "string", "pattern": _whole(cites.CITE)},
    "place": {"type": ["string", "integer"], "pattern": _whole(f"~? *{cites.SLUG}"), "minimum": 0},
    "integer": {"type": ["integer", "string"], "pattern": _whole(forms.INTEGER), "minimum": 0, "maximum": 999_999_999},
    "number": {"type": ["number", "string"], "pattern": _whole(forms.NUMBER), "minimum": -999, "maximum": 999},
    "flag": {"enum": [True, False, "true", "false"]},
    "language": {"type": "string", "pattern": _whole(LANGUAGE)},
    **{calendar: dict(_FOREIGN) for calendar in CALENDARS},
    "sha256": {"type": ["string", "number"], "pattern": _whole(forms.SHA256)},
    "url": {"type": "string", "pattern": _whole(forms.URL)},
    "ids": {
        "type": "object",
        "propertyNames": {"pattern": _whole(cites.SLUG)},
        "properties": {
            scheme: {"type": ["string", "integer"], "pattern": _whole(known.pattern)}
            for scheme, known in SCHEMES.items()
        },
        "additionalProperties": {"type": ["string", "number"], "pattern": _whole(ID)},
    },
    "reasons": {"type": "object", "additionalProperties": {"type": ["string", "number"], "pattern": r"\S"}},
}
# The last two are what the language servers of VS Code and YAML say where a text or its type is wrong.
for _form, _words in FORMS.items():
    _FORMS[_form] |= {"description": _words, "patternErrorMessage": _words, "errorMessage": _words}
