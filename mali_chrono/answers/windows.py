"""The time a question is about: --since, --until and --in, which take dates, and periods and events for their time."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mali_chrono.answers.matching import EVER, Window, intersection
from mali_chrono.answers.names import marks, titled
from mali_chrono.dates.spans import merge, opened
from mali_chrono.errors import UsageError
from mali_chrono.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.dates.clock import Clock

Today = tuple[int, int, int]


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
    """The days asked about, from or up to which time of day, and what was typed with what it came to."""

    window: Window
    since: Moment | None
    until: Moment | None
    echo: Mapping[str, object]


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
    if when.within:
        parts = [span for text in when.within for span in _within(connection, text, when.today)]
        window = intersection(window, merge(parts))
        echo["in"] = when.within[0] if len(when.within) == 1 else list(when.within)
    if not echo:
        return None
    from mali_chrono.dates.days import iso_day

    if not window:
        asked = [f"--{key} {text}" for key, value in echo.items() for text in _listed(value)]
        raise UsageError(f"{' '.join(asked)}: no day is left that lies in all of them")
    first, last = window[0][0], window[-1][1]
    days = {"first": first, "last": last}
    echo |= {name: None if day is None else iso_day(day) for name, day in days.items()}
    return Time(window, moments.get("since"), moments.get("until"), echo)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _edge(connection: sqlite3.Connection, key: str, text: str, today: Today) -> tuple[Window, Moment | None]:
    """From the first day of a date on, or up to its last one."""
    date, clock = text.strip(), None
    if "T" in date[1:]:
        from mali_chrono.dates.clock import read_clock

        clock = read_clock(date)
        date = date.partition("T")[0] if clock else date
    window = _days(connection, key, date, today)
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


def _days(connection: sqlite3.Connection, key: str, text: str, today: Today) -> Window:
    from mali_chrono.dates import typed

    try:
        return typed.spans(text, today)
    except typed.WhenError as fault:
        if window := named_time(connection, text):
            return window
        raise UsageError(f"--{key} {fault}") from None


def named_time(connection: sqlite3.Connection, text: str) -> Window | None:
    """The time of the period of an id or name, or of the event of an id; None where there is none.

    Raises UsageError when several periods have that name.
    """
    ids = [ident for (ident,) in connection.execute("SELECT id FROM period WHERE id = ?", (text,))]
    ids = ids or [
        ident
        for (ident,) in connection.execute(
            "SELECT DISTINCT id FROM name JOIN period USING (id) WHERE name.kind IN ('period', 'actor') AND key = ?",
            (fold(text),),
        )
    ]
    if len(ids) > 1:
        raise UsageError(f"'{text}' names several: " + "; ".join(titled(connection, ("period", "actor"), ids)))
    sql = f"SELECT lo, hi FROM period WHERE id IN ({marks(ids)})"
    rows = connection.execute(sql, ids).fetchall() if ids else []
    rows = (
        rows
        or connection.execute("SELECT span.lo, span.hi FROM span JOIN event USING (n) WHERE id = ?", (text,)).fetchall()
    )
    return merge(opened(*row) for row in rows) or None
