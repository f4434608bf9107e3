"""An actor's card, labels and texts: what it is, its relations, what its events come to."""

from collections.abc import Iterator, Sequence

from mali_chrono.answers.actors import Relation
from mali_chrono.answers.history import DOERS, STRUCK, History, Side
from mali_chrono.kinds import RELATION_KINDS
from mali_chrono.render import chart
from mali_chrono.render.elsewhere import tell_elsewhere
from mali_chrono.render.relations import (
    WORDS,
    Actors,
    aside,
    dated,
    doubt,
    list_parties,
    short,
    tell_descent,
)
from mali_chrono.text import counted, listing

PEOPLE = "people"
# The card's lines about relations, in this order; a label that is not among them comes last.
ORDER = (
    "came from", "became", WORDS["part-of"].own, WORDS["led-by"].own, WORDS["led-by"].other, PEOPLE,
    WORDS["part-of"].other, WORDS["holds"].own,
)  # fmt: skip
BARS = "by year"
Facts = Iterator[tuple[str, str]]


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
                people = [r for r in others if actors[r.actor].kind in view.words.persons]
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
    yield from tell_elsewhere(body)
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
    main = view.words.main
    if main and figures.caused.events:
        yield main.heading, f"{main.doing} {_side(figures.caused)}"
        yield from _command(view, DOERS)
    if main and figures.suffered.events:
        yield main.heading, f"{main.done} {_side(figures.suffered)}; not only its own"
        yield from _command(view, STRUCK)
    if figures.regions:
        yield "where", _most(figures.regions)
    if figures.places:
        yield "places", _most(figures.places)


def _command(view: History, meanings: Sequence[str]) -> Facts:
    """The command that comes to the same sum, where there is one."""
    if view.options is not None:
        asked = view.question.resolved.get("role")
        said = [role for role in view.words.roles_that(*meanings) if not asked or role in asked]
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
