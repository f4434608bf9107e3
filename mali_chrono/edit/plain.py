"""A record -> plain values, as its file would give them: what is compared, and what json tells of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mali_chrono.cites import split_cite
from mali_chrono.kinds import CALENDARS, Vocabulary
from mali_chrono.store import model
from mali_chrono.store.settings import TITLE_LENGTH
from mali_chrono.store.shapes import FIXED, MAPS, Field, fields_in

Values = dict[str, Any]

# Of which shape the records of each kind are; `kind` is a field of Chronology, in the order in which people ask.
SHAPE_OF = {
    "events": "event",
    "actors": "actor",
    "places": "place",
    "periods": "period",
    "types": "type",
    "sources": "source",
    "settings": "chronology",
    "vocabulary": "vocabulary",
}
_USUAL = {
    "certainty": "confirmed", "best": False, "language": "en", "title_length": TITLE_LENGTH,
    "acled": "none", "removes": False, "founds": False, "dissolves": False,
}  # fmt: skip
_EMPTY: tuple[Any, ...] = (None, (), {})


@dataclass(frozen=True, kw_only=True)
class OwnWords(model.Record):
    """A store's file of words as one record: the sections that it gives; one that it does not give is empty."""

    id: str = "vocabulary"
    given: Vocabulary


def values_of(record: model.Record, shape: str) -> Values:
    """The fields of a record that say something, in the order of its shape; what is usual is not said."""
    return _values(record.given if isinstance(record, OwnWords) else record, shape)


def _values(record: Any, shape: str) -> Values:
    found = {record.kind: record.figure.text} if shape == "toll" else {}
    usual = getattr(record, "_field_defaults", _USUAL)  # an entry of a vocabulary knows its own
    for field in FIXED[shape]:
        value = _given(record, field.name)
        if field.unless and getattr(record, field.unless) is not None:
            continue
        if value not in _EMPTY and value != usual.get(field.name):
            found[field.name] = _plain(field, value)
    return found


def _given(record: Any, name: str) -> Any:
    """What a record has for a field of its file; dates of other calendars, each a field there, it has as one."""
    if name in CALENDARS:
        return next((foreign.text for foreign in record.calendars if foreign.calendar == name), None)
    return getattr(record, name)


def _plain(field: Field, value: Any) -> Any:
    if field.form == "record":
        return [_values(part, field.to) for part in value]
    if field.many:
        return [str(member) for member in value]
    if field.form in ("number", "integer", "flag"):
        return value
    if field.form == "figure":
        return value.text
    return dict(value) if field.form in MAPS else str(value)


Ids = Mapping[tuple[str, str], str]  # (kind, id) -> another id


def renamed(values: Values, shape: str, ids: Ids) -> Values:
    """The same values where other records are called by other ids; the record's own id stays."""
    return {
        field.name: _each(values[field.name], _renaming(field, ids))
        for field in fields_in(shape, values)
        if field.name in values
    }


def _renaming(field: Field, ids: Ids) -> Callable[[Any], Any]:
    """What another id makes of one value of a field."""
    if field.form == "record":
        return lambda part: renamed(part, field.to, ids)
    if field.form == "cite":
        return lambda cite: _recited(cite, ids)
    if field.form == "place":
        return lambda place: "~" * place.startswith("~") + ids.get(("places", place.lstrip("~")), place.lstrip("~"))
    kind = "actors" if field.name == "of" else f"{field.to}s"  # a toll may be of a plain group too
    return lambda value: ids.get((kind, value), value) if isinstance(value, str) else value


def _recited(cite: str, ids: Ids) -> str:
    source, place = split_cite(cite)
    return f"{ids.get(('sources', source), source)}:{place}"


def _each(value: Any, change: Callable[[Any], Any]) -> Any:
    return [change(member) for member in value] if isinstance(value, list) else change(value)
