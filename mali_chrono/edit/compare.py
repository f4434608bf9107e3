"""Two stores as records -> what was added, removed, renamed and changed, field by field."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from mali_chrono.edit import likeness
from mali_chrono.edit.likeness import Likeness
from mali_chrono.edit.matching import is_reordered, pair
from mali_chrono.edit.plain import SHAPE_OF, Ids, Values, renamed, values_of
from mali_chrono.store.model import Record
from mali_chrono.store.shapes import FIXED, MAPS, Field, fields_in

ADDED, REMOVED, CHANGED, RENAMED = "added", "removed", "changed", "renamed"
Records = Mapping[str, Mapping[str, Record]]  # by kind (a field of Chronology) and id


class ItemChange(NamedTuple):
    """What became of one item of a list: `before` is None for one that came, `after` for one that went."""

    before: Any
    after: Any
    fields: "tuple[FieldChange, ...]" = ()

    @property
    def what(self) -> str:
        """Added, removed or changed."""
        return ADDED if self.before is None else REMOVED if self.after is None else CHANGED


class FieldChange(NamedTuple):
    """A field that says something else; None where it says nothing.

    `items` are those of a list, or the rules of `ignore`, that came, went or changed; `reordered` tells that the others
    stand in another order; `follows` that the field only calls a renamed record by its new id.
    """

    name: str
    before: Any
    after: Any
    items: tuple[ItemChange, ...] = ()
    reordered: bool = False
    follows: bool = False


class Change(NamedTuple):
    """What became of one record of a kind (a field of Chronology).

    `before` and `after` are its values, None where there is no record; `was` is the id before where it was renamed,
    which `like` explains. The records themselves are those that were read.
    """

    kind: str
    id: str
    what: str
    before: Values | None
    after: Values | None
    old: Record | None
    new: Record | None
    fields: tuple[FieldChange, ...] = ()
    was: str = ""
    like: Likeness | None = None

    @property
    def follows(self) -> bool:
        """Whether nothing changed but the ids of what it refers to."""
        return self.what == CHANGED and all(field.follows for field in self.fields)


def compare(before: Records, after: Records) -> list[Change]:
    """Every change from one side to the other, by kind and within a kind by id; what did not change is not there."""
    sides = {kind: (_plain(kind, before), _plain(kind, after)) for kind in SHAPE_OF}
    guessed = {kind: likeness.guess(kind, *_apart(*sides[kind])) for kind in SHAPE_OF}
    ids = {(kind, old): new for kind, pairs in guessed.items() for (old, new) in pairs}
    changes = []
    for kind, (old, new) in sides.items():
        was = {now: then for then, now in guessed[kind]}
        for ident in sorted({*old, *new} - {*was.values()}):
            then = was.get(ident, ident)
            records = before.get(kind, {}).get(then), after.get(kind, {}).get(ident)
            values = old.get(then), new.get(ident)
            if ident in was:
                fields = _fields(SHAPE_OF[kind], old[then], new[ident], ids)
                like = guessed[kind][then, ident]
                changes.append(Change(kind, ident, RENAMED, *values, *records, fields, then, like))
            elif then not in old or ident not in new:
                changes.append(Change(kind, ident, REMOVED if then in old else ADDED, *values, *records))
            elif values[0] != values[1] and (fields := _fields(SHAPE_OF[kind], old[then], new[ident], ids)):
                changes.append(Change(kind, ident, CHANGED, *values, *records, fields))
    return changes


def _plain(kind: str, side: Records) -> dict[str, Values]:
    return {ident: values_of(record, SHAPE_OF[kind]) for ident, record in side.get(kind, {}).items()}


def _apart(old: Mapping[str, Values], new: Mapping[str, Values]) -> tuple[dict[str, Values], dict[str, Values]]:
    """What only one side has."""
    return {i: old[i] for i in old if i not in new}, {i: new[i] for i in new if i not in old}


def _fields(shape: str, before: Values, after: Values, ids: Ids) -> tuple[FieldChange, ...]:
    """The fields in which two records differ, but for their ids; `ids` says which records were renamed."""
    called = renamed(before, shape, ids) if ids else before
    found = [field_change(field, before, called, after) for field in FIXED[shape] if field.name != "id"]
    return tuple(change for change in found if change)


def field_change(field: Field, before: Values, called: Values, after: Values) -> FieldChange | None:
    """What became of a field; `called` are the values before under the ids of today. None where it is the same."""
    name, shape = field.name, field.to if field.form == "record" else field.form
    old, then, new = before.get(name), called.get(name), after.get(name)
    if old == new:
        return None
    if then == new:
        return FieldChange(name, old, new, follows=True)
    if field.form in MAPS:
        items = tuple(_entries(then or {}, new or {}))
        return FieldChange(name, old, new, items)
    if not field.many:
        return FieldChange(name, old, new)
    items = tuple(_items(then or [], new or [], shape))
    return FieldChange(name, old, new, items, is_reordered(then or [], new or []))


def _items(before: list[Any], after: list[Any], shape: str) -> Iterator[ItemChange]:
    for one in pair(before, after, shape):
        if one.before == one.after:
            continue
        parts = one.before, one.after
        inner = _inner(shape, *parts) if all(isinstance(part, dict) for part in parts) else ()
        yield ItemChange(*parts, tuple(inner))


def _inner(shape: str, before: Values, after: Values) -> Iterable[FieldChange]:
    found = (field_change(field, before, before, after) for field in fields_in(shape, before, after))
    return (change for change in found if change)


def _entries(before: dict[str, str], after: dict[str, str]) -> Iterator[ItemChange]:
    """A key of a map and its text, as a rule that is ignored and the reason, are an item."""
    for key in {**before, **after}:
        old, new = ({key: side[key]} if key in side else None for side in (before, after))
        if old != new:
            yield ItemChange(old, new)
