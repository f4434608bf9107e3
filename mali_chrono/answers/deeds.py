"""Both sides of a comparison, made alike: a store's events out of its index, and a table's rows as a map reads them."""

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from mali_chrono.answers import weights
from mali_chrono.answers.background import read_background
from mali_chrono.answers.events import each, json_rows
from mali_chrono.answers.filters import Question
from mali_chrono.answers.kin import read_kin, remembering
from mali_chrono.answers.pairs import Deed, Judge, Party, Row, Sides, Spot, Toll
from mali_chrono.answers.sounds import sound
from mali_chrono.dates.spans import opened
from mali_chrono.figures.figure import parse_figure
from mali_chrono.intake.cells import Cells
from mali_chrono.intake.maps import ABOUT, WITHIN, Map
from mali_chrono.intake.rowtypes import Kind, RowTypes, row_types
from mali_chrono.intake.told import Taken, Told, Who
from mali_chrono.kinds import CLAIMS, DOES, SUFFERS, TollKind, Vocabulary
from mali_chrono.text import fold

_WORDS = ("id", "when", "title", "places", "who", "lo", "hi")


def compared_kinds(words: Vocabulary, map_: Map) -> tuple[TollKind, ...]:
    """The kinds of toll that both a store and a map count: first the one that likeness rests on, a fatal one if any."""
    told = {rule.kind for rule in map_.tolls}
    return tuple(sorted((kind for kind in words.tolls if kind.id in told), key=lambda kind: not kind.fatal))


def read_deeds(connection: sqlite3.Connection, question: Question, kinds: Sequence[TollKind]) -> list[Deed]:
    """The events that a question finds, in its order, as far as they are compared."""
    names = _names(connection, "place")
    words = each(connection, question, _WORDS)
    rows = map(json.loads, json_rows(connection, question))
    countries = read_background(connection).countries
    given = names, countries, question.words, kinds
    return [_deed(row, told, *given) for row, told in zip(rows, words, strict=True)]


def _names(connection: sqlite3.Connection, kind: str) -> dict[str, list[str]]:
    """All folded names of the things of a kind, by id."""
    names: dict[str, list[str]] = defaultdict(list)
    for key, ident in connection.execute("SELECT key, id FROM name WHERE kind = ?", (kind,)):
        names[ident].append(key)
    return names


def _deed(  # noqa: PLR0913, PLR0917 - each plain
    row: dict[str, Any], told: tuple[Any, ...], names: Mapping[str, list[str]], countries: Mapping[str, str | None],
    words: Vocabulary, kinds: Sequence[TollKind],
) -> Deed:  # fmt: skip
    ident, when, title, where, who, low, high = told
    first, last = opened(low, high)

    def of(*meanings: str) -> tuple[str, ...]:
        roles = words.roles_that(*meanings)
        return tuple(dict.fromkeys(part["id"] for part in row["actors"] if part["role"] in roles))

    tolls = tuple(Toll(**row[kind.id]) if row[kind.id] else None for kind in kinds)
    return Deed(
        ident, when, title, where or "", who or "", first, last, tuple(_spot(place, names) for place in row["places"]),
        of(DOES, CLAIMS), of(SUFFERS), tolls, _figures(row["tolls"], words),
        row["type"], row["category"], frozenset(link["to"] for link in row["links"]),
        tuple(dict.fromkeys(place["region"] for place in row["places"] if place["region"])),
        frozenset(country for place in row["places"] if (country := countries[place["id"]])), row["ids"],
    )  # fmt: skip


def _spot(place: dict[str, Any], names: Mapping[str, list[str]]) -> Spot:
    sounds = dict.fromkeys(map(sound, names[place["id"]]))
    point = None if place["lat"] is None or place["lon"] is None else (place["lat"], place["lon"])
    return Spot(tuple(sounds), sound(place["region"] or ""), point, place["precision"], place["near"])


def _figures(tolls: Iterable[dict[str, Any]], words: Vocabulary) -> frozenset[int]:
    """The numbers that the claims of an event print, whatever they count."""
    texts = [toll[kind] for toll in tolls for kind in words.toll_kinds if toll.get(kind)]
    figures = map(parse_figure, texts)
    ends = {end for figure in figures for end in (figure.low, figure.best, figure.high)}
    printed = {int(digits) for text in texts for digits in re.findall(r"\d+", text)}
    return frozenset(number for number in ends | printed if number >= weights.LEAST_FIGURE)


