"""The state of play at a time: what lasted, who held office, which armed actors there were, who stood with whom.

What must have held is told apart from what may have: a date's core against its span. A point says that something was
so on that day, and is never stretched; the last one before and the first one after are given with their dates.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from mali_chrono.answers import filters as query
from mali_chrono.answers.scene import (
    ARMED,
    ATTESTED,
    FOREIGN,
    HERE,
    MAY,
    MUST,
    NEAR,
    RANK,
    UNDATED,
    Relation,
    Scene,
    Window,
    attested,
    best,
    dated,
    scene,
)
from mali_chrono.dates import units
from mali_chrono.dates.edtf import from_ordinal, iso_day, ordinal, parse
from mali_chrono.dates.words import describe
from mali_chrono.figures.reckon import KINDS, Item, Links, Range, read_links, total
from mali_chrono.text import fold

AROUND = 5  # events before and after
LISTED = 10  # events of the time itself that are listed; more are only counted
_RANKS = ("president", "mansa", "vice president", "prime minister", "minister")
Entry = dict[str, Any]


class State(NamedTuple):
    """A page's parts, each a list of plain objects ready for json; every one says how it `match`es the time."""

    words: str
    window: Window
    periods: list[Entry]
    foreign: list[Entry]
    offices: list[Entry]
    armed: list[Entry]
    unplaced: list[Entry]
    alliances: list[Entry]
    rivalries: list[Entry]
    before: list[Entry]
    during: list[Entry]
    counted: dict[str, int]
    after: list[Entry]
    toll: Entry


def state(connection: sqlite3.Connection, window: Window) -> State:
    """The state of play in a window of days, a single one as a rule."""
    found = scene(connection, window)
    periods, operations = _periods(connection, window)
    armed, unplaced = _armed(found)
    before, during, after = _events(connection, window)
    counted: dict[str, int] = {}
    for event in during:
        counted[event["category"]] = counted.get(event["category"], 0) + 1
    return State(
        words(window), window, periods, _foreign(found, operations), _offices(found), armed, unplaced,
        _between(found, ("allied-with", "supported-by")), _between(found, ("rival-of",)),
        before, during, counted, after, _toll(connection, window),
    )  # fmt: skip


def words(window: Window) -> str:
    """A window as people write it: 7 Apr 2012, Jun 2016, 1325, 14th century."""
    first, last = window
    for unit in units.UNITS:
        at = units.number(unit, first)
        if at == units.number(unit, last) and units.number(unit, first - 1) < at < units.number(unit, last + 1):
            return units.name(unit, at)
    return describe(parse(iso_day(first) if first == last else f"{iso_day(first)}/{iso_day(last)}"))


def _periods(connection: sqlite3.Connection, window: Window) -> tuple[list[Entry], list[Entry]]:
    """What lasts, and apart from it missions and operations, the surest first."""
    rows = connection.execute(
        "SELECT body FROM period WHERE lo <= ? AND hi >= ? ORDER BY lo, hi, id", (window[1], window[0])
    )
    named = {ident: (short, kind) for ident, short, kind in connection.execute("SELECT id, short, kind FROM actor")}
    lasting: list[Entry] = []
    foreign: list[Entry] = []
    for (text,) in rows:
        body = json.loads(text)
        match = dated(body["date"], window)
        if match:
            entry = {key: body.get(key) for key in ("id", "name", "kind", "date", "summary", "cites")}
            parties = [
                {"id": part["id"], "name": named[part["id"]][0], "side": part["side"], "match": held}
                for part in body.get("actors", ())
                if (held := dated(part["date"] or body["date"], window)) and named[part["id"]][1] != "person"
            ]
            entry |= {"words": describe(parse(body["date"])), "match": match, "actors": parties}
            if body["kind"] == "mission":
                entry |= {"name": named[body["id"]][0], "title": body["name"]}
            (foreign if body["kind"] in FOREIGN else lasting).append(entry)
    return lasting, foreign


def _foreign(found: Scene, operations: Sequence[Entry]) -> list[Entry]:
    """Missions and operations, then foreign forces that are there by themselves: by stated years, sides, relations."""
    named = {ident for entry in operations for ident in (entry["id"], *(party["id"] for party in entry["actors"]))}
    entries = list(operations)
    for ident, evidence in found.evidence.items():
        actor = found.actors[ident]
        if actor.kind not in FOREIGN or ident in named:
            continue
        stated = [said for said in evidence if said.by != "events"]
        if stated or (actor.kind == "mission" and evidence) or any(said.words == HERE for said in evidence):
            said = min(evidence, key=lambda said: (RANK[said.match], said.by == "side"))
            entry = {"id": ident, "name": actor.short, "title": actor.name, "kind": actor.kind, "words": said.words}
            entries.append({**entry, "match": said.match, "basis": said.by, "detail": said.detail, "actors": []})
    return sorted(entries, key=lambda entry: RANK[entry["match"]])


