"""What the events of a row come to in a window: how many, how many surely, and their figures.

Over a window (UCDP counts so too, by the day an event began): what does not lie wholly inside adds nothing to the low
and its whole high, since it may lie inside; its best goes to the window of its first day, or of its known end if that
is open.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from mali_chrono.answers.matching import MUST, Condition, Window, lies_within, matches
from mali_chrono.answers.names import marks
from mali_chrono.answers.vocabulary import words_of
from mali_chrono.dates.spans import Span, core_of, inside, opened
from mali_chrono.figures.reckon import Range
from mali_chrono.figures.sums import LINKING, Item, Links, Total, add_up, read_links, total
from mali_chrono.kinds import TELLS, Vocabulary

Toll = tuple[str, str]  # a kind of toll, and of whom
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


class Plain(NamedTuple):
    """How many plain events there are, how many are reports; by toll, how many others have a figure, and their sum."""

    events: int = 0
    reports: int = 0
    told: Mapping[Toll, tuple[int, Range]] = {}

    def figures(self, toll: Toll) -> Range | None:
        """The sum of a toll."""
        return self.told[toll][1] if toll in self.told else None

    def missing(self, toll: Toll) -> int:
        """How many events, reports left out, have no figure of a toll."""
        return self.events - self.reports - (self.told[toll][0] if toll in self.told else 0)


NONE = Plain()


def together(parts: Iterable[Plain]) -> Plain:
    """What several come to that have no event in common."""
    parts = list(parts)
    if len(parts) < 2:
        return parts[0] if parts else NONE
    told = {}
    for toll in {toll for part in parts for toll in part.told}:
        counts, figures = zip(*(part.told[toll] for part in parts if toll in part.told), strict=True)
        if total := add_up(figures):
            told[toll] = sum(counts), total
    return Plain(sum(part.events for part in parts), sum(part.reports for part in parts), told)


class Tally(NamedTuple):
    """Events with their figures of one toll, by number, and the links of the store."""

    items: Mapping[int, Item]
    links: Links


class Share(NamedTuple):
    """Some of the events asked for: the odd ones by number, and what the plain ones come to."""

    odd: frozenset[int] = frozenset()
    plain: Plain = NONE

    @property
    def events(self) -> int:
        """How many they are."""
        return len(self.odd) + self.plain.events


def joined(shares: Iterable[Share]) -> Share:
    """The events of several shares, which have no plain event in common."""
    shares = list(shares)
    return Share(frozenset().union(*(share.odd for share in shares)), together(share.plain for share in shares))


class Gauge(NamedTuple):
    """All that is needed to measure any of the odd events: days, tallies by kind, reports of levels.

    `chosen` is the condition on n that chooses them, `of` whose tolls they are; `items` are they themselves, without
    figures.
    """

    chosen: Condition
    of: str
    items: Mapping[int, Item]
    runs: Mapping[int, Runs]
    tallies: Mapping[str, Tally]
    untold: Mapping[str, Tally]
    levels: Mapping[str, Mapping[int, Report]]
    spanning: frozenset[int]

    def counted(self, share: Share, window: Window | None) -> Measure:
        """Count some of the events, in a window in which the plain ones lie, without any sums."""
        chosen, plain = share
        must = chosen if window is None else [n for n in chosen if matches(self.runs[n], window) == MUST]
        reports = plain.reports + sum(self.items[n].reporting for n in chosen)
        return Measure(share.events, plain.events + len(must), len(chosen & self.spanning), reports, {})

    def measure(self, share: Share, window: Window | None) -> Measure:
        """Count and sum some of the events, in a window in which the plain ones lie."""
        sums = {kind: self._sum(kind, share, window) for kind in self.tallies}
        return self.counted(share, window)._replace(sums=sums)

    def _sum(self, kind: str, share: Share, window: Window | None) -> Sum:
        members, plain = share
        if kind in self.levels:
            latest = max((n for n in members if n in self.levels[kind]), default=None)
            missing = sum(n not in self.levels[kind] for n in members)
            return Sum(None, None, None if latest is None else self.levels[kind][latest], plain.events + missing)
        toll = kind, self.of
        whole = self.total(self.tallies[kind], members, window, plain.figures(toll))
        untold = None
        if self.untold:
            untold = self.total(self.untold[kind], members, window, plain.figures((kind, UNTOLD))).figures
        return Sum(whole.figures, untold, None, whole.untold + plain.missing(toll))

    def total(self, tally: Tally, members: Iterable[int], window: Window | None, plain: Range | None = None) -> Total:
        """The sum of some events' figures in a window; its low is that of those that lie wholly inside.

        `plain` are the figures of plain events, which do.
        """
        more = [Item("", plain)] * bool(plain)
        items = {n: tally.items[n] for n in members}
        if not items:
            return Total(plain, 0)
        sure = items if window is None else {n: item for n, item in items.items() if lies_within(self.runs[n], window)}
        whole = total([*items.values(), *more], tally.links)
        if window is None or whole.figures is None or len(sure) == len(items):
            return whole
        first = {n: item for n, item in items.items() if n in sure or self._begins(n, window)}
        least, likely = (total([*part.values(), *more], tally.links).figures for part in (sure, first))
        best = likely.best if likely else 0
        # Of two that are possibly the same, one sure and one that began here, the smaller counts.
        low = min(least.low if least else 0, best)
        return whole._replace(figures=whole.figures._replace(low=low, best=best))

    def _begins(self, n: int, window: Window) -> bool:
        """Whether an event's first day, or its last where that is open, lies in a window."""
        runs = self.runs[n]
        first = runs[0][0][0]
        day = runs[-1][0][1] if first is None else first
        return any(inside((day, day), part) for part in window)


