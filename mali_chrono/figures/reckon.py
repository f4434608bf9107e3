"""What the claimed figures of one event come to: low, best, high, and whether the claims can all be true.

Plain values come in and go out; nothing here knows files, records or SQL. Two operations do all the work: rivals
compete (`_rival`: what one account says of the same people, then the accounts of a side), and parts add up (`_add`:
an account, then the two sides of an event). What is said of everyone competes with both sides together.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.figures.figure import Figure


class Claim(NamedTuple):
    """One toll of an event: how many, of whom, who says so, where, on which lines, and whether it is marked best.

    `as_of` is when it was said, as a number that grows with time; None where that is not told.
    """

    kind: str
    figure: "Figure"
    of: str | None = None
    who: str | None = None
    says: str | None = None
    at: str | None = None
    cites: tuple[str, ...] = ()
    best: bool = False
    as_of: int | None = None


class Range(NamedTuple):
    """What claims come to; `high` is always a number, and `open` says that the true one may lie above it."""

    low: int
    best: int
    high: int
    open: bool
    disputed: bool


def range_text(figures: Range) -> str:
    """Write a range for a table: 84, 84+, 50-84 or 50-84+."""
    ends = (figures.low,) if figures.low == figures.high else (figures.low, figures.high)
    return "-".join(map(str, ends)) + "+" * figures.open


def range_row(figures: Range | None) -> dict[str, int] | None:
    """A range as a json object; None where nothing is said."""
    return figures and {"low": figures.low, "best": figures.best, "high": figures.high, "open": figures.open}


def read_range(row: Mapping[str, Any]) -> Range:
    """The range that a json object tells; whether its claims clash is not told there."""
    return Range(row["low"], row["best"], row["high"], row["open"], disputed=False)


_VICTIMS, _ATTACKERS, _EVERYONE = "victims", "attackers", "everyone"
_Slot = tuple[str, str | None, str | None]  # the people a figure counts: on which side, of whom and where, None for all
_Slots = dict[_Slot, list["_Reading"]]


class _Reading(NamedTuple):
    """A claim, an account or a side while it is reckoned.

    `least` is what it says there were at least, `floor` and `ceiling` (None: no upper end) bound it in comparisons,
    `torn` marks a contradiction within.
    """

    low: int
    best: int
    high: int
    open: bool
    least: int
    floor: int
    ceiling: int | None
    own: bool
    scope: frozenset[_Slot]
    torn: bool = False
    marked: bool = False


def reckon(claims: Iterable[Claim], kind: str, perpetrators: frozenset[str]) -> Range | None:
    """Reckon low, best and high of one event for one kind; None where nothing is said.

    `perpetrators` are the actors of the event in that role: their dead are the attackers', reckoned apart and added.
    """
    told = standing(claim for claim in claims if claim.kind == kind and claim.who is None)
    accounts = _accounts(told, perpetrators)
    victims, attackers, everyone = (
        [_account(part) for slots in accounts if (part := _part(slots, side))]
        for side in (_VICTIMS, _ATTACKERS, _EVERYONE)
    )
    sides = [_rival(side) for side in (victims, attackers) if side]
    if not sides and not everyone:
        return None
    both = _add(sides)
    if everyone:
        rivals = _rival([*everyone, *_pairs(victims, attackers)])
        # A total that denies one side's figure denies it still where the other side is added to it.
        torn = rivals.torn or both.torn or _torn([*everyone, *victims, *attackers])
        both = rivals._replace(torn=torn)
    return Range(both.low, both.best, both.high, both.open, both.torn)


def _pairs(victims: Sequence[_Reading], attackers: Sequence[_Reading]) -> list[_Reading]:
    """What is said of both sides together: each account of the victims with each of the attackers."""
    if not victims or not attackers:
        return [*victims, *attackers]
    return [_add([one, other])._replace(marked=one.marked or other.marked) for one in victims for other in attackers]


def standing(claims: Iterable[Claim]) -> list[Claim]:
    """The claims that a later one of the same claimant about the same people has not replaced.

    In its own voice each document is a claimant: a claim on lines of two may stand in one of them alone. One that does
    not say when neither replaces nor is replaced.
    """
    claims = list(claims)
    latest: dict[tuple[str | None, ...], int] = {}
    for claim in claims:
        if claim.as_of is not None:
            for cite in claim.cites or ("",):
                voice = _voice(claim, cite)
                latest[voice] = max(claim.as_of, latest.get(voice, claim.as_of))
    stand = []
    for claim in claims:
        cites = [c for c in claim.cites or ("",) if claim.as_of in (None, latest.get(_voice(claim, c)))]
        if cites:
            stand.append(claim._replace(cites=tuple(filter(None, cites))))
    return stand


def _voice(claim: Claim, cite: str) -> tuple[str | None, ...]:
    """Who says a claim, of whom: one claimant, or the document that says it in its own voice."""
    document = cite.partition(":")[0] if claim.says is None else None
    return claim.says, document, claim.kind, claim.of, claim.at, claim.who


def _accounts(claims: Iterable[Claim], perpetrators: frozenset[str]) -> list[_Slots]:
    """Sort claims into accounts: by claimant, or by cite for a source's own voice."""
    accounts: dict[tuple[str | None, str], _Slots] = {}
    for claim in claims:
        low, best, high, endless, about, _ = claim.figure
        floor = low - low // 10 if about else low
        ceiling = None if endless else high + high // 10 if about else high
        slot, own = _slot(claim, perpetrators), claim.says is None
        scope = {slot} if slot[0] != _EVERYONE else {(side, None, claim.at) for side in (_VICTIMS, _ATTACKERS)}
        reading = _Reading(
            low, best, high, endless, claim.figure.least, floor, ceiling, own, frozenset(scope), marked=claim.best
        )
        for cite in (own and claim.cites) or ("",):
            accounts.setdefault((claim.says, cite), {}).setdefault(slot, []).append(reading)
    return list(accounts.values())


