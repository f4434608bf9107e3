"""Families of actors: a tree for a person, a graph for Mermaid and Graphviz, json for a program."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from mali_chrono.answers.actors import Actor, Relation
from mali_chrono.answers.lineage import Family
from mali_chrono.kinds import MEMBERSHIP
from mali_chrono.render import console, formats, jsontext
from mali_chrono.render.graphs import digraph, flowchart
from mali_chrono.render.look import Column, Look
from mali_chrono.render.relations import WORDS, Actors, dated, doubt, mark, relation_row, short
from mali_chrono.render.tabular import Table, Tabular
from mali_chrono.text import counted, listing, one_line
from mali_chrono.text import width as text_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.answers.about import About

WIDEST = 120
NOTHING = "No actor comes from another."
_LINES = {True: ("├─ ", "└─ ", "│  ", "   "), False: ("|- ", "`- ", "|  ", "   ")}


class Line(NamedTuple):
    """A line of a tree: what stands before it (on its first line and on further ones), the name, what is said of it."""

    first: str
    rest: str
    name: str
    text: str


class Page(NamedTuple):
    """Families; the actor that was asked for, if one was; what was asked, the store, what the answer says of itself."""

    families: Sequence[Family]
    chosen: str | None
    query: dict[str, object]
    store: str
    about: "About | None" = None


def _tree(page: Page, look: Look) -> str:
    if not look.is_terminal and not look.color:
        texts = ["".join(_plain(family, page.chosen, look)) for family in page.families]
        return "\n".join(texts) or f"{NOTHING}\n"
    from rich.text import Text

    width = min(look.width or console.UNKNOWN, WIDEST)
    parts: list[Any] = [] if page.families else [Text(NOTHING), Text()]
    for family in page.families:
        parts.append(console.rule(_title(family, page.chosen), width, look))
        for line in _lines(family, look):
            style = "bold" if line is None or line.name != _short(page.chosen, family) else "bold reverse"
            parts += _wrapped(line, width, style) if line else [Text()]
        parts.append(Text())
    what = counted(len(page.families), "family", "families")
    return console.draw([*parts, console.closing(what, page.store)], width, look)


def _plain(family: Family, chosen: str | None, look: Look) -> Iterator[str]:
    yield f"{_title(family, chosen)}\n"
    for line in _lines(family, look):
        yield f"{line.first}{one_line(line.name)}{one_line(line.text)}\n" if line else "\n"


def _short(chosen: str | None, family: Family) -> str:
    return family.actors[chosen].short if chosen else ""


def _title(family: Family, chosen: str | None) -> str:
    head = chosen if chosen in family.actors else _head(family)
    return f"The family of {one_line(family.actors[head].short)}: {counted(len(family.actors), 'actor')}"


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
            yield line._replace(text=" (see above)" * again + line.text)
            if actor in grown:
                continue
            grown.add(actor)
            branches = []
            children = _branches(actor, below.get(actor, ()), relations, family.actors)
            for i, (child, text) in enumerate(children):
                last = i == len(children) - 1
                first, rest = line.rest + guides[last], line.rest + guides[2 + last]
                branches.append((Line(first, rest, family.actors[child].short, text), child))
            stack += reversed(branches)


def _branches(
    actor: str, below: Sequence[Relation], relations: Sequence[Relation], actors: Actors
) -> list[tuple[str, str]]:
    """What grows out of an actor: each one once, with how, when, with whom and in doubt or not."""
    branches: dict[str, list[str]] = {}
    for relation in below:
        words = WORDS[relation.kind]
        verb = words.verb
        if words.together:
            others = [r for r in relations if r.kind == relation.kind and r.actor == relation.actor]
            others = sorted((r for r in others if r.target != actor), key=lambda r: (r.hi, r.target or ""))
            verb = "merger" + (f" with {listing([short(r.target, actors) for r in others])}" if others else "")
        parts = [dated(relation) if relation.kind in MEMBERSHIP else f"{verb}, {dated(relation)}"]
        parts += [text for text in (doubt(relation, actors), relation.note) if text]
        branches.setdefault(relation.later, []).append(f"{mark(relation)}: {'; '.join(parts)}")
    return [
        (child, "".join([texts[0], *(f" and{text[1:]}" for text in texts[1:])])) for child, texts in branches.items()
    ]


def _active(actor: Actor) -> str:
    return f", active {actor.active}" if actor.active else ""


def _wrapped(line: Line, width: int, style: str) -> Iterator[Any]:
    """A line of a tree in as many lines as it needs, the guides carried on."""
    from rich.text import Text

    room = max(width - text_width(line.rest), 16)
    name = one_line(line.name)
    rows = [""]
    for word in (name + one_line(line.text)).split(" "):
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


def _mermaid(page: Page, look: Look) -> str:  # noqa: ARG001
    return "".join(f"{line}\n" for line in flowchart(page.families, page.chosen))


def _dot(page: Page, look: Look) -> str:  # noqa: ARG001
    return "".join(f"{line}\n" for line in digraph(page.families, page.chosen))


def _json(page: Page, look: Look) -> str:  # noqa: ARG001
    return jsontext.envelope(page.query, {"families": [jsontext.dump(_row(family)) for family in page.families]})


def _row(family: Family) -> dict[str, Any]:
    return {
        "actors": [
            {key: getattr(actor, key) for key in ("id", "name", "short", "kind", "active")}
            for actor in family.actors.values()
        ],
        "relations": [_relation(relation) for relation in (*family.descent, *family.umbrellas)],
    }


def _relation(relation: Relation) -> dict[str, Any]:
    return {**relation_row(relation), "earlier": relation.earlier, "later": relation.later}


FIELDS = (
    "earlier", "earlier_name", "kind", "later", "later_name", "date", "when", "certainty", "says", "note", "cites",
)  # fmt: skip
COLUMNS = [*map(Column, ("earlier", "how", "later", "when", "note"))]


def _tabular(page: Page, look: Look) -> Tabular:  # noqa: ARG001
    """A row a relation."""
    pairs = [(family, r) for family in page.families for r in (*family.descent, *family.umbrellas)]
    values = ([*_values(relation, family.actors)] for family, relation in pairs)
    objects = (jsontext.dump(_relation(relation)) for _, relation in pairs)
    title = "Who came from whom"
    what = f"{counted(len(pairs), 'relation')} in {counted(len(page.families), 'family', 'families')}"
    tables = [Table(COLUMNS, [_cells(relation, family.actors) for family, relation in pairs])]
    return Tabular(title, FIELDS, values, objects, tables, what, page.store, (), page.about)


def _values(relation: Relation, actors: Actors) -> Iterator[object]:
    earlier, later = relation.earlier, relation.later
    yield from (earlier, short(earlier, actors), relation.kind, later, short(later, actors))
    yield from (relation.date, dated(relation), relation.certainty, relation.says, relation.note)
    yield ", ".join(relation.cites)


def _cells(relation: Relation, actors: Actors) -> list[str]:
    """A relation for people: a member stands after its umbrella, as in the tree."""
    verb = "has member" if relation.kind in MEMBERSHIP else WORDS[relation.kind].verb
    note = "; ".join(text for text in (doubt(relation, actors), relation.note) if text)
    later = short(relation.later, actors) + mark(relation)
    return [short(relation.earlier, actors), verb, later, dated(relation), note]


FORMATS = formats.offer({"tree": _tree, "json": _json, "mermaid": _mermaid, "dot": _dot}, _tabular)
