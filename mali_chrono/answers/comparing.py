"""A question's events held against a dataset's rows: everything that a comparison says, read out of an index."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mali_chrono.answers.asking import asked
from mali_chrono.answers.compare import Comparison, compare
from mali_chrono.answers.deeds import compared_kinds, read_deeds, read_judge, read_rows, read_store
from mali_chrono.answers.filters import Filters, ask
from mali_chrono.answers.totals import BY, Sides, Total, Wanted, part_rows, read_totals
from mali_chrono.answers.vocabulary import words_of
from mali_chrono.intake.told import Taken
from mali_chrono.kinds import TollKind

# Filters that a dataset's rows cannot be asked: with one of them rows without an event would say nothing.
_NOT_OF_ROWS = ("actor", "company", "role", "place", "region", "tag", "source", "outlet", "least", "disputed",
                "confirmed", "text", "excluded")  # fmt: skip


class Held(NamedTuple):
    """A comparison, both sides added up by each key of `BY`, what was asked, and which rows were counted.

    `kinds` of toll are compared, likeness rests on the first. `counted` is None where the filters choose events by what
    rows do not tell: then no rows are listed or added up. `apart` are the rows that are not counted, by why.
    """

    found: Comparison
    totals: Mapping[str, Sequence[Total]]
    asked: Mapping[str, object]
    counted: int | None
    kinds: tuple[TollKind, ...]
    apart: Mapping[str, int]


def held_against(connection: sqlite3.Connection, wanted: Filters, taken: Taken) -> Held:
    """Hold the events that filters find against the rows of a table. Without a type they are of violent categories."""
    words = words_of(connection)
    store = read_store(connection, words)
    here = set(store.types.categories.values())
    violent = [category.id for category in words.categories if category.violent and category.id in here]
    if not wanted.type and violent:
        wanted = wanted._replace(type=violent)
    question = ask(connection, wanted)
    kinds = compared_kinds(words, taken.map)
    deeds, rows = read_deeds(connection, question, kinds), read_rows(taken, store, kinds)
    named = (store.types.categories.get(kind, kind) for kind in question.resolved.get("type", ()))
    categories = frozenset([*named, *(deed.category for deed in deeds)]) if wanted.type else None
    whole = not any(getattr(wanted, name) for name in _NOT_OF_ROWS)
    counted, apart = part_rows(rows, Wanted(categories, question.window), deeds) if whole else ([], {})
    found = compare(deeds, rows, counted, read_judge(connection, store, taken.map))
    owners = {row.id: match.deed for match in found.matches for row in match.others}
    owners |= {match.row.id: match.deed for match in found.matches}
    sides = Sides(counted, owners, kinds)
    totals = {key: read_totals(connection, question, wanted, key, sides) for key in BY if whole}
    return Held(found, totals, asked(wanted, question), len(counted) if whole else None, kinds, apart)