def _slot(claim: Claim, perpetrators: frozenset[str]) -> _Slot:
    if claim.of in (_ATTACKERS, _EVERYONE):
        return claim.of, None, claim.at
    return _ATTACKERS if claim.of in perpetrators else _VICTIMS, claim.of, claim.at


def _wider(slot: _Slot) -> set[_Slot]:
    """The slots that hold everyone whom one holds."""
    side, of, at = slot
    alike = {(side, None, None), (side, None, at), (side, of, None)}
    return (alike | {(_EVERYONE, None, None), (_EVERYONE, None, at)}) - {slot}


def _part(slots: _Slots, side: str) -> _Slots:
    """What an account says of one side; what it says of everyone takes in all that lies inside it."""
    mine = {slot for slot in slots if slot[0] == side}
    inside = {slot for slot in slots if any(wide[0] == _EVERYONE and wide in slots for wide in _wider(slot))}
    chosen = mine | inside if side == _EVERYONE and mine else mine - inside
    return {slot: readings for slot, readings in slots.items() if slot in chosen}


def _account(slots: _Slots) -> _Reading:
    """Add up one account. What is said twice of the same people competes; what lies inside a wider claim is detail."""
    parts = [_rival(claims) for slot, claims in slots.items() if not any(wide in slots for wide in _wider(slot))]
    # A mark on a detail still chooses the account that holds it.
    return _add(parts)._replace(marked=any(reading.marked for claims in slots.values() for reading in claims))


def _add(parts: Sequence[_Reading]) -> _Reading:
    """Add figures that count different people."""
    if len(parts) == 1:
        return parts[0]._replace(marked=False)
    ceilings = [part.ceiling for part in parts if part.ceiling is not None]
    return _Reading(
        low=sum(part.low for part in parts),
        best=sum(part.best for part in parts),
        high=sum(part.high for part in parts),
        open=any(part.open for part in parts),
        least=sum(part.least for part in parts),
        floor=sum(part.floor for part in parts),
        ceiling=sum(ceilings) if len(ceilings) == len(parts) else None,
        torn=any(part.torn for part in parts),
        own=all(part.own for part in parts),
        scope=frozenset().union(*(part.scope for part in parts)),
    )


def _rival(readings: Sequence[_Reading]) -> _Reading:
    """Let readings compete: the lowest, the highest, and the best of those marked, else in own voice, else of all."""
    if len(readings) == 1:
        return readings[0]._replace(marked=False)
    marked = [reading for reading in readings if reading.marked]
    own = [reading for reading in readings if reading.own]
    ceilings = [reading.ceiling for reading in readings if reading.ceiling is not None]
    return _Reading(
        low=min(reading.low for reading in readings),
        best=_best(marked or own or readings),
        high=max(reading.high for reading in readings),
        open=any(reading.open for reading in readings),
        least=min(reading.least for reading in readings),
        floor=max(reading.floor for reading in readings),
        ceiling=min(ceilings, default=None),
        torn=_torn(readings),
        own=bool(own),
        scope=frozenset().union(*(reading.scope for reading in readings)),
    )


def _best(pool: Sequence[_Reading]) -> int:
    """Choose the best number: the largest lower bound if all can be true at once, otherwise the smallest best.

    A lower bound is capped by what others allow (~300 beside 280 is 280), and one of 0 says nothing. Among
    contradicting accounts one that counts only some of the people another counts is no answer to how many in all.
    """
    if len(set(pool)) == 1:
        return pool[0].best
    if _torn(pool):
        widest = [a for a in pool if not any(_covers(b, a) and not _covers(a, b) for b in pool)]
        return min(reading.best for reading in widest or pool)
    caps = [[b.ceiling for b in pool if b.ceiling is not None and _covers(b, a)] for a in pool]
    bound = max(min([a.least, *cap]) for a, cap in zip(pool, caps, strict=True))
    return bound or min(reading.best for reading in pool)


def _torn(readings: Sequence[_Reading]) -> bool:
    """Say whether no number satisfies all: for intervals that is so when two of them do not meet.

    The ceiling of an account binds only those that count no one beyond it: 5 civilians never deny 20 dead in all.
    """
    different = set(readings)
    return any(reading.torn for reading in different) or any(
        a.ceiling is not None and a.ceiling < b.floor and _covers(a, b) for a in different for b in different
    )


def _covers(wide: _Reading, narrow: _Reading) -> bool:
    """Say whether everyone the narrow reading counts is among those whom the wide one counts."""
    return all(
        any(side == which and _same(of, less) and at in (None, there) for side, of, at in wide.scope)
        for which, less, there in narrow.scope
    )


def _same(wide: str | None, narrow: str | None) -> bool:
    """Say whether `wide` takes in `narrow`; "forces" and the name of an actor are two ways to write the same dead."""
    either = (wide, narrow)
    return wide in (None, narrow) or ("forces" in either and "civilians" not in either and narrow is not None)
