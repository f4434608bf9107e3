"""Spans of days: (first, last) proleptic Gregorian ordinals, both inclusive; None is an open side."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

Span = tuple[int | None, int | None]

# Wider than any date that can be written down with a day in it; stands for an open side where a number is needed.
FAR = 1 << 62


def bounds(span: Span) -> tuple[int, int]:
    """The span with its open sides as numbers beyond every date."""
    first, last = span
    return (-FAR if first is None else first, FAR if last is None else last)


def clip(span: Span) -> tuple[int, int]:
    """The same, no number beyond what an index can hold."""
    first, last = bounds(span)
    return max(-FAR, min(FAR, first)), max(-FAR, min(FAR, last))


def overlap(a: Span, b: Span) -> bool:
    """Whether two spans share a day."""
    (a_first, a_last), (b_first, b_last) = bounds(a), bounds(b)
    return a_first <= b_last and b_first <= a_last


def inside(a: Span, b: Span) -> bool:
    """Whether span `a` lies wholly within span `b`."""
    (a_first, a_last), (b_first, b_last) = bounds(a), bounds(b)
    return b_first <= a_first and a_last <= b_last


def opened(first: int, last: int) -> Span:
    """The span that two numbers stand for: the inverse of `bounds`."""
    return (None if first <= -FAR else first, None if last >= FAR else last)


def core_of(first: int | None, last: int | None) -> Span | None:
    """The core that two numbers stand for; None for none."""
    return None if first is None or last is None else opened(first, last)


def merge(spans: "Iterable[Span]") -> tuple[Span, ...]:
    """Spans in order, those that overlap or follow each other joined to one."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(map(bounds, spans)):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return tuple(opened(*span) for span in joined)
