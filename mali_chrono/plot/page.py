"""A picture on a page of its own, with its numbers as a table."""

from mali_chrono.answers.about import About
from mali_chrono.plot.sheet import Sheet
from mali_chrono.plot.vega import draw_svg
from mali_chrono.render.html import document, table
from mali_chrono.render.look import Column


def write(sheet: Sheet, about: About) -> str:
    """A sheet as a page: the svg stands in it, below it what was drawn in numbers."""
    columns = [Column(name, right=i > 0) for i, name in enumerate(sheet.body.columns)]
    figure = f"<figure>\n{draw_svg(sheet)}</figure>\n"
    return document(sheet.title, figure + (table(columns, sheet.body.rows) if sheet.body.rows else ""), about)
