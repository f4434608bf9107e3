"""What plain events come to, added up by SQL: those that no gap or open end makes hard to count.

A plain event lies in one span of the time asked about, and in one year (quarter, month) where rows are periods; so it
surely falls into its row, whole. Every other event is odd, and measured by itself (`measures.py`).
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mali_chrono.answers import knots, matching
from mali_chrono.answers.filters import Question
from mali_chrono.answers.knots import Tied, Toll
from mali_chrono.answers.matching import Condition
from mali_chrono.answers.measures import Gauge, Plain, read_gauge, together, tolls_of
from mali_chrono.answers.names import marks
from mali_chrono.answers.vocabulary import words_of
from mali_chrono.dates import units
from mali_chrono.figures.reckon import Range

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
    room = min((units.months_in(key) for key in by if key in units.UNITS), default=units.LONGER)
    conditions: list[Condition] = [("room <= ?", [room])]
    if question.window is not None:
        conditions.append(matching.held(question.window))
    if levels:
        conditions.append((f"n NOT IN (SELECT n FROM toll WHERE kind IN ({marks(levels)}) AND of = '')", [*levels]))
    return matching.all_of(conditions)


def _period(unit: str) -> str:
    """The SQL for the number of the year, quarter or month in which an event began; SQLite divides towards zero."""
    step = units.months_in(unit)
    return f"((month - {step - 1} * (month < 0)) / {step})"


def read_plain(
    connection: sqlite3.Connection, question: Question, plain: Condition, by: Sequence[str], tolls: Sequence[Toll]
) -> tuple[dict[tuple[Value, ...], Plain], dict[int, Tied]]:
    """What the plain events of a question come to by the values of some keys; those of them that are tied to others."""
    (chosen, bound), (condition, values) = question.chosen, plain
    columns = "".join(f"{_period(key) if key in units.UNITS else key}, " for key in by)
    grouped = f" GROUP BY {', '.join(map(str, range(1, len(by) + 1)))}" if by else ""
    where = f"{chosen} AND {condition}"

    def read(sql: str, *more: object) -> Iterator[tuple[tuple[Value, ...], list[Any]]]:
        for row in connection.execute(sql, [*more, *bound, *values]):
            if row[len(by)]:
                yield row[: len(by)], row[len(by) :]

    told: dict[tuple[Value, ...], dict[Toll, tuple[int, Range]]] = {}
    beside: dict[tuple[Value, ...], list[int]] = {}
    tied: dict[int, Tied] = {}
    (asked, named), (several, tying) = knots.of_tolls(tolls), knots.tying(tolls)
    # Without stated statistics SQLite cannot know: few events look up their figures, all are found by these.
    join = "toll CROSS JOIN fact USING (n)" if chosen == matching.ALWAYS else "fact CROSS JOIN toll USING (n)"
    sums = "count(*), kind, of, sum(low), sum(best), sum(high), max(open), max(disputed)"
    each = f"{grouped}, kind, of" if grouped else " GROUP BY kind, of"
    sql = f"SELECT {columns}{sums} FROM {join} WHERE {asked} AND NOT reporting AND {where}{each}"
    for key, (count, kind, of, low, best, high, more, disputed) in read(sql, *named):
        told.setdefault(key, {})[kind, of] = count, Range(low, best, high, bool(more), bool(disputed))
    sql = f"SELECT {columns}n, head, size FROM knot CROSS JOIN fact USING (n) WHERE {several} AND {where}"
    for key, (n, head, size) in read(sql, *tying):
        beside.setdefault(key, []).append(n)
        tied[n] = Tied(head, size)
    # Decades and centuries are read by their years.
    found: dict[tuple[Value, ...], Plain] = {}
    for key, (events, reports) in read(f"SELECT {columns}count(*), sum(reporting) FROM fact WHERE {where}{grouped}"):
        value = tuple(map(_value, by, key))
        part = Plain(events, reports, told.get(key, {}), frozenset(beside.get(key, ())))
        found[value] = together([found[value], part]) if value in found else part
    return found, tied


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
        return read_gauge(connection, question.chosen, kinds, of, {}), {}
    (chosen, bound), (condition, values) = question.chosen, plain
    sql = f"SELECT n FROM fact WHERE {chosen} AND NOT {condition}"
    odd = matching.listed([n for (n,) in connection.execute(sql, [*bound, *values])])
    found, tied = read_plain(connection, question, plain, by, tolls_of(kinds, of))
    return read_gauge(connection, odd, kinds, of, tied), found
