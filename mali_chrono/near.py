"""The words most like another one. Imported only where a word is wrong."""

from collections import Counter
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from functools import lru_cache
from heapq import nlargest

LIKE = 0.6
LONGEST = 1000  # no one mistypes a longer word
FEW = 300  # among so many every word is compared
_COMPARED = 100  # of more, those that share the most groups of three letters
_COUNTED = 5000


def nearest(word: str, words: Collection[str], count: int) -> list[str]:
    """At most `count` of some words, the most like one first."""
    if len(word) > LONGEST:
        return []
    near = words if len(words) <= FEW else _candidates(word, frozenset(words))
    # No longer or shorter one can be like it: the comparison takes long to find that out.
    least = LIKE / (2 - LIKE)
    sized = [other for other in near if min(len(word), len(other)) >= least * max(len(word), len(other))]
    return get_close_matches(word, sized, count, LIKE) if sized else []


def _candidates(word: str, words: frozenset[str]) -> list[str]:
    index = _index(words)
    shared: Counter[str] = Counter()
    for found in sorted((index.get(group, []) for group in _groups(word)), key=len):
        if shared and len(found) > _COUNTED:
            break
        shared.update(found)
    length = len(word)
    best = nlargest(_COMPARED, shared.items(), key=lambda item: (item[1], -abs(len(item[0]) - length), item[0]))
    return [other for other, _ in best]


@lru_cache(8)
def _index(words: frozenset[str]) -> dict[str, list[str]]:
    """The words by the groups of three letters in them."""
    index: dict[str, list[str]] = {}
    for word in sorted(words):
        for group in _groups(word):
            index.setdefault(group, []).append(word)
    return index


def _groups(word: str) -> Iterator[str]:
    padded = f"  {word} "
    return iter({padded[at : at + 3] for at in range(len(padded) - 2)})
