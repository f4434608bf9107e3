"""Periods of time as rows: years, quarters, months, decades, centuries from the first that has an event to the last."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from mali_chrono.answers.matching import EVER, Window, intersection
from mali_chrono.answers.measures import Runs
from mali_chrono.dates import units

_PLAIN = -1  # stands for the plain events of a period among the numbers of odd ones


class TimeRow(NamedTuple):
    """One period, the number `at`, or a run of several from it on that hold the same events.

    `members` are its odd events, `window` its days of those asked about.
    """

    at: int
    key: str
    name: str
    members: frozenset[int]
    window: Window
    stands_for: int


def time_rows(
    runs: Mapping[int, Runs], unit: str, asked: Window | None, longest: int, plain: Iterable[int] = ()
) -> list[TimeRow]:
    """A row for each period, those that hold the same events put together when they are more than `longest`.

    Like a window, a period finds what may touch it. An open side reaches as far as the others do. `runs` are those of
    the odd events, `plain` the periods that hold plain ones too.
    """
    window = asked or EVER
    pieces = [
        (_number(unit, span[0]), _number(unit, span[1]), n)
        for n, days in runs.items()
        for run, _ in days
        for span in (intersection((run,), window) if asked else (run,))
    ]
    pieces += [(at, at, _PLAIN) for at in plain]
    rows = []
    for first, last, members in _sweep(_closed(pieces)):
        length = last - first + 1
        whole = length > longest
        for at, end in [(first, last)] if whole else [(n, n) for n in range(first, last + 1)]:
            days = intersection(window, (units.span(unit, at, end),)) if asked else (units.span(unit, at, end),)
            if not days:
                continue
            run = None if at == end else end
            key, name = units.key(unit, at, run), units.name(unit, at, run)
            rows.append(
                TimeRow(
                    at,
                    key,
                    name if members or at == end else units.counted_periods(unit, length),
                    members - {_PLAIN},
                    days,
                    end - at + 1,
                )
            )
    return rows


def spanning(runs: Mapping[int, Runs], unit: str) -> frozenset[int]:
    """The events whose date runs over several periods."""

    def places(days: Runs) -> set[int | None]:
        return {_number(unit, day) for span, _ in days for day in span}

    return frozenset(n for n, days in runs.items() if len(places(days)) > 1)


def _number(unit: str, day: int | None) -> int | None:
    return None if day is None else units.number(unit, day)


def _closed(pieces: Sequence[tuple[int | None, int | None, int]]) -> list[tuple[int, int, int]]:
    """First and last period and event, open sides closed where the others end."""
    ends = [end for first, last, _ in pieces for end in (first, last) if end is not None]
    low, high = min(ends, default=0), max(ends, default=0)
    return [(low if first is None else first, high if last is None else last, n) for first, last, n in pieces]


def _sweep(spans: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, int, frozenset[int]]]:
    """Stretches of periods that hold the same events, from the first to the last, the empty ones too."""
    begins: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for first, last, n in spans:
        begins.setdefault(first, []).append(n)
        ends.setdefault(last + 1, []).append(n)
    running: dict[int, int] = {}
    for at, following in pairwise(sorted({*begins, *ends})):
        for n in ends.get(at, ()):
            running[n] -= 1
            if not running[n]:
                del running[n]
        for n in begins.get(at, ()):
            running[n] = running.get(n, 0) + 1
        yield at, following - 1, frozenset(running)
