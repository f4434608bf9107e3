"""Counts and sums: one row a group with a bar, or a cross table; and, for programs, one row a cell."""

from collections.abc import Iterator, Sequence

from mali_chrono.answers.keyrows import Group
from mali_chrono.answers.measures import Measure, Share
from mali_chrono.answers.summary import Summary
from mali_chrono.dates.units import UNITS
from mali_chrono.figures.reckon import range_row
from mali_chrono.kinds import ENDS
from mali_chrono.render import console, formats, jsontext, plain
from mali_chrono.render.look import Column, Look
from mali_chrono.render.measures import (
    Row,
    View,
    column_texts,
    count_head,
    fields_of,
    keys_of,
    margin,
    margin_heads,
    missing_field,
    sum_object,
    values_of,
)
from mali_chrono.render.tabular import Table, Tabular
from mali_chrono.text import counted


def _flat(view: View) -> list[Row]:
    """A row for each group, or for each cell that holds an event; a row of a cross table without any stands once."""
    summary = view.summary
    if not summary.columns:
        return [
            keys_of(summary.by, [g]) | values_of(summary.measure(g), summary.kinds, summary.words) for g in view.rows
        ]
    rows = []
    empty = Group("", "", Share())
    for i, row in enumerate(view.rows):
        cells = [(column, summary.cell(i, j)) for j, column in enumerate(summary.columns) if (i, j) in summary.cells]
        for column, measure in cells or [(empty, summary.measure(empty))]:
            rows.append(keys_of(summary.by, [row, column]) | values_of(measure, summary.kinds, summary.words))
    return rows


def _tabular(view: View, look: Look) -> Tabular:  # noqa: ARG001
    """A row a group or a cell; the table for people has the total too."""
    summary = view.summary
    fields = view.fields or fields_of(summary.words, summary.by, summary.kinds, summary.of)
    values = ([row[field] for field in fields] for row in _flat(view))
    notes = [note.text for note in view.notes]
    title = f"Events by {' and '.join(summary.by)}"
    return Tabular(title, fields, values, _groups(view), _tables(view), _what(view), view.store, notes, view.about)


def _tables(view: View) -> Iterator[Table]:
    columns, rows = _texts(view)
    names = [column.heading.replace("_", " ") for column in columns]
    names[0] = names[0].capitalize()
    yield Table([column._replace(header=name) for column, name in zip(columns, names, strict=True)], rows, spelt=True)


def _groups(view: View) -> Iterator[str]:
    """The json objects of the groups, or of the cells that hold an event."""
    summary = view.summary
    by = summary.by
    for i, group in enumerate(view.rows):
        if not summary.columns:
            yield jsontext.dump(_object(summary, by, [group], summary.measure(group), view.fields))
        for j, column in enumerate(summary.columns):
            if (i, j) in summary.cells:
                yield jsontext.dump(_object(summary, by, [group, column], summary.cell(i, j), view.fields))


def _json(view: View, look: Look) -> str:  # noqa: ARG001
    summary = view.summary
    by, kinds = summary.by, summary.kinds
    total = _object(summary, by, [], summary.total)
    notes = [{"text": note.text, "ids": list(note.ids)} for note in view.notes]
    margins = {}
    if len(by) == 2:
        for key, side in zip(by, (view.rows, summary.columns), strict=True):
            margins[key] = [_object(summary, [key], [group], summary.measure(group)) for group in side]
    blocks: dict[str, str | Iterator[str]] = {"total": jsontext.dump(total), "notes": jsontext.dump(notes)}
    blocks["groups"] = _groups(view)
    if margins:
        blocks["margins"] = jsontext.dump(margins)
    asked = {"by": list(by), "sum": kinds[0] if len(kinds) == 1 else list(kinds)}
    return jsontext.envelope(asked | ({"of": summary.of} if summary.of else {}) | view.query, blocks)


def _object(
    summary: Summary, by: Sequence[str], groups: Sequence[Group], measure: Measure,
    chosen: Sequence[str] | None = None,
) -> Row:  # fmt: skip
    """A group as a json object, of the fields chosen or of all; the total has no keys."""
    kinds = summary.kinds
    row = keys_of(by, groups) | {key: group.key for key, group in zip(by, groups, strict=False)}
    row["events"] = measure.events
    if set(by) & set(UNITS) or not groups:
        row["must"] = measure.must
    row["spanning"] = measure.spanning
    for kind in kinds:
        told = measure.sums[kind]
        row[kind] = sum_object(told)
        if told.untold:
            row[f"{kind}_untold"] = range_row(told.untold)
    row |= {missing_field(kind, kinds): measure.sums[kind].missing for kind in kinds} | {"reports": measure.reports}
    if chosen is None:
        return row
    row |= values_of(measure, kinds, summary.words)
    return {name: row[name] for name in chosen}


def _texts(view: View) -> tuple[list[Column], list[list[str]]]:
    """Columns and cells for a text of aligned columns."""
    summary = view.summary
    if view.fields:
        words = {name for name in view.fields if name in summary.by or name.endswith(("_name", "_when", "_by"))}
        columns = [Column(name, right=name not in words) for name in view.fields]
        return columns, [[_value(row[name]) for name in view.fields] for row in _flat(view)]
    counted = count_head(view) if summary.columns else "events"
    groups = [*(column.name for column in summary.columns), counted]
    heads = [*groups, *_full_heads(view)]
    columns = [Column(summary.by[0]), *(Column(head, right=head not in ("when", "by")) for head in heads)]
    names = [*(group.name for group in view.rows), "all"]
    inner = [column_texts(view, summary, j) for j in range(len(summary.columns))]
    margins = [margin(view, measure) for measure in (*map(summary.measure, view.rows), summary.total)]
    return columns, [[*row, *end] for *row, end in zip(names, *inner, margins, strict=True)]


def _full_heads(view: View) -> list[str]:
    """The heads of a margin with the kind of toll before the end."""
    kinds = view.summary.kinds
    heads = (f"{kinds[0]}_{head}" if head in ENDS[:3] else head for head in margin_heads(view))
    return [head.replace(" ", "_") for head in heads]


def _value(value: object) -> str:
    return "-" if value is None else ("no", "yes")[value] if isinstance(value, bool) else str(value)


def _plain(view: View, look: Look) -> str:  # noqa: ARG001
    return plain.table(*_texts(view))


def _table(view: View, look: Look) -> str:
    """The summary as a person reads it, with what must be known of its numbers below."""
    from rich.text import Text

    from mali_chrono.render.bartable import draw_bars
    from mali_chrono.render.crosstable import draw_cross

    width = look.width or console.UNKNOWN
    if not view.summary.total.events:
        parts = [Text("No event matches.")]
    elif view.fields:
        parts = [console.grid(*_texts(view))]
    else:
        parts = list((draw_cross if view.summary.columns else draw_bars)(view, width, look))
    parts += [Text(), *(Text(note.text, style="dim") for note in view.notes)]
    return console.draw([*parts, console.closing(_what(view), view.store)], width, look)


def _what(view: View) -> str:
    shown, all_ = len(view.rows), len(view.summary.rows)
    return f"{shown} of {counted(all_, 'row')}" if shown < all_ else counted(all_, "row")


FORMATS = formats.offer({"table": _table, "plain": _plain, "json": _json, "sql": formats.as_written}, _tabular)
