"""A store -> one SQLite file in which every question is a query and every row lies ready to print.

Events are read, checked and written by the hundred, so that no store has to fit into memory. What looks only at one
event is checked as it comes; what looks at all of them (doubles, links, order) is asked of the index at the end.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import chain, groupby, islice
from typing import NamedTuple

from mali_chrono.dates.spoken import speak, written
from mali_chrono.index import knots, schema, stamps, tables
from mali_chrono.index.beside import make_beside, pays
from mali_chrono.index.events import Row
from mali_chrono.index.fields import fields_of
from mali_chrono.index.items import Item, Unsound, items_of, read_events, refuse
from mali_chrono.index.languages import LANGUAGE, WANTED
from mali_chrono.index.maker import Batch, Known, Maker, Tables
from mali_chrono.index.things import thing_rows
from mali_chrono.kinds import rows_of
from mali_chrono.progress import tell
from mali_chrono.store import model
from mali_chrono.store.checks import has_error
from mali_chrono.store.grammar import Grammar
from mali_chrono.store.load import Loaded, load_files
from mali_chrono.store.locate import StoreFile, lost
from mali_chrono.store.rules.events import misplaced
from mali_chrono.store.rules.relations import leads_back
from mali_chrono.store.rules.table import context_of
from mali_chrono.text import fold

BATCH = 500
# Room between the numbers of events, for those that an edit puts between them.
STEP = 1024


class Placed(NamedTuple):
    """An event, the item it is written as, the number of its file and what it is sorted by."""

    file: int
    item: Item
    event: model.Event
    key: model.SortKey


def key_of(one: Placed) -> model.SortKey:
    """What an event is sorted by among all events."""
    return one.key


def compile_store(
    connection: sqlite3.Connection,
    found: Sequence[StoreFile],
    meta: Mapping[str, str],
    checked: Mapping[str, bytes] | None = None,
) -> None:
    """Fill an empty database from the files of a store. Raises Unsound where the store may have an error.

    `meta` says what it is made of; `checked` are the hashes of the files where the store was checked and has no error.
    """
    sound = checked is not None
    # Before anything is read: a file that is edited meanwhile then has another hash than its index says.
    hashes = dict(checked or stamps.hashes([file for file in found if not is_read(file)]))
    things = load_things(found, sound=sound)
    connection.execute("PRAGMA page_size = 16384")
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")
    for statement in schema.statements(fields_of(things.grammar.words.tolls).stored):
        connection.execute(statement)
    write(connection, (("meta", tables.MetaRow(*pair)) for pair in meta.items()))
    write(connection, [("meta", tables.MetaRow(LANGUAGE, spoken_in(things)))])
    write(connection, (("word", tables.WordRow(*row)) for row in rows_of(things.grammar.words)))
    write(connection, thing_rows(things.chronology, things.grammar.words))
    numbers = {file.relative: number for number, file in enumerate(found)}
    streams, total = [], 0
    for file in found:
        if is_read(file):
            content = stamps.content_of(file)
            hashes.setdefault(file.relative, stamps.hash_bytes(content))
            items = items_of(file, content, things.grammar, whole=sound)
            total += len(items)
            streams.append(in_order(numbers[file.relative], file, items, things.grammar, sound=sound))
    writer = Writer(connection, things, sound=sound)
    # Files that are checked are in their order: none need be read to its end to know what comes first.
    placed = sorted(chain(*streams), key=key_of) if sound else merge(*streams, key=key_of)
    for done in writer.add(((n * STEP, one) for n, one in enumerate(placed, 1)), total):
        tell("making the index", done, total)
    write(connection, (("file", tables.FileRow(numbers[path], path, kept)) for path, kept in hashes.items()))
    writer.finish()
    connection.execute("COMMIT")
    connection.execute("VACUUM")  # rows came in the order of events, and left gaps in tables that have another


def is_read(file: StoreFile) -> bool:
    """Whether a file's items are read one by one: it holds events, and can be read."""
    return file.kind == "events" and not file.trouble


def load_things(found: Sequence[StoreFile], *, sound: bool = False) -> Loaded:
    """Everything but the events. Raises Unsound where something is wrong with it."""
    if lost(found):
        raise Unsound
    loaded = load_files([file for file in found if not is_read(file)])
    refuse(loaded.problems)
    speak(loaded.tongue)
    if not sound and has_error(context_of(loaded, None)):
        raise Unsound
    return loaded


def spoken_in(things: Loaded) -> str:
    """What an index keeps of the language that its dates are told in, or that it could not be had."""
    if things.tongue:
        return written(things.tongue)
    return WANTED if any(problem.rule == "language" for problem in things.problems) else ""


