"""`chrono source`: the documents, and which of their lines are cited by which events."""

import sqlite3
from typing import Annotated

import typer

from mali_chrono.answers import sources
from mali_chrono.cli.completion import complete
from mali_chrono.cli.environment import answer, find_store
from mali_chrono.cli.options import CardOptions, ExpectOptions, expected, shared
from mali_chrono.cli.output import check_expectation, emit, parse_expectation
from mali_chrono.cli.request import pick_writer
from mali_chrono.render import source as page


@shared(page.FORMATS, expect=expected("documents, with an ID of events that cite it,"))
def source(
    out: CardOptions,
    held: ExpectOptions,
    ident: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="A document's id.", autocompletion=complete(kind="source"))
    ] = None,
) -> None:
    """The source documents: what they are, how many lines are cited, how many events cite them.

    With an ID: that document's lines from first to last, and the events that cite them. It needs no copy
    of the document; `chrono verify` holds the entries against one. In csv, tsv and jsonl a row is a document,
    with an ID a stretch of its lines.
    """
    writer = pick_writer(out, page.FORMATS)
    parse_expectation(held.expect)
    store = find_store(out.store)

    def look_up(connection: sqlite3.Connection) -> page.Documents:
        about = writer.read_about(connection, store.name, {"source": ident} if ident else {})
        return page.Documents(sources.documents(connection, ident), ident is not None, store.name, about)

    view = answer(store, look_up)
    emit(writer.write(view), out.output)
    check_expectation(sources.citing(view.bodies[0]) if ident else len(view.bodies), held.expect)
