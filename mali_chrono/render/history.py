"""One actor's history: a card, its figures, its timeline with the changes of its relations between the events."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from mali_chrono.answers.actors import DOERS, STRUCK, Relation
from mali_chrono.answers.entries import Entry
from mali_chrono.answers.history import History, Side
from mali_chrono.index.fields import TIMELINE
from mali_chrono.kinds import RELATION_KINDS
from mali_chrono.render import chart, console, jsontext, plain, timeline
from mali_chrono.render.look import Look
from mali_chrono.render.markdown import escape
from mali_chrono.render.relations import (
    WORDS,
    Actors,
    aside,
    dated,
    doubt,
    list_parties,
    relation_row,
    short,
    tell_changes,
    tell_descent,
    tell_undated,
)
from mali_chrono.render.timeline import Timeline
from mali_chrono.text import counted, listing, one_line

LABEL, WIDEST = 12, 120
PEOPLE = "people"
# The card's lines about relations, in this order; a label that is not among them comes last.
ORDER = (
    "came from", "became", WORDS["part-of"].own, WORDS["led-by"].own, WORDS["led-by"].other, PEOPLE,
    WORDS["part-of"].other, WORDS["holds"].own,
)  # fmt: skip
MARKS = {True: ("◆ ", "◇ "), False: ("* ", "- ")}
LEGEND = "{0}a turn: what was founded, merged, split, began or ended, a leader lost; {1}attested then"
BARS = "by year"
Facts = Iterator[tuple[str, str]]


class Page(NamedTuple):
    """A history, what was asked, the store."""

    history: History
    query: dict[str, object]
    store: str


def title(view: History) -> str:
    """An actor's name, with its short name."""
    name: str = view.body["name"]
    return name + (f" ({view.body['short']})" if view.body["short"] else "")


def tell_facts(view: History, width: int, *, unicode: bool) -> Facts:
    """The card and the figures: labels and texts; the same label again for a further line."""
    yield from _tell_identity(view)
    yield from sorted(_tell_relations(view), key=lambda fact: ORDER.index(fact[0]) if fact[0] in ORDER else len(ORDER))
    yield from _tell_record(view)
    yield from _tell_figures(view, width, unicode=unicode)


def _tell_identity(view: History) -> Facts:
    body, me = view.body, view.actors[view.body["id"]]
    active = f", active {me.active}" if me.active else ""
    yield "what", body["kind"].replace("-", " ") + active
    if body["aliases"]:
        yield "also called", "; ".join(body["aliases"])
    if body["summary"]:
        yield "summary", body["summary"]


def _tell_relations(view: History) -> Facts:
    """Lines about each kind of relation, seen from the actor they are written on and from the other one."""
    me, actors = view.body["id"], view.actors
    for label, texts in zip(("came from", "became"), tell_descent(view.relations, me, actors), strict=True):
        yield from ((label, text) for text in texts)
    for kind in RELATION_KINDS:
        own = [r for r in view.relations if r.kind == kind.name and r.actor == me]
        others = [r for r in view.relations if r.kind == kind.name and r.target == me]
        if kind.mutual:
            own, others = _turn_together(own, others), []
        if kind.office:
            yield from ((WORDS[kind.name].own, _office(relation, actors)) for relation in own)
            yield from _tell_holders(others, actors)
        elif not kind.descent:
            if kind.membership:
                leaders = {r.target for r in view.relations if r.kind == "led-by" and r.actor == me}
                people = [r for r in others if actors[r.actor].kind == "person"]
                others = [r for r in others if r not in people]
                people = [r for r in people if r.actor not in leaders]
                yield from ((PEOPLE, text) for text in list_parties(people, "actor", actors))
            yield from ((WORDS[kind.name].own, text) for text in list_parties(own, "target", actors))
            yield from ((WORDS[kind.name].other, text) for text in list_parties(others, "actor", actors))


def _turn_together(own: Sequence[Relation], others: Sequence[Relation]) -> list[Relation]:
    """Relations that are so both ways, all told from this actor's side; one told from both sides once."""
    turned = [r._replace(actor=r.target or "", target=r.actor) for r in others]
    seen: dict[object, Relation] = {}
    for relation in (*own, *turned):
        seen.setdefault((relation.target, relation.date), relation)
    return sorted(seen.values(), key=lambda r: (r.date is None, max(r.lo, -r.hi), r.hi))


