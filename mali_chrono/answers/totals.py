"""A record and a dataset added up side by side, by month and by region."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from mali_chrono.answers.filters import Filters, Question
from mali_chrono.answers.matching import Window
from mali_chrono.answers.pairs import Deed, Row
from mali_chrono.answers.summary import EACH, Grouping, summarise
from mali_chrono.dates.days import iso_day
from mali_chrono.dates.spans import overlap
from mali_chrono.figures.reckon import Range
from mali_chrono.kinds import ADDED, TollKind

# A dataset may be of a continent: rows of a country that fewer than one in so many events lie in are not counted.
SHARE = 10
BY = ("month", "region")
_SEVERAL, _NONE = "several", "none"


class Total(NamedTuple):
    """A month or region: the record's events, the dataset's rows, and what each kind of toll of both comes to.

    Only kinds that are added up are among them. `matched` are the rows that an event has.
    """

    name: str
    events: int
    figures: Mapping[str, Range | None]
    rows: int
    counts: Mapping[str, int]
    matched: int


class Wanted(NamedTuple):
    """What rows are counted: those of some categories (None: whatever they are of) in a window."""

    categories: frozenset[str] | None
    window: Window | None


def part_rows(rows: Iterable[Row], wanted: Wanted, deeds: Sequence[Deed]) -> tuple[list[Row], Mapping[str, int]]:
    """The rows that the events are meant to cover, and how many others there are by why: category, country, time."""
    lying = Counter(country for deed in deeds for country in deed.countries)
    known = {country for country, count in lying.items() if count * SHARE >= len(deeds)}
    counted, apart = list[Row](), Counter[str]()
    for row in rows:
        if wanted.categories is not None and row.category not in wanted.categories:
            apart["of a category that was not asked for"] += 1
        elif row.country and known and row.country not in known:
            apart["of other countries"] += 1
        elif wanted.window is not None and not any(overlap((row.first, row.last), span) for span in wanted.window):
            apart["of another time"] += 1
        else:
            counted.append(row)
    return counted, apart


class Sides(NamedTuple):
    """The rows that are counted, the events of those that an event has by their ids, the kinds of toll compared."""

    rows: Sequence[Row]
    owners: Mapping[str, Deed]
    kinds: Sequence[TollKind]


def read_totals(
    connection: sqlite3.Connection, question: Question, wanted: Filters, key: str, sides: Sides
) -> list[Total]:
    """Both sides added up by a key of `BY`; what only the dataset has comes last, and no month outside its time."""
    kinds = tuple(kind.id for kind in sides.kinds if kind.sum == ADDED)
    summary = summarise(connection, question, wanted, Grouping((key,), kinds, run=EACH, named=False))
    theirs: dict[str, list[Row]] = defaultdict(list)
    for row in sides.rows:
        theirs[_region(row, sides) if key == "region" else _month(row)].append(row)
    months = sorted(theirs.keys() - {_SEVERAL})
    totals = []
    for group in summary.rows:
        name = (group.key if key == "month" else group.name) or group.name
        measure = summary.measure(group)
        if group.stands_for > 1 or (key == "month" and not (months and months[0] <= name <= months[-1])):
            continue
        if measure.events or name in theirs:
            figures = {kind: measure.sums[kind].figures for kind in kinds}
            totals.append(_total(name, measure.events, figures, theirs.pop(name, []), sides))
    totals += [_total(name, 0, dict.fromkeys(kinds), found, sides) for name, found in theirs.items()]
    return sorted(totals, key=lambda total: total.name) if key == "month" else totals


def _region(row: Row, sides: Sides) -> str:
    """The region of a row; where it tells none, or its event has none, that of its event: a pair stands in one."""
    owner = sides.owners.get(row.id)
    if owner and not (row.region and owner.regions):
        return next(iter(owner.regions), _NONE)
    return row.region or _NONE


def _month(row: Row) -> str:
    first, last = iso_day(row.first)[:-3], iso_day(row.last)[:-3]
    return first if first == last else _SEVERAL


def _total(
    name: str, events: int, figures: Mapping[str, Range | None], rows: Sequence[Row], sides: Sides
) -> Total:  # fmt: skip
    counts = {
        kind.id: sum(row.counts[at] or 0 for row in rows) for at, kind in enumerate(sides.kinds) if kind.id in figures
    }
    return Total(name, events, figures, len(rows), counts, sum(row.id in sides.owners for row in rows))
