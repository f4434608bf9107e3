"""The json of what changed between two chronologies, as types."""

from typing import Any, NotRequired, TypedDict

from mali_chrono.contract.records import Envelope, Problem, Query
from mali_chrono.rows import Figures


class SumDifference(TypedDict):
    """A sum that came out otherwise: of one year or several (`years`), or of all."""

    years: str | None
    kind: str
    before: Figures | None
    after: Figures | None


class SideProblem(Problem):
    """One thing wrong with a side, as `check` tells it."""

    side: str


class Unread(TypedDict):
    """A record of a side that is not compared: it could not be read, or may stand in what the other side hides."""

    side: str
    kind: str
    id: str


class Wording(TypedDict):
    """Words of a document, and where they stand."""

    at: str
    words: str


class Statement(TypedDict):
    """What a record says anew, and what the documents say to it."""

    kind: str
    id: str
    field: str
    text: str
    verdict: str
    words: list[Wording]
    message: str
    hint: str


class ItemDifference(TypedDict):
    """An item of a list that came, went or changed."""

    change: str
    before: Any
    after: Any
    fields: NotRequired[list["FieldDifference"]]


class FieldDifference(TypedDict):
    """A field that changed; `follows` where it only calls a renamed record by its new id."""

    field: str
    before: Any
    after: Any
    items: NotRequired[list[ItemDifference]]
    reordered: NotRequired[bool]
    follows: NotRequired[bool]


class Difference(TypedDict):
    """A record that was added or removed (`record`) or changed (`fields`); `was` is the guessed id of a renamed one."""

    change: str
    kind: str
    id: str
    at: str | None
    was: NotRequired[str]
    likeness: NotRequired[float]
    same: NotRequired[list[str]]
    record: NotRequired[dict[str, Any]]
    follows: NotRequired[bool]
    fields: NotRequired[list[FieldDifference]]


class DiffPage(Envelope):
    """`chrono diff`: what changed, and what that does to the sums (null: `unsummed` says why they are not told)."""

    query: Query
    counts: dict[str, int]
    sums: list[SumDifference] | None
    problems: list[SideProblem]
    unread: NotRequired[list[Unread]]
    uncompared: NotRequired[list[Unread]]
    unsummed: NotRequired[str]
    proof: NotRequired[list[Statement]]
    changes: list[Difference]
