"""How the text of a field is read, by the form that the table of shapes gives it; each raises ValueError."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from mali_chrono.dates.edtf import parse as parse_date
from mali_chrono.figures.figure import parse_figure
from mali_chrono.store.model import Cite, PlaceRef

SLUG = "[a-z0-9][a-z0-9-]*"
CITE = f"({SLUG}):([1-9][0-9]{{0,7}})(?:-([1-9][0-9]{{0,7}}))?"
SHA256 = "[0-9a-f]{64}"
INTEGER = "0|[1-9][0-9]{0,8}"
NUMBER = r"-?[0-9]{1,3}(\.[0-9]{1,15})?"


def nearest_slug(text: str) -> str:
    """The id nearest to a text, by folding it."""
    from mali_chrono.text import fold  # noqa: PLC0415 - only where something is wrong

    return fold(text).replace(" ", "-")


def parse_cite(text: str) -> Cite:
    """`source:line` or `source:first-last`. Raises ValueError."""
    match = re.fullmatch(CITE, text)
    if not match:
        raise ValueError(f"'{text}' is no cite: write source:line or source:first-last, like report:110-111")
    first = int(match[2])
    last = int(match[3] or first)
    if last < first:
        raise ValueError(f"'{text}' runs backwards")
    return Cite(match[1], first, last)


def _slug(text: str) -> str:
    if not re.fullmatch(SLUG, text):
        guess = nearest_slug(text)
        raise ValueError(
            f"'{text}' is no id: small letters, digits and hyphens" + (f", like '{guess}'" if guess else "")
        )
    return text


def _place(text: str) -> PlaceRef:
    return PlaceRef(text.removeprefix("~").lstrip(), text.startswith("~"))


def _integer(text: str) -> int:
    if not re.fullmatch(INTEGER, text):
        raise ValueError(f"'{text}' is no whole number")
    return int(text)


def _number(text: str) -> float:
    if not re.fullmatch(NUMBER, text):
        raise ValueError(f"'{text}' is no decimal number")
    return float(text)


def _flag(text: str) -> bool:
    if text not in {"true", "false"}:
        raise ValueError(f"'{text}' is neither true nor false")
    return text == "true"


def _sha256(text: str) -> str:
    if not re.fullmatch(SHA256, text):
        raise ValueError("a sha256 is 64 hexadecimal digits in small letters")
    return text


# Frozen values, many of them written again and again: one object for each text.
FORMS: dict[str, Callable[[str], Any]] = {
    "text": str,
    "choice": str,
    "id": _slug,
    "date": lru_cache(4096)(parse_date),
    "figure": lru_cache(4096)(parse_figure),
    "cite": lru_cache(16384)(parse_cite),
    "place": lru_cache(4096)(_place),
    "integer": _integer,
    "number": _number,
    "flag": _flag,
    "sha256": _sha256,
}
# What stands where a required field could not be read, so that the rest of its record can still be checked.
STAND_INS: dict[str, Callable[[], Any]] = {
    "date": lambda: parse_date("0001"),
    "figure": lambda: parse_figure("0"),
    "integer": int,
}
