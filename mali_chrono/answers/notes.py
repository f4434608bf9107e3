"""What a reader must know of a summary's numbers: what the total leaves out, counts once, or has in several rows."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from mali_chrono.answers.filters import Question
from mali_chrono.answers.matching import listed
from mali_chrono.answers.names import marks
from mali_chrono.answers.summary import Summary
from mali_chrono.figures.sums import LINKING, TWIN
from mali_chrono.kinds import spoken
from mali_chrono.text import counted, listing


class Note(NamedTuple):
    """What a reader must know of the numbers, and the ids of the events it is about."""

    text: str
    ids: tuple[str, ...]


def find_notes(connection: sqlite3.Connection, question: Question, view: Summary) -> list[Note]:
    """What the total leaves out, counts once, or has in several rows; `view` is what the question comes to."""
    found = []
    total = view.total
    for kind, told in total.sums.items():
        if told.missing:
            found.append(
                Note(f"{told.missing} of {counted(total.events, 'event')} have no figure of {spoken(kind)}.", ())
            )
    if total.reports:
        kinds = listing([kind.id for kind in view.words.categories if not kind.adds], "and")
        events = counted(total.reports, f"event of {kinds} adds", f"events of {kinds} add")
        found.append(Note(f"{events} nothing to the sums.", view.reports))
    found += [
        note
        for kind in view.kinds
        if kind not in view.words.levels
        for note in _once(connection, question, kind, view.of)
    ]
    shared = _shared(connection, view)
    if shared:
        verb = "stands" if len(shared) == 1 else "stand"
        what = counted(len(shared), "event")
        found.append(Note(f"{what} {verb} in several rows, and once in the total.", shared))
    return found


def _shared(connection: sqlite3.Connection, view: Summary) -> tuple[str, ...]:
    """The events that stand in several rows, in order."""
    seen: set[int] = set()
    again: set[int] = set()
    for group in view.rows:
        again |= seen & group.share.odd
        seen |= group.share.odd
    among, values = listed(sorted(again))
    return tuple(ident for (ident,) in connection.execute(f"SELECT id FROM event WHERE {among} ORDER BY n", values))


def _once(connection: sqlite3.Connection, question: Question, kind: str, of: str) -> Iterator[Note]:
    """The events with a figure that are possibly the same, and count once; those that lie in another."""
    chosen, values = question.chosen
    sql = f"""
        WITH counted AS (
            SELECT n, id, best FROM knot JOIN fact USING (n) JOIN event USING (n) JOIN toll USING (n)
            WHERE toll.kind = ? AND of = ? AND NOT reporting AND {chosen}
        )
        SELECT link.kind, one.id, one.best, other.id, other.best
        FROM counted AS one JOIN link USING (n) JOIN counted AS other ON other.id = target
        WHERE link.kind IN ({marks(LINKING)}) AND one.n <> other.n
    """
    links = connection.execute(sql, [kind, of, *values, *LINKING]).fetchall()
    for one, other in sorted({tuple(sorted([(a, x), (b, y)])) for link, a, x, b, y in links if link == TWIN}):
        pair, best = (one[0], other[0]), listing([str(one[1]), str(other[1])], "and")
        text = f"{listing(pair)} are possibly the same and count once, the smaller ({spoken(kind)}: {best})."
        yield Note(text, pair)
    for part, whole in sorted({(a, b) for link, a, _, b, _ in links if link != TWIN}):
        yield Note(f"{part} is part of {whole}, whose figure holds its own ({spoken(kind)}).", (part, whole))
