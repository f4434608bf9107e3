"""What a row tells as a type of a store, and as one of its categories: the same for an import and a comparison."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from mali_chrono.intake.maps import Types
from mali_chrono.text import fold


class Kind(NamedTuple):
    """A type of a store: what it is called, the id among its names, its category, and what ACLED calls it, or none."""

    id: str
    names: tuple[str, ...]
    category: str
    acled: str


class RowTypes(NamedTuple):
    """The types of a store by what they are called, and by what ACLED calls them, both folded; their categories."""

    called: dict[str, str]
    coded: Mapping[str, str]
    categories: Mapping[str, str]

    def read(self, name: str, group: str, rule: Types) -> tuple[str, str]:
        """The type and the category of a row that names a type and its class, each empty where the store has none.

        The store's own names count before those of ACLED.
        """
        key = fold(name)
        ident = self.called.get(key) or (self.coded.get(key) if rule.acled else None) or ""
        return ident, self.categories.get(ident) or rule.category(group, name)


def row_types(kinds: Iterable[Kind]) -> RowTypes:
    """The types of a store, in its order: of two with a name or a code the first has it."""
    types, called, coded = list(kinds), dict[str, str](), dict[str, str]()
    for kind in types:
        for name in kind.names:
            called.setdefault(fold(name), kind.id)
        if kind.acled not in ("", "none"):
            coded.setdefault(fold(kind.acled), kind.id)
    return RowTypes(called, coded, {kind.id: kind.category for kind in types})
