"""Rich parts -> text: columns, facts, rules, the closing line. Data enters as Text, never as markup."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from mali_chrono.render.look import Column, Look
from mali_chrono.text import one_line

UNKNOWN = 100  # columns, where a table is asked for and there is no terminal
GAP = 2


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
        console.print(part, soft_wrap=False)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().split("\n")[:-1])


def rule(title: str, width: int, look: Look) -> Any:
    """A line across with a title near its left end."""
    from rich.text import Text

    line = "─" if look.unicode else "-"
    head = f"{line * 2} {title} " if title else ""
    return Text(head + line * max(width - len(head), 0), style="dim")


def grid(columns: Sequence[Column], rows: Iterable[Sequence[Any]], widths: Sequence[int] | None = None) -> Any:
    """Rows of values (or of rich Texts, styled already) in columns, wrapped and never cut.

    Under a dim header where the widths follow from the cells; without one where the widths are given.
    """
    from rich.table import Table
    from rich.text import Text

    made = Table(box=None, show_header=widths is None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="dim")
    for i, column in enumerate(columns):
        made.add_column(
            Text(one_line(column.heading)),
            width=widths[i] if widths else None,
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
    """A list of labels, dim and in so many columns, each with its text (or rich Text) beside it."""
    from rich.table import Table
    from rich.text import Text

    made = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1, 0, 0))
    made.add_column(width=room - 1)
    made.add_column(overflow="fold", ratio=1)
    for label, text in pairs:
        made.add_row(Text(label, style="dim"), text if isinstance(text, Text) else Text(one_line(text)))
    return made


def closing(what: str, store: str) -> Any:
    """The line under every table: what it holds, and the store it is from."""
    from rich.text import Text

    return Text(one_line(f"{what}, from the store: {store}"), style="dim")
