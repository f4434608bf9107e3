"""`chrono brief`: what happened, as a text for a report."""

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

from typer import Option

from mali_chrono.cli.environment import answer, find_store, iso_today
from mali_chrono.cli.options import CardOptions, ExpectOptions, FilterOptions, expected, shared
from mali_chrono.cli.output import check_expectation, emit, parse_expectation
from mali_chrono.cli.pictures import PictureOptions, draw_all, read_plots
from mali_chrono.cli.request import pick_writer, read_filters
from mali_chrono.errors import UsageError
from mali_chrono.render import brief as page

if TYPE_CHECKING:
    from mali_chrono.answers.brief import Brief
    from mali_chrono.plot.sheet import Sheet
    from mali_chrono.render.prose import Picture


class BriefOptions(NamedTuple):
    """What stands above a brief."""

    title: Annotated[
        str | None, Option("--title", metavar="TEXT", help="What stands above it.", rich_help_panel="Output")
    ] = None


@shared(page.FORMATS, covers="", expect=expected("events told"))
def brief(
    filters: FilterOptions,
    out: CardOptions,
    above: BriefOptions,
    drawn: PictureOptions,
    held: ExpectOptions,
) -> None:
    """What happened as a text for a report: totals, sums by category, a paragraph an event, the documents.

    Figures say low, best and high as `chrono summary` reckons them, and each claimant's own where
    they contradict each other. Documents are numbered as they are cited: [1: 110-111] are lines 110
    to 111 of the first. It ends with how sums are made, and with which chrono it was made of which store.
    Pictures stand after the text: in html inside the page, for Markdown in files beside FILE.

    \b
    chrono brief --in 2024 --actor jnim --title "JNIM in 2024" -o brief.md
    chrono brief --place mopti --since 2023 | pandoc -o brief.docx
    """  # noqa: D301 - Click takes a paragraph after a real backspace as it is
    from mali_chrono.answers.brief import read_brief
    from mali_chrono.answers.summary import refuse_covers

    writer = pick_writer(out, page.FORMATS, filters.today)
    parse_expectation(held.expect)
    wanted = read_filters(filters)
    refuse_covers(wanted)
    store = find_store(out.store)
    day = iso_today(filters.today)
    plots = read_plots(drawn.plot, writer.format, ("html", "md"))
    beside = None if writer.format == "html" else _beside(out.output, plots)

    def look_up(connection: sqlite3.Connection) -> tuple["Brief", "list[Sheet]"]:
        view = read_brief(connection, store.name, wanted, day, above.title)
        return view, draw_all(connection, wanted, plots, store, view.about)

    view, sheets = answer(store, look_up)
    pictures = [_place(sheet, kind, beside) for sheet, kind in zip(sheets, plots, strict=True)]
    emit(writer.write(page.Page(view, pictures, plots)), out.output)
    check_expectation(len(view.events), held.expect)


def _beside(file: str | None, plots: tuple[str, ...]) -> Path | None:
    """The file beside which pictures are written. Raises UsageError where there is none."""
    if plots and (file is None or file == "-"):
        raise UsageError("--plot writes pictures beside a brief in Markdown: name its file with -o FILE.md")
    return Path(file) if file else None


def _place(sheet: "Sheet", kind: str, beside: Path | None) -> "Picture":
    """A picture in the text, or in a file beside it."""
    from mali_chrono.plot import vega
    from mali_chrono.render.prose import Picture

    if beside is None:
        return Picture(sheet.title, svg=vega.draw_svg(sheet))
    file = beside.with_name(f"{beside.stem}-{kind}.png")
    content = vega.FORMATS["png"](sheet)
    emit(content, str(file), paged=False)
    return Picture(sheet.title, file.name)
