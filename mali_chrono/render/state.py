"""The state of play as a page: sections of lines, each a name and what is said of it."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from mali_chrono.answers.state import State
from mali_chrono.render import formats
from mali_chrono.render.look import Column, Look
from mali_chrono.render.statelines import DOUBT, Line, sections
from mali_chrono.text import counted, one_line
from mali_chrono.text import width as text_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.answers.about import About
    from mali_chrono.render.tabular import Table, Tabular

FIELDS = ("section", "depth", "name", "text")  # of a row for a program
LEGEND = f"{DOUBT} the dates allow it and do not prove it."


class Page(NamedTuple):
    """A state of play, the date as it was typed, the store, what the answer says of itself."""

    state: State
    typed: str
    store: str
    about: "About | None" = None


def _title(view: Page) -> str:
    return one_line(f"State of play, {view.state.words}")


def _shown(view: Page) -> Sequence[tuple[str, list[Line]]]:
    """The sections, safe to print."""
    return [
        (title, [Line(line.depth, one_line(line.name), one_line(line.text)) for line in lines])
        for title, lines in sections(view.state, view.typed)
    ]


def _plain(view: Page, look: Look) -> str:  # noqa: ARG001
    text = [f"{_title(view)}\n"]
    for head, lines in _shown(view):
        names = ["  " * (line.depth + 1) + line.name for line in lines]
        room = max((text_width(name) for name, line in zip(names, lines, strict=True) if line.text), default=0)
        text.append(f"\n{head}\n")
        for name, line in zip(names, lines, strict=True):
            pad = " " * (room - text_width(name) + 2) if line.text else ""
            text.append(f"{name}{pad}{line.text}\n")
    return "".join(text) + f"\n{LEGEND}\n"


def _markdown(view: Page, look: Look) -> str:  # noqa: ARG001
    """Lists, since groups stand in groups."""
    from mali_chrono.render.markdown import escape

    text = [f"# {escape(_title(view))}\n"]
    for head, lines in _shown(view):
        text.append(f"\n## {escape(head)}\n\n")
        for line in lines:
            rest = f": {escape(line.text)}" if line.text else ""
            text.append(f"{'  ' * line.depth}- **{escape(line.name)}**{rest}\n")
    return "".join(text) + f"\n{escape(LEGEND)}\n"


def _table(view: Page, look: Look) -> str:
    from mali_chrono.render.console import draw

    width = min(look.width or 100, 120)
    return draw(_parts(view, width, look), width, look)


def _parts(view: Page, width: int, look: Look) -> Iterator[Any]:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from mali_chrono.render.console import closing, rule

    yield Text(_title(view), style="bold")
    for head, lines in _shown(view):
        yield Text()
        yield rule(head, width, look)
        names = [2 * line.depth + text_width(line.name) for line in lines if line.text]
        made = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0), collapse_padding=True)
        made.add_column(width=min(max(names), width * 2 // 5) if names else width, overflow="fold")
        made.add_column(ratio=1, overflow="fold")
        for line in lines:
            name = Text(line.name, style="cyan" if line.text else "bold")
            made.add_row(Padding(name, (0, 0, 0, 2 * line.depth)), Text(line.text))
        yield made
    yield Text()
    yield Text(LEGEND, style="dim")
    yield closing(_what(view), view.store)


def _what(view: Page) -> str:
    return f"{counted(len(view.state.during), 'event')} in this time"


def _json(view: Page, look: Look) -> str:  # noqa: ARG001
    from mali_chrono.render.statejson import state_json

    return state_json(view.state, view.typed, view.store)


def _objects(view: Page) -> Iterator[str]:
    from mali_chrono.render.statejson import state_lines

    yield from state_lines(view.state)


def _tabular(view: Page, look: Look) -> "Tabular":  # noqa: ARG001
    """A row a line; in json a row is one thing, with its part."""
    from mali_chrono.render.tabular import Tabular

    values = ((title, *line) for title, lines in sections(view.state, view.typed) for line in lines)
    return Tabular(
        _title(view), FIELDS, values, _objects(view), _tables(view), _what(view), view.store, (LEGEND,), view.about
    )


def _tables(view: Page) -> "Iterator[Table]":
    from mali_chrono.render.tabular import Table

    for title, lines in _shown(view):
        rows = [("\u2003" * line.depth + line.name, line.text) for line in lines]
        yield Table([Column("who or what"), Column("told")], rows, title)


FORMATS = formats.offer({"table": _table, "plain": _plain, "json": _json, "md": _markdown}, _tabular)
