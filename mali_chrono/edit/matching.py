"""Two lists -> their items side by side: by what they are, never by where they stand."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import Any, NamedTuple

from mali_chrono.cites import source_of
from mali_chrono.kinds import SECTIONS
from mali_chrono.store.shapes import toll_kind

Key = Callable[[Any], Hashable]

# The order of lists is held against each other up to so many pairs, where an item stands in one twice.
_HELD = 1_000_000


class Pair(NamedTuple):
    """An item of the list before and the one it became; None where it came or went."""

    before: Any
    after: Any


def _by(*names: str) -> Key:
    """A key that is the fields of these names; None, which is like nothing, where all of them are absent."""

    def key(item: dict[str, Any]) -> Hashable:
        found = tuple(_hashable(item.get(name)) for name in names)
        return found if any(value is not None for value in found) else None

    return key


def _toll(*names: str) -> Key:
    return lambda toll: (toll_kind(toll), *(_hashable(toll.get(name)) for name in names))


def _number(*names: str) -> Key:
    """The same number said of the same people on the same lines, whoever says it or whatever became of them."""
    return lambda toll: (toll.get(toll_kind(toll)), *(_hashable(toll.get(name)) for name in ("cite", *names)))


# What makes two parts the same one, the strictest first: each is held against what the ones before left over.
_SAME: dict[str, tuple[Key, ...]] = {
    "participation": (_by("actor", "role"), _by("actor")),
    "toll": (
        _toll("of", "who", "says", "at", "as_of", "cite"),
        _toll("of", "who", "says", "at", "as_of"),
        _toll("of", "who", "says", "at"),
        _toll("of", "who", "says"),
        _toll("who", "says", "cite"),
        _number("of", "says"),
        _number("of", "at"),
    ),
    "also": (_by("date", "kind"), _by("kind", "cite"), _by("date"), _by("kind")),
    "link": (_by("to"),),
    "relation": (
        _by("kind", "actor", "office", "date"),
        _by("kind", "actor", "office", "cite"),
        _by("kind", "actor", "office"),
        _by("actor", "office", "date"),
    ),
    "strength": (_by("date", "who", "says"), _by("figure", "who", "says"), _by("cite")),
    "party": (_by("actor", "side"), _by("actor")),
    "skip": (_by("lines", "date"), _by("reason")),
    **{f"{section} entry": (_by("id"),) for section in SECTIONS},
    "cite": (source_of,),
    "place": (lambda place: place.lstrip("~"),),
}


def pair(before: Sequence[Any], after: Sequence[Any], shape: str = "") -> list[Pair]:
    """The items of two lists side by side, in the order of the list after; what went comes last.

    Equal ones first, then those that are the same thing by the keys of their shape.
    """
    left, found = list(range(len(before))), dict[int, int]()
    keys: tuple[Key, ...] = (_hashable, *_SAME.get(shape, ()))
    for key in keys:
        waiting: dict[Hashable, list[int]] = {}
        for i in left:
            if (known := key(before[i])) is not None:
                waiting.setdefault(known, []).append(i)
        for j, item in enumerate(after):
            if j not in found and (same := waiting.get(key(item))):
                found[j] = same.pop(0)
        taken = set(found.values())
        left = [i for i in left if i not in taken]
    pairs = [Pair(before[found[j]] if j in found else None, item) for j, item in enumerate(after)]
    return pairs + [Pair(before[i], None) for i in left]


def _hashable(value: Any) -> Hashable:
    if isinstance(value, dict):
        return frozenset((name, _hashable(inner)) for name, inner in value.items())
    return tuple(map(_hashable, value)) if isinstance(value, list) else value


def is_reordered(before: Sequence[Any], after: Sequence[Any]) -> bool:
    """Whether what two lists have in common stands in another order."""
    old, new = list(map(_hashable, before)), list(map(_hashable, after))
    common = Counter(old) & Counter(new)
    if len({*old}) == len(old) and len({*new}) == len(new):
        return [item for item in old if item in common] != [item for item in new if item in common]
    if len(old) * len(new) > _HELD:
        return False
    return _longest(old, new) < common.total()  # which of two equal items is the new one is nobody's to say


def _longest(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """How many items at most two lists have in common in the same order."""
    row = [0] * (len(new) + 1)
    for item in old:
        above = row
        row = [0]
        for j, other in enumerate(new):
            row.append(above[j] + 1 if item == other else max(above[j + 1], row[j]))
    return row[-1]