def read_gauge(connection: sqlite3.Connection, chosen: Condition, kinds: Sequence[str], of: str) -> Gauge:
    """Read the days and figures of the events that a condition on n chooses."""
    condition, values = chosen
    runs: dict[int, list[tuple[Span, Span | None]]] = {}
    sql = f"SELECT n, lo, hi, core_lo, core_hi FROM span WHERE {condition} ORDER BY n, lo"
    for n, low, high, core_low, core_high in connection.execute(sql, values):
        runs.setdefault(n, []).append((opened(low, high), core_of(core_low, core_high)))
    items = _read_items(connection, chosen)
    untold = _read_tallies(connection, chosen, items, [(kind, UNTOLD) for kind in kinds]) if apart(of) else {}
    words = words_of(connection)
    levels = {kind: _reports(connection, chosen, kind, words) for kind in kinds if kind in words.levels}
    tallies = _read_tallies(connection, chosen, items, [(kind, of) for kind in kinds])
    return Gauge(chosen, of, items, {n: tuple(days) for n, days in runs.items()}, tallies, untold, levels, frozenset())


def apart(of: str) -> bool:
    """Whether those of whom it is not told whose they are stand beside those of a group."""
    return bool(of) and of != UNTOLD


def _read_items(connection: sqlite3.Connection, chosen: Condition) -> dict[int, Item]:
    """The events that a condition on n chooses, without figures."""
    condition, values = chosen
    events = connection.execute(f"SELECT n, id, reporting FROM fact JOIN event USING (n) WHERE {condition}", values)
    return {n: Item(ident, None, bool(reporting)) for n, ident, reporting in events}


def _read_tallies(
    connection: sqlite3.Connection, chosen: Condition, events: Mapping[int, Item], tolls: Iterable[Toll]
) -> dict[str, Tally]:
    """A tally for each of some kinds of toll, of all people or of a group or an actor; `chosen` is a condition on n."""
    condition, values = chosen
    links = links_of(connection)
    tallies = {}
    for kind, of in tolls:
        sql = f"SELECT n, low, best, high, open, disputed FROM toll WHERE kind = ? AND of = ? AND {condition}"
        ranges = {
            n: Range(low, best, high, bool(endless), bool(disputed))
            for n, low, best, high, endless, disputed in connection.execute(sql, [kind, of, *values])
        }
        items = {n: item._replace(figures=ranges.get(n)) for n, item in events.items()}
        tallies[kind] = Tally(items, links)
    return tallies


def links_of(connection: sqlite3.Connection) -> Links:
    """The links of all events: a part of a part lies in its whole even where the middle is not asked for."""
    sql = f"SELECT start, target, kind FROM link WHERE kind IN ({marks(LINKING)})"
    return read_links(connection.execute(sql, LINKING))


def _reports(connection: sqlite3.Connection, chosen: Condition, kind: str, words: Vocabulary) -> dict[int, Report]:
    """The reports of a level among the events: by whom is its author, else the outlets, else the document."""
    condition, values = chosen
    tell = words.roles_that(TELLS)
    sql = (
        'SELECT event.n, event.id, "when", low, best, high, open,'
        " (SELECT group_concat(coalesce(short, name), ', ') FROM part JOIN thing ON thing.kind = 'actor' AND"
        f" thing.id = part.actor WHERE part.n = event.n AND role IN ({marks(tell)}) AND direct), outlets,"
        " (SELECT name FROM cite JOIN thing ON thing.kind = 'source' AND thing.id = cite.source WHERE cite.n = event.n)"
        f" FROM event JOIN toll USING (n) WHERE toll.kind = ? AND of = '' AND {condition}"
    )
    return {
        n: Report(ident, words, author or outlets or document or "", Range(low, best, high, bool(more), disputed=False))
        for n, ident, words, low, best, high, more, author, outlets, document in connection.execute(
            sql, [*tell, kind, *values]
        )
    }
