"""Rich parts -> text. Data enters as Text, never as markup; nothing here asks the terminal anything."""

import io
from collections.abc import Iterable
from typing import Any

from mali_chrono.render.look import Look
from mali_chrono.text import printable


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


def plain_text(value: object) -> str:
    """A value on one line that a terminal only shows, empty for None."""
    return "" if value is None else " ".join(printable(str(value)).split())


def rule(title: str, width: int, look: Look) -> Any:
    """A line across with a title near its left end."""
    from rich.text import Text

    line = "─" if look.unicode else "-"
    head = f"{line * 2} {title} " if title else ""
    return Text(head + line * max(width - len(head), 0), style="dim")
