"""What the events of a row come to in a window: how many, how many surely, and their figures.

Over a window (UCDP counts so too, by the day an event began): what does not lie wholly inside adds nothing to the low
and its whole high, since it may lie inside; its best goes to the window of its first day, or of its known end if that
is open.
"""

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from mali_chrono.answers.knots import Knots, Tied, Toll, read_knots
from mali_chrono.answers.matching import MUST, Condition, Window, any_of, lies_within, listed, matches
from mali_chrono.answers.names import marks
from mali_chrono.answers.vocabulary import words_of
from mali_chrono.dates.spans import Span, core_of, inside, opened
from mali_chrono.figures.reckon import Range
from mali_chrono.figures.sums import Total, add_up
from mali_chrono.kinds import TELLS, Vocabulary

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
    """How many plain events there are, how many are reports; by toll, how many others have a figure, and their sum.

    `tied` are those of them that links tie to others; what that means for the sum is found when all are together.
    """

    events: int = 0
    reports: int = 0
    told: Mapping[Toll, tuple[int, Range]] = {}
    tied: frozenset[int] = frozenset()

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
    tied = frozenset[int]().union(*(part.tied for part in parts))
    return Plain(sum(part.events for part in parts), sum(part.reports for part in parts), told, tied)


Tally = Mapping[int, Range]  # figures of one toll, by the number of the event


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
    """All that is needed to measure any of the odd events: days, tallies by toll, reports of levels, knots.

    `chosen` is the condition on n that chooses them, `of` whose tolls they are, `reporting` those of them that are
    reports. Of plain events that are tied to more than one other it has the figures, and whether they are reports.
    """

    chosen: Condition
    kinds: Sequence[str]
    of: str
    runs: Mapping[int, Runs]
    reporting: frozenset[int]
    tallies: Mapping[Toll, Tally]
    levels: Mapping[str, Mapping[int, Report]]
    spanning: frozenset[int]
    knots: Knots

    @property
    def first(self) -> Tally:
        """What they tell of the first kind of toll, if one was asked for."""
        return next(iter(self.tallies.values()))

    def counted(self, share: Share, window: Window | None) -> Measure:
        """Count some of the events, in a window in which the plain ones lie, without any sums."""
        chosen, plain = share
        if not chosen:
            return Measure(plain.events, plain.events, 0, plain.reports, {})
        must = chosen if window is None else [n for n in chosen if matches(self.runs[n], window) == MUST]
        reports = plain.reports + len(chosen & self.reporting)
        return Measure(share.events, plain.events + len(must), len(chosen & self.spanning), reports, {})

    def measure(self, share: Share, window: Window | None) -> Measure:
        """Count and sum some of the events, in a window in which the plain ones lie."""
        sums = {kind: self._sum(kind, share, window) for kind in self.kinds}
        return self.counted(share, window)._replace(sums=sums)

    def _sum(self, kind: str, share: Share, window: Window | None) -> Sum:
        if kind in self.levels:
            told = self.levels[kind]
            latest = max((n for n in share.odd if n in told), default=None)
            missing = sum(n not in told for n in share.odd)
            return Sum(None, None, None if latest is None else told[latest], share.plain.events + missing)
        toll = kind, self.of
        whole = self.total(toll, share, window)
        untold = self.total((kind, UNTOLD), share, window).figures if apart(self.of) else None
        return Sum(whole.figures, untold, None, whole.untold)

    def total(self, toll: Toll, share: Share, window: Window | None) -> Total:
        """The sum of some events' figures in a window; its low is that of those that lie wholly inside.

        The plain ones do.
        """
        odd, plain = share
        untold = len(odd.difference(self.tallies[toll], self.reporting)) + plain.missing(toll)
        whole = self._added(toll, odd, plain)
        if window is None or whole is None or not odd:
            return Total(whole, untold)
        sure = {n for n in odd if lies_within(self.runs[n], window)}
        if len(sure) == len(odd):
            return Total(whole, untold)
        first = {n for n in odd if n in sure or self._begins(n, window)}
        least, likely = (self._added(toll, part, plain) for part in (sure, first))
        best = likely.best if likely else 0
        # Of two that are possibly the same, one sure and one that began here, the smaller counts.
        low = min(least.low if least else 0, best)
        return Total(whole._replace(low=low, best=best), untold)

    def _added(self, toll: Toll, odd: Collection[int], plain: Plain) -> Range | None:
        """What odd and plain events come to, nothing counted twice; None without a figure."""
        told = self.tallies[toll]
        found = [told[n] for n in odd if n in told and n not in self.reporting]
        if toll in plain.told:
            found.append(plain.told[toll][1])
        if found:
            found += self.knots.corrections(toll, chain(odd, plain.tied), told, self.reporting)
        return add_up(found)

    def _begins(self, n: int, window: Window) -> bool:
        """Whether an event's first day, or its last where that is open, lies in a window."""
        runs = self.runs[n]
        first = runs[0][0][0]
        day = runs[-1][0][1] if first is None else first
        return any(inside((day, day), part) for part in window)


