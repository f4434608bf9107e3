"""What is dated about an actor: each beginning, end and turn of its life and relations, with its days and its words.

Made once, when the index is; a history puts them between the events.
"""

import json
from collections.abc import Iterator

from mali_chrono.dates.edtf import Date, Part, parse
from mali_chrono.dates.spans import clip
from mali_chrono.dates.words import describe
from mali_chrono.index.records import ChangeRow
from mali_chrono.kinds import DESCENT
from mali_chrono.store.model import Actor, Relation


def changes(actor: Actor) -> Iterator[ChangeRow]:
    """Every dated change of one actor, in the order it is written down."""
    if actor.active:
        for edge, date in _edges(actor.active, turn=False):
            yield _change(actor.id, "active", edge, date, None)
    for relation in actor.relations:
        if relation.date:
            for edge, date in _edges(relation.date, turn=relation.kind in DESCENT):
                yield _change(actor.id, relation.kind, edge, date, relation)


def _edges(date: Date, *, turn: bool) -> Iterator[tuple[str, Date]]:
    if date.kind != "interval" or turn:
        yield "at", date
        return
    start, end = date.ranges[0]
    if start:
        yield "begin", parse(start.text)
    if end:
        yield "end", parse(end.text)


def _change(actor: str, kind: str, edge: str, date: Date, relation: Relation | None) -> ChangeRow:
    first, last = clip(date.span)
    part: Part | None = next((part for pair in date.ranges for part in pair if part), None)
    dated = (first, last, part.year if part else None, describe(date), str(date))
    if relation is None:
        return ChangeRow(actor, kind, edge, None, None, *dated, "confirmed", None, "[]", "[]", None)
    cites = json.dumps([str(cite) for cite in relation.cite])
    lines = json.dumps([(cite.source, cite.first, cite.last) for cite in relation.cite])
    # A note on an interval is of its whole, not of its beginning or its end.
    note = relation.note if edge == "at" else None
    return ChangeRow(
        actor,
        kind,
        edge,
        relation.actor,
        relation.office,
        *dated,
        relation.certainty,
        relation.says,
        cites,
        lines,
        note,
    )
