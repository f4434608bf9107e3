"""The state of play as a json object: every part with how it matches the time, and on what that rests."""

import json
from collections.abc import Iterator
from typing import Any

from mali_chrono.answers.armed import Armed, Holder
from mali_chrono.answers.offices import Office
from mali_chrono.answers.scene import Evidence, Kin
from mali_chrono.answers.state import Happening, Pair, Presence, Running, State, Year, asked
from mali_chrono.figures.reckon import range_row
from mali_chrono.kinds import Vocabulary
from mali_chrono.render.jsontext import SCHEMA, dump
from mali_chrono.render.tabular import in_part

Row = dict[str, Any]
# A relation's kind as seen from the other end, where that is another.
REVERSED = {"part-of": "umbrella-of", "led-by": "leader-of", "supported-by": "supports"}


def state_json(state: State, typed: str, store: str) -> str:
    """The whole state as one json object; `typed` is the date as it was typed."""
    head = {"schema": SCHEMA, "query": {"store": store, **asked(typed, state.window)}}
    lines = []
    for key, value in (head | state_parts(state)).items():
        text = dump(value)
        if isinstance(value, list) and value:
            text = "[\n" + ",\n".join(map(dump, value)) + "]"
        lines.append(f"{dump(key)}: {text}")
    return "{" + ",\n".join(lines) + "}\n"


def state_lines(state: State) -> Iterator[str]:
    """The objects of all parts, each with the part it is of."""
    for part, value in state_parts(state).items():
        yield from (in_part(part, dump(row)) for row in (value if isinstance(value, list) else [value]))


def state_parts(state: State) -> dict[str, list[Row] | Row]:
    """The parts of a state, most of them lists."""
    return {
        "periods": [_running_row(entry) for entry in state.periods],
        "foreign": [_foreign_row(entry) for entry in state.foreign],
        "offices": [_office_row(entry) for entry in state.offices],
        "armed": [_armed_row(entry) for entry in state.armed],
        "unplaced": [_armed_row(entry) for entry in state.unplaced],
        "others": [_armed_row(entry) for entry in state.others],
        "alliances": [_pair_row(entry) for entry in state.alliances],
        "rivalries": [_pair_row(entry) for entry in state.rivalries],
        "before": [_event_row(entry, state.vocabulary) for entry in state.before],
        "during": [_event_row(entry, state.vocabulary) for entry in state.during],
        "after": [_event_row(entry, state.vocabulary) for entry in state.after],
        "toll": _year_row(state.year),
    }


def _event_row(entry: Happening, words: Vocabulary) -> Row:
    main = words.main
    told = ((main.id if key == "toll" and main else key, value) for key, value in entry._asdict().items())
    return {key: value for key, value in told if key != "toll"}


def _running_row(entry: Running) -> Row:
    body = json.loads(entry.body)
    row = {key: body.get(key) for key in ("id", "name", "kind", "date", "summary", "cites")}
    row |= {"words": entry.words, "match": entry.match, "actors": [ally._asdict() for ally in entry.allies]}
    return row | ({"name": entry.name, "title": entry.title} if entry.title else {})


def _foreign_row(entry: Running | Presence) -> Row:
    if isinstance(entry, Running):
        return _running_row(entry)
    row = {"id": entry.id, "name": entry.name, "title": entry.title, "kind": entry.kind}
    return {**row, "words": entry.evidence.words, "match": entry.match, **_basis_row(entry.evidence), "actors": []}


def _basis_row(evidence: Evidence | None) -> Row:
    """What an actor's presence rests on."""
    if evidence is None:
        return {"basis": None, "detail": None}
    detail = evidence.detail._asdict()
    if isinstance(evidence.detail, Kin):
        kind = REVERSED.get(detail["kind"], detail["kind"]) if detail["turned"] else detail["kind"]
        detail = {"kind": kind, "with": detail["other"], "name": detail["name"], "date": detail["date"]}
    detail.pop("acted", None)
    return {"basis": evidence.by, "detail": detail}


def _holder_row(holder: Holder) -> Row:
    relation = holder.relation
    return {
        "id": holder.id,
        "name": holder.name,
        "date": relation.date,
        "words": relation.words,
        "lasting": relation.lasting,
        "note": relation.note,
        "cites": list(relation.cites),
    }


def _office_row(entry: Office) -> Row:
    row = _holder_row(entry.holder) | {"office": entry.office, "of": entry.of and entry.of._asdict()}
    return row | {"match": entry.holder.match, "beside": entry.beside}


def _pair_row(entry: Pair) -> Row:
    relation = entry.holder.relation
    row = _holder_row(entry.holder) | {"kind": relation.kind, "match": entry.holder.match}
    return row | {"with": entry.other._asdict(), "certainty": relation.certainty}


def _armed_row(entry: Armed) -> Row:
    basis = _basis_row(entry.evidence)
    row: Row = {"id": entry.id, "name": entry.name, "title": entry.title, "kind": entry.kind, "match": entry.match}
    row |= {"basis": basis["basis"], "words": entry.evidence and entry.evidence.words, "detail": basis["detail"]}
    row["sides"] = [side._asdict() for side in entry.sides]
    row["leaders"] = [_holder_row(leader) | {"match": leader.match} for leader in entry.leaders]
    row["members"] = [_armed_row(member) for member in entry.members]
    if entry.membership:
        relation = entry.membership.relation
        row["membership"] = {"match": entry.membership.match, "date": relation.date, "words": relation.words}
    return row


def _year_row(year: Year) -> Row:
    row: Row = {"first": year.first, "last": year.last, "words": year.words}
    for match, sums in year.sums.items():
        row[match] = {"events": year.events[match], **{kind: range_row(figures) for kind, figures in sums.items()}}
    return row
