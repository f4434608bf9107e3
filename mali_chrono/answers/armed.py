"""The actors of a time as trees under their umbrellas, with their sides and leaders: the armed, and the others."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from mali_chrono.answers.actors import Relation
from mali_chrono.answers.matching import MAY, MUST
from mali_chrono.answers.scene import ATTESTED, RANK, UNDATED, Active, Evidence, Scene, Side, attested, surest
from mali_chrono.kinds import MEMBERSHIP


class Holder(NamedTuple):
    """Who stood in a relation, and how it matches: must, may, attested; before, after or around the window; undated."""

    id: str
    name: str
    relation: Relation
    match: str


class Armed(NamedTuple):
    """An armed actor under its umbrella, of which `membership` made it part; a mere umbrella has no `evidence`.

    One that lasts and is not from abroad, like a state, `stands_in` for its forces.
    """

    id: str
    name: str
    title: str
    kind: str
    match: str | None
    evidence: Evidence | None
    sides: tuple[Side, ...]
    leaders: tuple[Holder, ...]
    members: tuple["Armed", ...]
    membership: Holder | None
    stands_in: bool = False


def make_holder(scene: Scene, relation: Relation, match: str, ident: str | None = None) -> Holder:
    """Who stands in a relation: its actor, or the one named."""
    actor = scene.actors[ident or relation.actor]
    return Holder(actor.id, actor.short, relation, match)


def other_trees(scene: Scene) -> list[Armed]:
    """The other actors that were active then, as trees; not persons, nor what is listed elsewhere."""
    words = scene.words
    elsewhere = {*words.armed, *words.foreign, *words.lasting, *words.persons}
    there = {
        ident
        for ident, evidence in scene.evidence.items()
        if scene.actors[ident].kind not in elsewhere and any(isinstance(shown.detail, Active) for shown in evidence)
    }
    return _trees(scene, there, there)


def arm_trees(scene: Scene) -> tuple[list[Armed], list[Armed]]:
    """The armed actors as trees under their umbrellas, and apart those of whom only events tell."""
    there = {ident for ident in scene.evidence if scene.actors[ident].kind in scene.words.armed}
    stated = {party for tie in scene.ties for party in (tie.relation.actor, tie.relation.target) if party}
    stated |= set(scene.sides) | {ident for ident in there if scene.actors[ident].date}
    trees = _trees(scene, there, there & stated)
    alone = sorted(there - stated, key=lambda ident: scene.actors[ident].short)
    return trees, [_armed_actor(scene, ident) for ident in alone]


def _trees(scene: Scene, there: AbstractSet[str], listed: AbstractSet[str]) -> list[Armed]:
    """The listed of those who were there as trees, the membership of all that were there considered."""
    parents: dict[str, list[tuple[Relation, str]]] = {}
    for relation, match in scene.ties:
        if relation.kind in MEMBERSHIP and relation.actor in there and match:
            parents.setdefault(relation.actor, []).append((relation, match))
    for ident, above in parents.items():
        if any(match != UNDATED for _, match in above):
            parents[ident] = [(relation, match) for relation, match in above if match != UNDATED]
    children: dict[str, list[tuple[Relation, str]]] = {}
    for ident in sorted(listed):
        for relation, match in parents.get(ident, ()):
            children.setdefault(str(relation.target), []).append((relation, match))
    roots = {ident for ident in (*listed, *children) if ident not in parents}
    trees = [_tree(scene, ident, None, children, frozenset()) for ident in roots]
    trees.sort(key=lambda entry: (_order(entry, scene.words.armed), -_size(entry), entry.name))
    return trees


def _order(entry: Armed, armed: Sequence[str]) -> tuple[int, int]:
    """The kinds of armed actors in the order of the vocabulary."""
    return (armed.index(entry.kind) if entry.kind in armed else len(armed), RANK.get(entry.match or MAY, 0))


def _size(entry: Armed) -> int:
    return 1 + sum(map(_size, entry.members))


def _tree(
    scene: Scene, ident: str, membership: Holder | None, children: Mapping[str, Sequence[tuple[Relation, str]]],
    above: frozenset[str],
) -> Armed:  # fmt: skip
    inside = [tie for tie in children.get(ident, ()) if tie[0].actor not in above and tie[0].actor != ident]
    members = [
        _tree(scene, relation.actor, make_holder(scene, relation, match), children, above | {ident})
        for relation, match in inside
    ]
    members.sort(key=lambda member: (-_size(member), member.name))
    return _armed_actor(scene, ident)._replace(members=tuple(members), membership=membership)


def _armed_actor(scene: Scene, ident: str) -> Armed:
    """An actor: how sure it is that it was there, on what that rests, its sides and its leaders."""
    actor = scene.actors[ident]
    evidence = scene.evidence.get(ident, [])
    match = surest(shown.match for shown in evidence) if evidence else None
    basis = next((shown for shown in evidence if shown.match == match), None)
    sides = tuple(scene.sides.get(ident, ()))
    sure = MUST if match == ATTESTED else match
    leaders, stands_in = _leaders(scene, ident), actor.kind in scene.words.lasting - scene.words.foreign
    return Armed(ident, actor.short, actor.name, actor.kind, sure, basis, sides, leaders, (), None, stands_in)


def _leaders(scene: Scene, ident: str) -> tuple[Holder, ...]:
    """Who leads: those who must or may have, else the last attested before and first after, else the undated."""
    ties = [tie for tie in scene.ties if tie.relation.kind == "led-by" and tie.relation.actor == ident]
    leading = [(relation, match) for relation, match in ties if match in (MUST, MAY, ATTESTED)]
    leading = leading or attested((relation for relation, _ in ties), scene.window, None)
    leading = leading or [(relation, match) for relation, match in ties if match == UNDATED]
    return tuple(make_holder(scene, relation, match, relation.target) for relation, match in leading if match)
