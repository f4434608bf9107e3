"""What every format gives back: what was written, and what it cannot say honestly and so left out."""

from collections.abc import Iterator
from typing import NamedTuple


class Written(NamedTuple):
    """An answer in a format: text, at once or in pieces, or bytes; and how many events are left out for which reason.

    A reason stands after a number: "46 without a first or last day".
    """

    content: str | bytes | Iterator[str]
    left_out: tuple[tuple[str, int], ...] = ()
