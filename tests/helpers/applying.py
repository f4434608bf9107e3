"""What json tells of changes, done to the values of one side: by whole fields, and item by item."""

import copy
from typing import Any

from mali_chrono.edit.plain import SHAPE_OF, values_of
from mali_chrono.edit.sides import Side

Store = dict[str, dict[str, dict[str, Any]]]  # the values of each record, by its shape and id


def values(side: Side) -> Store:
    """A side as plain values."""
    return {
        shape: {ident: values_of(record, shape) for ident, record in side.records[kind].items()}
        for kind, shape in SHAPE_OF.items()
    }


def apply(before: Store, changes: list[dict[str, Any]], *, by_items: bool = False) -> Store:
    """The store after the changes. By items, the order of a list that changed is another."""
    after = copy.deepcopy(before)
    for change in changes:
        records = after[change["kind"]]
        match change["change"]:
            case "added":
                records[change["id"]] = change["record"]
            case "removed":
                assert records.pop(change["id"]) == change["record"]
            case "renamed":
                records[change["id"]] = _changed(records.pop(change["was"]), change["fields"], by_items)
                records[change["id"]]["id"] = change["id"]
            case "changed":
                records[change["id"]] = _changed(records[change["id"]], change["fields"], by_items)
    return after


def _changed(record: dict[str, Any], fields: list[dict[str, Any]], by_items: bool) -> dict[str, Any]:
    made = dict(record)
    for field in fields:
        name = field["field"]
        assert record.get(name) == field["before"]
        if by_items and "items" in field and isinstance(field["after"] or field["before"], list):
            made[name] = _listed(record.get(name, []), field["items"])
        elif field["after"] is None:
            del made[name]
        else:
            made[name] = field["after"]
        if made.get(name) == []:
            del made[name]
    return made


def _listed(members: list[Any], items: list[dict[str, Any]]) -> list[Any]:
    made = list(members)
    for item in items:
        if item["before"] is not None:
            made.remove(item["before"])
    return made + [_part(item) for item in items if item["after"] is not None]


def _part(item: dict[str, Any]) -> Any:
    """An item after, made of the one before where its fields are told."""
    return _changed(item["before"], item["fields"], by_items=True) if "fields" in item else item["after"]


def unordered(store: Any) -> Any:
    """The same with lists in an order that is theirs alone."""
    if isinstance(store, dict):
        return {key: unordered(value) for key, value in store.items()}
    return sorted(map(unordered, store), key=repr) if isinstance(store, list) else store
