"""Filters -> rows and views. Every question is one SQL query over the index; values are always bound."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mali_chrono.dates.spans import FAR, Span, bounds
from mali_chrono.errors import UsageError, did_you_mean
from mali_chrono.index.fields import TEXT_ONLY
from mali_chrono.text import fold


class Filters(NamedTuple):
    """What a person asked for. Repeated values are alternatives; different filters must all hold.

    `window` is a span of days, or None for all time; `excluded` holds (key, value) pairs.
    """

    window: Span | None = None
    actor: Sequence[str] = ()
    role: Sequence[str] = ()
    place: Sequence[str] = ()
    region: Sequence[str] = ()
    type: Sequence[str] = ()
    tag: Sequence[str] = ()
    source: Sequence[str] = ()
    outlet: Sequence[str] = ()
    min_killed: int | None = None
    disputed: bool = False
    text: Sequence[str] = ()
    excluded: Sequence[tuple[str, str]] = ()
    must: bool = False
    within: bool = False
    members: bool = True
    limit: int | None = None
    reverse: bool = False


class Question(NamedTuple):
    """Filters resolved to SQL: conditions with their values, the test for a sure match, and what was resolved."""

    where: str
    values: list[object]
    must: str
    must_values: list[object]
    order: str
    resolved: dict[str, list[str]]


# What each filter that names things looks up; `type` takes categories too.
_KINDS = {
    "actor": ("actor",),
    "role": ("role",),
    "place": ("place",),
    "region": ("region",),
    "type": ("type", "category"),
    "tag": ("tag",),
    "source": ("source",),
    "outlet": ("outlet",),
}
# Up to so many things are listed in full where a name is none of them.
FEW = 12
EXCLUDABLE = (*_KINDS, "id")


Condition = tuple[str, list[object]]
_MAY = "n IN (SELECT n FROM span WHERE lo <= ? AND hi >= ?)"
_MUST = "n IN (SELECT n FROM span WHERE (lo >= ? AND hi <= ?) OR (core_lo <= ? AND core_hi >= ?))"
_WITHIN = "n IN (SELECT n FROM span WHERE own AND lo >= ? AND hi <= ?)"


def ask(connection: sqlite3.Connection, filters: Filters) -> Question:
    """Resolve names and turn filters into SQL. Raises UsageError on an unknown or ambiguous name."""
    resolved = {
        key: list(dict.fromkeys(ident for text in getattr(filters, key) for ident in _lookup(connection, key, text)))
        for key in _KINDS
        if getattr(filters, key)
    }
    conditions = [
        *_in_time(filters),
        *_named(filters, resolved),
        *_told(filters),
        *(_excluded(connection, key, text, filters) for key, text in filters.excluded),
    ]
    must, values = ("1", []) if filters.window is None else _must(filters.window)
    order = "ORDER BY n" + (" DESC" if filters.reverse else "")
    if filters.limit is not None:
        order += f" LIMIT {min(filters.limit, FAR):d}"
    where = " AND ".join(condition for condition, _ in conditions) or "1"
    return Question(where, [value for _, bound in conditions for value in bound], must, values, order, resolved)


def _must(window: Span) -> Condition:
    first, last = bounds(window)
    return _MUST, [first, last, last, first]


def _in_time(filters: Filters) -> Iterator[Condition]:
    if filters.window is None:
        return
    first, last = bounds(filters.window)
    yield _MAY, [last, first]
    if filters.within:
        yield _WITHIN, [first, last]
    if filters.must:
        yield _must(filters.window)


def _named(filters: Filters, resolved: dict[str, list[str]]) -> Iterator[Condition]:
    if "actor" in resolved or "role" in resolved:
        yield _parts(resolved.get("actor", []), resolved.get("role", []), filters)
    for key, found in resolved.items():
        if key not in ("actor", "role"):
            yield _facets(key, found)


def _told(filters: Filters) -> Iterator[Condition]:
    if filters.min_killed is not None:
        yield "killed_best >= ?", [min(filters.min_killed, FAR)]
    if filters.disputed:
        yield "disputed IS NOT NULL", []
    if filters.text:
        yield "n IN (SELECT rowid FROM words WHERE words MATCH ?)", [_words(filters.text)]


def _marks(found: Sequence[str]) -> str:
    return ", ".join("?" * len(found))


def _parts(actors: Sequence[str], roles: Sequence[str], filters: Filters) -> Condition:
    """Actors and roles asked for together mean: that actor in that role."""
    conditions = [f"{column} IN ({_marks(found)})" for column, found in (("actor", actors), ("role", roles)) if found]
    if not (filters.members and actors):
        conditions.append("direct")
    return f"n IN (SELECT n FROM part WHERE {' AND '.join(conditions)})", [*actors, *roles]


def _facets(key: str, found: Sequence[str]) -> Condition:
    kinds = _KINDS[key]
    condition = f"n IN (SELECT n FROM facet WHERE kind IN ({_marks(kinds)}) AND key IN ({_marks(found)}))"
    return condition, [*kinds, *found]


def _words(texts: Iterable[str]) -> str:
    """An FTS5 expression without its query syntax: each word quoted, all of a text, any of the texts."""
    wanted = []
    for text in texts:
        words = fold(text).split()
        if not words:
            raise UsageError(f"--match needs a word to look for; '{text}' has none")
        wanted.append("(" + " AND ".join(f'"{word}"' for word in words) + ")")
    return " OR ".join(wanted)


def _excluded(connection: sqlite3.Connection, key: str, text: str, filters: Filters) -> Condition:
    if key not in EXCLUDABLE:
        hint = did_you_mean(key, EXCLUDABLE) or "one of: " + ", ".join(EXCLUDABLE)
        raise UsageError(f"--exclude knows no '{key}': {hint}")
    if key == "id":
        find_event(connection, text)
        return "id <> ?", [text]
    found = _lookup(connection, key, text)
    if key in ("actor", "role"):
        condition, values = _parts(found if key == "actor" else [], found if key == "role" else [], filters)
    else:
        condition, values = _facets(key, found)
    return f"NOT ({condition})", values


def _lookup(connection: sqlite3.Connection, key: str, text: str) -> list[str]:
    """The ids a name stands for. Raises UsageError that lists candidates when there is none, or more than one."""
    kinds = _KINDS[key]
    rows = connection.execute(f"SELECT id FROM name WHERE kind IN ({_marks(kinds)}) AND key = ?", (*kinds, fold(text)))
    found = [row[0] for row in rows]
    if len(found) == 1 or (found and key == "type"):
        return found
    if found:
        raise UsageError(f"'{text}' names several: " + "; ".join(_titles(connection, kinds, found)))
    offers = _titles(connection, kinds, _near(connection, kinds, fold(text)))
    if offers:
        hint = ": did you mean " + _or(offers) + "?"
    else:
        known = [ident for ident, _ in names(connection, kinds)]
        hint = ": one of " + ", ".join(known) if len(known) <= FEW else ": give an id, a name or an alias"
    raise UsageError(f"unknown {key} '{text}'{hint}")


def _near(connection: sqlite3.Connection, kinds: Sequence[str], wanted: str, count: int = 6) -> list[str]:
    """Ids whose names hold every word asked for, then those spelt alike."""
    known = connection.execute(
        f"SELECT key, id FROM name WHERE kind IN ({_marks(kinds)}) ORDER BY length(key), key", kinds
    ).fetchall()
    words = wanted.split()
    holding = [ident for key, ident in known if words and all(word in key for word in words)]
    from difflib import get_close_matches  # noqa: PLC0415

    ids = dict(known)
    alike = [ids[key] for key in get_close_matches(wanted, list(ids), count, 0.6)]
    return list(dict.fromkeys([*alike[:1], *holding, *alike]))[:count]


def _titles(connection: sqlite3.Connection, kinds: Sequence[str], ids: Iterable[str]) -> list[str]:
    titles = []
    for ident in ids:
        row = connection.execute(
            f"SELECT name FROM thing WHERE kind IN ({_marks(kinds)}) AND id = ?", (*kinds, ident)
        ).fetchone()
        name = row[0] if row else ident
        if kinds[0] in ("region", "outlet"):  # their ids are folded names
            titles.append(f"'{name}'")
        else:
            titles.append(f"'{ident}'" + (f" ({name})" if fold(name) != fold(ident) else ""))
    return titles


def _or(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else ", ".join(texts[:-1]) + " or " + texts[-1]


def count(connection: sqlite3.Connection, question: Question) -> int:
    """How many events match."""
    inner = f"SELECT n FROM event WHERE {question.where} {question.order}"
    return int(connection.execute(f"SELECT count(*) FROM ({inner})", question.values).fetchone()[0])


def table(connection: sqlite3.Connection, question: Question, fields: Sequence[str]) -> list[tuple[object, ...]]:
    """The asked fields of every matching event, as text or numbers; None where there is nothing to show."""
    columns = ", ".join("must" if field == "match" else f'"{field}"' for field in fields)
    sql = f"SELECT {columns} FROM (SELECT *, CASE WHEN {question.must} THEN 'must' ELSE 'may' END AS must FROM event)"
    return connection.execute(
        f"{sql} WHERE {question.where} {question.order}", [*question.must_values, *question.values]
    ).fetchall()


def json_rows(
    connection: sqlite3.Connection, question: Question, fields: Sequence[str] | None = None
) -> list[tuple[object, ...]]:
    """Every matching event as the text of one json object, each alone in a tuple; `fields` picks its keys."""
    if fields is None:
        rows = table(connection, question, ("head", "match", "tail"))
        return [(f'{head}"{match}"{tail}',) for head, match, tail in rows]
    import json  # noqa: PLC0415 - only where a row is taken apart

    extra = [field for field in fields if field in TEXT_ONLY]
    picked: list[tuple[object, ...]] = []
    for head, match, tail, *texts in table(connection, question, ("head", "match", "tail", *extra)):
        row = json.loads(f'{head}"{match}"{tail}') | dict(zip(extra, texts, strict=True))
        picked.append((json.dumps({field: row[field] for field in fields}, ensure_ascii=False),))
    return picked


def periods(connection: sqlite3.Connection, window: Span | None) -> list[tuple[str, str]]:
    """What lasts through or in a window, earliest first: the words of it, and its json object."""
    first, last = bounds(window or (None, None))
    return connection.execute(
        "SELECT words, body FROM period WHERE lo <= ? AND hi >= ? ORDER BY lo, hi, id", (last, first)
    ).fetchall()


def find_event(connection: sqlite3.Connection, ident: str) -> int:
    """The number of the event with an id. Raises UsageError that offers the nearest ids."""
    row = connection.execute("SELECT n FROM event WHERE id = ?", (ident,)).fetchone()
    if row:
        return int(row[0])
    known = [other for (other,) in connection.execute("SELECT id FROM event")]
    words = fold(ident).split()
    holding = [other for other in known if words and all(word in other for word in words)][:3]
    hint = "did you mean " + _or([f"'{other}'" for other in holding]) + "?" if holding else did_you_mean(ident, known)
    raise UsageError(f"no event '{ident}'" + (f": {hint}" if hint else ""))


def names(connection: sqlite3.Connection, kinds: Sequence[str]) -> list[tuple[str, str]]:
    """Every id of some kinds of things with its name, for completion."""
    if "event" in kinds:
        return connection.execute("SELECT id, title FROM event ORDER BY n").fetchall()
    return connection.execute(
        f"SELECT id, name FROM thing WHERE kind IN ({_marks(kinds)}) ORDER BY id", kinds
    ).fetchall()


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


def card(connection: sqlite3.Connection, ident: str) -> Card:
    """Everything about one event. Raises UsageError when there is none of that id."""
    n = find_event(connection, ident)
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
    named = dict(
        connection.execute("SELECT id, coalesce(short, name) FROM thing WHERE kind IN ('actor', 'place')").fetchall()
    )
    return Card(f'{head}"must"{tail}', when, links, sources, named)


def documents(connection: sqlite3.Connection, ident: str | None) -> list[str]:
    """The json objects of all documents, or of the one named. Raises UsageError when there is none of that name."""
    if ident is None:
        return [body for (body,) in connection.execute("SELECT body FROM document ORDER BY rowid")]
    (found,) = _lookup(connection, "source", ident)
    return [body for (body,) in connection.execute("SELECT body FROM document WHERE id = ?", (found,))]
