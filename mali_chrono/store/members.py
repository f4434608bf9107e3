"""Who belonged to whom on a date, and which place lies within which."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from mali_chrono.dates.runs import runs
from mali_chrono.dates.spans import Span, overlap
from mali_chrono.store.model import Actor, Place


class Memberships:
    """The dated `part-of` relations of a set of actors."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._parents: dict[str, list[tuple[str, Sequence[Span]]]] = {
            actor.id: [
                (relation.actor, [run.span for run in runs(relation.date)] if relation.date else [(None, None)])
                for relation in actor.relations
                if relation.kind == "part-of" and relation.actor
            ]
            for actor in actors
        }

    def above(self, actor: str, spans: Sequence[Span]) -> set[str]:
        """Every actor that the given one was part of, at any remove, at some time one of the spans may touch.

        An interval counts from its beginning to its end, a point only when it was attested, no date always.
        """
        above: set[str] = set()
        ahead = [actor]
        while ahead:
            for parent, of_part in self._parents.get(ahead.pop(), ()):
                if parent not in above and any(overlap(one, other) for one in of_part for other in spans):
                    above.add(parent)
                    ahead.append(parent)
        above.discard(actor)
        return above


def enclosing(places: Iterable[Place]) -> dict[str, list[str]]:
    """For each place the places it lies within, nearest first. A cycle ends where it begins."""
    within = {place.id: place.within for place in places}
    return {place: list(around(place, within)) for place in within}


def around(place: str, within: Mapping[str, str | None]) -> Iterator[str]:
    """What a place lies within, by its id, nearest first. A cycle ends where it begins."""
    seen = {place}
    above = within.get(place)
    while above and above not in seen:
        yield above
        seen.add(above)
        above = within.get(above)
