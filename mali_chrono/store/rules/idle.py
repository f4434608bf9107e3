"""What nothing uses: places, actors, types, tags; and what a source skips in vain."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from mali_chrono.dates.spans import Span, bounds, merge, overlap
from mali_chrono.kinds import LASTING, OFFICE
from mali_chrono.store.model import Actor, Record, Source
from mali_chrono.store.references import Fault, records, references
from mali_chrono.store.rules.names import skipped
from mali_chrono.store.rules.table import Context
from mali_chrono.store.shapes import ACLED

STRATEGIC = "Strategic developments"
# Our category of each of ACLED's event types.
CATEGORIES = {
    "Battles": "battles", "Explosions/Remote violence": "explosions", "Violence against civilians": "violence",
    "Protests": "protests", "Riots": "riots", STRATEGIC: "strategic",
}  # fmt: skip


def check_unused(context: Context) -> Iterator[Fault]:
    """Places, actors and types that no other record names.

    Nothing of a kind of which one is named that does not exist, since another may be meant, nor where a name may stand
    in what could not be read, or is still to be written.
    """
    chronology = context.chronology
    if context.unsure or not chronology.events or any(record.unread for record in records(chronology)):
        return
    named = _named(context)
    for place in chronology.places if named["places"] <= context.ids["places"] else ():
        if place.id not in named["places"]:
            yield _unused(place, "place", "nothing happens there, and no other place lies within it")
    for actor in chronology.actors if named["actors"] <= context.ids["actors"] else ():
        if actor.id not in named["actors"] and not _counts(actor):
            yield _unused(actor, "actor", "no event, period or other actor names it")
    spoken: set[str] = set()
    for kind in chronology.types if named["types"] <= context.ids["types"] else ():
        # A chronology may hold a vocabulary whole: the first type of each of ACLED's classes, else of a category.
        speaks = kind.category if kind.acled == "none" else kind.acled
        if kind.id not in named["types"] and speaks in spoken:
            yield _unused(kind, "type", "no event is of it")
        spoken.add(speaks)


def _named(context: Context) -> dict[str, set[str]]:
    """The ids that records name, by kind. Of events, which are many, the same as `references` says, but at once."""
    chronology = context.chronology
    events = chronology.events
    named: dict[str, set[str]] = {kind: set() for kind in context.ids}
    for record in (*chronology.actors, *chronology.periods, *chronology.places):
        for _, kind, ident in references(record):
            named[kind].add(ident)
    parts = [part for event in events for part in event.actors]
    tolls = [toll for event in events for toll in event.tolls]
    said = {event.says for event in events} | {part.says for part in parts} | {toll.says for toll in tolls}
    named["types"] |= {event.type for event in events}
    named["places"] |= {place.id for event in events for place in event.places} | {toll.at for toll in tolls if toll.at}
    named["actors"] |= {part.actor for part in parts} | {name for name in said if name}
    return named


def _counts(actor: Actor) -> bool:
    """Whether an actor that nobody names is told of: by an office it held, or a time that counts as a period."""
    lasts = actor.kind in LASTING and actor.active is not None
    return lasts or any(relation.kind in OFFICE for relation in actor.relations)


def _unused(record: Record, what: str, why: str) -> Fault:
    hint = f"delete it, or say why with ignore: {{unused-{what}: reason}}"
    return Fault(record, ("id",), f"unused-{what}", f"the {what} '{record.id}' is not used: {why}", hint)


def check_tags(context: Context) -> Iterator[Fault]:
    """Tags of one event alone, in a chronology whose tags hold events together."""
    if "events" in context.unsure or any(event.lacks("tags") for event in context.chronology.events if event.unread):
        return
    counts = Counter(chain.from_iterable(event.tags for event in context.chronology.events))
    if max(counts.values(), default=0) < 2:
        return
    for event in context.chronology.events:
        for i, tag in enumerate(event.tags):
            if counts[tag] == 1:
                message = f"no other event has the tag '{tag}'"
                hint = "give it to the others it is true of, delete it, or say why with ignore: {single-tag: reason}"
                yield Fault(event, ("tags", i), "single-tag", message, hint)


def check_types(context: Context) -> Iterator[Fault]:
    """Types whose category is not that of the ACLED class they map to.

    ACLED knows no category of ours beyond its six; what it has for their deeds are strategic developments.
    """
    for kind in context.chronology.types:
        if kind.lacks("acled") or kind.lacks("category") or kind.acled == "none":
            continue
        theirs = ACLED.get(kind.acled, "")
        ours = CATEGORIES.get(theirs, "")
        if kind.category == ours or (theirs == STRATEGIC and kind.category not in CATEGORIES.values()):
            continue
        message = f"'{kind.acled}' is of ACLED's '{theirs}', which is the category '{ours}', not '{kind.category}'"
        hint = "correct one of them, or say why with ignore: {type-category: reason}"
        yield Fault(kind, ("category",), "type-category", message, hint)


def check_skips(context: Context) -> Iterator[Fault]:
    """Skips of lines that an event cites."""
    sources = [source for source in context.chronology.sources if source.skip]
    if not sources:
        return
    cited: dict[str, list[Span]] = {}
    parts = (part for event in context.chronology.events for part in (event.cites, *(also.cite for also in event.also)))
    for cite in {cite for part in parts for cite in part}:
        cited.setdefault(cite.source, []).append((cite.first, cite.last))
    for source in sources:
        told = merge(cited.get(source.id, ()))
        for i, skip in enumerate(source.skip):
            span = skipped(skip, source.lines)
            if span and not skip.date:
                lines = (max(span[0], bounds(stretch)[0]) for stretch in told if overlap(span, stretch))
                if line := next(lines, 0):
                    yield holds_cited(source, i, line)


def holds_cited(source: Source, i: int, line: int) -> Fault:
    """What is wrong with a skip of a line that an event cites."""
    message = f"this skip holds line {line}, which an event cites"
    return Fault(source, ("skip", i), "skip-cited", message, "leave that line out of it")


RULES = (check_unused, check_tags, check_types, check_skips)
