"""Events with all that the index says of each, a few at a time, for those that write a whole store somewhere else."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from mali_chrono.answers import matching
from mali_chrono.answers.events import json_rows, table
from mali_chrono.answers.filters import Filters, Question, ask
from mali_chrono.dates.spans import Span, core_of, opened
from mali_chrono.figures.reckon import Range

# Events that are read at once.
CHUNK = 500
_COLUMNS = ("n", "when", "places", "who", "year", "lo", "hi", "clock", "zone")


class Part(NamedTuple):
    """An actor's part in an event, numbered, its own or through a member (`via`)."""

    number: int
    actor: str
    role: str
    direct: bool
    via: str | None
    certainty: str


class Extract(NamedTuple):
    """An event: its json row, its words for when, where and who, the year it stands under, its days and time of day.

    `around` are the places that its own lie in, `outlets` (id, as printed) pairs, `figures` what each kind of toll
    comes to, `runs` the days it may touch with those it surely covers.
    """

    row: dict[str, Any]
    when: str
    where: str
    who: str
    year: int | None
    days: Span
    clock: int | None
    zone: int | None
    runs: Sequence[tuple[Span, Span | None]]
    parts: Sequence[Part]
    around: Sequence[str]
    outlets: Sequence[tuple[str, str]]
    figures: dict[str, Range]


def read_extracts(connection: sqlite3.Connection, numbers: Sequence[int]) -> Iterator[Extract]:
    """The events of some numbers, in that order, read a few at a time."""
    plain = ask(connection, Filters())
    for start in range(0, len(numbers), CHUNK):
        yield from _read(connection, plain._replace(where=matching.listed(numbers[start : start + CHUNK])))


def _read(connection: sqlite3.Connection, question: Question) -> Iterator[Extract]:
    def beside(columns: str, source: str, order: str) -> dict[int, list[Any]]:
        """Rows of a table that holds something of each event, by its number."""
        condition, values = question.where
        found = connection.execute(f"SELECT n, {columns} FROM {source} AND {condition} ORDER BY n, {order}", values)
        return {n: [row[1:] for row in rows] for n, rows in groupby(found, key=lambda row: row[0])}

    runs = beside("lo, hi, core_lo, core_hi", "span WHERE TRUE", "lo")
    parts = beside("part, actor, role, direct, via, certainty", "part WHERE TRUE", "part, direct DESC, actor")
    around = beside("key", "facet WHERE kind = 'place' AND NOT direct", "key")
    outlets = beside("key, coalesce(spelt, key)", "facet WHERE kind = 'outlet'", "key")
    figures = beside("kind, low, best, high, open, disputed", "toll WHERE of = ''", "kind")
    rows = json_rows(connection, question)
    for text, (n, when, where, who, year, low, high, clock, zone) in zip(
        rows, table(connection, question, _COLUMNS), strict=True
    ):
        yield Extract(
            json.loads(text), when, where or "", who or "", year, opened(low, high), clock, zone,
            [(opened(*run[:2]), core_of(*run[2:])) for run in runs[n]],
            [Part(i, a, r, bool(d), v, c) for i, a, r, d, v, c in parts.get(n, ())],
            [key for (key,) in around.get(n, ())],
            outlets.get(n, ()),
            {kind: Range(a, b, c, bool(more), bool(torn)) for kind, a, b, c, more, torn in figures.get(n, ())},
        )  # fmt: skip
