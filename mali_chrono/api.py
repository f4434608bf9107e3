"""chrono in Python: `mali_chrono.open()` gives a chronology that answers as the commands do, with their filters.

An answer is what the command's json says: rows are dictionaries under the same keys. What is a person's to mend is
raised as ChronoError: UsageError where the question is wrong, DataError where the store is.
"""

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from os import PathLike, fspath
from typing import Any, TypedDict, TypeVar, Unpack, cast

from mali_chrono.answers import comparing, events, history, periods, records, sources, state, values
from mali_chrono.answers import summary as sums
from mali_chrono.answers.asking import read_given
from mali_chrono.answers.filters import Filters, ask
from mali_chrono.answers.notes import find_notes
from mali_chrono.answers.vocabulary import words_of
from mali_chrono.cli import environment
from mali_chrono.dates.days import Today
from mali_chrono.errors import UsageError, as_error, did_you_mean
from mali_chrono.intake.dataset import read_dataset
from mali_chrono.render import actors as actors_page
from mali_chrono.render import compare as compare_page
from mali_chrono.render import history as history_page
from mali_chrono.render import sheet as sheet_page
from mali_chrono.render import source as source_page
from mali_chrono.render import summary as summary_page
from mali_chrono.render import timeline as timeline_page
from mali_chrono.render import values as values_page
from mali_chrono.render.look import Look
from mali_chrono.render.measures import View
from mali_chrono.render.record import record_sheet
from mali_chrono.render.statejson import state_json
from mali_chrono.results import Page, Rows
from mali_chrono.rows import Document, Event, Listed, Note, Value
from mali_chrono.store.locate import Store

__all__ = ["Asked", "Chronology", "Page", "Rows", "Summary", "open"]

Date = str | int | dt.date
Names = str | Sequence[str]
Said = dict[str, Any]
Answer = TypeVar("Answer")


class Asked(TypedDict, total=False):
    """The filters of the commands, by the names of their options; `in_` and `with_` as Python has its own `in`, `with`.

    What an option may repeat is one text or several.
    """

    since: Date
    until: Date
    in_: Date | Sequence[Date]
    covers: bool
    must: bool
    within: bool
    today: Date
    actor: Names
    with_: Names
    role: Names
    direct: bool
    place: Names
    region: Names
    type: Names
    tag: Names
    source: Names
    outlet: Names
    min: Names
    disputed: bool
    confirmed: bool
    match: Names
    exclude: Names
    limit: int
    sort: str
    reverse: bool


# What has another name within.
_WITHIN = {"with_": "company", "match": "text"}
_FLAGS, _NUMBERS = ({name for name, kind in Asked.__annotations__.items() if kind is one} for one in (bool, int))
_LOOK = Look(width=None, color=False, unicode=True)


class Summary(Rows[dict[str, Any]]):
    """Groups with their counts and sums; `total` has every event once, `notes` say what must be known of the sums."""

    __slots__ = ()

    @property
    def total(self) -> Said:
        """The count and the sums of all events."""
        return dict(self.said["total"])

    @property
    def notes(self) -> list[Note]:
        """What the total leaves out, counts once, or has in several rows."""
        return list(self.said["notes"])


