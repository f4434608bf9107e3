"""A language's names and patterns for dates, from Babel's copy of Unicode's CLDR. An index keeps it."""

from collections.abc import Mapping
from typing import Any

from mali_chrono.dates.spoken import Tongue

LANGUAGE = "[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}"
_SKELETONS = {"day": "yMMMd", "month": "yMMM", "year": "y", "quarter": "yQQQ"}
_RANGES = {"day": ("yMMMd", "dMy"), "month": ("yMMM", "My"), "year": ("y", "y")}


class NoTongueError(Exception):
    """Why dates cannot be told in a language, and what would help."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def has_babel() -> bool:
    """Whether Babel is installed; nothing is imported to find out."""
    from importlib.util import find_spec  # noqa: PLC0415

    return find_spec("babel") is not None


def find_tongue(language: str) -> Tongue:
    """What a language (BCP 47: fr, pt-BR) has for dates. Raises NoTongueError."""
    if not has_babel():
        raise NoTongueError("the words of other languages come with Babel", "pip install 'mali-chrono[languages]'")
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415

    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        hint = "write it as BCP 47 does: fr, de, pt-BR"
        raise NoTongueError(f"nobody knows the language '{language}'", hint) from None
    skeletons, months = locale.datetime_skeletons, locale.months
    patterns = {name: skeletons[key].pattern for name, key in _SKELETONS.items()}
    patterns |= {f"{name} era": skeletons[f"G{_SKELETONS[name]}"].pattern for name in ("day", "month", "year")}
    ranges = {
        f"{name} {unit}": halves
        for name, (key, units) in _RANGES.items()
        for unit in units
        if (halves := _halves(locale.interval_formats.get(key, {}).get(unit)))
    }
    return Tongue(
        locale.language,
        _twelve(months["format"]["abbreviated"]),
        _twelve(months["format"]["wide"]),
        _twelve(months["stand-alone"]["abbreviated"]),
        _twelve(months["stand-alone"]["wide"]),
        tuple(locale.quarters["format"]["abbreviated"][number] for number in range(1, 5)),
        (locale.eras["abbreviated"][0], locale.eras["abbreviated"][1]),
        patterns,
        ranges,
        dict(locale.list_patterns["or"].items()),
        dict(locale.list_patterns["standard"].items()),
    )


def _twelve(names: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(names[number] for number in range(1, 13))


def _halves(parts: Any) -> tuple[str, str] | None:
    """The pattern of from-to in two halves; None where the language has none."""
    return (parts[0], parts[1]) if parts and len(parts) == 2 else None
