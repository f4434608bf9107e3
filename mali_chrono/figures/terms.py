"""The sums of `sums.py` as terms that plain addition makes: what each event adds, and what each linked set corrects.

By Möbius inversion over the subsets of a linked set (Rota 1964): the term of a subset is its total without the terms of
all smaller ones. The terms whose events all lie in a group then add up to the group's total, whatever the group is.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from mali_chrono.figures.reckon import Range
from mali_chrono.figures.sums import Item, Links, total

# A linked set of more has terms for its events and for its whole only: of n there are 2**n subsets.
MOST = 8


class Term(NamedTuple):
    """What some events together add to a sum beside what fewer of them do; of linked ones it is often negative."""

    events: tuple[str, ...]
    low: int
    best: int
    high: int
    open: bool


def term_of(item: Item) -> Term | None:
    """What an event adds by itself; None where it has no figure or is a report."""
    if item.reporting or item.figures is None:
        return None
    figures = item.figures
    return Term((item.id,), figures.low, figures.best, figures.high, figures.open)


def corrections(items: Iterable[Item], links: Links) -> Iterator[Term]:
    """The terms of two and more events of one linked set, but those of nothing.

    Of more than `MOST` events there is one term, of all: groups that hold only some of them add too much.
    """
    told = counting(items, links)
    sizes: Iterable[int] = range(2, len(told) + 1) if len(told) <= MOST else [len(told)]
    made: dict[tuple[int, ...], tuple[int, int, int]] = {(i,): _ends(item.figures) for i, item in enumerate(told)}
    for size in sizes:
        for chosen in combinations(range(len(told)), size):
            whole = _ends(total([told[i] for i in chosen], links).figures)
            smaller = [term for part, term in made.items() if len(part) < size and set(part) <= set(chosen)]
            made[chosen] = low, best, high = _less(whole, smaller)
            if low or best or high:
                yield Term(tuple(told[i].id for i in chosen), low, best, high, open=False)


def counting(items: Iterable[Item], links: Links) -> list[Item]:
    """The events that have a say in a sum: those with a figure, and those that may be the same as another.

    Without a figure they still say in which whole their twins' parts lie.
    """
    return [item for item in items if not item.reporting and (item.figures or item.id in links.twins)]


def _ends(figures: Range | None) -> tuple[int, int, int]:
    return (figures.low, figures.best, figures.high) if figures else (0, 0, 0)


def _less(whole: tuple[int, int, int], terms: Sequence[tuple[int, int, int]]) -> tuple[int, int, int]:
    low, best, high = (end - sum(column) for end, column in zip(whole, zip(*terms, strict=True), strict=True))
    return low, best, high
