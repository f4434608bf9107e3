"""One actor's history: a card, its figures, its timeline with the changes of its relations between the events."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from mali_chrono.answers.actors import Relation
from mali_chrono.answers.entries import Entry
from mali_chrono.answers.history import History, Side
from mali_chrono.index.fields import TIMELINE
from mali_chrono.render import chart
from mali_chrono.render.jsontext import SCHEMA
from mali_chrono.render.look import Look, Timeline
from mali_chrono.render.relations import became, doubt, listed, parties, relation_row, sentence, short, undated

LABEL = 11
WIDEST = 120
_MARKS = {True: ("◆ ", "◇ "), False: ("* ", "- ")}
LEGEND = "{0}a turn: what was founded, merged, split, began or ended, a leader lost; {1}attested then"
Facts = Iterator[tuple[str, str]]


def histories(shape: str, view: History, query: dict[str, object], store: str, look: Look) -> str:
    """A history in one of the shapes: table, plain, json, md."""
    if shape == "json":
        return _json(view, query)
    if shape == "table":
        return _table(view, store, look)
    if shape == "md":
        return _markdown(view, look)
    return _plain(view, look)


def _title(view: History) -> str:
    name: str = view.body["name"]
    return name + (f" ({view.body['short']})" if view.body["short"] else "")


def facts(view: History, width: int, *, unicode: bool) -> Facts:
    """The card and the figures: labels and texts; the same label again for a further line."""
    yield from _identity(view)
    yield from _relations(view)
    yield from _record(view)
    yield from _figures(view, width, unicode=unicode)


def _identity(view: History) -> Facts:
    body, me = view.body, view.actors[view.body["id"]]
    active = f", active {me.active}" if me.active else ""
    yield "what", body["kind"].replace("-", " ") + active
    if body["aliases"]:
        yield "also called", "; ".join(body["aliases"])
    if body["summary"]:
        yield "summary", body["summary"]


def _relations(view: History) -> Facts:
    me, known = view.body["id"], view.actors
    own = {kind: [r for r in view.relations if r.kind == kind and r.actor == me] for kind in _KINDS}
    others = {kind: [r for r in view.relations if r.kind == kind and r.target == me] for kind in _KINDS}
    people = [r for r in others["part-of"] if known[r.actor].kind == "person"]
    groups = [r for r in others["part-of"] if known[r.actor].kind != "person"]
    leaders = {r.target for r in own["led-by"]}
    origins, fates = became(view.relations, me, known)
    yield from (("came from", text) for text in origins)
    yield from (("became", text) for text in fates)
    for label, texts in (
        ("part of", parties(own["part-of"], "target", known)),
        ("led by", parties(own["led-by"], "target", known)),
        ("led", parties(others["led-by"], "actor", known)),
        ("offices", [_office(r, view) for r in own["holds"]]),
        ("people", parties([r for r in people if r.actor not in leaders], "actor", known)),
        ("members", parties(groups, "actor", known)),
    ):
        yield from ((label, text) for text in texts)
    yield from _officials(others["holds"], view)
    for label, kind in (("allies", "allied-with"), ("rivals", "rival-of")):
        yield from ((label, text) for text in parties(_mutual(own[kind], others[kind]), "target", known))
    yield from (("helped by", text) for text in parties(own["supported-by"], "target", known))
    yield from (("helps", text) for text in parties(others["supported-by"], "actor", known))


_KINDS = ("part-of", "led-by", "holds", "allied-with", "rival-of", "supported-by")


def _mutual(own: Sequence[Relation], others: Sequence[Relation]) -> list[Relation]:
    """Relations that are so both ways, all told from this actor's side; one told from both sides once."""
    turned = [r._replace(actor=r.target or "", target=r.actor) for r in others]
    seen: dict[object, Relation] = {}
    for relation in (*own, *turned):
        seen.setdefault((relation.target, relation.date), relation)
    return sorted(seen.values(), key=lambda r: (r.date is None, max(r.lo, -r.hi), r.hi))


def _office(relation: Relation, view: History) -> str:
    told = [doubt(relation.certainty, relation.says, view.actors), _held(relation), relation.note]
    return f"{relation.office} ({'; '.join(text for text in told if text)})"


