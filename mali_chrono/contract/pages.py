"""The json of each command as types, block by block: what `chrono schema answers` writes.

An answer to a question without `--fields`. Keys never go and never change their meaning; new ones may come.
"""

from typing import Any, NotRequired, TypedDict

from mali_chrono.contract.changes import DiffPage
from mali_chrono.contract.comparison import ComparePage
from mali_chrono.contract.records import Actor, Envelope, Period, PlaceRecord, Problem, Query, Relation, Type
from mali_chrono.contract.state import AtPage
from mali_chrono.rows import Document, Event, Figures, Listed, Note, Side, Value


class TimelinePage(Envelope):
    """`chrono timeline`: events, and the periods of the time that was asked about."""

    query: Query
    periods: list[Period]
    events: list[Event]


class ShowPage(Envelope):
    """`chrono show`: records of each kind that was named."""

    events: NotRequired[list[Event]]
    actors: NotRequired[list[Actor]]
    places: NotRequired[list[PlaceRecord]]
    periods: NotRequired[list[Period]]
    types: NotRequired[list[Type]]
    sources: NotRequired[list[Document]]


class ListPage(Envelope):
    """`chrono list`: the values of a kind."""

    query: Query
    values: list[Value]


class ActorsPage(Envelope):
    """`chrono actor` without a name: who took part."""

    query: Query
    actors: list[Listed]


class Member(TypedDict):
    """An actor of a line, and how many events it has."""

    id: str
    name: str
    events: int


class Role(TypedDict):
    """How many events an actor has in a role, and in how many of them that is in doubt."""

    role: str
    events: int
    in_doubt: int


class Profile(TypedDict):
    """An actor's events by year, role, region and place, the dead it caused and suffered."""

    events: int
    years: dict[str, int]
    roles: list[Role]
    caused: Side
    suffered: Side
    regions: dict[str, int]
    places: dict[str, int]


class Change(TypedDict):
    """A change of an actor's relations: what began or ended (`edge`) when, as a sentence too (`text`)."""

    date: str
    edge: str
    kind: str
    actor: str
    target: str | None
    office: str | None
    certainty: str
    says: str | None
    cites: list[str]
    text: str


class ActorPage(Envelope):
    """`chrono actor NAME`: one actor's history; `turning` are the events that changed its relations."""

    query: Query
    actor: Actor
    line: list[Member]
    relations: list[Relation]
    undated: list[Relation]
    figures: Profile
    turning: list[str]
    changes: list[Change]
    events: list[Event]


class Ancestor(TypedDict):
    """An actor of a family; `active` in words."""

    id: str
    name: str
    short: str | None
    kind: str
    active: str | None


class Family(TypedDict):
    """Actors of one descent or umbrella."""

    actors: list[Ancestor]
    relations: list[Relation]


class LineagePage(Envelope):
    """`chrono lineage`: who came from whom."""

    query: Query
    families: list[Family]


class SourcePage(Envelope):
    """`chrono source`: the documents."""

    documents: list[Document]


class Level(Figures):
    """What displaced people come to: the latest figure, of which event, when, and who says so."""

    event: str
    when: str
    by: str


class Group(TypedDict):
    """A row of a summary, or its total: a key and a name for each it is grouped by, what each kind of toll comes to.

    `must` are the events that surely fall into that time, `periods` the units that a row stands for.
    """

    events: int
    must: NotRequired[int]
    spanning: int
    reports: int
    periods: NotRequired[int]


class SummaryPage(Envelope):
    """`chrono summary`: counts and sums; of a cross table the cells as groups, and the `margins` of either key."""

    query: Query
    total: Group
    notes: list[Note]
    groups: list[Group]
    margins: NotRequired[dict[str, list[Group]]]


class CheckPage(Envelope):
    """`chrono check`: every problem, and how many of each severity."""

    query: Query
    counts: dict[str, int]
    problems: list[Problem]


class Rule(TypedDict):
    """A rule of check or verify: where it looks, whether it is asked unless one says so, what it finds."""

    rule: str
    severity: str
    default: str
    scope: str
    finds: str


class RulesPage(Envelope):
    """`chrono check --list`: every rule."""

    rules: list[Rule]


class Covered(TypedDict):
    """Printed dates or lines of a document: how many, and how many of them entries tell."""

    printed: int
    covered: int
    skipped: int
    open: int


class Proved(TypedDict):
    """Dates, figures and outlets of entries by what their lines say to them; texts and cites too that failed."""

    proved: int
    reckoned: int
    failed: int


class Coverage(TypedDict):
    """What is proved of a document, and told of it."""

    id: str
    file: str
    dates: Covered
    lines: Covered
    entries: Proved


class Words(TypedDict):
    """Words of a document, and where they stand."""

    at: str
    words: str


class Verdict(TypedDict):
    """A date of an entry, and the words that it rests on."""

    at: str
    id: str
    field: str
    date: str
    cites: list[str]
    verdict: str
    words: list[Words]


class Resting(TypedDict):
    """A document of which no copy proves something, why, and how many dates, figures and outlets rest on it."""

    id: str
    reason: str
    statements: int


class Unverifiable(TypedDict):
    """The dates, figures and outlets that rest on documents without a copy: one on two documents is one."""

    statements: int
    documents: list[Resting]


class VerifyPage(Envelope):
    """`chrono verify`: the coverage of each document, what is wrong, what no copy can prove, with -v every date."""

    query: Query
    documents: list[Coverage]
    problems: list[Problem]
    unverifiable: Unverifiable
    dates: NotRequired[list[Verdict]]


# The answers of each command that has json.
ANSWERS: dict[str, tuple[type[Any], ...]] = {
    "timeline": (TimelinePage,),
    "show": (ShowPage,),
    "list": (ListPage,),
    "actor": (ActorsPage, ActorPage),
    "lineage": (LineagePage,),
    "source": (SourcePage,),
    "at": (AtPage,),
    "summary": (SummaryPage,),
    "check": (CheckPage, RulesPage),
    "verify": (VerifyPage,),
    "diff": (DiffPage,),
    "compare": (ComparePage,),
}
