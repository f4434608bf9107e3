"""Where things go so that none covers another: dots around a line, spans in rows, labels around their dots."""

from collections.abc import Iterable, Sequence
from math import ceil, cos, pi, sin, sqrt
from typing import NamedTuple

from mali_chrono.plot.sheet import Area, Text, area, meet

_CELL = 8.0  # the sheet is cut into squares so big, to look for neighbours in
_NAMED = 200  # dots for whose names room is looked for
_STEP = 2.0  # how finely a dot looks for its height


class Round(NamedTuple):
    """A dot: its middle and radius."""

    x: float
    y: float
    radius: float


def swarm(dots: Sequence[tuple[float, float]], highest: float) -> list[Round | None]:
    """Dots (x, radius) as near to the line y = 0 as they get without touching, the largest first.

    None for one that would have to be further than `highest` from it.
    """
    placed: list[Round | None] = [None] * len(dots)
    squares: dict[tuple[int, int], list[Round]] = {}
    full: dict[tuple[int, int], int] = {}  # where the search begins to find room, by place and size
    for i in sorted(range(len(dots)), key=lambda i: (-dots[i][1], dots[i][0], i)):
        x, radius = dots[i]
        start = int(x // radius), round(2 * radius)
        tries = full.get(start, 0)
        while True:
            away = (tries + 1) // 2 * _STEP * (1 if tries % 2 else -1)
            if abs(away) + radius > highest and tries:
                full[start] = tries
                break
            dot = Round(x, away, radius)
            if not _touches(dot, squares):
                placed[i] = dot
                for square in _squares(dot):
                    squares.setdefault(square, []).append(dot)
                full[start] = max(full.get(start, 0), tries - 4 * ceil(radius))
                break
            tries += 1
    return placed


def _squares(dot: Round, gap: float = 0) -> list[tuple[int, int]]:
    reach = dot.radius + gap
    columns = range(int((dot.x - reach) // _CELL), int((dot.x + reach) // _CELL) + 1)
    rows = range(int((dot.y - reach) // _CELL), int((dot.y + reach) // _CELL) + 1)
    return [(column, row) for column in columns for row in rows]


def _touches(dot: Round, squares: dict[tuple[int, int], list[Round]]) -> bool:
    for square in _squares(dot, 1):
        for other in squares.get(square, ()):
            reach = dot.radius + other.radius + 0.6
            if (dot.x - other.x) ** 2 + (dot.y - other.y) ** 2 < reach * reach:
                return True
    return False


def pack(spans: Sequence[tuple[float, float]], gap: float, rows: int) -> list[int | None]:
    """The row of each span (left, right), the first that has room; None where `rows` have none."""
    ends: list[float] = []
    found: list[int | None] = [None] * len(spans)
    for i in sorted(range(len(spans)), key=lambda i: (spans[i], i)):
        left, right = spans[i]
        row = next((row for row, end in enumerate(ends) if end + gap <= left), None)
        if row is None and len(ends) < rows:
            row = len(ends)
            ends.append(right)
        if row is not None:
            ends[row] = right
            found[i] = row
    return found


def label(
    dots: Sequence[tuple[Round, str]], size: float, taken: Iterable[Area], frame: Area
) -> tuple[list[Text], list[int]]:
    """Names beside their dots, the first first, in the first of eight directions that is free.

    No name covers another, a dot, what is `taken`, or leaves the frame; of very many dots only the first are named.
    Gives the names and which dots have none.
    """
    rounds = [room_of(dot) for dot, _ in dots]
    there = [*taken]
    texts: list[Text] = []
    without = []
    for i, (dot, name) in enumerate(dots[:_NAMED]):
        for text in _around(dot, name, size):
            room = area(text)
            within = room[0] >= frame[0] and room[1] >= frame[1] and room[2] <= frame[2] and room[3] <= frame[3]
            others = (other for k, other in enumerate(rounds) if k != i)
            if (
                within
                and not any(meet(room, other, 1) for other in there)
                and not any(meet(room, o, 1) for o in others)
            ):
                texts.append(text)
                there.append(room)
                break
        else:
            without.append(i)
    return texts, [*without, *range(_NAMED, len(dots))]


def _around(dot: Round, name: str, size: float) -> Iterable[Text]:
    """A name right of a dot, left, above, below, and between those."""
    middle = size * 0.3
    for turn in (0, 4, 6, 2, 7, 1, 5, 3):
        angle = turn * pi / 4
        reach = dot.radius + 4
        x, y = dot.x + reach * cos(angle), dot.y + reach * sin(angle)
        align = "left" if cos(angle) > 0.1 else "right" if cos(angle) < -0.1 else "center"
        down = size * 0.75 if sin(angle) > 0.1 else -size * 0.22 if sin(angle) < -0.1 else middle
        yield Text(x, y + down, name, size, align=align)


def room_of(dot: Round) -> Area:
    """The square that a dot fills."""
    return dot.x - dot.radius, dot.y - dot.radius, dot.x + dot.radius, dot.y + dot.radius


def radius_of(dead: int, most: int, largest: float, least: float) -> float:
    """The radius of a dot whose area stands for a number, the largest number's being `largest`."""
    return max(least, largest * sqrt(dead / most)) if most else least


def round_numbers(most: int) -> list[int]:
    """Round numbers for a legend of sizes: up to three, the last not over `most`."""
    powers = [step * 10**power for power in range(len(str(most))) for step in (1, 5)]
    fitting = [number for number in powers if number <= most]
    return fitting[-5::2] if len(fitting) > 4 else fitting[-3:]
