"""The dates of a record that must be printed where it cites: as they are written, or as another calendar has them."""

import contextlib
from collections.abc import Iterator
from typing import NamedTuple

from mali_chrono.dates.calendars import Foreign
from mali_chrono.dates.clock import Clock, read_clock
from mali_chrono.dates.edtf import Date, EdtfError, parse
from mali_chrono.dates.phrasetable import Days
from mali_chrono.store import model, references
from mali_chrono.store.nodes import Path

Range = tuple[Days | None, Days | None]


class Dated(NamedTuple):
    """A date a record gives: where it stands in it, and the lines cited for it.

    `calendars` are the same date as other calendars print it; `foreign` is this one, where it is such itself.
    """

    record: model.Record
    path: Path
    date: Date
    cites: tuple[model.Cite, ...]
    notes: tuple[str | None, ...]
    calendars: tuple[Foreign, ...] = ()
    foreign: Foreign | None = None

    @property
    def written(self) -> str:
        """The date as the record has it."""
        return f"{self.foreign.calendar} {self.foreign.text}" if self.foreign else str(self.date)

    @property
    def clock(self) -> Clock | None:
        """Its time of day, None where it has none."""
        return read_clock(self.written) if not self.foreign and "T" in self.written else None

    @property
    def ends(self) -> list[Range]:
        """What may be printed for it: units, or the first and last end of a range."""
        return _ends_of(self.foreign) if self.foreign else _ends(self.date)


def dates(record: model.Record) -> Iterator[Dated]:
    """Every date of a record that needs proof: all but the time for which an actor is said to be active."""
    for path, of, date, cites in references.dates(record):
        if not isinstance(of, model.Actor):
            yield Dated(record, path, date, cites, _notes(record, of), getattr(of, "calendars", ()))
    for path, of, date, foreign, cites in references.calendars(record):
        yield Dated(record, path, date, cites, _notes(record, of), foreign=foreign)


def _ends(date: Date) -> list[Range]:
    return [(first and (first.first, first.last), last and (last.first, last.last)) for first, last in date.ranges]


def _ends_of(foreign: Foreign) -> list[Range]:
    """What may be printed for a date of another calendar: it is read as its days where its words or a mark tell the
    calendar; a Julian one that nothing marks is read like any other.
    """
    ends = [(foreign.first, foreign.last)]
    if foreign.calendar == "julian":
        with contextlib.suppress(EdtfError):  # 29 February 1900
            ends += _ends(parse(foreign.text))
    return ends


def _notes(record: model.Record, of: model.Record | model.Part) -> tuple[str | None, ...]:
    """Where it may be said that a date is reckoned: in the note of what it is of, and in that of the record."""
    if isinstance(record, model.Source):
        return ()
    return getattr(of, "note", None), record.note


def ways(dated: Dated) -> Iterator[list[Range]]:
    """What may be printed for a date, each way by itself: as it is written, and as other calendars have it."""
    if dated.foreign is None:
        yield dated.ends
    for foreign in (dated.foreign, *dated.calendars):
        yield from ([ends] for ends in (_ends_of(foreign) if foreign else ()))
