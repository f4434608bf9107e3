"""What lasts, and who took which side in it, out of the index."""

import sqlite3
from typing import NamedTuple

from mali_chrono.answers import matching
from mali_chrono.answers.matching import Window
from mali_chrono.dates.spans import Span, core_of, opened
from mali_chrono.index.records import PartyRow, PeriodRow, select


class Party(NamedTuple):
    """An actor on a side of what lasted, at its own date or the period's."""

    actor: str
    side: str | None
    date: str
    words: str
    span: Span
    core: Span | None


class Period(NamedTuple):
    """A period, or a mission or state with its active years; `body` is the text of its json object."""

    id: str
    name: str
    short: str
    kind: str
    date: str
    words: str
    span: Span
    core: Span | None
    parties: tuple[Party, ...]
    body: str


def read_periods(connection: sqlite3.Connection, window: Window) -> list[Period]:
    """What may have lasted through or in a window, earliest first."""
    condition, values = matching.met(window)
    parties: dict[str, list[Party]] = {}
    for row in connection.execute(select(PartyRow, "party")):
        party = PartyRow(*row)
        days = opened(party.lo, party.hi), core_of(party.core_lo, party.core_hi)
        parties.setdefault(party.period, []).append(Party(party.actor, party.side, party.date, party.words, *days))
    bodies = dict(connection.execute("SELECT id, body FROM record WHERE kind IN ('lasting', 'period')").fetchall())
    rows = connection.execute(f"{select(PeriodRow, 'period')} WHERE {condition} ORDER BY lo, hi, id", values)
    return [
        Period(
            row.id, row.name, row.short, row.kind, row.date, row.words, opened(row.lo, row.hi),
            core_of(row.core_lo, row.core_hi), tuple(parties.get(row.id, ())), bodies[row.id],
        )
        for row in (PeriodRow(*values) for values in rows)
    ]  # fmt: skip
