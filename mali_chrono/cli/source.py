"""`chrono source`: the documents, and which of their lines are cited by which events."""

from typing import Annotated

import typer

from mali_chrono.answers import events
from mali_chrono.cli import output
from mali_chrono.cli import request as asked
from mali_chrono.cli.completion import complete
from mali_chrono.cli.environment import answer
from mali_chrono.cli.options import CardOptions, shared
from mali_chrono.render import source as documents

FORMATS = ("table", "plain", "json")


@shared
def source(
    out: CardOptions,
    ident: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="A document's id.", autocompletion=complete(kind="source"))
    ] = None,
) -> None:
    """The source documents: what they are, how many lines are cited, how many events cite them.

    With an ID: that document's lines from first to last, and the events that cite them. It needs no copy
    of the document; `chrono verify` holds the entries against one.
    """
    shape = asked.card_shape(out, FORMATS)
    _, bodies = answer(out.store, lambda connection: events.documents(connection, ident))
    output.emit(documents.sources(shape.format, bodies, shape.look, whole=ident is not None), out.output)