class Store(NamedTuple):
    """What of a store reads a dataset's rows: its types, regions by how any name in them sounds, its words."""

    types: RowTypes
    regions: Mapping[str, str]
    words: Vocabulary


def read_store(connection: sqlite3.Connection, words: Vocabulary) -> Store:
    """The types and places of a store, out of its index."""
    bodies = [json.loads(body) for (body,) in connection.execute("SELECT body FROM record WHERE kind = 'type'")]
    kinds = (
        Kind(body["id"], (body["id"], body["name"], *body["aliases"]), body["category"], body["acled"])
        for body in bodies
    )
    named = "SELECT key, region FROM name JOIN place USING (id) WHERE kind = 'place' AND region <> ''"
    rows = connection.execute(named).fetchall()
    regions = {sound(key): region for key, region in rows} | {sound(region): region for _, region in rows}
    return Store(row_types(kinds), regions, words)


def read_rows(taken: Taken, store: Store, kinds: Sequence[TollKind]) -> list[Row]:
    """The rows of a table as far as they are compared."""
    counts = _Counts(taken, kinds)
    return [_row(told, taken, store, counts) for told in taken.rows]


def _row(told: Told, taken: Taken, store: Store, counts: "_Counts") -> Row:
    where = told.where
    kind, category = store.types.read(told.type, told.group, taken.map.types)
    point = None if where.lat is None or where.lon is None else (where.lat, where.lon)
    return Row(
        told.id, told.lines[0][0], told.date, told.first, told.last, told.precise in (ABOUT, WITHIN), where.name,
        _region(where.region, taken.map.places.cut, store), where.country, point, _sides(told.actors),
        counts.of(told), kind, category, told.type, told.summary, fold(told.group) in weights.CROWDS,
    )  # fmt: skip


def _region(name: str, cut: Iterable[str], store: Store) -> str:
    """The store's name of a region, where it has one; words that a map cuts from names may end it ("North region")."""
    head, _, last = name.rpartition(" ")
    bare = head if head and last.lower() in cut else name
    return store.regions.get(sound(name)) or store.regions.get(sound(bare)) or name


def _sides(actors: Iterable[Who]) -> Sides:
    does, suffers, both = (
        tuple(Party(who.name, who.kind) for who in actors if test(who.means))
        for test in ((DOES, CLAIMS).__contains__, (SUFFERS,).__contains__, lambda m: m not in (DOES, CLAIMS, SUFFERS))
    )
    return Sides(does, suffers, both)


class _Counts:
    """The numbers that a row gives for kinds of toll."""

    def __init__(self, taken: Taken, kinds: Sequence[TollKind]) -> None:
        self.columns = taken.table.places
        self.cells = {row.first: row.cells for row in taken.table.rows}
        self.read = {
            kind.id: tuple(name for rule in taken.map.tolls if rule.kind == kind.id for name in rule.columns)
            for kind in kinds
        }

    def of(self, told: Told) -> tuple[int | None, ...]:
        """A number of each kind; a 0 that a map takes for not known is still a 0 here, None is an empty cell."""
        cells = Cells(self.columns, self.cells[told.lines[0][0]])
        return tuple(self._of(kind, names, told, cells) for kind, names in self.read.items())

    @staticmethod
    def _of(kind: str, names: tuple[str, ...], told: Told, cells: Cells) -> int | None:
        counts = [count for count in told.counts if count.kind == kind]
        if counts:
            return sum(parse_figure(count.figure).best for count in counts)
        return 0 if cells.first(names) else None


def read_judge(connection: sqlite3.Connection, store: Store, map_: Map) -> Judge:
    """What of a store likeness asks; a map gives ids to names that the store has not, and its name to those of rows."""
    fits, unknown = remembering(read_kin(connection, store.words, map_.names))
    violent = {category.id for category in store.words.categories if category.violent}
    telling = {kind for coded, kind in store.types.coded.items() if coded in weights.TELLING_TYPES}
    return Judge(fits, unknown, frozenset(violent), frozenset(telling), map_.name)
