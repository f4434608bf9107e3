"""`chrono timeline`: what happened."""

import sqlite3
from typing import TYPE_CHECKING

from mali_chrono.cli.environment import answer, find_store
from mali_chrono.cli.options import FilterOptions, OutputOptions, shared
from mali_chrono.cli.request import asked, emit_counted, pick_fields, pick_output, read_filters, resolved
from mali_chrono.index.fields import CSV, FIELDS, TIMELINE
from mali_chrono.render import timeline as page

if TYPE_CHECKING:
    from mali_chrono.answers.matching import Window


@shared(page.FORMATS)
def timeline(filters: FilterOptions, out: OutputOptions) -> None:
    """What happened: matching events, oldest first.

    Repeat an option for alternatives; different options must all hold. On a terminal the answer is
    a table; in a pipe it is one event per line. A question mark after a name marks a doubt.

    \b
    chrono timeline --since 2020 --actor jnim
    chrono timeline --in "March 2012" --type politics --format md
    chrono timeline --place mopti --min-killed 20 --count --expect '>=1'
    """  # noqa: D301 - Click takes a paragraph after a real backspace as it is
    from mali_chrono.answers import events
    from mali_chrono.answers.filters import ask

    chosen = pick_fields(out.fields, FIELDS)
    writer = pick_output(out, page.FORMATS)
    wanted = read_filters(filters)
    store = find_store(out.store)
    fields = chosen or {"csv": CSV, "table": ("id", *TIMELINE)}.get(writer.format, TIMELINE)

    def look_up(connection: sqlite3.Connection) -> tuple[int, page.Timeline | str | None]:
        question = ask(connection, wanted)
        if out.only_count:
            return events.count(connection, question), None
        if writer.format == "sql":
            from mali_chrono.exchange import sqltext

            statement = sqltext.timeline(question, wanted, asked(wanted, question), chosen)
            return events.count(connection, question), statement
        if writer.format in ("json", "jsonl"):
            rows: list[object] = [*events.json_rows(connection, question, chosen)]
        else:
            rows = [*events.table(connection, question, (*fields, "match", "year"))]
        around = question.window if writer.format in ("table", "json") else None
        periods = _list_periods(connection, around) if around else []
        later = events.later(connection, question) if around and not wanted.covers else 0
        query = resolved(store.name, question)
        return len(rows), page.Timeline(fields, rows, periods, query, store.name, chosen is not None, later)

    count, view = answer(store, look_up)
    emit_counted(out, count, writer.write(view) if view else "")


def _list_periods(connection: sqlite3.Connection, window: "Window") -> list[tuple[str, str]]:
    """What lasted in a window: its words, and its json object."""
    from mali_chrono.answers.periods import read_periods

    return [(f"{period.short} ({period.words})", period.body) for period in read_periods(connection, window)]
