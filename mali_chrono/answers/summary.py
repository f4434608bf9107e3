"""Filters -> groups of events, how many there are and what their figures come to. Nobody is counted twice.

A row is a filter: row V of `--by K` holds the events that `--K V` finds beside the other filters, members and places
within included. An event stands in every group it belongs to, and once in the total.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mali_chrono.answers.events import settled
from mali_chrono.answers.facts import Value, margin, read_sums
from mali_chrono.answers.filters import Filters, Question
from mali_chrono.answers.keyrows import Group, Side, group_pairs, read_cells, read_pairs
from mali_chrono.answers.matching import MUST, Window, lies_within, matches
from mali_chrono.answers.measures import NONE, Gauge, Measure, Plain, Share, joined, together
from mali_chrono.answers.names import SPELT, names_of, resolve
from mali_chrono.answers.timerows import TimeRow, spanning, time_rows
from mali_chrono.answers.vocabulary import words_of
from mali_chrono.dates.spans import merge
from mali_chrono.dates.units import UNITS
from mali_chrono.errors import UsageError, offer
from mali_chrono.kinds import LEVEL, NEVER, Vocabulary
from mali_chrono.text import counted

KEYS = (*UNITS, "type", "category", "actor", "role", "place", "region", "source", "outlet", "tag")
GROUPS = ("civilians", "forces", "attackers", "untold")
# Periods in a row that hold the same events, or none, stand together when they are more than this many.
RUN = 12
# A program takes a century of months one by one.
EACH = 1200


class Grouping(NamedTuple):
    """What to group by, which tolls to sum, of whom.

    `run` is how many equal periods in a row may stand one by one; `top` keeps the largest groups of what is no period
    and puts the rest together. `named` wants the ids of what adds nothing to sums.
    """

    by: tuple[str, ...]
    kinds: tuple[str, ...]
    of: str = ""
    run: int = RUN
    top: int | None = None
    named: bool = True


class Summary(NamedTuple):
    """Groups by one key or two: the rows, the columns (none for one key) and the events of each cell that has any.

    `total` has every event once; `reports` are the ids of those that add nothing to sums; `words` the vocabulary.
    """

    by: tuple[str, ...]
    kinds: tuple[str, ...]
    of: str
    rows: list[Group]
    columns: list[Group]
    cells: dict[tuple[int, int], Share]
    gauge: Gauge
    window: Window | None
    total: Measure
    reports: tuple[str, ...]
    words: Vocabulary

    def measure(self, group: Group, *, sums: bool = True) -> Measure:
        """What a group comes to in the period that it is; without `sums` only how many events it has."""
        return self._measured(group.share, sums, group)

    def cell(self, i: int, j: int, *, sums: bool = True) -> Measure:
        """What row i and column j have in common comes to; without `sums` only how many events they have."""
        return self._measured(self.cells.get((i, j), Share()), sums, self.rows[i], self.columns[j])

    def _measured(self, share: Share, sums: bool, *groups: Group) -> Measure:
        window = next((group.window for group in groups if group.window), self.window)
        return self.gauge.measure(share, window) if sums else self.gauge.counted(share, window)


def refuse_covers(filters: Filters) -> None:
    """Raises UsageError where what speaks of a time is asked for beside what happened in it."""
    if filters.covers:
        raise UsageError("--covers is for timeline and actor: sums go by an event's own date")


def refuse_sort(filters: Filters) -> None:
    """Raises UsageError where rows are to be sorted as events are."""
    if filters.sort != "date":
        raise UsageError("--sort is for timeline: rows of time are in their order, others the largest first")


def read_keys(text: str) -> tuple[str, ...]:
    """Read `--by`. Raises UsageError on a key that is none, and on more than two or two periods."""
    keys = tuple(part.strip().lower() for part in text.split(",") if part.strip())
    for key in keys:
        if key not in KEYS:
            raise UsageError(f"--by knows no '{key}': {offer(key, KEYS)}")
    if not 1 <= len(keys) <= 2:
        raise UsageError(f"--by takes one key or two, like year or year,category, not '{text}'")
    if len(keys) == 2 and (keys[0] == keys[1] or set(keys) <= set(UNITS)):
        raise UsageError(f"--by {','.join(keys)}: a cross table needs two different keys, at most one of them a period")
    return keys


def read_kinds(words: Vocabulary, text: str | None, by: Sequence[str] = ()) -> tuple[str, ...]:
    """Read `--sum`: kinds of toll, with commas between; without it the first, where there is any.

    Raises UsageError, also for a cross table of a level.
    """
    if text is None:
        return tuple(kind for kind in words.toll_kinds[:1] if words.sum_of(kind) != NEVER)
    kinds = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))
    for kind in kinds or (text,):
        if kind not in words.toll_kinds:
            raise UsageError(f"--sum knows no '{kind}': {offer(kind, words.toll_kinds)}")
        if words.sum_of(kind) == NEVER:
            raise UsageError(f"--sum {kind}: a sum of it means nothing, says the store's vocabulary")
        if words.sum_of(kind) == LEVEL and len(by) > 1:
            raise UsageError(f"--sum {kind}: {kind} is a level, reported and never added; no cross table of it")
    return kinds


def read_group(connection: sqlite3.Connection, text: str | None) -> str:
    """Read `--of`: a plain group, or an actor's id; empty for everyone. Raises UsageError."""
    if text is None or text.strip().lower() in GROUPS:
        return (text or "").strip().lower()
    return resolve(connection, "actor", text)[0]