def read_gauge(
    connection: sqlite3.Connection,
    chosen: Condition,
    kinds: Sequence[str],
    of: str,
    plain: Mapping[int, Tied],
) -> Gauge:
    """Read the days and figures of the events that a condition on n chooses; `plain` are others, tied to some."""
    condition, values = chosen
    runs: dict[int, list[tuple[Span, Span | None]]] = {}
    sql = f"SELECT n, lo, hi, core_lo, core_hi FROM span WHERE {condition} ORDER BY n, lo"
    for n, low, high, core_low, core_high in connection.execute(sql, values):
        runs.setdefault(n, []).append((opened(low, high), core_of(core_low, core_high)))
    words = words_of(connection)
    levels = {kind: _reports(connection, chosen, kind, words) for kind in kinds if kind in words.levels}
    tolls = tolls_of(kinds, of)
    knots = read_knots(connection, chosen, plain, tolls)
    large = [n for n in plain if plain[n].size > 2]
    asked = any_of([chosen, listed(large)]) if large else chosen
    days = {n: tuple(days) for n, days in runs.items()}
    reporting, tallies = _read_reporting(connection, asked), _read_tallies(connection, asked, tolls)
    return Gauge(chosen, kinds, of, days, reporting, tallies, levels, frozenset(), knots)


def tolls_of(kinds: Sequence[str], of: str) -> list[Toll]:
    """The tolls that a sum of some kinds reads: those of a group, and of whom it is not told whose they are.

    For no kind at all one that nothing is of.
    """
    return [(kind, whose) for kind in kinds or ("",) for whose in (of, *[UNTOLD] * apart(of))]


def apart(of: str) -> bool:
    """Whether those of whom it is not told whose they are stand beside those of a group."""
    return bool(of) and of != UNTOLD


def _read_reporting(connection: sqlite3.Connection, chosen: Condition) -> frozenset[int]:
    """The reports among the events that a condition on n chooses."""
    condition, values = chosen
    sql = f"SELECT n FROM fact WHERE reporting AND {condition}"
    return frozenset(n for (n,) in connection.execute(sql, values))


def _read_tallies(connection: sqlite3.Connection, chosen: Condition, tolls: Iterable[Toll]) -> dict[Toll, Tally]:
    """A tally for each of some tolls, of the events that a condition on n chooses."""
    condition, values = chosen
    sql = f"SELECT n, low, best, high, open, disputed FROM toll WHERE kind = ? AND of = ? AND {condition}"
    return {
        (kind, of): {
            n: Range(low, best, high, bool(endless), bool(disputed))
            for n, low, best, high, endless, disputed in connection.execute(sql, [kind, of, *values])
        }
        for kind, of in tolls
    }


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
