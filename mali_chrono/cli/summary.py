"""`chrono summary`: counts and sums by period, type, actor, place and more."""

import sqlite3
from typing import Annotated

from typer import Option

from mali_chrono.answers import events
from mali_chrono.answers import summary as sums
from mali_chrono.answers.filters import Question, ask
from mali_chrono.cli import output
from mali_chrono.cli import request as asked
from mali_chrono.cli.completion import complete
from mali_chrono.cli.environment import answer
from mali_chrono.cli.options import FilterOptions, OutputOptions, shared
from mali_chrono.kinds import TOLL_KINDS
from mali_chrono.render import summary as render

FORMATS = ("table", "plain", "csv", "json", "md")
# A program takes a century of months one by one.
RUNS = dict.fromkeys(("csv", "json"), 1200)


@shared
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
    shape = asked.card_shape(out, FORMATS)
    wanted = asked.filters(filters)
    if out.expect is not None:
        output.parse_expectation(out.expect)
    keys, kind = sums.keys(by), sums.kind(toll or "killed")
    fields = render.fields(out.fields, keys, kind)
    grouping = sums.Grouping(keys, kind, RUNS.get(shape.format, sums.RUN), top)

    def look_up(connection: sqlite3.Connection) -> tuple[int, Question, sums.Summary | None]:
        question = ask(connection, wanted.filters)
        if out.only_count:
            return events.count(connection, question), question, None
        found = sums.summarise(connection, question, wanted.filters, grouping)
        return len(found.tally.items), question, found

    store, (count, question, found) = answer(out.store, look_up)
    if found is None:
        text = f"{count}\n"
    else:
        resolved: dict[str, object] = {"store": store.name, **wanted.window, **question.resolved}
        view = render.View(found, toll is not None, fields, resolved, store.name)
        from mali_chrono.render import crosstable

        table = shape.format == "table"
        text = crosstable.table(view, shape.look) if table else render.summary(shape.format, view)
    output.emit(text, out.output)
    output.expect(count, out.expect)
