"""Filters -> groups of events, how many there are and what their figures come to. Nobody is counted twice.

An event stands in every group it belongs to, and once in the total. Actors and places are those written on the event
itself: members do not count for their umbrella here, nor towns for their region's record.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from mali_chrono.answers.filters import Filters, Question
from mali_chrono.answers.matching import Condition
from mali_chrono.answers.names import SPELT, marks, names_of
from mali_chrono.answers.tallies import Tally, read_tallies
from mali_chrono.dates.spans import FAR, Span
from mali_chrono.errors import UsageError, did_you_mean
from mali_chrono.figures.reckon import Range
from mali_chrono.kinds import TOLL_KINDS
from mali_chrono.text import fold

PERIODS = ("year", "quarter", "month", "decade", "century")
KEYS = (*PERIODS, "type", "category", "actor", "role", "place", "region", "source", "outlet", "tag")
# Periods in a row that hold the same events, or none, stand together when they are more than this many.
RUN = 12

Pair = tuple[str | None, int]  # a key and the number of its group


class Measure(NamedTuple):
    """What a set of events comes to.

    `spanning` of them have a date that runs over several periods; `untold` have no figure, `reports` never add one.
    """

    events: int
    spanning: int
    figures: Range | None
    untold: int
    reports: int


class Group(NamedTuple):
    """The events of one key, or of `stands_for` keys together; `key` is None for those that have none, or several."""

    key: str | None
    name: str
    members: frozenset[int]
    stands_for: int = 1


class Grouping(NamedTuple):
    """What to group by and which toll to sum.

    `run` is how many equal periods in a row may stand one by one; `top` keeps the largest groups of what is no period
    and puts the rest together.
    """

    by: tuple[str, ...]
    kind: str
    run: int = RUN
    top: int | None = None


class _Asked(NamedTuple):
    connection: sqlite3.Connection
    chosen: Condition
    filters: Filters
    resolved: Mapping[str, Sequence[str]]
    grouping: Grouping


class Summary(NamedTuple):
    """Groups by one key or two: the rows, the columns (none for one key) and the events of each cell that has any."""

    by: tuple[str, ...]
    kind: str
    rows: list[Group]
    columns: list[Group]
    cells: dict[tuple[int, int], frozenset[int]]
    tally: Tally
    spanning: frozenset[int]

    @property
    def total(self) -> Measure:
        """Every event once."""
        return self.measure(self.tally.items)

    def measure(self, members: Iterable[int]) -> Measure:
        """What some of the events come to."""
        chosen = frozenset(members)
        total = self.tally.total(chosen)
        reports = sum(self.tally.items[n].reporting for n in chosen)
        return Measure(len(chosen), len(chosen & self.spanning), total.figures, total.untold, reports)


def keys(text: str) -> tuple[str, ...]:
    """Read `--by`. Raises UsageError on a key that is none, and on more than two or two periods."""
    found = tuple(part.strip().lower() for part in text.split(",") if part.strip())
    for key in found:
        if key not in KEYS:
            hint = did_you_mean(key, KEYS) or "one of: " + ", ".join(KEYS)
            raise UsageError(f"--by knows no '{key}': {hint}")
    if not 1 <= len(found) <= 2:
        raise UsageError(f"--by takes one key or two, like year or year,category, not '{text}'")
    if len(found) == 2 and (found[0] == found[1] or set(found) <= set(PERIODS)):
        raise UsageError(
            f"--by {','.join(found)}: a cross table needs two different keys, at most one of them a period"
        )
    return found


def kind(text: str) -> str:
    """Read `--sum`. Raises UsageError."""
    if text not in TOLL_KINDS:
        raise UsageError(
            f"--sum knows no '{text}': " + (did_you_mean(text, TOLL_KINDS) or "one of: " + ", ".join(TOLL_KINDS))
        )
    return text


def summarise(connection: sqlite3.Connection, question: Question, filters: Filters, grouping: Grouping) -> Summary:
    """Group what a question finds by one key or two; `filters` are those the question was made of."""
    by = grouping.by
    selection, values = question.selection
    chosen = (f"n IN ({selection})", values)
    asked = _Asked(connection, chosen, filters, question.resolved, grouping)
    tally = read_tallies(connection, chosen, [grouping.kind])[grouping.kind]
    spanning: frozenset[int] = frozenset()
    sides: list[list[Group]] = []
    places: list[dict[int, list[Pair]]] = []
    for key in by:
        if key in PERIODS:
            groups, spanning = _periods(asked, key)
            where: dict[int, list[Pair]] = {}
            for i, group in enumerate(groups):
                for n in group.members:
                    where.setdefault(n, []).append((None, i))
        else:
            groups, where = _named(asked, key, tally.items)
        sides.append(groups)
        places.append(where)
    cells: dict[tuple[int, int], set[int]] = {}
    if len(by) == 2:
        together = _together(asked)
        for n in tally.items:
            for left, i in places[0].get(n, ()):
                for right, j in places[1].get(n, ()):
                    if together is None or (n, left, right) in together:
                        cells.setdefault((i, j), set()).add(n)
    columns = sides[1] if len(by) == 2 else []
    frozen = {at: frozenset(found) for at, found in cells.items()}
    return Summary(tuple(by), grouping.kind, sides[0], columns, frozen, tally, spanning)


def folded(view: Summary, keep: int) -> Summary:
    """The same with `keep` columns at most and one for the others: the earlier periods, or the smaller groups."""
    over = len(view.columns) - keep
    if over <= 0:
        return view
    early = view.by[1] in PERIODS
    others = range(over) if early else range(keep, len(view.columns))
    start = min(others)
    members = frozenset().union(*(view.columns[j].members for j in others))
    stands_for = sum(view.columns[j].stands_for for j in others)
    merged = Group(None, "earlier" if early else f"{stands_for} other{'s' * (stands_for != 1)}", members, stands_for)
    kept = [column for j, column in enumerate(view.columns) if j not in others]
    cells: dict[tuple[int, int], frozenset[int]] = {}
    for (i, j), found in view.cells.items():
        at = 0 if early and j in others else start if j in others else j - over + 1 if early else j
        cells[i, at] = cells.get((i, at), frozenset()) | found
    return view._replace(columns=[merged, *kept] if early else [*kept, merged], cells=cells)


def _periods(asked: _Asked, unit: str) -> tuple[list[Group], frozenset[int]]:
    """A group for each period from the first that has an event to the last, and which events stand in several.

    Like a window, a period finds what may touch it, by its own date or the time it covers. Only periods of the window
    are shown. An open side reaches as far as the others do.
    """
    from mali_chrono.dates import units  # noqa: PLC0415 - only where time is counted

    def count(day: int | None) -> int | None:
        return None if day is None or abs(day) >= FAR else units.number(unit, day)

    spans: dict[int, list[Span]] = {}
    where, values = asked.chosen
    for n, first, last in asked.connection.execute(f"SELECT n, lo, hi FROM span WHERE {where}", values):
        spans.setdefault(n, []).append((count(first), count(last)))
    spanning = frozenset(n for n, found in spans.items() if len(set(found)) > 1 or found[0][0] != found[0][1])
    low, high = (count(day) for day in asked.filters.window or (None, None))
    clipped = list(_clip(spans, low, high))
    groups = []
    for first, last, members in _sweep(clipped):
        length = last - first + 1
        if length > asked.grouping.run:
            words = units.name(unit, first, last) if members else units.counted(unit, length)
            groups.append(Group(f"{units.key(unit, first)}..{units.key(unit, last)}", words, members, length))
        else:
            groups += [Group(units.key(unit, at), units.name(unit, at), members) for at in range(first, last + 1)]
    return groups[::-1] if asked.filters.reverse else groups, spanning


def _clip(spans: Mapping[int, Sequence[Span]], low: int | None, high: int | None) -> Iterator[tuple[int, int, int]]:
    """Each event's spans as (first, last, event), closed and within the window's periods."""

    def clamp(at: int) -> int:
        at = at if low is None else max(at, low)
        return at if high is None else min(at, high)

    known = [clamp(end) for found in spans.values() for span in found for end in span if end is not None]
    for n, found in spans.items():
        for first, last in found:
            start = min(known, default=0) if first is None else first
            stop = max(known, default=0) if last is None else last
            if (low is None or stop >= low) and (high is None or start <= high):
                yield clamp(start), clamp(stop), n


def _sweep(spans: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, int, frozenset[int]]]:
    """Stretches of periods that hold the same events, from the first to the last, the empty ones too."""
    begins: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for first, last, n in spans:
        begins.setdefault(first, []).append(n)
        ends.setdefault(last + 1, []).append(n)
    points = sorted({*begins, *ends})
    running: dict[int, int] = {}
    for at, following in pairwise(points):
        for n in ends.get(at, ()):
            running[n] -= 1
            if not running[n]:
                del running[n]
        for n in begins.get(at, ()):
            running[n] = running.get(n, 0) + 1
        yield at, following - 1, frozenset(running)


def _named(asked: _Asked, key: str, items: Iterable[int]) -> tuple[list[Group], dict[int, list[Pair]]]:
    """A group for each value of a key, the largest first, those without any last."""
    members: dict[str | None, set[int]] = {}
    for n, value in asked.connection.execute(*_values(asked, key)):
        members.setdefault(value, set()).add(n)
    members.setdefault(None, set()).update(set(items).difference(*members.values()))
    named = key in ("actor", "place", *SPELT)
    names, top = names_of(asked.connection, key) if named else {}, asked.grouping.top
    ordered = sorted((value for value in members if value is not None),
                     key=lambda value: (-len(members[value]), names.get(value, value)))  # fmt: skip
    groups = [Group(names.get(v, v) if key in SPELT else v, names.get(v, v), frozenset(members[v])) for v in ordered]
    at: dict[str | None, int] = {value: i for i, value in enumerate(ordered)}
    if top is not None and len(groups) > top:
        rest = groups[top:]
        together = frozenset().union(*(group.members for group in rest))
        groups = [*groups[:top], Group(None, f"{len(rest)} other{'s' * (len(rest) != 1)}", together, len(rest))]
        at = {value: min(i, top) for value, i in at.items()}
    if members[None]:
        at[None] = len(groups)
        groups.append(Group(None, "none", frozenset(members[None])))
    places: dict[int, list[Pair]] = {}
    for value, found in members.items():
        for n in found:
            places.setdefault(n, []).append((value, at[value]))
    return groups, places


def _values(asked: _Asked, key: str) -> Condition:
    """The SQL for every (event, value) of a key.

    Actor and role belong together: `--actor jnim --by role` counts the roles of JNIM, `--role target --by actor` those
    who were targets. What is grouped by is not narrowed so.
    """
    where, values = asked.chosen
    if key in ("type", "category"):
        return f"SELECT n, {key} FROM event WHERE {where}", values
    if key not in ("actor", "role"):
        return f"SELECT n, key FROM facet WHERE kind = ? AND direct AND {where}", [key, *values]
    other = "role" if key == "actor" else "actor"
    narrow = asked.resolved.get(other, ()) if other not in asked.grouping.by else ()
    condition = f"{other} IN ({marks(narrow)})" if narrow else "1"
    direct = "1" if narrow and other == "actor" and asked.filters.members else "direct"
    return f"SELECT n, {key} FROM part WHERE {condition} AND {direct} AND {where}", [*narrow, *values]


def _together(asked: _Asked) -> set[tuple[int, str | None, str | None]] | None:
    """Which values of two keys belong together in an event: an actor and its role, a place and its region."""
    where, values = asked.chosen
    left, right = asked.grouping.by
    if {left, right} == {"actor", "role"}:
        sql = f"SELECT n, {left}, {right} FROM part WHERE direct AND {where}"
        return set(asked.connection.execute(sql, values).fetchall())
    if {left, right} != {"place", "region"}:
        return None
    regions = {
        ident: region and fold(region) for ident, region in asked.connection.execute("SELECT id, region FROM place")
    }
    places = asked.connection.execute(f"SELECT n, key FROM facet WHERE kind = 'place' AND direct AND {where}", values)
    pairs = ((n, place, regions[place]) for n, place in places)
    return {pair if left == "place" else (pair[0], pair[2], pair[1]) for pair in pairs}