class Chronology:
    """A chronology to ask. It holds nothing open: each answer is of what the files hold when it is asked."""

    def __init__(self, store: Store, today: Date | None = None) -> None:
        self._store = store
        self._today = None if today is None else _text(today)

    def __repr__(self) -> str:
        return f"<chronology {self._store.name}>"

    def timeline(self, **asked: Unpack[Asked]) -> Rows[Event]:
        """What happened: matching events, oldest first. `said["periods"]` lasted in that time."""
        wanted = self._read(asked)

        def look_up(connection: sqlite3.Connection) -> timeline_page.Timeline:
            question = ask(connection, wanted)
            rows = [*events.json_rows(connection, question)]
            lasting = periods.read_periods(connection, question.window) if question.window else []
            bodies = [(period.short, period.body) for period in lasting]
            said, words = question.said(self._store.name), words_of(connection)
            return timeline_page.Timeline((), rows, bodies, said, self._store.name, words)

        view = self._ask(look_up)
        return Rows("events", *_parted(_said(timeline_page, view), "events"), view.words.toll_kinds)

    def summary(
        self, by: Names = "year", *, sum: Names | None = None, of: str | None = None, top: int | None = None,  # noqa: A002
        **asked: Unpack[Asked],
    ) -> Summary:  # fmt: skip
        """Counts and sums by a key or two: a row a group, or a row a cell of the cross table."""
        wanted = self._read(asked)
        sums.refuse_covers(wanted)
        sums.refuse_sort(wanted)
        keys = sums.read_keys(_comma(by))

        def look_up(connection: sqlite3.Connection) -> View:
            kinds = sums.read_kinds(words_of(connection), None if sum is None else _comma(sum), keys)
            question = ask(connection, wanted._replace(limit=None))
            grouping = sums.Grouping(keys, kinds, sums.read_group(connection, of), sums.EACH, top)
            view = sums.summarise(connection, question, wanted, grouping)
            query = question.said(self._store.name)
            return View(
                view, find_notes(connection, question, view), False, None, wanted.limit, query, self._store.name
            )

        return Summary("groups", *_parted(_said(summary_page, self._ask(look_up)), "groups"))

    def actors(self, **asked: Unpack[Asked]) -> Rows[Listed]:
        """The actors that matching events name, most events first."""
        wanted = self._read(asked)
        history.refuse_sort(wanted)
        words, (question, listed, total, others) = self._ask(
            lambda connection: (words_of(connection), history.actor_list(connection, wanted))
        )
        view = actors_page.Actors(listed, None, total, others, question.said(self._store.name), self._store.name, words)
        return Rows("actors", *_parted(_said(actors_page, view), "actors"), words.toll_kinds)

    def actor(self, name: str, *, follow: bool = False, **asked: Unpack[Asked]) -> Page:
        """One actor's history: its record, its relations, figures, events, and the changes that no event tells."""
        wanted = self._read(asked)
        history.refuse_sort(wanted)
        view = self._ask(lambda connection: history.history(connection, name, wanted, follow=follow, full=True))
        query = {**view.question.said(self._store.name), "name": view.body["id"]}
        said = _said(history_page, history_page.Page(view, query, self._store.name))
        return Page(said, view.words.toll_kinds)

    def at(self, date: Date, *, today: Date | None = None) -> Page:
        """The state of play on a day, in a month or a year."""
        window = state.read_window(_text(date), self._now(today))
        play = self._ask(lambda connection: state.state(connection, window))
        return Page(_loads(state_json(play, _text(date), self._store.name)))

    def compare(self, file: str | PathLike[str], as_: str, **asked: Unpack[Asked]) -> Page:
        """The record beside a dataset: which event is which row ("matches"), what only one side has, totals."""
        wanted = self._read(asked)
        sums.refuse_covers(wanted)
        sums.refuse_sort(wanted)
        taken = read_dataset(fspath(file), as_, self._store.root)
        held, words = self._ask(
            lambda connection: (comparing.held_against(connection, wanted, taken), words_of(connection))
        )
        query = {"store": self._store.name, "file": taken.table.name, "as": taken.map.name, **held.asked}
        view = compare_page.View(held, taken, query, None, self._store.name)
        return Page(_said(compare_page, view), words.toll_kinds)

    def show(self, *ids: str) -> Page:
        """Records by id, the beginning of one, a name or words: a block for each kind, "events", "actors" ..."""
        if not ids:
            raise UsageError("show needs the id of a record, or words of it")

        def look_up(connection: sqlite3.Connection) -> Sequence[sheet_page.Sheet]:
            return [
                record_sheet(records.read_record(connection, ref), _LOOK)
                for ref in records.find_records(connection, ids)
            ]

        return Page(_said(sheet_page, sheet_page.Sheets(self._ask(look_up), self._store.name)))

    def sources(self) -> Rows[Document]:
        """The documents, and how many of their lines are cited by how many events."""
        return Rows("documents", *_parted(self._documents(None), "documents"))

    def source(self, name: str) -> Document:
        """A document with its lines in stretches, each with the events that cite it."""
        (document,) = self._documents(name)["documents"]
        return cast("Document", document)

    def list(self, kind: str) -> Rows[Value]:
        """Every value of a kind (actors, places, types ...), those of most events first."""
        wanted = values.read_list(kind.strip().lower())
        found = self._ask(lambda connection: values.list_values(connection, wanted))
        view = values_page.Values(wanted, found, values_page.fields_of(wanted), self._store.name)
        return Rows("values", *_parted(_said(values_page, view), "values"))

    def _documents(self, name: str | None) -> Said:
        bodies = self._ask(lambda connection: sources.documents(connection, name))
        return _said(source_page, source_page.Documents(bodies, name is not None, self._store.name))

    def _read(self, asked: Mapping[str, Any]) -> Filters:
        """The filters that are asked for. Raises UsageError on a name that is none, and on a value of another kind."""
        given = {_WITHIN.get(name, name): _value(name, value) for name, value in asked.items() if value is not None}
        dated = any(name in given for name in ("since", "until", "in_"))
        return read_given(given, self._now(asked.get("today")) if dated else (1, 1, 1))

    def _now(self, today: Date | None) -> Today:
        return environment.today(self._today if today is None else _text(today))

    def _ask(self, look_up: Callable[[sqlite3.Connection], Answer]) -> Answer:
        try:
            return environment.answer(self._store, look_up)
        except Exception as fault:
            error = as_error(fault)
            if error is None or error is fault:
                raise
            raise error from fault


def open(store: str | PathLike[str] | None = None, *, today: Date | None = None) -> Chronology:  # noqa: A001
    """The chronology of a folder; without one that of $CHRONO_STORE, the nearest upward, or the shipped one.

    `today` is the day that "30d" and the like count from. Raises UsageError where there is none.
    """
    return Chronology(environment.find_store(None if store is None else fspath(store)), today)


def _value(name: str, value: Any) -> Any:
    """The value of a filter: a flag, a number, or texts. Raises UsageError."""
    if name not in Asked.__annotations__:
        hint = did_you_mean(name, Asked.__annotations__) or "one of: " + ", ".join(Asked.__annotations__)
        raise UsageError(f"no filter is called '{name}': {hint}")
    if name in _FLAGS:
        if not isinstance(value, bool):
            raise UsageError(f"{name} takes True or False, not {value!r}")
        return value
    if name in _NUMBERS:
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise UsageError(f"{name} takes a number from 0 on, not {value!r}")
        return value
    texts = [value] if isinstance(value, str | int | dt.date) else list(value)
    if name in ("sort", "today"):
        (text,) = texts
        return _text(text)
    return [_text(text) for text in texts]


def _text(value: Date) -> str:
    """A name or a date as it would be typed."""
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _comma(names: Names) -> str:
    return names if isinstance(names, str) else ",".join(names)


def _said(page: Any, view: Any) -> Said:
    """What a page's json says of a view."""
    return _loads("".join(page.FORMATS["json"](view, _LOOK)))


def _loads(text: str) -> Said:
    return cast("Said", json.loads(text))


def _parted(said: Said, block: str) -> tuple[list[Any], Said]:
    """The rows of a block, and the rest."""
    return said.pop(block), said
