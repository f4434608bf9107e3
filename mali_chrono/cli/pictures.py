"""`--plot`: pictures inside an answer that has room for them."""

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

from typer import Option

from mali_chrono.cli.completion import complete
from mali_chrono.errors import UsageError, offer
from mali_chrono.plot.titles import KINDS

if TYPE_CHECKING:
    from mali_chrono.answers.about import About
    from mali_chrono.answers.filters import Filters
    from mali_chrono.plot.sheet import Sheet
    from mali_chrono.store.locate import Store


class PictureOptions(NamedTuple):
    """What is drawn beside an answer."""

    plot: Annotated[
        str | None,
        Option(
            "--plot",
            metavar="A,B",
            help=f"Pictures too: {', '.join(KINDS)}. Needs the extra 'plots'.",
            rich_help_panel="Output",
            autocompletion=complete(*KINDS),
        ),
    ] = None


def read_plots(text: str | None, format_: str, allowed: Sequence[str]) -> tuple[str, ...]:
    """The kinds of pictures asked for, each once. Raises UsageError on one there is not, and in another format."""
    kinds = tuple(dict.fromkeys(kind.strip().lower() for kind in (text or "").split(",") if kind.strip()))
    if text is not None and not kinds:
        raise UsageError(f"--plot takes {', '.join(KINDS)}, with commas between")
    for kind in kinds:
        if kind not in KINDS:
            raise UsageError(f"--plot draws no '{kind}': {offer(kind, KINDS)}")
    if kinds and format_ not in allowed:
        where = f"is for --format {' or '.join(allowed)}" if allowed else "does not go with --fields"
        raise UsageError(f"--plot {where}; `chrono plot {kinds[0]} -o FILE` draws a picture alone")
    if kinds:
        from mali_chrono.plot import vega

        vega.load()
    return kinds


def draw_all(
    connection: sqlite3.Connection, filters: "Filters", kinds: Sequence[str], store: "Store", about: "About"
) -> "list[Sheet]":
    """The pictures of what filters find. Raises DataError on a bad outline."""
    from mali_chrono.plot.draw import Order, draw

    plain = about._replace(title=None)  # each has a title of its own
    return [draw(connection, filters, Order(kind, None, store.root), plain) for kind in kinds]
