"""What differs between an event and its row, and why one has none, in words. Never who is wrong."""

from collections.abc import Callable, Iterator, Sequence

from mali_chrono.answers import weights
from mali_chrono.answers.compare import ALIKE, LONG, NOTHING, OPEN, OUTSIDE, TAKEN, UNLIKE, Alone, Match
from mali_chrono.answers.pairs import Deed, Likeness, Row
from mali_chrono.figures.reckon import Range, range_text
from mali_chrono.text import counted, listing

_SHOWN = 3  # ids in a sentence; json has them all


def who_words(row: Row) -> str:
    """Who a row names; the doer stands before whom it hit, where the dataset says which is which."""
    sides = (", ".join(party.name.partition(":")[0] for party in side) for side in row.sides)
    return " - ".join(side for side in sides if side)


def dead_words(deed: Deed) -> str:
    """The dead of an event: "12-131+"; empty where nothing is said."""
    return range_text(Range(*deed.dead, disputed=False)) if deed.dead else ""


def differences(match: Match) -> list[str]:
    """What differs, in words, feature by feature."""
    like, deed, row = match.like, match.deed, match.row
    told = []
    if like.days:
        told.append(f"the row is {counted(abs(like.days), 'day')} {'earlier' if like.days > 0 else 'later'}")
    if like.km is not None and like.km > weights.STEPS[0]:
        told.append(f"{like.km:.0f} km apart: {row.location}")
    elif like.case("name") != "the row's place":
        told.append(f"the row's place is {row.location}")
    told += _dead_apart(match)
    if like.case("hit") == "another":
        told.append(f"who was hit: the row has {who_words(row)}")
    if like.case("hit") == "the row's doer":
        told.append(f"who hit whom: the row has {who_words(row)}")
    if like.case("doer") in ("another", "unidentified in the row"):
        told.append(f"who did it: the row has {who_words(row)}")
    if like.case("type") in ("neighbour", "another"):
        told.append(f"type: {deed.type}, the row {row.coded}")
    return told


def _dead_apart(match: Match) -> Iterator[str]:
    deed, row = match.deed, match.row
    best = deed.dead.best if deed.dead else None
    if row.dead == best or (best is None and not row.dead):
        return
    told = f"dead: {dead_words(deed) or 'not told'}, the row {'not told' if row.dead is None else row.dead}"
    others = sum(other.dead or 0 for other in match.others)
    yield told + (f" ({(row.dead or 0) + others} with {_more(len(match.others))} of the incident)" if others else "")


def _more(count: int) -> str:
    return counted(count, "other row")


def why_words(alone: Alone) -> str:
    """Why an event has no row, or a row no event."""
    return _WHY[alone.why](alone)


def _of_long(alone: Alone) -> str:
    if alone.row:
        return f"it spans over {weights.LONG} days"
    likes = alone.likes
    found = f"{counted(len(likes), 'row')} in them like it{_ids(likes)}" if likes else "no row in them is like it"
    return f"it spans over {weights.LONG} days: {found}"


def _of_unlike(alone: Alone) -> str:
    like = alone.likes[0]
    if like.score >= weights.LEAST:
        return f"like {_other(alone)} ({_sum(like)}), which has another or none"
    return f"none like it; {_other(alone)} comes to {_sum(like)}: {_against(like)}"


def _of_alike(alone: Alone) -> str:
    one, other = alone.likes
    return f"{one.row.id} ({_sum(one)}) and {other.row.id} ({_sum(other)}) are as like it"


_WHY: dict[str, Callable[[Alone], str]] = {
    OPEN: lambda alone: "its date is open",  # noqa: ARG005
    OUTSIDE: lambda alone: "outside the time of the file",  # noqa: ARG005
    NOTHING: lambda alone: f"no {'row' if alone.deed else 'event'} within {weights.DAYS} days",
    LONG: _of_long,
    UNLIKE: _of_unlike,
    ALIKE: _of_alike,
    TAKEN: lambda alone: f"{alone.likes[0].row.id} is more like {alone.likes[0].deed.id}",
}


def _other(alone: Alone) -> str:
    """The id of what is most like it, on the other side."""
    return alone.likes[0].row.id if alone.deed else alone.likes[0].deed.id


def _ids(likes: Sequence[Likeness]) -> str:
    more = f" and {len(likes) - _SHOWN} more" if len(likes) > _SHOWN else ""
    return f": {', '.join(like.row.id for like in likes[:_SHOWN])}{more}"


def _sum(like: Likeness) -> str:
    return f"{like.score:.2f}"


def _against(like: Likeness) -> str:
    """What speaks against a pair."""
    against = [f"{point.feature} {point.case}" for point in like.points if point.value < 0]
    return listing(against) if against else "too little speaks for it"
