"""What nothing uses: places, actors, types, tags; and what a source skips in vain."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from mali_chrono.cites import LINE
from mali_chrono.dates.spans import Span, bounds, merge, overlap
from mali_chrono.kinds import OFFICE, Vocabulary
from mali_chrono.near import nearest
from mali_chrono.store.acled import ACLED
from mali_chrono.store.model import Actor, Named, Source
from mali_chrono.store.references import Fault, names, records, references
from mali_chrono.store.rules.names import skipped
from mali_chrono.store.rules.table import Context
from mali_chrono.text import fold

KINDS = ("places", "actors", "types")
MANY = 20
STRATEGIC = "Strategic developments"
# Our category of each of ACLED's event types.
CATEGORIES = {
    "Battles": "battles", "Explosions/Remote violence": "explosions", "Violence against civilians": "violence",
    "Protests": "protests", "Riots": "riots", STRATEGIC: "strategic",
}  # fmt: skip


def check_unused(context: Context) -> Iterator[Fault]:
    """Places, actors and types that no other record names, but for those that a misspelt name may mean."""
    chronology = context.chronology
    if all(event.unread for event in chronology.events):  # still to be written, or no one can say what they are
        return
    named = _named(context)
    places = (place for place in chronology.places if place.id and place.id not in named["places"])
    actors = (
        actor
        for actor in chronology.actors
        if actor.id and actor.id not in named["actors"] and not _counts(actor, context.words)
    )
    idle: list[tuple[Named, str, str]] = [
        *((place, "unused-place", "nothing happens there, and no other place lies within it") for place in places),
        *((actor, "unused-actor", "no event, period or other actor names it") for actor in actors),
    ]
    spoken: set[str] = set()
    for kind in chronology.types:
        # A chronology may hold a vocabulary whole: the first type of each of ACLED's classes, else of a category.
        speaks = kind.category if kind.acled == "none" else kind.acled
        if kind.id and kind.id not in named["types"] and speaks in spoken:
            idle.append((kind, "unused-type", "no event is of it"))
        spoken.add(speaks)
    unsaid = _unsaid(context, {record.id for record, _, _ in idle})
    meant = {kind: _meant(getattr(chronology, kind), named[kind] - context.ids[kind]) for kind in KINDS}
    for record, rule, why in idle:
        what = rule.removeprefix("unused-")
        if record.id in unsaid and record.id not in meant[f"{what}s"]:
            hint = f"delete it, or say why with ignore: {{{rule}: reason}}"
            yield Fault(record, ("id",), rule, f"the {what} '{record.id}' is not used: {why}", hint)


def _unsaid(context: Context, words: set[str]) -> set[str]:
    """Those of some ids and tags that stand but once in the files, where some of these could not be read in whole."""
    if not words or not (context.unsure or any(record.unread for record in records(context.chronology))):
        return words
    counts = context.texts.counts(words)
    return {word for word in words if counts[word] <= 1} if counts is not None else set()


def _meant(known: Sequence[Named], unknown: set[str]) -> set[str]:
    """The ids of records that names which no record has may mean, misspelt; many such names may mean any."""
    if len(unknown) > MANY:
        return {record.id for record in known}
    called = {fold(name): record.id for record in known for _, name in names(record)} if unknown else {}
    return {called[name] for word in unknown for name in nearest(fold(word), called, MANY)}


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


def _counts(actor: Actor, words: Vocabulary) -> bool:
    """Whether an actor that nobody names is told of: by an office it held, or a time that counts as a period."""
    lasts = actor.kind in words.lasting and actor.active is not None
    return lasts or any(relation.kind in OFFICE for relation in actor.relations)


def check_tags(context: Context) -> Iterator[Fault]:
    """Tags of one event alone, in a chronology whose tags hold events together."""
    counts = Counter(chain.from_iterable(set(event.tags) for event in context.chronology.events))
    if max(counts.values(), default=0) < 2:
        return
    single = _unsaid(context, {tag for tag, count in counts.items() if count == 1})
    for event in context.chronology.events if single else ():
        for i, tag in enumerate(event.tags):
            if tag in single and event.tags.index(tag) == i:
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
    for name, first, last in {(c.source, c.first, c.last) for part in parts for c in part if c.unit == LINE}:
        cited.setdefault(name, []).append((first, last))
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
