"""A record beside a dataset: per match what differs, what matches have in common, what only one side has, totals."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from mali_chrono.answers.compare import Alone, Common, Comparison, Match, in_common
from mali_chrono.answers.pairs import Deed, Likeness, Row
from mali_chrono.dates.edtf import parse
from mali_chrono.dates.words import describe
from mali_chrono.figures.reckon import range_row, range_text
from mali_chrono.render import formats, jsontext
from mali_chrono.render.comparelines import dead_words, differences, who_words, why_words
from mali_chrono.render.look import Column, Look
from mali_chrono.render.tabular import Table, Tabular, in_part
from mali_chrono.text import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.answers.about import About
    from mali_chrono.answers.comparing import Held
    from mali_chrono.answers.totals import Total
    from mali_chrono.intake.told import Taken

# A row for a program is of one of the blocks of the json (`part`).
FIELDS = (
    "part", "event", "row", "line", "likeness", "when", "row_when", "days", "place", "row_place", "km", "dead",
    "row_dead", "who", "row_who", "differs", "why", "name", "events", "rows", "matched",
)  # fmt: skip
_Flat = dict[str, object]
_LEFT = 3  # rows that could not be read are shown; json has them all


class View(NamedTuple):
    """A comparison, the dataset as it was read, what was asked, the fields that are shown, the store.

    `about` is what the answer says of itself.
    """

    held: "Held"
    taken: "Taken"
    query: Mapping[str, object]
    fields: Sequence[str]
    store: str
    about: "About | None" = None

    @property
    def found(self) -> Comparison:
        """What the comparison found."""
        return self.held.found

    @property
    def notes(self) -> list[str]:
        """What must be known of the numbers, in sentences."""
        left, counted_ = self.taken.left, self.held.counted
        told = [f"{_what(self)}."]
        if counted_ is None:
            told.append("The filters choose events by what rows do not tell: rows without an event are not listed.")
        if left:
            more = f" and {len(left) - _LEFT} more" if len(left) > _LEFT else ""
            told.append(f"{counted(len(left), 'row')} could not be read: {'; '.join(map(str, left[:_LEFT]))}{more}.")
        return told

    @property
    def common(self) -> list[Common]:
        """What the matches have in common."""
        return in_common(self.found.matches)


def _deed(deed: Deed) -> _Flat:
    return {"event": deed.id, "when": deed.date, "place": deed.where, "dead": dead_words(deed), "who": deed.who}


def _row(row: Row) -> _Flat:
    return {
        "row": row.id, "line": row.line, "row_when": _when(row), "row_place": row.location, "row_dead": row.dead,
        "row_who": who_words(row),
    }  # fmt: skip


def _when(row: Row) -> str:
    return describe(parse(row.date))


def _like(like: Likeness) -> _Flat:
    return {"likeness": round(like.score, 2), "days": like.days, "km": None if like.km is None else round(like.km)}


def _match(match: Match) -> _Flat:
    told = {"differs": "; ".join(differences(match))}
    return {"part": "matches", **_deed(match.deed), **_row(match.row), **_like(match.like), **told}


def _alone(alone: Alone) -> _Flat:
    sides = (_deed(alone.deed) if alone.deed else {}) | (_row(alone.row) if alone.row else {})
    return {"part": "events" if alone.deed else "rows", **sides, "why": why_words(alone)}


def _total(key: str, total: "Total") -> _Flat:
    dead = range_text(total.dead) if total.dead else ""
    counts = {"events": total.events, "rows": total.rows, "matched": total.matched, "row_dead": total.row_dead}
    return {"part": f"{key}s", "name": total.name, "dead": dead, **counts}


def _common(common: Common) -> _Flat:
    return {
        "part": "common",
        "name": f"{common.feature}: {common.what}",
        "matched": common.matches,
        "events": common.of,
    }


def _flat(view: View) -> Iterator[_Flat]:
    """Every row for a program, part by part."""
    yield from map(_match, view.found.matches)
    yield from map(_common, view.common)
    yield from map(_alone, (*view.found.deeds, *view.found.rows))
    for key, totals in view.held.totals.items():
        yield from (_total(key, total) for total in totals)


def _objects(view: View) -> dict[str, list[str]]:
    """The json objects of each block."""
    found = view.found
    blocks = {
        "matches": map(_match_object, found.matches),
        "common": (common._asdict() for common in view.common),
        "events": map(_alone_object, found.deeds),
        "rows": map(_alone_object, found.rows),
        **{f"{key}s": map(_total_object, totals) for key, totals in view.held.totals.items()},
    }
    return {name: [jsontext.dump(each) for each in block] for name, block in blocks.items()}


def _match_object(match: Match) -> dict[str, Any]:
    others = [_row_object(other) for other in match.others]
    sides = {"event": _deed_object(match.deed), "row": _row_object(match.row), "others": others}
    return {**sides, **_like_object(match.like), "differs": differences(match)}


def _deed_object(deed: Deed) -> dict[str, Any]:
    dead = deed.dead._asdict() if deed.dead else None
    words = {"id": deed.id, "title": deed.title, "when": deed.date, "places": deed.where, "who": deed.who}
    return {**words, "type": deed.type, "dead": dead}


def _row_object(row: Row) -> dict[str, Any]:
    lat, lon = row.point or (None, None)
    where = {"place": row.location, "region": row.region, "country": row.country, "lat": lat, "lon": lon}
    told = {"type": row.coded, "who": who_words(row), "dead": row.dead, "notes": row.notes}
    return {"id": row.id, "line": row.line, "date": row.date, **where, **told}


def _like_object(like: Likeness) -> dict[str, Any]:
    points = [point._asdict() for point in like.points]
    return {**_like(like), "points": points}


def _alone_object(alone: Alone) -> dict[str, Any]:
    side = _deed_object(alone.deed) if alone.deed else _row_object(alone.row) if alone.row else {}
    likes = [{"event": like.deed.id, "row": like.row.id, **_like_object(like)} for like in alone.likes]
    return {**side, "reason": alone.why, "why": why_words(alone), "likest": likes}


def _total_object(total: "Total") -> dict[str, Any]:
    return {**total._asdict(), "dead": range_row(total.dead) if total.dead else None}


def _json(view: View, look: Look) -> str:  # noqa: ARG001
    taken = view.taken
    left = [str(row) for row in taken.left]
    dataset = {"file": taken.table.name, "map": taken.map.name, "vintage": taken.vintage, "rows": taken.read,
               "events": len(taken.rows), "left_out": left, "counted": view.held.counted}  # fmt: skip
    return jsontext.envelope(view.query, _objects(view), dataset=dataset, notes=view.notes)


def _lines(view: View) -> Iterator[str]:
    for name, objects in _objects(view).items():
        yield from (in_part(name, text) for text in objects)


def _tabular(view: View, look: Look) -> Tabular:  # noqa: ARG001
    """A row for each thing found; people are given a table for each part."""
    values = ([row.get(field) for field in view.fields] for row in _flat(view))
    title = f"The record beside {view.taken.table.name}"
    tables = [Table(*table) for table in _tables(view)]
    return Tabular(
        title, view.fields, values, _lines(view), tables, _what(view), view.store, view.notes, view.about
    )  # fmt: skip


def _what(view: View) -> str:
    matches = len(view.found.matches)
    events = counted(matches + len(view.found.deeds), "event")
    return f"{matches} of {events} {'has' if matches == 1 else 'have'} a row of {view.taken.table.name}"


def _tables(view: View) -> Iterator[tuple[Sequence[Column], list[list[object]], str]]:
    found = view.found
    if found.matches:
        yield _TABLES["match"], [_cells("match", _match(match)) for match in found.matches], "Events and their rows"
    if view.common:
        yield (
            [Column("feature"), Column("what"), Column("matches", right=True)],
            [[common.feature, common.what, f"{common.matches} of {common.of}"] for common in view.common],
            "What they have in common",
        )
    if found.deeds:
        yield _TABLES["event"], [_cells("event", _alone(alone)) for alone in found.deeds], "Events without a row"
    if found.rows:
        yield (
            _TABLES["row"],
            [_cells("row", _alone(alone)) for alone in found.rows],
            "Rows with many dead and no event",
        )
    for key, totals in view.held.totals.items():
        columns = [Column("name", key), *(Column(name, head, right=True) for name, head in _SUMS.items())]
        yield columns, [[_total(key, total)[column.key] for column in columns] for total in totals], f"By {key}"


_SUMS = {"events": "events", "dead": "dead", "rows": "rows", "row_dead": "dead, rows", "matched": "rows with an event"}
_TABLES = {
    "match": (Column("event", style="bold"), Column("row"), Column("likeness", right=True), Column("differs")),
    "event": (Column("event", style="bold"), Column("why")),
    "row": (Column("row", style="bold"), Column("row_when", "when"), Column("row_place", "place"),
            Column("row_dead", "dead", right=True), Column("why")),
}  # fmt: skip


def _cells(part: str, flat: _Flat) -> list[object]:
    return [f"{value:.2f}" if column.key == "likeness" else value
            for column in _TABLES[part] for value in (flat[column.key],)]  # fmt: skip


def _table(view: View, look: Look) -> str:
    from mali_chrono.render import console

    return console.write(_tabular(view, look)._replace(notes=view.notes[1:]), look)  # its closing line counts


FORMATS = formats.offer({"table": _table, "json": _json}, _tabular)
