"""Every rule of a store and of its proof: how grave it is, when it is asked, and what a rule of records is given.

What a rule finds, why that matters and an example of each stand in `pages/<rule>.md`.
"""

from typing import NamedTuple

from mali_chrono.errors import ERROR, WARNING
from mali_chrono.store.load import Loaded
from mali_chrono.store.model import Actor, Chronology, Event, Source


# Where a rule looks: at a file's text while it is read, at records, at records and copies of their documents (`verify`).
READING, RECORDS, PROOF = "reading", "records", "proof"


class Rule(NamedTuple):
    """How grave a fault is, and the fields it is found by: where one could not be read the rule says nothing.

    A rule that looks at one part at a time, or at other records, sees to that by itself. One that is not `on` is asked
    only where `--select` names it.
    """

    severity: str
    reads: tuple[str, ...] = ()
    on: bool = True
    scope: str = RECORDS


RULES = {
    "missing-file": Rule(ERROR, scope=READING),
    "unreadable": Rule(ERROR, scope=READING),
    "stray-file": Rule(ERROR, scope=READING),
    "encoding": Rule(ERROR, scope=READING),
    "control-character": Rule(ERROR, scope=READING),
    "merge-mark": Rule(ERROR, scope=READING),
    "syntax": Rule(ERROR, scope=READING),
    "depth": Rule(ERROR, scope=READING),
    "too-long": Rule(ERROR, scope=READING),
    "too-many": Rule(ERROR, scope=READING),
    "alias": Rule(ERROR, scope=READING),
    "anchor": Rule(ERROR, scope=READING),
    "tag": Rule(ERROR, scope=READING),
    "merge-key": Rule(ERROR, scope=READING),
    "duplicate-key": Rule(ERROR, scope=READING),
    "unknown-key": Rule(ERROR, scope=READING),
    "missing-field": Rule(ERROR, scope=READING),
    "empty-field": Rule(ERROR, scope=READING),
    "wrong-kind": Rule(ERROR, scope=READING),
    "bad-date": Rule(ERROR, scope=READING),
    "bad-figure": Rule(ERROR, scope=READING),
    "bad-value": Rule(ERROR, scope=READING),
    "toll-kind": Rule(ERROR, scope=READING),
    "cut-off": Rule(WARNING, scope=READING),
    "duplicate-id": Rule(ERROR, ("id",)),
    "unknown-actor": Rule(ERROR),
    "unknown-place": Rule(ERROR),
    "unknown-type": Rule(ERROR),
    "unknown-source": Rule(ERROR),
    "unknown-event": Rule(ERROR),
    "name-clash": Rule(ERROR),
    "category-id": Rule(ERROR),
    "source-name": Rule(ERROR, ("id",)),
    "cite-range": Rule(ERROR),
    "event-order": Rule(ERROR),
    "clock-order": Rule(WARNING),
    "event-id": Rule(ERROR, ("id", "date")),
    "title-length": Rule(ERROR, ("title",)),
    "toll-of": Rule(ERROR, ("actors.actor",)),
    "toll-cite": Rule(ERROR, ("cites", "tolls.cite")),
    "toll-overlap": Rule(ERROR, ("actors", "tolls")),
    "best-reason": Rule(ERROR, ("note",)),
    "link-cycle": Rule(ERROR),
    "place-cycle": Rule(ERROR),
    "place-depth": Rule(ERROR),
    "member-cycle": Rule(ERROR),
    "member-depth": Rule(ERROR),
    "lineage-cycle": Rule(ERROR),
    "relation": Rule(ERROR, ("relations.kind", "relations.actor", "relations.office")),
    "coordinates": Rule(ERROR, ("lat", "lon")),
    "actor-span": Rule(WARNING, ("date",)),
    "follow-up-order": Rule(WARNING, ("date",)),
    "after-source": Rule(WARNING),
    "after-today": Rule(WARNING),
    "repeated": Rule(WARNING),
    "unknown-rule": Rule(WARNING),
    "unused-ignore": Rule(WARNING),
    "document-missing": Rule(ERROR, scope=PROOF),
    "document-differs": Rule(ERROR, scope=PROOF),
    "date-not-printed": Rule(ERROR, scope=PROOF),
    "figure-not-printed": Rule(ERROR, scope=PROOF),
    "figure-of-person": Rule(ERROR, scope=PROOF),
    "outlet-not-printed": Rule(ERROR, scope=PROOF),
    "cite-empty": Rule(ERROR, scope=PROOF),
    "cite-wide": Rule(ERROR, scope=PROOF),
    "line-open": Rule(ERROR, scope=PROOF),
    "date-open": Rule(ERROR, scope=PROOF),
    "skip-form": Rule(ERROR, scope=PROOF),
    "skip-unused": Rule(ERROR, scope=PROOF),
    "skip-cited": Rule(ERROR, scope=PROOF),
}


class Context(NamedTuple):
    """What the rules look at and look things up in, those records that could be read in part among them.

    `ids` and the records by id hold only ids that could be read; `unsure` are the kinds in which one could not be.
    `today` is None where nobody says what day it is.
    """

    chronology: Chronology
    ids: dict[str, frozenset[str]]
    unsure: frozenset[str]
    actors: dict[str, Actor]
    events: dict[str, Event]
    sources: dict[str, Source]
    today: int | None


def context_of(loaded: Loaded, today: int | None) -> Context:
    """What the rules need of a store that was read; `today` is a day's ordinal."""
    found = loaded.found
    kinds = ("types", "sources", "places", "actors", "periods", "events")
    ids = {kind: frozenset(record.id for record in getattr(found, kind) if record.id) for kind in kinds}
    return Context(
        found,
        {**ids, "sources": ids["sources"] | loaded.documents},
        loaded.unsure,
        {actor.id: actor for actor in found.actors if actor.id},
        {event.id: event for event in found.events if event.id},
        {source.id: source for source in found.sources if source.id},
        today,
    )
