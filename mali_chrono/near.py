"""The words most like another one. Imported only where a word is wrong."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import lru_cache
from heapq import nlargest
from itertools import combinations

from mali_chrono.text import fold

LIKE = 0.6
LONGEST = 1000  # no one mistypes a longer word
# Among so many every word is compared: of a frozen set, which is asked again and again, and of what is asked once.
FEW, FEW_ONCE = 300, 5000
_COMPARED = 100  # of more, those that share the most groups of three letters
_COUNTED = 5000
EACH = 30  # of so few words each is held against each other one
SHORT = 5  # a letter makes another word of a shorter one


def nearest_named(text: str, named: Sequence[tuple[str, str]], count: int) -> list[str]:
    """At most `count` ids that a text may mean, of pairs of a folded name and an id.

    First those of names with every word of it, then of names that hold them, then of names that are spelt alike.
    """
    words = fold(text).split()
    holding = [pair for pair in named if words and all(word in pair[0] for word in words)]
    holding.sort(key=lambda pair: (len(pair[0]), pair))
    whole = [ident for key, ident in holding if set(words) <= set(key.split())]
    found = list(dict.fromkeys([*whole, *(ident for _, ident in holding)]))
    if len(found) >= count:
        return found[:count]
    near = nearest(fold(text), list({key for key, _ in named}), count)
    ids = dict(sorted(pair for pair in named if pair[0] in near))
    return list(dict.fromkeys([*found, *(ids[key] for key in near)]))[:count]


def nearest(word: str, words: Collection[str], count: int, like: float = LIKE) -> list[str]:
    """At most `count` of some words, the most like one first; `like` is how alike they must be, up to 1."""
    if len(word) > LONGEST:
        return []
    few = FEW if isinstance(words, frozenset) else FEW_ONCE
    near = words if len(words) <= few else _candidates(word, words)
    # No longer or shorter one can be like it: the comparison takes long to find that out.
    least = like / (2 - like)
    sized = [other for other in near if min(len(word), len(other)) >= least * max(len(word), len(other))]
    return get_close_matches(word, sized, count, like) if sized else []


def _candidates(word: str, words: Collection[str]) -> list[str]:
    """The words that share the most groups of three letters with one.

    The groups of a frozen set are found once and kept; for what is asked once that takes longer than to read it.
    """
    shared = _by_index(word, words) if isinstance(words, frozenset) else _by_reading(word, words)
    length = len(word)
    best = nlargest(_COMPARED, shared.items(), key=lambda item: (item[1], -abs(len(item[0]) - length), item[0]))
    return [other for other, _ in best]


def _by_index(word: str, words: frozenset[str]) -> Counter[str]:
    index = _index(words)
    shared: Counter[str] = Counter()
    for found in sorted((index.get(group, []) for group in _groups(word)), key=len):
        if shared and len(found) > _COUNTED:
            break
        shared.update(found)
    return shared


def _by_reading(word: str, words: Collection[str]) -> Counter[str]:
    groups = list(_groups(word))
    counts = ((other, sum(map(f"  {other} ".__contains__, groups))) for other in words)
    return Counter({other: count for other, count in counts if count})


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


def slips(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of words, an earlier and a later one, that one slip of the pen tells apart.

    That is a letter too many, another one, or two that changed places. A word that begins with another letter or has
    another number is another word, and so is a short one. What is left of a word without one of its letters is looked
    up, so that many words are not held against many.
    """
    long = [word for word in dict.fromkeys(words) if SHORT <= len(word) <= LONGEST]
    if len(long) <= EACH:
        yield from (pair for pair in combinations(long, 2) if _is_slip(*pair))
        return
    left: dict[str, list[str]] = {}
    for word in long:
        rests = {word, *(word[:at] + word[at + 1 :] for at in range(1, len(word)))}
        met = dict.fromkeys(other for rest in rests for other in left.get(rest, ()))
        yield from ((other, word) for other in met if _is_slip(other, word))
        for rest in rests:
            left.setdefault(rest, []).append(word)


def _is_slip(one: str, other: str) -> bool:
    """Whether one slip tells two words of five letters or more apart; the first half or the end of them is the same."""
    half, rest = len(one) // 2, len(one) - len(one) // 2 - 2
    if not -1 <= len(one) - len(other) <= 1 or (one[:half] != other[:half] and one[-rest:] != other[-rest:]):
        return False
    short, long = sorted((one, other), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if not at or long[at : at + 1].isdigit():
        return False
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return not short[at : at + 1].isdigit() and (swapped or short[at + 1 :] == long[at + 1 :])
