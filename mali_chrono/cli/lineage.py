"""`chrono lineage`: who came from whom."""

import sqlite3
from typing import Annotated

import typer

from mali_chrono.answers.lineage import families
from mali_chrono.cli.completion import complete
from mali_chrono.cli.environment import answer, find_store
from mali_chrono.cli.options import CardOptions, ExpectOptions, expected, shared
from mali_chrono.cli.output import check_expectation, emit, parse_expectation
from mali_chrono.cli.request import pick_writer
from mali_chrono.render import lineage as page


@shared(page.FORMATS, expect=expected("relations told"))
def lineage(
    out: CardOptions,
    held: ExpectOptions,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="Id, name, short name or alias.", autocompletion=complete(kind="actor")),
    ] = None,
) -> None:
    """Who came from whom: mergers, splits, renames and umbrellas, with their dates.

    With a NAME that actor's family, everyone it is connected with; without one every family. As mermaid
    or dot (Graphviz) it is a graph, as a table or for programs a row is a relation.

    \b
    chrono lineage jnim
    chrono lineage fla -o fla.dot
    chrono lineage --format mermaid
    """  # noqa: D301 - Click takes a paragraph after a real backspace as it is
    writer = pick_writer(out, page.FORMATS)
    parse_expectation(held.expect)
    store = find_store(out.store)

    def look_up(connection: sqlite3.Connection) -> page.Page:
        chosen, groups = families(connection, name)
        query: dict[str, object] = {"store": store.name, "name": chosen}
        about = writer.read_about(connection, store.name, {"name": chosen} if chosen else {})
        return page.Page(groups, chosen, query, store.name, about)

    view = answer(store, look_up)
    emit(writer.write(view), out.output)
    check_expectation(sum(len(family.descent) + len(family.umbrellas) for family in view.families), held.expect)
