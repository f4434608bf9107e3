"""Counts and sums: one row a group with a bar, or a cross table; and, for programs, one row a cell."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from mali_chrono.answers.summary import PERIODS, Group, Measure, Summary
from mali_chrono.errors import UsageError, did_you_mean
from mali_chrono.figures.reckon import range_text
from mali_chrono.render.jsontext import SCHEMA
from mali_chrono.render.plain import lines

NAMED = ("actor", "place")  # their keys are ids, and they have names besides
MARK = "*"
Row = dict[str, Any]


class View(NamedTuple):
    """A summary, whether its figures were asked for, the fields chosen or None, the query, the store."""

    summary: Summary
    figures: bool
    fields: tuple[str, ...] | None
    query: dict[str, object]
    store: str


def fields(text: str | None, by: Sequence[str], kind: str) -> tuple[str, ...] | None:
    """Read `--fields`. Raises UsageError on what a row does not have."""
    if text is None:
        return None
    known = _columns(by, kind)
    chosen = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    for name in chosen:
        if name not in known:
            raise UsageError(f"unknown field '{name}': " + (did_you_mean(name, known) or f"one of: {', '.join(known)}"))
    if not chosen:
        raise UsageError(f"--fields names no field; the fields are: {', '.join(known)}")
    return chosen


def summary(shape: str, view: View) -> str:
    """A summary in one of the shapes: plain, csv, json or md."""
    if shape == "json":
        return _json(view)
    if shape == "csv":
        return _csv(view)
    headers, cells, right = texts(view)
    return _markdown(headers, cells, right, view) if shape == "md" else lines(headers, cells, right)


def _columns(by: Sequence[str], kind: str) -> list[str]:
    """The fields of a row for a program."""
    keys = [name for key in by for name in ((key, f"{key}_name") if key in NAMED else (key,))]
    spans = ["spanning", "periods"] if set(by) & set(PERIODS) else []
    figures = [f"{kind}_{end}" for end in ("low", "best", "high", "open")]
    return [*keys, "events", *spans, *figures, "no_figure", "reports"]


def _values(found: Measure, kind: str) -> Row:
    said = found.figures
    ends = (said.low, said.best, said.high, said.open) if said else (None,) * 4
    names = (f"{kind}_{end}" for end in ("low", "best", "high", "open"))
    counts = {"events": found.events, "spanning": found.spanning, "no_figure": found.untold, "reports": found.reports}
    return counts | dict(zip(names, ends, strict=True))


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
    found = view.summary
    if not found.columns:
        return [_keys(found.by, [g]) | _values(found.measure(g.members), found.kind) for g in found.rows]
    rows = []
    empty = Group("", "", frozenset())
    for i, row in enumerate(found.rows):
        cells = [(column, found.cells[i, j]) for j, column in enumerate(found.columns) if (i, j) in found.cells]
        for column, members in cells or [(empty, frozenset())]:
            rows.append(_keys(found.by, [row, column]) | _values(found.measure(members), found.kind))
    return rows


def _csv(view: View) -> str:
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    columns = view.fields or _columns(view.summary.by, view.summary.kind)
    writer.writerow(columns)
    writer.writerows([_csv_cell(row[column]) for column in columns] for row in _flat(view))
    return out.getvalue()


def _csv_cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else ""
    # What spreadsheets run (OWASP, "CSV injection"), but for "-": "-0499" is a year.
    return "'" + value if isinstance(value, str) and value[:1] in ("=", "+", "@", "\t", "\r") else value


def _json(view: View) -> str:
    import json

    found = view.summary
    head = {"schema": SCHEMA, "query": {"by": list(found.by), "sum": found.kind, **view.query}}
    whole = _object(found.by, [], found.total, found.kind, view.fields)
    groups: list[Row] = []
    margins: dict[str, list[Row]] = {}
    for key, side in zip(found.by, (found.rows, found.columns), strict=False):
        margins[key] = [_object([key], [g], found.measure(g.members), found.kind, None) for g in side]
    if len(found.by) == 2:
        for (i, j), members in sorted(found.cells.items()):
            pair = [found.rows[i], found.columns[j]]
            groups.append(_object(found.by, pair, found.measure(members), found.kind, view.fields))
    else:
        groups = [_object(found.by, [g], found.measure(g.members), found.kind, view.fields) for g in found.rows]
    text = json.dumps(head, ensure_ascii=False)[:-1]
    body = ",\n".join(json.dumps(row, ensure_ascii=False) for row in groups)
    rest = f',\n"margins": {json.dumps(margins, ensure_ascii=False)}' if len(found.by) == 2 else ""
    return f'{text},\n"total": {json.dumps(whole, ensure_ascii=False)},\n"groups": [\n{body}\n]{rest}}}\n'


def _object(by: Sequence[str], groups: Sequence[Group], found: Measure, kind: str, chosen: Sequence[str] | None) -> Row:
    """A group as a json object; the total, which has no keys, keeps all its numbers."""
    said = found.figures
    row: Row = {}
    for key, group in zip(by, groups, strict=False):
        row[key] = group.key
        row[f"{key}_name"] = group.name
        if key in PERIODS:
            row["periods"] = group.stands_for
    row |= {
        "events": found.events,
        "spanning": found.spanning,
        kind: said and {"low": said.low, "best": said.best, "high": said.high, "open": said.open},
        "no_figure": found.untold,
        "reports": found.reports,
    }
    if chosen is None or not groups:
        return row
    flat = row | _values(found, kind)
    return {name: flat[name] if name in flat else row[name] for name in chosen}


def texts(view: View) -> tuple[list[str], list[list[str]], list[bool]]:
    """Headers, cells and which columns are numbers, for a text of aligned columns."""
    found = view.summary
    if view.fields:
        rows = [[_plain(row[name]) for name in view.fields] for row in _flat(view)]
        words = [name in found.by or name.endswith("_name") for name in view.fields]
        return list(view.fields), rows, [not word for word in words]
    figures = [f"{found.kind}_{end}" for end in ("low", "best", "high")]
    if not found.columns:
        headers = [found.by[0], "events", *figures, "no_figure"]
    else:
        headers = [found.by[0], *(column.name for column in found.columns), "all", *figures, "no_figure"]
    cells = [[group.name, *_numbers(view, i, group)] for i, group in enumerate(found.rows)]
    cells.append(["all", *_totals(view)])
    return headers, cells, [False] + [True] * (len(headers) - 1)


def _plain(value: object) -> str:
    return "-" if value is None else ("no", "yes")[value] if isinstance(value, bool) else str(value)


def _numbers(view: View, at: int, group: Group) -> list[str]:
    """The texts of a row after its name: the cells of a cross table, then count, figures, how many have none."""
    found = view.summary
    inner = [cell(view, found.cells.get((at, j), frozenset())) for j in range(len(found.columns))]
    return [*inner, *margin(found.measure(group.members))]


def _totals(view: View) -> list[str]:
    found = view.summary
    inner = [cell(view, column.members, marked=False) for column in found.columns]
    return [*inner, *margin(found.total, marked=False)]


def cell(view: View, members: frozenset[int], *, marked: bool = True) -> str:
    """The text of a cell: how many events, or their figures where those were asked for; empty without any event."""
    summary = view.summary
    if not members:
        return ""
    if not view.figures:
        return f"{len(members)}{MARK if marked and members & summary.spanning else ''}"
    said = summary.measure(members).figures
    return range_text(said) if said else "-"


def margin(measure: Measure, *, marked: bool = True) -> list[str]:
    """The texts of a group: count, low, best, high, how many have no figure."""
    said = measure.figures
    none = "-" if measure.events else ""
    ends = [str(said.low), str(said.best), f"{said.high}{'+' * said.open}"] if said else [none] * 3
    count = f"{measure.events}{MARK if marked and measure.spanning else ''}"
    return [count, *ends, str(measure.untold) if measure.events else ""]


def notes(view: View) -> Iterator[str]:
    """What a reader must know of the numbers."""
    found, whole = view.summary, view.summary.total
    said = [f"{whole.untold} of them without a figure of {found.kind}"]
    if whole.reports:
        said.append(f"{whole.reports} reports or estimates, which never add to sums")
    yield f"{whole.events} event{'s' * (whole.events != 1)}, {', '.join(said)}."
    if whole.spanning:
        verb = "have dates that span" if whole.spanning > 1 else "has a date that spans"
        yield f"{MARK} {whole.spanning} {verb} several periods: counted in each, once in the total."
    if found.columns:
        word = f"{found.kind}, low to high; - where no figure is given" if view.figures else "events"
        yield f"Cells: {word}." + ("" if view.figures else f" With --sum {found.kind} they show the figures.")


def _markdown(headers: list[str], cells: list[list[str]], right: list[bool], view: View) -> str:
    from mali_chrono.render.markdown import escape

    names = [header.replace("_", " ") for header in headers]
    names[0] = names[0].capitalize()
    rows = [[escape(cell) for cell in row] for row in (names, *cells)]
    rows.insert(1, ["---:" if number else "---" for number in right])
    table = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    return table + "\n" + "  \n".join(escape(note) for note in notes(view)) + "\n"
