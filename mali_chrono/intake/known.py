"""What a table names, as the records of a store: matched by name and alias, or a new record to be looked at.

What is new is a stub: it has what the table says of it, and its note says that a person is to look whether it is known
under another name. Of two places of one name the nearer one is meant; one that is farther than `FAR` is another.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from mali_chrono.earth import distance
from mali_chrono.errors import DataError, offer
from mali_chrono.intake.cells import brief
from mali_chrono.intake.maps import Map
from mali_chrono.intake.rowtypes import Kind, row_types
from mali_chrono.intake.told import Where, Who
from mali_chrono.kinds import MEANINGS, SUFFERS, TAKES_PART, VAGUE, ActorKind, Vocabulary
from mali_chrono.store.forms import fresh, short_slug
from mali_chrono.store.model import Chronology
from mali_chrono.store.rules.places import COUNTRY, DECIMALS, FUZZY, PRECISE
from mali_chrono.store.settings import Settings
from mali_chrono.text import fold, listing

FAR = 50.0  # kilometres
TO_REVIEW = "To review"
PARTICIPANT = "participant"  # the role that says only that someone took part
Point = tuple[float, float]


class Stub(NamedTuple):
    """A record that a store lacks: its shape, its values, and how many events name it."""

    shape: str
    values: Mapping[str, Any]
    events: int


class _Spot(NamedTuple):
    id: str
    point: Point | None
    precision: int


class Known:
    """The records of a store by what they are called; it grows by what a table names and the store lacks."""

    def __init__(self, chronology: Chronology, words: Vocabulary, rule: Map) -> None:
        self.words, self.rule = words, rule
        self.title_length = next(iter(chronology.settings), Settings()).title_length
        self._taken = {
            "actor": {actor.id for actor in chronology.actors},
            "place": {place.id for place in chronology.places},
            "type": {kind.id for kind in chronology.types} | {category.id for category in words.categories},
        }
        self._kinds = {actor.id: actor.kind for actor in chronology.actors}
        self._actors: dict[str, str] = {}
        self._spots: dict[str, list[_Spot]] = {}
        self._regions: dict[str, str] = {}
        for actor in chronology.actors:
            for name in filter(None, (actor.id, actor.name, actor.short, *actor.aliases)):
                self._actors.setdefault(fold(name), actor.id)
        self._types = row_types(
            Kind(kind.id, (kind.id, kind.name, *kind.aliases), kind.category, kind.acled) for kind in chronology.types
        )
        self._called = {kind.id: kind.acled for kind in chronology.types}
        for place in chronology.places:
            point = (place.lat, place.lon) if place.lat is not None and place.lon is not None else None
            for name in {fold(name) for name in (place.id, place.name, *place.aliases)}:
                self._spots.setdefault(name, []).append(_Spot(place.id, point, place.precision))
            if place.precision == VAGUE and place.region and _is_region(place.name, place.region):
                self._regions.setdefault(fold(place.region), place.id)
        self.unsaid: dict[str, str] = {}
        self._stubs: dict[tuple[str, str], dict[str, Any]] = {}
        self._named: Counter[tuple[str, str]] = Counter()

    @property
    def stubs(self) -> list[Stub]:
        """What the store lacks, the most named first."""
        made = [Stub(shape, values, self._named[shape, ident]) for (shape, ident), values in self._stubs.items()]
        return sorted(made, key=lambda stub: (stub.shape, -stub.events, stub.values["id"]))

    def actor(self, who: Who) -> str:
        """The id of an actor: by its name, or by what stands before or after a colon in it."""
        head, _, tail = (part.strip() for part in who.name.partition(":"))
        names = [name for name in (who.written, who.name, head, tail) if name]
        ident = (
            self.rule.names.get(who.written)
            or self.rule.names.get(who.name)
            or next(filter(None, (self._actors.get(fold(name)) for name in names)), "")
        )
        if not ident:
            kind = self._actor_kind(who.kind or who.name)
            named = {"name": tail, "short": head} if tail and brief(who.name) == head else {"name": who.name}
            ident = self._add("actor", head, {**named, "kind": kind})
            self._kinds[ident] = kind
            for called in (*names, ident):
                self._actors.setdefault(fold(called), ident)
        self._named["actor", ident] += 1
        return ident

    def role(self, who: Who, ident: str) -> str:
        """The vocabulary's role of an actor: the one that the map names or that alone means what it says, else the one
        that says only that it took part; empty where there is none, which `unsaid` tells.
        """
        named = [role for role in self.words.roles if role.id == who.means and who.means not in MEANINGS]
        roles = named or [role for role in self.words.roles if role.means == who.means]
        if who.means == SUFFERS and len(roles) > 1:
            group = next((kind.group for kind in self.words.actors if kind.id == self._kinds.get(ident)), "")
            roles = [role for role in roles if role.acts == (group != "civilians")] or roles
        if len(roles) != 1 and who.means in MEANINGS:
            took_part = [role for role in self.words.roles if role.means == TAKES_PART]
            roles = [role for role in took_part if len(took_part) == 1 or role.id == PARTICIPANT]
        if not roles:
            self.unsaid.setdefault(who.means, self._no_role(who))
        return roles[0].id if roles else ""

    def _no_role(self, who: Who) -> str:
        ids = [role.id for role in self.words.roles]
        if who.means not in MEANINGS:
            said = f"'{who.means}' is no role of the store: {offer(who.means, [*ids, *MEANINGS])}"
        else:
            some = [role.id for role in self.words.roles if role.means == who.means]
            mean = f"{listing(some)} mean that" if some else "no role means that"
            said = (f"the map says '{who.means}' of '{who.name}', and in the store {mean}: name a role of the store's "
                    f"in 'roles:' of a map of your own, like roles: {{else: {(some or ids)[0]}}}")  # fmt: skip
        return f"{self.rule.name}: {said}"

    def is_list(self, who: Who) -> bool:
        """Whether an actor stands in a column of lists, beside the one that has a column of its own."""
        return bool(self.rule.actors and self.rule.actors[who.side % len(self.rule.actors)].parted)

    def is_called(self, kind: str, name: str) -> bool:
        """Whether a type of the store is called so in ACLED, by which the map knows types."""
        return self.rule.types.acled and fold(self._called.get(kind, "")) == fold(name)

    def _actor_kind(self, called: str) -> str:
        """The kind of actor that the vocabulary has for what a table calls it; else one that belongs to no group."""

        def fits(test: Callable[[ActorKind], bool]) -> str:
            return next((kind.id for kind in self.words.actors if test(kind)), "")

        return (
            fits(lambda kind: fold(called) == fold(kind.id))
            or (called and fits(lambda kind: kind.acled == called))
            or fits(lambda kind: not (kind.group or kind.person or kind.armed))
            or self.words.actors[0].id
        )

    def type(self, name: str, group: str) -> str:
        """The id of a type: by its name, or by what it is called in ACLED."""
        ident, category = self._types.read(name, group, self.rule.types)
        if not ident:
            ident = self._add("type", name, {"name": name, "category": category})
            self._types.called[fold(name)] = ident
        self._named["type", ident] += 1
        return ident

    def has_category(self, name: str, group: str) -> bool:
        """Whether it is known in which category a type is, by the store or by the map.

        Raises DataError where the map names one that the store has not.
        """
        ident, category = self._types.read(name, group, self.rule.types)
        if ident:
            return True
        known = [category.id for category in self.words.categories]
        if category and category not in known:
            raise DataError(f"{self.rule.name}: '{category}' is no category of the store ('categories:' of the map, "
                            f"for '{group}'): {offer(category, known)}")  # fmt: skip
        return bool(category)

    def place(self, where: Where) -> str:
        """The id of a place, `~` before it where the event was near it."""
        point = (where.lat, where.lon) if where.lat is not None and where.lon is not None else None
        names = _names(where)
        country = self._country(where)
        ident, spot = self.rule.names.get(where.name, ""), None
        if not ident:
            spots = [spot for name in names for spot in self._spots.get(fold(name), ())]
            spot = min(
                (spot for spot in spots if _may_be(spot, where, point)), key=lambda s: _km(s.point, point), default=None
            )
            ident = spot.id if spot else self._new_place(where, point, names, country)
        for named in {ident, country} - {""}:
            self._named["place", named] += 1
        # A place that is itself known only by its district needs no mark.
        near = where.near and not (spot and spot.precision > 1)
        return f"~{ident}" if near else ident

    def _country(self, where: Where) -> str:
        """The id of the country of a place, where there is none a new one; empty where the name is another place's."""
        name = where.country
        spots = self._spots.get(fold(name), [])
        if not fold(name) or where.precision >= COUNTRY or spots:
            return next((spot.id for spot in spots if spot.precision == COUNTRY), "")
        ident = self._add("place", name, {"name": name, "precision": str(COUNTRY)})
        for called in {fold(name), fold(ident)}:
            self._spots.setdefault(called, []).append(_Spot(ident, None, COUNTRY))
        return ident

    def _new_place(self, where: Where, point: Point | None, names: Sequence[str], country: str) -> str:
        names = names[::-1] if where.is_region else names
        free = [name for name in names if fold(name) not in self._spots]
        name = (
            free[0]
            if free
            else next(made for n in range(2, 10**6) if fold(made := f"{where.name} {n}") not in self._spots)
        )
        values: dict[str, Any] = {"name": name}
        if where.precision < COUNTRY and (where.region or where.country):
            values["region"] = where.region or where.country
        # Of what has no point nobody knows where it is.
        precision = where.precision if point or where.precision > PRECISE else FUZZY
        if point:
            values |= {"lat": _degrees(point[0], precision), "lon": _degrees(point[1], precision)}
        values["precision"] = str(precision)
        if within := (self._regions.get(fold(where.region), "") if where.precision < VAGUE else "") or country:
            values["within"] = within
        ident = self._add("place", name, values)
        for called in {fold(name), fold(ident)}:
            self._spots.setdefault(called, []).append(_Spot(ident, point, where.precision))
        return ident

    def _add(self, shape: str, name: str, values: Mapping[str, Any]) -> str:
        """A new record with an id that none of its kind has. Raises DataError where there is nothing to make one of."""
        if not fold(name):
            raise DataError(f"'{name}' is no name of a {shape}")
        ident = fresh(short_slug(name) or shape, self._taken[shape])
        self._taken[shape].add(ident)
        self._stubs[shape, ident] = {"id": ident, **values}
        return ident


