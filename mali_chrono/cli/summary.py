"""`chrono summary`: counts and sums by period, type, actor, place and more."""

import sqlite3
from typing import Annotated

from typer import Option

from mali_chrono.answers import events
from mali_chrono.answers import summary as sums
from mali_chrono.answers.filters import ask
from mali_chrono.cli.completion import complete
from mali_chrono.cli.environment import answer, find_store
from mali_chrono.cli.options import FilterOptions, OutputOptions, shared
from mali_chrono.cli.request import emit_counted, pick_fields, pick_output, read_filters
from mali_chrono.kinds import TOLL_KINDS
from mali_chrono.render import summary as page
from mali_chrono.render.measures import View

# A program takes a century of months one by one.
RUNS = dict.fromkeys(("csv", "json"), 1200)


@shared(page.FORMATS)
def summary(
    filters: FilterOptions,
    out: OutputOptions,
    by: Annotated[
        str,
        Option("--by", metavar="KEY[,KEY]", rich_help_panel="Groups", autocompletion=complete(*sums.KEYS),
               help=f"{', '.join(sums.KEYS)}; two make a cross table."),
    ] = "year",
    toll: Annotated[
        str | None,
        Option("--sum", metavar="KIND", rich_help_panel="Groups", autocompletion=complete(*TOLL_KINDS),
               help=f"{', '.join(TOLL_KINDS)}; bars and the cells of a cross table show it too. [default: killed]"),
    ] = None,
    top: Annotated[
        int | None,
        Option("--top", metavar="N", min=1, rich_help_panel="Groups", help="N largest groups, the others together."),
    ] = None,
) -> None:  # fmt: skip
    """How many events, and what their figures come to: low, best, high.

    An event counts in every group it belongs to and once in the total. One whose date spans several
    periods counts in each, with a mark. Sums count nobody twice: events that are possibly the same,
    or part of another, lie inside each other, and reports never add.

    \b
    chrono summary --by year --since 2012
    chrono summary --by actor --role perpetrator --type violence --top 10
    chrono summary --by year,category --format md
    """  # noqa: D301 - Click takes a paragraph after a real backspace as it is
    writer = pick_output(out, page.FORMATS)
    request = read_filters(filters)
    keys, kind = sums.keys(by), sums.kind(toll or "killed")
    fields = pick_fields(out.fields, page.fields_of(keys, kind))
    grouping = sums.Grouping(keys, kind, RUNS.get(writer.format, sums.RUN), top)
    store = find_store(out.store)

    def look_up(connection: sqlite3.Connection) -> tuple[int, View | None]:
        question = ask(connection, request.filters)
        if out.only_count:
            return events.count(connection, question), None
        groups = sums.summarise(connection, question, request.filters, grouping)
        query = request.resolve(store.name, question.resolved)
        return len(groups.tally.items), View(groups, toll is not None, fields, query, store.name)

    count, view = answer(store, look_up)
    emit_counted(out, count, writer.write(view) if view else "")
