"""Filters -> the SQL that finds events. Values are always bound."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from mali_chrono.answers import matching
from mali_chrono.answers.matching import MUST, Condition, Window
from mali_chrono.answers.names import KINDS, marks, resolve, resolve_event
from mali_chrono.answers.sets import Set, covering, gathered, joined, rows_of, touching
from mali_chrono.answers.vocabulary import words_of
from mali_chrono.answers.windows import Origin, Time, When, resolve_time
from mali_chrono.dates.spans import FAR
from mali_chrono.errors import UsageError, offer
from mali_chrono.kinds import Vocabulary

EXCLUDABLE = (*KINDS, "id")
# What an event is found by that stands on it once or more: kinds of `facet`.
FACETS = ("place", "region", "type", "tag", "source", "outlet")


# Bound values of one question, which may stand in a statement three times; SQLite takes 32,766.
MOST = 10_000


class Filters(NamedTuple):
    """What a person asked for. Repeated values are alternatives; different filters must all hold, and all of `company`.

    `actor` and `company` (--with) hold NAME or NAME:ROLE, `place` NAME or NAME:50km, `excluded` (key, value) pairs;
    `window` is further time, beside what was typed, `least` the least best figures of kinds of toll. `limit`, `reverse`
    and `sort` choose no events.
    """

    when: When = When()
    window: Window | None = None
    covers: bool = False
    must: bool = False
    within: bool = False
    actor: Sequence[str] = ()
    company: Sequence[str] = ()
    role: Sequence[str] = ()
    direct: bool = False
    place: Sequence[str] = ()
    region: Sequence[str] = ()
    type: Sequence[str] = ()
    tag: Sequence[str] = ()
    source: Sequence[str] = ()
    outlet: Sequence[str] = ()
    least: Sequence[tuple[str, int]] = ()
    disputed: bool = False
    confirmed: bool = False
    text: Sequence[str] = ()
    excluded: Sequence[tuple[str, str]] = ()
    limit: int | None = None
    reverse: bool = False
    sort: str = "date"


class Question(NamedTuple):
    """Filters as SQL over `event`.

    `where` finds; `named` is the part of it that is about neither time nor words, in SQL that an export's tables answer
    too (`exchange/sqltext.py`); `match` is the expression for how an event matches the time; `order` sorts and `limit`
    cuts; `later` finds, all together, what only speaks of the time; `part` tells the parts that matched, where actors
    or roles were asked for (`direct`: none of them through a member), `company` the parts beside them. `resolved` are
    the ids of what was named, `echo` the time as typed; `days` are those of any year that were asked for, `origin`
    gives what --since names, to count from.
    """

    where: Condition
    named: Condition
    match: Condition
    order: str
    limit: int | None
    later: Sequence[Set | Condition]
    part: Condition | None
    company: Sequence[Condition]
    direct: bool
    window: Window | None
    resolved: Mapping[str, Sequence[str]]
    echo: Mapping[str, object]
    words: Vocabulary
    days: Sequence[tuple[int, int]] = ()
    origin: Origin | None = None

    @property
    def chosen(self) -> Condition:
        """The SQL condition on an event's number; no limit cuts it."""
        sql, values = self.where
        return (
            self.where
            if sql in (matching.ALWAYS, matching.LISTED)
            else (f"n IN (SELECT n FROM event WHERE {sql})", values)
        )

    def said(self, store: str) -> dict[str, object]:
        """What was asked as an answer repeats it: the store, the time, the ids of what was named."""
        return {"store": store, **self.echo, **self.resolved}

    @property
    def ending(self) -> str:
        """Order and limit."""
        return f"ORDER BY {self.order}" + ("" if self.limit is None else f" LIMIT {min(self.limit, FAR):d}")


def ask(connection: sqlite3.Connection, filters: Filters) -> Question:
    """Resolve names and times and turn filters into SQL. Raises UsageError on a bad date or name."""
    time = resolve_time(connection, filters.when)
    window = _window(time, filters.window)
    resolved: dict[str, Sequence[str]] = {}
    conditions: list[Set | Condition] = []
    part: Condition | None = None
    company: list[Condition] = []
    if filters.actor or filters.role or filters.company:
        from mali_chrono.answers import parts

        part = parts.wanted(connection, filters.actor, filters.role, filters, resolved)
        others = [parts.wanted(connection, (text,), (), filters, resolved, "with") for text in filters.company]
        company = [other for other in others if other]
        conditions += parts.taking_part(part, company)
    for key in FACETS:
        if texts := getattr(filters, key):
            resolved[key] = list(dict.fromkeys(ident for text in texts for ident in _ids(connection, key, text)))
            conditions.append(_facets(key, resolved[key], direct=filters.direct))
    words = words_of(connection)
    conditions += _by_content(words, filters)
    conditions += [_excluded(connection, key, text, filters) for key, text in filters.excluded]
    if time and time.days:
        conditions.append(matching.on_days(time.days, window))
    if time:
        conditions += _left_out(time)
    told = _told(filters.text)
    near = _brought_in(window, time)
    in_time, later = _in_time(filters, window, near)
    terms = [*in_time, *conditions, *told]
    if (count := sum(len(values) for _, values in gathered(terms))) > MOST:
        raise UsageError(f"the filters hold {count:,} values; one command takes up to {MOST:,}")
    return Question(
        matching.all_of(joined(connection, terms)),
        matching.all_of(gathered(conditions)),
        (f"'{MUST}'", []) if window is None else _match(window, filters, near),
        _order(words, filters),
        filters.limit,
        [*later, *conditions, *told],
        part,
        company,
        filters.direct or not filters.actor,
        window,
        resolved,
        time.echo if time else {},
        words,
        time.days if time else (),
        time.origin if time else None,
    )


