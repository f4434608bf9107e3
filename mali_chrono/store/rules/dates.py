"""Dates that cannot be: a follow-up before what it follows, what a document tells of the time after it, the future.

And those that another calendar puts on another day.
"""

from collections.abc import Iterator
from functools import partial

from mali_chrono.dates.calendars import CALENDARS, Foreign
from mali_chrono.dates.clock import read_clock
from mali_chrono.dates.days import iso_day
from mali_chrono.dates.edtf import Date
from mali_chrono.dates.spans import FAR, bounds
from mali_chrono.store.model import AlsoDate, Record, Source, Toll
from mali_chrono.store.references import Dated, Fault, calendars, dates, records
from mali_chrono.store.rules.table import Context


def check_follow_ups(context: Context) -> Iterator[Fault]:
    """Events that follow one that surely came later."""
    for event in context.chronology.events:
        for i, link in enumerate(event.links):
            earlier = context.events.get(link.to) if link.kind == "follow-up-of" else None
            if earlier and not earlier.lacks("date") and _precedes(event.date, earlier.date):
                message = f"it follows '{earlier.id}' ({earlier.date}) but is dated {event.date}"
                hint = "turn the link round, correct a date, or say why it is so with ignore: {follow-up-order: reason}"
                yield Fault(event, ("links", i, "to"), "follow-up-order", message, hint)


def _precedes(one: Date, other: Date) -> bool:
    """Whether all of one date lies before the other: by days, on one and the same day by the clock."""
    (first, last), (other_first, other_last) = bounds(one.span), bounds(other.span)
    if first == last == other_first == other_last:
        clocks = [read_clock(date.text) if "T" in date.text else None for date in (one, other)]
        return clocks[0] is not None and clocks[1] is not None and clocks[0].before(clocks[1])
    return last < other_first


def check_sources_dates(context: Context) -> Iterator[Fault]:
    """Dates that lie after the time at which every document they are cited from speaks, though not after today."""
    for record in records(context.chronology):
        for path, _, date, cites in _happened(record):
            sources = [context.sources.get(cite.source) for cite in cites]
            known = [source for source in sources if source and not source.lacks("as_of")]
            if not known or len(known) < len(sources) or record.lacks("cites"):
                continue
            latest = max(known, key=lambda source: bounds(source.as_of.span)[1])
            first = bounds(date.span)[0]
            if bounds(latest.as_of.span)[1] < first <= (FAR if context.today is None else context.today):
                message = f"{date} lies after {latest.as_of}, when '{latest.id}' speaks"
                hint = "correct the date, or cite the document that tells it"
                yield Fault(record, path, "after-source", message, hint)


def check_future(context: Context) -> Iterator[Fault]:
    """Dates that lie after today."""
    if context.today is None:
        return
    for record in records(context.chronology):
        for path, _, date, _ in _happened(record):
            if bounds(date.span)[0] > context.today:
                hint = "correct the date; what is planned stands in 'also', with kind: planned"
                yield Fault(record, path, "after-today", f"{date} lies after today, {iso_day(context.today)}", hint)


def check_calendars(context: Context) -> Iterator[Fault]:
    """Dates as another calendar prints them that are other days than the date beside them."""
    for record in records(context.chronology):
        for path, _, date, foreign, _ in calendars(record):
            if record.lacks(".".join(str(step) for step in (*path[:-1], "date") if isinstance(step, str))):
                continue
            slack = CALENDARS[foreign.calendar].slack
            if all(map(partial(_near, slack), _written_days(date), foreign.days)):
                continue
            converted = _as_edtf(foreign)
            message = f"{foreign.calendar} {foreign.text} is {converted}, but the date is {date}"
            yield Fault(record, path, "calendar", message, f"write date: {converted}, or correct {foreign.calendar}")


def _near(slack: int, day: int | None, other: int | None) -> bool:
    return day == other if day is None or other is None else abs(day - other) <= slack


def _written_days(date: Date) -> tuple[int | None, int | None]:
    """The first and last day of a date as it is written, not widened by `~`."""
    first, last = date.ranges[0][0], date.ranges[-1][1]
    return first and first.first, last and last.last


def _as_edtf(foreign: Foreign) -> str:
    """The days of a date in another calendar, as they are written in a record."""
    first, last = (".." if day is None else iso_day(day) for day in foreign.days)
    if first == last:
        return first
    return f"{first}/{last}" if foreign.kind == "interval" else f'"[{first}..{last}]"'.replace("....", "..")


def _happened(record: Record) -> Iterator[Dated]:
    """The dates of a record at which something is said to have been, none that was planned or when it was said."""
    for dated in dates(record):
        if not (isinstance(dated.of, Source | Toll) or (isinstance(dated.of, AlsoDate) and dated.of.kind == "planned")):
            yield dated


RULES = (check_calendars,)
# What finds warnings alone.
ADVICE = (check_follow_ups, check_sources_dates, check_future)
