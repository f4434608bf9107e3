"""`chrono at`: the state of play on a day."""

import sqlite3
from typing import Annotated

import typer

from mali_chrono.cli.environment import answer, find_store, today
from mali_chrono.cli.options import CardOptions, ExpectOptions, Today, expected, shared
from mali_chrono.cli.output import check_expectation, emit, parse_expectation
from mali_chrono.cli.request import pick_writer
from mali_chrono.render import state as page


@shared(page.FORMATS, expect=expected("events in that time"))
def at(
    date: Annotated[
        str, typer.Argument(metavar="DATE", help="A day, a month or a year: 2013-01-20, 'June 2016', 1325, '500 BC'.")
    ],
    out: CardOptions,
    held: ExpectOptions,
    today_: Today = None,
) -> None:
    """The state of play: what lasted, who held office, groups and their leaders, alliances, who was
    there from abroad, the events around it and the year's toll so far.

    A question mark is a doubt: the dates allow it and do not prove it. "Attested" gives the day on
    which a source has it so, and says nothing of any other. What has no date is left out or marked. In csv
    and tsv a row is a line of the page, in jsonl one thing with its part.

    \b
    chrono at 2013-01-20
    chrono at "June 2016" --format md
    """  # noqa: D301 - Click takes a paragraph after a real backspace as it is
    from mali_chrono.answers import state

    writer = pick_writer(out, page.FORMATS, today_)
    parse_expectation(held.expect)
    window = state.read_window(date, today(today_))
    store = find_store(out.store)

    def look_up(connection: sqlite3.Connection) -> page.Page:
        about = writer.read_about(connection, store.name, state.asked(date, window))
        return page.Page(state.state(connection, window), date, store.name, about)

    view = answer(store, look_up)
    emit(writer.write(view), out.output)
    check_expectation(len(view.state.during), held.expect)
