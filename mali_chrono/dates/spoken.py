"""The language that dates are told in: English, which needs nothing, or what the store that is read asks for.

Words for dates are made in every floor of the house, so the language is not handed down through all of them: it is
that of the store which is read, said once where its index is opened or made, and asked for by `words.py` alone.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from typing import NamedTuple


class Tongue(NamedTuple):
    """What a language has for dates, as Unicode's CLDR gives it: names, and patterns of its letters (UTS 35).

    `months` are those inside a date, `full` the same in full, `alone` those without a day; `eras` before and after
    Christ. `patterns` are those of a "day", "month", "year" and "quarter", and of each with an "era"; `ranges` the two
    halves of from-to, by what is told and the greatest unit that differs: "day M". `either` and `both` join texts.
    """

    language: str
    months: tuple[str, ...]
    full: tuple[str, ...]
    alone: tuple[str, ...]
    alone_full: tuple[str, ...]
    quarters: tuple[str, ...]
    eras: tuple[str, str]
    patterns: Mapping[str, str]
    ranges: Mapping[str, tuple[str, str]]
    either: Mapping[str, str]
    both: Mapping[str, str]


_SPOKEN: ContextVar[Tongue | None] = ContextVar("spoken", default=None)


def speak(tongue: Tongue | None) -> None:
    """Tell dates in a language from now on; None is English."""
    _SPOKEN.set(tongue)


def spoken() -> Tongue | None:
    """The language that dates are told in; None is English."""
    return _SPOKEN.get()


def is_english(language: str) -> bool:
    """Whether a language is the one that is built in."""
    return language.partition("-")[0] == "en"


def written(tongue: Tongue) -> str:
    """A language as a text, for an index."""
    from json import dumps  # noqa: PLC0415 - only for a store in another language

    return dumps(tongue, ensure_ascii=False)


def read(text: str) -> Tongue:
    """The language that a text of `written` holds."""
    from json import loads  # noqa: PLC0415

    return Tongue(*loads(text))
