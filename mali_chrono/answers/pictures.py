"""What pictures are drawn from: the same groups, counts and sums that `chrono summary` tells."""

import sqlite3
from typing import NamedTuple

from mali_chrono.answers.filters import Filters, Question, ask
from mali_chrono.answers.keyrows import Group
from mali_chrono.answers.matching import EVER
from mali_chrono.answers.measures import Measure, Runs, Share
from mali_chrono.answers.periods import Period, read_periods
from mali_chrono.answers.summary import Grouping, Summary, read_kinds, summarise
from mali_chrono.answers.vocabulary import words_of
from mali_chrono.dates.spans import FAR, bounds
from mali_chrono.dates.units import name, number
from mali_chrono.kinds import TollKind, Vocabulary

# So many periods in a row that hold the same events, or none, stand one by one; a longer run stands together.
_LONGEST = {"century": 5}
_ALL = 60  # of months, years and decades no picture has more
# The unit of a picture by the days it spans: at most so many of it.
_MOST = (("month", 37), ("year", 60), ("decade", 60))
TOWN = 3  # a place of this precision or a better one is a town or a district
_FIRST_DAYS = (
    f"min(CASE WHEN lo > {-FAR} THEN lo WHEN hi < {FAR} THEN hi END),"
    f" max(CASE WHEN hi < {FAR} THEN hi WHEN lo > {-FAR} THEN lo END)"
)


class Event(NamedTuple):
    """An event of a lane: its runs of days, whether it is violent, its toll by the best figure (None: not told)."""

    runs: Runs
    violent: bool
    toll: int | None


class Lane(NamedTuple):
    """An actor and what it took part in, as `--actor` finds it."""

    name: str
    events: list[Event]


class Lanes(NamedTuple):
    """The actors with most events, how many others there are; how many events in all, and reports left out.

    `elsewhere` counts the events that are in none of the lanes. `periods` are what lasted then; `violent` and `calm`
    are the categories of the events drawn, `words` is the store's vocabulary.
    """

    lanes: list[Lane]
    others: int
    events: int
    reports: int
    elsewhere: int
    periods: list[Period]
    days: tuple[int, int] | None
    violent: frozenset[str]
    calm: frozenset[str]
    words: Vocabulary

    @property
    def main(self) -> TollKind | None:
        """The kind of toll that sizes the dots."""
        return self.words.main


class Spot(NamedTuple):
    """A place on the map and what its events come to; `measure` is that of the place itself (`--direct`)."""

    name: str
    lat: float
    lon: float
    measure: Measure


class Places(NamedTuple):
    """The towns of some events; what all of them come to, and those that are in no town; how many are in several.

    `everywhere` are the points (latitude, longitude) of all towns of the store.
    """

    spots: list[Spot]
    total: Measure
    without: Measure
    several: int
    everywhere: list[tuple[float, float]]
    main: TollKind | None


def read_days(connection: sqlite3.Connection, question: Question) -> tuple[int, int] | None:
    """The first and the last day that any event found is known to touch, of those asked about; None for no event."""
    condition, values = question.chosen
    first, last = connection.execute(f"SELECT {_FIRST_DAYS} FROM span WHERE {condition}", values).fetchone()
    if first is None:
        return None
    window = question.window or EVER
    low, high = bounds((window[0][0], window[-1][1]))
    first = max(first, low)
    return first, max(first, min(last, high))


def unit_of(days: tuple[int, int] | None) -> str:
    """The unit in which so many days are counted: months, years, decades or centuries."""
    if days is None:
        return "year"
    return next((unit for unit, most in _MOST if number(unit, days[1]) - number(unit, days[0]) < most), "century")


def span_name(days: tuple[int, int] | None) -> str:
    """What some days span in words: "2012-2025", "900-501 BC", "Jan-Mar 2024" where it is short; empty for no days."""
    if days is None:
        return ""
    first, last = (number("month", day) for day in days)
    unit = "month" if unit_of(days) == "month" and (first % 12, last % 12) != (0, 11) else "year"
    first, last = (number(unit, day) for day in days)
    return name(unit, first, None if first == last else last)


def by_period(connection: sqlite3.Connection, question: Question, filters: Filters, unit: str) -> Summary:
    """Events and the first kind of toll by period and category."""
    kinds = read_kinds(words_of(connection), None)
    grouping = Grouping((unit, "category"), kinds, run=_LONGEST.get(unit, _ALL), named=False)
    return summarise(connection, question, filters, grouping)


def by_actor(connection: sqlite3.Connection, question: Question, filters: Filters, unit: str, top: int) -> Summary:
    """Events by actor and period; the `top` actors with most events, the others together."""
    grouping = Grouping(("actor", unit), (), run=_LONGEST.get(unit, _ALL), top=top, named=False)
    return summarise(connection, question, filters, grouping)


def read_lanes(connection: sqlite3.Connection, filters: Filters, top: int) -> Lanes:
    """The actors with most events that are no reports, and those events."""
    question, words = ask(connection, filters), words_of(connection)
    counting = read_kinds(words, None)
    violent = {category.id for category in words.categories if category.violent}
    view = summarise(connection, question, filters, Grouping(("actor",), counting, named=False))
    condition, values = question.chosen
    kinds = dict(connection.execute(f"SELECT n, category FROM fact WHERE {condition}", values).fetchall())
    gauge, figures = view.gauge, view.gauge.first
    told = kinds.keys() - gauge.reporting

    def event(n: int) -> Event:
        return Event(gauge.runs[n], kinds[n] in violent, figures[n].best if n in figures else None)

    named = [(group.name, sorted(group.share.odd & told)) for group in view.rows if group.key]
    named = sorted(((name, events) for name, events in named if events), key=lambda lane: (-len(lane[1]), lane[0]))
    lanes = [Lane(name, [event(n) for n in events]) for name, events in named[:top]]
    drawn = frozenset[int]().union(*(events for _, events in named[:top]))
    days = read_days(connection, question)
    periods = read_periods(connection, (days,)) if days else []
    others, reports, elsewhere = len(named) - len(lanes), len(kinds) - len(told), len(told) - len(drawn)
    here = frozenset(kinds[n] for n in drawn)
    return Lanes(lanes, others, len(told), reports, elsewhere, periods, days, here & violent, here - violent, words)


def read_places(connection: sqlite3.Connection, question: Question, filters: Filters) -> Places:
    """The towns and districts of the events found, each with what `summary --by place --direct` tells of it."""
    words = words_of(connection)
    grouping = Grouping(("place",), read_kinds(words, None), named=False)
    view = summarise(connection, question, filters._replace(direct=True, reverse=False), grouping)
    sql = "SELECT id, lat, lon FROM place WHERE lat IS NOT NULL AND lon IS NOT NULL AND precision <= ?"
    points = {ident: (lat, lon) for ident, lat, lon in connection.execute(sql, (TOWN,))}
    towns = [group for group in view.rows if group.key in points]
    spots = [Spot(group.name, *points[str(group.key)], view.measure(group)) for group in towns]
    drawn, several = _drawn(towns)
    rest = Share(frozenset(view.gauge.runs) - drawn)
    return Places(spots, view.total, view.measure(Group(None, "", rest)), several, [*points.values()], words.main)


def _drawn(towns: list[Group]) -> tuple[frozenset[int], int]:
    """The events that are in a town, and how many are in several."""
    seen: set[int] = set()
    again: set[int] = set()
    for group in towns:
        again |= seen & group.share.odd
        seen |= group.share.odd
    return frozenset(seen), len(again)