def _window(time: Time | None, further: Window | None) -> Window | None:
    if time is None or time.window is None:
        return further
    return time.window if further is None else matching.intersection(time.window, further)


def _left_out(time: Time) -> list[Condition]:
    """What leaves out the clock times beyond the ends of a time."""
    if not (time.since or time.until):
        return []
    from mali_chrono.answers import clocked

    return clocked.left_out(time)


def _brought_in(window: Window | None, time: Time | None) -> Condition | None:
    """What finds the clock times that lie in a time by their zone alone."""
    if window is None or time is None or not (time.since or time.until):
        return None
    from mali_chrono.answers import clocked

    return clocked.brought_in(window, time)


def _match(window: Window, filters: Filters, near: Condition | None) -> Condition:
    """How an event that was found falls into the time."""
    how, values = matching.event_match(window, covers=filters.covers)
    if near:
        return f"CASE WHEN {near[0]} THEN '{MUST}' ELSE {how} END", [*near[1], *values]
    return how, values


def _in_time(
    filters: Filters, window: Window | None, near: Condition | None
) -> tuple[list[Set | Condition], list[Set | Condition]]:
    """What finds by time, and what finds the reports that speak of that time and are told at another."""
    if window is None:
        return [], [(matching.NEVER, [])]
    later: list[Set | Condition] = [covering(window), touching(window)._replace(out=True)]
    terms: list[Set | Condition] = [touching(window, covers=filters.covers)]
    if filters.within:
        terms.append(matching.event_within(window))
    if filters.must:
        terms.append(matching.event_must(window))
    if near:
        terms = [matching.any_of([matching.all_of(gathered(terms)), near])]
    return terms, later


def _by_content(words: Vocabulary, filters: Filters) -> Iterator[Set | Condition]:
    for kind, least in filters.least:
        if kind not in words.toll_kinds:
            raise UsageError(f"--min knows no '{kind}': {offer(kind, words.toll_kinds)}")
        yield rows_of("told", ("kind = ? AND best >= ?", [kind, min(least, FAR)]))
    if filters.disputed:
        yield "disputed IS NOT NULL", []
    if filters.confirmed:
        yield "certainty = 'confirmed'", []


def _told(texts: Sequence[str]) -> list[Condition]:
    if not texts:
        return []
    from mali_chrono.answers import searching

    return [searching.condition(texts)]


def _ids(connection: sqlite3.Connection, key: str, text: str) -> list[str]:
    """The ids that a value of a key stands for; around a place, those near it."""
    if key != "place":
        return resolve(connection, key, text)
    from mali_chrono.answers.nearby import resolve_place

    return resolve_place(connection, key, text)


def _facets(key: str, ids: Sequence[str], *, direct: bool) -> Set:
    kinds = KINDS[key]
    only = " AND direct" * direct
    return rows_of("facet", (f"kind IN ({marks(kinds)}) AND key IN ({marks(ids)}){only}", [*kinds, *ids]))


def _excluded(connection: sqlite3.Connection, key: str, text: str, filters: Filters) -> Set | Condition:
    if key not in EXCLUDABLE:
        raise UsageError(f"--exclude knows no '{key}': {offer(key, EXCLUDABLE)}")
    if key == "id":
        resolve_event(connection, text)
        return "id <> ?", list[object]([text])
    if key in ("actor", "role"):
        actors, roles = ((text,), ()) if key == "actor" else ((), (text,))
        from mali_chrono.answers import parts

        part = parts.wanted(connection, actors, roles, filters, {})
        return rows_of("part", part or (matching.NEVER, []))._replace(out=True)
    return _facets(key, _ids(connection, key, text), direct=filters.direct)._replace(out=True)


def _order(words: Vocabulary, filters: Filters) -> str:
    """Dates: oldest first. Figures: largest best first, then date, those without one last however it is turned."""
    turned = " DESC" * filters.reverse
    if filters.sort == "date":
        return f"n{turned}"
    sorts = ("date", *words.toll_kinds)
    if filters.sort not in sorts:
        raise UsageError(f"--sort knows no '{filters.sort}': {offer(filters.sort, sorts)}")
    best = f"(SELECT best FROM toll WHERE toll.n = event.n AND kind = '{filters.sort}' AND of = '')"
    return f"{best} {'ASC' if filters.reverse else 'DESC'} NULLS LAST, n{turned}"
