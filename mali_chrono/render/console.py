"""Parts -> text: columns, facts, rules, the closing line. Data enters as Text, never as markup.

Parts are rich's, or texts drawn already: a table of hundreds of rows whose widths are known is laid out here, which
takes a tenth of rich's time for the same look.
"""

import io
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any

from mali_chrono.render.look import Column, Look
from mali_chrono.text import one_line
from mali_chrono.text import width as text_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.render.tabular import Tabular

Cell = Sequence[tuple[str, str]]  # texts with their styles: in a table one under the other
UNKNOWN = 100  # columns, where a table is asked for and there is no terminal
GAP = 2


def write(answer: "Tabular", look: Look) -> str:
    """The tables of an answer, each under its heading, the notes, and the closing line."""
    from rich.text import Text

    width = look.width or UNKNOWN
    parts: list[Any] = []
    for part in answer.tables:
        parts += [rule(one_line(part.heading), width, look)] if part.heading else []
        parts += [grid(part.columns, part.rows), Text()]
    parts += [Text(one_line(note), style="dim") for note in answer.notes]
    return draw([*parts, closing(answer.what, answer.store)], width, look)


def draw(parts: Iterable[Any], width: int, look: Look) -> str:
    """The parts one under the other, lines trimmed of trailing blanks."""
    from rich.console import Console

    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        height=100,  # under TERM=dumb a width alone is ignored
        force_terminal=look.color,
        color_system="standard" if look.color else None,
        no_color=not look.color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    for part in parts:
        if isinstance(part, str):
            out.write(part)
        else:
            console.print(part, soft_wrap=False)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().split("\n")[:-1])


def paint(text: str, style: str, look: Look) -> str:
    """A text in a style, where there is colour."""
    if not (text and style and look.color):
        return text
    from rich.color import ColorSystem
    from rich.style import Style

    return Style.parse(style).render(text, color_system=ColorSystem.STANDARD)


def in_line(pieces: Cell, width: int, look: Look) -> Any:
    """Texts with their styles on one line; on more where they are wider than that."""
    if sum(text_width(text) for text, _ in pieces) <= width:
        return "".join(paint(text, style, look) for text, style in pieces) + "\n"
    from rich.text import Text

    return Text.assemble(*pieces)


def rule(title: str, width: int, look: Look) -> str:
    """A line across with a title near its left end."""
    dash = "─" if look.unicode else "-"
    head = f"{dash * 2} {title} " if title else ""
    whole = head + dash * max(width - text_width(head), 0)
    return paragraph(whole, "dim", width, look)


def paragraph(text: str, style: str, width: int, look: Look) -> str:
    """A text in a style, on as many lines as it takes."""
    return "".join(paint(row, style, look) + "\n" for row in wrap(text, width))


def lay_out(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], widths: Sequence[int], look: Look) -> str:
    """Cells in columns of given widths, wrapped and never cut."""

    def pad(column: Column, room: int, part: tuple[str, str]) -> str:
        text, style = part
        blanks = " " * (room - text_width(text))
        return blanks + paint(text, style, look) if column.right else paint(text, style, look) + blanks

    lines = []
    for row in rows:
        cells = [
            [(part, style) for text, style in cell for part in wrap(text, room)]
            for cell, room in zip(row, widths, strict=True)
        ]
        lines += [
            (" " * GAP).join(map(pad, columns, widths, parts)) for parts in zip_longest(*cells, fillvalue=("", ""))
        ]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def longest_word(texts: Iterable[str]) -> int:
    """Columns of the widest word of some texts: a narrower column would have to break it."""
    return max(map(text_width, {word for text in texts for word in text.split()}), default=0)


def fit(naturals: Sequence[int], least: Sequence[int], weights: Sequence[int], room: int) -> list[int]:
    """Column widths: each as wide as it wants where that fits its share of the room, and never less than `least`.

    The rest share what is left.
    """
    widths = list(naturals)
    open_columns = set(range(len(widths)))
    while open_columns and sum(widths) > room:
        left = room - sum(width for i, width in enumerate(widths) if i not in open_columns)
        total = sum(weights[i] for i in open_columns)
        shares = {i: max(left * weights[i] // total, 1) for i in open_columns}
        fixed = {i: naturals[i] for i in open_columns if naturals[i] <= shares[i]}
        fixed = fixed or {i: least[i] for i in open_columns if least[i] > shares[i]}
        for i, width in (fixed or shares).items():
            widths[i] = width
        if not fixed:
            break
        open_columns -= set(fixed)
    return widths


def wrap(text: str, room: int) -> list[str]:
    """A text on as many lines as it takes; only a word that is wider than the room is parted."""
    if text_width(text) <= room:
        return [text]
    lines = []
    line, taken = "", 0
    for word in text.split():
        wide = text_width(word)
        if line and taken + 1 + wide <= room:
            line, taken = f"{line} {word}", taken + 1 + wide
            continue
        if line:
            lines.append(line)
        line, taken = word, wide
        while taken > room:
            fits = next(i for i in range(len(line), 0, -1) if i == 1 or text_width(line[:i]) <= room)
            lines.append(line[:fits])
            line = line[fits:]
            taken = text_width(line)
    return [*lines, line] if line else lines


def grid(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> Any:
    """Rows of values (or of rich Texts, styled already) in columns, wrapped and never cut, under a dim header.

    The widths follow from the cells.
    """
    from rich.table import Table
    from rich.text import Text

    made = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="dim")
    for column in columns:
        made.add_column(
            Text(one_line(column.heading)),
            justify="right" if column.right else "left",
            overflow="fold",
            no_wrap=column.whole,
        )
    for row in rows:
        cells = zip(row, columns, strict=True)
        made.add_row(
            *(cell if isinstance(cell, Text) else Text(one_line(cell), column.style) for cell, column in cells)
        )
    return made


def facts(pairs: Iterable[tuple[str, Any]], room: int) -> Any:
    """A list of labels, dim and in so many columns, each with its text (or rich Text) beside it.

    A longer label is wrapped; a longer word of one takes more columns.
    """
    from rich.table import Table
    from rich.text import Text

    pairs = list(pairs)
    words = (word for label, _ in pairs for word in label.split())
    made = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1, 0, 0))
    made.add_column(width=max([room - 1, *map(text_width, words)]))
    made.add_column(overflow="fold", ratio=1)
    for label, text in pairs:
        made.add_row(Text(label, style="dim"), text if isinstance(text, Text) else Text(one_line(text)))
    return made


def closing(what: str, store: str) -> Any:
    """The line under every table: what it holds, and the store it is from."""
    from rich.text import Text

    return Text(one_line(f"{what}, from the store: {store}"), style="dim")
