"""A record held against a dataset: which event is which row, what only one side has, and why. Pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from mali_chrono.answers import weights
from mali_chrono.answers.likeness import gap, hold, ids_of, is_within, length, step_of
from mali_chrono.answers.pairs import Deed, Judge, Likeness, Row, Toll
from mali_chrono.earth import distance
from mali_chrono.kinds import TollKind
from mali_chrono.progress import track

# Why an event has no row, or a row no event.
OPEN, LONG, OUTSIDE, NOTHING, UNLIKE, ALIKE, TAKEN = "open", "long", "outside", "nothing", "unlike", "alike", "taken"


class Match(NamedTuple):
    """An event and the row that is offered for it; `others` are rows of the same incident."""

    like: Likeness
    others: tuple[Row, ...] = ()

    @property
    def deed(self) -> Deed:
        """The event."""
        return self.like.deed

    @property
    def row(self) -> Row:
        """The row."""
        return self.like.row

    @property
    def rows(self) -> tuple[Row, ...]:
        """The row and those of the same incident."""
        return (self.row, *self.others)


class Alone(NamedTuple):
    """An event without a row, or a row without an event: why, and those most like it, the most like first."""

    why: str
    deed: Deed | None = None
    row: Row | None = None
    likes: tuple[Likeness, ...] = ()


class Comparison(NamedTuple):
    """What a comparison finds: the matches, and the events and rows alone."""

    matches: tuple[Match, ...]
    deeds: tuple[Alone, ...]
    rows: tuple[Alone, ...]


def compare(deeds: Sequence[Deed], rows: Sequence[Row], counted: Iterable[Row], judge: Judge) -> Comparison:
    """Hold each event against the row that it is known as, or those near its days, and offer the one most like it.

    `counted` are the rows that the events are meant to cover: only of those are the ones without an event listed. Of
    two events that want one row and are not linked the one more like it has it.
    """
    days = _Days(rows)
    seen: dict[str, Likeness] = {}  # the most like of each row
    found: list[Match | Alone] = []
    for deed in track("comparing", deeds):
        likes = sorted(days.near(deed, judge), key=lambda like: (-like.score, like.row.line))
        for like in likes:
            if like.row.id not in seen or seen[like.row.id].score < like.score:
                seen[like.row.id] = like
        found.append(_match(likes) if likes and likes[0].case("id") else _offer(deed, likes, days))
    given = list(_given(each for each in found if isinstance(each, Match)))
    order = {deed.id: at for at, deed in enumerate(deeds)}
    told = sorted(
        [*given, *(each for each in found if isinstance(each, Alone))],
        key=lambda each: order[each.deed.id] if each.deed else 0,
    )
    matches = tuple(each for each in told if isinstance(each, Match))
    alone = tuple(each for each in told if isinstance(each, Alone))
    return Comparison(matches, alone, tuple(_alone(counted, matches, seen)))


def _offer(deed: Deed, likes: Sequence[Likeness], days: "_Days") -> Match | Alone:
    """The row that is offered for an event, or why none is."""
    if deed.first is None or deed.last is None:
        return Alone(OPEN, deed)
    if length(deed) > weights.LONG:
        enough = tuple(like for like in likes if like.score >= weights.LEAST)
        return Alone(LONG, deed, likes=enough)
    if not likes:
        return Alone(NOTHING if days.reach(deed) else OUTSIDE, deed)
    best, *rest = likes
    if best.score < weights.LEAST:
        return Alone(UNLIKE, deed, likes=(best,))
    rival = next((like for like in rest if not one_incident(best.row, like.row)), None)
    if rival and best.score - rival.score < weights.LEAD:
        return Alone(ALIKE, deed, likes=(best, rival))
    return _match(likes)


def _match(likes: Sequence[Likeness]) -> Match:
    """The most like one, and the others of its incident."""
    best, *rest = likes
    return Match(best, tuple(like.row for like in rest if one_incident(best.row, like.row)))


def _given(matches: Iterable[Match]) -> Iterator[Match | Alone]:
    """The same, each row given to one event, or to events that are linked."""
    wanted: dict[str, list[Match]] = defaultdict(list)
    for match in matches:
        wanted[match.row.id].append(match)
    for rivals in wanted.values():
        best = max(rivals, key=lambda match: match.like.score)
        for match in rivals:
            linked = match.deed.id in best.deed.links or best.deed.id in match.deed.links
            yield match if match is best or linked else Alone(TAKEN, match.deed, likes=(best.like,))


def _alone(rows: Iterable[Row], matches: Iterable[Match], seen: Mapping[str, Likeness]) -> Iterator[Alone]:
    """The rows that no event has, those with the largest figure first."""
    met = {row.id for match in matches for row in match.rows}
    lone = [row for row in rows if row.id not in met]
    for row in sorted(lone, key=lambda row: (-(next(iter(row.counts), 0) or 0), row.first, row.line)):
        like = seen.get(row.id)
        why = LONG if length(row) > weights.LONG else UNLIKE if like else NOTHING
        yield Alone(why, row=row, likes=(like,) if like else ())


def one_incident(one: Row, other: Row) -> bool:
    """Whether two rows tell of one incident: of one day near each other, or in the same words."""
    near = one.point and other.point and distance(one.point, other.point) <= weights.INCIDENT_KM
    if near and one.first == other.first:
        return True
    mine, theirs = _words(one.notes), _words(other.notes)
    return (
        min(len(mine), len(theirs)) >= weights.LEAST_WORDS
        and len(mine & theirs) >= weights.SAME_WORDS * len(mine | theirs)
    )  # fmt: skip


@lru_cache(1 << 12)
def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))


class _Days:
    """Rows by the days that they may be of; a row that spans more than a month and a bit is near nothing."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows: dict[int, list[Row]] = defaultdict(list)
        self._named: dict[str, Row] = {}
        for row in rows:
            self._named[row.id] = row
            if length(row) <= weights.LONG:
                for day in range(row.first, row.last + 1):
                    self._rows[day].append(row)
        self.first, self.last = min(self._rows, default=0), max(self._rows, default=-1)

    def near(self, deed: Deed, judge: Judge) -> Iterator[Likeness]:
        """An event held against the row that it is known as, and each row near its days."""
        own = [self._named[ident] for ident in ids_of(deed, judge) if ident in self._named]
        yield from (hold(deed, row, judge) for row in own)
        if deed.first is None or deed.last is None:
            return
        first, last = max(deed.first - weights.VAGUE_DAYS, self.first), min(deed.last + weights.VAGUE_DAYS, self.last)
        rows = {id(row): row for day in range(first, last + 1) for row in self._rows.get(day, ())}
        for row in rows.values():
            apart = weights.VAGUE_DAYS if row.vague else weights.DAYS
            if row not in own and abs(gap(deed, row)) <= apart and (not row.crowd or row.category == deed.category):
                yield hold(deed, row, judge)

    def reach(self, deed: Deed) -> bool:
        """Whether an event lies in the time of the rows."""
        return deed.first is not None and deed.last is not None and deed.last >= self.first and deed.first <= self.last


