"""An index of old -> one of today: only the items that changed are read, checked and written again.

The result holds the rows that one made from nothing would, but for the numbers of events and things.
"""

import sqlite3
from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import count, groupby
from typing import NamedTuple

from mali_chrono.dates.clock import Clock, placed
from mali_chrono.index import schema, tables
from mali_chrono.index.compile import STEP, Placed, Writer, is_read, key_of, load_things, write
from mali_chrono.index.items import Item, Unsound, is_plain, items_of, read_events
from mali_chrono.index.records import select
from mali_chrono.index.stamps import content_of, hash_bytes, hashes
from mali_chrono.progress import tell
from mali_chrono.store.grammar import Grammar
from mali_chrono.store.locate import StoreFile
from mali_chrono.store.model import Event, SortKey, sort_key
from mali_chrono.store.rules.events import misplaced

# An index in which so large a part of the events is new, or gone, is sooner made from nothing.
MOST = 0.5
# So large a part of the full-text index may be words of events that are gone.
DEAD = 0.1


class Kept(NamedTuple):
    """An item that is in the index already: the number of its event, and the line it begins in now."""

    n: int
    line: int


class Edit(NamedTuple):
    """A file that changed: its number, its items in their order, and the events that are no longer in it."""

    file: int
    items: list[Kept | Placed]
    gone: list[int]


def update(connection: sqlite3.Connection, found: Sequence[StoreFile]) -> bool:
    """Bring an index up to date with the files of its store; False where it is to be made from nothing.

    Raises Unsound where the store may have an error. After False or Unsound the index is of no use any more.
    """
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")
    rows = connection.execute(select(tables.FileRow, "file"))
    kept = {row.path: row for row in (tables.FileRow(*row) for row in rows)}
    if not _is_base(kept, found):
        return False
    things = load_things(found, sound=True)
    edits = list(_edits(connection, found, kept, things.grammar))
    keys = _keys(connection)
    new = [one for edit in edits for one in edit.items if isinstance(one, Placed)]
    gone = {n for edit in edits for n in edit.gone}
    if max(len(new), len(gone)) > MOST * len(keys):
        return False
    dead = {n for (n,) in connection.execute("SELECT n FROM dead")} | gone
    if len(dead) > DEAD * len(keys):
        return False
    _check_order(edits, keys)
    for n in gone:
        del keys[n]
    placed = sorted(new, key=key_of)
    free = _room(placed, keys, dead)
    if free is None:
        return False
    _take_out(connection, edits, gone)
    writer = Writer(connection, things)
    for done in writer.add(zip(free, placed, strict=True)):
        tell("bringing the index up to date", done, len(placed))
    writer.finish()
    connection.execute("COMMIT")
    return True


def _is_base(kept: Mapping[str, tables.FileRow], found: Sequence[StoreFile]) -> bool:
    """Whether nothing but files of events is another now, or is written otherwise."""
    events = {file.relative for file in found if is_read(file)}
    others = hashes([file for file in found if not is_read(file)])
    return {path: row.hash for path, row in kept.items() if path not in events} == others


def _edits(
    connection: sqlite3.Connection, found: Sequence[StoreFile], kept: Mapping[str, tables.FileRow], grammar: Grammar
) -> Iterator[Edit]:
    """The files of events that changed, came or went; the table of files is brought up to date. Raises Unsound."""
    free = count(max(row.f for row in kept.values()) + 1)
    for file in found:
        if not is_read(file):
            continue
        content = content_of(file)
        now, before = hash_bytes(content), kept.get(file.relative)
        if before and before.hash == now:
            continue
        number = before.f if before else next(free)
        connection.execute("DELETE FROM file WHERE f = ?", (number,))
        write(connection, [("file", tables.FileRow(number, file.relative, now))])
        read = partial(read_events, file, grammar=grammar)
        yield _edit(connection, number, items_of(file, content, grammar), read)
    for path in kept.keys() - {file.relative for file in found}:
        number = kept[path].f
        connection.execute("DELETE FROM file WHERE f = ?", (number,))
        gone = connection.execute("SELECT n FROM item WHERE f = ?", (number,))
        yield Edit(number, [], [n for (n,) in gone])


def _edit(
    connection: sqlite3.Connection, number: int, items: Sequence[Item],
    read_items: Callable[[Sequence[Item]], Iterator[tuple[Item, Event]]],
) -> Edit:  # fmt: skip
    """What changed in a file; `read_items` gives the events of items. Raises Unsound."""
    old = defaultdict[bytes, list[int]](list)
    for n, content in connection.execute("SELECT n, hash FROM item WHERE f = ? ORDER BY line DESC", (number,)):
        old[content].append(n)
    same: dict[int, int] = {}
    fresh: list[Item] = []
    for at, item in enumerate(items):
        if is_plain(item) and old.get(item.hash):
            same[at] = old[item.hash].pop()
        else:
            fresh.append(item)
    read = (Placed(number, item, event, sort_key(event)) for item, event in read_items(fresh))
    edited: list[Kept | Placed] = [
        Kept(same[at], item.line) if at in same else next(read) for at, item in enumerate(items)
    ]
    return Edit(number, edited, [n for numbers in old.values() for n in numbers])


def _keys(connection: sqlite3.Connection) -> dict[int, SortKey]:
    """The sort key of every event by its number, in their order."""
    rows = connection.execute("SELECT n, lo, hi, clock, zone, id FROM event ORDER BY n")
    return {
        n: (*placed(low, high, None if clock is None else Clock(clock, zone)), ident)
        for n, low, high, clock, zone, ident in rows
    }


def _check_order(edits: Iterable[Edit], keys: Mapping[int, SortKey]) -> None:
    """Raise Unsound where the events of a file do not stand in their order."""
    for edit in edits:
        before = None
        for one in edit.items:
            key = keys[one.n] if isinstance(one, Kept) else one.key
            rule = misplaced(before, key) if before else ""
            if rule == "event-order":
                raise Unsound
            before = before if rule else key


def _room(placed: Sequence[Placed], keys: Mapping[int, SortKey], dead: set[int]) -> list[int] | None:
    """A free number for each new event, in their order, between those of its neighbours; None where there is none."""
    numbers, known = list(keys), list(keys.values())
    found: list[int] = []
    for at, group in groupby(placed, lambda one: bisect(known, one.key)):
        wanted = len(list(group))
        first = numbers[at - 1] if at else 0
        # After the last event there is room without end.
        last = numbers[at] if at < len(numbers) else max(first, *dead, 0) + STEP * (wanted + 1)
        free = [n for n in range(first + 1, last) if n not in dead]
        if len(free) < wanted:
            return None
        found += [free[i * len(free) // wanted + len(free) // wanted // 2] for i in range(wanted)]
    return found


def _take_out(connection: sqlite3.Connection, edits: Sequence[Edit], gone: Iterable[int]) -> None:
    """Delete all that is held of events that are gone, and note where the others of a changed file begin now."""
    rows = [(n,) for n in gone]
    if rows:
        connection.execute("CREATE TEMP TABLE gone (n INTEGER PRIMARY KEY)")
        connection.executemany("INSERT INTO gone VALUES (?)", rows)
        for table in schema.OF_EVENTS:
            connection.execute(f'DELETE FROM "{table}" WHERE n IN (SELECT n FROM gone)')
        connection.execute("INSERT INTO dead SELECT n FROM gone")
        connection.execute("DROP TABLE gone")
    moved = [(one.line, one.n, one.line) for edit in edits for one in edit.items if isinstance(one, Kept)]
    connection.executemany("UPDATE item SET line = ? WHERE n = ? AND line <> ?", moved)
