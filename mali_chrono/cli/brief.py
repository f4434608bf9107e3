"""`chrono brief`: what happened, as a text for a report."""

from typing import Annotated

import typer

from mali_chrono.cli.environment import answer, find_store, today
from mali_chrono.cli.options import CardOptions, FilterOptions, shared
from mali_chrono.cli.output import emit
from mali_chrono.cli.request import pick_writer, read_filters
from mali_chrono.render import brief as page


@shared(page.FORMATS, covers="")
def brief(
    filters: FilterOptions,
    out: CardOptions,
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="What stands above it.", rich_help_panel="Output")
    ] = None,
) -> None:
    """What happened as a text for a report: totals, the dead by category, a paragraph an event, the documents.

    Figures say low, best and high as `chrono summary` reckons them, and each claimant's own where
    they contradict each other. Documents are numbered as they are cited: [1: 110-111] are lines 110
    to 111 of the first. It ends with how sums are made, and with which chrono it was made of which store.

    \b
    chrono brief --in 2024 --actor jnim --title "JNIM in 2024" -o brief.md
    chrono brief --place mopti --since 2023 | pandoc -o brief.docx
    """  # noqa: D301 - Click takes a paragraph after a real backspace as it is
    from mali_chrono.answers.brief import read_brief
    from mali_chrono.answers.summary import refuse_covers

    writer = pick_writer(out, page.FORMATS, filters.today)
    wanted = read_filters(filters)
    refuse_covers(wanted)
    store = find_store(out.store)
    day = "{:04}-{:02}-{:02}".format(*today(filters.today))
    view = answer(store, lambda connection: read_brief(connection, store.name, wanted, day, title))
    emit(writer.write(page.Page(view)), out.output)
