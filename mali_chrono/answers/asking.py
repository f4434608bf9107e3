"""Filters by the names that a person gives them, as options or as arguments; and back, as the words of a command."""

from collections.abc import Iterable, Mapping
from typing import Any

from mali_chrono.answers.filters import FACETS, Filters, Question
from mali_chrono.answers.windows import When
from mali_chrono.dates.days import Today
from mali_chrono.errors import UsageError

_FLAGS = ("covers", "must", "within", "direct", "disputed", "confirmed")


def read_given(given: Mapping[str, Any], today: Today = (1, 1, 1)) -> Filters:
    """The filters that are given under the names of the options, a list for each that may be repeated, None for none.

    `today` is what dates count from. Raises UsageError on a bad `exclude` or `min`.
    """
    since, until, within = (tuple(given.get(name) or ()) for name in ("since", "until", "in_"))
    when = When(since, until, within, today)
    plain = {field: given[field] for field in Filters._fields if given.get(field) is not None}
    least = tuple(map(_least, given.get("min") or ()))
    return Filters(when=when, excluded=_pairs(given.get("exclude") or ()), least=least, **plain)


def _least(text: str) -> tuple[str, int]:
    kind, _, number = text.partition("=")
    if not kind.strip() or not number.strip().isascii() or not number.strip().isdecimal():
        raise UsageError(f"--min takes KIND=N, a kind of toll and a number, not '{text}'")
    return kind.strip(), int(number)


def _pairs(excluded: Iterable[str]) -> list[tuple[str, str]]:
    pairs = []
    for text in excluded:
        key, equals, value = text.partition("=")
        if not equals or not key.strip() or not value.strip():
            raise UsageError(f"--exclude takes KEY=VALUE, like type=report, not '{text}'")
        pairs.append((key.strip(), value.strip()))
    return pairs


def option_words(filters: Filters) -> tuple[str, ...]:
    """The options of a command line that asks for the same, quoted for a shell; `today` and `window` are not said."""
    when = filters.when
    texts = [("since", when.since), ("until", when.until), ("in", when.within)]
    texts += [("actor", filters.actor), ("role", filters.role), ("with", filters.company)]
    texts += [*((key, getattr(filters, key)) for key in FACETS), ("match", filters.text)]
    texts += [("exclude", [f"{key}={value}" for key, value in filters.excluded])]
    options = [word for name, values in texts for value in values for word in (f"--{name}", _quoted(value))]
    options += [f"--{flag}" for flag in _FLAGS if getattr(filters, flag)]
    options += [word for kind, least in filters.least for word in ("--min", f"{kind}={least}")]
    if filters.sort != "date":
        options += ["--sort", filters.sort]
    if filters.limit is not None:
        options += ["--limit", str(filters.limit)]
    return (*options, *["--reverse"] * filters.reverse)


def _quoted(value: str) -> str:
    from shlex import quote  # where no option is said again, nothing needs it

    return quote(value)


def asked(filters: Filters, question: Question) -> dict[str, object]:
    """All that was asked, by the names of the options: the time, the ids of what was named, and every other filter."""
    others: dict[str, object] = {flag: True for flag in _FLAGS if getattr(filters, flag)}
    others |= {"min": [f"{kind}={least}" for kind, least in filters.least], "match": list(filters.text)}
    others |= {"exclude": [f"{key}={value}" for key, value in filters.excluded], "limit": filters.limit}
    others |= {"reverse": filters.reverse or None, "sort": None if filters.sort == "date" else filters.sort}
    named = {key: list(values) for key, values in question.resolved.items()}
    return {**question.echo, **named, **{key: value for key, value in others.items() if value not in (None, [])}}
