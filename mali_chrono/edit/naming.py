"""What a person calls a record -> the record, in a store as read; it may have errors, since those are to be mended."""

from collections.abc import Iterable, Iterator

from mali_chrono.errors import UsageError
from mali_chrono.near import nearest_named
from mali_chrono.store import references
from mali_chrono.store.build import RECORDS
from mali_chrono.store.model import Chronology, Event, Named, Record, Source
from mali_chrono.store.settings import Settings
from mali_chrono.text import fold, listing

# The field of Chronology that holds the records of a shape.
KINDS = {shape: field for field, (shape, _) in RECORDS.items()}
SHAPE_OF = {made: shape for shape, made in RECORDS.values()}
OFFERED = 4
# What stands in the files of a store: what a store says of itself has an id and a line, and none else of a record.
Kept = Record | Settings


def called(record: Kept) -> Iterator[str]:
    """What a record is called: its id, its names or its title, and what others call it."""
    if isinstance(record, Settings):
        yield record.id
        return
    yield from references.other_ids(record)
    if isinstance(record, Named):
        yield from (name for _, name in references.names(record) if name)
    else:
        yield record.id
        if isinstance(record, Event | Source):
            yield record.title


def titled(record: Kept) -> str:
    """A record's id in quotes, with its name or title."""
    name = record.name if isinstance(record, Named) else getattr(record, "title", "")
    return f"'{record.id}'" + (f" ({name})" if name and fold(name) != fold(record.id) else "")


def named(records: Iterable[Kept], text: str) -> list[Kept]:
    """The records that a text stands for: the one whose id it is, else all that are called so."""
    records = list(records)
    for ident in (text.strip(), text.strip().lower()):
        if exact := [record for record in records if record.id == ident]:
            return exact
    folded = fold(text)
    return [record for record in records if folded and any(fold(name) == folded for name in called(record))]


def resolve(chronology: Chronology, kind: str, text: str) -> str:
    """The id of the record of a kind (a shape: actor, place ...) that a text names.

    Raises UsageError with candidates where there is none, or more than one.
    """
    records: tuple[Kept, ...] = getattr(chronology, KINDS[kind])
    found = {record.id: record for record in named(records, text)}
    if len(found) == 1:
        return next(iter(found))
    if found:
        raise UsageError(f"'{text}' names several: {'; '.join(map(titled, found.values()))}")
    raise UsageError(f"unknown {kind} '{text}': {_hint(records, text) or f'`chrono new {kind}` writes a new one'}")


def find(chronology: Chronology, text: str) -> Kept:
    """The record that an id, `KIND:ID`, a name or the one beginning of an id stands for.

    Raises UsageError with candidates where it is none, or more than one.
    """
    kind, colon, rest = text.partition(":")
    wanted, text = ([kind], rest) if colon and kind in KINDS else (list(KINDS), text)
    records: list[Kept] = [record for shape in wanted for record in getattr(chronology, KINDS[shape])]
    found = named(records, text) or [record for record in records if text and record.id.startswith(text)]
    if len(found) == 1:
        return found[0]
    if found:
        several = [f"{SHAPE_OF[type(record)]}:{record.id} ({record.path}:{record.line})" for record in found]
        more = f"; and {len(several) - OFFERED} more" if len(several) > OFFERED else ""
        raise UsageError(f"'{text}' names several: {'; '.join(several[:OFFERED])}{more}")
    raise UsageError(f"no record '{text}': {_hint(records, text) or 'name one by its id or a name'}")


def _hint(records: Iterable[Kept], text: str) -> str:
    by_id = {record.id: record for record in records}
    pairs = [(fold(name), record.id) for record in by_id.values() for name in called(record)]
    near = [titled(by_id[ident]) for ident in nearest_named(text, pairs, OFFERED)]
    return f"did you mean {listing(near, 'or')}?" if near else ""
