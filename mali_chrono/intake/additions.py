"""The texts that an import puts into a store's files: the document, its events, and stubs of what they name."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from mali_chrono.dates.days import iso_day
from mali_chrono.edit.layout import record_text
from mali_chrono.intake.known import TO_REVIEW, Stub
from mali_chrono.intake.mapfiles import is_built_in
from mali_chrono.intake.told import Taken
from mali_chrono.progress import track
from mali_chrono.store.model import SortKey
from mali_chrono.text import counted

# In this order: a store is whole after each of them, and a broken import goes on from there.
_FILES = {"type": "data/types.yaml", "place": "data/places.yaml", "actor": "data/actors.yaml"}


class Paper(NamedTuple):
    """The document that a table becomes: its id, its sha256, whether the store lacks it yet."""

    id: str
    sha256: str
    is_new: bool


class Entry(NamedTuple):
    """A new event: what it is sorted by, and its values."""

    key: SortKey
    values: Mapping[str, Any]


def additions(taken: Taken, paper: Paper, entries: Sequence[Entry], stubs: Iterable[Stub]) -> dict[str, list[str]]:
    """The records that each file gets, by its path in the store, in the order in which they are to be written."""
    texts: dict[str, list[str]] = {}
    if not is_built_in(taken.map):
        texts[f"data/maps/{taken.map.name}.yaml"] = [taken.map.text]
    for shape, file in _FILES.items():
        if mine := [stub for stub in stubs if stub.shape == shape]:
            texts[file] = [record_text(shape, _noted(stub, taken)) for stub in mine]
    if paper.is_new:
        texts[f"seeds/{paper.id}.yaml"] = [record_text("source", _document(taken, paper, entries))]
    ordered = sorted(entries, key=itemgetter(0))
    written = [record_text("event", entry.values) for entry in track("writing the events", ordered)]
    texts[f"data/events/{paper.id}.yaml"] = written
    return texts


def _noted(stub: Stub, taken: Taken) -> dict[str, Any]:
    """A stub with a note of where it comes from."""
    note = (
        f"{TO_REVIEW}: named by {counted(stub.events, 'event')} of {taken.table.name}; is it known under another name?"
    )
    return {**stub.values, "note": note}


def _document(taken: Taken, paper: Paper, entries: Sequence[Entry]) -> dict[str, Any]:
    """The record of the file."""
    table, rule = taken.table, taken.map
    days = [day for told in taken.rows for day in (told.first, told.last)]
    vintage = f" ({taken.vintage})" if taken.vintage else ""
    values: dict[str, Any] = {
        "id": paper.id,
        "title": f"{rule.about or rule.name}: {table.name}",
        "publisher": rule.publisher,
        "url": rule.url,
        "file": table.name,
        "sha256": paper.sha256,
        "lines": str(table.lines),
        "format": table.form,
        "map": rule.name,
        "as_of": iso_day(max(days)),
        "licence": rule.licence,
        "summary": f"{counted(taken.read, 'row')} in the columns of {rule.name}{vintage}, from {iso_day(min(days))} to "
                   f"{iso_day(max(days))}; {counted(len(entries), 'event')} of this chronology came from them.",
        "skip": list(_skips(taken, {cite for entry in entries for cite in _cited(entry)})),
    }  # fmt: skip
    return {name: value for name, value in values.items() if value}


def _cited(entry: Entry) -> Iterator[int]:
    for cite in entry.values["cites"]:
        yield int(str(cite).rpartition(":")[2].partition("-")[0])


def _skips(taken: Taken, told: set[int]) -> Iterator[dict[str, str]]:
    """The lines that no new event cites, and why; neighbours with one reason together."""
    whys = {left.line: f"left out: {left.told}" for left in taken.left}
    run: tuple[int, int, str] | None = None
    for row in taken.table.rows:
        if row.first in told or row.first in taken.tags:
            continue
        why = whys.get(row.first, "told already by an earlier document")
        if run and run[1] + 1 == row.first and run[2] == why:
            run = run[0], row.last, why
            continue
        if run:
            yield _skip(*run)
        run = row.first, row.last, why
    if run:
        yield _skip(*run)


def _skip(first: int, last: int, why: str) -> dict[str, str]:
    return {"lines": str(first) if first == last else f"{first}-{last}", "reason": why}
