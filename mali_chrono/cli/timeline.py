"""`chrono timeline`: what happened."""

import sqlite3
from typing import TYPE_CHECKING

from mali_chrono.cli.environment import answer, find_store
from mali_chrono.cli.options import FilterOptions, OutputOptions, shared
from mali_chrono.cli.output import say
from mali_chrono.cli.pictures import PictureOptions, draw_all, read_plots
from mali_chrono.cli.request import emit_counted, pick_fields, pick_output, read_filters
from mali_chrono.errors import UsageError
from mali_chrono.index.fields import fields_of
from mali_chrono.render import timeline as page
from mali_chrono.render.formats import EVENTS, FOR_PROGRAMS, FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mali_chrono.answers.background import Background
    from mali_chrono.answers.filters import Filters, Question
    from mali_chrono.answers.matching import Window
    from mali_chrono.exchange.html import Around
    from mali_chrono.plot.sheet import Sheet

# A page of more events than this is slow to filter in a browser.
LONG = 2000


@shared(page.FORMATS)
def timeline(filters: FilterOptions, out: OutputOptions, drawn: PictureOptions) -> None:
    """What happened: matching events, oldest first.

    Repeat an option for alternatives; different options must all hold. On a terminal the answer is
    a table; in a pipe it is one event per line. A question mark after a name marks a doubt.

    \b
    chrono timeline --since 2020 --actor jnim
    chrono timeline --in "March 2012" --type politics --format md
    chrono timeline --place mopti --min killed=20 --count --expect '>=1'
    chrono timeline --in XXXX-03-22
    chrono timeline --since "Mali War" --fields when,elapsed,title
    """  # noqa: D301 - Click takes a paragraph after a real backspace as it is
    from mali_chrono.answers import events
    from mali_chrono.answers.asking import asked
    from mali_chrono.answers.filters import ask

    writer = pick_output(out, page.FORMATS, filters.today)
    picks = out.fields is not None
    if picks and FORMATS[writer.format].takes == EVENTS:
        raise UsageError(f"--fields chooses columns; {writer.format} has its own")
    plots = read_plots(drawn.plot, writer.format, () if picks else ("html",))
    wanted = read_filters(filters)
    store = find_store(out.store)

    def look_up(connection: sqlite3.Connection) -> None:
        question = ask(connection, wanted)
        known = fields_of(question.words.tolls)
        chosen = pick_fields(out.fields, known.all, known.headings)
        fields = chosen or page.usual_fields(writer.format, question.words)
        count = events.count(connection, question) if out.only_count or out.expect is not None else 0
        if out.only_count:
            emit_counted(out, count, "")
            return
        if writer.format == "sql":
            from mali_chrono.exchange import sqltext

            emit_counted(out, count, sqltext.timeline(question, wanted, asked(wanted, question), chosen))
            return
        rows: Iterable[object]
        again = page.takes_events(writer.format, chosen=chosen is not None)  # read anew each time, and so never held
        if again:
            rows = events.Rows(connection, question)
        elif writer.format in page.AS_JSON:
            picked = chosen if writer.format in FOR_PROGRAMS else None
            rows = events.json_rows(connection, question, picked)
        else:
            rows = events.each(connection, question, (*fields, "match", "year"))
        rows = rows if again or writer.format in FOR_PROGRAMS else list(rows)
        around = question.window if writer.format in ("table", "json") else None
        periods = _list_periods(connection, around) if around else []
        later = events.later(connection, question) if around and not wanted.covers else 0
        query = question.said(store.name)
        about = writer.read_about(connection, store.name, asked(wanted, question))
        behind = _read_background(connection) if FORMATS[writer.format].behind else None
        said = (chosen is not None, later, about, behind)
        view = page.Timeline(fields, rows, periods, query, store.name, question.words, *said)
        if again and writer.format == "html":
            around_it = _read_around(connection, question, wanted)
            if plots and about is not None:
                around_it = around_it._replace(pictures=_draw(draw_all(connection, wanted, plots, store, about)))
            view = view._replace(around=around_it)
            if len(view.rows) > LONG:
                say(f"html: {len(view.rows):,} events make a long page; --since, --in or -n make it shorter")
        emit_counted(out, count, writer.write(view))  # here, since rows may still be read while they are written

    answer(store, look_up)


def _read_around(connection: sqlite3.Connection, question: "Question", wanted: "Filters") -> "Around":
    """What a page says beside its events; what they come to, unless some are left out, or of other times."""
    from mali_chrono.answers.names import names_of
    from mali_chrono.answers.summary import Grouping, summarise
    from mali_chrono.exchange.html import Around
    from mali_chrono.figures.reckon import range_row

    names = names_of(connection, "actor", "place")
    if question.limit is not None or wanted.covers:
        return Around(names)
    kinds = question.words.added
    total = summarise(connection, question, wanted, Grouping(("category",), kinds, named=False)).total
    return Around(names, {kind: range_row(told.figures) for kind, told in total.sums.items()})


def _draw(sheets: "list[Sheet]") -> list[tuple[str, str]]:
    """Pictures as titles and texts of svg."""
    from mali_chrono.plot.vega import draw_svg

    return [(sheet.title, draw_svg(sheet)) for sheet in sheets]


def _read_background(connection: sqlite3.Connection) -> "Background":
    from mali_chrono.answers.background import read_background

    return read_background(connection)


def _list_periods(connection: sqlite3.Connection, window: "Window") -> list[tuple[str, str]]:
    """What lasted in a window: its words, and its json object."""
    from mali_chrono.answers.periods import read_periods

    return [(f"{period.short} ({period.words})", period.body) for period in read_periods(connection, window)]
