"""The time a question is about: --since, --until and --in, which take dates, and periods and events for their time."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from mali_chrono.answers.matching import EVER, Window, intersection
from mali_chrono.answers.names import marks, titled
from mali_chrono.dates.days import Today
from mali_chrono.dates.spans import merge, opened
from mali_chrono.errors import UsageError
from mali_chrono.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.dates.clock import Clock
    from mali_chrono.dates.elapsed import Point

Origin = Callable[[], "Point | None"]


class When(NamedTuple):
    """What a person typed: all must hold, several `within` are alternatives. `today` is (year, month, day)."""

    since: Sequence[str] = ()
    until: Sequence[str] = ()
    within: Sequence[str] = ()
    today: Today = (1, 1, 1)


class Moment(NamedTuple):
    """A time of day on a day."""

    day: int
    clock: "Clock"


class Time(NamedTuple):
    """The days asked about, from or up to which time of day, and what was typed with what it came to.

    `window` is None where only days of any year (`days`, month and day) were asked for. `origin` is what --since names,
    to count from.
    """

    window: Window | None
    since: Moment | None
    until: Moment | None
    echo: Mapping[str, object]
    days: Sequence[tuple[int, int]] = ()
    origin: "Origin | None" = None


def resolve_time(connection: sqlite3.Connection, when: When) -> Time | None:
    """The time that was typed; None for all time.

    Raises UsageError for what is neither a date nor a period or event, and for a time without a day.
    """
    window = EVER
    moments: dict[str, Moment | None] = {}
    echo: dict[str, object] = {}
    for key, texts in (("since", when.since), ("until", when.until)):
        if len(texts) > 1:
            raise UsageError(f"--{key} is given {len(texts)} times; give it once")
        for text in texts:
            part, moments[key] = _edge(connection, key, text, when.today)
            window, echo[key] = intersection(window, part), text
    days = [day for text in when.within if (day := _day_of_any_year(text))]
    if days and len(days) < len(when.within):
        raise UsageError("--in takes times or days of any year, not both; put the time into --since and --until")
    if when.within:
        if not days:
            parts = [span for text in when.within for span in _within(connection, text, when.today)]
            window = intersection(window, merge(parts))
        echo["in"] = when.within[0] if len(when.within) == 1 else list(when.within)
    if not echo:
        return None
    origin = _origin(connection, when) if when.since else None
    if window == EVER:
        return Time(None, None, None, echo, days, origin)
    from mali_chrono.dates.days import iso_day

    if not window:
        asked = [f"--{key} {text}" for key, value in echo.items() for text in _listed(value)]
        raise UsageError(f"{' '.join(asked)}: no day is left that lies in all of them")
    first, last = window[0][0], window[-1][1]
    ends = {"first": first, "last": last}
    echo |= {name: None if day is None else iso_day(day) for name, day in ends.items()}
    return Time(window, moments.get("since"), moments.get("until"), echo, days, origin)


def _origin(connection: sqlite3.Connection, when: When) -> Origin:
    """What --since names, to count from, once it is asked for; of a typed date its first day."""

    def read() -> "Point | None":
        from mali_chrono.dates.elapsed import Point, beginning

        (text,) = when.since
        try:
            window, moment = _edge(connection, "since", text, when.today, is_named=False)
        except UsageError:
            date, event = named_date(connection, text)
            point = beginning(date) if date else None
            return point and point._replace(event=event)
        day = window[0][0]
        return None if day is None else Point(day, day, clock=moment.clock if moment else None)

    return read


def _day_of_any_year(text: str) -> tuple[int, int] | None:
    """Month and day of a day of any year, `XXXX-03-22`; None for another time. Raises UsageError where it is no day."""
    typed = text.strip()
    if not typed.startswith("XXXX-"):
        return None
    from mali_chrono.dates.days import month_length

    number = typed.removeprefix("XXXX-").split("-")
    month, day = (int(part) if part.isdecimal() and len(part) == 2 else 0 for part in (*number, "", "")[:2])
    if len(number) != 2 or not 1 <= month <= 12 or not 1 <= day <= month_length(2000, month):
        raise UsageError(f"--in '{text}': of any year only a day is found, like XXXX-03-22")
    return month, day


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _edge(
    connection: sqlite3.Connection, key: str, text: str, today: Today, *, is_named: bool = True
) -> tuple[Window, Moment | None]:
    """From the first day of a date on, or up to its last one; `is_named`: it may be what has a name."""
    date, clock = text.strip(), None
    if "T" in date[1:]:
        from mali_chrono.dates.clock import read_clock

        clock = read_clock(date)
        date = date.partition("T")[0] if clock else date
    window = _days(connection, key, date, today, is_named=is_named)
    day = window[0][0] if key == "since" else window[-1][1]
    if day is None:
        side = "first" if key == "since" else "last"
        raise UsageError(f"--{key} '{text}' has no {side} day; write --in '{text}'")
    return (((day, None),) if key == "since" else ((None, day),)), Moment(day, clock) if clock else None


def _within(connection: sqlite3.Connection, text: str, today: Today) -> Window:
    """The days of a date; of one so long ago, as "30d", the days from then through today."""
    from mali_chrono.dates import days, relative

    window = _days(connection, "in", text, today)
    return ((window[0][0], days.ordinal(*today)),) if relative.is_ago(text) else window


def _days(connection: sqlite3.Connection, key: str, text: str, today: Today, *, is_named: bool = True) -> Window:
    from mali_chrono.dates import typed

    try:
        return typed.spans(text, today)
    except typed.WhenError as fault:
        if is_named and (window := named_time(connection, text)):
            return window
        raise UsageError(f"--{key} {fault}") from None


def named_time(connection: sqlite3.Connection, text: str) -> Window | None:
    """The time of the period of an id or name, of the event of an id, or of an actor's life; None where there is none.

    Raises UsageError when several have that name, and for an actor that does not say when it was active.
    """
    spans = "SELECT lo, hi FROM period WHERE id = ?"
    ids = _named(connection, text, ("period", "actor"), "period")
    if not ids:
        spans, ids = "SELECT span.lo, span.hi FROM span JOIN event USING (n) WHERE id = ?", [text]
    windows = [opened(*row) for row in connection.execute(spans, ids)]
    if not windows and (ids := _named(connection, text, ("actor",), "actor")):
        rows = connection.execute("SELECT lo, hi FROM actor WHERE id = ? AND active IS NOT NULL", ids)
        windows = [opened(*row) for row in rows]
        if not windows:
            raise UsageError(f"'{text}' is an actor whose record does not say when it was active")
    return merge(windows) or None


def named_date(connection: sqlite3.Connection, text: str) -> tuple[str | None, str | None]:
    """The EDTF date of what `named_time` finds, and its id where it is an event."""
    if ids := _named(connection, text, ("period", "actor"), "period"):
        row = connection.execute("SELECT date FROM period WHERE id = ?", ids).fetchone()
    else:
        row = connection.execute("SELECT date FROM event WHERE id = ?", (text,)).fetchone()
        if row:
            return row[0], text
    if row is None and (ids := _named(connection, text, ("actor",), "actor")):
        row = connection.execute("SELECT active FROM actor WHERE id = ?", ids).fetchone()
    return (row[0] if row else None), None


def _named(connection: sqlite3.Connection, text: str, kinds: Sequence[str], table: str) -> list[str]:
    """The id in a table of what has an id or name; none, or one. Raises UsageError where several have that name."""
    ids = [ident for (ident,) in connection.execute(f"SELECT id FROM {table} WHERE id = ?", (text,))]
    sql = f"SELECT DISTINCT id FROM name JOIN {table} USING (id) WHERE name.kind IN ({marks(kinds)}) AND key = ?"
    ids = ids or [ident for (ident,) in connection.execute(sql, (*kinds, fold(text)))]
    if len(ids) > 1:
        raise UsageError(f"'{text}' names several: " + "; ".join(titled(connection, kinds, ids)))
    return ids
