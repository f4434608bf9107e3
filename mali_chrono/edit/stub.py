"""A new record: its id, and its text with a mark for each required field that was not given."""

import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from mali_chrono.dates.edtf import parse
from mali_chrono.edit.layout import Note, record_text
from mali_chrono.edit.naming import KINDS
from mali_chrono.errors import UsageError
from mali_chrono.store.forms import fresh, short_slug
from mali_chrono.store.load import Loaded
from mali_chrono.store.meanings import MEANINGS
from mali_chrono.store.rules.events import known_digits
from mali_chrono.store.shapes import FIXED, Field, shapes_of

if TYPE_CHECKING:
    from mali_chrono.store.nodes import Path

# What stands for an id that nothing gives: no id, so that `check` finds it.
NO_ID = "TODO"
# What to write in a field, where its name and choices do not say; no text but what a reader of YAML refuses, so that a
# mark without its `#` is found.
_HOW = {
    "date": "EDTF, like 2024-07-25, 2024-07 or 2024-07-25/2024-07-27",
    "name": "what it is called",
    "title": "own words, plain past, at most {} characters",
    "summary": "own words, one to three sentences",
    "actors": "a list of {actor: ID, role: ROLE}",
    "cites": "a list of source:line or source:first-last",
    "places": "a list of ids, ~ID for near it",
    "type": "the id of a type",
    "acled": "the ACLED sub-event type it maps to, or none",
    "file": "the name of the copy; `chrono new source FILE` fills it",
    "sha256": "64 digits; `chrono new source FILE` fills them",
    "lines": "how many; `chrono new source FILE` counts them",
    "as_of": "EDTF, when the text speaks",
    "licence": "of the document",
    "precision": MEANINGS["place"]["precision"].rstrip("."),
}


def missing(shape: str, values: Mapping[str, Any]) -> list[Field]:
    """The fields that a record needs and has not."""
    return [
        field for field in FIXED[shape] if field.required and field.name not in values and field.unless not in values
    ]


def fresh_id(shape: str, values: Mapping[str, Any], taken: Collection[str]) -> str:
    """An id that no record has: of an event its date's known digits, place and type; of others a name or a title.

    Empty where nothing is given to make it of, with `NO_ID` at its end where only the date is.
    """
    if shape == "event":
        if "date" not in values:
            return ""
        place = str(next(iter(values.get("places", ())), "")).removeprefix("~")
        words = [place, values.get("type", "")] if place or "type" in values else [values.get("title", "")]
        begins = [_date_digits(values["date"])]
    else:
        stem = str(values.get("file", "")).rpartition(".")[0]
        words = [values.get("short") or values.get("name") or values.get("title") or stem or values.get("file", "")]
        begins = []
    slugs = [slug for slug in map(short_slug, words) if slug]
    if not slugs:
        return "-".join([*begins, NO_ID]) if begins else ""
    made = "-".join([*begins, *slugs])
    return fresh(made, taken)


def _date_digits(text: str) -> str:
    """What an id of that date begins with: of a date in doubt the digits that are written, where they may stand."""
    known = known_digits(parse(text))
    written = known_digits(parse(re.sub("[~?%]", "", text)))
    return (written if written.startswith(known) else known).removesuffix("-")


def identified(shape: str, values: dict[str, Any], loaded: Loaded) -> dict[str, Any]:
    """Values with an id that no record of a store has, where there is something to make it of.

    Raises UsageError where the id that is given is taken.
    """
    taken = {record.id: record for record in getattr(loaded.found, KINDS[shape])}
    if "id" not in values:
        made = fresh_id(shape, values, taken.keys() | (loaded.documents if shape == "source" else set()))
        return {"id": made, **values} if made else values
    if other := taken.get(values["id"]):
        raise UsageError(f"id: '{other.id}' is taken, by the record at {other.path}:{other.line}")
    return values


def stub_text(shape: str, values: Mapping[str, Any], loaded: Loaded) -> str:
    """The text of a record of a store; a comment at its place marks each required field that is missing."""
    values = {"id": NO_ID, **values}
    waiting: list[str] = []
    notes: dict[Path, Note] = {}
    needed = {field.name for field in missing(shape, values)}
    for field in shapes_of(loaded.grammar.words)[shape]:
        if field.name in needed:
            waiting.append(f"# {field.name}: TODO: {_how(shape, field, loaded)}")
        elif field.name in values and waiting:
            notes[(field.name,)] = Note(above=tuple(waiting))
            waiting = []
    if waiting:
        notes[()] = Note(below=tuple(waiting))
    return record_text(shape, values, notes)


def _how(shape: str, field: Field, loaded: Loaded) -> str:
    """What to write in a field."""
    if shape == "source" and field.name == "title":
        return "as the document prints it"
    if field.name == "title":
        return _HOW["title"].format(loaded.settings.title_length)
    return _HOW.get(field.name) or "one of " + ", ".join(field.choices)