def _names(where: Where) -> list[str]:
    """What the place of an event may be called: an area by its region too, since a table names its main town."""
    if where.precision >= COUNTRY:
        return [where.name]
    if not where.is_region:
        return list(dict.fromkeys((where.name, f"{where.name} ({where.region})" if where.region else where.name)))
    areas = [where.name, f"{where.name} region", where.region, where.region and f"{where.region} region"]
    return list(dict.fromkeys(name for name in areas if name))


def _may_be(spot: _Spot, where: Where, point: Point | None) -> bool:
    """Whether a place of the same name may be the same place."""
    if point is None or (spot.point is None and spot.precision in (*range(VAGUE), FUZZY)):
        return True
    if spot.precision >= VAGUE or where.precision >= VAGUE:
        return spot.precision >= VAGUE and where.precision >= VAGUE
    return _km(spot.point, point) <= FAR


def _km(one: Point | None, other: Point | None) -> float:
    """Kilometres between two points; `FAR` where one is not known."""
    return FAR if one is None or other is None else distance(one, other)


def _is_region(name: str, region: str) -> bool:
    """Whether a place is all of the region that it lies in, by its name."""
    return fold(name) in (fold(region), fold(f"{region} region"))


def _degrees(value: float, precision: int) -> str:
    """As many decimals as a precision bears."""
    return f"{value:.{DECIMALS[precision]}f}".rstrip("0").rstrip(".")
