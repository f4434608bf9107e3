"""Times of day that a question begins or ends with: which events they leave out, which a zone brings in, as SQL.

A clock time with a zone counts by its instant, one without as it is printed. Days further from the time of day than
the next are told by the day, whatever the zone.
"""

from mali_chrono.answers.matching import Condition, Window
from mali_chrono.answers.windows import Moment, Time
from mali_chrono.dates.clock import DAY
from mali_chrono.dates.spans import bounds


def left_out(time: Time) -> list[Condition]:
    """The SQL that leaves out clock times which the days of a time hold and its ends do not."""
    return [(f"NOT {_outside(moment, late=late)}", []) for moment, late in _ends(time)]


def brought_in(window: Window | None, time: Time) -> Condition | None:
    """The SQL for clock times that lie in a time by their zone and beside it by the day as printed; None for none."""
    ends = [end for end in _ends(time) if end[0].clock.offset is not None]
    if not window or not ends:
        return None
    first, last = bounds((window[0][0], window[-1][1]))
    days = [first - any(not late for _, late in ends), last + any(late for _, late in ends)]
    inside = " AND ".join(f"NOT {_outside(moment, late=late)}" for moment, late in ends)
    return f"(zone IS NOT NULL AND lo = hi AND lo BETWEEN ? AND ? AND {inside})", [*days]


def _ends(time: Time) -> list[tuple[Moment, bool]]:
    """The times of day that a time begins and ends with; whether it is the end."""
    return [(moment, late) for moment, late in ((time.since, False), (time.until, True)) if moment]


def _outside(moment: Moment, *, late: bool) -> str:
    """Whether an event's clock time is earlier than a time of day, or later (`late`); never NULL."""
    sign, (seconds, offset) = (">" if late else "<"), moment.clock
    # A far day would be too large a number of seconds for some engines.
    told = f"(lo - {moment.day}) * {DAY} + clock"
    how = f"{told} {sign} {seconds}"
    if offset is not None:
        how = f"CASE WHEN zone IS NULL THEN {how} ELSE {told} - zone {sign} {moment.clock.instant} END"
    near = f"clock IS NOT NULL AND lo = hi AND lo BETWEEN {moment.day - 1} AND {moment.day + 1}"
    return f"(CASE WHEN {near} THEN {how} ELSE FALSE END)"
