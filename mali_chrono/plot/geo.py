"""Degrees -> pixels, and outlines cut to a frame."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import cos, radians
from typing import Any, NamedTuple

Point = tuple[float, float]
_LEAST = 0.05  # degrees of latitude that a map shows at least, 5.5 km


class Frame(NamedTuple):
    """What a map shows: degrees west, south, east, north, on so many pixels; a degree is as long both ways there."""

    west: float
    south: float
    east: float
    north: float
    width: float

    @property
    def scale(self) -> float:
        """Pixels to a degree of longitude."""
        return self.width / (self.east - self.west)

    @property
    def stretch(self) -> float:
        """A degree of latitude in degrees of longitude, in the middle of the map (equirectangular projection)."""
        return _stretch((self.south + self.north) / 2)

    @property
    def height(self) -> float:
        """How high the map is."""
        return (self.north - self.south) * self.stretch * self.scale

    def at(self, point: Point) -> Point:
        """Where a point (longitude, latitude) lies."""
        return (point[0] - self.west) * self.scale, (self.north - point[1]) * self.stretch * self.scale


def _stretch(latitude: float) -> float:
    """A degree of latitude in degrees of longitude there; near a pole no more than five."""
    return 1 / max(cos(radians(latitude)), 0.2)


class Outline(NamedTuple):
    """The lines of a map: lands (name, whether it is the one the store is about, rings) and borders inside."""

    lands: list[tuple[str, bool, list[list[Point]]]]
    borders: list[list[Point]]


NO_OUTLINE = Outline([], [])


class OutlineError(ValueError):
    """What is wrong with a file of outlines."""


def read_outline(data: Any) -> Outline:
    """Read GeoJSON (RFC 7946): polygons are lands, lines are borders. Raises OutlineError.

    A polygon's property `home` (true or false) says whether it is what the store is about, `name` what it is called.
    Where none is marked, all are.
    """
    if (
        not isinstance(data, dict)
        or data.get("type") != "FeatureCollection"
        or not isinstance(data.get("features"), list)
    ):
        raise OutlineError('it is no "FeatureCollection" with a list of "features"')
    lands, borders = [], []
    for i, feature in enumerate(data["features"], 1):
        try:
            geometry, told = feature["geometry"], feature.get("properties") or {}
            if geometry is None:
                continue
            kind, at = geometry["type"], geometry["coordinates"]
            if kind in ("Polygon", "MultiPolygon"):
                shapes = [at] if kind == "Polygon" else at
                rings = [_line(ring, 4) for shape in shapes for ring in shape]
                name, home = told.get("name"), told.get("home")
                lands.append((name if isinstance(name, str) else "", home is True, rings))
            elif kind in ("LineString", "MultiLineString"):
                borders += [_line(line, 2) for line in ([at] if kind == "LineString" else at)]
            else:
                raise OutlineError(f"feature {i} is a {kind}: only polygons and lines are drawn")
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as fault:
            if isinstance(fault, OutlineError):
                raise
            raise OutlineError(f"feature {i} has no geometry of [longitude, latitude] points") from None
    if not any(home for _, home, _ in lands):
        lands = [(name, True, rings) for name, _, rings in lands]
    return Outline(lands, borders)


def _line(points: Sequence[Sequence[float]], least: int) -> list[Point]:
    line = [(float(point[0]), float(point[1])) for point in points]
    if len(line) < least or not all(-360 <= x <= 360 and -90 <= y <= 90 for x, y in line):
        raise ValueError
    return line


def box_of(points: Iterable[Point]) -> tuple[float, float, float, float] | None:
    """West, south, east and north of some points."""
    found = list(points)
    if not found:
        return None
    xs, ys = zip(*found, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def framed(box: tuple[float, float, float, float], width: float) -> Frame:
    """A frame around a box with some room, not much higher than wide, nor much lower."""
    west, south, east, north = box
    stretch = _stretch((south + north) / 2)
    wide, high = max(east - west, _LEAST * stretch) * 1.1, max(north - south, _LEAST) * 1.1
    wide, high = max(wide, high * stretch * 0.8), max(high, wide / stretch * 0.5)
    middle = (west + east) / 2, min(max((south + north) / 2, -90 + high / 2), 90 - high / 2)
    return Frame(middle[0] - wide / 2, middle[1] - high / 2, middle[0] + wide / 2, middle[1] + high / 2, width)


def cut_ring(ring: Sequence[Point], frame: Frame) -> list[Point]:
    """The part of a ring inside the frame, in pixels (Sutherland and Hodgman 1974)."""
    points = [frame.at(point) for point in ring]
    for axis, edge, sign in ((0, 0.0, 1), (0, frame.width, -1), (1, 0.0, 1), (1, frame.height, -1)):
        kept: list[Point] = []
        for one, two in zip([points[-1], *points] if points else [], points, strict=False):
            inside = sign * (two[axis] - edge) >= 0
            if (sign * (one[axis] - edge) >= 0) != inside:
                kept.append(_crossing(one, two, axis, edge))
            if inside:
                kept.append(two)
        points = kept
    return points


def _crossing(one: Point, two: Point, axis: int, edge: float) -> Point:
    part = (edge - one[axis]) / (two[axis] - one[axis])
    other = one[1 - axis] + part * (two[1 - axis] - one[1 - axis])
    return (edge, other) if axis == 0 else (other, edge)


def cut_line(line: Sequence[Point], frame: Frame) -> Iterator[list[Point]]:
    """The parts of a line inside the frame, in pixels."""
    points = [frame.at(point) for point in line]
    part: list[Point] = []
    for one, two in pairwise(points):
        ends = _inside(one, two, frame)
        if ends is None or (part and part[-1] != ends[0]):
            if len(part) > 1:
                yield part
            part = []
        if ends is not None:
            part = [*(part or [ends[0]]), ends[1]]
    if len(part) > 1:
        yield part


def _inside(one: Point, two: Point, frame: Frame) -> tuple[Point, Point] | None:
    """The part of a segment inside the frame (Liang and Barsky 1984)."""
    start, end = 0.0, 1.0
    move = two[0] - one[0], two[1] - one[1]
    for axis, size in ((0, frame.width), (1, frame.height)):
        for step, room in ((-move[axis], one[axis]), (move[axis], size - one[axis])):
            if step == 0:
                if room < 0:
                    return None
            elif step < 0:
                start = max(start, room / step)
            else:
                end = min(end, room / step)
    if start > end:
        return None
    ends = [(one[0] + t * move[0], one[1] + t * move[1]) if 0 < t < 1 else (one, two)[t == 1] for t in (start, end)]
    return ends[0], ends[1]


def path(points: Sequence[Point], *, closed: bool) -> str:
    """Points as SVG writes a path."""
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points) + "Z" * closed
