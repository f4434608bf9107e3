"""Each rule a wrong store must not pass: a function over the records that yields what it finds."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from mali_chrono.dates.days import from_ordinal
from mali_chrono.dates.spans import overlap
from mali_chrono.errors import ERROR, WARNING, did_you_mean
from mali_chrono.kinds import ACTOR_KINDS, RELATION_KINDS
from mali_chrono.store import model
from mali_chrono.store import references as walk
from mali_chrono.store.load import Loaded
from mali_chrono.store.members import Memberships
from mali_chrono.store.model import sort_key
from mali_chrono.store.shapes import PLAIN_GROUPS
from mali_chrono.text import fold

TITLE_LENGTH = 90
# Whom the plain groups of a toll hold, by actor kind; `attackers` holds the perpetrators.
_HELD = {
    "forces": {kind.name for kind in ACTOR_KINDS if kind.forces},
    "civilians": {kind.name for kind in ACTOR_KINDS if kind.civilians},
}

# Every rule that looks at records rather than at text, and how grave it is. `ignore` may name these.
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

    record: Any
    path: walk.Path
    rule: str
    message: str
    hint: str = ""


class Context(NamedTuple):
    """What the rules look things up in."""

    loaded: Loaded
    actors: dict[str, model.Actor]
    sources: dict[str, model.Source]
    memberships: Memberships


def _duplicate_ids(context: Context) -> Iterator[Fault]:
    first: dict[tuple[str, str], Any] = {}
    for kind, record in walk.every(context.loaded.chronology):
        other = first.setdefault((kind, record.id), record)
        if other is not record:
            where = f"{other.path}:{other.node.line}"
            yield Fault(record, ("id",), "duplicate-id", f"id '{record.id}' is taken", f"by the record at {where}")


def _references(context: Context) -> Iterator[Fault]:
    ids = context.loaded.ids
    kinds = {"actor": "actors", "place": "places", "type": "types", "event": "events"}

    for kind, record in walk.every(context.loaded.chronology):
        for path, what, name in walk.references(kind, record):
            if name is not None and name not in ids[kinds[what]]:
                hint = did_you_mean(name, ids[kinds[what]]) or f"add it to data/{kinds[what]}.yaml"
                yield Fault(record, path, f"unknown-{what}", f"unknown {what} '{name}'", hint)


def _source_names(context: Context) -> Iterator[Fault]:
    for source in context.loaded.chronology.sources:
        if source.path != f"seeds/{source.id}.yaml":
            hint = f"name the file seeds/{source.id}.yaml, or correct the id"
            yield Fault(source, ("id",), "source-name", f"source '{source.id}' stands in {source.path}", hint)


def _cites(context: Context) -> Iterator[Fault]:
    for kind, record in walk.every(context.loaded.chronology):
        for path, cite in walk.cites(kind, record):
            source = context.sources.get(cite.source)
            if cite.source not in context.loaded.ids["sources"]:
                hint = did_you_mean(cite.source, context.loaded.ids["sources"]) or "add its record to seeds/"
                yield Fault(record, path, "unknown-source", f"unknown source '{cite.source}'", hint)
            elif source and cite.last > source.lines:
                message = f"'{cite}' lies beyond the document's end"
                yield Fault(record, path, "cite-range", message, f"{cite.source} has {source.lines} lines")


def _names(context: Context) -> Iterator[Fault]:
    """A name that two records of a kind claim would make every question about it ambiguous."""
    for kind in ("actors", "places", "types", "periods"):
        claimed: dict[str, Any] = {}
        for record in getattr(context.loaded.chronology, kind):
            for path, name in walk.names(record):
                other = claimed.setdefault(fold(name), record)
                if other is not record and other.id != record.id:
                    hint = f"it belongs to '{other.id}' ({other.path}:{other.node.line})"
                    yield Fault(record, path, "name-clash", f"the name '{name}' is taken", hint)


def _order(context: Context) -> Iterator[Fault]:
    before: model.Event | None = None
    for event in context.loaded.chronology.events:
        if before and before.path == event.path and sort_key(event) < sort_key(before):
            message = f"'{event.id}' ({event.date}) stands after '{before.id}' ({before.date})"
            yield Fault(event, ("date",), "event-order", message, "oldest first: by earliest day, latest day, id")
        else:
            before = event


def _event_ids(context: Context) -> Iterator[Fault]:
    for event in context.loaded.chronology.events:
        expected = id_prefix(event)
        if not event.id.startswith(expected):
            message = f"id '{event.id}' does not begin with its date's known digits"
            yield Fault(event, ("id",), "event-id", message, f"begin it with '{expected}'")


def id_prefix(event: model.Event) -> str:
    """The digits of an event's date that are known: what its earliest and latest day have in common."""
    days = event.date.span
    if None in days:  # an interval that is open on one side: its known end
        days = next((part.first, part.last) for pair in event.date.ranges for part in pair if part)
    first, last = (from_ordinal(day) for day in days if day is not None)
    if first[0] < 1:
        return f"bc-{1 - first[0]}" if first[0] == last[0] else "bc-"
    if first[0] != last[0]:
        a, b = f"{first[0]:04d}", f"{last[0]:04d}"
        common = next((a[:n] for n in (3, 2, 1) if a[:n] == b[:n]), "")
        return common or a
    parts = [f"{first[0]:04d}"]
    for a_part, b_part in zip(first[1:], last[1:], strict=True):
        if a_part != b_part:
            break
        parts.append(f"{a_part:02d}")
    return "-".join(parts)