class Common(NamedTuple):
    """Something that matches have in common: of which feature, what, and how many of how many; of a toll which kind."""

    feature: str
    what: str
    matches: int
    of: int
    kind: TollKind | None = None


def in_common(matches: Collection[Match], kinds: Sequence[TollKind]) -> list[Common]:
    """What matches have in common, feature by feature, the most frequent first."""
    counts: dict[tuple[str, TollKind | None], Counter[str]] = defaultdict(Counter)
    for match in matches:
        for feature, what, kind in traits(match, kinds):
            counts[feature, kind][what] += 1
    return [
        Common(feature, what, count, cases.total(), kind)
        for (feature, kind), cases in counts.items()
        for what, count in cases.most_common()
    ]


def traits(match: Match, kinds: Sequence[TollKind]) -> Iterator[tuple[str, str, TollKind | None]]:
    """What a match is like, by feature: words that stand for a class of differences."""
    like, deed, row = match.like, match.deed, match.row
    yield "date", _later(like.days), None
    yield "place", _apart(like), None
    for kind, toll, count in zip(kinds, deed.tolls, row.counts, strict=True):
        yield "toll", _more(toll, count), kind
    for feature in ("done to", "doer"):
        if case := like.case(feature):
            yield feature, case, None
    yield "type", like.case("type") or "not told", None


def _apart(like: Likeness) -> str:
    if like.km is None:
        return f"no exact point in the {'record' if like.row.point else 'row'}"
    step = step_of(like.km)
    return f"within {step} km" if step else f"over {weights.STEPS[-1]} km apart"


def _later(days: int) -> str:
    if not days:
        return "same day"
    number = f"{abs(days)} day{'s' * (abs(days) > 1)}"
    return f"the record {number} {'later' if days > 0 else 'earlier'}"


def _more(toll: Toll | None, count: int | None) -> str:
    if toll is None or count is None:
        return "not told in the record" if toll is None else "not told in the row"
    if count == toll.best:
        return "equal"
    if is_within(toll, count):
        return "the row between low and high"
    return "the row higher" if count > toll.best else "the row lower"
