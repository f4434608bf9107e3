"""Scales: days and numbers -> pixels, and the ticks that have room for their labels."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mali_chrono.dates.days import from_ordinal, ordinal
from mali_chrono.dates.words import day_words, month_name
from mali_chrono.dates.years import year_words
from mali_chrono.plot.letters import text_width

_GAP = 10.0  # between the labels of two ticks, at least
_STEPS = (1, 2, 5)
_MONTHS = (1, 3, 6)
_FEW_YEARS = 3 * 365  # days up to which months are told


class Scale(NamedTuple):
    """Days from `first` to the end of `last` on `width` pixels from `left` on."""

    first: int
    last: int
    left: float
    width: float

    @property
    def day(self) -> float:
        """How wide a day is."""
        return self.width / (self.last + 1 - self.first)

    def x(self, day: int) -> float:
        """Where a day begins, no further out than the scale reaches."""
        return self.left + (min(max(day, self.first), self.last + 1) - self.first) * self.day


class Tick(NamedTuple):
    """A place on a scale and its label."""

    x: float
    label: str


def time_ticks(scale: Scale, size: float) -> list[Tick]:
    """Beginnings of months or years, as many as have room for their labels one beside the other."""
    for months in _MONTHS if scale.last - scale.first < _FEW_YEARS else ():
        ticks = _months(scale, months)
        if ticks and _have_room(ticks, size):
            return ticks
    first, last = (from_ordinal(day)[0] for day in (scale.first, scale.last))
    for step in _nice():
        if (last - first) / step > scale.width / 20:
            continue
        ticks = [
            Tick(scale.x(ordinal(year, 1, 1)), year_words(year))
            for year in _years(first, last + 1, step)
            if scale.first <= ordinal(year, 1, 1) <= scale.last
        ]
        if _have_room(ticks, size):
            return ticks
    return []


def _nice() -> Iterator[int]:
    """1, 2, 5, 10, 20, 50 ..."""
    power = 1
    while power < 10**18:
        yield from (step * power for step in _STEPS)
        power *= 10


def _years(first: int, last: int, step: int) -> Iterator[int]:
    """Years that are round numbers as people count them: 500 BC is year -499, and 1 stands for the turn of the era."""
    if step == 1:
        yield from range(first, last + 1)
        return
    for block in range(-(-(first - 1) // step), last // step + 1):
        year = 1 + block * step if block < 0 else block * step or 1
        if first <= year <= last:
            yield year


def _months(scale: Scale, step: int) -> list[Tick]:
    year, month, _ = from_ordinal(scale.first)
    ticks: list[Tick] = []
    at = year * 12 + month - 1
    while (day := ordinal(at // 12, at % 12 + 1, 1)) <= scale.last:
        if day >= scale.first and at % 12 % step == 0:
            year, month = divmod(at, 12)
            ticks.append(Tick(scale.x(day), month_name(month + 1) if ticks and month else day_words(year, month + 1)))
        at += 1
    return ticks


def _have_room(ticks: Sequence[Tick], size: float) -> bool:
    widths = [text_width(tick.label, size) for tick in ticks]
    return all(
        right.x - left.x >= (a + b) / 2 + _GAP
        for left, right, a, b in zip(ticks, ticks[1:], widths, widths[1:], strict=False)
    )


def number_ticks(most: int, count: int = 6) -> list[int]:
    """Round numbers from 0 to the first that is not under `most`, about `count` of them."""
    step = next(step for step in _nice() if step * count >= max(most, 1))
    return list(range(0, -(-max(most, 1) // step) * step + 1, step))


def every(labels: Sequence[str], room: float, size: float) -> int:
    """Of labels that stand `room` pixels apart, the how manieth is written so that none touches the next."""
    widest = max((text_width(label, size) for label in labels), default=0)
    return max(1, int(-(-(widest + _GAP) // room)))
