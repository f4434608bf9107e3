"""Who held which office in a window, else who was attested in it last before and first after."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from mali_chrono.answers.actors import Relation
from mali_chrono.answers.armed import Holder, make_holder
from mali_chrono.answers.matching import MAY, MUST, match_one
from mali_chrono.answers.scene import ATTESTED, NEAR, Scene, Tie, Window, attested
from mali_chrono.dates.edtf import parse
from mali_chrono.dates.words import describe
from mali_chrono.kinds import Vocabulary
from mali_chrono.text import fold


class Named(NamedTuple):
    """An actor and the shortest of its names."""

    id: str
    name: str


class Office(NamedTuple):
    """An office's holder; `beside`: others surely held it, so this one is the one before or after."""

    holder: Holder
    office: str
    of: Named | None
    beside: bool


def read_offices(scene: Scene) -> list[Office]:
    """Each office's holders, those of the body with most offices first."""
    offices: dict[tuple[str | None, str], list[Tie]] = {}
    held: Counter[str | None] = Counter()
    for tie in scene.ties:
        relation = tie.relation
        if relation.kind == "holds" and relation.office:
            offices.setdefault((relation.target, relation.office), []).append(tie)
            held[relation.target] += 1
    entries = []
    for (target, office), ties in offices.items():
        holders = _join_terms([tie for tie in ties if tie.match in (MUST, MAY, ATTESTED)], scene.window)
        sure = any(match == MUST for _, match in holders)
        for relation, match in holders or attested((tie.relation for tie in ties), scene.window, NEAR):
            if match is None or fold(scene.actors[relation.actor].short) == fold(office):
                continue  # the source names nobody
            of = Named(target, scene.actors[target].short) if target else None
            # Beside a sure holder one who merely may have held it then is the one before or after.
            entries.append(Office(make_holder(scene, relation, match), office, of, sure and match != MUST))
    return sorted(entries, key=lambda entry: (-held[entry.of and entry.of.id], _rank(entry.office, scene.words)))


def _join_terms(ties: Sequence[Tie], window: Window) -> list[tuple[Relation, str | None]]:
    """One person's adjoining terms as one, from the beginning of the first to the end of the last."""
    joined: list[tuple[int, Relation, str | None]] = []  # where the first term is written
    order = {tie.relation: i for i, tie in enumerate(ties)}
    for relation, match in sorted(ties, key=lambda tie: (tie.relation.actor, tie.relation.lo)):
        at, before, _ = joined[-1] if joined else (0, None, None)
        if before is not None and _goes_on(before, relation):
            term = _one_term(before, relation)
            joined[-1] = (at, term, match_one(term.span, term.core, window))
        else:
            joined.append((order[relation], relation, match))
    return [(relation, match) for _, relation, match in sorted(joined, key=lambda entry: entry[0])]


def _goes_on(before: Relation, after: Relation) -> bool:
    """Whether a term of the same person follows the other without a day between."""
    return before.actor == after.actor and before.lasting and after.lasting and after.lo <= before.hi + 1


def _one_term(first: Relation, last: Relation) -> Relation:
    date = parse(f"{str(first.date).partition('/')[0]}/{str(last.date).partition('/')[2]}")
    return first._replace(
        hi=max(first.hi, last.hi), core=date.core, date=str(date), words=describe(date),
        cites=tuple(dict.fromkeys((*first.cites, *last.cites))), note=first.note or last.note,
    )  # fmt: skip


def _rank(office: str, words: Vocabulary) -> tuple[int, str]:
    title, ranks = office.partition(" of ")[0], [title.id for title in words.titles]
    return (ranks.index(title) if title in ranks else len(ranks), office)