def in_order(
    number: int, file: StoreFile, items: Sequence[Item], grammar: Grammar, *, sound: bool = False
) -> Iterator[Placed]:
    """The events of a file in their order, those of the same days by the time of day. Raises Unsound."""

    def checked() -> Iterator[Placed]:
        before = None
        for item, event in read_events(file, items, grammar):
            key = model.sort_key(event)
            rule = misplaced(before, key) if before else ""
            if rule == "event-order" and not sound:
                raise Unsound
            before = before if rule else key
            yield Placed(number, item, event, key)

    for _, group in groupby(checked(), lambda one: one.key[:2]):
        yield from sorted(group, key=key_of)


def write(connection: sqlite3.Connection, rows: Iterable[tuple[str, Row]]) -> None:
    """Write rows, each with its table, many at a time."""
    by_table: Tables = {}
    for table, row in rows:
        by_table.setdefault(table, []).append(row)
    write_tables(connection, by_table)


def write_tables(connection: sqlite3.Connection, by_table: Tables) -> None:
    """Write rows that are parted by their tables."""
    for table, some in by_table.items():
        if some:
            connection.executemany(schema.insert(table, len(some[0])), some)


class _Every(frozenset[str]):
    """Holds every id: whether the target of a link is there is asked at the end."""

    def __contains__(self, _: object) -> bool:
        return True


class Writer:
    """Writes events into an index that has its things, and finds out whether all of them are sound."""

    def __init__(self, connection: sqlite3.Connection, things: Loaded, *, sound: bool = False) -> None:
        """`things` is everything but the events; `sound`: nothing is checked."""
        self.connection, self.sound = connection, sound
        context = context_of(things, None)
        self.context = context._replace(ids={**context.ids, "events": _Every()})
        numbers = {(kind, ident): t for t, kind, ident in connection.execute("SELECT t, kind, id FROM thing")}
        self.maker = Maker(Known(things.chronology, things.grammar.words, numbers))

    def add(self, numbered: Iterable[tuple[int, Placed]], total: int = 0) -> Iterator[int]:
        """Write events, some `total` of them, under their numbers; gives now and then how many are written.

        Raises Unsound.
        """
        batches = self._checked(numbered)
        done = 0
        for made in make_beside(batches, self.maker) if pays(total) else map(self.maker.make, batches):
            write_tables(self.connection, made)
            done += len(made["event"])
            yield done

    def _checked(self, numbered: Iterable[tuple[int, Placed]]) -> Iterator[Batch]:
        """Events by the hundred, checked, and written where they stand. Raises Unsound."""
        events = iter(numbered)
        while some := list(islice(events, BATCH)):
            batch = model.Chronology(events=tuple(one.event for _, one in some))
            if not self.sound and has_error(self.context._replace(chronology=batch)):
                raise Unsound
            items = [tables.ItemRow(n, one.file, one.event.line, one.item.hash) for n, one in some]
            write_tables(self.connection, {"item": [*items]})
            yield [(n, one.event) for n, one in some]

    def finish(self) -> None:
        """Bring up to date what hangs on all events. Raises Unsound where they do not hang together."""
        if not self.sound and not self._hangs_together():
            raise Unsound
        write(self.connection, knots.tie(self.connection, self.maker.known.words.added))
        ask, words = self.connection.execute, "kind IN ('tag', 'outlet')"
        ask(f"DELETE FROM thing WHERE {words} AND NOT EXISTS (SELECT 1 FROM mark WHERE mark.t = thing.t)")
        # Of two spellings the last is shown.
        spelt = "SELECT max(coalesce(spelt, id)) FROM mark WHERE mark.t = thing.t"
        ask(f"UPDATE thing SET name = ({spelt}) WHERE kind = 'outlet'")
        ask(f"DELETE FROM name WHERE {words}")
        there = ask(f"SELECT kind, id FROM thing WHERE {words}").fetchall()
        write(self.connection, (("name", tables.NameRow(kind, fold(ident), ident)) for kind, ident in there))

    def _hangs_together(self) -> bool:
        ask = self.connection.execute
        doubles = ask("SELECT 1 FROM event GROUP BY id HAVING count(*) > 1 LIMIT 1").fetchone()
        missing = ask("SELECT 1 FROM link WHERE target NOT IN (SELECT id FROM event) LIMIT 1").fetchone()
        links: dict[str, list[str]] = {}
        for ident, target in ask("SELECT id, target FROM link JOIN event USING (n)"):
            links.setdefault(ident, []).append(target)
        return not (doubles or missing or leads_back(links))
