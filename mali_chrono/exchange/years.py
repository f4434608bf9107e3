"""The years that events may touch, for the tables `year` and `event_year`."""

from collections.abc import Iterable, Iterator, Sequence

from mali_chrono.dates import units
from mali_chrono.dates.spans import Span, inside

# An event that may touch more years than this has a row only for those that others touch, and its first and last.
LONGEST = 20_000
_Range = tuple[int, int]


def year_of(day: int | None) -> int | None:
    """The year of a day; None for an open side."""
    return None if day is None else units.number("year", day)


class Years:
    """The years that some runs of days may touch; open sides reach as far as the others do."""

    def __init__(self, runs: Iterable[Span]) -> None:
        pairs = {(year_of(first), year_of(last)) for first, last in runs}
        ends = [end for pair in pairs for end in pair if end is not None]
        self.first, self.last = min(ends, default=0), max(ends, default=0)
        self.all: list[int] = []
        if ends:
            closed = [self._closed(pair) for pair in pairs]
            short = {year for low, high in closed if high - low < LONGEST for year in range(low, high + 1)}
            self.all = sorted(short.union(*closed))

    def _closed(self, pair: tuple[int | None, int | None]) -> _Range:
        low, high = pair
        return self.first if low is None else low, self.last if high is None else high

    def touched(self, runs: Sequence[Span]) -> Iterator[tuple[int, bool, bool]]:
        """Each year that an event's runs may touch, whether all of it lies inside, and whether it began there."""
        ranges = [self._closed((year_of(first), year_of(last))) for first, last in runs]
        began = year_of(runs[-1][1] if runs[0][0] is None else runs[0][0])
        found: set[int] = set()
        for low, high in ranges:
            found.update(range(low, high + 1) if high - low < LONGEST else (y for y in self.all if low <= y <= high))
        for year in sorted(found):
            days = units.span("year", year, year)
            yield year, all(inside(run, days) for run in runs), year == began

    def rows(self) -> Iterator[tuple[object, ...]]:
        """The rows of the table `year`: each with its days, its decade and its century."""
        for year in self.all:
            held: list[object] = []
            for unit in ("decade", "century"):
                at = units.of_month(unit, year * 12)
                held += [units.key(unit, at), *units.span(unit, at, at)]
            yield (year, units.key("year", year), *units.span("year", year, year), *held)
