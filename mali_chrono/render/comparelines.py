"""What differs between an event and its row, and why one has none, in words. Never who is wrong."""

from collections.abc import Iterator, Sequence

from mali_chrono.answers import compare, weights
from mali_chrono.answers.compare import Alone, Match
from mali_chrono.answers.pairs import Likeness, Row, Toll
from mali_chrono.figures.reckon import Range, range_text
from mali_chrono.kinds import TollKind
from mali_chrono.text import counted, listing

_SHOWN = 3  # ids in a sentence; json has them all
_OF_DATE = {compare.OPEN: "its date is open", compare.OUTSIDE: "outside the time of the file"}


def who_words(row: Row) -> str:
    """Who a row names; the doer stands before whom it hit, where the dataset says which is which."""
    sides = (", ".join(party.name.partition(":")[0] for party in side) for side in row.sides)
    return " - ".join(side for side in sides if side)


def toll_words(toll: Toll | None) -> str:
    """A figure of an event: "12-131+"; empty where nothing is said."""
    return range_text(Range(*toll, disputed=False)) if toll else ""


def differences(match: Match, kinds: Sequence[TollKind]) -> list[str]:
    """What differs, in words, feature by feature."""
    like, deed, row = match.like, match.deed, match.row
    told = []
    if like.days:
        told.append(f"the row is {counted(abs(like.days), 'day')} {'earlier' if like.days > 0 else 'later'}")
    if like.km is not None and like.km > weights.STEPS[0]:
        told.append(f"{like.km:.0f} km apart: {row.location}")
    elif like.case("name") != "the row's place":
        told.append(f"the row's place is {row.location}")
    told += _tolls_apart(match, kinds)
    if like.case("done to") == "another":
        told.append(f"to whom it was done: the row has {who_words(row)}")
    if like.case("done to") == "the row's doer":
        told.append(f"who did it to whom: the row has {who_words(row)}")
    if like.case("doer") in ("another", "unidentified in the row"):
        told.append(f"who did it: the row has {who_words(row)}")
    if like.case("type") in ("neighbour", "another"):
        told.append(f"type: {deed.type}, the row {row.coded}")
    return told


def _tolls_apart(match: Match, kinds: Sequence[TollKind]) -> Iterator[str]:
    """The figures that differ, of each kind that is compared."""
    for at, (kind, toll, count) in enumerate(zip(kinds, match.deed.tolls, match.row.counts, strict=True)):
        best = toll.best if toll else None
        if count == best or (best is None and not count):
            continue
        theirs = "not told" if count is None else count
        others = sum(other.counts[at] or 0 for other in match.others)
        more = f" ({(count or 0) + others} with {_more(len(match.others))} of the incident)" if others else ""
        yield f"{kind.heading}: {toll_words(toll) or 'not told'}, the row {theirs}{more}"


def _more(count: int) -> str:
    return counted(count, "other row")


def why_words(alone: Alone, kinds: Sequence[TollKind]) -> str:
    """Why an event has no row, or a row no event."""
    match alone.why:
        case compare.OPEN | compare.OUTSIDE:
            return _OF_DATE[alone.why]
        case compare.NOTHING:
            other = "row" if alone.deed else "event of its kind" if alone.row and alone.row.crowd else "event"
            return f"no {other} within {weights.DAYS} days"
        case compare.LONG:
            return _of_long(alone)
        case compare.ALIKE:
            return _of_alike(alone)
        case compare.TAKEN:
            return f"{alone.likes[0].row.id} is more like {alone.likes[0].deed.id}"
    return _of_unlike(alone, kinds)


def _of_long(alone: Alone) -> str:
    if alone.row:
        return f"it spans over {weights.LONG} days"
    likes = alone.likes
    found = f"{counted(len(likes), 'row')} in them like it{_ids(likes)}" if likes else "no row in them is like it"
    return f"it spans over {weights.LONG} days: {found}"


def _of_unlike(alone: Alone, kinds: Sequence[TollKind]) -> str:
    like = alone.likes[0]
    if like.score >= weights.LEAST:
        return f"like {_other(alone)} ({_sum(like)}), which has another or none"
    return f"none like it; {_other(alone)} comes to {_sum(like)}: {_against(like, kinds)}"


def _of_alike(alone: Alone) -> str:
    one, other = alone.likes
    return f"{one.row.id} ({_sum(one)}) and {other.row.id} ({_sum(other)}) are as like it"


def feature_words(feature: str, kinds: Sequence[TollKind]) -> str:
    """A feature in words: a toll by what stands above its column."""
    return kinds[0].heading if feature == "toll" and kinds else feature


def _other(alone: Alone) -> str:
    """The id of what is most like it, on the other side."""
    return alone.likes[0].row.id if alone.deed else alone.likes[0].deed.id


def _ids(likes: Sequence[Likeness]) -> str:
    more = f" and {len(likes) - _SHOWN} more" if len(likes) > _SHOWN else ""
    return f": {', '.join(like.row.id for like in likes[:_SHOWN])}{more}"


def _sum(like: Likeness) -> str:
    return f"{like.score:.2f}"


def _against(like: Likeness, kinds: Sequence[TollKind]) -> str:
    """What speaks against a pair; likeness rests on the first kind of toll."""
    against = [f"{feature_words(point.feature, kinds[:1])} {point.case}" for point in like.points if point.value < 0]
    return listing(against) if against else "too little speaks for it"
