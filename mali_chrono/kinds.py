"""The kinds of things that a chronology tells apart, as plain facts, a row each; any part may read it."""

from typing import NamedTuple

# What has a record of its own, in the order in which those that share an id are shown.
RECORDS = ("event", "actor", "place", "period", "source", "type")
TOLL_KINDS = ("killed", "wounded", "abducted", "missing", "captured", "released", "arrested", "displaced")
ENDS = ("low", "best", "high", "open")  # what figures of one kind come to, as keys
# Reported as a state at a time, and never added up.
LEVELS = frozenset({"displaced"})
CERTAINTIES = ("confirmed", "claimed", "suspected", "denied", "disputed")
# What the documents say to a statement; of one that is unread no copy of its document is there.
VERDICTS = PROVED, RECKONED, FAILED, UNREAD = ("proved", "reckoned", "failed", "unread")
ROLES = (
    "perpetrator", "target", "victim", "participant", "signatory", "mediator", "supporter", "claimant", "author",
    "subject",
)  # fmt: skip
CATEGORIES = (
    "battles", "explosions", "violence", "protests", "riots", "strategic", "custody", "groups", "missions", "politics",
    "society", "reporting",
)  # fmt: skip


# From this precision on (UCDP's where_prec) a place is a region, a line or a country, and no point is near it.
VAGUE = 4


class ActorKind(NamedTuple):
    """A kind of actor.

    `forces` and `civilians` say which plain group of a toll holds it; `armed` is its place among the armed actors of
    a state of play, from 1 (0: none); `foreign` marks those that come from abroad for a time.
    """

    name: str
    forces: bool = False
    civilians: bool = False
    armed: int = 0
    foreign: bool = False


# ACLED's actor types (codebook, "Actor types"), and what its data has no class for.
ACTOR_KINDS = (
    ActorKind("state-forces", forces=True, armed=4),
    ActorKind("rebel-group", forces=True, armed=1),
    ActorKind("political-militia", forces=True, armed=2),
    ActorKind("identity-militia", forces=True, armed=3),
    ActorKind("rioters", civilians=True),
    ActorKind("protesters", civilians=True),
    ActorKind("civilians", civilians=True),
    ActorKind("external-forces", forces=True, foreign=True),
    ActorKind("state", forces=True),
    ActorKind("mission", forces=True, foreign=True),
    ActorKind("organisation"),
    ActorKind("person"),
    ActorKind("people", civilians=True),
)


class PeriodKind(NamedTuple):
    """A kind of period; `foreign` marks those that come from abroad for a time."""

    name: str
    foreign: bool = False


PERIOD_KINDS = (
    PeriodKind("war"),
    PeriodKind("operation", foreign=True),
    PeriodKind("mission", foreign=True),
    PeriodKind("regime"),
    PeriodKind("empire"),
    PeriodKind("crisis"),
    PeriodKind("famine"),
)


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
PERSON = "person"
FORCES = frozenset(kind.name for kind in ACTOR_KINDS if kind.forces)
CIVILIANS = frozenset(kind.name for kind in ACTOR_KINDS if kind.civilians)
# The types of events that tell when a group began and ended (CURATING.md).
FOUNDED, DISSOLVED = "group-founded", "group-dissolved"
# In these roles an actor does something, and so is there.
ACTING = ("perpetrator", "target", "participant", "signatory", "claimant", "supporter")
# Kinds of actor that count as a period by themselves where they say how long they were active.
LASTING = ("mission", "state")
ARMED = tuple(kind.name for kind in sorted(ACTOR_KINDS, key=lambda kind: kind.armed) if kind.armed)
# Kinds of actor and of period that come from abroad for a time.
FOREIGN = tuple(dict.fromkeys(kind.name for kind in (*PERIOD_KINDS, *ACTOR_KINDS) if kind.foreign))
