"""Writes what the small stores hold in the formats for other programs, as `chrono timeline` does."""

import importlib
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from time import time_ns
from typing import Any, NamedTuple

from helpers.asking import STORES

from mali_chrono.answers.about import About, read_about
from mali_chrono.answers.background import Background, read_background
from mali_chrono.exchange.written import Written
from mali_chrono.index import cache
from mali_chrono.store.locate import find

TODAY = "2025-11-15"
# The formats that ask for more than rows.
MORE = ("acled", "timelinejs")


class Asked(NamedTuple):
    """The rows of an answer, and what it says of itself."""

    rows: list[dict[str, Any]]
    about: About
    background: Background

    def write(self, name: str) -> Written:
        """The answer in a format."""
        module = importlib.import_module(f"mali_chrono.exchange.{name}")
        more = (self.background,) if name in MORE else ()
        written = module.write(self.rows, self.about, *more)
        return written if isinstance(written.content, str | bytes) else whole(written)


def whole(written: Written) -> Written:
    """The same, its pieces put together."""
    return written._replace(content="".join(written.content))


class Exchange:
    """Asks a store, by its name under tests/cases/stores or its folder."""

    def __init__(self, ask: Callable[..., Any], folder: Path) -> None:
        self.ask, self.folder = ask, folder

    def __call__(self, store: str | Path, line: str = "", title: str | None = None) -> Asked:
        answer = self.ask.json(store, f"timeline {line}")
        query = {key: value for key, value in answer["query"].items() if key != "store"}

        def read(connection):
            return read_about(connection, str(store), query, TODAY, title), read_background(connection)

        about, background = cache.answer(
            find(str(STORES / store), None), self.folder / "chrono", time_ns(), read, nullcontext
        )
        return Asked(answer["events"], about, background)


def folded_back(text: str) -> list[str]:
    """The lines of an iCalendar text as they were before folding (RFC 5545, 3.1)."""
    return text.replace("\r\n ", "").split("\r\n")
