"""What the figures of a list of events come to, so that nothing counts twice: parts inside their wholes, twins once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from mali_chrono.figures.reckon import Range


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
# The kinds of link that have a say in sums.
PART, TWIN = LINKING = ("part-of", "possibly-same-as")


def read_links(links: Iterable[tuple[str, str, str]]) -> Links:
    """Prepare (from, to, kind) links for `total`; kinds other than part-of and possibly-same-as have no say in sums.

    Give those of the whole store: a part of a part of an event lies in it even where the list leaves out the middle.
    """
    wholes: dict[str, set[str]] = {}
    twins: dict[str, set[str]] = {}
    for start, to, kind in links:
        if kind == PART and start != to:
            wholes.setdefault(start, set()).add(to)
        elif kind == TWIN and start != to:
            twins.setdefault(start, set()).add(to)
            twins.setdefault(to, set()).add(start)
    return Links({k: tuple(sorted(v)) for k, v in wholes.items()}, {k: tuple(sorted(v)) for k, v in twins.items()})


def linked_sets(links: Links) -> list[tuple[str, ...]]:
    """The sets of events that links make hang together, each sorted, in order of their first ids."""
    beside: dict[str, set[str]] = {}
    for ends in (links.wholes, links.twins):
        for start, others in ends.items():
            beside.setdefault(start, set()).update(others)
            for other in others:
                beside.setdefault(other, set()).add(start)
    found, seen = [], set[str]()
    for start in sorted(beside):
        stack, together = [start], set[str]()
        while stack:
            event = stack.pop()
            if event not in seen:
                seen.add(event)
                together.add(event)
                stack.extend(beside[event])
        if together:
            found.append(tuple(sorted(together)))
    return found


def total(items: Iterable[Item], links: Links = NO_LINKS) -> Total:
    """Sum a list of events so that nothing counts twice, except in high what is only possibly the same.

    Parts lie inside their whole; those possibly the same count once, as the smallest, in low and best. Adding an
    event never lowers high, and lowers low only when it is possibly the same as a listed one or the whole of one.
    (High: as long as the wholes of each part lie in one another.)
    """
    ranges = {item.id: item.figures for item in items if not item.reporting}
    untold = sum(figures is None for figures in ranges.values())
    once = _pile(ranges, links)
    apart = _pile(ranges, links._replace(twins={})) if any(event in links.twins for event in ranges) else once
    if apart is None or once is None:
        return Total(None, untold)
    # A part of two wholes that are not nested is put into one of them, and not always the same one in both piles.
    high = max(apart.high, once.best)
    return Total(Range(once.low, once.best, high, apart.open, once.disputed), untold)


def correction(items: Iterable[Item], links: Links) -> Range:
    """What events of one linked set come to beside the plain sum of their figures: its ends are below zero, or zero."""
    items = list(items)
    plain, whole = total(items).figures, total(items, links).figures
    if plain is None or whole is None:
        return Range(0, 0, 0, open=False, disputed=False)
    low, best, high = whole.low - plain.low, whole.best - plain.best, whole.high - plain.high
    return Range(low, best, high, open=False, disputed=whole.disputed)


def _pile(ranges: Mapping[str, Range | None], links: Links) -> Range | None:
    """Add up events, each group inside the nearest whole that holds it."""
    # Wholes outside the list stand as wholes without a figure, which hand on the sum of their parts.
    edges: dict[str, tuple[str, ...]] = {}
    stack = [event for event in ranges if event in links.wholes or event in links.twins]
    while stack:
        event = stack.pop()
        if event not in edges:
            twins = [twin for twin in links.twins.get(event, ()) if twin in ranges] if event in ranges else []
            edges[event] = (*links.wholes.get(event, ()), *twins)
            stack.extend(edges[event])
    reach = {event: _reach(event, edges) for event in edges}
    # Events that reach each other count as one: twins, and whatever a cycle of part-of holds.
    heads = {event: min(other for other in ahead if event in reach[other]) for event, ahead in reach.items()}
    members: dict[str, list[Range]] = {}
    for event, head in heads.items():
        figures = ranges.get(event)
        members.setdefault(head, []).extend([figures] if figures else [])
    above = {head: {heads[event] for event in reach[head]} - {head} for head in members}
    depth = {head: sum(bool(members[whole]) for whole in {head, *above[head]}) for head in members}
    loose = [figures for event, figures in ranges.items() if figures and event not in edges]
    parts = defaultdict[str | None, list[Range]](list, {None: loose})
    for head in sorted(members, key=lambda head: -len(reach[head])):  # a part reaches more than its whole
        value = _hold(_once(members[head]), add_up(parts[head]))
        if value is not None:
            nearest = min(above[head], key=lambda whole: (-depth[whole], whole), default=None)
            parts[nearest].append(value)
    return add_up(parts[None])


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
    """Let a whole compete with the sum of its parts, read as "at least": not every part need have been counted."""
    if whole is None or parts is None:
        return whole or parts
    return Range(
        low=whole.low,
        best=max(whole.best, parts.best) if whole.open or parts.best <= whole.high else whole.best,
        high=max(whole.high, parts.high),
        open=whole.open or parts.open,
        disputed=whole.disputed or parts.disputed or (parts.low > whole.high and not whole.open),
    )


def add_up(figures: Sequence[Range]) -> Range | None:
    """Add ranges up; None for none."""
    if not figures:
        return None
    low, best, high, endless, torn = zip(*figures, strict=True)
    return Range(sum(low), sum(best), sum(high), any(endless), any(torn))


def _once(twins: Sequence[Range]) -> Range | None:
    """Count events that are possibly the same: the smallest, in high all of them; None for none."""
    added = add_up(twins)
    return added and added._replace(low=min(twin.low for twin in twins), best=min(twin.best for twin in twins))
