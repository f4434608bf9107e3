"""What two states of a store come to under one question: which events it finds, and how their sums differ."""

import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from mali_chrono.answers import events
from mali_chrono.answers.filters import Filters, Question, ask
from mali_chrono.answers.summary import EACH, Grouping, summarise
from mali_chrono.dates import units
from mali_chrono.errors import UsageError
from mali_chrono.figures.reckon import Range

Sums = Mapping[int, Range | None]  # by the number of the year


class State(NamedTuple):
    """What a question finds in one state: the ids of the events, and by kind of toll their sums, whole and by year."""

    ids: frozenset[str]
    total: Mapping[str, Range | None]
    years: Mapping[str, Sums]


class SumChange(NamedTuple):
    """A sum that came out otherwise: of a year or several that came out alike, or, without one, of all events."""

    years: str
    kind: str
    before: Range | None
    after: Range | None


NOTHING = State(frozenset(), {}, {})


def read_state(connection: sqlite3.Connection, filters: Filters) -> tuple[State, Question]:
    """What filters find, as `timeline` does, and its sums by year, as `summary` does. Raises UsageError."""
    question = ask(connection, filters)
    ids = frozenset(str(ident) for (ident,) in events.table(connection, question, ("id",)))
    kinds = question.words.added
    view = summarise(connection, question, filters, Grouping(("year",), kinds, run=EACH, named=False))
    years: dict[str, dict[int, Range | None]] = {kind: {} for kind in kinds}
    told = {n for tally in view.gauge.tallies.values() for n in tally}
    for group in view.rows:
        if told.isdisjoint(group.share.odd) and not group.share.plain.told:
            continue  # most years of a long history
        measure = view.measure(group)
        for span in group.window or ():
            if span[0] is not None:
                for kind in kinds:
                    years[kind][units.number("year", span[0])] = measure.sums[kind].figures
    return State(ids, {kind: view.total.sums[kind].figures for kind in kinds}, years), question


def read_states(
    before: sqlite3.Connection, after: sqlite3.Connection, filters: Filters
) -> tuple[State, State, Question]:
    """The same of two states; what only one of them knows by name finds nothing in the other.

    Raises UsageError on a bad date, and on a name that neither knows.
    """
    states: list[State] = []
    questions: list[Question] = []
    faults: list[UsageError] = []
    for connection in (before, after):
        try:
            state, question = read_state(connection, filters)
        except UsageError as fault:
            state = NOTHING
            faults.append(fault)
        else:
            questions.append(question)
        states.append(state)
    if not questions:
        raise faults[-1]
    return states[0], states[1], questions[-1]


def compare_sums(before: State, after: State) -> list[SumChange]:
    """The sums that differ: those of all events first, then by year, oldest first."""
    found: list[SumChange] = []
    kinds = dict.fromkeys((*before.total, *after.total))
    for kind in kinds:
        old, new = _told(before.total.get(kind)), _told(after.total.get(kind))
        if old != new:
            found.append(SumChange("", kind, old, new))
    changes = [change for kind in kinds for change in _by_year(kind, before.years, after.years)]
    return found + [change for _, change in sorted(changes, key=lambda one: one[0])]


def _by_year(kind: str, before: Mapping[str, Sums], after: Mapping[str, Sums]) -> list[tuple[int, SumChange]]:
    """The years whose sums of one kind differ, those in a row that differ alike as one."""
    runs: list[tuple[int, int, Range | None, Range | None]] = []
    sides = before.get(kind, {}), after.get(kind, {})
    for at in sorted({*sides[0], *sides[1]}):
        old, new = (_told(side.get(at)) for side in sides)
        if old == new:
            continue
        if runs and runs[-1][1:] == (at - 1, old, new):
            runs[-1] = runs[-1][0], at, old, new
        else:
            runs.append((at, at, old, new))
    return [
        (first, SumChange(units.name("year", first, None if first == last else last), kind, old, new))
        for first, last, old, new in runs
    ]


def _told(figures: Range | None) -> Range | None:
    """A sum without whether its claims clash; that nobody died is as good as nothing told."""
    return figures._replace(disputed=False) if figures and figures.high + figures.open else None
