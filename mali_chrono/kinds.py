"""The kinds of things that a chronology tells apart: those that a store's vocabulary names, and chrono's own."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

# What has a record of its own, in the order in which those that share an id are shown.
RECORDS = ("event", "actor", "place", "period", "source", "type")
ENDS = ("low", "best", "high", "open")  # what figures of one kind come to, as keys
CERTAINTIES = ("confirmed", "claimed", "suspected", "denied", "disputed")
# Calendars other than that of `date` which sources print, by the field that keeps such a date as printed.
CALENDARS = ("julian", "islamic", "hebrew", "republican")
TABLES = ("csv", "json", "jsonl", "xlsx")  # documents that are rows; by a map each row tells an event
FORMATS = ("text", "markdown", "wikitext", *TABLES)  # of documents
# Maps that come with chrono, the files of intake/maps/: what the columns of tables by others tell.
BUILT_IN_MAPS = ("acled", "gdelt", "ucdp-ged")
# What the documents say to a statement; of one that is unread no copy of its document is there.
VERDICTS = PROVED, RECKONED, FAILED, UNREAD, UNVERIFIABLE = ("proved", "reckoned", "failed", "unread", "unverifiable")
PLAIN_GROUPS = ("civilians", "forces", "attackers", "everyone")  # of whom a toll may be, beside actors


class Category(NamedTuple):
    """A category of events.

    `adds`: what its events tell is added up. `turns`: they are turns in the history of who takes part. Of pictures:
    `violent` ones are drawn apart, `stack` names the part of a bar that holds it.
    """

    id: str
    adds: bool = True
    turns: bool = False
    violent: bool = False
    stack: str = ""


# What a role may mean. Who does and who suffers stand against each other.
DOES, SUFFERS, CLAIMS, TAKES_PART = "does", "suffers", "claims", "takes-part"
HELPS, SIGNS, TELLS, TOLD_OF = "helps", "signs", "tells", "told-of"
MEANINGS = (DOES, SUFFERS, CLAIMS, TAKES_PART, HELPS, SIGNS, TELLS, TOLD_OF)


class Role(NamedTuple):
    """A role in events: what it means, and whether an actor that has it is there by itself (`acts`)."""

    id: str
    means: str = TAKES_PART
    acts: bool = False


# From this precision on (UCDP's where_prec) a place is a region, a line or a country, and no point is near it.
VAGUE = 4
# And from this on a line, a country or more: two deeds of a day there may lie anywhere.
WIDE = 5


class ActorKind(NamedTuple):
    """A kind of actor.

    `group` is the plain group of a toll that holds it: civilians, forces or none. `armed` ones are listed in a state of
    play, in the order of the vocabulary; one that `lasts` counts as a period where it says how long it was active;
    `foreign` marks those that come from abroad for a time, `person` people. `acled` is what ACLED calls it.
    """

    id: str
    group: str = ""
    armed: bool = False
    lasts: bool = False
    foreign: bool = False
    person: bool = False
    acled: str = ""


class PlaceKind(NamedTuple):
    """A kind of place."""

    id: str


class PeriodKind(NamedTuple):
    """A kind of period; `foreign` marks those that come from abroad for a time. Sides in a `leading` one come first."""

    id: str
    foreign: bool = False
    leading: bool = False


# What the figures of many events come to: their sum; the latest, as of a state at a time; nothing.
ADDED, LEVEL, NEVER = "added", "level", "never"
SUMS = (ADDED, LEVEL, NEVER)


def spoken(kind: str) -> str:
    """A kind of toll as it stands in a sentence."""
    return kind.replace("-", " ")


class TollKind(NamedTuple):
    """A kind of toll: what its sum means, of what it is (`unit`), and what stands above its column (`label`).

    `caused` and `suffered` are what stands above the sums of events that an actor did, and of those done to it;
    `doing` and `done` say the same of one actor. Who counts among a `fatal` one is dead.
    """

    id: str
    sum: str = ADDED
    unit: str = ""
    label: str = ""
    caused: str = ""
    suffered: str = ""
    doing: str = "in what it did"
    done: str = "in what was done to it"
    fatal: bool = False

    @property
    def heading(self) -> str:
        """What stands above its column."""
        return self.label or spoken(self.id)

    @property
    def counted(self) -> str:
        """What is counted, in words: "people killed"; a unit that the name begins with stands once ("jobs cut")."""
        name = spoken(self.id)
        return name if name.startswith(self.unit) else f"{self.unit} {name}"

    @property
    def sides(self) -> dict[str, str]:
        """What stands above the sums by what an actor did and by what was done to it, by the field of each."""
        name = self.heading.replace(" ", "_")
        return {
            f"{name}_by": self.caused or f"{self.heading} by it",
            f"{name}_of": self.suffered or f"{self.heading}, done to it",
        }


# What no kind of toll may be called, since it would stand beside it in an event's row, its columns or a question.
TAKEN = frozenset((
    "body", "calendars", "category", "clock", "core", "disputed", "earliest", "elapsed", "hi", "kind", "lat", "latest",
    "lo", "lon", "match", "n", "precision", "region", "reporting", "target", "time", "url", "via", "when", "who",
    "year", "zone",
))  # fmt: skip


class Title(NamedTuple):
    """The title of an office; the vocabulary has them in their order, the highest first."""

    id: str


SECTIONS: dict[str, type[Any]] = {
    "categories": Category, "roles": Role, "actors": ActorKind, "places": PlaceKind, "periods": PeriodKind,
    "tolls": TollKind, "titles": Title,
}  # fmt: skip


class Vocabulary(NamedTuple):
    """A store's own words, section by section; the order is that of its file."""

    categories: tuple[Category, ...] = ()
    roles: tuple[Role, ...] = ()
    actors: tuple[ActorKind, ...] = ()
    places: tuple[PlaceKind, ...] = ()
    periods: tuple[PeriodKind, ...] = ()
    tolls: tuple[TollKind, ...] = ()
    titles: tuple[Title, ...] = ()

    @property
    def toll_kinds(self) -> tuple[str, ...]:
        """The kinds of toll."""
        return tuple(toll.id for toll in self.tolls)

    @property
    def main(self) -> TollKind | None:
        """The kind of toll that answers show first; None where there is none."""
        return self.tolls[0] if self.tolls else None

    @property
    def levels(self) -> frozenset[str]:
        """The kinds of toll that are reported as a state at a time, and never added up."""
        return frozenset(toll.id for toll in self.tolls if toll.sum == LEVEL)

    def sum_of(self, kind: str) -> str:
        """What the sum of a kind of toll means."""
        return next(toll.sum for toll in self.tolls if toll.id == kind)

    @property
    def fatal(self) -> frozenset[str]:
        """The kinds of toll that count the dead."""
        return frozenset(toll.id for toll in self.tolls if toll.fatal)

    @property
    def added(self) -> tuple[str, ...]:
        """The kinds of toll that are added up."""
        return tuple(toll.id for toll in self.tolls if toll.sum == ADDED)

    def roles_that(self, *meanings: str) -> tuple[str, ...]:
        """The roles that mean one of some things."""
        return tuple(role.id for role in self.roles if role.means in meanings)

    @property
    def acting(self) -> frozenset[str]:
        """The roles in which an actor is there by itself."""
        return frozenset(role.id for role in self.roles if role.acts)

    @property
    def reporting(self) -> frozenset[str]:
        """The categories whose events add nothing to sums."""
        return frozenset(category.id for category in self.categories if not category.adds)

    @property
    def armed(self) -> tuple[str, ...]:
        """The kinds of actor that are armed, in their order."""
        return tuple(kind.id for kind in self.actors if kind.armed)

    @property
    def lasting(self) -> frozenset[str]:
        """The kinds of actor that count as a period where they say how long they were active."""
        return frozenset(kind.id for kind in self.actors if kind.lasts)

    @property
    def persons(self) -> frozenset[str]:
        """The kinds of actor that are people."""
        return frozenset(kind.id for kind in self.actors if kind.person)

    @property
    def foreign(self) -> frozenset[str]:
        """The kinds of period and of actor that come from abroad for a time."""
        return frozenset(
            [kind.id for kind in self.periods if kind.foreign] + [kind.id for kind in self.actors if kind.foreign]
        )

    def grouped(self, group: str) -> frozenset[str]:
        """The kinds of actor that a plain group of a toll holds."""
        return frozenset(kind.id for kind in self.actors if kind.group == group)


