"""Events by period: bars of events by kind, and below them the first kind of toll from low to high."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from mali_chrono.answers.measures import Measure
from mali_chrono.answers.summary import Summary
from mali_chrono.dates.units import counted_periods
from mali_chrono.figures.reckon import Range, range_text
from mali_chrono.kinds import TollKind, spoken
from mali_chrono.plot.axis import every, number_ticks
from mali_chrono.plot.letters import text_width, widest
from mali_chrono.plot.sheet import (
    GREY,
    INK,
    PALE,
    RED,
    SMALL,
    WHITE,
    Body,
    Box,
    Line,
    Mark,
    Text,
)  # fmt: skip
from mali_chrono.plot.stacks import Group, group_of, groups_of
from mali_chrono.text import counted

_LEFT, _HIGH, _LOW = 64.0, 250.0, 210.0  # the room for numbers; how high the panels are
_STEP, _WIDEST, _ROOM = 18.0, 76.0, 900.0  # how wide a period is at least and at most, and all of them usually
_GREY_BAND = "#b5b5b5"


class Period(NamedTuple):
    """A period: its name, events by group, how many surely fall in it, and its toll.

    `stands_for` counts the periods in a run that hold the same events, and stand together.
    """

    name: str
    counts: tuple[int, ...]
    must: int
    toll: Range | None
    stands_for: int = 1

    @property
    def events(self) -> int:
        """How many events may fall in it."""
        return sum(self.counts)


def periods_of(view: Summary) -> list[Period]:
    """The numbers of each period, from the same groups and sums that `summary --by year` tells."""
    groups = groups_of(view.words, {column.key or "" for column in view.columns})
    columns: list[list[int]] = [[] for _ in groups]
    for j, column in enumerate(view.columns):
        columns[group_of(column.key or "", groups)].append(j)
    periods = []
    for i, row in enumerate(view.rows):
        measure = view.measure(row)
        counts = tuple(sum(view.cells[i, j].events for j in held if (i, j) in view.cells) for held in columns)
        toll = next((told.figures for told in measure.sums.values()), None)
        periods.append(Period(row.name, counts, measure.must, toll, row.stands_for))
    return periods


def layout(view: Summary, unit: str) -> Body:
    """The picture of a summary by period and category; without any toll it has one panel."""
    periods, main = periods_of(view), view.words.main
    groups = groups_of(view.words, {column.key or "" for column in view.columns})
    step = min(max(_ROOM / len(periods), _STEP), _WIDEST) if periods else _WIDEST
    width = max(step * len(periods), 480.0)
    marks = list(_events(periods, groups, step, width))
    height = _HIGH + _label_room(periods)
    if main and any(period.toll for period in periods):
        upper = height + 20 + _head_room(periods, step)
        marks += _tolls(periods, step, width, upper, main)
        height = upper + _LOW + _label_room(periods)
    return Body(
        _LEFT + width + 8, height + 6, marks, list(_said(view, periods, unit)), _keys(periods, groups, main), [],
        *_table(periods, groups, main, unit),
    )  # fmt: skip


def _events(periods: Sequence[Period], groups: Sequence[Group], step: float, width: float) -> Iterator[Mark]:
    """The panel of bars."""
    ticks = number_ticks(max((period.events for period in periods), default=0))
    yield from _panel(0, _HIGH, width, ticks, "events")
    for i, period in enumerate(periods):
        yield from _stack(period, groups, _LEFT + i * step, step, ticks[-1])
    yield Line(_LEFT, _HIGH, _LEFT + width, _HIGH)
    yield from _labels(periods, step, _HIGH)


def _tolls(periods: Sequence[Period], step: float, width: float, y: float, main: TollKind) -> Iterator[Mark]:
    """The panel of the toll, from a height on."""
    ticks = number_ticks(max(period.toll.high for period in periods if period.toll))
    turned = _turned(periods, step)
    yield from _panel(y, _LOW, width, ticks, main.counted)

    def level(toll: int) -> float:
        return y + _LOW - toll / ticks[-1] * _LOW

    for i, period in enumerate(periods):
        yield from _band(period, _LEFT + i * step, step, turned=turned, level=level)
    yield Line(_LEFT, y + _LOW, _LEFT + width, y + _LOW)
    yield from _labels(periods, step, y + _LOW)


def _panel(y: float, height: float, width: float, ticks: Sequence[int], words: str) -> Iterator[Mark]:
    """The lines and numbers of a panel, the title of its axis turned upward."""
    for tick in ticks:
        at = y + height - tick / ticks[-1] * height
        yield Line(_LEFT, at, _LEFT + width, at, PALE)
        yield Text(_LEFT - 6, at + 4, f"{tick:,}", SMALL, GREY, "right")
    yield Text(12, y + height / 2, words, SMALL, GREY, "center", turned=True)


def _stack(period: Period, groups: Sequence[Group], x: float, step: float, most: int) -> Iterator[Mark]:
    """The bar of a period, white gaps between its parts, and a tick for what surely falls in it."""
    pad = step * 0.08
    y = _HIGH
    for count, group in zip(period.counts, groups, strict=True):
        if count:
            height = count / most * _HIGH
            yield Box(x + pad, y - height, step - 2 * pad, height, group.color, WHITE)
            y -= height
    if period.must < period.events:
        at = _HIGH - period.must / most * _HIGH
        yield Line(x + 1, at, x + step - 1, at, WHITE, 4)
        yield Line(x + 1, at, x + step - 1, at, INK, 2)


def _text(figures: Range) -> str:
    """Low to high: "12-131+", or the one figure."""
    more = "+" * figures.open
    return f"{figures.high}{more}" if figures.low == figures.high else f"{figures.low}–{figures.high}{more}"


def _turned(periods: Sequence[Period], step: float) -> bool:
    """Whether the figures of the periods are too wide to stand one beside the other."""
    return any(period.toll and text_width(_text(period.toll), SMALL) > step - 4 for period in periods)


def _head_room(periods: Sequence[Period], step: float) -> float:
    """What the figures above the highest bar take."""
    widest = max((text_width(_text(period.toll), SMALL) for period in periods if period.toll), default=0)
    return widest + 4 if _turned(periods, step) else 14.0


def _band(period: Period, x: float, step: float, *, turned: bool, level: Callable[[int], float]) -> Iterator[Mark]:
    """The toll of a period: grey from low to high, a line for the best figure, and both numbers above.

    `level` is the height of a number.
    """
    toll = period.toll
    if toll is None:
        return
    low, best, high = map(level, toll[:3])
    middle = x + step / 2
    if low - high >= 1:
        yield Box(x + step * 0.3, high, step * 0.4, low - high, _GREY_BAND)
    yield Line(x + step * 0.15, best, x + step * 0.85, best, RED, 4)
    above = min(high, best) - 5
    yield Text(middle + (4 if turned else 0), above, _text(toll), SMALL, INK, "left" if turned else "center",
               turned=turned)  # fmt: skip


def _short(name: str) -> str:
    return name.replace(" century", " c.")


def _broken(periods: Sequence[Period]) -> bool:
    """Whether some periods stand together: then every name is written, upward, as the axis is not even."""
    return any(period.stands_for > 1 for period in periods)


def _label_room(periods: Sequence[Period]) -> float:
    """How high the names below a panel are."""
    return 14 + widest((_short(period.name) for period in periods), SMALL) if _broken(periods) else 24.0


def _labels(periods: Sequence[Period], step: float, y: float) -> Iterator[Mark]:
    """The names of the periods below a panel, those that have room; "//" marks a run that stands together."""
    broken = _broken(periods)
    nth = 1 if broken else every([_short(period.name) for period in periods], step, SMALL)
    for i, period in enumerate(periods):
        x = _LEFT + (i + 0.5) * step
        name = _short(period.name)
        if period.stands_for > 1:
            yield Line(x - 4, y + 5, x, y - 5)
            yield Line(x, y + 5, x + 4, y - 5)
        elif i % nth == 0:
            yield Line(x, y, x, y + 5)
        if broken:
            yield Text(x + 4, y + 10 + text_width(name, SMALL), name, SMALL, turned=True)
        elif i % nth == 0:
            yield Text(x, y + 18, name, SMALL, INK, "center")


def _said(view: Summary, periods: Sequence[Period], unit: str) -> Iterator[str]:
    """What is counted, what is not."""
    total = view.total
    if not total.events:
        yield "No event matches."
        return
    reports = f", {counted(total.reports, 'report')} among them: reports add no figures" if total.reports else ""
    yield f"{counted(total.events, 'event')}{reports}."
    if _broken(periods):
        yield f"// stands for {_plural(unit)} in a row that hold the same events, or none."
    if total.spanning:
        bars = sum(period.events for period in periods)
        one = total.spanning == 1
        yield (
            f"{counted(total.spanning, 'date')} may fall in several {_plural(unit)} and {'counts' if one else 'count'}"
            f" in each: the bars hold {bars}; the black tick tells how many surely fall there."
        )
    yield from _said_of_toll(total, view.words.main)


def _said_of_toll(total: Measure, main: TollKind | None) -> Iterator[str]:
    """The toll in all, and how many events tell of none."""
    if main is None:
        return
    for told in total.sums.values():
        if told.figures:
            yield f"{spoken(main.id).capitalize()} in all: {range_text(told.figures)} (low to high; a + means or more)."
        if told.missing:
            yield f"{counted(told.missing, 'event tells', 'events tell')} no figure of {spoken(main.id)}."


def _plural(unit: str) -> str:
    return counted_periods(unit, 2).partition(" ")[2]


def _keys(periods: Sequence[Period], groups: Sequence[Group], main: TollKind | None) -> list[tuple[Mark, str]]:
    """The legend: of what is drawn."""
    keys: list[tuple[Mark, str]] = [
        (Box(0, -7, 14, 14, group.color), group.name)
        for i, group in enumerate(groups)
        if any(period.counts[i] for period in periods)
    ]
    if any(period.must < period.events for period in periods):
        keys.append((Line(0, 0, 16, 0, INK, 2), "surely in that time"))
    if main and any(period.toll for period in periods):
        keys += [
            (Box(2, -8, 10, 16, _GREY_BAND), f"{spoken(main.id)}, lowest to highest"),
            (Line(0, 0, 16, 0, RED, 4), "best figure"),
        ]
    return keys


def _table(
    periods: Sequence[Period], groups: Sequence[Group], main: TollKind | None, unit: str
) -> tuple[list[str], list[list[str]]]:
    """The numbers of the picture."""
    held = [i for i in range(len(groups)) if any(period.counts[i] for period in periods)]
    columns = [unit, *(groups[i].name for i in held), "events", "surely", *(["low", "best", "high"] if main else [])]
    rows = []
    for period in periods:
        toll = period.toll
        ends = [str(toll.low), str(toll.best), f"{toll.high}{'+' * toll.open}"] if toll else ["-"] * 3
        ends = ends if main else []
        rows.append([period.name, *(str(period.counts[i]) for i in held), str(period.events), str(period.must), *ends])
    return columns, rows
