"""What a summary's numbers look like: the texts of its cells and margins, and what must be known of them."""

from collections.abc import Iterator
from typing import NamedTuple

from mali_chrono.answers.summary import Measure, Summary
from mali_chrono.figures.reckon import range_text
from mali_chrono.text import counted

MARK = "*"


class View(NamedTuple):
    """A summary, whether its figures were asked for, the fields chosen or None, the query, the store."""

    summary: Summary
    figures: bool
    fields: tuple[str, ...] | None
    query: dict[str, object]
    store: str


def cell(view: View, members: frozenset[int], *, marked: bool = True) -> str:
    """The text of a cell: how many events, or their figures where those were asked for; empty without any event."""
    summary = view.summary
    if not members:
        return ""
    if not view.figures:
        return f"{len(members)}{MARK if marked and members & summary.spanning else ''}"
    total = summary.measure(members).figures
    return range_text(total) if total else "-"


def margin(measure: Measure, *, marked: bool = True) -> list[str]:
    """The texts of a group: count, low, best, high, how many have no figure."""
    total = measure.figures
    none = "-" if measure.events else ""
    ends = [str(total.low), str(total.best), f"{total.high}{'+' * total.open}"] if total else [none] * 3
    count = f"{measure.events}{MARK if marked and measure.spanning else ''}"
    return [count, *ends, str(measure.untold) if measure.events else ""]


def notes(view: View) -> Iterator[str]:
    """What a reader must know of the numbers."""
    summary, whole = view.summary, view.summary.total
    reports = f", {whole.reports} reports or estimates, which never add to sums" if whole.reports else ""
    yield f"{counted(whole.events, 'event')}, {whole.untold} of them without a figure of {summary.kind}{reports}."
    if whole.spanning:
        verb = "have dates that span" if whole.spanning > 1 else "has a date that spans"
        yield f"{MARK} {whole.spanning} {verb} several periods: counted in each, once in the total."
    if summary.columns:
        word = f"{summary.kind}, low to high; - where no figure is given" if view.figures else "events"
        yield f"Cells: {word}." + ("" if view.figures else f" With --sum {summary.kind} they show the figures.")
