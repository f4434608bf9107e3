"""`chrono at`: the state of play on a day."""

from functools import partial
from typing import Annotated

import typer

from mali_chrono.cli.environment import answer, find_store, today
from mali_chrono.cli.options import CardOptions, Today, shared
from mali_chrono.cli.output import emit
from mali_chrono.cli.request import pick_writer
from mali_chrono.render import state as page

FORMATS = {name: partial(page.page, name) for name in ("table", "plain", "json", "md")}


@shared(FORMATS)
def at(
    date: Annotated[
        str, typer.Argument(metavar="DATE", help="A day, a month or a year: 2013-01-20, 'June 2016', 1325, '500 BC'.")
    ],
    out: CardOptions,
    today_: Today = None,
) -> None:
    """The state of play: what lasted, who held office, the armed groups and their leaders, alliances,
    foreign missions, the events around it and the year's toll so far.

    A question mark is a doubt: the dates allow it and do not prove it. "Attested" gives the day on
    which a source has it so, and says nothing of any other. What has no date is left out or marked.

    \b
    chrono at 2013-01-20
    chrono at "June 2016" --format md
    """  # noqa: D301 - Click takes a paragraph after a real backspace as it is
    from mali_chrono.answers import state

    writer = pick_writer(out, FORMATS)
    window = state.read_window(date, today(today_))
    store = find_store(out.store)
    play = answer(store, lambda connection: state.state(connection, window))
    emit(writer.write(page.Page(play, date, store.name)), out.output)
