"""`chrono actor`: the actors, and the history of one."""

import sqlite3
from typing import Annotated, Any, NamedTuple

import typer

from mali_chrono.answers import history
from mali_chrono.cli import output
from mali_chrono.cli import request as asked
from mali_chrono.cli.completion import complete
from mali_chrono.cli.environment import answer
from mali_chrono.cli.options import Color, FilterOptions, OutputFile, OutputOptions, StoreOption, shared
from mali_chrono.errors import UsageError

FORMATS = ("table", "plain", "json", "md")
_HOW = "Output"


class ActorOutput(NamedTuple):
    """How the answer is written, and where."""

    format: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="FORMAT", rich_help_panel=_HOW, autocompletion=complete(*FORMATS),
                     help="table on a terminal, plain in a pipe; json, md."),
    ] = None  # fmt: skip
    output: OutputFile = None
    fields: Annotated[
        str | None,
        typer.Option(
            "--fields", metavar="A,B,C", rich_help_panel=_HOW, help="Of the list: show these; an unknown one lists all."
        ),
    ] = None
    only_count: Annotated[
        bool, typer.Option("--count", help="Only how many actors; with a name, how many events.", rich_help_panel=_HOW)
    ] = False
    expect: Annotated[
        str | None,
        typer.Option("--expect", metavar="TEST", help="Exit 1 unless that satisfies e.g. '>=1'.", rich_help_panel=_HOW),
    ] = None
    color: Color = "auto"
    store: StoreOption = None


@shared
def actor(
    filters: FilterOptions,
    out: ActorOutput,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="Id, name, short name or alias.", autocompletion=complete(kind="actor")),
    ] = None,
    follow: Annotated[
        bool,
        typer.Option(
            "--follow", help="Go on through its predecessors and successors.", rich_help_panel="Who and where"
        ),
    ] = False,
) -> None:
    """The actors, most events first; with a NAME one actor's history.

    A history tells what it is, what it came from and became, who led it, its allies and rivals over
    time, what it did and suffered, and its timeline with the changes of its relations. Only events
    that match count; --limit cuts the list or the timeline, never the figures.

    \b
    chrono actor --type violence --since 2020 -n 10
    chrono actor GSIM
    chrono actor mujao --follow
    """  # noqa: D301 - Click takes a paragraph after a real backspace as it is
    if out.expect is not None:
        output.parse_expectation(out.expect)
    shape = asked.card_shape(OutputOptions(format=out.format, output=out.output, color=out.color), FORMATS)
    wanted = asked.filters(filters)
    if name is None:
        if follow:
            raise UsageError("--follow needs the name of an actor")
        text, count = _list(out, shape, wanted)
    else:
        if out.fields is not None:
            raise UsageError("--fields chooses the columns of the list; a history has none to choose")
        text, count = _history(name, out, shape, wanted, follow=follow)
    output.emit(f"{count}\n" if out.only_count else text, out.output)
    output.expect(count, out.expect)


def _list(out: ActorOutput, shape: asked.Shape, wanted: asked.Asked) -> tuple[str, int]:
    from mali_chrono.render import actors as render

    fields = asked.pick_fields(out.fields, render.FIELDS)

    def ask(connection: sqlite3.Connection) -> Any:
        return history.actor_list(connection, wanted.filters)

    store, (question, listed, found, others) = answer(out.store, ask)
    query = {"store": store.name, **wanted.window, **question.resolved}
    around = render.Around(fields, found, others, query, store.name)
    return render.actors(shape.format, listed, around, shape.look), len(listed)


def _history(name: str, out: ActorOutput, shape: asked.Shape, wanted: asked.Asked, *, follow: bool) -> tuple[str, int]:
    from mali_chrono.render import history as render

    def ask(connection: sqlite3.Connection) -> history.History:
        return history.history(connection, name, wanted.filters, follow=follow, full=shape.format == "json")

    store, view = answer(out.store, ask)
    query: dict[str, object] = {"store": store.name, **wanted.window, **view.query, "name": view.body["id"]}
    return render.histories(shape.format, view, query, store.name, shape.look), view.figures.events
