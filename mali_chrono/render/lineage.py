"""Families of actors: a tree for a person, a graph for Mermaid and Graphviz, json for a program."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from mali_chrono.answers.actors import Actor, Relation
from mali_chrono.answers.lineage import Family
from mali_chrono.render.jsontext import SCHEMA
from mali_chrono.render.look import Look
from mali_chrono.render.relations import dated, doubt, listed, relation_row, short
from mali_chrono.text import printable
from mali_chrono.text import width as text_width

WIDEST = 120
VERBS = {
    "renamed-from": "renamed",
    "splinter-of": "split off",
    "alliance-of": "merged",
    "joined": "joined",
    "part-of": "part of it",
}
_LINES = {True: ("├─ ", "└─ ", "│  ", "   "), False: ("|- ", "`- ", "|  ", "   ")}


class Line(NamedTuple):
    """A line of a tree: what stands before it (on its first line and on further ones), the name, and what is told."""

    first: str
    rest: str
    name: str
    told: str


def lineage(shape: str, found: Sequence[Family], chosen: str | None, query: dict[str, object], look: Look) -> str:
    """Families in one of the shapes: tree, mermaid, dot, json; `chosen` is the actor that was asked for."""
    if shape == "json":
        return _json(found, query)
    if shape == "mermaid":
        return "".join(f"{line}\n" for line in _mermaid(found, chosen))
    if shape == "dot":
        return "".join(f"{line}\n" for line in _dot(found, chosen))
    return _tree(found, chosen, look)


def _tree(found: Sequence[Family], chosen: str | None, look: Look) -> str:
    if not found:
        return "No actor comes from another.\n"
    if look.width is None and not look.color:
        return "\n".join("".join(_plainly(family, chosen, look)) for family in found)
    from rich.text import Text

    from mali_chrono.render.console import draw, rule

    width = min(look.width or 100, WIDEST)
    parts: list[Any] = []
    for family in found:
        parts.append(rule(_title(family, chosen), width, look))
        for line in _lines(family, look):
            style = "bold" if line is None or line.name != _short(chosen, family) else "bold reverse"
            parts += _wrapped(line, width, style) if line else [Text()]
        parts.append(Text())
    return draw(parts, width, look)


def _plainly(family: Family, chosen: str | None, look: Look) -> Iterator[str]:
    yield f"{_title(family, chosen)}\n"
    for line in _lines(family, look):
        yield f"{line.first}{_clean(line.name)}{_clean(line.told)}\n" if line else "\n"


def _short(chosen: str | None, family: Family) -> str:
    return family.actors[chosen].short if chosen else ""


def _title(family: Family, chosen: str | None) -> str:
    count = len(family.actors)
    head = chosen if chosen in family.actors else _head(family)
    return f"The family of {_clean(family.actors[head].short)}: {count} actor{'s' * (count != 1)}"


def _head(family: Family) -> str:
    """The actor that most relations touch."""
    touching = [end for r in (*family.descent, *family.umbrellas) for end in (r.earlier, r.later)]
    earlier = [r.earlier for r in (*family.descent, *family.umbrellas)]
    return max(sorted(family.actors), key=lambda actor: (touching.count(actor), earlier.count(actor)))


def _lines(family: Family, look: Look) -> Iterator[Line | None]:
    """The trees of a family: who came from whom, then who was part of whom; None is an empty line."""
    guides = _LINES[look.unicode]
    if not family.descent and not family.umbrellas:
        for actor in family.actors.values():
            yield Line("", "", actor.short, _active(actor) + "; no relative is told of")
    if family.descent:
        yield from _grown(family, family.descent, guides)
    if family.umbrellas:
        if family.descent:
            yield None
            yield Line("", "", "Umbrellas", ", and who was part of them")
        yield from _grown(family, family.umbrellas, guides)


def _grown(family: Family, relations: Sequence[Relation], guides: tuple[str, str, str, str]) -> Iterator[Line]:
    """Trees of the relations, each actor's own once; where it comes up again it is only named.

    A cycle has no root and starts at its first actor; the stack is ours, so that no depth is too deep.
    """
    below: dict[str, list[Relation]] = {}
    for relation in relations:
        below.setdefault(relation.earlier, []).append(relation)
    within = sorted({end for r in relations for end in (r.earlier, r.later)}, key=lambda a: (family.actors[a].lo, a))
    later = {relation.later for relation in relations}
    grown: set[str] = set()
    for root in sorted(within, key=lambda actor: actor in later):
        if root in grown:
            continue
        stack = [(Line("", "", family.actors[root].short, _active(family.actors[root])), root)]
        while stack:
            line, actor = stack.pop()
            again = actor in grown and actor in below
            yield line._replace(told=" (see above)" * again + line.told)
            if actor in grown:
                continue
            grown.add(actor)
            branches = []
            told = _branches(actor, below.get(actor, ()), relations, family.actors)
            for i, (child, text) in enumerate(told):
                last = i == len(told) - 1
                first, rest = line.rest + guides[last], line.rest + guides[2 + last]
                branches.append((Line(first, rest, family.actors[child].short, text), child))
            stack += reversed(branches)


def _branches(
    actor: str, below: Sequence[Relation], relations: Sequence[Relation], known: Mapping[str, Actor]
) -> list[tuple[str, str]]:
    """What grows out of an actor: each one once, with how, when, with whom and in doubt or not."""
    told: dict[str, list[str]] = {}
    for relation in below:
        verb = VERBS[relation.kind]
        if relation.kind == "alliance-of":
            others = [r for r in relations if r.kind == "alliance-of" and r.actor == relation.actor]
            others = sorted((r for r in others if r.target != actor), key=lambda r: (r.hi, r.target or ""))
            verb = "merger" + (f" with {listed([short(r.target, known) for r in others])}" if others else "")
        said = [dated(relation) if relation.kind == "part-of" else f"{verb}, {dated(relation)}"]
        said += [text for text in (doubt(relation.certainty, relation.says, known), relation.note) if text]
        mark = "?" * (relation.certainty != "confirmed")
        told.setdefault(relation.later, []).append(f"{mark}: {'; '.join(said)}")
    return [(child, "".join([texts[0], *(f" and{text[1:]}" for text in texts[1:])])) for child, texts in told.items()]


def _active(actor: Actor) -> str:
    return f", active {actor.active}" if actor.active else ""


def _clean(text: str) -> str:
    """A text on one line that a terminal only shows; a blank at its beginning stays."""
    return " " * text[:1].isspace() + " ".join(printable(text).split())


def _wrapped(line: Line, width: int, style: str) -> Iterator[Any]:
    """A line of a tree in as many lines as it needs, the guides carried on."""
    from rich.text import Text

    room = max(width - text_width(line.rest), 16)
    name = _clean(line.name)
    rows = [""]
    for word in (name + _clean(line.told)).split(" "):
        if rows[-1] and text_width(rows[-1]) + 1 + text_width(word) > room:
            rows.append(word)
        else:
            rows[-1] += (" " if rows[-1] else "") + word
    for i, row in enumerate(rows):
        shown = Text(line.rest if i else line.first, style="dim", overflow="fold")
        bold = len(name) if i == 0 and row.startswith(name) else 0
        shown.append(row[:bold], style=f"not dim {style}")
        shown.append(row[bold:], style="not dim")
        yield shown


def _edge(relation: Relation, known: Mapping[str, Actor]) -> str:
    """What stands at an edge of a graph: how and when, and whether it is in doubt."""
    verb = "part of" if relation.kind == "part-of" else VERBS[relation.kind]
    said = doubt(relation.certainty, relation.says, known)
    return f"{verb}, {dated(relation)}" + (f" ({said})" if said else "")


def _mermaid(found: Sequence[Family], chosen: str | None) -> Iterator[str]:
    """A flowchart: full arrows from the earlier actor to the later one, dotted ones from a member to its umbrella."""
    yield "flowchart LR"
    numbers = {ident: f"a{n}" for n, ident in enumerate(ident for family in found for ident in family.actors)}
    for family in found:
        for ident, actor in family.actors.items():
            active = f"<br>{_entities(actor.active)}" if actor.active else ""
            yield f'    {numbers[ident]}["{_entities(actor.short)}{active}"]'
        for relation in (*family.descent, *family.umbrellas):
            ends = numbers[relation.earlier], numbers[relation.later]
            umbrella = relation.kind == "part-of"
            start, end = ends[::-1] if umbrella else ends
            yield f'    {start} {"-.->" if umbrella else "-->"}|"{_entities(_edge(relation, family.actors))}"| {end}'
    if chosen is not None:
        yield f"    style {numbers[chosen]} stroke-width:4px"


_ENTITIES = {
    "#": "#35;",
    '"': "#quot;",
    "<": "#lt;",
    ">": "#gt;",
    "&": "#amp;",
    "`": "#96;",
    "\\": "#92;",
    "|": "#124;",
}


def _entities(text: str) -> str:
    """A text as a quoted Mermaid label shows it, whatever is in it."""
    return "".join(_ENTITIES.get(c, c) for c in _clean(text))


def _dot(found: Sequence[Family], chosen: str | None) -> Iterator[str]:
    """A directed graph: solid from the earlier actor to the later one, dashed from a member to its umbrella."""
    yield "digraph lineage {"
    yield '    rankdir=LR; charset="UTF-8";'
    yield '    node [shape=box, fontname="sans-serif"]; edge [fontname="sans-serif", fontsize=10];'
    for family in found:
        for ident, actor in family.actors.items():
            label = _quoted(actor.short) + (f"\\n{_quoted(actor.active)}" if actor.active else "")
            yield f'    "{_quoted(ident)}" [label="{label}"{", penwidth=3" if ident == chosen else ""}];'
        for relation in (*family.descent, *family.umbrellas):
            umbrella = relation.kind == "part-of"
            ends = (relation.earlier, relation.later)
            start, end = ends[::-1] if umbrella else ends
            style = ", style=dashed" if umbrella else ""
            label = _quoted(_edge(relation, family.actors))
            yield f'    "{_quoted(start)}" -> "{_quoted(end)}" [label="{label}"{style}];'
    yield "}"


def _quoted(text: str) -> str:
    """A text inside a quoted string of the DOT language, in which a backslash begins an escape."""
    return _clean(text).replace("\\", "\\\\").replace('"', '\\"')


def _json(found: Sequence[Family], query: dict[str, object]) -> str:
    rows = []
    for family in found:
        actors = [
            {"id": actor.id, "name": actor.name, "short": actor.short, "kind": actor.kind, "active": actor.active}
            for actor in family.actors.values()
        ]
        relations = [_row(relation) for relation in (*family.descent, *family.umbrellas)]
        rows.append(json.dumps({"actors": actors, "relations": relations}, ensure_ascii=False))
    head = f'{{"schema": "{SCHEMA}", "query": {json.dumps(query, ensure_ascii=False)},\n"families": ['
    return head + ("\n" + ",\n".join(rows) + "\n" if rows else "") + "]}\n"


def _row(relation: Relation) -> dict[str, Any]:
    return {**relation_row(relation), "earlier": relation.earlier, "later": relation.later}
