"""Which actors and relations held at a time: what the store states with dates, and what its events bear out."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from mali_chrono.dates.edtf import iso_day, parse
from mali_chrono.dates.spans import FAR, Span, inside, overlap
from mali_chrono.dates.words import describe

Window = tuple[int, int]
MUST, MAY, ATTESTED, UNDATED = "must", "may", "attested", "undated"
RANK = {MUST: 0, ATTESTED: 1, MAY: 2, UNDATED: 3}
# How many days before and after the window an attestation is worth telling. The last leader of a group always is; who
# comes later may be a successor, so a later one must be close, or the same person's.
NEAR, SOON = 731, 31
_REVERSED = {"part-of": "umbrella-of", "led-by": "leader-of", "supported-by": "supports"}
FOREIGN = ("mission", "operation", "external-forces")
ARMED = ("rebel-group", "political-militia", "identity-militia", "state-forces")
HERE = "in events of this time"
# In these roles an actor does something, and so is there.
ACTING = ("perpetrator", "target", "participant", "signatory", "claimant", "supporter")


class Actor(NamedTuple):
    """An actor as the index keeps it; `first` is the earliest day anything is told of it, None where nothing is."""

    id: str
    name: str
    short: str
    kind: str
    span: Span
    active: str | None
    words: str | None
    first: int | None


class Relation(NamedTuple):
    """A relation, and how it holds in the window: must, may, attested (a point in it), undated; None: it does not."""

    actor: str
    kind: str
    target: str | None
    office: str | None
    span: Span
    lasting: bool
    date: str | None
    words: str | None
    certainty: str
    note: str | None
    cites: str
    match: str | None


class Evidence(NamedTuple):
    """What shows that an actor was there: `by` active, side, relation or events; `words` say when."""

    by: str
    match: str
    words: str
    detail: dict[str, Any]


class Scene(NamedTuple):
    """All actors and relations of a store, seen from a window; `evidence` only for those of whom there is any."""

    window: Window
    actors: Mapping[str, Actor]
    relations: list[Relation]
    evidence: Mapping[str, list[Evidence]]
    sides: Mapping[str, list[dict[str, Any]]]


def holds(span: Span, core: Span | None, window: Window) -> str | None:
    """Whether what has a date held in a window: surely, when its core meets it; maybe, when its span does."""
    if core is not None and overlap(core, window):
        return MUST
    return MAY if overlap(span, window) else None


def dated(text: str, window: Window) -> str | None:
    """The same for an EDTF text."""
    date = parse(text)
    return holds(date.span, date.core, window)


def best(matches: Iterable[str]) -> str:
    """The surest of several."""
    return min(matches, key=RANK.__getitem__)


def scene(connection: sqlite3.Connection, window: Window) -> Scene:
    """Read all actors and relations, and what shows who was there."""
    first = dict(
        connection.execute(
            "SELECT actor, min(lo) FROM part JOIN span USING (n) WHERE direct AND own AND lo > ? GROUP BY actor",
            (-FAR,),
        ).fetchall()
    )
    told = "SELECT {}, min(lo) FROM relation WHERE lo > ? GROUP BY 1"
    for side in ("actor", "target"):
        for ident, day in connection.execute(told.format(side), (-FAR,)):
            first[ident] = min(day, first.get(ident, day))
    actors = {}
    for ident, name, short, kind, low, high, active, words in connection.execute(
        "SELECT id, name, short, kind, lo, hi, json_extract(body, '$.active'), active FROM actor"
    ):
        span = _open(low, high)
        known = [day for day in (span[0], first.get(ident)) if day is not None]
        actors[ident] = Actor(ident, name, short, kind, span, active, words, min(known, default=None))
    columns = "actor, kind, target, office, lo, hi, core_lo, core_hi, lasting, date, words, certainty, note, cites"
    relations = [_relation(row, actors, window) for row in connection.execute(f"SELECT {columns} FROM relation")]
    sides = _sides(connection, window)
    return Scene(window, actors, relations, _evidence(connection, actors, relations, sides, window), sides)


def _open(low: int, high: int) -> Span:
    return (None if low <= -FAR else low, None if high >= FAR else high)


def _relation(row: tuple[Any, ...], actors: Mapping[str, Actor], window: Window) -> Relation:
    actor, kind, target, office, low, high, core_low, core_high, lasting, date, words, certainty, note, cites = row
    span = _open(low, high)
    core = None if core_low is None else _open(core_low, core_high)
    match = UNDATED if date is None else holds(span, core, window)
    if match and date and not lasting:
        match = ATTESTED if match == MUST or inside(span, window) else MAY
    for party in (actor, target):
        known = actors.get(party)
        if known and (not overlap(known.span, window) or not _told(known, span, window)):
            match = None  # it outlives neither of its parties, and reaches back no further than they are told of
    return Relation(actor, kind, target, office, span, bool(lasting), date, words, certainty, note, cites, match)


def _told(actor: Actor, span: Span, window: Window) -> bool:
    return span[0] is not None or (actor.first is not None and actor.first <= window[1])


def _sides(connection: sqlite3.Connection, window: Window) -> dict[str, list[dict[str, Any]]]:
    """Who stood on which side of what lasted in the window, by actor; wars first, then the surest."""
    found: dict[str, list[dict[str, Any]]] = {}
    rows = connection.execute("SELECT body FROM period WHERE lo <= ? AND hi >= ? ORDER BY lo", (window[1], window[0]))
    for (text,) in rows:
        period = json.loads(text)
        for part in period.get("actors", ()):
            date = part["date"] or period["date"]
            match = dated(date, window)
            if match:
                side = {"period": period["id"], "name": period["name"], "kind": period["kind"], "side": part["side"]}
                side["date"] = date
                found.setdefault(part["id"], []).append({**side, "words": describe(parse(date)), "match": match})
    for parts in found.values():
        parts.sort(key=lambda side: (side["kind"] != "war", RANK[side["match"]]))
    return found


def _evidence(
    connection: sqlite3.Connection, actors: Mapping[str, Actor], relations: Iterable[Relation],
    sides: Mapping[str, list[dict[str, Any]]], window: Window,
) -> dict[str, list[Evidence]]:  # fmt: skip
    """What shows that each actor was there; nothing for one whose stated years exclude it."""
    found: dict[str, list[Evidence]] = {}
    for ident, actor in actors.items():
        if actor.active:
            match = dated(actor.active, window)
            if match and _told(actor, actor.span, window):
                found[ident] = [Evidence("active", match, actor.words or "", {"date": actor.active})]
    for ident, parts in sides.items():
        found.setdefault(ident, []).extend(Evidence("side", side["match"], side["words"], side) for side in parts)
    for relation in relations:
        if relation.match in (MUST, MAY, ATTESTED) and relation.kind != "holds":
            for party, other in ((relation.actor, relation.target), (relation.target, relation.actor)):
                if party and other and (relation.match == MUST or party == relation.actor):
                    way = relation.kind if party == relation.actor else _REVERSED.get(relation.kind, relation.kind)
                    detail = {"kind": way, "with": other, "name": actors[other].short, "date": relation.date}
                    said = Evidence("relation", relation.match, relation.words or "", detail)
                    found.setdefault(party, []).append(said)
    bodies = {ident for ident, actor in actors.items() if actor.kind in (*ARMED, *FOREIGN)}
    for ident, evidence in _seen(connection, bodies, window):
        found.setdefault(ident, []).append(evidence)
    return {
        ident: evidence
        for ident, evidence in found.items()
        if not (actors[ident].active and not overlap(actors[ident].span, window))
    }


def _seen(connection: sqlite3.Connection, bodies: set[str], window: Window) -> Iterable[tuple[str, Evidence]]:
    """Those of some actors that did something in the window, or both before and after it."""
    first, last = window
    marks = ", ".join("?" * len(ACTING))
    rows = connection.execute(
        "SELECT actor, max(CASE WHEN hi < ? THEN hi END), min(CASE WHEN lo > ? THEN lo END),"
        " max((lo >= ? AND hi <= ?) OR coalesce(core_lo <= ? AND core_hi >= ?, 0)), max(lo <= ? AND hi >= ?)"
        f" FROM part JOIN span ON span.n = part.n WHERE direct AND own AND role IN ({marks}) GROUP BY actor",
        (first, last, first, last, last, first, last, first, *ACTING),
    )
    for ident, before, after, surely, touching in rows:
        if ident not in bodies:
            continue
        days = {"before": before and iso_day(before), "after": after and iso_day(after)}
        if surely:
            yield ident, Evidence("events", MUST, HERE, days)
        elif before is not None and after is not None:
            yield ident, Evidence("events", MUST, f"in events up to {_day(before)} and from {_day(after)}", days)
        elif touching:
            yield ident, Evidence("events", MAY, "in an event that may be of this time", days)


def _day(day: int) -> str:
    return describe(parse(iso_day(day)))


def attested(relations: Iterable[Relation], window: Window, near: int | None) -> list[tuple[Relation, str]]:
    """Who stood in a relation when it was last attested "before" the window, and when first "after" it.

    `near` bounds how many days before it that may be. The same on both sides is one, "around". Where an interval lies
    nearer, nobody is given.
    """
    before: dict[int, list[Relation]] = {}
    after: dict[int, list[Relation]] = {}
    for relation in relations:
        first, last = relation.span
        if last is not None and last < window[0]:
            before.setdefault(last, []).append(relation)
        elif first is not None and first > window[1]:
            after.setdefault(first, []).append(relation)
    last, first = max(before, default=None), min(after, default=None)
    found: dict[tuple[str, str | None], tuple[Relation, str]] = {}
    if last is not None and (near is None or window[0] - last <= near):
        found = {(r.actor, r.target): (r, "before") for r in before[last] if not r.lasting}
    for relation in [] if first is None else after[first]:
        key = (relation.actor, relation.target)
        if relation.lasting or first is None or first - window[1] > (NEAR if key in found else SOON):
            continue
        if key in found:
            one = found[key][0]
            both = one._replace(words=f"{one.words} and {relation.words}", date=f"{{{one.date},{relation.date}}}")
            found[key] = (both._replace(cites=f"{one.cites}, {relation.cites}"), "around")
        else:
            found[key] = (relation, "after")
    return list(found.values())
