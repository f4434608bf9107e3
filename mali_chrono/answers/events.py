"""Events out of the index: their number, their fields, their json rows, and all about one of them."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from mali_chrono.answers.filters import Question
from mali_chrono.answers.matching import ALWAYS, LISTED, MUST, all_of, listed
from mali_chrono.answers.names import names_of, resolve_event
from mali_chrono.answers.sets import joined
from mali_chrono.answers.vocabulary import words_of
from mali_chrono.errors import UsageError
from mali_chrono.index.fields import ELAPSED, fields_of
from mali_chrono.index.packing import HOLES, derive, unpack
from mali_chrono.kinds import TollKind


class Card(NamedTuple):
    """Everything about one event: its json row, its words for date and people, and what stands around it.

    `links` are (kind, id, title, date in words) both ways, the incoming kinds reversed; `sources` maps a source's id to
    its title, `names` an actor's or place's id to its shortest name; `tolls` are the store's kinds of toll.
    """

    row: str
    when: str
    links: list[tuple[str, str, str, str]]
    sources: dict[str, str]
    names: dict[str, str]
    tolls: tuple[TollKind, ...]


# What a json row is unpacked from.
_ROW = ("body", "path", "line", *HOLES)
# What is put together when it is asked for: where an event stands, its file and line.
_WHERE = "(SELECT {} FROM item JOIN file USING (f) WHERE item.n = event.n)"
_MADE = {"at": _WHERE.format("path || ':' || line"), "path": _WHERE.format("path"), "line": _WHERE.format("line")}
_REVERSED = {"follow-up-of": "followed by", "part-of": "has part", "possibly-same-as": "possibly same as"}


def numbers(connection: sqlite3.Connection, question: Question) -> list[int]:
    """The numbers of the events that match, in order."""
    return [int(str(n)) for (n,) in table(connection, question, ("n",))]


def settled(connection: sqlite3.Connection, question: Question) -> Question:
    """A question that is asked in several statements, with its events found once; no limit cuts them."""
    if question.where[0] in (ALWAYS, LISTED):
        return question
    return question._replace(where=listed(numbers(connection, question._replace(order="n", limit=None))))


def count(connection: sqlite3.Connection, question: Question) -> int:
    """How many events match, no more than the limit."""
    where, values = question.where
    found = int(connection.execute(f"SELECT count(*) FROM event WHERE {where}", values).fetchone()[0])
    return found if question.limit is None else min(found, question.limit)


def later(connection: sqlite3.Connection, question: Question) -> int:
    """How many further events, told at another time, speak of the time that was asked for."""
    where, values = all_of(joined(connection, question.later))
    return int(connection.execute(f"SELECT count(*) FROM event WHERE {where}", values).fetchone()[0])


def table(connection: sqlite3.Connection, question: Question, fields: Sequence[str]) -> list[tuple[Any, ...]]:
    """The asked fields of every matching event, as text or numbers; None where there is nothing to show."""
    return list(each(connection, question, fields))


def each(connection: sqlite3.Connection, question: Question, fields: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The same, one by one while they are read."""
    if ELAPSED in fields:
        return _with_elapsed(connection, question, fields)
    if not _taken_out(question).isdisjoint(fields):
        return _derived(connection, question, fields)
    (match, match_values), (where, values) = question.match, question.where
    columns = ", ".join(match if field == "match" else _MADE.get(field, f'"{field}"') for field in fields)
    bound = [value for field in fields if field == "match" for value in match_values]
    sql = f"SELECT {columns} FROM event WHERE {where} {question.ending}"
    return connection.execute(sql, [*bound, *values])


def _taken_out(question: Question) -> frozenset[str]:
    """The fields that are taken out of the json row."""
    return fields_of(question.words.tolls).derived - {"at"}


