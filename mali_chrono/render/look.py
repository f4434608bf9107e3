"""What a renderer is handed: what the text will be shown on, and the rows of a timeline."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Look(Protocol):
    """What the text will be shown on: its width (None: no terminal), colour, and whether box lines can be drawn."""

    @property
    def width(self) -> int | None: ...  # noqa: D102
    @property
    def color(self) -> bool: ...  # noqa: D102
    @property
    def unicode(self) -> bool: ...  # noqa: D102


class Timeline(NamedTuple):
    """An answer: the columns' fields and their rows (in json: one text a row), each row's last value its year.

    `periods` are (words, json object) pairs; `query` is what was asked, resolved.
    """

    fields: Sequence[str]
    rows: Sequence[tuple[object, ...]]
    periods: Sequence[tuple[str, str]]
    query: dict[str, object]
    store: str
