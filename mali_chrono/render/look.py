"""What a renderer is handed: what the text will be shown on, and the columns of a table."""

from typing import NamedTuple, Protocol


class Look(Protocol):
    """What the text will be shown on: its width (None: unknown), colour, whether box lines can be drawn.

    `is_terminal` tells a terminal from a pipe or a file.
    """

    @property
    def width(self) -> int | None: ...  # noqa: D102
    @property
    def color(self) -> bool: ...  # noqa: D102
    @property
    def unicode(self) -> bool: ...  # noqa: D102
    @property
    def is_terminal(self) -> bool: ...  # noqa: D102


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
