"""What a summary's numbers look like: the fields of a row, the texts of its cells and margins."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from mali_chrono.answers.keyrows import Group
from mali_chrono.answers.measures import Measure, Sum
from mali_chrono.answers.notes import Note
from mali_chrono.answers.summary import Summary
from mali_chrono.dates.units import UNITS
from mali_chrono.figures.reckon import range_row, range_text
from mali_chrono.kinds import ENDS, LEVEL, Vocabulary
from mali_chrono.text import one_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.answers.about import About

NAMED = ("actor", "place")  # their keys are ids, and they have names besides
Row = dict[str, Any]


class View(NamedTuple):
    """A summary, its notes, whether its figures were asked for, the fields chosen or None, the query, the store.

    `limit` is how many rows are shown, None for all; `about` what the answer says of itself.
    """

    summary: Summary
    notes: Sequence[Note]
    figures: bool
    fields: tuple[str, ...] | None
    limit: int | None
    query: dict[str, object]
    store: str
    about: "About | None" = None

    @property
    def rows(self) -> list[Group]:
        """The rows that are shown."""
        return self.summary.rows[: self.limit]


def fields_of(words: Vocabulary, by: Sequence[str], kinds: Sequence[str], of: str | None) -> tuple[str, ...]:
    """The fields of a row for a program."""
    keys = [name for key in by for name in ((key, f"{key}_name") if key in NAMED else (key,))]
    spans = ["must", "spanning", "periods"] if set(by) & set(UNITS) else []
    figures = [name for kind in kinds for name in _figure_fields(kind, of, words)]
    return (*keys, "events", *spans, *figures, *(missing_field(kind, kinds) for kind in kinds), "reports")


def _figure_fields(kind: str, of: str | None, words: Vocabulary) -> list[str]:
    if kind in words.levels:
        return [kind, f"{kind}_when", f"{kind}_by", f"{kind}_event"]
    return [*(f"{kind}_{end}" for end in ENDS), *([f"{kind}_untold"] if of else [])]


def missing_field(kind: str, kinds: Sequence[str]) -> str:
    """The field that counts events without a figure of a kind."""
    return "no_figure" if len(kinds) == 1 else f"{kind}_no_figure"


def values_of(measure: Measure, kinds: Sequence[str], words: Vocabulary) -> Row:
    """The values of a row's fields, its keys apart."""
    row: Row = {"events": measure.events, "must": measure.must, "spanning": measure.spanning}
    for kind in kinds:
        told = measure.sums[kind]
        ends = range_row(told.figures) or dict.fromkeys(ENDS)
        row |= {f"{kind}_{end}": number for end, number in ends.items()}
        row[f"{kind}_untold"] = told.untold and range_text(told.untold)
        if words.sum_of(kind) == LEVEL:
            latest = told.latest
            row[kind] = latest and range_text(latest.figures)
            row[f"{kind}_when"] = latest and latest.words
            row[f"{kind}_by"], row[f"{kind}_event"] = latest and latest.by, latest and latest.id
        row[missing_field(kind, kinds)] = told.missing
    return row | {"reports": measure.reports}


def sum_object(told: Sum) -> Row | None:
    """What a kind of toll comes to, for json."""
    latest = told.latest
    row = range_row(latest.figures if latest else told.figures)
    return {**row, "event": latest.id, "when": latest.words, "by": latest.by} if row and latest else row


def keys_of(by: Sequence[str], groups: Sequence[Group]) -> Row:
    """A row's keys and names: a text for every one, for a table of values."""
    row: Row = {}
    for key, group in zip(by, groups, strict=False):
        row[key] = group.key or ("" if group.name == "none" else group.name)
        row[f"{key}_name"] = group.name
        if key in UNITS:
            row["periods"] = group.stands_for
    return row


def count_text(measure: Measure) -> str:
    """How many events: "21", or "12-21" where 12 surely and 21 in all may fall into that time."""
    if not measure.events:
        return "0"
    return f"{measure.events}" if measure.must == measure.events else f"{measure.must}-{measure.events}"


def count_head(view: View) -> str:
    """What stands above the counts of a cross table's rows, of which the cells may be figures."""
    return "events" if view.figures else "all"


def cell_text(view: View, measure: Measure) -> str:
    """The text of a cell: how many events, or their figures where those were asked for; empty without any event."""
    if not measure.events:
        return ""
    if not view.figures:
        return count_text(measure)
    told = measure.sums[view.summary.kinds[0]]
    return range_text(told.figures) if told.figures else "-"


def column_texts(view: View, summary: Summary, j: int) -> list[str]:
    """The texts of a column's cells, one for each row that is shown, and of its total last.

    The summary is the view's, or that with some of its columns in one.
    """
    sums = view.figures
    rows = range(len(view.rows))
    cells = [cell_text(view, summary.cell(i, j, sums=sums)) if (i, j) in summary.cells else "" for i in rows]
    return [*cells, cell_text(view, summary.measure(summary.columns[j], sums=sums))]


def margin(view: View, measure: Measure) -> list[str]:
    """A group's count; for each kind low, best, high (a level: figure, when, by); how many events have none."""
    texts = [count_text(measure)]
    for kind in view.summary.kinds:
        is_level = kind in view.summary.words.levels
        texts += list(_sum_texts(measure.sums[kind], measure, is_level=is_level, of=bool(view.summary.of)))
    missing = (str(measure.sums[kind].missing) if measure.events else "" for kind in view.summary.kinds)
    return [*texts, *missing]


def margin_heads(view: View) -> list[str]:
    """What stands above a margin after the count."""
    kinds, words = view.summary.kinds, view.summary.words
    heads = []
    for kind in kinds:
        head = f"{kind}_" if kinds != words.toll_kinds[:1] else ""
        heads += [kind, "when", "by"] if kind in words.levels else [f"{head}{end}" for end in ENDS[:3]]
        heads += [f"{kind} not told whose"] if view.summary.of and kind not in words.levels else []
    return [*heads, *(missing_field(kind, kinds) for kind in kinds)]


def _sum_texts(told: Sum, measure: Measure, *, is_level: bool, of: bool) -> Iterator[str]:
    none = "-" if measure.events else ""
    if is_level:
        latest = told.latest
        yield from (range_text(latest.figures), latest.words, one_line(latest.by)) if latest else (none, "", "")
        return
    figures = told.figures
    yield from (str(figures.low), str(figures.best), f"{figures.high}{'+' * figures.open}") if figures else [none] * 3
    if of:
        yield range_text(told.untold) if told.untold else ""
