"""A brief: what a question finds as a dated text, with what it comes to, who says so, and of what it is."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from mali_chrono.answers import events, matching
from mali_chrono.answers.about import About, read_about
from mali_chrono.answers.asking import asked, option_words
from mali_chrono.answers.filters import FACETS, Filters, Question, ask
from mali_chrono.answers.measures import Measure
from mali_chrono.answers.names import marks, names_of
from mali_chrono.answers.notes import Note, find_notes
from mali_chrono.answers.parts import split_role
from mali_chrono.answers.state import window_words
from mali_chrono.answers.summary import Grouping, Summary, read_kinds, summarise
from mali_chrono.answers.vocabulary import words_of
from mali_chrono.dates.spans import Span
from mali_chrono.dates.words import describe_days, spelt_out
from mali_chrono.figures.sums import LINKING, TWIN
from mali_chrono.kinds import NEVER
from mali_chrono.text import listing

# How a scope says what an option asks for.
_FLAGS = {
    "must": "only what surely falls in that time",
    "within": "only what lies wholly inside that time",
    "direct": "actors and places themselves, not members or places within",
    "disputed": "only events whose figures contradict each other",
    "confirmed": "only what is in no doubt",
}


class Tie(NamedTuple):
    """Another event with which one counts once, or in which it lies; `told`: it stands in the same brief."""

    kind: str
    id: str
    title: str
    when: str
    told: bool


class Told(NamedTuple):
    """An event: the text of its json object, its date in words, the kinds of toll whose accounts clash, its ties."""

    row: str
    when: str
    disputed: frozenset[str]
    ties: tuple[Tie, ...]


class Brief(NamedTuple):
    """A brief of the events told.

    `scope` says in words what was asked for (nothing: the whole store), `asked` are the words of a command line that
    asks the same, `found` counts the events that match, of which a limit may leave some untold. `summary` has the dead
    by category, `notes` what must be known of them, `totals` every kind of toll, `dead` the events with dead by
    category. `names` are the shortest ones of actors and places by id.
    """

    about: About
    scope: tuple[str, ...]
    asked: tuple[str, ...]
    found: int
    events: Sequence[Told]
    summary: Summary
    notes: Sequence[Note]
    totals: Measure
    dead: Mapping[str, int]
    names: Mapping[str, str]


def read_brief(
    connection: sqlite3.Connection, store: str, filters: Filters, today: str, title: str | None = None
) -> Brief:
    """A brief of what some filters find; `today` is an ISO day. Raises UsageError on a bad date or name.

    With a limit its sums are those of the events told.
    """
    question = ask(connection, filters)
    found = events.count(connection, question._replace(limit=None))
    rows = events.table(connection, question, ("n", "when"))
    cut = question
    if filters.limit is not None:
        cut = question._replace(where=matching.listed([n for n, _ in rows]), limit=None)
    words = words_of(connection)
    counted = read_kinds(words, None)
    summary = _sum(connection, cut, filters, counted)
    kinds = tuple(kind for kind in words.toll_kinds if words.sum_of(kind) != NEVER)
    totals = _sum(connection, cut, filters, kinds).total
    return Brief(
        read_about(connection, store, asked(filters, question), today, title),
        tuple(_scope(connection, question, filters)),
        option_words(filters),
        found,
        _told(connection, cut, rows),
        summary,
        find_notes(connection, cut, summary),
        totals,
        _with_figure(connection, cut, counted),
        names_of(connection, "actor", "place"),
    )


def _sum(connection: sqlite3.Connection, question: Question, filters: Filters, kinds: tuple[str, ...]) -> Summary:
    plain = filters._replace(limit=None, sort="date", reverse=False)
    return summarise(connection, question, plain, Grouping(("category",), kinds))


def _told(connection: sqlite3.Connection, question: Question, rows: Sequence[tuple[int, str]]) -> list[Told]:
    """The events in their order."""
    chosen, values = question.chosen
    clashing: dict[int, set[str]] = {}
    sql = f"SELECT n, kind FROM toll WHERE of = '' AND disputed AND {chosen}"
    for n, kind in connection.execute(sql, values):
        clashing.setdefault(n, set()).add(kind)
    ties = _ties(connection, {n for n, _ in rows})
    return [
        Told(row, spelt_out(when), frozenset(clashing.get(n, ())), tuple(ties.get(n, ())))
        for row, (n, when) in zip(events.json_rows(connection, question), rows, strict=True)
    ]


def _ties(connection: sqlite3.Connection, chosen: AbstractSet[int]) -> dict[int, list[Tie]]:
    """The ties of some events: what may be the same both ways, what is part of another on the part."""
    sql = (
        'SELECT one.n, link.kind, other.n, other.id, other.title, other."when", one.id, one.title, one."when"'
        " FROM link JOIN event AS one ON one.n = link.n JOIN event AS other ON other.id = link.target"
        f" WHERE link.kind IN ({marks(LINKING)}) ORDER BY one.n, other.n"
    )
    found: dict[int, list[Tie]] = {}
    for n, kind, other, *named in connection.execute(sql, LINKING):
        theirs, mine = named[:3], named[3:]
        if n in chosen:
            found.setdefault(n, []).append(_tie(kind, theirs, told=other in chosen))
        if kind == TWIN and other in chosen:
            found.setdefault(other, []).append(_tie(kind, mine, told=n in chosen))
    return found


def _tie(kind: str, named: Sequence[str], *, told: bool) -> Tie:
    ident, title, when = named
    return Tie(kind, ident, title, spelt_out(when), told)


def _with_figure(connection: sqlite3.Connection, question: Question, kinds: Sequence[str]) -> dict[str, int]:
    """How many events of each category, reports left out, have more than none of a kind of toll by the best figure."""
    chosen, values = question.chosen
    sql = (
        "SELECT category, count(*) FROM toll JOIN fact USING (n)"
        f" WHERE kind IN ({marks(kinds)}) AND of = '' AND best > 0 AND NOT reporting AND {chosen} GROUP BY category"
    )
    return dict(connection.execute(sql, [*kinds, *values]).fetchall())


def _scope(connection: sqlite3.Connection, question: Question, filters: Filters) -> Iterator[str]:
    """What was asked for, in words."""
    if question.window is not None:
        yield listing([_span_words(span) for span in question.window], "or")
    people = names_of(connection, "actor")
    roles = [role.id for role in words_of(connection).roles]
    for key, label in (("actor", "actor"), ("with", "with")):
        if texts := question.resolved.get(key):
            split = [split_role(text, roles) for text in texts]
            said = [people.get(ident, ident) + (f" as {role}" if role else "") for ident, role in split]
            yield f"{label}: {listing(said, 'or' if key == 'actor' else 'and')}"
    for key in ("role", *FACETS):
        if ids := question.resolved.get(key):
            names = names_of(connection, key, *["category"] * (key == "type"))
            yield f"{key}: {listing([names.get(ident, ident) for ident in ids], 'or')}"
    for kind, least in filters.least:
        yield f"at least {least} {kind} by the best figure"
    if filters.text:
        yield f"words: {listing(filters.text, 'or')}"
    if filters.excluded:
        yield f"without {listing([f'{key} {value}' for key, value in filters.excluded], 'or')}"
    yield from (words for flag, words in _FLAGS.items() if getattr(filters, flag))


def _span_words(span: Span) -> str:
    first, last = span
    if first is not None and last is not None:
        return spelt_out(window_words((first, last)))
    return spelt_out(describe_days(first, last))
