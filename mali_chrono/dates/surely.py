"""What a date says by every reading: `?` doubts it, an open side may be anywhere; what misses it then is wrong."""

from mali_chrono.dates.edtf import Date, Part, parse
from mali_chrono.dates.runs import runs
from mali_chrono.dates.spans import Span, inside, merge, overlap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

Spans = tuple[Span, ...]
ALWAYS: Spans = ((None, None),)


def may(*dates: Date) -> Spans:
    """The days that one of some dates may touch, in order: an end with `?` is open, "[..2022-08]" is any day before."""
    return merge(span for date in dates for span in _spans(date))


def must(date: Date) -> Span | None:
    """The days that a date covers by every reading: its core, or of an end with `?` only what the other one proves."""
    known = _known(date)
    return known.core if known else None


def apart(one: Spans, other: Spans) -> bool:
    """Whether no day lies in both."""
    return not any(overlap(a, b) for a in one for b in other)


def outside(date: Date, spans: Spans) -> bool:
    """Whether a date lies, or reaches, outside some spans by every reading."""
    core = must(date)
    return apart(may(date), spans) or (core is not None and not any(inside(core, span) for span in spans))


def _spans(date: Date) -> "Iterable[Span]":
    known = _known(date)
    if known is None:
        return ALWAYS
    if None in (known.earliest, known.latest):
        return ((known.earliest, known.latest),)
    return (run.span for run in runs(known))


def _known(date: Date) -> Date | None:
    """The date without an end that is in doubt; None where nothing is left."""
    if not date.uncertain:
        return date
    start, end = date.ranges[0] if date.kind == "interval" else (None, None)
    if _is_sure(start):
        return parse(f"{start}/")
    return parse(f"/{end}") if _is_sure(end) else None


def _is_sure(part: Part | None) -> bool:
    return part is not None and not part.uncertain
