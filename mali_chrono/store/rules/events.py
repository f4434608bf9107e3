"""How an event is written: in order, under an id that begins with its date, in few words, and nothing twice."""

from collections.abc import Iterator, Sequence

from mali_chrono.dates.days import from_ordinal
from mali_chrono.dates.edtf import Date
from mali_chrono.store.model import Event, SortKey, sort_key
from mali_chrono.store.references import Fault
from mali_chrono.store.rules.table import Context

_ORDER = "oldest first: by earliest day, latest day, time of day, id"


def misplaced(before: SortKey, key: SortKey) -> str:
    """The rule that an event breaks by standing after another one, both as sort keys; empty where it breaks none.

    Where only the time of day says so, it is a milder fault.
    """
    if key >= before:
        return ""
    return "clock-order" if key[:2] == before[:2] and key[2] != before[2] else "event-order"


def check_order(context: Context) -> Iterator[Fault]:
    """Events that do not stand oldest first."""
    before: Event | None = None
    for event in context.chronology.events:
        if event.lacks("date") or event.lacks("id"):
            continue
        rule = misplaced(sort_key(before), sort_key(event)) if before and before.path == event.path else ""
        if before and rule:
            message = f"'{event.id}' ({event.date}) stands after '{before.id}' ({before.date})"
            yield Fault(event, ("date",), rule, message, _ORDER)
        else:
            before = event


def check_event_ids(context: Context) -> Iterator[Fault]:
    """Ids that do not begin with their date's known digits."""
    for event in context.chronology.events:
        expected = id_prefix(event)
        if not event.id.startswith(expected):
            message = f"id '{event.id}' does not begin with its date's known digits"
            yield Fault(event, ("id",), "event-id", message, f"begin it with '{expected}'")


def id_prefix(event: Event) -> str:
    """What the id of an event begins with."""
    return known_digits(event.date)


def known_digits(date: Date) -> str:
    """The digits of a date that are known: what its earliest and latest day have in common."""
    days = date.span
    if None in days:  # an interval that is open on one side: its known end
        days = next((part.first, part.last) for pair in date.ranges for part in pair if part)
    first, last = (from_ordinal(day) for day in days if day is not None)
    if first[0] < 1:
        return f"bc-{1 - first[0]}" if first[0] == last[0] else "bc-"
    if first[0] != last[0]:
        a, b = f"{first[0]:04d}", f"{last[0]:04d}"
        common = next((a[:n] for n in (3, 2, 1) if a[:n] == b[:n]), "")
        return common or a
    parts = [f"{first[0]:04d}"]
    for a_part, b_part in zip(first[1:], last[1:], strict=True):
        if a_part != b_part:
            break
        parts.append(f"{a_part:02d}")
    return "-".join(parts)


def check_titles(context: Context) -> Iterator[Fault]:
    """Titles that are longer than the settings of the store allow."""
    most = context.settings.title_length
    for event in context.chronology.events:
        if len(event.title) > most:
            message = f"the title has {len(event.title)} characters; at most {most}"
            yield Fault(event, ("title",), "title-length", message, "who did what where")


def check_repeats(context: Context) -> Iterator[Fault]:
    """What stands twice in a list of an event."""
    for event in context.chronology.events:
        lists: dict[str, Sequence[object]] = {
            "places": event.places,
            "actors": event.actors,
            "tolls": event.tolls,
            "links": event.links,
            "cites": event.cites,
            "outlets": event.outlets,
            "tags": event.tags,
        }
        for name, members in lists.items():
            if len(members) < 2 or event.lacks(name):
                continue
            seen: set[object] = set()
            for i, member in enumerate(members):
                if member not in seen:
                    seen.add(member)
                else:
                    yield Fault(event, (name, i), "repeated", f"this stands twice in {name}", "delete one")


RULES = (check_order, check_event_ids, check_titles, check_repeats)