def _offices(found: Scene) -> list[Entry]:
    """Each office's holders: who must or may have held it, else who was attested in it last before and first after."""
    offices: dict[tuple[str | None, str], list[Relation]] = {}
    held: dict[str | None, int] = {}
    for relation in found.relations:
        if relation.kind == "holds" and relation.office:
            offices.setdefault((relation.target, relation.office), []).append(relation)
            held[relation.target] = held.get(relation.target, 0) + 1
    entries = []
    for (target, office), relations in offices.items():
        holders = [(relation, relation.match) for relation in relations if relation.match in (MUST, MAY, ATTESTED)]
        sure = [pair for pair in holders if pair[1] == MUST]
        for relation, match in holders or attested(relations, found.window, NEAR):
            if fold(found.actors[relation.actor].short) == fold(office):
                continue  # the source names nobody
            entry = _related(found, relation) | {"office": office, "of": _named(found, target), "match": match}
            # Beside a sure holder one who merely may have held it then is the one before or after.
            entry["beside"] = bool(sure) and match != MUST
            entries.append(entry)
    return sorted(entries, key=lambda entry: (-held[entry["of"] and entry["of"]["id"]], _rank(entry["office"])))


def _rank(office: str) -> tuple[int, str]:
    title = office.partition(" of ")[0]
    return (_RANKS.index(title) if title in _RANKS else len(_RANKS), office)


def _related(found: Scene, relation: Relation) -> Entry:
    return {
        "id": relation.actor,
        "name": found.actors[relation.actor].short,
        "date": relation.date,
        "words": relation.words,
        "lasting": relation.lasting,
        "note": relation.note,
        "cites": relation.cites.split(", ") if relation.cites else [],
    }


def _named(found: Scene, ident: str | None) -> Entry | None:
    return {"id": ident, "name": found.actors[ident].short} if ident else None


def _armed(found: Scene) -> tuple[list[Entry], list[Entry]]:
    """The armed actors as trees under their umbrellas, and apart those of whom only events tell."""
    there = {ident for ident in found.evidence if found.actors[ident].kind in ARMED}
    stated = {party for r in found.relations for party in (r.actor, r.target) if party}
    stated |= set(found.sides) | {ident for ident in there if found.actors[ident].active}
    parents: dict[str, list[Relation]] = {}
    for relation in found.relations:
        if relation.kind == "part-of" and relation.actor in there and relation.match:
            parents.setdefault(relation.actor, []).append(relation)
    for ident, above in parents.items():
        if any(relation.match != UNDATED for relation in above):
            parents[ident] = [relation for relation in above if relation.match != UNDATED]
    listed = there & stated
    children: dict[str, list[Relation]] = {}
    for ident in sorted(listed):
        for relation in parents.get(ident, ()):
            children.setdefault(str(relation.target), []).append(relation)
    roots = {ident for ident in listed if ident not in parents}
    roots |= {ident for ident in children if ident not in parents}
    trees = [_tree(found, ident, None, children, frozenset()) for ident in roots]
    trees.sort(key=lambda entry: (_order(found, entry), -_size(entry), entry["name"]))
    lone = [_actor(found, ident) for ident in sorted(there - stated, key=lambda ident: found.actors[ident].short)]
    return trees, lone


def _order(found: Scene, entry: Entry) -> tuple[int, int]:
    """Groups before militias before the forces of a state."""
    kind = found.actors[entry["id"]].kind
    return (ARMED.index(kind) if kind in ARMED else len(ARMED), RANK.get(entry["match"] or MAY, 0))


def _size(entry: Entry) -> int:
    return 1 + sum(map(_size, entry["members"]))


def _tree(
    found: Scene, ident: str, by: Relation | None, children: Mapping[str, Sequence[Relation]], above: frozenset[str]
) -> Entry:
    entry = _actor(found, ident)
    if by:
        entry["membership"] = {"match": by.match, "date": by.date, "words": by.words}
    inside = [r for r in children.get(ident, ()) if r.actor not in above and r.actor != ident]
    entry["members"] = [_tree(found, r.actor, r, children, above | {ident}) for r in inside]
    entry["members"].sort(key=lambda member: (-_size(member), member["name"]))
    return entry


def _actor(found: Scene, ident: str) -> Entry:
    """An actor: how sure it is that it was there, on what that rests, its sides and its leaders."""
    actor = found.actors[ident]
    evidence = found.evidence.get(ident, [])
    match = best(said.match for said in evidence) if evidence else None
    basis = next((said for said in evidence if said.match == match), None)
    return {
        "id": ident,
        "name": actor.short,
        "title": actor.name,
        "kind": actor.kind,
        "match": MUST if match == ATTESTED else match,
        "basis": basis.by if basis else None,
        "words": basis.words if basis else None,
        "detail": basis.detail if basis else None,
        "sides": found.sides.get(ident, []),
        "leaders": _leaders(found, ident),
        "members": [],
    }


