"""A record beside a dataset: per match what differs, what matches have in common, what only one side has, totals."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from mali_chrono.answers.compare import Alone, Common, Comparison, Match, in_common
from mali_chrono.answers.pairs import Deed, Likeness, Row
from mali_chrono.dates.edtf import parse
from mali_chrono.dates.words import describe
from mali_chrono.figures.reckon import range_row, range_text
from mali_chrono.kinds import TollKind
from mali_chrono.render import formats, jsontext
from mali_chrono.render.comparelines import differences, feature_words, toll_words, who_words, why_words
from mali_chrono.render.look import Column, Look
from mali_chrono.render.tabular import Table, Tabular, in_part
from mali_chrono.text import counted, listing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.answers.about import About
    from mali_chrono.answers.comparing import Held
    from mali_chrono.answers.totals import Total
    from mali_chrono.intake.told import Taken

_Flat = dict[str, object]
_LEFT = 3  # rows that could not be read are shown; json has them all
ALONE = 20  # rows without an event that people are shown unasked; programs are given all


def fields_of(kinds: Sequence[TollKind]) -> tuple[str, ...]:
    """The fields of a row for a program, which is of one of the blocks of the json (`part`), by the tolls compared."""
    sides = (f"{kind.id}_{side}" for kind in kinds for side in ("event", "row"))
    return (
        "part", "event", "row", "line", "likeness", "when", "row_when", "days", "place", "row_place", "km", *sides,
        "who", "row_who", "differs", "why", "name", "events", "rows", "matched",
    )  # fmt: skip


class View(NamedTuple):
    """A comparison, the dataset as it was read, what was asked, the fields that are shown (None: all), the store.

    `about` is what the answer says of itself, `full` lists every row without an event for people too.
    """

    held: "Held"
    taken: "Taken"
    query: Mapping[str, object]
    fields: Sequence[str] | None
    store: str
    about: "About | None" = None
    full: bool = False

    @property
    def found(self) -> Comparison:
        """What the comparison found."""
        return self.held.found

    @property
    def kinds(self) -> Sequence[TollKind]:
        """The kinds of toll that are compared."""
        return self.held.kinds

    @property
    def hidden(self) -> int:
        """How many rows without an event people are not shown."""
        return 0 if self.full else max(len(self.found.rows) - ALONE, 0)

    @property
    def notes(self) -> list[str]:
        """What must be known of the numbers, in sentences."""
        left, counted_ = self.taken.left, self.held.counted
        told = [f"{_what(self)}."]
        if counted_ is None:
            told.append("The filters choose events by what rows do not tell: rows without an event are not listed.")
        if apart := self.held.apart:
            reasons = listing([f"{count} {why}" for why, count in apart.items()])
            told.append(f"Rows neither listed alone nor added up: {reasons}.")
        if left:
            more = f" and {len(left) - _LEFT} more" if len(left) > _LEFT else ""
            told.append(f"{counted(len(left), 'row')} could not be read: {'; '.join(map(str, left[:_LEFT]))}{more}.")
        return told

    @property
    def common(self) -> list[Common]:
        """What the matches have in common."""
        return in_common(self.found.matches, self.kinds)


def _deed(deed: Deed, kinds: Sequence[TollKind]) -> _Flat:
    tolls = {f"{kind.id}_event": toll_words(toll) for kind, toll in zip(kinds, deed.tolls, strict=True)}
    return {"event": deed.id, "when": deed.date, "place": deed.where, **tolls, "who": deed.who}


def _row(row: Row, kinds: Sequence[TollKind]) -> _Flat:
    counts = {f"{kind.id}_row": count for kind, count in zip(kinds, row.counts, strict=True)}
    told = {"row": row.id, "line": row.line, "row_when": _when(row), "row_place": row.location}
    return {**told, **counts, "row_who": who_words(row)}


def _when(row: Row) -> str:
    return describe(parse(row.date))


def _like(like: Likeness) -> _Flat:
    return {"likeness": round(like.score, 2), "days": like.days, "km": None if like.km is None else round(like.km)}


def _match(match: Match, kinds: Sequence[TollKind]) -> _Flat:
    told = {"differs": "; ".join(differences(match, kinds))}
    return {"part": "matches", **_deed(match.deed, kinds), **_row(match.row, kinds), **_like(match.like), **told}


def _alone(alone: Alone, kinds: Sequence[TollKind]) -> _Flat:
    sides = (_deed(alone.deed, kinds) if alone.deed else {}) | (_row(alone.row, kinds) if alone.row else {})
    return {"part": "events" if alone.deed else "rows", **sides, "why": why_words(alone, kinds)}


def _total(key: str, total: "Total") -> _Flat:
    figures = {f"{kind}_event": range_text(figure) if figure else "" for kind, figure in total.figures.items()}
    counts = {"events": total.events, "rows": total.rows, "matched": total.matched}
    sums = {f"{kind}_row": count for kind, count in total.counts.items()}
    return {"part": f"{key}s", "name": total.name, **figures, **counts, **sums}


def _feature(common: Common) -> str:
    return feature_words(common.feature, (common.kind,) if common.kind else ())


def _common(common: Common) -> _Flat:
    name = f"{_feature(common)}: {common.what}"
    return {"part": "common", "name": name, "matched": common.matches, "events": common.of}


def _flat(view: View) -> Iterator[_Flat]:
    """Every row for a program, part by part."""
    yield from (_match(match, view.kinds) for match in view.found.matches)
    yield from map(_common, view.common)
    yield from (_alone(alone, view.kinds) for alone in (*view.found.deeds, *view.found.rows))
    for key, totals in view.held.totals.items():
        yield from (_total(key, total) for total in totals)


def _objects(view: View) -> dict[str, list[str]]:
    """The json objects of each block."""
    found, kinds = view.found, view.kinds
    blocks = {
        "matches": (_match_object(match, kinds) for match in found.matches),
        "common": map(_common_object, view.common),
        "events": (_alone_object(alone, kinds) for alone in found.deeds),
        "rows": (_alone_object(alone, kinds) for alone in found.rows),
        **{f"{key}s": map(_total_object, totals) for key, totals in view.held.totals.items()},
    }
    return {name: [jsontext.dump(each) for each in block] for name, block in blocks.items()}


def _match_object(match: Match, kinds: Sequence[TollKind]) -> dict[str, Any]:
    row, *others = (_row_object(row, kinds) for row in match.rows)
    sides = {"event": _deed_object(match.deed, kinds), "row": row, "others": others}
    return {**sides, **_like_object(match.like), "differs": differences(match, kinds)}


def _common_object(common: Common) -> dict[str, Any]:
    return {**common._asdict(), "kind": common.kind.id if common.kind else None}


def _deed_object(deed: Deed, kinds: Sequence[TollKind]) -> dict[str, Any]:
    figures = {kind.id: toll._asdict() if toll else None for kind, toll in zip(kinds, deed.tolls, strict=True)}
    words = {"id": deed.id, "title": deed.title, "when": deed.date, "places": deed.where, "who": deed.who}
    return {**words, "type": deed.type, "figures": figures}


def _row_object(row: Row, kinds: Sequence[TollKind]) -> dict[str, Any]:
    lat, lon = row.point or (None, None)
    where = {"place": row.location, "region": row.region, "country": row.country, "lat": lat, "lon": lon}
    counts = {kind.id: count for kind, count in zip(kinds, row.counts, strict=True) if count is not None}
    told = {"type": row.coded, "who": who_words(row), "counts": counts, "notes": row.notes}
    return {"id": row.id, "line": row.line, "date": row.date, **where, **told}


def _like_object(like: Likeness) -> dict[str, Any]:
    points = [point._asdict() for point in like.points]
    return {**_like(like), "points": points}


def _alone_object(alone: Alone, kinds: Sequence[TollKind]) -> dict[str, Any]:
    side = _deed_object(alone.deed, kinds) if alone.deed else _row_object(alone.row, kinds) if alone.row else {}
    likes = [{"event": like.deed.id, "row": like.row.id, **_like_object(like)} for like in alone.likes]
    return {**side, "reason": alone.why, "why": why_words(alone, kinds), "likest": likes}


def _total_object(total: "Total") -> dict[str, Any]:
    return {**total._asdict(), "figures": {kind: range_row(figure) for kind, figure in total.figures.items()}}


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
    fields = view.fields or fields_of(view.kinds)
    values = ([row.get(field) for field in fields] for row in _flat(view))
    title = f"The record beside {view.taken.table.name}"
    notes, tables = _hidden(view) + view.notes, list(_tables(view))
    return Tabular(title, fields, values, _lines(view), tables, _what(view), view.store, notes, view.about)


def _what(view: View) -> str:
    matches = len(view.found.matches)
    events = counted(matches + len(view.found.deeds), "event")
    return f"{matches} of {events} {'has' if matches == 1 else 'have'} a row of {view.taken.table.name}"


def _hidden(view: View) -> list[str]:
    """What people are not shown."""
    if not view.hidden:
        return []
    more = counted(view.hidden, "more row")
    return [f"{more} without an event: --all shows {'it' if view.hidden == 1 else 'them'}, csv and json have all."]


def _tables(view: View) -> Iterator[Table]:
    found, kinds = view.found, view.kinds
    matches = [_match(match, kinds) for match in found.matches]
    yield from _list([_EVENT, _ROW, _LIKENESS, Column("differs")], matches, "Events and their rows")
    common: list[_Flat] = [
        {"feature": _feature(each), "what": each.what, "matches": f"{each.matches} of {each.of}"}
        for each in view.common
    ]
    yield from _list([Column("feature"), Column("what"), _MATCHES], common, "What they have in common")
    deeds = [_alone(alone, kinds) for alone in found.deeds]
    yield from _list([_EVENT, Column("why")], deeds, "Events without a row")
    rows = [_alone(alone, kinds) for alone in found.rows[: len(found.rows) - view.hidden]]
    tolls = [Column(f"{kind.id}_row", kind.heading, right=True) for kind in kinds]
    columns = [_ROW._replace(style="bold"), Column("row_when", "when"), Column("row_place", "place"), *tolls]
    yield from _list([*columns, Column("why")], rows, "Rows without an event")
    for key, totals in view.held.totals.items():
        sums = [_total(key, total) for total in totals]
        yield from _list([Column("name", key, whole=key == "month"), *_sums(kinds, totals)], sums, f"By {key}")


_EVENT, _ROW = Column("event", style="bold"), Column("row")
_LIKENESS, _MATCHES = Column("likeness", right=True), Column("matches", right=True)


def _sums(kinds: Sequence[TollKind], totals: "Sequence[Total]") -> Iterator[Column]:
    """The columns of both sides added up, each kind that is."""
    added = [kind for kind in kinds if any(kind.id in total.figures for total in totals)]
    yield Column("events", right=True)
    yield from (Column(f"{kind.id}_event", kind.heading, right=True) for kind in added)
    yield Column("rows", right=True)
    yield from (Column(f"{kind.id}_row", f"{kind.heading}, rows", right=True) for kind in added)
    yield Column("matched", "rows with an event", right=True)


def _list(columns: Sequence[Column], rows: Sequence[_Flat], heading: str) -> Iterator[Table]:
    """A table, if there is anything in it."""
    if rows:
        yield Table(columns, [[_cell(row, column.key) for column in columns] for row in rows], heading)


def _cell(row: _Flat, key: str) -> object:
    value = row[key]
    return f"{value:.2f}" if key == "likeness" else value


def _table(view: View, look: Look) -> str:
    from mali_chrono.render import console

    notes = _hidden(view) + view.notes[1:]  # its closing line counts
    return console.write(_tabular(view, look)._replace(notes=notes), look)


FORMATS = formats.offer({"table": _table, "json": _json}, _tabular)