def _with_elapsed(
    connection: sqlite3.Connection, question: Question, fields: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    """The same with how long after what --since names each event began. Raises UsageError where it names nothing."""
    from mali_chrono.dates.elapsed import SAME_TIME, beginning, elapsed

    if question.origin is None:
        raise UsageError("elapsed counts from what --since names: the id of an event, a period, an actor, or a date")
    origin = question.origin()
    if origin is None:
        raise UsageError("elapsed counts from what --since names, and nobody knows when that began")
    known = [field for field in fields if field != ELAPSED]
    for ident, date, *values in each(connection, question, ("id", "date", *known)):
        began, texts = beginning(date), iter(values)
        told = elapsed(origin, began) if began else None
        if ident == origin.event and told and began and (began.about or began.first < began.last):
            told = SAME_TIME
        yield tuple(told if field == ELAPSED else next(texts) for field in fields)


def _derived(connection: sqlite3.Connection, question: Question, fields: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The same where some fields are taken out of the json row."""
    import json

    taken_out = _taken_out(question)
    stored = [field for field in fields if field not in taken_out]
    for values in each(connection, question, (*_ROW, *stored)):
        row, texts = json.loads(unpack(*values[: len(_ROW)])), iter(values[len(_ROW) :])
        yield tuple(next(texts) if field in stored else derive(row, field) for field in fields)


def json_rows(connection: sqlite3.Connection, question: Question, fields: Sequence[str] | None = None) -> Iterator[str]:
    """Every matching event as the text of one json object, while they are read; `fields` picks its keys.

    What matched only through a member says through whom, as `via`.
    """
    if fields is None:
        via = _via(connection, question)
        for n, *row in each(connection, question, ("n", *_ROW)):
            yield _with_via(unpack(*row), via.get(n))
        return
    import json

    text_only = fields_of(words_of(connection).tolls).text_only
    extra = [field for field in fields if field in text_only]
    for values in each(connection, question, (*_ROW, *extra)):
        row = json.loads(unpack(*values[: len(_ROW)])) | dict(zip(extra, values[len(_ROW) :], strict=True))
        yield json.dumps({field: row[field] for field in fields}, ensure_ascii=False)


class Rows:
    """The matching events as json objects, read anew and one by one each time they are walked through."""

    def __init__(self, connection: sqlite3.Connection, question: Question) -> None:
        self._connection, self._question = connection, question

    def __len__(self) -> int:
        return count(self._connection, self._question)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        import json

        return map(json.loads, json_rows(self._connection, self._question))


def _via(connection: sqlite3.Connection, question: Question) -> dict[object, list[str]]:
    """Events that matched only because a member of an actor took part, and those members."""
    if question.part is None or question.direct:
        return {}
    (chosen, values), (sql, named) = question.chosen, question.part
    members: dict[object, list[str]] = {}
    own = set()
    sql = f"SELECT DISTINCT n, direct, via FROM part WHERE {sql} AND {chosen} ORDER BY n, part"
    for n, direct, member in connection.execute(sql, [*named, *values]):
        if direct:
            own.add(n)
        else:
            members.setdefault(n, []).append(member)
    return {n: list(dict.fromkeys(through)) for n, through in members.items() if n not in own}


def _with_via(row: str, members: Sequence[str] | None) -> str:
    if not members:
        return row
    texts = ", ".join(f'"{member}"' for member in members)  # ids need no escape
    return f'{row[:-1]}, "via": [{texts}]}}'


def card(connection: sqlite3.Connection, ident: str) -> Card:
    """Everything about one event. Raises UsageError when there is none of that id."""
    n = resolve_event(connection, ident)
    columns = ", ".join(f"'{MUST}'" if field == "match" else _MADE.get(field, field) for field in _ROW)
    *row, when = connection.execute(f'SELECT {columns}, "when" FROM event WHERE n = ?', (n,)).fetchone()
    columns = 'kind, event.id, title, "when"'
    outgoing = connection.execute(
        f"SELECT {columns} FROM link JOIN event ON event.id = target WHERE link.n = ? ORDER BY event.n", (n,)
    )
    incoming = connection.execute(
        f"SELECT {columns} FROM link JOIN event ON event.n = link.n WHERE target = ? ORDER BY event.n", (ident,)
    )
    links = [(kind.replace("-", " "), *rest) for kind, *rest in outgoing]
    links += [(_REVERSED[kind], *rest) for kind, *rest in incoming]
    sources = dict(connection.execute("SELECT id, name FROM thing WHERE kind = 'source'").fetchall())
    return Card(unpack(*row), when, links, sources, names_of(connection, "actor", "place"), words_of(connection).tolls)
