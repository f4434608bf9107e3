"""How the text of a field is read, by the form that the table of shapes gives it; each raises ValueError."""

import re
from collections.abc import Callable, Collection
from functools import lru_cache, partial
from typing import Any

from mali_chrono.cites import HIDDEN, SLUG, read_cite
from mali_chrono.dates.calendars import read_foreign
from mali_chrono.dates.edtf import parse as parse_date
from mali_chrono.dates.tongues import LANGUAGE
from mali_chrono.figures.figure import parse_figure
from mali_chrono.kinds import CALENDARS
from mali_chrono.store.model import Cite, PlaceRef

SHA256 = "[0-9a-f]{64}"
# What an address has must be safe in a link; what it may have besides is no concern of a store's (RFC 3986).
URL = rf"https?://[^{HIDDEN}\s<>\x22\\^`{{}}|/]+[^{HIDDEN}\s<>\x22\\^`{{}}|]*"
INTEGER = "0|[1-9][0-9]{0,8}"
NUMBER = r"-?[0-9]{1,3}(\.[0-9]{1,15})?"

_LONGEST = 60  # characters of an id that is made of a text


def nearest_slug(text: str) -> str:
    """The id nearest to a text, by folding it."""
    from mali_chrono.text import fold  # noqa: PLC0415 - only where something is wrong

    return fold(text).replace(" ", "-")


def slug_of(text: str) -> str:
    """A text as an id, or as part of one; empty where nothing of it is left."""
    return re.sub("[^a-z0-9]+", "-", nearest_slug(text)).strip("-")


def short_slug(text: str) -> str:
    """The same, cut between two words where it is long."""
    slug = slug_of(text)
    return slug if len(slug) <= _LONGEST else slug[: _LONGEST + 1].rpartition("-")[0] or slug[:_LONGEST]


def fresh(slug: str, taken: Collection[str]) -> str:
    """An id that is not taken: the slug, or that with the first number from 2 on that makes it one."""
    if slug not in taken:
        return slug
    return next(made for n in range(2, len(taken) + 3) if (made := f"{slug}-{n}") not in taken)


def parse_cite(text: str) -> Cite:
    """A cite of lines, pages or an anchor. Raises ValueError."""
    return Cite(*read_cite(text))


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


def _url(text: str) -> str:
    if not re.fullmatch(URL, text):
        raise ValueError(f"'{text}' is no address of the web: it begins with https:// or http:// and has no blanks")
    return text


def _language(text: str) -> str:
    if not re.fullmatch(LANGUAGE, text):
        raise ValueError(f"'{text}' is no language: write its code, like en, fr or pt-BR")
    return text


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
    "url": _url,
    "language": _language,
    "sha256": _sha256,
    **{calendar: partial(read_foreign, calendar) for calendar in CALENDARS},
}
# What stands where a required field could not be read, so that the rest of its record can still be checked.
STAND_INS: dict[str, Callable[[], Any]] = {
    "date": lambda: parse_date("0001"),
    "figure": lambda: parse_figure("0"),
    "integer": int,
}


def gather_calendars(values: dict[str, Any]) -> None:
    """Put dates of other calendars, each a field of its own in a file, into one field."""
    if foreign := [values.pop(name) for name in CALENDARS if name in values]:
        values["calendars"] = tuple(foreign)
