"""An event -> its rows in every table of an export that holds something of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mali_chrono.answers.extracts import Extract
from mali_chrono.cites import LINE, PAGE, anchor_of, read_cite
from mali_chrono.dates.edtf import parse
from mali_chrono.dates.spans import Span, clip, opened
from mali_chrono.dates.words import describe
from mali_chrono.exchange.years import Years
from mali_chrono.kinds import Vocabulary
from mali_chrono.schemes import address_of
from mali_chrono.text import like_text

Row = tuple[object, ...]
# UCDP GED codebook, "date_prec": the most days within which an event is known to have happened, for each precision.
_PRECISIONS = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))


def date_precision(days: Span, surely: Span | None) -> int | None:
    """UCDP's date_prec of the days an event may touch and those it surely covers; None where it knows none so vague."""
    first, last = days
    if first is None or last is None:
        return None
    if surely == days:  # it lasted from a known day to a known day
        return 1
    return next((code for most, code in _PRECISIONS if last - first < most), None)


def days_of(date: str | None) -> Span:
    """The days of a date that is no event's; open where there is none."""
    return opened(*clip(parse(date).span)) if date else (None, None)


def read_days(first: str | None, last: str | None) -> Span:
    """The days of a date in a json row, of which an end may be open."""
    return parse(first).earliest if first else None, parse(last).latest if last else None


def cite_row(cite: str) -> tuple[str, int | None, int | None, int | None, int | None, str | None]:
    """Source, first and last line, first and last page, anchor of a cite; None where it names none."""
    source, first, last, unit = read_cite(cite)
    span: tuple[int | None, int | None] = (first, last)
    none: tuple[None, None] = (None, None)
    return source, *(span if unit == LINE else none), *(span if unit == PAGE else none), anchor_of(unit)


def elsewhere_rows(kind: str, record: Mapping[str, Any]) -> Iterator[tuple[str, Row]]:
    """The rows of what others call a record, and where the web tells of it, of its json object."""
    for scheme, ident in record["ids"].items():
        yield "record_id", (kind, record["id"], scheme, ident, address_of(scheme, ident))
    yield from (("record_url", (kind, record["id"], i, url)) for i, url in enumerate(record["urls"], 1))


class Events:
    """Makes rows of events; `called` are all names of each actor and each place, by kind and id."""

    def __init__(
        self, called: Mapping[tuple[str, str], Sequence[str]], years: Years, held: frozenset[str], words: Vocabulary
    ) -> None:
        self.called, self.years, self.held = called, years, held
        self.tolls, self.reporting = words.toll_kinds, words.reporting
        self.left_out = 0  # links to events that are not held

    def rows(self, sort: int, event: Extract) -> Iterator[tuple[str, Row]]:
        """The rows of an event, each with its table; `sort` is its place in the order."""
        row = event.row
        ident = row["id"]
        yield "event", self._event(sort, event)
        own = dict.fromkeys(place["id"] for place in row["places"])
        near = {place["id"]: place["near"] for place in row["places"]}
        for i, place in enumerate(own, 1):
            yield "event_place", (ident, place, i, near[place], True)
        yield from (("event_place", (ident, place, None, False, False)) for place in event.around)
        for part in event.parts:
            says = row["actors"][part.number]["says"]
            who = (part.actor, part.role, part.certainty, says, part.direct, part.via)
            yield "event_actor", (ident, part.number + 1, *who)
        yield from (("event_cite", (ident, i, *cite_row(cite))) for i, cite in enumerate(row["cites"], 1))
        for i, link in enumerate(row["links"], 1):
            if link["to"] in self.held:
                yield "event_link", (ident, i, link["to"], link["kind"])
            else:
                self.left_out += 1
        yield from (("event_outlet", (ident, *outlet)) for outlet in event.outlets)
        yield from (("event_tag", (ident, tag)) for tag in dict.fromkeys(row["tags"]))
        for i, also in enumerate(row["also"], 1):
            date = also["date"]
            told = (describe(parse(date)), *days_of(date), ", ".join(also["cite"]) or None, also["note"])
            yield "event_also", (ident, i, also["kind"], date, *told)
        printed: list[tuple[int | None, dict[str, Any]]] = [(None, date) for date in row["calendars"]]
        printed += [(i, date) for i, also in enumerate(row["also"], 1) for date in also["calendars"]]
        for i, (of, date) in enumerate(printed, 1):
            days = read_days(date["earliest"], date["latest"])
            yield "event_calendar", (ident, i, of, date["calendar"], date["date"], date["when"], *days)
        for i, (days, surely) in enumerate(event.runs, 1):
            yield "event_span", (ident, i, *days, surely is not None, *(surely or (None, None)))
        yield from (("event_year", (ident, *year)) for year in self.years.touched([days for days, _ in event.runs]))
        yield from (("figure", (ident, kind, *ends)) for kind, ends in event.figures.items())
        yield from elsewhere_rows("event", row)
        yield from _claims(row, self.tolls)

    def _event(self, sort: int, event: Extract) -> Row:
        row = event.row
        # An open set is sorted by its known end, and still open.
        days = tuple(day if row[end] else None for day, end in zip(event.days, ("earliest", "latest"), strict=True))
        surely = row["core"] or {"first": None, "last": None}
        covered = event.days if (surely["first"], surely["last"]) == (row["earliest"], row["latest"]) else None
        date = (
            sort, row["date"], event.when, event.year, row["earliest"], row["latest"], surely["first"],
            surely["last"], *days, row["precision"], date_precision((days[0], days[1]), covered),
            row["time"], event.clock, event.zone,
        )  # fmt: skip
        kind = (row["type"], row["category"], row["category"] in self.reporting)
        doubt = (row["disputed"], row["certainty"], row["says"])
        told = (event.where or None, event.who or None, row["note"], like_text(self._texts(row)), row["at"])
        return (row["id"], *date, row["title"], row["summary"], *kind, *doubt, *told)

    def _texts(self, row: dict[str, Any]) -> Iterator[str]:
        """What --match reads."""
        yield from (row["title"], row["summary"])
        for kind, key in (("actor", "actors"), ("place", "places")):
            for part in row[key]:
                yield from self.called[kind, part["id"]]
        yield from (*row["outlets"], *row["tags"], *row["ids"].values())


def _claims(row: dict[str, Any], tolls: Sequence[str]) -> Iterator[tuple[str, Row]]:
    for i, toll in enumerate(row["tolls"], 1):
        claim = f"{row['id']}/{i}"
        kind = next(kind for kind in tolls if kind in toll)
        told = (toll[name] for name in ("of", "who", "says", "as_of", "at", "certainty", "best"))
        yield "claim", (claim, row["id"], i, kind, toll[kind], *told)
        for j, cite in enumerate(toll["cite"] or row["cites"], 1):
            yield "claim_cite", (claim, j, *cite_row(cite))
