"""Names as they sound, so that two spellings of a place are one: Ouagadougou and Wagadugu."""

import re
from functools import lru_cache

from mali_chrono.answers.weights import LONG_NAME
from mali_chrono.text import fold

# What is written for one sound, in the order in which it is replaced.
_ALIKE = (("ou", "u"), ("w", "u"), ("ck", "k"), ("c", "k"), ("y", "i"), ("h", ""))


@lru_cache(1 << 16)
def sound(text: str) -> str:
    """A text as it sounds: folded, one letter for each sound, no h, no letter twice."""
    folded = fold(text)
    for written, heard in _ALIKE:
        folded = folded.replace(written, heard)
    return re.sub(r"([a-z])\1+", r"\1", folded)


@lru_cache(1 << 16)
def alike(one: str, other: str) -> bool:
    """Whether two sounds are one, or in long names one letter off."""
    if one == other:
        return bool(one)
    return min(len(one), len(other)) >= LONG_NAME and _one_off(*sorted((one, other), key=len))


def _one_off(short: str, long: str) -> bool:
    if len(long) - len(short) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return long[at + 1 :] == (short[at:] if len(long) > len(short) else short[at + 1 :])
