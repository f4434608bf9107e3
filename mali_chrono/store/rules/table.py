"""Every rule that looks at records rather than at text, how grave it is, and what a rule is given and gives."""

from typing import NamedTuple

from mali_chrono.errors import ERROR, WARNING
from mali_chrono.store.load import Loaded
from mali_chrono.store.model import Actor, Chronology, Record, Source
from mali_chrono.store.references import Path

# `ignore` in a record may name these.
RULES = {
    "duplicate-id": ERROR,
    "unknown-actor": ERROR,
    "unknown-place": ERROR,
    "unknown-type": ERROR,
    "unknown-source": ERROR,
    "unknown-event": ERROR,
    "name-clash": ERROR,
    "source-name": ERROR,
    "cite-range": ERROR,
    "event-order": ERROR,
    "event-id": ERROR,
    "title-length": ERROR,
    "toll-of": ERROR,
    "toll-cite": ERROR,
    "toll-overlap": ERROR,
    "best-reason": ERROR,
    "link-cycle": ERROR,
    "place-cycle": ERROR,
    "member-cycle": ERROR,
    "lineage-cycle": ERROR,
    "relation": ERROR,
    "coordinates": ERROR,
    "actor-span": WARNING,
    "repeated": WARNING,
    "unknown-rule": WARNING,
    "unused-ignore": WARNING,
}


class Fault(NamedTuple):
    """One thing a rule found: the record, the path of names and positions to the field, and what to say of it."""

    record: Record
    path: Path
    rule: str
    message: str
    hint: str = ""


class Context(NamedTuple):
    """What the rules look at and look things up in; `ids` by kind holds those of broken records too."""

    chronology: Chronology
    ids: dict[str, set[str]]
    actors: dict[str, Actor]
    sources: dict[str, Source]


def context_of(loaded: Loaded) -> Context:
    """What the rules need of a store that was read."""
    chronology = loaded.chronology
    return Context(
        chronology,
        loaded.ids,
        {actor.id: actor for actor in chronology.actors},
        {source.id: source for source in chronology.sources},
    )
