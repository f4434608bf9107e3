"""`chrono actor`: the actors, and the history of one."""

import sqlite3
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mali_chrono.cli.completion import complete
from mali_chrono.cli.environment import answer, find_store
from mali_chrono.cli.options import FilterOptions, OutputOptions, shared
from mali_chrono.cli.request import Writer, emit_counted, pick_fields, pick_output, read_filters
from mali_chrono.errors import UsageError
from mali_chrono.render import actors as list_page
from mali_chrono.render.formats import FOR_PROGRAMS

if TYPE_CHECKING:
    from mali_chrono.answers.filters import Filters
    from mali_chrono.render import history as history_page


@shared(
    list_page.FORMATS,
    limit="At most N actors; of a history, N entries of its timeline.",
    fields="Of the list: show these; an unknown one lists all.",
    only_count="Only how many actors; with a name, how many events.",
    sort="",
)
def actor(
    filters: FilterOptions,
    out: OutputOptions,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="Id, name, short name or alias.", autocompletion=complete(kind="actor")),
    ] = None,
    follow: Annotated[
        bool,
        typer.Option("--follow", help="Go on through its predecessors and successors.", rich_help_panel="History"),
    ] = False,
) -> None:
    """The actors, most events first; with a NAME one actor's history.

    A history tells what it is, what it came from and became, who led it, its allies and rivals over
    time, what it did and suffered, and its timeline with the changes of its relations. Only events
    that match count; --limit cuts the list or the timeline, never the figures. In csv, tsv and jsonl
    a row is an entry of the timeline.

    \b
    chrono actor --type violence --since 2020 -n 10
    chrono actor GSIM
    chrono actor mujao --follow
    """  # noqa: D301 - Click takes a paragraph after a real backspace as it is
    from mali_chrono.answers.history import refuse_sort
    from mali_chrono.render import history as history_page

    writer = pick_output(out, list_page.FORMATS if name is None else history_page.FORMATS, filters.today)
    wanted = read_filters(filters)
    refuse_sort(wanted)
    view: Any
    if name is None:
        if follow:
            raise UsageError("--follow needs the name of an actor")
        count, view = _list_actors(out, wanted, writer)
    else:
        if out.fields is not None:
            raise UsageError("--fields chooses the columns of the list; a history has none to choose")
        count, view = _tell_history(name, out, wanted, writer, follow=follow)
    emit_counted(out, count, writer.write(view))


def _list_actors(out: OutputOptions, wanted: "Filters", writer: Writer) -> tuple[int, list_page.Actors]:
    from mali_chrono.answers.asking import asked
    from mali_chrono.answers.history import actor_list
    from mali_chrono.answers.vocabulary import words_of

    store = find_store(out.store)

    def look_up(connection: sqlite3.Connection) -> list_page.Actors:
        words = words_of(connection)
        fields = pick_fields(out.fields, tuple(list_page.all_columns(words)))
        question, listed, total, others = actor_list(connection, wanted)
        query = question.said(store.name)
        about = writer.read_about(connection, store.name, asked(wanted, question))
        return list_page.Actors(listed, fields, total, others, query, store.name, words, about)

    view = answer(store, look_up)
    return len(view.listed), view


def _tell_history(
    name: str, out: OutputOptions, wanted: "Filters", writer: Writer, *, follow: bool
) -> "tuple[int, history_page.Page]":
    from mali_chrono.answers.asking import asked
    from mali_chrono.answers.history import history
    from mali_chrono.render import history as history_page

    store = find_store(out.store)

    def look_up(connection: sqlite3.Connection) -> history_page.Page:
        told = history(connection, name, wanted, follow=follow, full=writer.format in FOR_PROGRAMS)
        named = {"name": told.body["id"], **({"follow": True} if follow else {})}
        query = {**told.question.said(store.name), "name": told.body["id"]}
        about = writer.read_about(connection, store.name, named | asked(wanted, told.question))
        return history_page.Page(told, query, store.name, about)

    page = answer(store, look_up)
    return page.history.figures.events, page