def summarise(connection: sqlite3.Connection, question: Question, filters: Filters, grouping: Grouping) -> Summary:
    """Group what a question finds by one key or two; `filters` are those the question was made of."""
    by, question = grouping.by, settled(connection, question)
    gauge, plain = read_sums(connection, question, grouping.kinds, grouping.of, by)
    sides: list[Side] = []
    for i, key in enumerate(by):
        values = margin(plain, i)
        if key in UNITS:
            gauge = gauge._replace(spanning=spanning(gauge.runs, key))
            rows = time_rows(gauge.runs, key, question.window, grouping.run, [int(at) for at in values])
            sides.append(_time_side(gauge, filters, rows, values))
        else:
            pairs = read_pairs(connection, question, filters, key, gauge.chosen)
            named = names_of(connection, key) if key in ("actor", "place", *SPELT) else {}
            side = group_pairs(pairs, gauge.runs, values, named, key, grouping.top)
            sides.append(side.turned() if filters.reverse and len(by) == 1 else side)
    cells: dict[tuple[int, int], Share] = {}
    if len(sides) == 2:
        cells = read_cells(connection, question, filters, by, sides)
        for (row, column), found in plain.items():
            at = sides[0].at[row], sides[1].at[column]
            cells[at] = joined([cells[at], Share(plain=found)]) if at in cells else Share(plain=found)
    total = gauge.measure(Share(frozenset(gauge.runs), together(plain.values())), question.window)
    columns = sides[1].groups if len(sides) == 2 else []
    reports = _reports(connection, question) if grouping.named and total.reports else ()
    return Summary(
        by, grouping.kinds, grouping.of, sides[0].groups, columns, cells, gauge, question.window, total, reports,
        words_of(connection),
    )  # fmt: skip


def _time_side(gauge: Gauge, filters: Filters, rows: Sequence[TimeRow], plain: Mapping[Value, Plain]) -> Side:
    """A group for each period of time."""
    groups = [
        Group(
            row.key, row.name, Share(_strictly(gauge, row, filters), plain.get(row.at, NONE)), row.stands_for,
            row.window,
        )
        for row in rows
    ]  # fmt: skip
    places: dict[int, list[tuple[str | None, int]]] = {}
    for i, group in enumerate(groups):
        for n in group.share.odd:
            places.setdefault(n, []).append((None, i))
    side = Side(groups, {row.at: i for i, row in enumerate(rows)}, places)
    return side.turned() if filters.reverse else side


def _reports(connection: sqlite3.Connection, question: Question) -> tuple[str, ...]:
    """The ids of the reports among the events, in order."""
    condition, values = question.chosen
    sql = f"SELECT id FROM event WHERE n IN (SELECT n FROM fact WHERE reporting AND {condition}) ORDER BY n"
    return tuple(ident for (ident,) in connection.execute(sql, values))


def _strictly(gauge: Gauge, row: TimeRow, filters: Filters) -> frozenset[int]:
    """The events of a period of time; only those that surely fall into it, or lie within, where that was asked for."""
    if filters.within:
        return frozenset(n for n in row.members if lies_within(gauge.runs[n], row.window))
    if filters.must:
        return frozenset(n for n in row.members if matches(gauge.runs[n], row.window) == MUST)
    return row.members


def folded(view: Summary, keep: int) -> Summary:
    """The same with `keep` columns at most and one for the others: the earlier periods, or the smaller groups."""
    over = len(view.columns) - keep
    if over <= 0:
        return view
    early = view.by[1] in UNITS
    others = range(over) if early else range(keep, len(view.columns))
    rest = [view.columns[j] for j in others]
    start, stands_for = min(others), sum(group.stands_for for group in rest)
    window = merge(span for group in rest for span in group.window or ()) or None
    share = joined(group.share for group in rest)
    merged = Group(None, "earlier" if early else counted(stands_for, "other"), share, stands_for, window)
    kept = [column for j, column in enumerate(view.columns) if j not in others]
    cells: dict[tuple[int, int], Share] = {}
    for (i, j), found in view.cells.items():
        at = 0 if early and j in others else start if j in others else j - over + 1 if early else j
        cells[i, at] = joined([cells[i, at], found]) if (i, at) in cells else found
    return view._replace(columns=[merged, *kept] if early else [*kept, merged], cells=cells)
