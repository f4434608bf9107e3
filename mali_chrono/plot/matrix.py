"""Events by actor and period: a cell a number, the darker the more."""

from collections.abc import Iterator, Sequence

from mali_chrono.answers.keyrows import Group
from mali_chrono.answers.summary import Summary
from mali_chrono.plot.letters import text_width, widest, wrap
from mali_chrono.plot.sheet import INK, LEAST_WIDTH, SMALL, WHITE, Body, Box, Line, Mark, Text
from mali_chrono.text import counted, one_line

_NAMES = 230.0  # the room for names
_HIGH, _WIDE, _WIDEST = 24.0, 30.0, 60.0  # a cell, at least; at most, where there is room
# One hue; white letters on the dark half.
_SHADES = ("#e6eef5", "#c9d9e8", "#a3bfd9", "#7aa0c6", "#5480b0", "#34629a", "#1d4a80", "#0b3262")


def layout(view: Summary, unit: str, *, direct: bool = False) -> Body:
    """The picture of a summary by actor and period; what has no actor, and the actors beyond the first, are told."""
    rows = [(i, row) for i, row in enumerate(view.rows) if row.key]
    heads = [column.name.replace(" century", " c.") for column in view.columns]
    cells = {(i, j): view.cells[i, j].events for i, _ in rows for j in range(len(heads)) if (i, j) in view.cells}
    names = {i: wrap(one_line(row.name), SMALL, _NAMES) for i, row in rows}
    left = widest((line for lines in names.values() for line in lines), SMALL) + 8
    share = min((LEAST_WIDTH - left) / (len(heads) + 1), _WIDEST)  # of the room that a sheet has in any case
    wide = max([_WIDE, share, *(text_width(str(count), SMALL) + 8 for count in cells.values())])
    turned = any(text_width(head, SMALL) > wide - 4 for head in heads)
    longest = widest([*heads, "all"], SMALL)
    top = longest + 8 if turned else 20.0
    marks = list(_heads([*heads, "all"] if rows else [], left, wide, top, turned=turned))
    y = top
    most = max(cells.values(), default=1)
    for i, row in rows:
        height = max(_HIGH, 6 + 14 * len(names[i]))
        marks += _name(names[i], left - 8, y, height)
        for j in range(len(heads)):
            if count := cells.get((i, j)):
                marks += _cell(count, most, Box(left + j * wide, y, wide, height, WHITE, WHITE))
        number = str(row.share.events)
        marks.append(
            Text(left + (len(heads) + 0.5) * wide, y + height / 2 + 4, number, SMALL, INK, "center", bold=True)
        )
        y += height
        marks.append(Line(left, y, left + (len(heads) + 1) * wide, y, "#eeeeee"))
    table = [
        [row.name, *(str(cells.get((i, j), 0)) for j in range(len(heads))), str(row.share.events)] for i, row in rows
    ]
    return Body(
        left + (len(heads) + 1) * wide + 8, y + 4, marks, list(_said(view, rows, unit, direct=direct)), [], [],
        ["actor", *(column.name for column in view.columns), "all"], table,
    )  # fmt: skip


def _said(view: Summary, rows: Sequence[tuple[int, Group]], unit: str, *, direct: bool) -> Iterator[str]:
    if not view.total.events:
        yield "No event matches."
        return
    yield (
        f"How many events an actor{'' if direct else ', or who was part of it then,'} took part in, by {unit};"
        f" {counted(view.total.events, 'event')} in all. Empty: none recorded."
    )
    if view.total.spanning:
        one = view.total.spanning == 1
        yield (
            f"{counted(view.total.spanning, 'date')} may fall in several columns and {'counts' if one else 'count'}"
            " in each, once under all."
        )
    for row in view.rows:
        events = counted(row.share.events, "event")
        if row.key is None and row.name == "none":
            yield f"{events}: no actor is named."
        elif row.key is None:
            yield f"The {counted(len(rows), 'actor')} with most; {row.name} not drawn ({events})."


def _heads(heads: Sequence[str], left: float, wide: float, top: float, *, turned: bool) -> Iterator[Mark]:
    for j, head in enumerate(heads):
        x = left + (j + 0.5) * wide
        yield (
            Text(x + 4, top - 6, head, SMALL, INK, turned=True)
            if turned
            else Text(x, top - 6, head, SMALL, INK, "center")
        )


def _name(lines: Sequence[str], x: float, y: float, height: float) -> Iterator[Mark]:
    first = y + height / 2 - (len(lines) - 1) * 7 + 4
    for k, line in enumerate(lines):
        yield Text(x, first + 14 * k, line, SMALL, INK, "right")


def _cell(count: int, most: int, box: Box) -> Iterator[Mark]:
    shade = (count * len(_SHADES) - 1) // most
    yield box._replace(fill=_SHADES[shade])
    letters = WHITE if shade > 3 else INK
    yield Text(box.x + box.width / 2, box.y + box.height / 2 + 4, str(count), SMALL, letters, "center")
