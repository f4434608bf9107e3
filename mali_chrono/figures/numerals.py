"""Reads the numbers that prose prints: 84, 1,000, 8.8 million, eighty-four, a dozen, dozens, several."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {word: n for n, word in enumerate(_UNITS)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_LARGE = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
# The words a toll may be (tolls.WORDS), each by the words that print it.
VAGUE = {
    "several": ("several",),
    "many": ("many", "numerous", "scores", "large numbers"),
    "tens": ("tens",),
    "dozens": ("dozens",),
    "hundreds": ("hundreds",),
    "thousands": ("thousands",),
}
_WORD = "|".join((*_SMALL, *_LARGE))
_NUMBER = re.compile(
    rf"(?P<digits>(?<![\w.,])(?<![A-Za-z]-)\d+(?:,\d{{3}})*(?:\.\d+)?)(?![\w]|,\d{{3}}|\.\d)"
    r"(?:[ -](?P<scale>thousand|million|billion)\b)?"
    r"|\b(?P<count>a|two|three|several)? ?(?P<dozen>(?:half-)?dozen)\b"
    rf"|\b(?:a )?(?P<words>(?:{_WORD})(?:(?:[ -]|(?<=hundred) and |(?<=thousand) and )(?:{_WORD}))*)\b",
    re.IGNORECASE,
)
# The zeros of the scripts that print numbers with digits of their own; the others follow each.
_ZEROS = (
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50, 0xED0, 0xF20, 0x1040,
    0x17E0, 0x1810, 0xFF10,
)  # fmt: skip
_DIGITS = {zero + n: str(n) for zero in _ZEROS for n in range(10)} | {0x66B: ".", 0x66C: ","}
_VAGUE = {word: figure for figure, words in VAGUE.items() for word in words}
_VAGUE_WORD = re.compile(rf"\b(?:{'|'.join(_VAGUE)})\b", re.IGNORECASE)


class Number(NamedTuple):
    """A number in a text: where it stands and what it comes to."""

    start: int
    stop: int
    value: Decimal


def in_plain_digits(text: str) -> str:
    """A text with 0 to 9 for the digits of any script, and as long."""
    return text if text.isascii() else text.translate(_DIGITS)


def read(text: str) -> list[Number]:
    """Every number of a text, in order; those inside names (G5, AK-47) are none."""
    return list(_read(text))


def _read(text: str) -> Iterator[Number]:
    for match in _NUMBER.finditer(text):
        if match["digits"]:
            value = Decimal(match["digits"].replace(",", ""))
            yield Number(*match.span(), value * _LARGE[match["scale"].lower()] if match["scale"] else value)
        elif match["dozen"]:
            times = _SMALL.get((match["count"] or "").lower(), 1)
            yield Number(*match.span(), Decimal(6 if match["dozen"].lower().startswith("half") else 12 * times))
        else:
            yield from _spelled(match.start("words"), match["words"])


def _spelled(start: int, text: str) -> Iterator[Number]:
    """One number of words, or several beside each other ("two, three" are two; "eighty-four" is one)."""
    total = current = 0
    begin = end = 0
    before = ""
    for match in re.finditer(r"[a-z]+", text.lower()):
        word = match[0]
        if word == "and":
            continue
        if word in _LARGE:
            if word == "hundred":
                current = max(current, 1) * 100
            else:
                total, current = total + max(current, 1) * _LARGE[word], 0
        else:
            joins = before in _LARGE or (before in _TENS and 0 < _SMALL[word] < 10)
            if before and not joins:
                yield Number(start + begin, start + end, Decimal(total + current))
                total, current, begin = 0, 0, match.start()
            current += _SMALL[word]
        before, end = word, match.end()
    yield Number(start + begin, start + end, Decimal(total + current))


def vague(text: str) -> set[str]:
    """The words of a toll ("dozens", "many") that a text prints."""
    return {_VAGUE[match[0].lower()] for match in _VAGUE_WORD.finditer(text)}


def says_both(text: str) -> bool:
    """Whether a text prints 2 as "both": no figure of an entry's, but what one may rest on."""
    return bool(re.search(r"\bboth\b", text, re.IGNORECASE))
