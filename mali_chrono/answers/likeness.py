"""How like an event and a row of a dataset are: feature by feature, by the table of weights. Pure."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from mali_chrono.answers import weights
from mali_chrono.answers.pairs import Deed, Judge, Likeness, Party, Point, Row, Spot, Toll
from mali_chrono.answers.sounds import alike, sound
from mali_chrono.answers.weights import WEIGHTS
from mali_chrono.dates.spans import FAR, bounds
from mali_chrono.earth import distance
from mali_chrono.kinds import WIDE


def _point(feature: str, case: str) -> Point:
    return Point(feature, case, WEIGHTS[feature, case])


def hold(deed: Deed, row: Row, judge: Judge) -> Likeness:
    """An event and a row held against each other."""
    days, km = gap(deed, row), _distance(deed, row)
    ids = [_point("id", "the row's own")] if row.id in ids_of(deed, judge) else []
    points = [*ids, *_date(deed, row, days), *_place(deed, row), *_who(deed, row, judge), *_toll(deed, row)]
    return Likeness(deed, row, (*points, *_type(deed, row, judge)), days, km)


def ids_of(deed: Deed, judge: Judge) -> tuple[str, ...]:
    """By which ids a dataset may have an event: its id there, or its own, where the dataset came out of the store."""
    return deed.id, *([deed.ids[judge.scheme]] if judge.scheme in deed.ids else ())


def gap(deed: Deed, row: Row) -> int:
    """Days from a row to an event, below 0 where the event is earlier; 0 where they share a day."""
    first, last = bounds((deed.first, deed.last))
    return max(first - row.last, 0) - max(row.first - last, 0)


_APART = {
    0: "same", 1: "the record a day later", -1: "the record a day earlier",
    2: "two days apart", -2: "two days apart", 3: "three days apart", -3: "three days apart",
}  # fmt: skip


def length(dated: Deed | Row) -> int:
    """How many days a date spans."""
    first, last = bounds((dated.first, dated.last))
    return last - first + 1


def _date(deed: Deed, row: Row, days: int) -> Iterator[Point]:
    plain = [_point("date", _APART[days])] if days in _APART else []
    vague = [_point("date", "near a vague day")] if row.vague and abs(days) <= weights.VAGUE_DAYS else []
    best = max([*plain, *vague], key=_value, default=None)
    if best is not None and max(length(deed), length(row)) > weights.WEEK:
        best = min(best, _point("date", "within a span of over a week"), key=_value)
    yield from (best,) if best else ()


def _value(point: Point) -> float:
    return point.value


def _distance(deed: Deed, row: Row) -> float | None:
    """The kilometres from a row's point to the nearest of an event's that is one of a place and not of a region."""
    points = [spot.point for spot in deed.spots if spot.point and spot.precision <= weights.DISTRICT]
    return min((distance(point, row.point) for point in points), default=None) if row.point else None


def _place(deed: Deed, row: Row) -> Iterator[Point]:
    """The best of an event's places, and the best of their names."""
    places = [point for spot in deed.spots if (point := _off(spot, row))]
    names = [point for spot in deed.spots if (point := _named(spot, row))]
    for points in (places, names):
        yield from (max(points, key=_value),) if points else ()


def _off(spot: Spot, row: Row) -> Point | None:
    if spot.precision == weights.DISTRICT and _called(spot, row):
        return _point("place", "a district of that name")
    if spot.point is None or row.point is None:
        return None
    off = distance(spot.point, row.point) - weights.TOLERANCE[spot.precision] - weights.NEAR_KM * spot.near
    step = step_of(off)
    point = _point("place", f"within {step} km" if step else "further")
    if spot.precision >= WIDE:
        return min(point, _point("place", "vague"), key=_value)
    same = _point("place", "same region")
    return same if point.value < same.value and spot.region and spot.region == sound(row.region) else point


def step_of(km: float) -> int | None:
    """Within which step of the table of weights a distance lies; None beyond the last."""
    return next((step for step in weights.STEPS if km <= step), None)


def _called(spot: Spot, row: Row) -> bool:
    return any(alike(name, sound(row.location)) for name in spot.sounds)


def _named(spot: Spot, row: Row) -> Point | None:
    if spot.precision >= WIDE:
        return None
    if _called(spot, row):
        return _point("name", "the row's place")
    words = _heard(row.notes)
    return _point("name", "in the row's words") if any(f" {name} " in words for name in spot.sounds if name) else None


@lru_cache(1 << 14)
def _heard(notes: str) -> str:
    return f" {sound(notes)} "


def _who(deed: Deed, row: Row, judge: Judge) -> Iterator[Point]:
    def fit(actors: Iterable[str], parties: Iterable[Party]) -> bool:
        return any(judge.fits(actor, party) for party in parties for actor in actors)

    theirs = row.sides
    if fit(deed.hit, (*theirs.suffers, *theirs.both)):
        yield _point("done to", "fits")
    elif fit(deed.hit, theirs.does):
        yield _point("done to", "the row's doer")
    elif deed.hit and (theirs.suffers or len(theirs.both) > 1):
        yield _point("done to", "another")
    named = [actor for actor in deed.does if not judge.unknown(actor)]
    doers = (*theirs.does, *theirs.both)
    if named and doers:
        if fit(named, doers):
            yield _point("doer", "fits")
        else:
            unidentified = any(judge.unknown(party.name) for party in doers)
            yield _point("doer", "unidentified in the row" if unidentified else "another")


def _toll(deed: Deed, row: Row) -> Iterator[Point]:
    """How far figures of the first kind agree; no malus where one of the record stands in the row's own words."""
    printed = len(deed.figures & numbers(row.notes)) if deed.figures else 0
    if printed:
        yield _point("figures", "two or more" if printed > 1 else "one in the row's words")
    toll, count = next(zip(deed.tolls, row.counts, strict=True), (None, None))
    if toll is not None and count is not None:
        point = _point("toll", tally(toll, count))
        if point.value > 0 or not printed:
            yield point


def tally(toll: Toll, count: int) -> str:
    """How an event's figure and a row's number agree."""
    if count == toll.best and count >= weights.TELLING:
        return "equal"
    if is_within(toll, count):
        return "between low and high"
    if 0 in (count, toll.best) and max(count, toll.best) >= weights.TELLING:
        return "none against three or more"
    off = abs(count - toll.best)
    return "near" if off <= max(weights.NEAR, weights.NEAR_SHARE * toll.best) else "far"


def is_within(toll: Toll, count: int) -> bool:
    """Whether a number lies between the lowest and the highest of an event's figure."""
    return toll.low <= count <= (FAR if toll.open else toll.high)


@lru_cache(1 << 14)
def numbers(text: str) -> frozenset[int]:
    """The whole numbers that a text prints outside its dates, in digits or words."""
    from mali_chrono.evidence import phrases
    from mali_chrono.figures import numerals

    dates = phrases.read(text)
    return frozenset(
        int(number.value)
        for number in numerals.read(text)
        if not any(date.start < number.stop and number.start < date.stop for date in dates)
    )


def _type(deed: Deed, row: Row, judge: Judge) -> Iterator[Point]:
    if not row.category:
        return
    if row.type == deed.type and deed.type in judge.telling:
        yield _point("type", "the same, and telling")
    elif row.category == deed.category:
        yield _point("type", "same category")
    else:
        near = {row.category, deed.category} <= set(judge.violent)
        yield _point("type", "neighbour" if near else "another")
