"""Whether a table has the columns that a map reads, and of which of its vintages the table is."""

import re
from collections.abc import Iterator, Mapping

from mali_chrono.errors import DataError, did_you_mean
from mali_chrono.intake.maps import Map, Names
from mali_chrono.intake.tables import Table
from mali_chrono.text import listing

NAME = re.compile(r"\{([^{}]+)\}")
WORDS = ("type", "place")  # what a title may name beside columns
_SHOWN = 6


def check_head(table: Table, columns: Mapping[str, int], rule: Map) -> None:
    """Raise DataError where a column is missing that the map reads and does not call optional: each one, once."""
    missing = {
        names: None
        for names in _read(rule)
        if not any(name in columns for name in names) and not any(name in rule.optional for name in names)
    }
    needed = (rule.dates.columns, rule.types.columns + rule.types.plain, rule.places.columns)
    missing |= {names: None for names in needed if not any(name in columns for name in names)}
    if not missing:
        return
    here = [column for column in table.columns if column]
    told = [_told(names, columns, rule, is_first=not at) for at, names in enumerate(missing)]
    if len(told) > _SHOWN:
        told[_SHOWN:] = [f"and {len(told) - _SHOWN} others"]
    more = " ..." if len(here) > _SHOWN else ""
    raise DataError(f"{table.name}:{table.head or 1}: {'; '.join(told)} (it has {listing(here[:_SHOWN])}{more})")


def _told(names: Names, columns: Mapping[str, int], rule: Map, *, is_first: bool) -> str:
    wanted = listing([f"'{name}'" for name in names], "or")
    hint = did_you_mean(names[0], [column for column in columns if column], 1)
    reads = f"no column {wanted}, which the map '{rule.name}' reads" if is_first else f"and no {wanted}"
    return f"{reads}: {hint}" if hint else reads


def _read(rule: Map) -> Iterator[Names]:
    """The columns that a map reads: of each list any one will do."""
    dates, types, places = rule.dates, rule.types, rule.places
    yield from filter(None, (dates.columns, dates.end, dates.year, dates.precision.columns))
    yield from filter(None, (types.columns, types.plain, types.beside))
    yield from filter(None, (places.columns, places.region, places.country, places.lat, places.lon))
    yield from filter(None, (places.precision.columns, rule.id))
    for actors in (*rule.actors, *filter(None, (rule.outlets,))):
        yield from filter(None, (actors.columns, actors.by, actors.kind.columns))
    for tolls in rule.tolls:
        yield from filter(None, (tolls.columns, tolls.low, tolls.high))
    for text in (*rule.title, *rule.summary):
        yield from ((name.lower(),) for name in NAME.findall(text) if name.lower() not in WORDS)


def vintage_of(rule: Map, columns: Mapping[str, int]) -> str:
    """The first vintage of a map whose columns a table has; empty where there is none."""
    for name, marks in rule.vintages.items():
        if all((mark.lstrip("-") in columns) != mark.startswith("-") for mark in marks):
            return name
    return ""
