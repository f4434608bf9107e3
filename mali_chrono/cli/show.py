"""`chrono show`: everything about one event."""

from typing import Annotated

import typer

from mali_chrono.answers import events
from mali_chrono.cli.completion import complete
from mali_chrono.cli.environment import answer, find_store
from mali_chrono.cli.options import CardOptions, shared
from mali_chrono.cli.output import emit
from mali_chrono.cli.request import pick_writer
from mali_chrono.render import card as page


@shared(page.FORMATS)
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
    writer = pick_writer(out, page.FORMATS)
    store = find_store(out.store)
    cards = answer(store, lambda connection: [events.card(connection, ident) for ident in dict.fromkeys(ids)])
    emit(writer.write(page.Cards(cards, store.name)), out.output)
