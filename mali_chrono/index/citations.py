"""Which lines of the documents the store cites, and which events do: what can be said without the documents."""

from itertools import groupby
from typing import Any

from mali_chrono.dates.words import describe
from mali_chrono.store import references
from mali_chrono.store.model import Chronology, Event, Record, Source


def bodies(chronology: Chronology) -> list[dict[str, Any]]:
    """Every document in the order of the store, as json objects: its record, how much of it is cited, and by whom.

    `cited` counts lines that any record cites, `events` the events that do. `stretches` go from the first line to the
    last, lines that the same events cite together; `others` counts the actors, periods and the like beside them.
    """
    return [_body(chronology, source) for source in chronology.sources]


def _body(chronology: Chronology, source: Source) -> dict[str, Any]:
    cited = _cited(chronology, source)
    return {
        "id": source.id,
        "title": source.title,
        "author": source.author,
        "publisher": source.publisher,
        "url": source.url,
        "as_of": str(source.as_of),
        "when": describe(source.as_of),
        "licence": source.licence,
        "file": source.file,
        "sha256": source.sha256,
        "lines": source.lines,
        "format": source.format,
        "summary": source.summary,
        "note": source.note,
        "skip": [{"lines": skip.lines, "date": skip.date, "reason": skip.reason} for skip in source.skip],
        "at": f"{source.path}:{source.line}",
        "cited": len(cited),
        "events": len({record.id for citing in cited.values() for record in citing if isinstance(record, Event)}),
        "stretches": _stretches(source, cited),
    }


def _cited(chronology: Chronology, source: Source) -> dict[int, list[Record]]:
    """The records that cite each line of a document."""
    found: dict[int, list[Record]] = {}
    for record in references.records(chronology):
        lines = {
            number
            for _, cite in references.cites(record)
            if cite.source == source.id
            for number in range(cite.first, min(cite.last, source.lines) + 1)
        }
        for number in lines:
            found.setdefault(number, []).append(record)
    return found


def _stretches(source: Source, cited: dict[int, list[Record]]) -> list[dict[str, Any]]:
    def citing(number: int) -> tuple[tuple[str, ...], int]:
        records = cited.get(number, ())
        events = tuple(record.id for record in records if isinstance(record, Event))
        return events, len(records) - len(events)

    found = []
    for (ids, others), numbers in groupby(range(1, source.lines + 1), citing):
        lines = list(numbers)
        span = str(lines[0]) if len(lines) == 1 else f"{lines[0]}-{lines[-1]}"
        found.append({"lines": span, "events": list(ids), "others": others})
    return found
