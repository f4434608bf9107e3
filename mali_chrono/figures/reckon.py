"""What the claimed figures of one event come to: low, best, high, and whether the claims can all be true.

Plain values come in and go out; nothing here knows files, records or SQL. Two operations do all the work: rivals
compete (`_rival`: what one account says of the same people, then the accounts of a side), and parts add up (`_add`:
an account, then the two sides of an event).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.figures.figure import Figure


class Claim(NamedTuple):
    """One toll of an event: how many, of whom, who says so, where, on which lines, and whether it is marked best."""

    kind: str
    figure: "Figure"
    of: str | None = None
    who: str | None = None
    says: str | None = None
    at: str | None = None
    cites: tuple[str, ...] = ()
    best: bool = False


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


_Slot = tuple[str | None, str | None]  # the people a figure counts: of whom and where, None for all


class _Reading(NamedTuple):
    """A claim, an account or a side while it is reckoned.

    `floor` and `ceiling` (None: no upper end) bound it in comparisons, `torn` marks a contradiction within.
    """

    low: int
    best: int
    high: int
    open: bool
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
    victims: list[Claim] = []
    attackers: list[Claim] = []
    for claim in claims:
        if claim.kind != kind or claim.who is not None:
            continue
        if claim.of == "attackers":
            attackers.append(claim._replace(of=None))
        elif claim.of in perpetrators:
            attackers.append(claim)
        else:
            victims.append(claim)
    sides = [_rival(accounts) for side in (victims, attackers) if (accounts := _accounts(side))]
    if not sides:
        return None
    both = _add(sides)
    return Range(both.low, both.best, both.high, both.open, both.torn)


def _accounts(side: Iterable[Claim]) -> list[_Reading]:
    """Sort the claims of one side into accounts: by claimant, or by cite for a source's own voice."""
    accounts: dict[tuple[str | None, str], dict[_Slot, list[_Reading]]] = {}
    for claim in side:
        low, best, high, endless, about, _ = claim.figure
        floor = low - low // 10 if about else low
        ceiling = None if endless else high + high // 10 if about else high
        slot, own = (claim.of, claim.at), claim.says is None
        reading = _Reading(low, best, high, endless, floor, ceiling, own, frozenset({slot}), marked=claim.best)
        for cite in (own and claim.cites) or ("",):
            accounts.setdefault((claim.says, cite), {}).setdefault(slot, []).append(reading)
    return [_account(slots) for slots in accounts.values()]


def _account(slots: Mapping[_Slot, Sequence[_Reading]]) -> _Reading:
    """Add up one account. What is said twice of the same people competes; what lies inside a wider claim is detail."""
    parts = [
        _rival(claims)
        for slot, claims in slots.items()
        if not any(wide in slots for wide in {(None, None), (None, slot[1]), (slot[0], None)} - {slot})
    ]
    # A mark on a detail still chooses the account that holds it.
    return _add(parts)._replace(marked=any(reading.marked for claims in slots.values() for reading in claims))


def _add(parts: Sequence[_Reading]) -> _Reading:
    """Add figures that count different people."""
    ceilings = [part.ceiling for part in parts if part.ceiling is not None]
    return _Reading(
        low=sum(part.low for part in parts),
        best=sum(part.best for part in parts),
        high=sum(part.high for part in parts),
        open=any(part.open for part in parts),
        floor=sum(part.floor for part in parts),
        ceiling=sum(ceilings) if len(ceilings) == len(parts) else None,
        torn=any(part.torn for part in parts),
        own=all(part.own for part in parts),
        scope=frozenset().union(*(part.scope for part in parts)),
    )


def _rival(readings: Sequence[_Reading]) -> _Reading:
    """Let readings compete: the lowest, the highest, and the best of those marked, else in own voice, else of all."""
    marked = [reading for reading in readings if reading.marked]
    own = [reading for reading in readings if reading.own]
    ceilings = [reading.ceiling for reading in readings if reading.ceiling is not None]
    return _Reading(
        low=min(reading.low for reading in readings),
        best=_best(marked or own or readings),
        high=max(reading.high for reading in readings),
        open=any(reading.open for reading in readings),
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
    bound = max(min([a.low, *cap]) for a, cap in zip(pool, caps, strict=True))
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
    return all(any(_same(of, less) and at in (None, there) for of, at in wide.scope) for less, there in narrow.scope)


def _same(wide: str | None, narrow: str | None) -> bool:
    """Say whether `wide` takes in `narrow`; "forces" and the name of an actor are two ways to write the same dead."""
    either = (wide, narrow)
    return wide in (None, narrow) or ("forces" in either and "civilians" not in either and narrow is not None)