def _titles(context: Context) -> Iterator[Fault]:
    for event in context.loaded.chronology.events:
        if len(event.title) > TITLE_LENGTH:
            message = f"the title has {len(event.title)} characters; at most {TITLE_LENGTH}"
            yield Fault(event, ("title",), "title-length", message, "who did what where")


def _tolls(context: Context) -> Iterator[Fault]:
    for kind, record in walk.every(context.loaded.chronology):
        if kind not in ("events", "periods"):
            continue
        parts = {part.actor for part in record.actors}
        for i, toll in enumerate(record.tolls):
            if toll.of and toll.of not in PLAIN_GROUPS and toll.of not in parts:
                hint = did_you_mean(toll.of, [*PLAIN_GROUPS, *parts]) or "name one of its actors, or " + ", ".join(
                    PLAIN_GROUPS
                )
                yield Fault(record, ("tolls", i, "of"), "toll-of", f"'{toll.of}' is no actor of this record", hint)
            if not toll.cite and len(set(record.cites)) != 1:
                message = "this toll says no cite, and the record has several"
                yield Fault(record, ("tolls", i), "toll-cite", message, "add cite: source:line")
            for cite in toll.cite:
                if not any(held.holds(cite) for held in record.cites):
                    message = f"'{cite}' is not among the record's cites"
                    yield Fault(record, ("tolls", i, "cite"), "toll-cite", message, "add it to cites, or correct it")
            if toll.best and not record.note:
                message = "a toll marked best needs its reason"
                yield Fault(record, ("tolls", i, "best"), "best-reason", message, "say in note why it is the best")
        yield from _overlaps(context, record)


def _overlaps(context: Context, record: Any) -> Iterator[Fault]:
    """A plain group beside an actor it contains, in one account, would count the same people twice."""
    counted = [(i, toll) for i, toll in enumerate(record.tolls) if not toll.who and toll.of]
    for i, group in counted:
        if group.of not in PLAIN_GROUPS:
            continue
        for _, other in counted:
            same_account = group.says == other.says and (
                group.says or not group.cite or not other.cite or set(group.cite) & set(other.cite)
            )
            same = other.kind == group.kind and same_account and (not group.at or not other.at or group.at == other.at)
            if same and other.of not in PLAIN_GROUPS and _contains(context, record, group.of, other.of):
                message = f"'{group.of}' holds '{other.of}', which the same account counts too"
                hint = "keep the finer one, or mark the detail with 'who'"
                yield Fault(record, ("tolls", i, "of"), "toll-overlap", message, hint)


def _contains(context: Context, record: Any, group: str, name: str) -> bool:
    roles = {part.role for part in record.actors if part.actor == name and hasattr(part, "role")}
    if group == "attackers" or "perpetrator" in roles:
        return group == "attackers" and "perpetrator" in roles
    actor = context.actors.get(name)
    return actor is not None and actor.kind in _HELD[group]


def _spans(context: Context) -> Iterator[Fault]:
    for event in context.loaded.chronology.events:
        for i, part in enumerate(event.actors):
            actor = context.actors.get(part.actor)
            if actor and actor.active and not event.note and not overlap(actor.active.span, event.date.span):
                message = f"'{actor.id}' was active {actor.active}, not on {event.date}"
                hint = "correct one of the dates, or say in note how the source puts it"
                yield Fault(event, ("actors", i, "actor"), "actor-span", message, hint)


