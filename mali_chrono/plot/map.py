"""Where it happened: a place a dot, its area the first kind of toll there."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mali_chrono.answers.pictures import Places, Spot
from mali_chrono.figures.reckon import Range, range_text
from mali_chrono.kinds import TollKind, spoken
from mali_chrono.plot.geo import Frame, Outline, Point, box_of, cut_line, cut_ring, framed, path
from mali_chrono.plot.packing import Round, label, radius_of, room_of, round_numbers
from mali_chrono.plot.sheet import (
    GREY,
    INK,
    RED,
    SMALL,
    WHITE,
    Area,
    Body,
    Box,
    Dot,
    Line,
    Mark,
    Path,
    Text,
    area,
    meet,
)
from mali_chrono.text import counted, one_line

_WIDTH = 860.0
_LARGEST, _LEAST, _EMPTY = 34.0, 3.0, 3.5  # radius of a dot; of one of a place without dead
_WORLD = (-180.0, -90.0, 180.0, 90.0)
_LAND, _HOME, _SEA = "#efefec", "#fdf4e0", "#ffffff"
_TOLD = 12  # names below the map
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30)


class _Town(NamedTuple):
    """A place with its dot."""

    spot: Spot
    dot: Round
    dead: Range | None


def layout(view: Places, outline: Outline) -> Body:
    """The picture of some places."""
    frame, near, far = _choose(view, outline)
    most = max((_best(spot) for spot in near), default=0)
    towns = [_town(spot, frame, most) for spot in sorted(near, key=lambda s: (-_best(s), -s.measure.events, s.name))]
    edge = (0.0, 0.0, frame.width, frame.height)
    marks: list[Mark] = [Box(0, 0, frame.width, frame.height, _SEA)]
    lands = list(_lands(outline, frame))
    dots = [room_of(town.dot) for town in towns]
    # A number of degrees that a dot would cover is left out: its neighbours tell.
    marks += [
        mark
        for mark in _graticule(frame)
        if not (isinstance(mark, Text) and any(meet(area(mark), dot) for dot in dots))
    ]
    marks += lands
    # The largest below, so that each is seen.
    marks += [
        Dot(*town.dot, RED, WHITE) if town.dead and town.dead.best else Dot(*town.dot, WHITE, INK) for town in towns
    ]
    grid = [area(mark) for mark in marks if isinstance(mark, Text)]
    names, without = label([(town.dot, one_line(town.spot.name)) for town in towns], SMALL, grid, edge)
    marks += names
    marks += _land_names(outline, frame, towns, [*map(area, names), *grid])
    marks.append(Path(0, 0, path(_corners(frame), closed=True), "", GREY))
    rows = [
        [town.spot.name, str(town.spot.measure.events), *_ends(town.dead)] for town in towns
    ] + [[spot.name, str(spot.measure.events), *_ends(_dead(spot))] for spot in far]  # fmt: skip
    return Body(
        frame.width, frame.height, marks, list(_said(view, len(far), lands=bool(lands))),
        _keys(towns, most, view.main), list(_below([towns[i].spot for i in without], far, view.main)),
        ["place", "events", "low", "best", "high"], rows,
    )  # fmt: skip


def _dead(spot: Spot) -> Range | None:
    return next((told.figures for told in spot.measure.sums.values()), None)


def _best(spot: Spot) -> int:
    figures = _dead(spot)
    return figures.best if figures else 0


def _ends(dead: Range | None) -> list[str]:
    return [str(dead.low), str(dead.best), f"{dead.high}{'+' * dead.open}"] if dead else ["-"] * 3


def _choose(view: Places, outline: Outline) -> tuple[Frame, list[Spot], list[Spot]]:
    """The frame that holds what the store is about and the places as far as the outline goes; those, and the others.

    Where none is that near, the frame holds all places, wherever they are; where there are none at all, those of the
    whole store.
    """
    spots = view.spots
    everywhere = [(lon, lat) for lat, lon in view.everywhere]
    home = box_of(point for _, mine, rings in outline.lands if mine for ring in rings for point in ring)
    known = box_of(point for _, _, rings in outline.lands for ring in rings for point in ring)
    near: list[Spot] = []
    far: list[Spot] = []
    for spot in spots:
        (near if known and _lies_in((spot.lon, spot.lat), known) else far).append(spot)
    if not near and (spots or (known and everywhere and not any(_lies_in(point, known) for point in everywhere))):
        points = [(spot.lon, spot.lat) for spot in spots] or everywhere
        return framed(box_of(points) or _WORLD, _WIDTH), [*spots], []
    ends = home or _WORLD
    box = box_of([ends[:2], ends[2:], *((spot.lon, spot.lat) for spot in near)])
    return framed(box or _WORLD, _WIDTH), near, far


def _lies_in(point: Point, box: Area) -> bool:
    west, south, east, north = box
    return west <= point[0] <= east and south <= point[1] <= north


def _town(spot: Spot, frame: Frame, most: int) -> _Town:
    dead = _dead(spot)
    best = dead.best if dead else 0
    radius = radius_of(best, most, _LARGEST, _LEAST) if best else _EMPTY
    return _Town(spot, Round(*frame.at((spot.lon, spot.lat)), radius), dead)


def _corners(frame: Frame) -> list[Point]:
    return [(0.0, 0.0), (frame.width, 0.0), (frame.width, frame.height), (0.0, frame.height)]


def _lands(outline: Outline, frame: Frame) -> Iterator[Mark]:
    for home in (False, True):
        for _, mine, rings in outline.lands:
            cut = [ring for ring in (cut_ring(ring, frame) for ring in rings) if len(ring) > 2]
            if cut and mine is home:
                drawn = "".join(path(ring, closed=True) for ring in cut)
                yield Path(0, 0, drawn, _HOME if home else _LAND, "#666666" if home else "#b5b5b5", 1.5 if home else 1)
    for line in outline.borders:
        for part in cut_line(line, frame):
            yield Path(0, 0, path(part, closed=False), "", "#b8a77e", 1, (4, 3))


def _graticule(frame: Frame) -> Iterator[Mark]:
    """Lines of whole degrees below the outline, and their numbers along the lower and the left edge."""
    step = next(step for step in _STEPS if (frame.east - frame.west) / step <= 8 or step == 30)
    for k in range(int(frame.west // step) + 1, int(frame.east // step) + 1):
        x, _ = frame.at((k * step, 0))
        yield Line(x, 0, x, frame.height, "#dcdcdc", 0.7)
        if 24 < x < frame.width - 24:
            yield Text(x, frame.height - 5, _degrees(k * step, "E", "W"), 10, "#777777", "center")
    for k in range(int(frame.south // step) + 1, int(frame.north // step) + 1):
        _, y = frame.at((0, k * step))
        yield Line(0, y, frame.width, y, "#dcdcdc", 0.7)
        if 20 < y < frame.height - 24:
            yield Text(4, y + 3.5, _degrees(k * step, "N", "S"), 10, "#777777")


def _degrees(number: float, ahead: str, behind: str) -> str:
    return f"{abs(number):g}°{ahead if number > 0 else behind if number < 0 else ''}"


def _land_names(outline: Outline, frame: Frame, towns: Sequence[_Town], taken: list[Area]) -> Iterator[Mark]:
    """The names of the lands around, each once in the middle of what is seen of it, where nothing else is written."""
    taken = taken + [
        (t.dot.x - t.dot.radius, t.dot.y - t.dot.radius, t.dot.x + t.dot.radius, t.dot.y + t.dot.radius) for t in towns
    ]
    for name, home, rings in outline.lands:
        cut = [ring for ring in (cut_ring(ring, frame) for ring in rings) if len(ring) > 2]
        if home or not name or not cut:
            continue
        box = max((found for found in map(box_of, cut) if found), key=lambda b: (b[2] - b[0]) * (b[3] - b[1]))
        for x, y in _inner(box):
            text = Text(x, y, one_line(name).upper(), 10, "#777777", "center")
            room = area(text)
            ring = max(cut, key=len)
            held = all(
                _holds(ring, point)
                for point in ((room[0], room[1]), (room[2], room[1]), (room[0], room[3]), (room[2], room[3]))
            )
            if held and not any(meet(room, other, 2) for other in taken):
                taken.append(room)
                yield text
                break


def _inner(box: Area) -> Iterator[Point]:
    """Points of a grid over a box, those nearest its middle first."""
    west, north, east, south = box
    middle = (west + east) / 2, (north + south) / 2
    points = [(west + (east - west) * i / 8, north + (south - north) * k / 8) for i in range(1, 8) for k in range(1, 8)]
    yield from sorted(points, key=lambda p: (p[0] - middle[0]) ** 2 + (p[1] - middle[1]) ** 2)


def _holds(ring: Sequence[Point], point: Point) -> bool:
    """Whether a ring holds a point: a ray from it crosses the ring an odd number of times."""
    x, y = point
    inside = False
    for one, two in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (one[1] > y) != (two[1] > y) and x < one[0] + (y - one[1]) / (two[1] - one[1]) * (two[0] - one[0]):
            inside = not inside
    return inside


def _said(view: Places, far: int, *, lands: bool) -> Iterator[str]:
    """What is drawn, what is not."""
    total, main = view.total, view.main
    if not total.events:
        yield "No event matches."
        return
    drawn = total.events - view.without.events
    several = "it counts" if view.several == 1 else "they count"
    more = f", {counted(view.several, 'event')} in several: {several} in each" if view.several else ""
    yield f"In a town or district: {drawn} of {counted(total.events, 'event')}{more}."
    if main:
        what = main.counted
        yield f"Area of a dot: {what} there, by the best figure; reports size nothing. White: none told."
    if view.without.events:
        dead = next((told.figures for told in view.without.sums.values()), None)
        told = f" with {range_text(dead)} {main.heading}" if dead and main else ""
        has, are = ("has", "is") if view.without.events == 1 else ("have", "are")
        yield f"{counted(view.without.events, 'event')}{told} {has} no town and {are} not drawn."
    if far:
        yield f"{counted(far, 'place')} off the map: named below it."
    if not lands:
        yield "No outline is known of this part of the world."


def _keys(towns: Sequence[_Town], most: int, main: TollKind | None) -> list[tuple[Mark, str]]:
    keys: list[tuple[Mark, str]] = []
    for number in round_numbers(most):
        radius = radius_of(number, most, _LARGEST, _LEAST)
        keys.append((Dot(radius, 0, radius, RED), f"{number:,}"))
    if keys:
        keys[-1] = (keys[-1][0], f"{keys[-1][1]} {spoken(main.id) if main else ''} (best figure)")
    if main and any(not (town.dead and town.dead.best) for town in towns):
        keys.append((Dot(4, 0, 4, WHITE, INK), f"events, no {main.heading} told"))
    return keys


def _below(unnamed: Sequence[Spot], far: Sequence[Spot], main: TollKind | None) -> Iterator[str]:
    """The places without a name on the map, and those off it."""
    for spots, lead in ((unnamed, "No room for the names of"), (far, "Off the map:")):
        told = [f"{one_line(spot.name)} ({_numbers(spot, main)})" for spot in spots[:_TOLD]]
        more = [f"+{len(spots) - _TOLD}"] if len(spots) > _TOLD else []
        if told:
            yield f"{lead} {', '.join([*told, *more])}."


def _numbers(spot: Spot, main: TollKind | None) -> str:
    dead = _dead(spot)
    return (
        f"{counted(spot.measure.events, 'event')}, {range_text(dead)} {main.heading}"
        if dead and main
        else counted(spot.measure.events, "event")
    )
