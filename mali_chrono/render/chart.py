"""Figures of a set of events: counts per year as a line of bars, the dead as a band or a json object."""

from collections.abc import Iterable, Sequence
from typing import Any

from mali_chrono.dates.years import year_words
from mali_chrono.figures.reckon import range_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.answers.history import Side
    from mali_chrono.kinds import Vocabulary

BLOCKS = "▁▂▃▄▅▆▇█"
ASCII = ".:-=+*#@"
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10000)


def bars(counts: Sequence[int], *, unicode: bool) -> str:
    """One character a count, its height by the largest; a blank for none."""
    most = max(counts, default=0)
    blocks = BLOCKS if unicode else ASCII
    return "".join(" " if not n else blocks[(n * len(blocks) - 1) // most] for n in counts)


def band(ends: Sequence[int], most: int, room: int) -> str:
    """Low, best and high on a line of so many columns from 0 to `most`: "   --o-----", the best figure an o."""
    low, best, high = (end * (room - 1) // most if most else 0 for end in ends)
    line = [" "] * low + ["-"] * (high + 1 - low)
    line[best] = "o"
    return "".join(line)


def by_year(years: Sequence[tuple[int, int]], width: int, *, unicode: bool) -> list[str]:
    """Events per year in lines of at most `width`: bars over counts over years, or a plain bar line of many years."""
    if not years:
        return []
    first, last = years[0][0], years[-1][0]
    cell = next((size for size in (5, 3) if (last - first + 1) * size <= width), 0)
    counts = dict(years)
    if cell and first > 999:
        span = range(first, last + 1)
        height = bars([counts.get(year, 0) for year in span], unicode=unicode)
        label = [str(year) if cell == 5 else f"{year % 100:02d}" for year in span]
        numbers = [str(counts.get(year, "")) for year in span]
        lines = ["".join(f"{text:<{cell}}" for text in row) for row in (height, numbers, label)]
        if cell == 3:
            lines[-1] += f"({first}-{last})" if len(lines[-1]) + 11 <= width else ""
        return [line.rstrip() for line in lines]
    ends = f"{year_words(first)} ", f" {year_words(last)}"
    room = max(width - len(ends[0]) - len(ends[1]), 10)
    step = next((step for step in _STEPS if (last - first) // step + 1 <= room), _STEPS[-1])
    row = bars(binned(years, first, last, step), unicode=unicode)
    each = f"a bar is {step} years; " if step > 1 else ""
    top, most = max(years, key=lambda pair: pair[1])
    return [f"{ends[0]}{row}{ends[1]}", f"{each}most in {year_words(top)}: {most}"]


def binned(years: Iterable[tuple[int, int]], first: int, last: int, step: int) -> list[int]:
    """Counts per `step` years from `first` to `last`; what lies outside is left out."""
    counts = [0] * ((last - first) // step + 1)
    for year, n in years:
        if first <= year <= last:
            counts[(year - first) // step] += n
    return counts


def side(dead: "Side", words: "Vocabulary") -> dict[str, Any]:
    """What the first kind of toll comes to on a side, as a json object; null where no event has a figure."""
    return {
        **({words.main.id: range_row(dead.figures)} if words.main else {}),
        "events": dead.events,
        "without_figure": dead.untold,
        "in_doubt": dead.doubtful,
        "denied": dead.denied,
    }
