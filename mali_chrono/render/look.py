"""What a renderer is handed: what the text will be shown on, and the columns of a table."""

from typing import NamedTuple


class Look(NamedTuple):
    """What the text will be shown on: its width (None: unknown), colour, whether box lines can be drawn.

    `is_terminal` tells a terminal from a pipe or a file, whose width $COLUMNS may give.
    """

    width: int | None
    color: bool
    unicode: bool
    is_terminal: bool = False


class Column(NamedTuple):
    """A column of a table, in every format.

    `header` is empty where that is the key itself; `weight` is its share of the room where that is scarce; `whole`
    cells are never wrapped.
    """

    key: str
    header: str = ""
    right: bool = False
    weight: int = 20
    style: str = ""
    whole: bool = False

    @property
    def heading(self) -> str:
        """What stands above it."""
        return self.header or self.key
