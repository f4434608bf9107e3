"""Families of actors as graphs, for Mermaid and for Graphviz."""

from collections.abc import Iterator, Sequence

from mali_chrono.answers.actors import Relation
from mali_chrono.answers.lineage import Family
from mali_chrono.kinds import MEMBERSHIP
from mali_chrono.render.relations import WORDS, Actors, aside, dated, doubt
from mali_chrono.text import one_line


def _edge(relation: Relation, actors: Actors) -> str:
    """What stands at an edge of a graph: how and when, and whether it is in doubt."""
    return f"{WORDS[relation.kind].verb}, {dated(relation)}" + aside(doubt(relation, actors))


def flowchart(families: Sequence[Family], chosen: str | None) -> Iterator[str]:
    """A flowchart: full arrows from the earlier actor to the later one, dotted ones from a member to its umbrella."""
    yield "flowchart LR"
    numbers = {ident: f"a{n}" for n, ident in enumerate(ident for family in families for ident in family.actors)}
    for family in families:
        for ident, actor in family.actors.items():
            active = f"<br>{_entities(actor.active)}" if actor.active else ""
            yield f'    {numbers[ident]}["{_entities(actor.short)}{active}"]'
        for relation in (*family.descent, *family.umbrellas):
            ends = numbers[relation.earlier], numbers[relation.later]
            umbrella = relation.kind in MEMBERSHIP
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
    return "".join(_ENTITIES.get(c, c) for c in one_line(text))


def digraph(families: Sequence[Family], chosen: str | None) -> Iterator[str]:
    """A directed graph: solid from the earlier actor to the later one, dashed from a member to its umbrella."""
    yield "digraph lineage {"
    yield '    rankdir=LR; charset="UTF-8";'
    yield '    node [shape=box, fontname="sans-serif"]; edge [fontname="sans-serif", fontsize=10];'
    for family in families:
        for ident, actor in family.actors.items():
            label = _quoted(actor.short) + (f"\\n{_quoted(actor.active)}" if actor.active else "")
            yield f'    "{_quoted(ident)}" [label="{label}"{", penwidth=3" if ident == chosen else ""}];'
        for relation in (*family.descent, *family.umbrellas):
            umbrella = relation.kind in MEMBERSHIP
            ends = (relation.earlier, relation.later)
            start, end = ends[::-1] if umbrella else ends
            style = ", style=dashed" if umbrella else ""
            label = _quoted(_edge(relation, family.actors))
            yield f'    "{_quoted(start)}" -> "{_quoted(end)}" [label="{label}"{style}];'
    yield "}"


def _quoted(text: str) -> str:
    """A text inside a quoted string of the DOT language, in which a backslash begins an escape."""
    return one_line(text).replace("\\", "\\\\").replace('"', '\\"')
