"""What changed as json: enough to make one side of the other."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from mali_chrono.answers.differences import SumChange
from mali_chrono.edit.compare import ADDED, REMOVED, Change, FieldChange, ItemChange
from mali_chrono.edit.plain import SHAPE_OF
from mali_chrono.figures.reckon import range_row
from mali_chrono.render import jsontext
from mali_chrono.render.look import Look
from mali_chrono.render.review import View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.edit.proving import Statement


def write(view: View, look: Look) -> Iterator[str]:  # noqa: ARG001
    """One object: what was asked, the sums that differ, what could not be read, the proof, a row for each change."""
    blocks: dict[str, Any] = {
        "counts": jsontext.dump(dict(Counter(change.what for change in view.changes))),
        "sums": jsontext.dump(None if view.sums is None else [_sum_row(one) for one in view.sums]),
        "problems": jsontext.dump([{"side": side, **problem.fields()} for side, problem in view.problems]),
    }
    for name, records in (("unread", view.unread), ("uncompared", view.uncompared)):
        if records:
            rows = [{"side": side, "kind": SHAPE_OF[kind], "id": ident} for side, kind, ident in records]
            blocks[name] = jsontext.dump(rows)
    if view.unsummed:
        blocks["unsummed"] = jsontext.dump(view.unsummed)
    if view.proof is not None:
        blocks["proof"] = (jsontext.dump(_statement_row(one)) for one in view.proof)
    blocks["changes"] = (jsontext.dump(row_of(change)) for change in view.changes)
    return jsontext.pieces(view.query, blocks)


def _sum_row(one: SumChange) -> dict[str, Any]:
    return {
        "years": one.years or None,
        "kind": one.kind,
        "before": range_row(one.before),
        "after": range_row(one.after),
    }


def _statement_row(one: "Statement") -> dict[str, Any]:
    row = {**one._asdict(), "kind": SHAPE_OF[one.kind]}
    return row | {"words": [{"at": at, "words": words} for at, words in one.words]}


def row_of(change: Change) -> dict[str, Any]:
    """A change as a json object, from which the record after can be made of the one before."""
    record = change.new or change.old
    row: dict[str, Any] = {"change": change.what, "kind": SHAPE_OF[change.kind], "id": change.id}
    if change.like:
        row |= {"was": change.was, "likeness": round(change.like.score, 3), "same": list(change.like.same)}
    row["at"] = f"{record.path}:{record.line}" if record else None
    if change.what in (ADDED, REMOVED):
        return {**row, "record": change.after or change.before}
    return {**row, "follows": change.follows, "fields": [_field_row(field) for field in change.fields]}


def _field_row(field: FieldChange) -> dict[str, Any]:
    row: dict[str, Any] = {"field": field.name, "before": field.before, "after": field.after}
    if field.items:
        row["items"] = [_item_row(item) for item in field.items]
    return row | ({"reordered": True} if field.reordered else {}) | ({"follows": True} if field.follows else {})


def _item_row(item: ItemChange) -> dict[str, Any]:
    row: dict[str, Any] = {"change": item.what, "before": item.before, "after": item.after}
    return row | ({"fields": [_field_row(field) for field in item.fields]} if item.fields else {})
