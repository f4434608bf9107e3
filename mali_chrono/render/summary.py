"""Counts and sums: one row a group with a bar, or a cross table; and, for programs, one row a cell."""

from collections.abc import Callable, Sequence
from typing import Any

from mali_chrono.answers.keyrows import Group
from mali_chrono.answers.measures import Measure, Share
from mali_chrono.dates.units import UNITS
from mali_chrono.render import console, csvtext, jsontext, markdown, plain
from mali_chrono.render.look import Column, Look
from mali_chrono.render.markdown import escape
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
from mali_chrono.text import counted


def _flat(view: View) -> list[Row]:
    """A row for each group, or for each cell that holds an event; a row of a cross table without any stands once."""
    summary = view.summary
    if not summary.columns:
        return [keys_of(summary.by, [g]) | values_of(summary.measure(g), summary.kinds) for g in view.rows]
    rows = []
    empty = Group("", "", Share())
    for i, row in enumerate(view.rows):
        cells = [(column, summary.cell(i, j)) for j, column in enumerate(summary.columns) if (i, j) in summary.cells]
        for column, measure in cells or [(empty, summary.measure(empty))]:
            rows.append(keys_of(summary.by, [row, column]) | values_of(measure, summary.kinds))
    return rows


def _csv(view: View, look: Look) -> str:  # noqa: ARG001
    fields = view.fields or fields_of(view.summary.by, view.summary.kinds, view.summary.of)
    return csvtext.table(fields, ([row[field] for field in fields] for row in _flat(view)))


def _json(view: View, look: Look) -> str:  # noqa: ARG001
    summary, chosen = view.summary, view.fields
    by, kinds = summary.by, summary.kinds
    total = _object(kinds, by, [], summary.total)
    notes = [{"text": note.text, "ids": list(note.ids)} for note in view.notes]
    margins = {}
    if len(by) == 2:
        pairs = [
            ([summary.rows[i], summary.columns[j]], summary.cell(i, j))
            for i, j in sorted(summary.cells) if i < len(view.rows)
        ]  # fmt: skip
        for key, side in zip(by, (view.rows, summary.columns), strict=True):
            margins[key] = [_object(kinds, [key], [group], summary.measure(group)) for group in side]
    else:
        pairs = [([group], summary.measure(group)) for group in view.rows]
    rows = [jsontext.dump(_object(kinds, by, groups, measure, chosen)) for groups, measure in pairs]
    blocks = {"total": jsontext.dump(total), "notes": jsontext.dump(notes), "groups": rows}
    if margins:
        blocks["margins"] = jsontext.dump(margins)
    asked = {"by": list(by), "sum": kinds[0] if len(kinds) == 1 else list(kinds)}
    return jsontext.envelope(asked | ({"of": summary.of} if summary.of else {}) | view.query, blocks)


def _object(
    kinds: Sequence[str], by: Sequence[str], groups: Sequence[Group], measure: Measure,
    chosen: Sequence[str] | None = None,
) -> Row:  # fmt: skip
    """A group as a json object, of the fields chosen or of all; the total has no keys."""
    row = keys_of(by, groups) | {key: group.key for key, group in zip(by, groups, strict=False)}
    row["events"] = measure.events
    if set(by) & set(UNITS) or not groups:
        row["must"] = measure.must
    row["spanning"] = measure.spanning
    for kind in kinds:
        told = measure.sums[kind]
        row[kind] = sum_object(told)
        if told.untold:
            row[f"{kind}_untold"] = jsontext.figures(told.untold)
    row |= {missing_field(kind, kinds): measure.sums[kind].missing for kind in kinds} | {"reports": measure.reports}
    if chosen is None:
        return row
    row |= values_of(measure, kinds)
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
    kind = view.summary.kinds[0]
    heads = (f"{kind}_{head}" if head in ("low", "best", "high") else head for head in margin_heads(view))
    return [head.replace(" ", "_") for head in heads]


def _value(value: object) -> str:
    return "-" if value is None else ("no", "yes")[value] if isinstance(value, bool) else str(value)


def _plain(view: View, look: Look) -> str:  # noqa: ARG001
    return plain.table(*_texts(view))


def _markdown(view: View, look: Look) -> str:  # noqa: ARG001
    columns, rows = _texts(view)
    names = [escape(column.heading.replace("_", " ")) for column in columns]
    names[0] = names[0].capitalize()
    headed = [column._replace(header=name) for column, name in zip(columns, names, strict=True)]
    return f"{markdown.table(headed, rows)}\n" + "  \n".join(escape(note.text) for note in view.notes) + "\n"


def _table(view: View, look: Look) -> str:
    """The summary as a person reads it, with what must be known of its numbers below."""
    from rich.text import Text

    from mali_chrono.render import crosstable

    width = look.width or console.UNKNOWN
    if not view.summary.total.events:
        parts = [Text("No event matches.")]
    elif view.fields:
        parts = [console.grid(*_texts(view))]
    else:
        parts = list(crosstable.draw_summary(view, width, look))
    parts += [Text(), *(Text(note.text, style="dim") for note in view.notes)]
    shown, all_ = len(view.rows), len(view.summary.rows)
    what = f"{shown} of {counted(all_, 'row')}" if shown < all_ else counted(all_, "row")
    parts.append(console.closing(what, view.store))
    return console.draw(parts, width, look)


def _sql(statement: str, look: Look) -> str:  # noqa: ARG001
    """The question itself, which other engines answer: exchange/sqlsums.py."""
    return statement


FORMATS: dict[str, Callable[[Any, Look], str]] = {
    "table": _table,
    "plain": _plain,
    "csv": _csv,
    "json": _json,
    "md": _markdown,
    "sql": _sql,
}
