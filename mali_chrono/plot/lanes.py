"""Who took part in what: a lane an actor, dots where the day is known, spans below them, what lasted above."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mali_chrono.answers.periods import Period
from mali_chrono.answers.pictures import Event, Lane, Lanes
from mali_chrono.dates import units
from mali_chrono.dates.spans import bounds
from mali_chrono.plot.axis import Scale, time_ticks
from mali_chrono.plot.letters import text_width, widest, wrap
from mali_chrono.plot.packing import pack, radius_of, round_numbers, swarm
from mali_chrono.plot.sheet import (
    DARK,
    INK,
    PALE,
    PLAIN,
    RED,
    SMALL,
    WHITE,
    Body,
    Box,
    Dot,
    Line,
    Mark,
    Path,
    Text,
    moved,
)  # fmt: skip
from mali_chrono.plot.stacks import call
from mali_chrono.text import counted, one_line

_WIDTH, _NAMES = 1000.0, 190.0  # the room for time, for names
_SIZES = (20.0, 12.0, 7.0, 4.0)  # radius of the largest dot: the first with which no place is crowded
_LARGEST, _LEAST = _SIZES[0], 2.6
_CROWDED = 0.6  # the part of a lane's height that dots may fill
_HIGHEST = 130.0  # how far a dot may be from the middle of its lane
_ROW, _ROWS, _STRIP = 8.0, 40, 5  # spans: the height of a row, how many rows of a lane; how many of periods
_STUB = 26.0  # how long a span is drawn whose other end nobody knows
_POINT = 4.0  # what is no wider is a dot


class _Span(NamedTuple):
    """What a lane draws below its dots: from where to where, the part it surely lasted, on which sides it is open."""

    left: float
    right: float
    core: tuple[float, float] | None
    before: bool
    after: bool
    color: str


class Size(NamedTuple):
    """How large dots are: the most dead of any, and the radius for that."""

    most: int
    largest: float

    def of(self, dead: int) -> float:
        """The radius for a number of dead."""
        return radius_of(dead, self.most, self.largest, _LEAST)


def layout(view: Lanes, *, direct: bool = False) -> Body:
    """The picture of some lanes; `direct`: of actors themselves, without who was part of them."""
    names = [wrap(one_line(lane.name), PLAIN, _NAMES) for lane in view.lanes]
    left = widest((line for lines in names for line in lines), PLAIN) + 14 + _LARGEST
    scale = Scale(*_days(view), left, _WIDTH)
    strip, height, undrawn = _periods(view.periods, scale)
    ticks = time_ticks(scale, SMALL) if view.days else []
    marks: list[Mark] = []
    y, top = 24.0 + height, 24.0
    most = max((event.toll or 0 for lane in view.lanes for event in lane.events), default=0)
    largest = next((size for size in _SIZES if _have_room(view.lanes, scale, Size(most, size))), _LARGEST)
    size = Size(most, largest)
    over = 0
    for lane, lines in zip(view.lanes, names, strict=True):
        drawn, high, beyond = _lane(lane, scale, size)
        high = max(high, 8 + 17.0 * len(lines))
        marks += [moved(mark, 0, y) for mark in drawn]
        marks += [
            Text(left - 12 - _LARGEST, y + 18 + 17 * k, line, PLAIN, INK, "right") for k, line in enumerate(lines)
        ]
        y += high
        marks.append(Line(0, y, left + _WIDTH, y, "#bbbbbb"))
        over += beyond
    y = max(y, top + 60)
    grid: list[Mark] = [Line(tick.x, top, tick.x, y, PALE) for tick in ticks]
    heads: list[Mark] = [Text(tick.x, 16, tick.label, SMALL, INK, "center") for tick in ticks]
    rows = [[lane.name, str(len(lane.events)), *_numbers(lane, view)] for lane in view.lanes]
    words = list(_said(view, scale, undrawn, over, direct=direct))
    return Body(
        left + _WIDTH + 24, y + 6, [*grid, *heads, *strip, *marks], words, _keys(view, size), [],
        ["actor", "events", *_heads(view)], rows,
    )  # fmt: skip


def _days(view: Lanes) -> tuple[int, int]:
    """The days that are drawn: whole months, where they are few."""
    if view.days is None:
        return 1, 31
    first, last = (units.number("month", day) for day in view.days)
    return units.span("month", first, last) if last - first < 3 else view.days


def _have_room(lanes: Sequence[Lane], scale: Scale, size: Size) -> bool:
    """Whether the dots of each lane leave some of its height free, wherever they stand."""
    wide = 2 * _LARGEST
    for lane in lanes:
        filled: dict[int, float] = {}
        for event in lane.events:
            for found in _drawn(event, scale, size):
                if not isinstance(found, _Span):
                    filled[int(found[0] // wide)] = filled.get(int(found[0] // wide), 0) + (2 * found[1]) ** 2
        if max(filled.values(), default=0) > wide * 2 * _HIGHEST * _CROWDED:
            return False
    return True


def _violent(view: Lanes) -> str:
    return call(view.words, view.violent, "violence")


def _heads(view: Lanes) -> list[str]:
    """What stands above the numbers of a lane."""
    main = view.main
    tolls = [f"with {main.heading} told", f"most {main.heading} in one (best figure)"] if main else []
    return [*[f"of {_violent(view)}"] * bool(view.violent), *tolls]


def _numbers(lane: Lane, view: Lanes) -> list[str]:
    told = [event.toll for event in lane.events if event.toll is not None]
    tolls = [str(len(told)), str(max(told, default="-"))] if view.main else []
    return [*[str(sum(event.violent for event in lane.events))] * bool(view.violent), *tolls]


def _lane(lane: Lane, scale: Scale, size: Size) -> tuple[list[Mark], float, int]:
    """The marks of a lane from its upper edge on, its height, and how many events have no room."""
    dots: list[tuple[float, float]] = []
    colors: list[bool] = []
    spans: list[_Span] = []
    for event in lane.events:
        for found in _drawn(event, scale, size):
            if isinstance(found, _Span):
                spans.append(found)
            else:
                dots.append(found)
                colors.append(event.violent)
    rounds = swarm(dots, _HIGHEST)
    placed = [(dot, violent) for dot, violent in zip(rounds, colors, strict=True) if dot]
    above = max((dot.radius - dot.y for dot, _ in placed), default=0) + 6
    below = max((dot.radius + dot.y for dot, _ in placed), default=0) + 6
    middle = max(above, 14.0)
    marks: list[Mark] = [
        Dot(dot.x, middle + dot.y, dot.radius, RED if violent else WHITE, WHITE if violent else DARK)
        for dot, violent in placed
    ]
    rows = pack([(span.left, span.right) for span in spans], 4, _ROWS)
    start = middle + below + 2 if placed else 14.0
    for span, row in zip(spans, rows, strict=True):
        if row is not None:
            marks += _span(span, start + row * _ROW)
    used = 1 + max((row for row in rows if row is not None), default=-1)
    high = start + used * _ROW + 4 if spans else middle + below
    beyond = sum(dot is None for dot in rounds) + sum(row is None for row in rows)
    if beyond:
        high += 16
        marks.append(Text(scale.left + _WIDTH, high - 5, f"+{beyond}", SMALL, INK, "right"))
    return marks, high, beyond


def _drawn(event: Event, scale: Scale, size: Size) -> Iterator[tuple[float, float] | _Span]:
    """A dot where an event's days are known closely, otherwise each of its runs of days as wide as it is."""
    color = RED if event.violent else DARK
    radius = size.of(event.toll or 0)
    for days, core in event.runs:
        first, last = days
        if first is not None and last is not None:
            wide = (last + 1 - first) * scale.day
            if last < scale.first or first > scale.last:
                continue
            if len(event.runs) == 1 and (last - first <= 31 or wide <= _POINT):
                yield scale.x((first + last) // 2), radius
                continue
        left, right = (None if day is None else scale.x(day + k) for k, day in enumerate(days))
        if left is None and right is None:
            left, right = scale.left, scale.left + scale.width
        elif left is None:
            left = max(scale.left, (right or 0) - _STUB)
        elif right is None:
            right = min(scale.left + scale.width, left + _STUB)
        lasted = None
        if core is not None:
            low, high = bounds(core)
            lasted = scale.x(max(low, scale.first)), scale.x(min(high, scale.last) + 1)
            right = max(right or 0, lasted[1])
            left = min(left or 0, lasted[0])
        yield _Span(left or 0, max(right or 0, (left or 0) + 3), lasted, first is None, last is None, color)


def _span(span: _Span, y: float) -> Iterator[Mark]:
    """Dotted where it may be, solid where it surely lasted, an arrow on an open side."""
    left = span.left + 5 * span.before
    right = span.right - 5 * span.after
    yield Line(left, y, right, y, span.color, 2.5, (2.5, 2.5))
    if span.core:
        yield Line(max(span.core[0], left), y, min(span.core[1], right), y, span.color, 4)
    if span.before:
        yield Path(span.left, y, "M0,0L6,-3.5L6,3.5Z", span.color)
    if span.after:
        yield Path(span.right, y, "M0,0L-6,-3.5L-6,3.5Z", span.color)


class _Band(NamedTuple):
    """What lasted, in the strip: from where to where, its name with where that stands, and the room of both."""

    left: float
    right: float
    name: Text
    room: tuple[float, float]


def _periods(periods: Sequence[Period], scale: Scale) -> tuple[list[Mark], float, int]:
    """What lasted, in a strip: of what begins or ends in that time the longest; how high it is, how many are not."""
    bands = []
    for period in periods:
        first, last = bounds(period.span)
        if first > scale.first or last < scale.last:
            left, right = scale.x(max(first, scale.first)), scale.x(min(last, scale.last) + 1)
            bands.append(_band(left, right, one_line(period.short), scale))
    bands.sort(key=lambda band: (band.left - band.right, band.name.text))
    kept: list[_Band] = []
    for band in bands:
        inside = scale.left <= band.room[0] and band.room[1] <= scale.left + scale.width
        if inside and None not in pack([other.room for other in (*kept, band)], 6, _STRIP):
            kept.append(band)
    rows = pack([band.room for band in kept], 6, _STRIP)
    marks: list[Mark] = []
    for band, row in zip(kept, rows, strict=True):
        y = 28.0 + 20 * (row or 0)
        marks.append(Box(band.left, y, max(band.right - band.left, 1.5), 16, PALE))
        marks.append(band.name._replace(y=y + 12))
    used = 1 + max((row or 0 for row in rows), default=-1)
    return marks, 20.0 * used + 10 if used else 0.0, len(periods) - len(kept)


def _band(left: float, right: float, name: str, scale: Scale) -> _Band:
    """A name stands inside its band, else after it, else before it."""
    wide = text_width(name, SMALL)
    if wide + 8 <= right - left:
        return _Band(left, right, Text((left + right) / 2, 0, name, SMALL, INK, "center"), (left, right))
    if right + wide + 6 <= scale.left + scale.width:
        return _Band(left, right, Text(right + 4, 0, name, SMALL, INK), (left, right + 4 + wide))
    return _Band(left, right, Text(left - 4, 0, name, SMALL, INK, "right"), (left - 4 - wide, right))


def _said(view: Lanes, scale: Scale, undrawn: int, over: int, *, direct: bool) -> Iterator[str]:
    if not view.lanes:
        yield "No event with an actor matches." if view.events else "No event matches."
    else:
        more = f"; {counted(view.others, 'other')} not drawn" if view.others else ""
        yield f"The {counted(len(view.lanes), 'actor')} with most of {counted(view.events, 'event')}{more}."
        whose = "it" if direct else "it, or who was part of it then,"
        yield f"An actor has what {whose} took part in; an event may stand in several lanes."
        close = max(31.0, _POINT / scale.day)
        about = "a month" if close < 45 else f"{close / 30.4:.0f} months" if close < 730 else f"{close / 365:.0f} years"
        yield f"Dot: known to about {about}. Solid line: it lasted; dotted: some time within; arrow: no end known."
    if view.lanes and view.elsewhere:
        yield f"{counted(view.elsewhere, 'event is', 'events are')} in no lane."
    if view.reports:
        yield f"{counted(view.reports, 'report')} left out."
    if over:
        yield f"{counted(over, 'mark')} without room: + tells how many."
    if undrawn:
        yield f"{counted(undrawn, 'period')} of that time not named above."


def _keys(view: Lanes, size: Size) -> list[tuple[Mark, str]]:
    """The legend: of what is drawn."""
    keys: list[tuple[Mark, str]] = []
    if view.violent:
        keys.append((Dot(5, 0, 5, RED), _violent(view)))
    if view.violent and view.calm:
        keys.append((Dot(5, 0, 5, WHITE, DARK), call(view.words, view.calm, "other")))
    for dead in round_numbers(size.most):
        radius = size.of(dead)
        if radius > _LEAST + 1:
            dot = Dot(radius, 0, radius, RED) if view.violent else Dot(radius, 0, radius, WHITE, DARK)
            keys.append((dot, f"{view.main.heading if view.main else ''}: {dead:,} (best figure)"))
    return keys
