"""`chrono timeline`: what happened."""

import sqlite3

from mali_chrono.answers import filters as query
from mali_chrono.cli import output
from mali_chrono.cli import request as asked
from mali_chrono.cli.environment import answer
from mali_chrono.cli.options import FilterOptions, OutputOptions, shared
from mali_chrono.index import fields
from mali_chrono.render import timeline as page
from mali_chrono.render.look import Timeline

FORMATS = ("table", "plain", "json", "jsonl", "csv", "md")
DEFAULT_FIELDS: dict[str, tuple[str, ...]] = dict.fromkeys(FORMATS, fields.TIMELINE) | {"csv": fields.CSV}


@shared
def timeline(filters: FilterOptions, out: OutputOptions) -> None:
    """What happened: matching events, oldest first.

    Repeat an option for alternatives; different options must all hold. On a terminal the answer is
    a table; in a pipe it is one event per line. A question mark after a name marks a doubt.

    \b
    chrono timeline --since 2020 --actor jnim
    chrono timeline --in "March 2012" --type politics --format md
    chrono timeline --place mopti --min-killed 20 --count --expect '>=1'
    """  # noqa: D301 - Click takes a paragraph after a real backspace as it is
    shape = asked.shape(out, FORMATS)
    wanted = asked.filters(filters)
    columns = shape.fields or DEFAULT_FIELDS[shape.format]

    def ask(
        connection: sqlite3.Connection,
    ) -> tuple[int, query.Question, list[tuple[object, ...]], list[tuple[str, str]]]:
        question = query.ask(connection, wanted.filters)
        if out.only_count:
            return query.count(connection, question), question, [], []
        if shape.format in ("json", "jsonl"):
            rows = query.json_rows(connection, question, shape.fields)
        else:
            rows = query.table(connection, question, (*columns, "year"))
        window = wanted.filters.window
        context = shape.format in ("table", "json") and window is not None
        return len(rows), question, rows, query.periods(connection, window) if context else []

    store, (count, question, rows, periods) = answer(out.store, ask)
    if out.only_count:
        text = f"{count}\n"
    else:
        resolved: dict[str, object] = {"store": store.name, **wanted.window, **question.resolved}
        text = page.timeline(shape.format, Timeline(columns, rows, periods, resolved, store.name), shape.look)
    output.emit(text, out.output)
    output.expect(count, out.expect)
