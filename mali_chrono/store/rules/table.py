"""Every rule of a store and of its proof: how grave it is, when it is asked, and what a rule of records is given.

What a rule finds, why that matters and an example of each stand in `pages/<rule>.md`.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from mali_chrono.errors import ERROR, WARNING, Problem
from mali_chrono.kinds import BUILT_IN_MAPS, Vocabulary
from mali_chrono.store.load import Loaded
from mali_chrono.store.model import Actor, Chronology, Event, Record, Source
from mali_chrono.store.nodes import Key
from mali_chrono.store.references import Fault
from mali_chrono.store.settings import Settings
from mali_chrono.store.texts import Texts

# Where a rule looks: at a file's text while it is read, at records, at maps, which only those need who read tables, at
# copies of documents (`verify`).
SCOPES = READING, RECORDS, MAPS, PROOF = "reading", "records", "maps", "proof"


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
    "newer-format": Rule(ERROR, scope=READING),
    "vocabulary": Rule(ERROR, scope=READING),
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
    "language": Rule(WARNING, scope=READING),
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
    "unknown-map": Rule(ERROR),
    "cite-range": Rule(ERROR),
    "cite-form": Rule(ERROR),
    "unverifiable-copy": Rule(ERROR, ("unverifiable",)),
    "id-clash": Rule(WARNING, ("ids",)),
    "event-order": Rule(ERROR),
    "calendar": Rule(ERROR),
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
    "same-occurrence": Rule(WARNING, ("date", "type", "places", "links")),
    "same-title": Rule(WARNING, ("date", "title", "places", "links")),
    "same-line": Rule(WARNING, ("date", "type", "places", "cites", "links")),
    "relation-twice": Rule(WARNING, ("relations",)),
    "ally-and-rival": Rule(WARNING, ("relations",)),
    "near-name": Rule(WARNING, ("id", "name", "short", "aliases")),
    "alias-twice": Rule(WARNING, ("aliases",)),
    "needless-alias": Rule(WARNING, ("name", "short", "aliases")),
    "mixed-script": Rule(WARNING),
    "outlet-spelling": Rule(WARNING, ("outlets",)),
    "other-region": Rule(WARNING, ("region", "within")),
    "far-from-region": Rule(WARNING, ("region", "lat", "lon", "within")),
    "no-point": Rule(WARNING, ("lat", "lon", "precision")),
    "false-precision": Rule(WARNING, ("lat", "lon", "precision")),
    "unused-place": Rule(WARNING),
    "unused-actor": Rule(WARNING),
    "unused-type": Rule(WARNING),
    "single-tag": Rule(WARNING, ("tags",)),
    "type-category": Rule(WARNING, ("category", "acled")),
    "skip-form": Rule(ERROR, ("skip", "lines")),
    "skip-cited": Rule(WARNING, ("skip", "lines")),
    "unknown-rule": Rule(WARNING),
    "unused-ignore": Rule(WARNING),
    "bad-map": Rule(ERROR, scope=MAPS),
    "document-missing": Rule(ERROR, scope=PROOF),
    "document-differs": Rule(ERROR, scope=PROOF),
    "date-not-printed": Rule(ERROR, scope=PROOF),
    "time-not-printed": Rule(ERROR, scope=PROOF),
    "figure-not-printed": Rule(ERROR, scope=PROOF),
    "figure-of-person": Rule(ERROR, scope=PROOF),
    "outlet-not-printed": Rule(ERROR, scope=PROOF),
    "cite-empty": Rule(ERROR, scope=PROOF),
    "cite-wide": Rule(ERROR, scope=PROOF),
    "line-open": Rule(ERROR, scope=PROOF),
    "date-open": Rule(ERROR, scope=PROOF),
    "skip-unused": Rule(ERROR, scope=PROOF),
    "copied-words": Rule(ERROR, scope=PROOF),
}
# What is told where nothing is selected.
USUAL = frozenset(slug for slug, rule in RULES.items() if rule.on)
# What hides things from the other rules, and so is told whatever is selected.
BLINDING = frozenset(
    slug for slug, rule in RULES.items() if rule.scope == READING and rule.severity == ERROR
) | {"document-missing", "document-differs"}  # fmt: skip

# What hides whole records, or all that refers to them, and so is told whichever files are chosen.
HIDING = frozenset({
    "newer-format", "vocabulary", "missing-file", "unreadable", "encoding", "syntax", "depth",
    "too-long", "too-many",
})  # fmt: skip


def choose(select: Collection[str], ignore: Collection[str]) -> frozenset[str]:
    """The rules asked: those selected and what hides things from them, else the usual ones; none that is ignored."""
    return (BLINDING.union(select) if select else USUAL).difference(ignore)


def placed(texts: Texts, faults: Iterable[Fault]) -> list[Problem]:
    """Faults as problems: with their places, as grave as their rules are."""
    return [found._replace(severity=RULES[found.rule].severity) for found in texts.problems(faults)]


def is_ignored(fault: Fault) -> bool:
    """Whether the record says that this rule does not hold for it."""
    return fault.rule in fault.record.ignore


Use = tuple[str, str, str]  # the file and the id of a record, and a rule that it ignores


def used(faults: Iterable[Fault]) -> set[Use]:
    """The exceptions that serve, of faults that are ignored or not."""
    return {(fault.record.path, fault.record.id, fault.rule) for fault in faults if is_ignored(fault)}


def unused(record: Record, rule: str, uses: set[Use]) -> Iterator[Fault]:
    """The fault of an exception that serves nothing."""
    if (record.path, record.id, rule) not in uses:
        message = f"'{rule}' is ignored here but finds nothing"
        hint = "delete this rule's entry" if len(record.ignore) > 1 else "delete its ignore"
        yield Fault(record, ("ignore", Key(rule)), "unused-ignore", message, hint)


class Context(NamedTuple):
    """What the rules look at and look things up in, those records that could be read in part among them.

    `ids` and the records by id hold only ids that could be read; `unsure` are the kinds in which one could not be.
    `maps` are the names of the maps there are, chrono's own and the store's. `today` is None where nobody says what day
    it is; `texts` are the files, for what could not be read of them.
    """

    chronology: Chronology
    ids: dict[str, frozenset[str]]
    unsure: frozenset[str]
    actors: dict[str, Actor]
    events: dict[str, Event]
    sources: dict[str, Source]
    today: int | None
    texts: Texts
    words: Vocabulary
    settings: Settings = Settings()
    maps: frozenset[str] = frozenset(BUILT_IN_MAPS)


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
        loaded.texts,
        loaded.grammar.words,
        loaded.settings,
        loaded.maps.union(BUILT_IN_MAPS),
    )
