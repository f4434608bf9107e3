"""Spans of days: (first, last) proleptic Gregorian ordinals, both inclusive; None is an open side."""

Span = tuple[int | None, int | None]

# Wider than any date that can be written down with a day in it; stands for an open side where a number is needed.
FAR = 1 << 62


def bounds(span: Span) -> tuple[int, int]:
    """The span with its open sides as numbers beyond every date."""
    first, last = span
    return (-FAR if first is None else first, FAR if last is None else last)


def overlap(a: Span, b: Span) -> bool:
    """Whether two spans share a day."""
    (a_first, a_last), (b_first, b_last) = bounds(a), bounds(b)
    return a_first <= b_last and b_first <= a_last


def inside(a: Span, b: Span) -> bool:
    """Whether span `a` lies wholly within span `b`."""
    (a_first, a_last), (b_first, b_last) = bounds(a), bounds(b)
    return b_first <= a_first and a_last <= b_last
