"""The json of every command as JSON Schema 2020-12, made from the types of `contract/`."""

from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from mali_chrono.contract.pages import ANSWERS, Group, Level
from mali_chrono.render.jsontext import SCHEMA
from mali_chrono.rows import Figures
from mali_chrono.store.jsonschema import DIALECT, Schema

_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}
# What stands beside the keys of a type, where that has no fixed names.
_BESIDE: dict[Any, Any] = {Group: str | int | Figures | Level | None}


def answer_schema() -> Schema:
    """One schema of all answers; in its `$defs` each command's stands under the command's name."""
    defs: dict[str, Schema] = {}
    commands = {
        command: {"description": f"What chrono {command} -f json writes.", **_any(pages, defs)}
        for command, pages in ANSWERS.items()
    }
    return {
        "$schema": DIALECT,
        "title": f"Answers of chrono, {SCHEMA}",
        "$comment": "Of questions without --fields. Keys never go and never change their meaning; new ones may come.",
        "anyOf": [{"$ref": f"#/$defs/{command}"} for command in commands],
        "$defs": commands | dict(sorted(defs.items())),
    }


def _any(kinds: Any, defs: dict[str, Schema]) -> Schema:
    """The schema of a value of one of some types."""
    found = [_schema(kind, defs) for kind in kinds]
    if all(one.keys() == {"type"} for one in found):
        names = [one["type"] for one in found]
        return {"type": names[0] if len(names) == 1 else names}
    return found[0] if len(found) == 1 else {"anyOf": found}


def _schema(kind: Any, defs: dict[str, Schema]) -> Schema:
    """The schema of a type; those of objects with a name go to `defs`."""
    if kind in (Any, *_PLAIN):
        return {} if kind is Any else {"type": _PLAIN[kind]}
    if is_typeddict(kind):
        if kind.__name__ not in defs:
            defs[kind.__name__] = {}  # it may hold itself
            defs[kind.__name__] |= _object(kind, defs)
        return {"$ref": f"#/$defs/{kind.__name__}"}
    origin, args = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"enum": list(args)}
    if origin in (Union, UnionType):
        return _any(args, defs)
    if origin is list:
        return {"type": "array", "items": _schema(args[0], defs)}
    return {"type": "object", "additionalProperties": _schema(args[1], defs)}


def _object(kind: Any, defs: dict[str, Schema]) -> Schema:
    hints = get_type_hints(kind)
    made: Schema = {
        "type": "object",
        "description": " ".join((kind.__doc__ or "").split()),
        "properties": {key: _schema(hint, defs) for key, hint in hints.items()},
        "required": [key for key in hints if key in kind.__required_keys__],
    }
    if "schema" in hints:
        made["properties"]["schema"] = {"const": SCHEMA}
    if kind in _BESIDE:
        made["additionalProperties"] = _schema(_BESIDE[kind], defs)
    return made
