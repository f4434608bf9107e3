"""Which categories of events a picture draws alike, and what its legend calls them: by the store's own words."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from mali_chrono.kinds import Vocabulary
from mali_chrono.plot.sheet import DARK, LIGHT, RED, SKY, STONE

# Five groups at most in a stack, dark and light by turns, so that grey print keeps them apart.
_COLORS = (DARK, LIGHT, RED)
_NAMED = 3  # categories that a legend names; of more it says what they have in common


class Group(NamedTuple):
    """A part of a bar: its name, its colour and the categories in it; what is in no other is in one without any."""

    name: str
    color: str
    categories: frozenset[str] = frozenset()


def groups_of(words: Vocabulary, drawn: Collection[str]) -> tuple[Group, ...]:
    """The parts of a bar: those that the vocabulary names, else its first categories, then all others, and reports.

    `drawn` are the categories that have an event: the last two are called by them.
    """
    adding = [category for category in words.categories if category.adds]
    stacks: dict[str, set[str]] = {}
    for category in sorted(adding, key=lambda category: not category.stack):
        stacks.setdefault(category.stack or category.id, set()).add(category.id)
    parts = zip(stacks.items(), _COLORS, strict=False)
    groups = [Group(name, color, frozenset(members)) for (name, members), color in parts]
    held = frozenset[str]().union(*(group.categories for group in groups))
    others = {category.id for category in adding} - held
    return (
        *groups,
        Group(call(words, others & {*drawn}, "other"), SKY),
        Group(call(words, words.reporting & {*drawn}, "reports"), STONE, words.reporting),
    )


def group_of(category: str, groups: Sequence[Group]) -> int:
    """Which group of a stack holds a category."""
    held = (i for i, group in enumerate(groups) if category in group.categories)
    return next(held, next(i for i, group in enumerate(groups) if not group.categories))


def call(words: Vocabulary, categories: Collection[str], common: str) -> str:
    """What categories are called together: by their stacks, or their own names; by what many have in common."""
    mine = (category for category in words.categories if category.id in categories)
    names = [*dict.fromkeys(category.stack or category.id for category in mine)]
    between = "; " if any("," in name for name in names) else ", "
    return between.join(names) if 0 < len(names) <= _NAMED else common
