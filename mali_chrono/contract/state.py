"""The json of a state of play, as types."""

from typing import Any, Literal, NotRequired, TypedDict

from mali_chrono.contract.records import Envelope, Query
from mali_chrono.rows import Figures, Match

# A relation may also be attested at another time, or have no date.
Held = Literal["must", "may", "attested", "before", "after", "around", "undated"]


class Named(TypedDict):
    """An id and a name."""

    id: str
    name: str


class Ally(TypedDict):
    """Who stands on which side of a period."""

    id: str
    name: str
    side: str | None
    match: Match


class Running(TypedDict):
    """What lasts at a time, or who is there from abroad: then `basis` and `detail` say by what that is known."""

    id: str
    name: str
    title: NotRequired[str]
    kind: str
    date: NotRequired[str]
    summary: NotRequired[str | None]
    cites: NotRequired[list[str]]
    words: str
    match: Match
    actors: list[Ally]
    basis: NotRequired[str | None]
    detail: NotRequired[dict[str, Any] | None]


class Holder(TypedDict):
    """Who leads or holds something, since when; `lasting`: for a time, not attested at one."""

    id: str
    name: str
    date: str | None
    words: str | None
    lasting: bool
    note: str | None
    cites: list[str]
    match: Held


class Office(Holder):
    """An office and its holder; `beside` another one at the same time."""

    office: str
    of: Named | None
    beside: bool


# `with` is a word of Python's own.
Pair = TypedDict(
    "Pair",
    {
        "id": str, "name": str, "date": str | None, "words": str | None, "lasting": bool, "note": str | None,
        "cites": list[str], "kind": str, "match": Held, "with": Named, "certainty": str,
    },
)  # fmt: skip


class OnSide(TypedDict):
    """The side of an actor in a period."""

    period: str
    name: str
    kind: str
    side: str | None
    date: str
    words: str
    match: Match


class Membership(TypedDict):
    """How an actor belongs to the one above it."""

    match: Held
    date: str | None
    words: str | None


class Armed(TypedDict):
    """An armed actor, with who belonged to it; `basis` and `detail` say by what it is known to be there."""

    id: str
    name: str
    title: str
    kind: str
    match: Match | None
    basis: str | None
    words: str | None
    detail: dict[str, Any] | None
    sides: list[OnSide]
    leaders: list[Holder]
    members: list["Armed"]
    membership: NotRequired[Membership]


class Happening(TypedDict):
    """An event around a time, in few words."""

    id: str
    date: str
    words: str
    title: str
    category: str
    killed: NotRequired[str | None]
    match: Match | None


class YearToll(TypedDict):
    """The year's toll so far: how many events, and what each kind of toll comes to, of what must and what may be."""

    first: str
    last: str
    words: str
    must: dict[str, int | Figures]
    may: dict[str, int | Figures]


class AtPage(Envelope):
    """`chrono at`: the state of play."""

    query: Query
    periods: list[Running]
    foreign: list[Running]
    offices: list[Office]
    armed: list[Armed]
    unplaced: list[Armed]
    others: list[Armed]
    alliances: list[Pair]
    rivalries: list[Pair]
    before: list[Happening]
    during: list[Happening]
    after: list[Happening]
    toll: YearToll
