"""Any record of the store by what a person typed: an id, the beginning of one, a name, or words."""

import sqlite3
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from mali_chrono.answers import searching
from mali_chrono.answers.events import Card, card, count
from mali_chrono.answers.filters import Filters, ask
from mali_chrono.answers.matching import EVER
from mali_chrono.answers.names import ids_of, keys_of, marks, names_of, near_among, titled
from mali_chrono.answers.sources import document
from mali_chrono.answers.vocabulary import words_of
from mali_chrono.errors import UsageError
from mali_chrono.kinds import RECORDS, TollKind
from mali_chrono.text import fold, listing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.answers.history import History
    from mali_chrono.answers.periods import Period

Names = Callable[[], Sequence[tuple[str, str, str]]]  # every name there is, as `keys_of` gives it


class Ref(NamedTuple):
    """A record: its kind and id."""

    kind: str
    id: str


class Record(NamedTuple):
    """A record that is no event: its json object's text, the names of actors and places, the store's kinds of toll, how
    many events it has.

    `period` is what a period's dates come to, `history` an actor's without its timeline.
    """

    ref: Ref
    body: str
    names: dict[str, str]
    tolls: tuple[TollKind, ...]
    events: int
    period: "Period | None" = None
    history: "History | None" = None


def read_record(connection: sqlite3.Connection, ref: Ref) -> Card | Record:
    """Everything about a record. Raises UsageError when there is none."""
    if ref.kind == "event":
        return card(connection, ref.id)
    if ref.kind == "source":
        body = document(connection, ref.id)
    else:
        (body,) = connection.execute("SELECT body FROM record WHERE kind = ? AND id = ?", ref).fetchone()
    names, tolls = names_of(connection, "actor", "place"), words_of(connection).tolls
    if ref.kind == "actor":
        from mali_chrono.answers.history import history

        told = history(connection, ref.id, Filters(limit=0), follow=False, full=False)
        return Record(ref, body, names, tolls, told.figures.events, history=told)
    if ref.kind == "period":
        from mali_chrono.answers.periods import read_periods

        period = next(period for period in read_periods(connection, EVER) if period.id == ref.id)
        return Record(ref, body, names, tolls, _count(connection, Filters(window=(period.span,))), period=period)
    chosen = {ref.kind: (ref.id,)}
    return Record(ref, body, names, tolls, _count(connection, Filters(**chosen)))  # type: ignore[arg-type]


def _count(connection: sqlite3.Connection, filters: Filters) -> int:
    return count(connection, ask(connection, filters))


def find_records(connection: sqlite3.Connection, texts: Sequence[str]) -> list[Ref]:
    """The records that arguments stand for: each an id, a unique beginning of one, or a name; else all are words.

    KIND:ID picks one of several kinds that share an id. Raises UsageError with candidates where it is not clear.
    """
    names = cache(lambda: keys_of(connection, RECORDS))  # of many events, long to read
    found = [(text, _one(connection, text, names)) for text in texts]
    if all(refs for _, refs in found):
        return list(dict.fromkeys(ref for _, refs in found for ref in refs))
    if any(refs for _, refs in found) and len(texts) > 1 and any("-" in text for text in texts):
        missing = next(text for text, refs in found if not refs)
        raise UsageError(_unknown(connection, missing, names))
    return [_by_words(connection, texts, names)]


def _one(connection: sqlite3.Connection, text: str, names: Names) -> list[Ref]:
    kind, colon, rest = text.partition(":")
    if colon and kind in RECORDS:
        return [Ref(kind, ident) for ident in ids_of(connection, (kind,), rest)]
    text = text.strip()
    rows = connection.execute(
        f"SELECT kind, id FROM known WHERE id = ? AND kind IN ({marks(RECORDS)})", (text, *RECORDS)
    )
    if exact := sorted((Ref(*row) for row in rows), key=lambda ref: RECORDS.index(ref.kind)):
        return exact
    begun = connection.execute(
        f"SELECT kind, id FROM known WHERE substr(id, 1, ?) = ? AND kind IN ({marks(RECORDS)}) LIMIT 2",
        (len(text), text, *RECORDS),
    ).fetchall()
    if len(begun) == 1 and text:
        return [Ref(*begun[0])]
    wanted = fold(text)
    named = {Ref(kind, ident) for kind, key, ident in names() if key == wanted}
    refs = sorted(named, key=lambda ref: (RECORDS.index(ref.kind), ref.id))
    kinds = [ref.kind for ref in refs]
    if len(set(kinds)) < len(kinds):
        raise UsageError(f"'{text}' names several: {_offered(refs)}")
    return refs


def _by_words(connection: sqlite3.Connection, texts: Sequence[str], names: Names) -> Ref:
    """The one record that has all the words: in what an event tells or its id, or in a name of another record."""
    asked = " ".join(texts)
    words = fold(asked).split()
    if not words:
        raise UsageError(f"no record '{asked}': name one by its id, a name, or words of it")
    condition, values = searching.condition([asked.replace('"', " ")])
    refs = [Ref("event", ident) for (ident,) in connection.execute(f"SELECT id FROM event WHERE {condition}", values)]
    refs += [Ref(kind, ident) for kind, key, ident in names() if all(word in key for word in words)]
    refs = list(dict.fromkeys(refs))
    if len(refs) == 1:
        return refs[0]
    if not refs:
        raise UsageError(_unknown(connection, asked, names))
    raise UsageError(f"{len(refs)} records have '{asked}': {_offered(refs)}")


def _unknown(connection: sqlite3.Connection, text: str, names: Names) -> str:
    near = titled(connection, RECORDS, near_among(names(), text, 3))
    hint = f"did you mean {listing(near, 'or')}?" if near else "name one by its id, a name, or words of it"
    return f"no record '{text}': {hint}"


def _offered(refs: Sequence[Ref], most: int = 12) -> str:
    titles = [f"{ref.kind}:{ref.id}" if ref.kind != "event" else ref.id for ref in refs[:most]]
    return "; ".join(titles) + (f"; and {len(refs) - most} more" if len(refs) > most else "")
