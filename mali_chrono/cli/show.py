"""`chrono show`: everything about one event, actor, place, period, document or type."""

import sqlite3
from typing import Annotated

import typer

from mali_chrono.cli.completion import complete
from mali_chrono.cli.environment import answer, find_store
from mali_chrono.cli.options import CardOptions, shared
from mali_chrono.cli.output import emit
from mali_chrono.cli.request import pick_writer
from mali_chrono.render import sheet as page


@shared(page.FORMATS)
def show(
    ids: Annotated[
        list[str],
        typer.Argument(
            metavar="ID...", help="Ids, beginnings of ids, names; or words.", autocompletion=complete(kind="record")
        ),
    ],
    out: CardOptions,
) -> None:
    """Everything about an event, actor, place, period, document or type: who says so, and where.

    Each argument is an id, the unique beginning of one, or a name; otherwise all together are words
    of one record. What shares an id is shown together; KIND:ID picks one. In csv and tsv a row is a fact,
    in jsonl a record.

    \b
    chrono show 2024-07-25-tinzaouaten-ambush
    chrono show tinzaouaten ambush
    chrono show period:mali-war
    """  # noqa: D301 - Click takes a paragraph after a real backspace as it is
    writer = pick_writer(out, page.FORMATS)
    store = find_store(out.store)

    def look_up(connection: sqlite3.Connection) -> page.Sheets:
        from mali_chrono.answers.records import find_records, read_record
        from mali_chrono.render.record import record_sheet

        sheets = [record_sheet(read_record(connection, ref), writer.look) for ref in find_records(connection, ids)]
        about = writer.read_about(connection, store.name, {"show": [f"{sheet.kind}:{sheet.id}" for sheet in sheets]})
        return page.Sheets(sheets, store.name, about)

    emit(writer.write(answer(store, look_up)), out.output)
