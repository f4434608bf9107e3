"""Is a record that came one that went, under another id? A guess that says what it rests on.

Each field that either has is compared: texts by the words they share, lists by the items, anything else by being the
same. The score is the share of what is alike, weighted: the name and the date say most about what a record is.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from mali_chrono.edit.plain import SHAPE_OF, Values
from mali_chrono.store.shapes import FIXED, Field
from mali_chrono.text import fold

# Below this share two records are two things; and a guess must be that much better than the next one.
LEAST, CLEARLY = 0.6, 0.05
_WEIGHTS = {"title": 3, "name": 3, "sha256": 5, "date": 2, "actors": 2, "cites": 2, "tolls": 2, "relations": 2}
_PROSE = ("title", "name", "summary", "note", "licence")
# What more records have in common says little about which is which; each is held against so many that share most.
_CROWD, _HELD = 50, 8


class Likeness(NamedTuple):
    """How much of two records is alike, from 0 to 1, and the fields that are: the same, or in part with their share."""

    score: float
    same: tuple[str, ...]
    alike: tuple[tuple[str, float], ...]


Guesses = dict[tuple[str, str], Likeness]  # (id before, id after)


def guess(kind: str, gone: Mapping[str, Values], come: Mapping[str, Values]) -> Guesses:
    """Which records of a kind that went are likely those that came; each stands in one guess at most.

    Of two that are about as likely none is guessed.
    """
    shape = SHAPE_OF[kind]
    found = {ends: compare(shape, gone[ends[0]], come[ends[1]]) for ends in _twins(gone, come)}
    taken = {end for ends in found for end in ends}
    scores: dict[str, Guesses] = {}
    for old, new in _candidates(shape, _without(gone, taken), _without(come, taken)):
        like = compare(shape, gone[old], come[new])
        if like.score >= LEAST:
            scores.setdefault(old, {})[old, new] = scores.setdefault(new, {})[old, new] = like
    likely = {ends: like for some in scores.values() for ends, like in some.items()}
    for ends, like in sorted(likely.items(), key=lambda one: (-one[1].score, one[0])):
        if taken.isdisjoint(ends):
            rivals = [rival for end in ends for pair, rival in scores[end].items() if _is_rival(pair, ends, taken)]
            if all(like.score >= rival.score + CLEARLY for rival in rivals):
                found[ends] = like
                taken.update(ends)
    return found


def _twins(gone: Mapping[str, Values], come: Mapping[str, Values]) -> Iterator[tuple[str, str]]:
    """Records that say the very same, and no other of their side does."""
    sides: list[dict[str, list[str]]] = [{}, {}]
    for side, records in zip(sides, (gone, come), strict=True):
        for ident, values in records.items():
            side.setdefault(repr({**values, "id": ""}), []).append(ident)
    for said, olds in sides[0].items():
        news = sides[1].get(said, [])
        if len(olds) == len(news) == 1:
            yield olds[0], news[0]


def _without(records: Mapping[str, Values], taken: set[str]) -> dict[str, Values]:
    return {ident: values for ident, values in records.items() if ident not in taken}


def _is_rival(pair: tuple[str, str], ends: tuple[str, str], taken: set[str]) -> bool:
    return pair != ends and taken.isdisjoint(pair)


def _candidates(shape: str, gone: Mapping[str, Values], come: Mapping[str, Values]) -> Iterator[tuple[str, str]]:
    """Each record that went with those that have most in common with it: not each is held against each."""
    marks: dict[Hashable, list[str]] = {}
    for ident, values in come.items():
        for mark in _marks(shape, values):
            marks.setdefault(mark, []).append(ident)
    for ident, values in gone.items():
        near = Counter(
            other
            for mark in sorted(_marks(shape, values), key=str)
            if len(marks.get(mark, ())) <= _CROWD
            for other in marks.get(mark, ())
        )
        yield from ((ident, other) for other, _ in near.most_common(_HELD))


def _marks(shape: str, values: Values) -> set[Hashable]:
    names = [values.get(name, "") for name in ("title", "name", "file")]
    marks: set[Hashable] = {("name", fold(name)) for name in names if name}
    marks |= {("word", word) for name in names for word in fold(name).split() if len(word) > 3}
    marks |= {(name, values[name]) for name in ("date", "sha256") if name in values}
    marks |= {("cite", cite) for cite in values.get("cites", ())}
    if shape == "place":
        marks.add(("point", values.get("lat"), values.get("lon")))
    return marks


def compare(shape: str, before: Values, after: Values) -> Likeness:
    """How alike two records of a shape are, their ids left out."""
    total = score = 0.0
    same, alike = [], []
    for field in FIXED[shape]:
        old, new = before.get(field.name), after.get(field.name)
        if field.name == "id" or (old is None and new is None):
            continue
        share, weight = _share(field, old, new), _WEIGHTS.get(field.name, 1)
        total, score = total + weight, score + weight * share
        if share == 1:
            same.append(field.name)
        elif share >= LEAST:
            alike.append((field.name, share))
    return Likeness(score / total if total else 0.0, tuple(same), tuple(alike))


def _share(field: Field, old: Any, new: Any) -> float:
    if old == new:
        return 1.0
    if old is None or new is None:
        return 0.0
    if isinstance(old, list):
        return _overlap(map(_token, old), map(_token, new))
    return _overlap(fold(old).split(), fold(new).split()) if field.name in _PROSE else 0.0


def _overlap(old: Iterable[Hashable], new: Iterable[Hashable]) -> float:
    """What two lists have in common, as a share of both (Dice's coefficient)."""
    a, b = Counter(old), Counter(new)
    both = a.total() + b.total()
    return 2 * (a & b).total() / both if both else 0.0


def _token(item: Any) -> Hashable:
    return tuple(sorted((key, str(value)) for key, value in item.items())) if isinstance(item, dict) else str(item)