def _held(relation: Relation) -> str:
    if relation.words is None:
        return "undated"
    return relation.words if relation.lasting else f"attested {relation.words}"


def _officials(found: Sequence[Relation], view: History) -> Facts:
    """Who held each office, in order: a line an office."""
    offices: dict[str, list[Relation]] = {}
    for relation in found:
        offices.setdefault(relation.office or "", []).append(relation)
    for office, held in offices.items():
        plain = [relation._replace(note=None) for relation in held]  # the notes stand in the holders' own histories
        yield "offices", f"{office}: {'; '.join(parties(plain, 'actor', view.actors))}"


def _record(view: History) -> Facts:
    body = view.body
    for strength in body["strength"]:
        told = (strength["figure"], strength["who"])
        said = [strength["when"] or "undated", strength["says"] and f"{short(strength['says'], view.actors)} says"]
        text = " ".join(part for part in told if part)
        yield "strength", f"{text} ({'; '.join(part for part in (*said, strength['note']) if part)})"
    if body["note"]:
        yield "note", body["note"]
    yield "written in", ", from ".join([body["at"], *([", ".join(body["cites"])] if body["cites"] else [])])


def _figures(view: History, width: int, *, unicode: bool) -> Facts:
    figures = view.figures
    if len(view.line) > 1:
        told = [f"{short(ident, view.actors)} {n}" for ident, n in view.line]
        yield "told of", f"{listed(told)} (with the events of each)"
    events = [entry for entry in view.entries if entry.id]
    if not figures.events:
        yield "events", "none that match"
        return
    shown = f"; {len(events)} shown" if len(events) < figures.events else ""
    yield "events", f"{figures.events}{shown}"
    yield from (("by year", text) for text in chart.by_year(figures.years, width, unicode=unicode))
    roles = [f"{role} {n}" + (f" ({unsure} in doubt)" if unsure else "") for role, n, unsure in figures.roles]
    yield "as", ", ".join(roles)
    if figures.caused.events:
        yield "dead", f"in its attacks {_side(figures.caused)}"
    if figures.suffered.events:
        yield "dead", f"in attacks on it {_side(figures.suffered)}; not only its own"
    if figures.regions:
        yield "where", _most(figures.regions)
    if figures.places:
        yield "places", _most(figures.places)


def _side(side: Side) -> str:
    """Low, best and high with what they rest on; the other side's dead are among them."""
    found = side.figures
    said = [f"{side.events} event{'s' * (side.events != 1)}"]
    said += [f"{side.untold} without a figure"] if side.untold else []
    said += [f"{side.doubtful} in doubt"] if side.doubtful else []
    told = "no figure" if found is None else f"{found.low} low, {found.best} best, {found.high}{'+' * found.open} high"
    return f"{told}; {', '.join(said)}"


def _most(counts: Sequence[tuple[str, int]], room: int = 6) -> str:
    more = len(counts) - room
    return ", ".join(f"{name} {n}" for name, n in counts[:room]) + (f", {more} more" if more > 0 else "")


def timeline(view: History, marks: tuple[str, str]) -> list[tuple[object, ...]]:
    """The entries as rows of a timeline; turns, and what no event tells, are marked."""
    rows: list[tuple[object, ...]] = []
    for entry in view.entries:
        cells = entry.cells or (sentence(entry.changes, view.actors), None, None, None)
        mark = marks[0] if entry.turning else "" if entry.id else marks[1]
        title = mark + str(cells[0])
        rows.append((entry.when, title, *cells[1:], entry.year))
    return rows


def _closing(view: History, store: str) -> str:
    events = sum(entry.id is not None for entry in view.entries)
    changes = len(view.entries) - events
    told = f"{events} event{'s' * (events != 1)}"
    return told + (f" and {changes} change{'s' * (changes != 1)}" if changes else "") + f", from the store: {store}"


