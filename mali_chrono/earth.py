"""How far apart points on the earth are."""

from math import asin, cos, radians, sin, sqrt

RADIUS = 6371.0  # the mean one, in kilometres (IUGG)


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points (latitude, longitude in degrees) on a sphere, by the haversine formula."""
    (lat_a, lon_a), (lat_b, lon_b) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * RADIUS * asin(sqrt(min(half, 1)))


def on_earth(lat: float, lon: float) -> bool:
    """Whether there is such a point, in degrees."""
    return -90 <= lat <= 90 and -180 <= lon <= 180
