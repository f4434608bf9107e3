"""What claimed figures add up to: low, best, high, and whether the claims can all be true.

Plain values come in and go out; nothing here knows files, records or SQL. Three operations do all the work: rivals
compete (`_rival`: what one account says of the same people, then the accounts of a side), parts add up (`_add`: an
account, then the two sides of an event), and a whole holds its parts (`_hold`: events of a list).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mali_chrono.figures.figure import Figure

KINDS = ("killed", "wounded", "abducted", "missing", "captured", "released", "arrested", "displaced")


class Claim(NamedTuple):
    """One toll of an event: how many, of whom, who says so, where, on which lines, and whether it is marked best."""

    kind: str
    figure: Figure
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


class Item(NamedTuple):
    """One event of a list to be summed: its reckoned range, and whether its type is of the category reporting."""

    id: str
    figures: Range | None
    reporting: bool = False


class Links(NamedTuple):
    """Links ready for `total`: each part with its wholes, each event with those that are possibly the same."""

    wholes: Mapping[str, tuple[str, ...]]
    twins: Mapping[str, tuple[str, ...]]


class Total(NamedTuple):
    """The sum over a list: None where no event has a figure, and how many events had none (reporting left out)."""

    figures: Range | None
    untold: int


NO_LINKS = Links({}, {})


def range_text(figures: Range) -> str:
    """Write a range for a table: 84, 84+, 50-84 or 50-84+."""
    ends = (figures.low,) if figures.low == figures.high else (figures.low, figures.high)
    return "-".join(map(str, ends)) + "+" * figures.open


def satisfies_min(figures: Range | None, least: int) -> Literal["must", "may"] | None:
    """Say whether at least `least` must be so (even the lowest account says it), may be so, or neither.

    A filter that needs one number takes `best >= least`, which lies between: must implies it, and it implies may.
    May alone is no filter, since every "some killed" may be any number.
    """
    if figures is None or (figures.high < least and not figures.open):
        return None
    return "must" if figures.low >= least else "may"


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
    torn: bool
    marked: bool
    own: bool
    scope: frozenset[_Slot]


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


def disputed(claims: Iterable[Claim], perpetrators: frozenset[str]) -> bool:
    """Say whether, for any kind, no number satisfies all accounts."""
    claims = tuple(claims)
    return any(figures.disputed for kind in KINDS if (figures := reckon(claims, kind, perpetrators)))


def _accounts(side: Iterable[Claim]) -> list[_Reading]:
    """Sort the claims of one side into accounts: by claimant, or by cite for a source's own voice."""
    told: dict[tuple[str | None, str], dict[_Slot, list[_Reading]]] = {}
    for claim in side:
        low, best, high, endless, about, _ = claim.figure
        floor = low - low // 10 if about else low
        ceiling = None if endless else high + high // 10 if about else high
        slot, own = (claim.of, claim.at), claim.says is None
        reading = _Reading(low, best, high, endless, floor, ceiling, False, claim.best, own, frozenset({slot}))
        for cite in (claim.cites or ("",)) if own else ("",):
            told.setdefault((claim.says, cite), {}).setdefault(slot, []).append(reading)
    return [_account(slots) for slots in told.values()]


def _account(slots: Mapping[_Slot, Sequence[_Reading]]) -> _Reading:
    """Add up one account. What is said twice of the same people competes; what lies inside a wider claim is detail."""
    parts = [
        _rival(said)
        for slot, said in slots.items()
        if not any(wide in slots for wide in {(None, None), (None, slot[1]), (slot[0], None)} - {slot})
    ]
    # A mark on a detail still chooses the account that holds it.
    return _add(parts)._replace(marked=any(reading.marked for said in slots.values() for reading in said))


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
        marked=any(part.marked for part in parts),
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
        marked=bool(marked),
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


def read_links(links: Iterable[tuple[str, str, str]]) -> Links:
    """Prepare (from, to, kind) links for `total`; kinds other than part-of and possibly-same-as have no say in sums.

    Give those of the whole store: a part of a part of an event lies in it even where the list leaves out the middle.
    """
    wholes: dict[str, set[str]] = {}
    twins: dict[str, set[str]] = {}
    for start, to, kind in links:
        if kind == "part-of" and start != to:
            wholes.setdefault(start, set()).add(to)
        elif kind == "possibly-same-as" and start != to:
            twins.setdefault(start, set()).add(to)
            twins.setdefault(to, set()).add(start)
    return Links({k: tuple(sorted(v)) for k, v in wholes.items()}, {k: tuple(sorted(v)) for k, v in twins.items()})


