"""`chrono at`: the state of play on a day."""

from typing import Annotated

import typer

from mali_chrono.answers import state
from mali_chrono.cli import output
from mali_chrono.cli import request as asked
from mali_chrono.cli.environment import answer, today
from mali_chrono.cli.options import CardOptions, FilterOptions, shared
from mali_chrono.dates import typed as when
from mali_chrono.errors import UsageError
from mali_chrono.render import state as render

FORMATS = ("table", "plain", "json", "md")


@shared
def at(
    date: Annotated[
        str, typer.Argument(metavar="DATE", help="A day, a month or a year: 2013-01-20, 'June 2016', 1325, '500 BC'.")
    ],
    out: CardOptions,
    today_: FilterOptions.__annotations__["today"] = None,  # type: ignore[valid-type]
) -> None:
    """The state of play: what lasted, who held office, the armed groups and their leaders, alliances,
    foreign missions, the events around it and the year's toll so far.

    A question mark is a doubt: the dates allow it and do not prove it. "Attested" gives the day on
    which a source has it so, and says nothing of any other. What has no date is left out or marked.

    \b
    chrono at 2013-01-20
    chrono at "June 2016" --format md
    """  # noqa: D301 - Click takes a paragraph after a real backspace as it is
    shape = asked.card_shape(out, FORMATS)
    try:
        first, last = when.span(date, today(today_))
    except when.WhenError as fault:
        raise UsageError(str(fault)) from None
    if first is None or last is None:
        raise UsageError(
            f"'{date}' has no {'first' if first is None else 'last'} day; at takes a day, a month or a year"
        )
    store, found = answer(out.store, lambda connection: state.state(connection, (first, last)))
    output.emit(render.page(shape.format, render.Page(found, date, store.name), shape.look), out.output)
