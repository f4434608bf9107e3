"""View -> text, one module per shape. A renderer returns a string and knows no stream; rich is used only here."""

import importlib
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol, cast

from mali_chrono.query import Card


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


_TIMELINES = {
    "table": "table",
    "plain": "plain",
    "json": "jsontext",
    "jsonl": "jsontext",
    "csv": "csvtext",
    "md": "markdown",
}


def timeline(shape: str, view: Timeline, look: Look) -> str:
    """A timeline in one of the shapes; only that shape's module is imported."""
    module = importlib.import_module(f"mali_chrono.render.{_TIMELINES[shape]}")
    return cast("Callable[[Timeline, Look], str]", getattr(module, shape))(view, look)


def cards(shape: str, found: Sequence[Card], look: Look) -> str:
    """Events in full, in one of the shapes."""
    from mali_chrono.render import card

    return card.cards(shape, found, look)


def sources(shape: str, bodies: Sequence[str], look: Look, *, whole: bool) -> str:
    """The documents, or one of them with its lines, in one of the shapes."""
    from mali_chrono.render import source

    return source.sources(shape, bodies, look, whole=whole)
