"""What a store says of itself in data/chronology.yaml."""

from dataclasses import dataclass, field

# How many characters a title may have where the settings of a store do not say.
TITLE_LENGTH = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a store says of itself: the `format` that its files are written in, and what it is called.

    `language` is that in which dates are told, and in which its documents name months beside English; `title_length`
    is how long a title may be.
    """

    format: int = 1
    name: str | None = None
    language: str = "en"
    title_length: int = TITLE_LENGTH
    id: str = "chronology"
    path: str = ""
    line: int = field(default=0, compare=False, repr=False)
    column: int = field(default=0, compare=False, repr=False)
    unread: frozenset[str] = frozenset()