def _office(relation: Relation, actors: Actors) -> str:
    return f"{relation.office}{aside(doubt(relation, actors), dated(relation), relation.note)}"


def _tell_holders(relations: Sequence[Relation], actors: Actors) -> Facts:
    """Who held each office, in order: a line an office."""
    offices: dict[str, list[Relation]] = {}
    for relation in relations:
        offices.setdefault(relation.office or "", []).append(relation)
    for office, held in offices.items():
        bare = [relation._replace(note=None) for relation in held]  # the notes stand in the holders' own histories
        yield WORDS["holds"].other, f"{office}: {'; '.join(list_parties(bare, 'actor', actors))}"


def _tell_record(view: History) -> Facts:
    body = view.body
    for strength in body["strength"]:
        text = " ".join(part for part in (strength["figure"], strength["who"]) if part)
        says = strength["says"] and f"{short(strength['says'], view.actors)} says"
        yield "strength", text + aside(strength["when"] or "undated", says, strength["note"])
    if body["note"]:
        yield "note", body["note"]
    yield "written in", ", from ".join([body["at"], *([", ".join(body["cites"])] if body["cites"] else [])])


def _tell_figures(view: History, width: int, *, unicode: bool) -> Facts:
    figures = view.figures
    if len(view.line) > 1:
        names = [f"{short(ident, view.actors)} {n}" for ident, n in view.line]
        yield "told of", f"{listing(names)} (with the events of each)"
    events = [entry for entry in view.entries if entry.id]
    if not figures.events:
        yield "events", "none that match"
        return
    shown = f"; {len(events)} shown" if 0 < len(events) < figures.events else ""
    yield "events", f"{figures.events}{shown}"
    yield from ((BARS, text) for text in chart.by_year(figures.years, width, unicode=unicode))
    roles = [f"{role} {n}" + (f" ({unsure} in doubt)" if unsure else "") for role, n, unsure in figures.roles]
    yield "as", ", ".join(roles)
    if figures.caused.events:
        yield "dead", f"in its attacks {_side(figures.caused)}"
        yield from _command(view, DOERS)
    if figures.suffered.events:
        yield "dead", f"in attacks on it {_side(figures.suffered)}; not only its own"
        yield from _command(view, STRUCK)
    if figures.regions:
        yield "where", _most(figures.regions)
    if figures.places:
        yield "places", _most(figures.places)


def _command(view: History, roles: Sequence[str]) -> Facts:
    """The command that comes to the same sum, where there is one."""
    if view.options is not None:
        asked = view.query.get("role")
        said = [role for role in roles if not isinstance(asked, Sequence) or role in asked]
        parts = [f"--actor {ident}:{role}" for ident, _ in view.line for role in said]
        yield "", " ".join(["chrono summary", *parts, *view.options])


def _side(side: Side) -> str:
    """Low, best and high with what they rest on; the other side's dead are among them."""
    dead = side.figures
    rests = [counted(side.events, "event")]
    rests += [f"{side.untold} without a figure"] if side.untold else []
    rests += [f"{side.doubtful} in doubt"] if side.doubtful else []
    rests += [f"{side.denied} denied"] if side.denied else []
    ends = "no figure" if dead is None else f"{dead.low} low, {dead.best} best, {dead.high}{'+' * dead.open} high"
    return f"{ends}; {', '.join(rests)}"


def _most(counts: Sequence[tuple[str, int]], room: int = 6) -> str:
    more = len(counts) - room
    return ", ".join(f"{name} {n}" for name, n in counts[:room]) + (f", {more} more" if more > 0 else "")


def _timeline(page: Page, marks: tuple[str, str]) -> Timeline:
    """The entries as a timeline; turns, and what no event tells, are marked."""
    rows: list[tuple[object, ...]] = []
    rest = [field for field in TIMELINE if field != "when"]
    for entry in page.history.entries:
        cells: dict[str, object] = dict(zip(rest, entry.cells, strict=False)) if entry.cells else {}
        title = cells["title"] if cells else tell_changes(entry.changes, page.history.actors)
        mark = marks[0] if entry.turning else "" if entry.id else marks[1]
        cells |= {"when": entry.when, "title": f"{mark}{title}"}
        rows.append((*map(cells.get, TIMELINE), None, entry.year))
    return Timeline(TIMELINE, rows, (), page.query, page.store)


