"""What the claims of a record come to for each kind of toll and group of people."""

from collections.abc import Iterator
from functools import cached_property

from mali_chrono.figures import reckon
from mali_chrono.kinds import CLAIMS, DOES, SUFFERS, Vocabulary
from mali_chrono.store import model
from mali_chrono.store.claims import Ranges, claims, perpetrators
from mali_chrono.text import search_text, searchable


class Names:
    """Looks up what a chronology calls things, and what its words mean."""

    def __init__(self, chronology: model.Chronology, words: Vocabulary) -> None:
        self.words = words
        self.doing, self.claiming, self.struck = (words.roles_that(what) for what in (DOES, CLAIMS, SUFFERS))
        self.acting, self.reporting = words.acting, words.reporting
        self.civilians, self.forces = words.grouped("civilians"), words.grouped("forces")
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


def tolls_of(event: model.Event, names: Names, whole: Ranges) -> Iterator[tuple[tuple[str, str], reckon.Range]]:
    """What each kind of toll comes to: of everyone ("") and, where the claims say, of each group and each actor.

    The groups are civilians, forces, attackers and "untold", those of whom it is not told whose they are. A figure of
    everyone is told of no group, and untold where nothing else is said of its kind. `whole`: what all come to.
    """
    said, who = claims(event), perpetrators(event, names.words)
    struck = {part.actor for part in event.actors if part.role in names.struck}
    unnamed = "civilians" if struck and all(names.actors[a].kind in names.civilians for a in struck) else "untold"
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
    if of == "civilians" or kind in names.civilians:
        return "civilians"
    return "forces" if of == "forces" or kind in names.forces else "untold"
