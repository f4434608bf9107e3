"""The unbroken runs of days that a date may touch: `[1962,1964]` is two, and neither holds 1963.

A date with X before what is known (`156X-12-25`, `2004-XX-25`) has a run for each day or month that fits.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mali_chrono.dates.days import month_length, ordinal
from mali_chrono.dates.edtf import Date, Part
from mali_chrono.dates.spans import Span, bounds, merge

# With more runs than this (`XXXX-12-25` has 10,000) a date counts as one, from its first day to its last.
MOST = 1000


class Run(NamedTuple):
    """Days a date may touch, first to last (None: open), and those of them that it surely covers, or None."""

    span: Span
    core: Span | None


def runs(date: Date) -> tuple[Run, ...]:
    """Every run of a date, in order; a date without a gap has one, with its own span and core."""
    if date.kind == "interval" or (len(date.ranges) == 1 and not _gapped(date.ranges[0][0])):
        return (Run(date.span, date.core),)
    spans = merge(span for first, last in date.ranges for span in _spans(date, first, last))
    if len(spans) == 1:
        return (Run(date.span, date.core),)
    if date.kind != "all-of":
        return tuple(Run(span, None) for span in spans)
    exact = merge(_span(first, last) for first, last in date.ranges if _is_day(first) and _is_day(last))
    cores = {span: core for span in spans for core in exact if bounds(span)[0] <= bounds(core)[0] <= bounds(span)[1]}
    return tuple(Run(span, cores.get(span)) for span in spans)


def _span(first: Part | None, last: Part | None) -> Span:
    return (first.earliest if first else None, last.latest if last else None)


def _is_day(part: Part | None) -> bool:
    """Whether an end of a range is open, or one day and no other."""
    return part is None or part.earliest == part.latest


def _spans(date: Date, first: Part | None, last: Part | None) -> Iterable[Span]:
    if first is last and first and _gapped(first):
        return _fitting(first)
    if date.kind == "one-of":  # a set open on one side counts by its known end
        first, last = first or last, last or first
    return [_span(first, last)]


def written_digits(part: Part) -> tuple[str, str, str]:
    """Year, month and day as written, without qualifiers; empty where there is none."""
    text = part.text.translate({ord(c): None for c in "?~%"})
    sign = "-" if text.startswith("-") else ""
    year, month, day = (*text.removeprefix("-").split("-"), "", "")[:3]
    return sign + year, month, day


def _gapped(part: Part | None) -> bool:
    """Whether what fits a date has gaps: X stands before something known."""
    if part is None or "X" not in part.text or part.approximate:
        return False
    year, month, day = written_digits(part)
    pattern = year.lstrip("-") + month + day
    return "X" in pattern.rstrip("X")


def _fitting(part: Part) -> Iterable[Span]:
    """The days or months that fit an X pattern, one span each."""
    year, month, day = written_digits(part)
    sign, free = (-1 if year[0] == "-" else 1), year.count("X")
    if 10**free > MOST:
        return [(part.earliest, part.latest)]
    years = sorted({sign * number for number in fitting_numbers(year.lstrip("-"), range(10**4)) if number or sign > 0})
    return list(_days(years, month, day))


def _days(years: Iterable[int], month: str, day: str) -> Iterator[Span]:
    for year in years:
        if not month:
            yield ordinal(year, 1, 1), ordinal(year, 12, 31)
        for number in fitting_numbers(month, range(1, 13)) if month else ():
            length = month_length(year, number)
            if not day:
                yield ordinal(year, number, 1), ordinal(year, number, length)
            for of_month in fitting_numbers(day, range(1, length + 1)) if day else ():
                yield (ordinal(year, number, of_month),) * 2


def fitting_numbers(pattern: str, among: range) -> list[int]:
    """The numbers that fit a pattern of digits and X."""
    if "X" not in pattern:
        return [int(pattern)] if int(pattern) in among else []
    size = len(pattern)
    return [n for n in among if all(p in ("X", d) for p, d in zip(pattern, f"{n:0{size}d}", strict=True))]
