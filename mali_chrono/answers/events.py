"""Events out of the index: their number, their fields, their json rows, and all about one of them."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mali_chrono.answers.filters import Question
from mali_chrono.answers.matching import MAY, MUST, Condition
from mali_chrono.answers.names import names_of, resolve, resolve_event
from mali_chrono.index.fields import TEXT_ONLY


class Card(NamedTuple):
    """Everything about one event: its json row, its words for date and people, and what stands around it.

    `links` are (kind, id, title, date in words) both ways, the incoming kinds reversed; `sources` maps a source's id to
    its title, `names` an actor's or place's id to its shortest name.
    """

    row: str
    when: str
    links: list[tuple[str, str, str, str]]
    sources: dict[str, str]
    names: dict[str, str]


_REVERSED = {"follow-up-of": "followed by", "part-of": "has part", "possibly-same-as": "possibly same as"}


def these(numbers: Iterable[int], column: str = "n") -> Condition:
    """The SQL for events of given numbers."""
    return f"{column} IN (SELECT value FROM json_each(?))", [str(list(numbers))]


def numbers(connection: sqlite3.Connection, question: Question) -> list[int]:
    """The numbers of the events that match."""
    return [n for (n,) in connection.execute(*question.selection)]


def count(connection: sqlite3.Connection, question: Question) -> int:
    """How many events match."""
    sql, values = question.selection
    return int(connection.execute(f"SELECT count(*) FROM ({sql})", values).fetchone()[0])


def table(connection: sqlite3.Connection, question: Question, fields: Sequence[str]) -> list[tuple[object, ...]]:
    """The asked fields of every matching event, as text or numbers; None where there is nothing to show."""
    (sure, sure_values), (where, values) = question.must, question.where
    match = f"CASE WHEN {sure} THEN '{MUST}' ELSE '{MAY}' END"
    matched = "match" in fields
    columns = ", ".join(match if field == "match" else f'"{field}"' for field in fields)
    sql = f"SELECT {columns} FROM event WHERE {where} {question.order}"
    return connection.execute(sql, [*(sure_values if matched else ()), *values]).fetchall()


def json_rows(connection: sqlite3.Connection, question: Question, fields: Sequence[str] | None = None) -> list[str]:
    """Every matching event as the text of one json object; `fields` picks its keys."""
    if fields is None:
        return [
            f'{head}"{match}"{tail}' for head, match, tail in table(connection, question, ("head", "match", "tail"))
        ]
    import json  # noqa: PLC0415 - only where a row is taken apart

    extra = [field for field in fields if field in TEXT_ONLY]
    picked = []
    for head, match, tail, *texts in table(connection, question, ("head", "match", "tail", *extra)):
        row = json.loads(f'{head}"{match}"{tail}') | dict(zip(extra, texts, strict=True))
        picked.append(json.dumps({field: row[field] for field in fields}, ensure_ascii=False))
    return picked


def card(connection: sqlite3.Connection, ident: str) -> Card:
    """Everything about one event. Raises UsageError when there is none of that id."""
    n = resolve_event(connection, ident)
    head, tail, when = connection.execute('SELECT head, tail, "when" FROM event WHERE n = ?', (n,)).fetchone()
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
    return Card(f'{head}"{MUST}"{tail}', when, links, sources, names_of(connection, "actor", "place"))


def documents(connection: sqlite3.Connection, ident: str | None) -> list[str]:
    """The json objects of all documents, or of the one named. Raises UsageError when there is none of that name."""
    if ident is None:
        return [body for (body,) in connection.execute("SELECT body FROM document ORDER BY rowid")]
    (source,) = resolve(connection, "source", ident)
    return [body for (body,) in connection.execute("SELECT body FROM document WHERE id = ?", (source,))]
