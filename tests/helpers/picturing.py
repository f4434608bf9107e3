"""Lays pictures out without drawing them: all that can be checked in numbers needs no drawing program."""

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from conftest import ROOT

from mali_chrono.answers.about import About
from mali_chrono.answers.filters import Filters
from mali_chrono.answers.windows import When
from mali_chrono.cli.environment import answer, find_store
from mali_chrono.plot.draw import OWN_OUTLINE, Order, draw
from mali_chrono.plot.sheet import Box, Dot, Line, Sheet, Text, area, meet
from mali_chrono.store.vocabulary import usual

ABOUT = About("store", "abcdef", "1.0", {"since": ["2012"]}, "2025-11-15", (), words=usual())
KINDS = ("years", "lanes", "map", "matrix")


def sheet(kind: str, store: Path | str, *, title: str | None = None, top: int | None = None, **filters: Any) -> Sheet:
    """A picture of a store; `since`, `until` and `within` are typed times, the others fields of Filters."""
    times = {key: tuple(filters.pop(key)) for key in ("since", "until", "within") if key in filters}
    found = find_store(str(store))
    wanted = Filters(when=When(**times, today=(2025, 11, 15)), **filters)
    about = ABOUT._replace(title=title)
    lands = found.root if (found.root / OWN_OUTLINE).exists() else ROOT  # made stores lie in the shipped one's lands
    return answer(found, lambda connection: draw(connection, wanted, Order(kind, top, lands), about))


def said(picture: Sheet) -> str:
    """What stands above a picture."""
    return " ".join(picture.body.said)


def table(picture: Sheet) -> list[list[str]]:
    return [list(row) for row in picture.body.rows]


def texts(picture: Sheet) -> list[Text]:
    return [mark for mark in picture.marks if isinstance(mark, Text)]


def overlaps(picture: Sheet) -> list[tuple[str, str]]:
    """The texts of which one covers part of another."""
    ordered = sorted(texts(picture), key=lambda text: area(text)[1])
    return [(one.text, two.text) for one, two in combinations(ordered, 2) if meet(area(one), area(two))]


def cut_off(picture: Sheet) -> list[Any]:
    """The marks that reach over the edge of the sheet."""
    return [mark for mark in picture.marks if not _inside(_area(mark), (0, 0, picture.width, picture.height))]


def covered(picture: Sheet) -> list[str]:
    """The texts that a dot covers, or that stick out of a box."""
    dots = [mark for mark in picture.marks if isinstance(mark, Dot)]
    boxes = [_area(mark) for mark in picture.marks if isinstance(mark, Box)]
    found = []
    for text in texts(picture):
        room = area(text)
        if any(_covers(dot, room) for dot in dots) or any(meet(room, box) and not _inside(room, box) for box in boxes):
            found.append(text.text)
    return found


def _covers(dot: Dot, room: Sequence[float]) -> bool:
    """Whether the point of a room nearest to a dot's middle lies in the dot."""
    x, y = min(max(dot.x, room[0]), room[2]), min(max(dot.y, room[1]), room[3])
    return (x - dot.x) ** 2 + (y - dot.y) ** 2 < dot.radius**2


def _area(mark: Any) -> Sequence[float]:
    if isinstance(mark, Text):
        return area(mark)
    if isinstance(mark, Box):
        return mark.x, mark.y, mark.x + mark.width, mark.y + mark.height
    if isinstance(mark, Dot):
        return mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius
    if isinstance(mark, Line):
        return min(mark.x, mark.x2), min(mark.y, mark.y2), max(mark.x, mark.x2), max(mark.y, mark.y2)
    return mark.x, mark.y, mark.x, mark.y


def _inside(inner: Sequence[float], outer: Sequence[float]) -> bool:
    return inner[0] >= outer[0] and inner[1] >= outer[1] and inner[2] <= outer[2] and inner[3] <= outer[3]
