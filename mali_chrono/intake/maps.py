"""A map: what the columns of a table tell, as frozen rules."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

Names = tuple[str, ...]  # columns that tell the same in files of different years: the first that is there counts
Codes = Mapping[str, str]

NO_CODES: Codes = MappingProxyType({})
# What a code of precision may make of a day.
DAY, ABOUT, MONTH, YEAR, WITHIN = "day", "about", "month", "year", "within"
PRECISIONS = (DAY, ABOUT, MONTH, YEAR, WITHIN)
PLACES = ("1", "2", "3", "4", "5", "6", *(f"~{n}" for n in "123456"))
ELSE = "else"


class Coded(NamedTuple):
    """A column, and what its codes mean."""

    columns: Names = ()
    codes: Codes = NO_CODES


class Dates(NamedTuple):
    """When: the column of the day (and of the last one), the forms that it may be written in, one a file.

    `year` is a column that proves it; `since` says of which hundred years a year of two digits is: those from then on.
    """

    columns: Names
    end: Names = ()
    forms: Names = ()
    year: Names = ()
    since: int | None = None
    precision: Coded = Coded()


class Types(NamedTuple):
    """What happened: the column of it, `plain` that of the class of it where it is empty.

    `codes` give the name of a type in today's words, `classes` what a class alone is taken for; `A & B` is A where the
    column `beside` says B. A type of the
    store fits by name or alias, or by what it is called in ACLED (`acled: true`). `categories` are those of the store
    for types that it lacks, by the class or else the type, or for any other (`else`).
    """

    columns: Names
    plain: Names = ()
    beside: Names = ()
    codes: Codes = NO_CODES
    classes: Codes = NO_CODES
    categories: Codes = NO_CODES
    acled: bool = False

    def category(self, group: str, name: str) -> str:
        """The category of a type by its class or its name; empty where the map says none."""
        found = (self.categories.get(key) for key in (group, name, ELSE))
        return next(filter(None, found), "")


class Places(NamedTuple):
    """Where: columns of the name, the region, the country and the point.

    `cut` are words that end a name and are no part of it ("Mill town"). A code of precision is the place's own, with
    `~` before it where the event was near it.
    """

    columns: Names
    cut: Names = ()
    region: Names = ()
    country: Names = ()
    lat: Names = ()
    lon: Names = ()
    precision: Coded = Coded()


class Actors(NamedTuple):
    """Who: a column of names, parted by `parted` where it is a list; what they did by the class of event (`by`).

    `roles` give a meaning of roles (does, suffers ...), or a role of the store's, for each value of the column `by` and
    for any other (`else`). `kind` gives the kind of actor, as the vocabulary has it or as it is called in ACLED.
    """

    columns: Names
    parted: str = ""
    by: Names = ()
    roles: Codes = NO_CODES
    kind: Coded = Coded()


class Tolls(NamedTuple):
    """How many: a kind of toll, the columns of its best figure and of the lowest and highest, and of whom it is.

    `zero` says what 0 tells: `none` (0), `unknown` (nothing), or `denied` (0 where the summary says that nobody was).
    """

    kind: str
    columns: Names
    low: Names = ()
    high: Names = ()
    of: str = ""
    zero: str = "none"


class Map(NamedTuple):
    """How a table is read. `text` is the file that it was read from.

    `optional` are columns that a file need not have. `vintages` name the files it has been written for by columns that
    they have, or (`-name`) have not. `heads` are the columns of files that come without names. `title` and `summary`
    are texts with names of columns in braces: the first one counts in which none is empty. `opens` says that the
    summary begins with the date; `names` gives ids of a store to names that it has not.
    """

    name: str
    text: str
    about: str
    publisher: str
    licence: str
    dates: Dates
    types: Types
    places: Places
    title: Names
    summary: Names
    url: str = ""
    id: Names = ()
    folds: bool = False
    vintages: Mapping[str, Names] = MappingProxyType({})
    heads: tuple[Names, ...] = ()
    actors: tuple[Actors, ...] = ()
    tolls: tuple[Tolls, ...] = ()
    outlets: Actors | None = None
    opens: bool = False
    names: Codes = NO_CODES
    optional: Names = ()
