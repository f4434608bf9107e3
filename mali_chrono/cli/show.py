"""`chrono show`: everything about one event."""

from typing import Annotated

import typer

from mali_chrono.answers import events
from mali_chrono.cli import output
from mali_chrono.cli import request as asked
from mali_chrono.cli.completion import complete
from mali_chrono.cli.environment import answer
from mali_chrono.cli.options import CardOptions, shared
from mali_chrono.render import card

FORMATS = ("table", "plain", "json")


@shared
def show(
    ids: Annotated[
        list[str], typer.Argument(metavar="ID...", help="The events' ids.", autocompletion=complete(kind="event"))
    ],
    out: CardOptions,
) -> None:
    """Everything about an event: claims side by side, who makes them and where, sources, links.

    \b
    chrono show 2024-07-25-tinzaouaten-ambush
    """  # noqa: D301 - Click takes a paragraph after a real backspace as it is
    shape = asked.card_shape(out, FORMATS)
    wanted = list(dict.fromkeys(ids))
    _, cards = answer(out.store, lambda connection: [events.card(connection, ident) for ident in wanted])
    output.emit(card.cards(shape.format, cards, shape.look), out.output)
