"""`chrono summary`: counts and sums by period, type, actor, place and more."""

import sqlite3
from typing import Annotated, NamedTuple

from typer import Option

from mali_chrono.answers import events
from mali_chrono.answers import summary as sums
from mali_chrono.answers.asking import asked
from mali_chrono.answers.filters import ask
from mali_chrono.answers.notes import find_notes
from mali_chrono.cli.completion import complete
from mali_chrono.cli.environment import answer, find_store
from mali_chrono.cli.options import FilterOptions, OutputOptions, shared
from mali_chrono.cli.request import emit_counted, pick_fields, pick_output, read_filters
from mali_chrono.render import summary as page
from mali_chrono.render.formats import FOR_PROGRAMS
from mali_chrono.render.measures import View, fields_of

_GROUPS = "Groups"


class SumOptions(NamedTuple):
    """What to group by, and what to add up."""

    by: Annotated[
        str,
        Option(
            "--by",
            metavar="KEY[,KEY]",
            rich_help_panel=_GROUPS,
            autocompletion=complete(*sums.KEYS, listed=True),
            help=f"{', '.join(sums.KEYS)}; two make a cross table.",
        ),
    ] = "year"
    toll: Annotated[
        str | None,
        Option(
            "--sum",
            metavar="KIND[,KIND]",
            rich_help_panel=_GROUPS,
            autocompletion=complete(kind="toll", listed=True),
            help="Kinds of toll; bars and the cells of a cross table show it too. [default: the vocabulary's first]",
        ),
    ] = None
    of: Annotated[
        str | None,
        Option(
            "--of",
            metavar="WHOM",
            rich_help_panel=_GROUPS,
            autocompletion=complete(*sums.GROUPS[:3], kind="actor"),
            help="Only theirs: an actor's, or those of a group that tolls are told of.",
        ),
    ] = None
    top: Annotated[
        int | None,
        Option("--top", metavar="N", min=1, rich_help_panel=_GROUPS, help="N largest groups, the others together."),
    ] = None  # fmt: skip


@shared(
    page.FORMATS,
    limit="At most N rows; the totals stay those of all.",
    reverse="The rows the other way round.",
    covers="",
    sort="",
)
def summary(group: SumOptions, filters: FilterOptions, out: OutputOptions) -> None:
    """How many events, and what their figures come to: low, best, high.

    A row is a filter: row V of --by K tells what `timeline --K V` finds. "12-21" are 12 events that
    surely fall into that time and 21 that may. Sums count nobody twice: events that are possibly
    the same, or part of another, lie inside each other, and reports never add. Over a time, what
    does not surely lie in it adds nothing to the low; its best goes to its first day.

    \b
    chrono summary --by year --since 2012
    chrono summary --by actor --role perpetrator --type violence --top 10
    chrono summary --by year,category --format md
    """  # noqa: D301 - Click takes a paragraph after a real backspace as it is
    writer = pick_output(out, page.FORMATS, filters.today)
    wanted = read_filters(filters)
    sums.refuse_covers(wanted)
    sums.refuse_sort(wanted)
    keys = sums.read_keys(group.by)
    store = find_store(out.store)

    def look_up(connection: sqlite3.Connection) -> tuple[int, View | str | None]:
        question = ask(connection, wanted._replace(limit=None, sort="date"))
        kinds = sums.read_kinds(question.words, group.toll, keys)
        fields = pick_fields(out.fields, fields_of(question.words, keys, kinds, group.of))
        if out.only_count:
            return events.count(connection, question), None
        of = sums.read_group(connection, group.of)
        run = sums.EACH if writer.format in FOR_PROGRAMS else sums.RUN
        grouping = sums.Grouping(keys, kinds, of, run, group.top, writer.format == "json")
        if writer.format == "sql":
            from mali_chrono.exchange import sqlsums

            statement = sqlsums.summary(question, wanted, grouping, asked(wanted, question), fields)
            return events.count(connection, question), statement
        view = sums.summarise(connection, question, wanted, grouping)
        query = question.said(store.name)
        notes = [] if writer.format == "plain" else find_notes(connection, question, view)
        told = {
            "by": list(keys),
            **({"sum": list(kinds)} if group.toll else {}),
            **({"of": of} if of else {}),
            **asked(wanted, question),
        }
        about = writer.read_about(connection, store.name, told)
        shown = View(view, notes, group.toll is not None, fields, wanted.limit, query, store.name, about)
        return view.total.events, shown

    count, view = answer(store, look_up)
    emit_counted(out, count, writer.write(view) if view else "")
