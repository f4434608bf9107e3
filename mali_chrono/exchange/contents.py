"""A store, or the events of a question with what they refer to, as the rows of an export's tables."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from mali_chrono.answers import matching
from mali_chrono.answers.about import About
from mali_chrono.answers.events import numbers
from mali_chrono.answers.extracts import CHUNK, Extract, read_extracts
from mali_chrono.answers.filters import Question
from mali_chrono.answers.knots import links_of
from mali_chrono.dates.spans import opened
from mali_chrono.exchange.rows import Events, Row
from mali_chrono.exchange.things import Held, thing_rows
from mali_chrono.exchange.years import Years
from mali_chrono.figures.sums import Item, linked_sets
from mali_chrono.figures.terms import MOST, Term, corrections, counting, term_of
from mali_chrono.kinds import Vocabulary
from mali_chrono.progress import tell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.figures.reckon import Range

# The version of the tables; a change that breaks a query raises it.
VERSION = "chrono-export/1"


class Bodies(NamedTuple):
    """The json objects of every record but events, by kind and id, in the order of the store."""

    rows: Mapping[tuple[str, str], dict[str, Any]]

    def called(self) -> dict[tuple[str, str], list[str]]:
        """All names of each actor and each place."""
        return {
            (kind, ident): [row["name"], *filter(None, [row.get("short")]), *row["aliases"]]
            for (kind, ident), row in self.rows.items()
            if kind in ("actor", "place")
        }


def contents(connection: sqlite3.Connection, question: Question, about: About) -> Iterator[tuple[str, Row]]:
    """Every row of an export, each with its table: the events of a question, and all that they refer to.

    Where nothing was asked for, all of the store.
    """
    whole = question.where[0] == matching.ALWAYS and question.limit is None
    chosen = sorted(numbers(connection, question))
    among, values = matching.listed(chosen)
    ids = frozenset(ident for (ident,) in connection.execute(f"SELECT id FROM event WHERE {among}", values))
    years = Years(opened(*run) for run in connection.execute(f"SELECT lo, hi FROM span WHERE {among}", values))
    records = connection.execute("SELECT kind, id, body FROM record WHERE kind <> 'lasting' ORDER BY rowid")
    bodies = Bodies({(kind, ident): json.loads(body) for kind, ident, body in records})
    events = Events(bodies.called(), years, ids, about.words)
    held = Held(bodies.rows, whole=whole)
    terms = Terms(connection, about.words)
    for sort, event in enumerate(read_extracts(connection, chosen), 1):
        if sort % CHUNK == 1:
            tell("writing events", sort, len(chosen))
        for table, row in events.rows(sort, event):
            yield table, row
            held.note(table, row)
        yield from terms.single(event)
    yield from terms.together()
    yield from (("year", row) for row in years.rows())
    yield from thing_rows(connection, held, question.window)
    yield from (("meta", row) for row in _meta(about, len(chosen), events.left_out, terms.large))


class Terms:
    """Makes the terms of sums: of each event as it comes, of linked ones together when all have come."""

    def __init__(self, connection: sqlite3.Connection, words: Vocabulary) -> None:
        self.added, self.reporting = words.added, words.reporting
        self.links = links_of(connection)
        self.sets = linked_sets(self.links)
        self.linked = {event for together in self.sets for event in together}
        self.figures: dict[str, dict[str, Range]] = {}  # of linked events that are no reports
        self.count = 0
        self.large: list[tuple[str, ...]] = []

    def single(self, event: Extract) -> Iterator[tuple[str, Row]]:
        """The terms of one event."""
        ident, reporting = event.row["id"], event.row["category"] in self.reporting
        if ident in self.linked and not reporting:
            self.figures[ident] = event.figures
        for kind, figures in event.figures.items():
            if kind in self.added and (term := term_of(Item(ident, figures, reporting))):
                yield from self._rows(kind, term)

    def together(self) -> Iterator[tuple[str, Row]]:
        """The terms of linked events, and which sets were too large for all of theirs."""
        for kind in self.added:
            for ids in self.sets:
                items = [Item(ident, self.figures[ident].get(kind)) for ident in ids if ident in self.figures]
                if not any(item.figures for item in items):
                    continue
                for term in corrections(items, self.links):
                    yield from self._rows(kind, term)
                if len(told := counting(items, self.links)) > MOST:
                    self.large.append((kind, *(item.id for item in told)))

    def _rows(self, kind: str, term: Term) -> Iterator[tuple[str, Row]]:
        self.count += 1
        ident = f"t{self.count}"
        yield "sum_term", (ident, kind, len(term.events), term.low, term.best, term.high, term.open)
        yield from (("sum_term_event", (ident, event)) for event in term.events)


def _meta(about: About, count: int, left_out: int, large: list[tuple[str, ...]]) -> Iterator[Row]:
    """What an export says of itself."""
    yield "tables", VERSION
    yield "chrono", about.version
    yield "store", about.store
    yield "revision", about.revision
    yield "question", json.dumps(about.question, ensure_ascii=False)
    yield "day", about.today
    yield from (("toll", kind) for kind in about.words.toll_kinds[:1])
    yield "events", str(count)
    yield "links_left_out", str(left_out)
    yield "sets_without_all_terms", str(len(large))
    for i, (kind, *ids) in enumerate(large, 1):
        yield f"set_without_all_terms_{i}", f"{kind}: {' '.join(ids)}"
