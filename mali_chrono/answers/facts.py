"""What plain events come to, added up by SQL: those that no link, gap or open end makes hard to count.

A plain event lies in one span of the time asked about, and in one year (quarter, month) where rows are periods; so it
surely falls into its row, whole. Every other event is odd, and measured by itself (`measures.py`).
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mali_chrono.answers import matching
from mali_chrono.answers.filters import Question
from mali_chrono.answers.matching import Condition
from mali_chrono.answers.measures import UNTOLD, Gauge, Plain, Toll, apart, read_gauge, together
from mali_chrono.answers.names import marks
from mali_chrono.answers.vocabulary import words_of
from mali_chrono.dates import units
from mali_chrono.figures.reckon import Range
from mali_chrono.figures.sums import LINKING

# Keys of which an event has one value, so that rows share no plain event.
SINGLE = (*units.UNITS, "type", "category")
Value = str | int  # of a key: a text, or a period's number


def margin(cells: Mapping[tuple[Value, ...], Plain], side: int) -> dict[Value, Plain]:
    """What the cells of each value of one of their keys come to."""
    parts: dict[Value, list[Plain]] = {}
    for values, plain in cells.items():
        parts.setdefault(values[side], []).append(plain)
    return {value: together(found) for value, found in parts.items()}


def plain_events(question: Question, by: Sequence[str], levels: Sequence[str]) -> Condition | None:
    """The SQL for a row of `fact` that is plain in rows by some keys; None where nothing is, as they may share events.

    The latest report of some `levels` is looked for one by one.
    """
    if not set(by) <= set(SINGLE):
        return None
    conditions: list[Condition] = [("NOT odd", [])]
    conditions += [(f"{_period('m0', key)} = {_period('m1', key)}", []) for key in by if key in units.UNITS]
    if question.window is not None:
        conditions.append(matching.held(question.window))
    conditions.append(_unlinked(of_all=question.chosen[0] == matching.ALWAYS))
    if levels:
        conditions.append((f"n NOT IN (SELECT n FROM toll WHERE kind IN ({marks(levels)}) AND of = '')", [*levels]))
    return matching.all_of(conditions)


def _unlinked(*, of_all: bool) -> Condition:
    """The SQL for a row of `fact` whose event no link that matters for sums leads from or to.

    Few events look up their links, all are held against those there are.
    """
    kinds = marks(LINKING)
    if of_all:
        leading = f"SELECT n FROM link WHERE kind IN ({kinds})"
        led = f"SELECT event.n FROM link JOIN event ON event.id = target WHERE kind IN ({kinds})"
        return f"n NOT IN ({leading} UNION {led})", [*LINKING, *LINKING]
    leading = f"SELECT 1 FROM link WHERE link.n = fact.n AND kind IN ({kinds})"
    led = f"SELECT 1 FROM event JOIN link ON target = id WHERE event.n = fact.n AND kind IN ({kinds})"
    return f"NOT EXISTS ({leading}) AND NOT EXISTS ({led})", [*LINKING, *LINKING]


def _period(month: str, unit: str) -> str:
    """The SQL for the number of the year, quarter or month that holds a month; SQLite divides towards zero."""
    step = units.months_in(unit)
    return f"(({month} - {step - 1} * ({month} < 0)) / {step})"


def read_plain(
    connection: sqlite3.Connection, question: Question, plain: Condition, by: Sequence[str], tolls: Sequence[Toll]
) -> dict[tuple[Value, ...], Plain]:
    """What the plain events of a question come to, by the values of some keys."""
    (chosen, bound), (condition, values) = question.chosen, plain
    columns = "".join(f"{_period('m0', key) if key in units.UNITS else key}, " for key in by)
    grouped = f" GROUP BY {', '.join(map(str, range(1, len(by) + 1)))}" if by else ""
    where = f"{chosen} AND {condition}"
    parts: dict[tuple[Value, ...], list[Plain]] = {}

    def read(sql: str, *more: str) -> Iterable[tuple[list[Plain], list[Any]]]:
        for row in connection.execute(sql, [*more, *bound, *values]).fetchall():
            if row[len(by)]:
                key = tuple(_value(unit, value) for unit, value in zip(by, row, strict=False))
                yield parts.setdefault(key, []), row[len(by) :]

    for found, (events, reports) in read(f"SELECT {columns}count(*), sum(reporting) FROM fact WHERE {where}{grouped}"):
        found.append(Plain(events, reports))
    if not tolls:
        return {key: together(found) for key, found in parts.items()}
    kinds, groups = (sorted(set(some)) for some in zip(*tolls, strict=True))
    # Without stated statistics SQLite cannot know: few events look up their figures, all are found by these.
    join = "toll CROSS JOIN fact USING (n)" if chosen == matching.ALWAYS else "fact CROSS JOIN toll USING (n)"
    sums = "count(*), kind, of, sum(low), sum(best), sum(high), max(open), max(disputed)"
    told = f"kind IN ({marks(kinds)}) AND of IN ({marks(groups)}) AND NOT reporting"
    each = f"{grouped}, kind, of" if grouped else " GROUP BY kind, of"
    sql = f"SELECT {columns}{sums} FROM {join} WHERE {told} AND {where}{each}"
    for found, (count, kind, group, low, best, high, more, disputed) in read(sql, *kinds, *groups):
        figures = Range(low, best, high, bool(more), bool(disputed))
        found.append(Plain(0, 0, {(kind, group): (count, figures)}))
    return {key: together(found) for key, found in parts.items()}


def _value(key: str, value: Value) -> Value:
    """The value of a key that a column stands for."""
    return units.of_month(key, int(value) * units.months_in(key)) if key in units.UNITS else value


def read_sums(
    connection: sqlite3.Connection, question: Question, kinds: Sequence[str], of: str = "", by: Sequence[str] = ()
) -> tuple[Gauge, dict[tuple[Value, ...], Plain]]:
    """What measures the odd events of a question, and what the plain ones come to by the values of some keys."""
    levels = words_of(connection).levels
    plain = plain_events(question, by, [kind for kind in kinds if kind in levels])
    if plain is None:
        return read_gauge(connection, question.chosen, kinds, of), {}
    (chosen, bound), (condition, values) = question.chosen, plain
    sql = f"SELECT n FROM fact WHERE {chosen} AND NOT {condition}"
    odd = matching.listed([n for (n,) in connection.execute(sql, [*bound, *values])])
    tolls: list[Toll] = [(kind, whose) for kind in kinds for whose in (of, *[UNTOLD] * apart(of))]
    gauge = read_gauge(connection, odd, kinds, of)
    return gauge, read_plain(connection, question, plain, by, tolls)