def rows_of(words: Vocabulary) -> Iterator[tuple[str, str, str]]:
    """A vocabulary as rows of texts: the section, the entry's id, its other traits that are not as usual."""
    for section, kind in SECTIONS.items():
        for entry in getattr(words, section):
            told = zip(kind._fields[1:], entry[1:], strict=True)
            traits = (f"{name}={value}" for name, value in told if value != kind._field_defaults[name])
            yield section, entry.id, "\n".join(traits)


@lru_cache(8)
def of_rows(rows: Iterable[tuple[str, str, str]]) -> Vocabulary:
    """The vocabulary that such rows are of (a tuple of them, in their order)."""
    sections: dict[str, list[Any]] = {name: [] for name in SECTIONS}
    for section, ident, traits in rows:
        kind = SECTIONS[section]
        told = dict(trait.split("=", 1) for trait in traits.split("\n") if trait)
        given = {name: _plain(kind._field_defaults[name], value) for name, value in told.items()}
        sections[section].append(kind(ident, **given))
    return Vocabulary(**{name: tuple(entries) for name, entries in sections.items()})


def _plain(usual: object, value: str) -> object:
    return value == "True" if isinstance(usual, bool) else value


class RelationKind(NamedTuple):
    """A kind of relation between two actors.

    `descent`: the later actor comes from the earlier one, at the relation's date; it is written on the later one, or
    with `onward` on the earlier, which may come home to the one it split from. `membership`: the actor belongs to the
    other. `alliance` and `rivalry`: they stand together, or against each other; `mutual`: it reads the same both ways.
    `office`: it names an office instead of another actor.
    """

    name: str
    descent: bool = False
    onward: bool = False
    membership: bool = False
    alliance: bool = False
    rivalry: bool = False
    mutual: bool = False
    office: bool = False


