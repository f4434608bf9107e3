"""The figures of a record: its claims, and what they come to for each kind of toll and group of people."""

from collections.abc import Iterator
from functools import cached_property

from mali_chrono.dates.spans import bounds
from mali_chrono.figures import reckon
from mali_chrono.kinds import CIVILIANS, FORCES, TOLL_KINDS
from mali_chrono.store import model
from mali_chrono.text import search_text, searchable

Ranges = dict[str, reckon.Range | None]


class Names:
    """Looks up what a chronology calls things."""

    def __init__(self, chronology: model.Chronology) -> None:
        self.actors = {actor.id: actor for actor in chronology.actors}
        self.places = {place.id: place for place in chronology.places}
        self.types = {kind.id: kind for kind in chronology.types}
        self.urls = {source.id: source.url for source in chronology.sources}

    @cached_property
    def words_of_actors(self) -> dict[str, str]:
        """All names of each actor as they are searched."""
        return {
            actor.id: search_text(map(searchable, (actor.name, actor.short or "", *actor.aliases)))
            for actor in self.actors.values()
        }

    @cached_property
    def words_of_places(self) -> dict[str, str]:
        """All names of each place as they are searched."""
        return {place.id: search_text(map(searchable, (place.name, *place.aliases))) for place in self.places.values()}

    def short(self, actor: str) -> str:
        """The shortest name an actor goes by."""
        return self.actors[actor].short or self.actors[actor].name


def claims(record: model.Event | model.Period) -> list[reckon.Claim]:
    """A record's tolls as claims; one without a cite has the record's."""
    everywhere = record.cites
    return [
        reckon.Claim(
            toll.kind, toll.figure, toll.of, toll.who, toll.says, toll.at,
            tuple(str(cite) for cite in toll.cite or everywhere), toll.best,
            None if toll.as_of is None else bounds(toll.as_of.span)[0],
        )
        for toll in record.tolls
    ]  # fmt: skip


def perpetrators(record: model.Event | model.Period) -> frozenset[str]:
    """The actors whose dead are reckoned apart: in a period nobody's are."""
    if isinstance(record, model.Period):
        return frozenset()
    return frozenset(part.actor for part in record.actors if part.role == "perpetrator")


def ranges_of(event: model.Event | model.Period) -> Ranges:
    """Low-best-high of every kind of toll; None where nothing is said."""
    said, who = claims(event), perpetrators(event)
    told = {claim.kind for claim in said}
    return {kind: reckon.reckon(said, kind, who) if kind in told else None for kind in TOLL_KINDS}


def tolls_of(event: model.Event, names: Names, whole: Ranges) -> Iterator[tuple[tuple[str, str], reckon.Range]]:
    """What each kind of toll comes to: of everyone ("") and, where the claims say, of each group and each actor.

    The groups are civilians, forces, attackers and "untold", those of whom it is not told whose they are. A figure of
    everyone is told of no group, and untold where nothing else is said of its kind. `whole`: what all come to.
    """
    said, who = claims(event), perpetrators(event)
    struck = {part.actor for part in event.actors if part.role in ("target", "victim")}
    unnamed = "civilians" if struck and all(names.actors[a].kind in CIVILIANS for a in struck) else "untold"
    groups: dict[str, list[reckon.Claim]] = {"": said}
    told_apart = {claim.kind for claim in said if claim.of != "everyone" and claim.who is None}
    for claim in said:
        if claim.of == "everyone" and claim.kind in told_apart:
            continue
        groups.setdefault(_group(claim.of, who, names) if claim.of else unnamed, []).append(claim)
        if claim.of in names.actors:
            groups.setdefault(claim.of or "", []).append(claim)
    for of, part in groups.items():
        for kind in dict.fromkeys(claim.kind for claim in part):
            # A group of all claims comes to what they do.
            if figures := whole[kind] if len(part) == len(said) else reckon.reckon(part, kind, who):
                yield (kind, of), figures


def _group(of: str, perpetrators: frozenset[str], names: Names) -> str:
    """The plain group that holds those a toll counts."""
    if of == "attackers" or of in perpetrators:
        return "attackers"
    kind = names.actors[of].kind if of in names.actors else ""
    if of == "civilians" or kind in CIVILIANS:
        return "civilians"
    return "forces" if of == "forces" or kind in FORCES else "untold"
