"""What is dated about an actor: each beginning, end and turn of its life and relations, with its days and its words.

Made once, when the index is; a history puts them between the events.
"""

from collections.abc import Iterable, Iterator

from mali_chrono.dates.edtf import Date, Part, parse
from mali_chrono.dates.spans import FAR, bounds
from mali_chrono.dates.words import describe
from mali_chrono.store.members import Memberships
from mali_chrono.store.model import Actor, Event, Relation

# Kinds that tell what happened at their date; the others tell what held from, until or at it.
TURNS = frozenset({"renamed-from", "splinter-of", "alliance-of", "joined"})
# An actor, the kind of relation ("active" for its own span), begin, end or at; the other actor, the office; first and
# last day, year, date in words and as EDTF; certainty, who says so, cites, note.
Change = tuple[str, str, str, str | None, str | None, int, int, int | None, str, str, str, str | None, str, str | None]
_BY_WEIGHT = ("denied", "disputed", "suspected", "claimed", "confirmed")


def changes(actor: Actor) -> Iterator[Change]:
    """Every dated change of one actor, in the order it is written down."""
    if actor.active:
        for edge, date in _edges(actor.active, turn=False):
            yield _change(actor.id, "active", edge, date, None)
    for relation in actor.relations:
        if relation.date:
            for edge, date in _edges(relation.date, turn=relation.kind in TURNS):
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


def _change(actor: str, kind: str, edge: str, date: Date, relation: Relation | None) -> Change:
    first, last = (max(-FAR, min(FAR, day)) for day in bounds(date.span))
    part: Part | None = next((part for pair in date.ranges for part in pair if part), None)
    dated = (first, last, part.year if part else None, describe(date), str(date))
    if relation is None:
        return (actor, kind, edge, None, None, *dated, "confirmed", None, "", None)
    cites = ", ".join(str(cite) for cite in relation.cite)
    # A note on an interval is of its whole, not of its beginning or its end.
    said = (relation.certainty, relation.says, cites, relation.note if edge == "at" else None)
    return (actor, kind, edge, relation.actor, relation.office, *dated, *said)


def doubts(events: Iterable[tuple[int, Event]], memberships: Memberships) -> Iterator[tuple[int, str, str, str]]:
    """Event's number, actor, role and certainty for every part in an event that no one's is confirmed.

    An umbrella's part is as certain as the most certain of its members'.
    """
    for n, event in events:
        found: dict[tuple[str, str], int] = {}
        for part in event.actors:
            weight = _BY_WEIGHT.index(part.certainty)
            for actor in (part.actor, *memberships.above(part.actor, event.date.span)):
                key = (actor, part.role)
                found[key] = max(found.get(key, 0), weight)
        for (actor, role), weight in sorted(found.items()):
            if _BY_WEIGHT[weight] != "confirmed":
                yield n, actor, role, _BY_WEIGHT[weight]
