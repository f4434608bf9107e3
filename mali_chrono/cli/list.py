"""`chrono list`: every value of a kind, and how often it stands."""

import sqlite3
from typing import Annotated

import typer

from mali_chrono.answers.values import LISTS, list_values, read_list
from mali_chrono.cli.completion import complete
from mali_chrono.cli.environment import answer, find_store
from mali_chrono.cli.options import OutputOptions, shared
from mali_chrono.cli.request import emit_counted, pick_fields, pick_output
from mali_chrono.render import values as page


@shared(
    page.FORMATS,
    only_count="Only how many values.",
    fields="Show these of id, name, events, first, last; of kinds of toll also unit, sum.",
)
def list_(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"{', '.join(LISTS)}.", autocompletion=complete(*LISTS))],
    out: OutputOptions,
) -> None:
    """Every value of a kind, those of most events first: what a filter takes, its name, how many events, first, last.

    Members of an actor and places within a place count, as for a filter. `chrono summary --by KEY`
    counts and sums only what filters find.

    \b
    chrono list types
    chrono list outlets -f csv
    chrono list tolls               # what --sum and --min take
    """  # noqa: D301 - Click takes a paragraph after a real backspace as it is
    wanted = read_list(kind.strip().lower())
    writer = pick_output(out, page.FORMATS)
    known = page.fields_of(wanted)
    fields = pick_fields(out.fields, known) or known
    store = find_store(out.store)

    def look_up(connection: sqlite3.Connection) -> page.Values:
        about = writer.read_about(connection, store.name, {"list": wanted})
        return page.Values(wanted, list_values(connection, wanted), fields, store.name, about)

    view = answer(store, look_up)
    emit_counted(out, len(view.values), writer.write(view))
