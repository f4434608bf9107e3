"""What the events of a row come to in a window: how many, how many surely, and their figures.

Over a window (UCDP counts so too, by the day an event began): what does not lie wholly inside adds nothing to the low
and its whole high, since it may lie inside; its best goes to the window of its first day, or of its known end if that
is open.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from mali_chrono.answers.matching import MUST, Condition, Window, lies_within, matches
from mali_chrono.answers.tallies import Tally, read_tallies
from mali_chrono.dates.spans import Span, inside, opened
from mali_chrono.figures.reckon import Range
from mali_chrono.figures.sums import Item, Total, total
from mali_chrono.kinds import LEVELS

Runs = tuple[tuple[Span, Span | None], ...]
UNTOLD = "untold"


class Report(NamedTuple):
    """The latest report of a level in a row: the event, its date in words, who reports it, the figure."""

    id: str
    words: str
    by: str
    figures: Range


class Sum(NamedTuple):
    """What one kind of toll comes to: its sum, or for a level the latest report; None where nothing is told.

    `untold` is what is told of people of whom it is not told whose they are, where a group was asked for; `missing`
    counts the events without a figure.
    """

    figures: Range | None
    untold: Range | None
    latest: Report | None
    missing: int


class Measure(NamedTuple):
    """How many events may and must fall into a row's window, how many are reports, and the sums by kind of toll."""

    events: int
    must: int
    spanning: int
    reports: int
    sums: Mapping[str, Sum]


class Gauge(NamedTuple):
    """All that is needed to measure any of the events asked for: days, tallies by kind, reports of levels."""

    runs: Mapping[int, Runs]
    tallies: Mapping[str, Tally]
    untold: Mapping[str, Tally]
    levels: Mapping[str, Mapping[int, Report]]
    spanning: frozenset[int]

    def measure(self, members: Iterable[int], window: Window | None) -> Measure:
        """Count and sum some of the events, in a window."""
        chosen = frozenset(members)
        must = chosen if window is None else [n for n in chosen if matches(self.runs[n], window) == MUST]
        items = next(iter(self.tallies.values())).items
        sums = {kind: self._sum(kind, chosen, window) for kind in self.tallies}
        reports = sum(items[n].reporting for n in chosen)
        return Measure(len(chosen), len(must), len(chosen & self.spanning), reports, sums)

    def _sum(self, kind: str, members: frozenset[int], window: Window | None) -> Sum:
        if kind in LEVELS:
            latest = max((n for n in members if n in self.levels[kind]), default=None)
            missing = sum(n not in self.levels[kind] for n in members)
            return Sum(None, None, None if latest is None else self.levels[kind][latest], missing)
        whole = self.total(self.tallies[kind], members, window)
        untold = self.total(self.untold[kind], members, window) if self.untold else None
        return Sum(whole.figures, untold and untold.figures, None, whole.untold)

    def total(self, tally: Tally, members: Iterable[int], window: Window | None) -> Total:
        """The sum of some events' figures in a window; its low is that of those that lie wholly inside."""
        items = {n: tally.items[n] for n in members}
        sure = items if window is None else {n: item for n, item in items.items() if lies_within(self.runs[n], window)}
        if window is None or len(sure) == len(items):
            return total(items.values(), tally.links)
        clipped = {n: item if n in sure else self._clipped(n, item, window) for n, item in items.items()}
        whole, least = total(clipped.values(), tally.links), total(sure.values(), tally.links).figures
        if whole.figures is None or least is None:
            return whole
        return whole._replace(figures=whole.figures._replace(low=min(least.low, whole.figures.best)))

    def _clipped(self, n: int, item: Item, window: Window) -> Item:
        """An event that does not lie wholly inside a window, with what its figures add there."""
        if item.figures is None:
            return item
        runs = self.runs[n]
        first = runs[0][0][0]
        day = runs[-1][0][1] if first is None else first
        begins = any(inside((day, day), part) for part in window)
        return item._replace(figures=item.figures._replace(low=0, best=item.figures.best if begins else 0))


def read_gauge(connection: sqlite3.Connection, chosen: Condition, kinds: Sequence[str], of: str) -> Gauge:
    """Read the days and figures of the events that a condition on n chooses."""
    condition, values = chosen
    runs: dict[int, list[tuple[Span, Span | None]]] = {}
    sql = f"SELECT n, lo, hi, core_lo, core_hi FROM span WHERE {condition} ORDER BY n, lo"
    for n, low, high, core_low, core_high in connection.execute(sql, values):
        core = None if core_low is None else opened(core_low, core_high)
        runs.setdefault(n, []).append((opened(low, high), core))
    untold = read_tallies(connection, chosen, kinds, UNTOLD) if of and of != UNTOLD else {}
    levels = {kind: _reports(connection, chosen, kind) for kind in kinds if kind in LEVELS}
    return Gauge(
        {n: tuple(days) for n, days in runs.items()}, read_tallies(connection, chosen, kinds, of), untold, levels,
        frozenset(),
    )  # fmt: skip


def _reports(connection: sqlite3.Connection, chosen: Condition, kind: str) -> dict[int, Report]:
    """The reports of a level among the events: by whom is its author, else the outlets, else the document."""
    condition, values = chosen
    sql = (
        'SELECT event.n, event.id, "when", low, best, high, open,'
        " (SELECT group_concat(coalesce(short, name), ', ') FROM part JOIN thing ON thing.kind = 'actor' AND"
        " thing.id = part.actor WHERE part.n = event.n AND role = 'author' AND direct), outlets,"
        " (SELECT name FROM cite JOIN thing ON thing.kind = 'source' AND thing.id = cite.source WHERE cite.n = event.n)"
        f" FROM event JOIN toll ON toll.n = event.n WHERE toll.kind = ? AND of = '' AND event.{condition}"
    )
    return {
        n: Report(ident, words, author or outlets or document or "", Range(low, best, high, bool(more), disputed=False))
        for n, ident, words, low, best, high, more, author, outlets, document in connection.execute(
            sql, [kind, *values]
        )
    }
