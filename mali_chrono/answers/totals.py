"""A record and a dataset added up side by side, by month and by region."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from mali_chrono.answers.filters import Filters, Question
from mali_chrono.answers.matching import Window
from mali_chrono.answers.pairs import Deed, Row
from mali_chrono.answers.summary import EACH, Grouping, read_kinds, summarise
from mali_chrono.dates.days import iso_day
from mali_chrono.dates.spans import overlap
from mali_chrono.figures.reckon import Range

# A dataset may be of a continent: rows of a country that fewer than one in so many events lie in are not counted.
SHARE = 10
BY = ("month", "region")
_SEVERAL = "several"


class Total(NamedTuple):
    """A month or region: the record's events with what their first kind of toll comes to, and the dataset's rows.

    `matched` are the rows that an event has.
    """

    name: str
    events: int
    dead: Range | None
    rows: int
    row_dead: int
    matched: int


def counted_rows(
    rows: Iterable[Row], categories: Collection[str], window: Window | None, deeds: Sequence[Deed]
) -> list[Row]:
    """The rows that the events are meant to cover: of their categories, time and countries."""
    lying = Counter(country for deed in deeds for country in deed.countries)
    known = {country for country, count in lying.items() if count * SHARE >= len(deeds)}
    return [
        row for row in rows
        if row.category in categories and (not row.country or not known or row.country in known)
        and (window is None or any(overlap((row.first, row.last), span) for span in window))
    ]  # fmt: skip


class Sides(NamedTuple):
    """The rows that are counted, and the ids of those that an event has."""

    rows: Sequence[Row]
    matched: frozenset[str]


def read_totals(
    connection: sqlite3.Connection, question: Question, wanted: Filters, key: str, sides: Sides
) -> list[Total]:
    """Both sides added up by a key of `BY`; what only the dataset has comes last, and no month outside its time."""
    kinds = read_kinds(question.words, None)
    summary = summarise(connection, question, wanted, Grouping((key,), kinds, run=EACH, named=False))
    theirs: dict[str, list[Row]] = defaultdict(list)
    for row in sides.rows:
        theirs[_value(row, key)].append(row)
    months = sorted(theirs.keys() - {_SEVERAL})
    totals = []
    for group in summary.rows:
        name = (group.key if key == "month" else group.name) or group.name
        measure = summary.measure(group)
        if group.stands_for > 1 or (key == "month" and not (months and months[0] <= name <= months[-1])):
            continue
        if measure.events or name in theirs:
            figures = measure.sums[kinds[0]].figures if kinds else None
            totals.append(_total(name, measure.events, figures, theirs.pop(name, []), sides))
    totals += [_total(name, 0, None, found, sides) for name, found in theirs.items()]
    return sorted(totals, key=lambda total: total.name) if key == "month" else totals


def _value(row: Row, key: str) -> str:
    if key == "region":
        return row.region or "not told"
    first, last = iso_day(row.first)[:-3], iso_day(row.last)[:-3]
    return first if first == last else _SEVERAL


def _total(name: str, events: int, dead: Range | None, rows: Sequence[Row], sides: Sides) -> Total:
    matched = sum(row.id in sides.matched for row in rows)
    return Total(name, events, dead, len(rows), sum(row.dead or 0 for row in rows), matched)
