"""Places on the map: in the region of what they lie in, not far from it, and as exact as they say they are."""

from collections.abc import Iterator
from itertools import chain

from mali_chrono.earth import distance, on_earth
from mali_chrono.store.model import Place
from mali_chrono.store.references import Fault, names
from mali_chrono.store.rules.table import Context
from mali_chrono.text import fold

REGION, FUZZY, COUNTRY = 4, 5, 6  # UCDP's where_prec
# A place farther than that from the middle of its region, or of its country, is not in it: in kilometres.
REACH = {COUNTRY: 2500}
FAR = 400
# Up to this precision a place is a point, or the middle of a district.
PRECISE = 3
# How many decimals of a degree a precision bears: the second is a kilometre, the fifth a metre.
DECIMALS = {1: 5, 2: 3, 3: 2, 4: 2, 5: 2, 6: 1}

_Called = dict[str, list[Place]]


def check_regions(context: Context) -> Iterator[Fault]:
    """Places in another region than what they lie in, which does not hold that region either.

    Where it cannot be read what a region lies in, or which places there are, nothing is said of it.
    """
    places = context.chronology.places
    called = _called(places)
    whole = [place for place in places if not place.lacks("within") and not place.lacks("region")]
    known = {place.id: place for place in whole if place.id}
    for place in whole:
        parent = known.get(place.within or "")
        if not (parent and place.region and parent.region) or fold(place.region) == fold(parent.region):
            continue
        regions = [one for one in _of(place.region, called) if one.id != place.id]
        if not all(_is_traced(one, known) for one in regions) or not (regions or "places" not in context.unsure):
            continue
        above = (name for region in regions for one in _above(region, known) for _, name in names(one))
        # Of a region that is no place nothing is known; what lies within another one has no region of its own.
        wrong = fold(parent.region) not in map(fold, above) if regions else parent.precision <= REGION
        if wrong:
            message = f"it lies in '{place.region}', but within '{parent.id}', which lies in '{parent.region}'"
            hint = "correct one of them, or say why with ignore: {other-region: reason}"
            yield Fault(place, ("region",), "other-region", message, hint)


def _is_traced(place: Place, known: dict[str, Place]) -> bool:
    """Whether all that a place lies within could be read."""
    ways = [place, *_above(place, known)]
    return all(not one.lacks("within") and (one.within is None or one.within in known) for one in ways)


def _above(place: Place, known: dict[str, Place]) -> Iterator[Place]:
    """What a place lies within, from the nearest to the widest."""
    seen = {place.id}
    at = known.get(place.within or "")
    while at and at.id not in seen:
        yield at
        seen.add(at.id)
        at = known.get(at.within or "")


def check_far(context: Context) -> Iterator[Fault]:
    """Places too far from the middle of their region, or else of what they lie in."""
    places = context.chronology.places
    called = _called(places)
    by_id = {place.id: place for place in places if place.id}
    for place in places:
        point = _point(place)
        if point is None:
            continue
        regions = chain(_of(place.region, called), _above(place, by_id))
        region = next((one for one in regions if one.id != place.id and one.precision != FUZZY and _point(one)), None)
        middle = _point(region) if region else None
        if region is None or middle is None:
            continue
        away, reach = distance(point, middle), REACH.get(region.precision, FAR)
        if away > reach:
            message = f"{place.lat}, {place.lon} is {away:,.0f} km from '{region.id or region.name}'"
            yield Fault(place, ("lat",), "far-from-region", message, _mend(place, middle, reach))


def _mend(place: Place, middle: tuple[float, float], reach: float) -> str:
    """What to write instead, where a sign or the order alone is wrong."""
    lat, lon = place.lat or 0.0, place.lon or 0.0
    for what, one in (
        ("the sign of lon", (lat, -lon)),
        ("the sign of lat", (-lat, lon)),
        ("both signs", (-lat, -lon)),
        ("lat and lon, which are swapped", (lon, lat)),
        ("lat and lon, which are swapped, and a sign", (-lon, lat)),
        ("lat and lon, which are swapped, and a sign", (lon, -lat)),
    ):
        if distance(one, middle) <= reach:
            return f"correct {what}: lat {one[0]}, lon {one[1]}"
    return "correct them, or the region, or say why with ignore: {far-from-region: reason}"


def _point(place: Place) -> tuple[float, float] | None:
    """Where a place is, if its record says so and that is on earth."""
    if place.lat is None or place.lon is None or any(map(place.lacks, ("lat", "lon", "precision"))):
        return None
    return (place.lat, place.lon) if on_earth(place.lat, place.lon) else None


def _called(places: tuple[Place, ...]) -> _Called:
    """Places by each of their names, folded, those of the widest precision first."""
    called: _Called = {}
    for place in sorted(places, key=lambda place: -place.precision):
        for name in dict.fromkeys(fold(name) for _, name in names(place)):
            called.setdefault(name, []).append(place)
    return called


def _of(region: str | None, called: _Called) -> list[Place]:
    """The places that a region's name means: those with it, and `X Region` for X, the widest first."""
    name = fold(region or "")
    found = {place.id: place for key in (f"{name} region", name) for place in called.get(key, ()) if name}
    return sorted(found.values(), key=lambda place: -place.precision)


def check_precise(context: Context) -> Iterator[Fault]:
    """Places that are exact without a point, or have a more exact one than they say."""
    for place in context.chronology.places:
        if place.lat is None and place.lon is None and place.precision <= PRECISE:
            message = f"precision {place.precision}, and no point"
            hint = f"add lat and lon, or a precision above {PRECISE}"
            yield Fault(place, ("precision",), "no-point", message, hint)
        bears = DECIMALS.get(place.precision, 1)
        for name, value in (("lat", place.lat), ("lon", place.lon)):
            if value is not None and _decimals(value) > bears:
                message = f"{name} {value} is more exact than precision {place.precision}, which bears {bears} decimals"
                hint = f"write {value:.{bears}f}, or a finer precision"
                yield Fault(place, (name,), "false-precision", message, hint)


def _decimals(value: float) -> int:
    whole, _, decimals = repr(value).partition(".")
    return len(decimals.rstrip("0")) if whole and "e" not in decimals else 0


RULES = (check_regions, check_far, check_precise)
