"""Every rule that looks at records rather than at text, how grave it is, and what a rule is given and gives."""

from typing import NamedTuple

from mali_chrono.errors import ERROR, WARNING
from mali_chrono.store.load import Loaded
from mali_chrono.store.model import Actor, Chronology, Event, Source


class Rule(NamedTuple):
    """How grave a fault is, and the fields it is found by: where one could not be read the rule says nothing.

    A rule that looks at one part at a time, or at other records, sees to that by itself. One that is not `on` is asked
    only where `--select` names it.
    """

    severity: str
    reads: tuple[str, ...] = ()
    on: bool = True


# `ignore` in a record may name these.
RULES = {
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
    "part-time": Rule(WARNING, ("date", "also")),
    "after-death": Rule(WARNING, ("date", "also")),
    "relation-span": Rule(WARNING),
    "renamed-active": Rule(WARNING),
    "two-holders": Rule(WARNING),
    "not-a-person": Rule(WARNING),
    "same-date": Rule(WARNING, ("date", "also")),
    "part-above-whole": Rule(WARNING, ("actors", "tolls")),
    "attackers-unnamed": Rule(WARNING, ("actors",)),
    "toll-place": Rule(WARNING, ("places",)),
    "two-best": Rule(WARNING, ("cites",)),
    "two-figures": Rule(WARNING, ("cites",)),
    "claim-as-fact": Rule(WARNING, ("cites", "says", "certainty", "type", "actors")),
    "title-number": Rule(WARNING, ("title", "tolls", "actors")),
    "single-source": Rule(WARNING, ("cites", "tolls", "actors"), on=False),
    "follow-up-order": Rule(WARNING, ("date",)),
    "after-source": Rule(WARNING),
    "after-today": Rule(WARNING),
    "repeated": Rule(WARNING),
    "unknown-rule": Rule(WARNING),
    "unused-ignore": Rule(WARNING),
}


# What is told where nothing is selected.
USUAL = frozenset(slug for slug, rule in RULES.items() if rule.on)


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
