"""A sheet as a Vega specification (https://vega.github.io/vega/docs/specification/), and drawn.

Vega gets marks with all their numbers and works out nothing. Values of the store stand in data alone, never in an
expression.
"""

from collections.abc import Callable, Mapping
from itertools import groupby
from typing import Any

from mali_chrono.errors import UsageError
from mali_chrono.plot.sheet import Box, Dot, Line, Mark, Path, Sheet, Text
from mali_chrono.text import one_line

FONT = "Liberation Sans, Arial, sans-serif"
MISSING = "`chrono plot` draws with the extra plots: pip install 'mali-chrono[plots]'"
_SCALE = 2  # a png has so many pixels to one of the sheet
_SHARED = {"stroke": "stroke", "strokeWidth": "width", "strokeDash": "dash", "fill": "fill"}
# The mark of Vega for each of ours, and the fields of its encoding.
_KINDS: Mapping[type, tuple[str, dict[str, str]]] = {
    Box: ("rect", {"x": "x", "y": "y", "width": "width", "height": "height", "fill": "fill", "stroke": "stroke"}),
    Line: ("rule", {"x": "x", "y": "y", "x2": "x2", "y2": "y2", "stroke": "stroke", "strokeWidth": "width",
                    "strokeDash": "dash"}),
    Dot: ("symbol", {"x": "x", "y": "y", "size": "size", "fill": "fill", "stroke": "stroke"}),
    Path: ("path", {"x": "x", "y": "y", "path": "path", **_SHARED}),
    Text: ("text", {"x": "x", "y": "y", "text": "text", "fontSize": "size", "fill": "fill", "align": "align",
                    "fontWeight": "weight", "angle": "angle"}),
}  # fmt: skip


def spec(sheet: Sheet) -> dict[str, Any]:
    """A sheet as Vega takes it."""
    runs = [(kind, list(marks)) for kind, marks in groupby(sheet.marks, type)]
    return {
        "$schema": "https://vega.github.io/schema/vega/v5.json",
        "description": one_line(" ".join([sheet.title, *sheet.body.said])),
        "width": round(sheet.width),
        "height": round(sheet.height),
        "padding": 0,
        "background": "#ffffff",
        "data": [{"name": f"d{i}", "values": [_values(mark) for mark in marks]} for i, (_, marks) in enumerate(runs)],
        "marks": [_mark(f"d{i}", kind) for i, (kind, _) in enumerate(runs)],
    }


def _mark(data: str, kind: type) -> dict[str, Any]:
    name, fields = _KINDS[kind]
    encode: dict[str, Any] = {channel: {"field": field} for channel, field in fields.items()}
    if kind is Text:
        encode["font"] = {"value": FONT}
    return {"type": name, "aria": False, "from": {"data": data}, "encode": {"enter": encode}}


def _values(mark: Mark) -> dict[str, Any]:
    values: dict[str, Any] = {
        name: round(value, 2) if isinstance(value, float) else value
        for name, value in mark._asdict().items()
        if value not in ("", ())
    }
    if isinstance(mark, Dot):
        values["size"] = round((2 * mark.radius) ** 2, 2)
    if isinstance(mark, Text):
        values |= {"text": one_line(mark.text), "weight": "bold" if mark.bold else "normal"}
        values["angle"] = -90 if mark.turned else 0
    return values


def load() -> Any:
    """The drawing program. Raises UsageError that names the extra where it is not installed."""
    try:
        import vl_convert
    except ImportError:
        raise UsageError(MISSING) from None
    return vl_convert


def draw_svg(sheet: Sheet) -> str:
    """A sheet as svg: no script, no style attribute, nothing from elsewhere."""
    return str(load().vega_to_svg(spec(sheet))) + "\n"


def draw_png(sheet: Sheet) -> bytes:
    """A sheet as png."""
    return bytes(load().svg_to_png(draw_svg(sheet), scale=_SCALE))


def draw_pdf(sheet: Sheet) -> bytes:
    """A sheet as pdf."""
    return bytes(load().svg_to_pdf(draw_svg(sheet)))


FORMATS: Mapping[str, Callable[[Sheet], str | bytes]] = {"svg": draw_svg, "png": draw_png, "pdf": draw_pdf}
