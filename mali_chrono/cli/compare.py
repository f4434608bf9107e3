"""`chrono compare`: the record beside a dataset."""

import sqlite3
from typing import Annotated

import typer
from typer import Option

from mali_chrono.cli.completion import complete
from mali_chrono.cli.environment import answer, find_store
from mali_chrono.cli.options import FilterOptions, OutputOptions, shared
from mali_chrono.cli.request import emit_counted, pick_fields, pick_output, read_filters
from mali_chrono.cli.waiting import waiting
from mali_chrono.errors import UsageError
from mali_chrono.kinds import BUILT_IN_MAPS
from mali_chrono.render import compare as page


@shared(
    page.FORMATS, only_count="Only how many events have a row.",
    fields="Of csv and tsv these fields; an unknown one lists them.", limit="", reverse="", covers="", sort="",
)  # fmt: skip
def compare(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A table: csv, tsv, json, jsonl or xlsx.")],
    filters: FilterOptions,
    out: OutputOptions,
    as_: Annotated[
        str,
        Option("--as", metavar="MAP", rich_help_panel="What", autocompletion=complete(kind="map"),
               help=f"What its columns tell: {', '.join(BUILT_IN_MAPS)}, one of the store's, a file."),
    ],
    all_: Annotated[
        bool,
        Option("--all", rich_help_panel="What",
               help=f"Show every row without an event, not the first {page.ALONE}; csv and json have all."),
    ] = False,
) -> None:  # fmt: skip
    """The record beside a dataset: which event is which row, and what differs.

    Filters choose the events; without --type they are those of the categories that the vocabulary sets apart, if it
    does. Of each the row most like it is offered, where it is like enough and no other nearly is. Differences are
    told, in the day, the place, who, and every kind of toll that both count, never who is wrong. Nothing is changed.

    \b
    chrono compare acled.csv --as acled --in 2012..2020
    chrono compare ged.csv --as ucdp-ged --region Gao -f json
    """  # noqa: D301 - Click takes a paragraph after a real backspace as it is
    from mali_chrono.answers.comparing import held_against
    from mali_chrono.answers.deeds import compared_kinds
    from mali_chrono.answers.summary import refuse_covers, refuse_sort
    from mali_chrono.answers.vocabulary import words_of
    from mali_chrono.intake.dataset import read_dataset

    writer = pick_output(out, page.FORMATS, filters.today)
    wanted = read_filters(filters)
    refuse_covers(wanted)
    refuse_sort(wanted)
    if wanted.limit is not None or wanted.reverse:
        raise UsageError("compare holds every event that filters find, in their order: no --limit, no --reverse")
    store = find_store(out.store)
    with waiting("reading the rows"):
        taken = read_dataset(file, as_, store.root)

    def look_up(connection: sqlite3.Connection) -> page.View:
        kinds = compared_kinds(words_of(connection), taken.map)
        fields = pick_fields(out.fields, page.fields_of(kinds))
        with waiting("comparing"):
            held = held_against(connection, wanted, taken)
        told = {"file": taken.table.name, "as": taken.map.name, **held.asked}
        about = writer.read_about(connection, store.name, told)
        return page.View(held, taken, {"store": store.name, **told}, fields, store.name, about, all_)

    view = answer(store, look_up)
    emit_counted(out, len(view.held.found.matches), writer.write(view))
