"""An answer as rows, from which every format that is not a page's own is written."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mali_chrono.render.look import Column
from mali_chrono.text import listing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.answers.about import About


class Table(NamedTuple):
    """A table for people, under a heading where an answer has several.

    Headings of columns are capitalised in a document unless they are `spelt` already, as names of the store are.
    """

    columns: Sequence[Column]
    rows: Iterable[Sequence[object]]
    heading: str = ""
    spelt: bool = False


class Tabular(NamedTuple):
    """An answer as rows. Iterables may be read once, and only what a format takes is read.

    For programs: `fields` and a row of `values` each, `objects` the same rows as texts of json objects. For people:
    `tables`, and `notes` below them. `what` counts the rows in words ("3 events"); `store` is the store's name, `about`
    what an answer says of itself that leaves the terminal for good.
    """

    title: str
    fields: Sequence[str]
    values: Iterable[Iterable[object]]
    objects: Iterable[str]
    tables: Iterable[Table]
    what: str
    store: str
    notes: Sequence[str] = ()
    about: "About | None" = None


def heads_of(table: Table) -> list[Column]:
    """A table's columns with headings as a document has them: "Dead, attacking"."""
    if table.spelt:
        return list(table.columns)
    heads = (column.heading.replace("_", " ") for column in table.columns)
    return [c._replace(header=head[:1].upper() + head[1:]) for c, head in zip(table.columns, heads, strict=True)]


def too_wide(left_out: Sequence[str]) -> str:
    """The note under a table that has no room for all."""
    return f"Left out for want of room: {listing(left_out)}. A wider terminal or -f plain has all."


def in_part(part: str, text: str) -> str:
    """The text of a json object that says first of which block of the answer it is."""
    return f'{{"part": "{part}", {text[1:]}' if text != "{}" else f'{{"part": "{part}"}}'