def _leaders(found: Scene, ident: str) -> list[Entry]:
    """Who leads: those who must or may have, else the last attested before and first after, else the undated."""
    relations = [r for r in found.relations if r.kind == "led-by" and r.actor == ident]
    led = [(r, r.match) for r in relations if r.match in (MUST, MAY, ATTESTED)]
    led = led or attested(relations, found.window, None)
    led = led or [(r, UNDATED) for r in relations if r.match == UNDATED]
    return [
        {**_related(found, r), "id": r.target, "name": found.actors[str(r.target)].short, "match": match}
        for r, match in led
    ]


def _between(found: Scene, kinds: Sequence[str]) -> list[Entry]:
    """Relations of some kinds that held, each pair once, the surest first; persons and the undated are left out."""
    pairs: dict[tuple[Any, ...], Entry] = {}
    for relation in found.relations:
        parties = [relation.actor, str(relation.target)]
        if relation.kind not in kinds or relation.match not in (MUST, MAY, ATTESTED) or relation.target is None:
            continue
        key = (relation.kind, *(parties if relation.kind == "supported-by" else sorted(parties)))
        entry = _related(found, relation) | {"kind": relation.kind, "match": relation.match}
        entry |= {"with": _named(found, relation.target), "certainty": relation.certainty}
        if key not in pairs or RANK[relation.match] < RANK[pairs[key]["match"]]:
            pairs[key] = entry
    return sorted(pairs.values(), key=lambda e: (RANK[e["match"]], e["name"], e["with"]["name"]))


_TOLD = ("n", "id", "category")
_EVENT = 'event.n, id, date, "when", title, category, killed'


def _events(connection: sqlite3.Connection, window: Window) -> tuple[list[Entry], list[Entry], list[Entry]]:
    """The last events before the window, all that may fall into it, the first after it."""
    first, last = window

    def told(sql: str, *values: int) -> list[Entry]:
        rows = connection.execute(f"SELECT {_EVENT}, {sql}", values).fetchall()
        names = ("n", "id", "date", "words", "title", "category", "killed", "match")
        return [dict(zip(names, row, strict=True)) for row in rows]

    nearest = "NULL FROM event WHERE n IN (SELECT n FROM span WHERE own AND {} LIMIT {}) ORDER BY n"
    before = told(nearest.format("hi < ? ORDER BY hi DESC, lo DESC, n DESC", AROUND), first)
    own = "FROM event JOIN span ON span.n = event.n AND own WHERE"
    sure = "CASE WHEN (lo >= ? AND hi <= ?) OR (core_lo <= ? AND core_hi >= ?) THEN 'must' ELSE 'may' END"
    during = told(f"{sure} {own} lo <= ? AND hi >= ? ORDER BY event.n", first, last, last, first, last, first)
    after = told(nearest.format("lo > ? ORDER BY n", AROUND), last)
    for event in (*before, *during, *after):
        del event["n"]
    return before, during, after


def _toll(connection: sqlite3.Connection, window: Window) -> Entry:
    """What the events come to that lie surely in the year up to the window's end, and with those that may."""
    start = ordinal(from_ordinal(window[1])[0], 1, 1)
    span = (start, window[1])
    entry: Entry = {"first": iso_day(start), "last": iso_day(window[1]), "words": words(span)}
    links = read_links(connection.execute("SELECT id, target, kind FROM link JOIN event ON event.n = link.n"))
    for name, within in ((MUST, True), (MAY, False)):
        question = query.ask(connection, query.Filters(window=span, within=within))
        found = {n: (ident, category) for n, ident, category in query.table(connection, question, _TOLD)}
        figures: dict[str, dict[int, Range]] = {}
        tolls = f"SELECT n, kind, low, best, high, open FROM toll WHERE n IN ({', '.join(map(str, found))})"
        for n, kind, low, most, high, endless in connection.execute(tolls):
            figures.setdefault(kind, {})[n] = Range(low, most, high, bool(endless), disputed=False)
        sums = {kind: _sum(found, told, links) for kind, told in figures.items()}
        entry[name] = {"events": len(found), **{kind: sums[kind] for kind in KINDS if sums.get(kind)}}
    return entry


def _sum(found: Mapping[Any, tuple[Any, object]], told: Mapping[int, Range], links: Links) -> Entry | None:
    items = (Item(ident, told.get(n), category == "reporting") for n, (ident, category) in found.items())
    said = total(items, links).figures
    return said and {"low": said.low, "best": said.best, "high": said.high, "open": said.open}
