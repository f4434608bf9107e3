"""What is held against each other: an event and a row of a dataset as frozen records, and what that comes to."""

from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple


class Spot(NamedTuple):
    """A place of an event: how its names sound, its region folded, its point, how sure that is."""

    sounds: tuple[str, ...]
    region: str
    point: tuple[float, float] | None
    precision: int
    near: bool


class Party(NamedTuple):
    """Who took part: an actor's id, or a name as a dataset has it with the class of actors it is put in."""

    name: str
    kind: str = ""


class Sides(NamedTuple):
    """Who did it and whom it hit; `both` may be either, where a dataset does not say."""

    does: tuple[Party, ...] = ()
    suffers: tuple[Party, ...] = ()
    both: tuple[Party, ...] = ()


class Toll(NamedTuple):
    """A figure of an event: low, best, high, and whether it may be more."""

    low: int
    best: int
    high: int
    open: bool = False


class Deed(NamedTuple):
    """An event, as far as it is compared; days are ordinals, None where a date is open.

    `does` and `hit` are ids of actors, `tolls` what it comes to of each kind that is compared, `figures` the numbers
    that claims print, whatever they count; `links` are the events that it is linked with, `regions` and `countries`
    those that its places lie in, `ids` what others call it, by scheme. `date`, `title`, `where` and `who` are words
    for people.
    """

    id: str
    date: str
    title: str
    where: str
    who: str
    first: int | None
    last: int | None
    spots: tuple[Spot, ...]
    does: tuple[str, ...]
    hit: tuple[str, ...]
    tolls: tuple[Toll | None, ...]
    figures: frozenset[int]
    type: str
    category: str
    links: frozenset[str] = frozenset()
    regions: tuple[str, ...] = ()
    countries: frozenset[str] = frozenset()
    ids: Mapping[str, str] = {}


class Row(NamedTuple):
    """An event of a dataset, as a map reads it; days are ordinals, `vague` says that its day is not sure.

    `line` is where it stands; `sides` are names as the dataset has them, `counts` its number of each kind that is
    compared. `region` is the store's name of it where it
    has one, `type` and `category` are the store's, empty where it has none; `coded` is the dataset's word for the type,
    `crowd` tells those of a protest or riot.
    """

    id: str
    line: int
    date: str
    first: int
    last: int
    vague: bool
    location: str
    region: str
    country: str
    point: tuple[float, float] | None
    sides: Sides
    counts: tuple[int | None, ...]
    type: str
    category: str
    coded: str
    notes: str
    crowd: bool = False


class Point(NamedTuple):
    """A feature, the case that it is, and what that weighs."""

    feature: str
    case: str
    value: float


class Likeness(NamedTuple):
    """An event and a row held against each other: the points, their sum, days from the row to the event, kilometres."""

    deed: Deed
    row: Row
    points: tuple[Point, ...]
    days: int
    km: float | None

    @property
    def score(self) -> float:
        """How like they are."""
        return sum(point.value for point in self.points)

    def case(self, feature: str) -> str:
        """The case that a feature is; empty where nothing can be said of it."""
        return next((point.case for point in self.points if point.feature == feature), "")


class Judge(NamedTuple):
    """What of a store is asked: who may be who, which categories are near each other, which types are rare.

    `fits` tells whether a dataset's party may be an actor; `unknown` whether an actor or a dataset's name is nobody
    that is named; `violent` are categories, `telling` types that are rare enough to tell; `scheme` is that of the
    dataset's ids.
    """

    fits: Callable[[str, Party], bool]
    unknown: Callable[[str], bool]
    violent: Collection[str]
    telling: Collection[str]
    scheme: str
