"""What every format gives back: what was written, and what it cannot say honestly and so left out."""

from typing import NamedTuple


class Written(NamedTuple):
    """An answer in a format: text, or bytes; and how many events are left out for which reason ("have no end")."""

    content: str | bytes
    left_out: tuple[tuple[str, int], ...] = ()
