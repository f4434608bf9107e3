"""`chrono source`: the documents, and which of their lines are cited by which events."""

from typing import Annotated

import typer

from mali_chrono import cited
from mali_chrono.cli import asked, output
from mali_chrono.cli.completion import complete
from mali_chrono.cli.options import CardOptions, shared
from mali_chrono.cli.records import sound
from mali_chrono.errors import UsageError, did_you_mean
from mali_chrono.render import source as render

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
    _, loaded = sound(out.store)
    if ident is None:
        text = render.documents(shape.format, cited.documents(loaded.chronology), shape.look)
    else:
        known = {record.id: record for record in loaded.chronology.sources}
        if ident not in known:
            hint = did_you_mean(ident, known) or "the documents are: " + ", ".join(known)
            raise UsageError(f"unknown source '{ident}': {hint}")
        text = render.document(shape.format, known[ident], cited.stretches(loaded.chronology, known[ident]), shape.look)
    output.emit(text, out.output)
