"""`chrono timeline`: what happened."""

import sqlite3

from mali_chrono.answers import events
from mali_chrono.answers.filters import Question, ask
from mali_chrono.answers.periods import read_periods
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

    def look_up(
        connection: sqlite3.Connection,
    ) -> tuple[int, Question, list[tuple[object, ...]], list[tuple[str, str]]]:
        question = ask(connection, wanted.filters)
        if out.only_count:
            return events.count(connection, question), question, [], []
        rows: list[tuple[object, ...]]
        if shape.format in ("json", "jsonl"):
            rows = [(row,) for row in events.json_rows(connection, question, shape.fields)]
        else:
            rows = events.table(connection, question, (*columns, "year"))
        window = wanted.filters.window
        lasting = read_periods(connection, window) if window and shape.format in ("table", "json") else []
        return len(rows), question, rows, [(f"{period.short} ({period.words})", period.body) for period in lasting]

    store, (count, question, rows, periods) = answer(out.store, look_up)
    if out.only_count:
        text = f"{count}\n"
    else:
        resolved: dict[str, object] = {"store": store.name, **wanted.window, **question.resolved}
        text = page.timeline(shape.format, Timeline(columns, rows, periods, resolved, store.name), shape.look)
    output.emit(text, out.output)
    output.expect(count, out.expect)
