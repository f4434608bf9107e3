"""The list of actors: who, what, when active, how many events, the dead by it and of it, a bar per year."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from mali_chrono.answers.history import Listed
from mali_chrono.figures.reckon import Range
from mali_chrono.render import chart
from mali_chrono.render.jsontext import SCHEMA
from mali_chrono.render.look import Look

FIELDS = ("actor", "id", "name", "kind", "active", "events", "first", "last", "dead_by", "dead_of", "years")
SHOWN = ("actor", "kind", "active", "events", "first", "last", "dead_by", "dead_of", "years")
PIPED = ("id", *SHOWN)
HEADERS = {"dead_by": "dead, attacking", "dead_of": "dead, attacked"}
RIGHT = frozenset({"events", "dead_by", "dead_of"})
LONGEST = 24  # years of bars
SHORTER = {True: 16, False: 12}
LEGEND = "dead: low/best/high of those killed where it attacked, and where it was attacked, whoever they were"
STACKED, FOLDED, WIDE = 60, 100, 150


class Around(NamedTuple):
    """What goes with a list: the chosen fields, how many actors have an event and how many none, query and store."""

    fields: tuple[str, ...] | None
    found: int
    others: int
    query: dict[str, object]
    store: str


def actors(shape: str, found: Sequence[Listed], around: Around, look: Look) -> str:
    """The list in one of the shapes: table, plain, json, md."""
    if shape == "json":
        return _json(found, around)
    if shape == "table":
        return _table(found, around, look)
    from mali_chrono.render.plain import lines

    fields = around.fields or (PIPED if shape == "plain" else SHOWN)
    axis = _axis(found)
    # Bars of letters in a pipe: they are of one width everywhere, and need no font.
    texts = (_texts(listed, axis, unicode=shape == "md") for listed in found)
    cells = [[row[field] for field in fields] for row in texts]
    headers = [_header(field, axis) for field in fields]
    if shape == "plain":
        return lines(headers, cells, [field in RIGHT for field in fields])
    from mali_chrono.render.markdown import escape

    rules = ["---:" if field in RIGHT else "---" for field in fields]
    rows = [[header.capitalize() for header in headers], rules, *([escape(cell) for cell in row] for row in cells)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def three(figures: Range | None) -> str:
    """Low, best and high: "10/57/144", "84+" where they are one number."""
    if figures is None:
        return ""
    low, best, high = figures.low, figures.best, figures.high
    return (str(low) if low == best == high else f"{low}/{best}/{high}") + "+" * figures.open


def _axis(found: Sequence[Listed], longest: int = LONGEST) -> tuple[int, int]:
    """The years that bars stand for: the last ones of the list."""
    years = [year for listed in found for year in listed.years if year is not None]
    last = max(years, default=0)
    return max(min(years, default=0), last - longest + 1), last


def _header(field: str, axis: tuple[int, int]) -> str:
    return f"{axis[0]}-{axis[1]}" if field == "years" and axis[1] else HEADERS.get(field, field)


def _texts(listed: Listed, axis: tuple[int, int], *, unicode: bool) -> dict[str, str]:
    """The text of every field of one actor; in its bars a blank is a year without an event."""
    actor = listed.actor
    counted = Counter(year for year in listed.years if year is not None)
    return {
        "actor": actor.short,
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "active": actor.active or "",
        "events": str(listed.events),
        "first": listed.first,
        "last": listed.last,
        "dead_by": three(listed.caused.figures),
        "dead_of": three(listed.suffered.figures),
        "years": chart.bars(chart.binned(counted.items(), *axis, 1), unicode=unicode),
    }


def _table(found: Sequence[Listed], around: Around, look: Look) -> str:
    from rich.table import Table
    from rich.text import Text

    from mali_chrono.render.console import draw, plain_text
    from mali_chrono.render.timeline import UNKNOWN

    width = look.width or UNKNOWN
    axis = _axis(found, LONGEST if width >= WIDE else SHORTER[width >= FOLDED])
    fields = around.fields or tuple(
        field for field in SHOWN if width >= WIDE or field not in _LEFT_OUT[width >= FOLDED]
    )
    if width < STACKED and not around.fields:
        fields = ("actor", "events", "dead_by")
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for field in fields:
        keep = field in ("years", "events", "dead_by", "dead_of")
        justify: Any = "right" if field in RIGHT else "left"
        grid.add_column(_header(field, axis), justify=justify, overflow="fold", no_wrap=keep and width >= STACKED)
    for listed in found:
        texts = _texts(listed, axis, unicode=look.unicode)
        shown = [texts[field] if field == "years" else plain_text(texts[field]) for field in fields]
        cells = [Text(text, style=_STYLES.get(field, "")) for field, text in zip(fields, shown, strict=True)]
        if "actor" in fields and not around.fields and width < WIDE:
            aside = "\n" + ", ".join(
                part for part in (listed.actor.kind.replace("-", " "), listed.actor.active) if part
            )
            cells[fields.index("actor")].append(aside, style="not bold dim")
        grid.add_row(*cells)
    parts: list[Any] = [grid, Text()] if found else [Text("No event matches."), Text()]
    if any(f in fields for f in ("dead_by", "dead_of")) and found:
        parts.append(Text(LEGEND, style="dim"))
    rest = f"; {around.others} more have no event here" if around.others else ""
    part = f"{len(found)} of " * (len(found) < around.found)
    closing = f"{part}{around.found} actor{'s' * (around.found != 1)}{rest}, from the store: {plain_text(around.store)}"
    parts.append(Text(closing, style="dim"))
    return draw(parts, width, look)


_STYLES = {"actor": "bold", "events": "bold", "dead_by": "red", "dead_of": "red", "years": "cyan"}
# What a narrower table has no column for; kind and active stand under the name.
_LEFT_OUT = {True: ("kind", "active"), False: ("kind", "active", "first", "last")}


def _json(found: Sequence[Listed], around: Around) -> str:
    import json

    rows = []
    for listed in found:
        actor = listed.actor
        row: dict[str, Any] = {
            "id": actor.id,
            "name": actor.name,
            "short": actor.short,
            "kind": actor.kind,
            "active": actor.active,
            "events": listed.events,
            "first": listed.first,
            "last": listed.last,
            "years": dict(sorted(Counter(year for year in listed.years if year is not None).items())),
            "caused": chart.side(listed.caused),
            "suffered": chart.side(listed.suffered),
        }
        rows.append(json.dumps(row, ensure_ascii=False))
    head = f'{{"schema": "{SCHEMA}", "query": {json.dumps(around.query, ensure_ascii=False)},\n"actors": ['
    return head + ("\n" + ",\n".join(rows) + "\n" if rows else "") + "]}\n"