# After UCDP's actor dataset: NameChange, Splinter, Alliance, JoinGroup; the rest is ours.
RELATION_KINDS = (
    RelationKind("renamed-from", descent=True),
    RelationKind("splinter-of", descent=True),
    RelationKind("alliance-of", descent=True),
    RelationKind("joined", descent=True, onward=True),
    RelationKind("part-of", membership=True),
    RelationKind("allied-with", alliance=True, mutual=True),
    RelationKind("rival-of", rivalry=True, mutual=True),
    RelationKind("supported-by", alliance=True),
    RelationKind("led-by"),
    RelationKind("holds", office=True),
)
DESCENT = tuple(kind.name for kind in RELATION_KINDS if kind.descent)
ONWARD = tuple(kind.name for kind in RELATION_KINDS if kind.onward)
MEMBERSHIP = tuple(kind.name for kind in RELATION_KINDS if kind.membership)
ALLIANCE = tuple(kind.name for kind in RELATION_KINDS if kind.alliance)
RIVALRY = tuple(kind.name for kind in RELATION_KINDS if kind.rivalry)
MUTUAL = tuple(kind.name for kind in RELATION_KINDS if kind.mutual)
OFFICE = tuple(kind.name for kind in RELATION_KINDS if kind.office)
RENAMED, LEADING = "renamed-from", "led-by"
