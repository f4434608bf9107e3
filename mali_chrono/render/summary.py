"""Counts and sums: one row a group with a bar, or a cross table; and, for programs, one row a cell."""

from collections.abc import Sequence
from typing import Any

from mali_chrono.answers.summary import PERIODS, Group, Measure
from mali_chrono.render import console, crosstable, csvtext, jsontext, markdown, plain
from mali_chrono.render.look import Column, Look
from mali_chrono.render.markdown import escape
from mali_chrono.render.measures import View, cell, margin, notes
from mali_chrono.text import counted

NAMED = ("actor", "place")  # their keys are ids, and they have names besides
Row = dict[str, Any]


def fields_of(by: Sequence[str], kind: str) -> tuple[str, ...]:
    """The fields of a row for a program."""
    keys = [name for key in by for name in ((key, f"{key}_name") if key in NAMED else (key,))]
    spans = ["spanning", "periods"] if set(by) & set(PERIODS) else []
    figures = [f"{kind}_{end}" for end in ("low", "best", "high", "open")]
    return (*keys, "events", *spans, *figures, "no_figure", "reports")


def _values(measure: Measure, kind: str) -> Row:
    ends = jsontext.figures(measure.figures) or dict.fromkeys(("low", "best", "high", "open"))
    return _counts(measure, {f"{kind}_{end}": number for end, number in ends.items()})


def _counts(measure: Measure, figures: Row) -> Row:
    return {
        "events": measure.events,
        "spanning": measure.spanning,
        **figures,
        "no_figure": measure.untold,
        "reports": measure.reports,
    }


def _keys(by: Sequence[str], groups: Sequence[Group]) -> Row:
    row: Row = {}
    for key, group in zip(by, groups, strict=False):
        row[key] = group.key or ("" if group.name == "none" else group.name)
        row[f"{key}_name"] = group.name
        if key in PERIODS:
            row["periods"] = group.stands_for
    return row


def _flat(view: View) -> list[Row]:
    """A row for each group, or for each cell that holds an event; a row of a cross table without any stands once."""
    summary = view.summary
    if not summary.columns:
        return [_keys(summary.by, [g]) | _values(summary.measure(g.members), summary.kind) for g in summary.rows]
    rows = []
    empty = Group("", "", frozenset())
    for i, row in enumerate(summary.rows):
        cells = [(column, summary.cells[i, j]) for j, column in enumerate(summary.columns) if (i, j) in summary.cells]
        for column, members in cells or [(empty, frozenset())]:
            rows.append(_keys(summary.by, [row, column]) | _values(summary.measure(members), summary.kind))
    return rows


def _csv(view: View, look: Look) -> str:  # noqa: ARG001
    fields = view.fields or fields_of(view.summary.by, view.summary.kind)
    return csvtext.table(fields, ([row[field] for field in fields] for row in _flat(view)))


def _json(view: View, look: Look) -> str:  # noqa: ARG001
    summary, chosen = view.summary, view.fields
    by, kind = summary.by, summary.kind
    blocks: dict[str, str | list[str]] = {"total": jsontext.dump(_object(by, [], summary.total, kind))}
    pairs = [([group], group.members) for group in summary.rows]
    margins = {}
    if len(by) == 2:
        pairs = [([summary.rows[i], summary.columns[j]], members) for (i, j), members in sorted(summary.cells.items())]
        for key, side in zip(by, (summary.rows, summary.columns), strict=True):
            margins[key] = [_object([key], [group], summary.measure(group.members), kind) for group in side]
    blocks["groups"] = [jsontext.dump(_object(by, pair, summary.measure(one), kind, chosen)) for pair, one in pairs]
    if margins:
        blocks["margins"] = jsontext.dump(margins)
    return jsontext.envelope({"by": list(by), "sum": kind, **view.query}, blocks)


def _object(
    by: Sequence[str], groups: Sequence[Group], measure: Measure, kind: str, chosen: Sequence[str] | None = None
) -> Row:
    """A group as a json object, of the fields chosen or of all; the total has no keys."""
    row = _keys(by, groups) | {key: group.key for key, group in zip(by, groups, strict=False)}
    row |= _counts(measure, {kind: jsontext.figures(measure.figures)})
    if chosen is None:
        return row
    row |= _values(measure, kind)
    return {name: row[name] for name in chosen}


def _texts(view: View) -> tuple[list[Column], list[list[str]]]:
    """Columns and cells for a text of aligned columns."""
    summary = view.summary
    if view.fields:
        words = {name for name in view.fields if name in summary.by or name.endswith("_name")}
        columns = [Column(name, right=name not in words) for name in view.fields]
        return columns, [[_value(row[name]) for name in view.fields] for row in _flat(view)]
    figures = [f"{summary.kind}_{end}" for end in ("low", "best", "high")]
    groups = [*(column.name for column in summary.columns), "all"] if summary.columns else ["events"]
    columns = [Column(summary.by[0]), *(Column(name, right=True) for name in (*groups, *figures, "no_figure"))]
    rows = []
    for i, group in enumerate(summary.rows):
        inner = [cell(view, summary.cells.get((i, j), frozenset())) for j in range(len(summary.columns))]
        rows.append([group.name, *inner, *margin(summary.measure(group.members))])
    totals = (cell(view, column.members, marked=False) for column in summary.columns)
    return columns, [*rows, ["all", *totals, *margin(summary.total, marked=False)]]


def _value(value: object) -> str:
    return "-" if value is None else ("no", "yes")[value] if isinstance(value, bool) else str(value)


def _plain(view: View, look: Look) -> str:  # noqa: ARG001
    return plain.table(*_texts(view))


def _markdown(view: View, look: Look) -> str:  # noqa: ARG001
    columns, rows = _texts(view)
    names = [escape(column.heading.replace("_", " ")) for column in columns]
    names[0] = names[0].capitalize()
    headed = [column._replace(header=name) for column, name in zip(columns, names, strict=True)]
    return f"{markdown.table(headed, rows)}\n" + "  \n".join(map(escape, notes(view))) + "\n"


def _table(view: View, look: Look) -> str:
    """The summary as a person reads it, with what must be known of its numbers below."""
    from rich.text import Text

    width = look.width or console.UNKNOWN
    groups = len(view.summary.rows) if view.summary.tally.items else 0
    if not groups:
        parts = [Text("No event matches.")]
    elif view.fields:
        parts = [console.grid(*_texts(view))]
    else:
        parts = list(crosstable.draw_summary(view, width, look))
    parts += [Text(), *(Text(note, style="dim") for note in notes(view))]
    parts.append(console.closing(counted(groups, "group"), view.store))
    return console.draw(parts, width, look)


FORMATS = {"table": _table, "plain": _plain, "csv": _csv, "json": _json, "md": _markdown}
