"""`chrono plot`: an answer as a picture."""

import sqlite3
from typing import Annotated, NamedTuple

from typer import Argument, Option

from mali_chrono.cli.completion import complete
from mali_chrono.cli.environment import answer, find_store, iso_today
from mali_chrono.cli.options import ExpectOptions, FilterOptions, StoreOption, expected, shared
from mali_chrono.cli.output import check_expectation, emit, parse_expectation
from mali_chrono.cli.request import pick_format, pick_look, read_filters, refuse_binary
from mali_chrono.errors import UsageError, offer
from mali_chrono.plot.titles import KINDS, TOP
from mali_chrono.text import listing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.plot.sheet import Sheet

FORMATS = ("svg", "png", "pdf", "html")
_PICTURE = "Picture"


class PlotOptions(NamedTuple):
    """How a picture is drawn, and where to."""

    output: Annotated[
        str | None,
        Option("--output", "-o", metavar="FILE", rich_help_panel=_PICTURE,
               help=f"Draw into FILE; its extension says the format: {', '.join(FORMATS)}. - is standard output."),
    ] = None  # fmt: skip
    title: Annotated[
        str | None, Option("--title", metavar="TEXT", rich_help_panel=_PICTURE, help="What stands above it.")
    ] = None
    top: Annotated[
        int | None,
        Option("--top", metavar="N", min=1, rich_help_panel=_PICTURE,
               help="In lanes and matrix: the N actors with most events. [default: 10 lanes, 20 in a matrix]"),
    ] = None  # fmt: skip
    format: str | None = None
    store: StoreOption = None


@shared(FORMATS, covers="", sort="", limit="", reverse="", expect=expected("events that the filters find"))
def plot(
    kind: Annotated[str, Argument(metavar="KIND", help=f"{', '.join(KINDS)}.", autocompletion=complete(*KINDS))],
    filters: FilterOptions,
    out: PlotOptions,
    held: ExpectOptions,
) -> None:
    """Draw what filters find: events and tolls by year, lanes of actors, a map, a matrix of actors and years.

    Numbers are those of `chrono summary`. A picture says what it counts and what it leaves out, by
    which version and of which revision of the store. Drawing needs an extra:

    \b
    pip install 'mali-chrono[plots]'
    chrono plot years --since 2012 -o years.svg
    chrono plot map --since 2012 --type violence -o map.pdf
    chrono plot lanes --in 2020..2024 --top 6 --title "Six actors" -o lanes.png
    """  # noqa: D301 - Click takes a paragraph after a real backspace as it is
    wanted = kind.strip().lower()
    if wanted not in KINDS:
        raise UsageError(f"plot draws no '{kind}': {offer(wanted, KINDS)}")
    form = _pick_format(out)
    if filters.covers:
        raise UsageError("--covers is for timeline and actor: pictures go by an event's own date")
    for name, given in (("--limit", filters.limit is not None), ("--sort", filters.sort != "date"),
                        ("--reverse", filters.reverse)):  # fmt: skip
        if given:
            raise UsageError(f"{name} is for timeline: a picture shows all that the filters find")
    if out.top is not None and wanted not in TOP:
        raise UsageError(f"--top is for {listing(list(TOP))}: {wanted} has no rows of actors")
    parse_expectation(held.expect)
    picked = read_filters(filters)
    store = find_store(out.store)

    from mali_chrono.answers import events
    from mali_chrono.answers.about import About, read_about
    from mali_chrono.answers.asking import asked
    from mali_chrono.answers.filters import ask
    from mali_chrono.plot import draw, page, vega

    vega.load()
    day = iso_today(filters.today)

    def look_up(connection: sqlite3.Connection) -> tuple["Sheet", About, int]:
        question = ask(connection, picked)
        about = read_about(connection, store.name, asked(picked, question), day, out.title)
        sheet = draw.draw(connection, picked, draw.Order(wanted, out.top, store.root), about)
        return sheet, about, events.count(connection, question)

    sheet, about, count = answer(store, look_up)
    emit(page.write(sheet, about) if form == "html" else vega.FORMATS[form](sheet), out.output, paged=False)
    check_expectation(count, held.expect)


def _pick_format(out: PlotOptions) -> str:
    """The format of a picture, by its name or else its file's extension. Raises UsageError."""
    if out.output is None:
        raise UsageError("plot needs a file to draw into: -o FILE." + "|".join(FORMATS))
    file = None if out.output == "-" else out.output
    look = pick_look("never", file)
    name = pick_format(out.format, file, FORMATS, look)
    refuse_binary(name, look)
    return name
