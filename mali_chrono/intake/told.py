"""What a table tells, row by row, as plain values: no ids of any store, only the table's own words."""

from typing import NamedTuple

from mali_chrono.intake.maps import Map
from mali_chrono.intake.tables import Table
from mali_chrono.kinds import VAGUE

Lines = tuple[int, int]


class Where(NamedTuple):
    """A place: its name, region and country, its point, how exactly it is known (UCDP's where_prec).

    `called` says that an area is what its name says, and not the region of a town of that name.
    """

    name: str
    region: str = ""
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    precision: int = 1
    near: bool = False
    called: bool = False

    @property
    def is_region(self) -> bool:
        """Whether it is an area that a table names by its main town."""
        return self.precision >= VAGUE and not self.called

    @property
    def told(self) -> str:
        """What a title calls it: an area by its region, since a table names its main town."""
        return self.region if self.region and self.is_region else self.name


class Who(NamedTuple):
    """An actor: its name without years and the row's country, without years alone, its kind as the table calls it.

    `means` is what its role means (`kinds.MEANINGS`), `side` the number of the map's rule that found it.
    """

    name: str
    written: str
    kind: str
    means: str
    side: int
    certainty: str = "confirmed"


class Count(NamedTuple):
    """A figure as a store writes it, of what kind, of whom."""

    kind: str
    figure: str
    of: str = ""


class Told(NamedTuple):
    """One event as a table tells it.

    `id` is what identifies it in the table, `lines` those of its rows. `date` is EDTF, `first` and `last` are its days
    as ordinals, `day` is the one that is written, `precise` what the map makes of its precision. `type` is the name of
    what happened in today's words, `group` the class that the table puts it in, as written. `titles` are those that
    the map makes, uncut: how long one may be the store says. `printed` are the cells that the date was read from.
    `named` says that the table itself has the id.
    """

    id: str
    lines: tuple[Lines, ...]
    date: str
    day: int
    first: int
    last: int
    precise: str
    type: str
    group: str
    where: Where
    actors: tuple[Who, ...]
    counts: tuple[Count, ...]
    titles: tuple[str, ...]
    summary: str
    outlets: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    printed: tuple[str, ...] = ()
    named: bool = False


class Left(NamedTuple):
    """Something about a row: the line it begins on, the column's name and number (0: all of the row), and what."""

    line: int
    column: str
    number: int
    why: str

    @property
    def told(self) -> str:
        """What is told, without the line."""
        return f"column {self.number} ({self.column}): {self.why}" if self.number else self.why

    def __str__(self) -> str:
        return f"line {self.line}{', ' if self.number else ': '}{self.told}"


class Taken(NamedTuple):
    """A table as read: its events, the rows left out and why, what is odd, and how it was read.

    `read` counts its rows, `tags` are lines that are a second head. `form` is how its days are written, `century` the
    years that two digits mean; `plain` counts rows whose type is known by its class alone.
    """

    table: Table
    map: Map
    vintage: str
    form: str
    read: int
    rows: tuple[Told, ...]
    left: tuple[Left, ...]
    odd: tuple[Left, ...]
    tags: tuple[int, ...] = ()
    plain: int = 0
    century: tuple[int, int] | None = None