def _table(view: History, store: str, look: Look) -> str:
    from rich.table import Table
    from rich.text import Text

    from mali_chrono.render.console import draw, plain_text, rule
    from mali_chrono.render.timeline import UNKNOWN, body

    width = look.width or UNKNOWN
    narrow = min(width, WIDEST)
    grid = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1, 0, 0))
    grid.add_column(width=LABEL)
    grid.add_column(overflow="fold", ratio=1)
    before = ""
    for label, text in facts(view, narrow - LABEL - 1, unicode=look.unicode):
        bars = label == "by year"
        shown = Text(text if bars else plain_text(text), style="cyan" if bars else "", no_wrap=bars)
        grid.add_row(Text("" if label == before else label, style="dim"), shown)
        before = label
    parts: list[Any] = [rule(plain_text(_title(view)), narrow, look), grid, Text()]
    marks = _MARKS[look.unicode]
    rows = timeline(view, marks)
    if rows:
        parts += [*body(Timeline(TIMELINE, rows, (), {}, store), width, look), Text()]
    parts += [Text(f"Undated: {plain_text(undated(r, view.actors))}") for r in view.undated]
    if any(entry.turning or entry.changes for entry in view.entries):
        parts.append(Text(LEGEND.format(*marks), style="dim"))
    parts.append(Text(plain_text(_closing(view, store)), style="dim"))
    return draw(parts, width, look)


def _plain(view: History, look: Look) -> str:
    from mali_chrono.render.plain import plain

    told = [f"{_title(view)}\n"]
    before = ""
    for label, text in facts(view, 100, unicode=True):
        told.append(
            f"{'' if label == before else label:<{LABEL}} {' '.join(text.split()) if label != 'by year' else text}\n"
        )
        before = label
    rows = timeline(view, _MARKS[True])
    if rows:
        told += ["\n", plain(Timeline(TIMELINE, rows, (), {}, ""), look)]
    told += [f"Undated: {undated(r, view.actors)}\n" for r in view.undated]
    return "".join(told)


def _markdown(view: History, look: Look) -> str:
    from mali_chrono.dates.words import year_words
    from mali_chrono.render.markdown import escape, md

    told = [f"## {escape(_title(view))}\n\n"]
    told += [f"- {label}: {escape(text)}\n" for label, text in facts(view, 100, unicode=True) if label != "by year"]
    if view.figures.years:
        told.append(f"- by year: {', '.join(f'{year_words(year)}: {n}' for year, n in view.figures.years)}\n")
    rows = timeline(view, _MARKS[True])
    if rows:
        told += ["\n", md(Timeline(TIMELINE, rows, (), {}, ""), look)]
    if view.undated:
        told += ["\n", *(f"- Undated: {escape(undated(r, view.actors))}\n" for r in view.undated)]
    return "".join(told)


def _json(view: History, query: dict[str, object]) -> str:
    figures = view.figures
    told = {
        "events": figures.events,
        "years": dict(figures.years),
        "roles": [{"role": role, "events": n, "in_doubt": unsure} for role, n, unsure in figures.roles],
        "caused": chart.side(figures.caused),
        "suffered": chart.side(figures.suffered),
        "regions": dict(figures.regions),
        "places": dict(figures.places),
    }
    head = {
        "schema": SCHEMA,
        "query": query,
        "actor": view.body,
        "line": [{"id": ident, "name": view.actors[ident].name, "events": n} for ident, n in view.line],
        "relations": [relation_row(relation) for relation in view.relations],
        "undated": [relation_row(relation) for relation in view.undated],
        "figures": told,
        "turning": [entry.id for entry in view.entries if entry.turning and entry.id],
        "changes": [row for entry in view.entries for row in _change_rows(entry, view)],
    }
    text = json.dumps(head, ensure_ascii=False)
    rows = ",\n".join(view.rows)
    return f'{text[:-1]},\n"events": [{f"{chr(10)}{rows}{chr(10)}" if rows else ""}]}}\n'


def _change_rows(entry: Entry, view: History) -> Iterator[dict[str, Any]]:
    """Each change of an entry; `text` is the sentence that tells the entry's changes together."""
    for change in entry.changes:
        yield {
            "date": change.date,
            "edge": change.edge,
            "kind": change.kind,
            "actor": change.actor,
            "target": change.target,
            "office": change.office,
            "certainty": change.certainty,
            "says": change.says,
            "cites": list(change.cites),
            "text": sentence(entry.changes, view.actors),
        }