def total(items: Iterable[Item], links: Links = NO_LINKS) -> Total:
    """Sum a list of events so that nothing counts twice, except in high what is only possibly the same.

    Parts lie inside their whole; those possibly the same count once, as the smallest, in low and best. Adding an
    event never lowers high, and lowers low only when it is possibly the same as a listed one or the whole of one.
    (High: as long as the wholes of each part lie in one another.)
    """
    told = {item.id: item.figures for item in items if not item.reporting}
    untold = sum(figures is None for figures in told.values())
    apart = _pile(told, links._replace(twins={}))
    once = _pile(told, links)
    if apart is None or once is None:
        return Total(None, untold)
    # A part of two wholes that are not nested is put into one of them, and not always the same one in both piles.
    high = max(apart.high, once.best)
    return Total(Range(once.low, once.best, high, apart.open, once.disputed), untold)


def _pile(told: Mapping[str, Range | None], links: Links) -> Range | None:
    """Add up events, each group inside the nearest whole that holds it."""
    # Wholes outside the list stand as wholes without a figure, which hand on the sum of their parts.
    edges: dict[str, tuple[str, ...]] = {}
    stack = [event for event in told if event in links.wholes or event in links.twins]
    while stack:
        event = stack.pop()
        if event not in edges:
            twins = [twin for twin in links.twins.get(event, ()) if twin in told] if event in told else []
            edges[event] = (*links.wholes.get(event, ()), *twins)
            stack.extend(edges[event])
    reach = {event: _reach(event, edges) for event in edges}
    # Events that reach each other count as one: twins, and whatever a cycle of part-of holds.
    heads = {event: min(other for other in seen if event in reach[other]) for event, seen in reach.items()}
    members: dict[str, list[Range]] = {}
    for event, head in heads.items():
        figures = told.get(event)
        members.setdefault(head, []).extend([figures] if figures else [])
    above = {head: {heads[event] for event in reach[head]} - {head} for head in members}
    depth = {head: sum(bool(members[whole]) for whole in {head, *above[head]}) for head in members}
    loose = [figures for event, figures in told.items() if figures and event not in edges]
    parts: dict[str | None, list[Range]] = {None: loose}
    for head in sorted(members, key=lambda head: -len(reach[head])):  # a part reaches more than its whole
        value = _hold(_once(members[head]), _sum(parts.get(head, [])))
        if value is not None:
            nearest = min(above[head], key=lambda whole: (-depth[whole], whole), default=None)
            parts.setdefault(nearest, []).append(value)
    return _sum(parts[None])


def _reach(start: str, edges: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Follow edges from an event; cycles end where they began."""
    seen, stack = {start}, [start]
    while stack:
        for event in edges[stack.pop()]:
            if event not in seen:
                seen.add(event)
                stack.append(event)
    return seen


def _hold(whole: Range | None, parts: Range | None) -> Range | None:
    """Let a whole compete with the sum of its parts, read as "at least": not every part need have been told."""
    if whole is None or parts is None:
        return whole or parts
    return Range(
        low=whole.low,
        best=max(whole.best, parts.best) if whole.open or parts.best <= whole.high else whole.best,
        high=max(whole.high, parts.high),
        open=whole.open or parts.open,
        disputed=whole.disputed or parts.disputed or (parts.low > whole.high and not whole.open),
    )


def _sum(figures: Sequence[Range]) -> Range | None:
    """Add ranges up; None for none."""
    if not figures:
        return None
    low, best, high, endless, torn = zip(*figures, strict=True)
    return Range(sum(low), sum(best), sum(high), any(endless), any(torn))


def _once(twins: Sequence[Range]) -> Range | None:
    """Count events that are possibly the same: the smallest, in high all of them; None for none."""
    added = _sum(twins)
    return added and added._replace(low=min(twin.low for twin in twins), best=min(twin.best for twin in twins))
