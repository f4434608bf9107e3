"""What sums and the state of play ask of an event, in narrow rows: when it was, of what kind, and who acted in it.

Every row is made from one event alone; what depends on others (links, first and last days) is derived when it is asked.
"""

from typing import NamedTuple

from mali_chrono.dates import units
from mali_chrono.dates.spans import FAR, clip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mali_chrono.index.claims import Names
    from mali_chrono.store.model import Event


ODD = units.LONGER + 1


class FactRow(NamedTuple):
    """An event's days, the month of the first of them (as `units.number` counts), and its kind.

    `room` is `units.room` of its months, `ODD` where its date is open or has several runs.
    """

    n: int
    lo: int
    hi: int
    month: int
    room: int
    type: str
    category: str
    reporting: int


class DidRow(NamedTuple):
    """The days of an event in which an actor took part itself; `acting`: it did something there."""

    t: int
    acting: int
    lo: int
    hi: int
    n: int


class ReachRow(NamedTuple):
    """The most days from the first to the last of a span whose difference has so many bits; the same in every store."""

    bits: int
    longest: int


REACH = tuple(ReachRow(bits, (1 << bits) - 1) for bits in range(64))


def length_bits(first: int, last: int) -> int:
    """The class of a span by its length: one that meets a window begins no further before it than its class reaches."""
    return min((last - first).bit_length(), REACH[-1].bits)


def facts(
    n: int, event: "Event", runs: "Sequence[object]", names: "Names", number: "Callable[[str], int]"
) -> "Iterator[tuple[str, tuple[object, ...]]]":
    """The rows of an event, each with its table; `runs` are those of its date, `number` gives that of an actor."""
    category = names.types[event.type].category
    first, last = clip(event.date.span)
    odd = len(runs) > 1 or first <= -FAR or last >= FAR
    month, end = (0, 0) if odd else (units.number("month", first), units.number("month", last))
    room = ODD if odd else units.room(month, end)
    yield "fact", FactRow(n, first, last, month, room, event.type, category, category in names.reporting)
    acting = {part.actor: False for part in event.actors}
    for part in event.actors:
        acting[part.actor] |= part.role in names.acting
    yield from (("did", DidRow(number(actor), acts, first, last, n)) for actor, acts in acting.items())