def _table(page: Page, look: Look) -> str:
    from rich.text import Text

    view, width = page.history, look.width or console.UNKNOWN
    narrow = min(width, WIDEST)
    facts = (
        (label, Text(text, style="cyan", no_wrap=True) if label == BARS else text)
        for label, text in tell_facts(view, narrow - LABEL, unicode=look.unicode)
    )
    parts: list[Any] = [console.rule(one_line(title(view)), narrow, look)]
    parts += [console.facts(plain.label_once(facts), LABEL), Text()]
    marks = MARKS[look.unicode]
    if view.entries:
        parts += [*timeline.draw_rows(_timeline(page, marks), width, look), Text()]
    parts += [Text(f"Undated: {one_line(tell_undated(r, view.actors))}") for r in view.undated]
    if any(entry.turning or entry.changes for entry in view.entries):
        parts.append(Text(LEGEND.format(*marks), style="dim"))
    events = sum(entry.id is not None for entry in view.entries)
    changes = len(view.entries) - events
    what = counted(events, "event") + (f" and {counted(changes, 'change')}" if changes else "")
    return console.draw([*parts, console.closing(what, page.store)], width, look)


def _plain(page: Page, look: Look) -> str:
    view = page.history
    facts = tell_facts(view, console.UNKNOWN, unicode=True)
    texts = [f"{one_line(title(view))}\n", plain.facts(plain.label_once(facts), LABEL)]
    if view.entries:
        texts += ["\n", timeline.write_plain(_timeline(page, MARKS[True]), look)]
    return "".join([*texts, *(f"Undated: {one_line(tell_undated(r, view.actors))}\n" for r in view.undated)])


def _markdown(page: Page, look: Look) -> str:
    from mali_chrono.dates.words import year_words

    view = page.history
    facts = [(label, text) for label, text in tell_facts(view, console.UNKNOWN, unicode=True) if label != BARS]
    if view.figures.years:
        facts.append((BARS, ", ".join(f"{year_words(year)}: {n}" for year, n in view.figures.years)))
    lines = (f"- {label}: {escape(text)}\n" if label else f"  {escape(text)}\n" for label, text in facts)
    texts = [f"## {escape(title(view))}\n\n", *lines]
    if view.entries:
        texts += ["\n", timeline.write_markdown(_timeline(page, MARKS[True]), look)]
    if view.undated:
        texts += ["\n", *(f"- Undated: {escape(tell_undated(r, view.actors))}\n" for r in view.undated)]
    return "".join(texts)


def relation_rows(view: History) -> list[dict[str, Any]]:
    """The relations that touch an actor, for json."""
    return [relation_row(relation) for relation in view.relations]


def _json(page: Page, look: Look) -> str:  # noqa: ARG001
    view, figures = page.history, page.history.figures
    return jsontext.envelope(
        page.query,
        {"events": view.rows},
        actor=view.body,
        line=[{"id": ident, "name": view.actors[ident].name, "events": n} for ident, n in view.line],
        relations=relation_rows(view),
        undated=[relation_row(relation) for relation in view.undated],
        figures={
            "events": figures.events,
            "years": dict(figures.years),
            "roles": [{"role": role, "events": n, "in_doubt": unsure} for role, n, unsure in figures.roles],
            "caused": chart.side(figures.caused),
            "suffered": chart.side(figures.suffered),
            "regions": dict(figures.regions),
            "places": dict(figures.places),
        },
        turning=[entry.id for entry in view.entries if entry.turning and entry.id],
        changes=[row for entry in view.entries for row in _change_rows(entry, view.actors)],
    )


def _change_rows(entry: Entry, actors: Actors) -> Iterator[dict[str, Any]]:
    """Each change of an entry; `text` is the sentence that tells the entry's changes together."""
    keys = ("date", "edge", "kind", "actor", "target", "office", "certainty", "says", "cites")
    for change in entry.changes:
        yield {key: getattr(change, key) for key in keys} | {"text": tell_changes(entry.changes, actors)}


FORMATS = {"table": _table, "plain": _plain, "json": _json, "md": _markdown}