def _repeats(context: Context) -> Iterator[Fault]:
    for event in context.loaded.chronology.events:
        for name in ("places", "actors", "tolls", "links", "cites", "outlets", "tags"):
            parts = getattr(event, name)
            for i, part in enumerate(parts):
                if part in parts[:i]:
                    yield Fault(event, (name, i), "repeated", f"this stands twice in {name}", "delete one")


def _relations(context: Context) -> Iterator[Fault]:
    for actor in context.loaded.chronology.actors:
        for i, relation in enumerate(actor.relations):
            path = ("relations", i)
            if relation.kind == "holds" and not relation.office:
                yield Fault(actor, path, "relation", "'holds' names an office", "add office: president of Mali")
            elif relation.kind != "holds" and not relation.actor:
                yield Fault(actor, path, "relation", f"'{relation.kind}' names an actor", "add actor: id")
            elif relation.kind != "holds" and relation.office:
                yield Fault(actor, path, "relation", "only 'holds' has an office", "delete the office")
            elif relation.actor == actor.id:
                yield Fault(actor, path, "relation", "an actor has no relation to itself")


def _coordinates(context: Context) -> Iterator[Fault]:
    for place in context.loaded.chronology.places:
        if (place.lat is None) != (place.lon is None):
            yield Fault(place, ("id",), "coordinates", "lat and lon go together")
        elif (
            place.lat is not None
            and place.lon is not None
            and not (-90 <= place.lat <= 90 and -180 <= place.lon <= 180)
        ):
            message = f"{place.lat}, {place.lon} is nowhere"
            yield Fault(place, ("lat",), "coordinates", message, "lat -90 to 90, lon -180 to 180")


_MEMBERSHIP = [kind.name for kind in RELATION_KINDS if kind.membership]
# An onward one is left out: a group may come home to the one it split from.
_LINEAGE = [kind.name for kind in RELATION_KINDS if kind.descent and not kind.onward]


def _cycles(context: Context) -> Iterator[Fault]:
    chronology = context.loaded.chronology
    graphs: list[tuple[str, tuple[Any, ...], Callable[[Any], Iterator[tuple[walk.Path, str]]]]] = [
        ("place-cycle", chronology.places, lambda place: iter([(("within",), place.within)] if place.within else [])),
        ("link-cycle", chronology.events, lambda e: ((("links", i, "to"), link.to) for i, link in enumerate(e.links))),
        ("member-cycle", chronology.actors, lambda actor: _related(actor, _MEMBERSHIP)),
        ("lineage-cycle", chronology.actors, lambda actor: _related(actor, _LINEAGE)),
    ]
    for rule, records, edges in graphs:
        known: dict[str, Any] = {}
        for record in records:
            known.setdefault(record.id, record)
        for record, path, around in _loops(known, edges):
            yield Fault(
                record, path, rule, "this leads back to itself: " + " -> ".join(around), "one of these is wrong"
            )


def _related(actor: model.Actor, kinds: Sequence[str]) -> Iterator[tuple[walk.Path, str]]:
    for i, relation in enumerate(actor.relations):
        if relation.kind in kinds and relation.actor and relation.actor != actor.id:
            yield ("relations", i, "actor"), relation.actor


def _loops(known: dict[str, Any], edges: Any) -> Iterator[tuple[Any, walk.Path, list[str]]]:
    """Each way that leads back to where it began, once; iterative, since a chain may be long."""
    done: set[str] = set()
    for start, first in known.items():
        if start in done:
            continue
        trail: dict[str, None] = {start: None}
        stack = [edges(first)]
        while stack:
            path, name = next(stack[-1], ((), ""))
            if not name:
                stack.pop()
                done.add(trail.popitem()[0])
            elif name in trail:
                way = list(trail)
                yield known[way[-1]], path, [*way[way.index(name) :], name]
            elif name in known and name not in done:
                trail[name] = None
                stack.append(edges(known[name]))


FUNCTIONS: tuple[Callable[[Context], Iterator[Fault]], ...] = (
    _duplicate_ids,
    _references,
    _source_names,
    _cites,
    _names,
    _order,
    _event_ids,
    _titles,
    _tolls,
    _spans,
    _repeats,
    _relations,
    _coordinates,
    _cycles,
)
