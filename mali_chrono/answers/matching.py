"""What it means to fall into a window: may, must and within, as SQL and as functions, side by side.

A date has a span, the days it may touch, and a core, those it surely covers, or None. It *may* fall into a window when
its span meets it, *must* when its span lies inside or its core meets it, and lies *within* when its span lies inside.
"""

from mali_chrono.dates.spans import Span, bounds, inside, overlap

MUST, MAY = "must", "may"
Condition = tuple[str, list[object]]


def matches(span: Span, core: Span | None, window: Span) -> str | None:
    """How what has a date falls into a window: MUST, MAY, or None where it does not."""
    if inside(span, window) or (core is not None and overlap(core, window)):
        return MUST
    return MAY if overlap(span, window) else None


def may(window: Span) -> Condition:
    """The SQL for dates, with columns lo, hi, core_lo and core_hi, that may fall into a window."""
    first, last = bounds(window)
    return "(lo <= ? AND hi >= ?)", [last, first]


def must(window: Span) -> Condition:
    """The SQL for dates that surely fall into a window."""
    first, last = bounds(window)
    return "((lo >= ? AND hi <= ?) OR coalesce(core_lo <= ? AND core_hi >= ?, 0))", [first, last, last, first]


def within(window: Span) -> Condition:
    """The SQL for dates that lie wholly inside a window."""
    first, last = bounds(window)
    return "(lo >= ? AND hi <= ?)", [first, last]
