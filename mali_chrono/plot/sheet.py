"""A sheet and the marks on it: all is numbers in pixels from its upper left corner."""

from collections.abc import Sequence
from typing import NamedTuple

from mali_chrono.plot.letters import text_width, wrap
from mali_chrono.text import one_line

INK, GREY, PALE, WHITE = "#1a1a1a", "#555555", "#dddddd", "#ffffff"
# Told apart by those who see no red, green or blue (after Okabe and Ito), and by how dark they are in grey print.
DARK, LIGHT, RED, SKY, STONE = "#00497a", "#f2b134", "#b23a00", "#9ccbe8", "#6e6e6e"
MARGIN, LEAST_WIDTH = 16.0, 560.0  # around all; what there is for a text at least
SMALL, PLAIN, HEAD = 11, 13, 18  # sizes of letters
_LINE = 1.35  # from one line of letters to the next, in sizes


class Box(NamedTuple):
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str = ""


class Line(NamedTuple):
    """A straight line."""

    x: float
    y: float
    x2: float
    y2: float
    stroke: str = GREY
    width: float = 1
    dash: tuple[float, ...] = ()


class Dot(NamedTuple):
    """A circle."""

    x: float
    y: float
    radius: float
    fill: str
    stroke: str = WHITE


class Path(NamedTuple):
    """A shape as SVG writes one (`d`), moved by x and y."""

    x: float
    y: float
    path: str
    fill: str = ""
    stroke: str = ""
    width: float = 1
    dash: tuple[float, ...] = ()


class Text(NamedTuple):
    """Letters on one line: x is their start, middle or end by `align`, y their base line; `turned` reads upward."""

    x: float
    y: float
    text: str
    size: float = PLAIN
    fill: str = INK
    align: str = "left"
    bold: bool = False
    turned: bool = False


Mark = Box | Line | Dot | Path | Text
Area = tuple[float, float, float, float]  # left, top, right, bottom


class Body(NamedTuple):
    """What a picture draws below its heading, and the numbers it draws as a table for who wants them read.

    `said` tells what is counted and what is not, `keys` are the marks of the legend and what each means, `below` what
    could not be drawn.
    """

    width: float
    height: float
    marks: Sequence[Mark]
    said: Sequence[str]
    keys: Sequence[tuple[Mark, str]]
    below: Sequence[str]
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


class Sheet(NamedTuple):
    """A whole picture."""

    title: str
    width: float
    height: float
    marks: Sequence[Mark]
    body: Body


def area(text: Text) -> Area:
    """The room that letters take."""
    long = text_width(text.text, text.size, bold=text.bold)
    before = {"left": 0.0, "center": long / 2, "right": long}[text.align]
    up, down = text.size * 0.75, text.size * 0.22
    if text.turned:
        return text.x - up, text.y - long + before, text.x + down, text.y + before
    return text.x - before, text.y - up, text.x - before + long, text.y + down


def meet(a: Area, b: Area, gap: float = 0) -> bool:
    """Whether two rooms overlap, or come nearer than a gap."""
    return a[0] < b[2] + gap and b[0] < a[2] + gap and a[1] < b[3] + gap and b[1] < a[3] + gap


def moved(mark: Mark, x: float, y: float) -> Mark:
    """A mark further right and down."""
    if isinstance(mark, Line):
        return mark._replace(x=mark.x + x, y=mark.y + y, x2=mark.x2 + x, y2=mark.y2 + y)
    return mark._replace(x=mark.x + x, y=mark.y + y)


def paragraph(text: Text, room: float) -> list[Text]:
    """A text in lines of at most `room`; its y is where the first line has its top."""
    _, y, words, size = text[:4]
    lines = wrap(words, size, room, bold=text.bold)
    return [text._replace(y=y + size + i * size * _LINE, text=line) for i, line in enumerate(lines)]


def bottom(texts: Sequence[Text], otherwise: float) -> float:
    """Where the next line of a paragraph would begin."""
    return texts[-1].y + texts[-1].size * (_LINE - 1) if texts else otherwise


def compose(title: str, body: Body, foot: str) -> Sheet:
    """Title, what is said, legend, body, what could not be drawn and where it comes from, one below the other."""
    room = max(body.width, LEAST_WIDTH)
    marks: list[Mark] = []
    y = MARGIN

    def say(text: str, size: float, fill: str, *, bold: bool = False) -> None:
        nonlocal y
        texts = paragraph(Text(MARGIN, y, one_line(text), size, fill, bold=bold), room)
        marks.extend(texts)
        y = bottom(texts, y)

    say(title, HEAD, INK, bold=True)
    y += 4
    say(" ".join(body.said), PLAIN, GREY)
    y += 8
    keys, height = legend(body.keys, room)
    marks += [moved(mark, MARGIN, y) for mark in keys]
    y += height
    marks += [moved(mark, MARGIN, y) for mark in body.marks]
    y += body.height
    for text in body.below:
        y += 6
        say(text, SMALL, GREY)
    y += 10
    say(foot, SMALL, GREY)
    return Sheet(title, room + 2 * MARGIN, y + MARGIN, marks, body)


def legend(keys: Sequence[tuple[Mark, str]], room: float) -> tuple[list[Mark], float]:
    """The marks of a legend with their words, in as many lines as they need, and how high it is."""
    lines: list[list[tuple[float, Mark, str]]] = []
    x = room + 1
    for mark, words in keys:
        wide = key_width(mark) + 6 + text_width(words, PLAIN)
        if x + wide > room:
            lines.append([])
            x = 0.0
        lines[-1].append((x, mark, words))
        x += wide + 24
    marks: list[Mark] = []
    y = 0.0
    for line in lines:
        high = max(24.0, *(2 * mark.radius + 4 for _, mark, _ in line if isinstance(mark, Dot)), 0)
        for x, mark, words in line:
            marks.append(moved(mark, x, y + high / 2))
            marks.append(Text(x + key_width(mark) + 6, y + high / 2 + PLAIN * 0.35, words, PLAIN))
        y += high
    return marks, y + 8 if keys else 0.0


def key_width(mark: Mark) -> float:
    """How far a mark of a legend reaches right of its left edge, x 0; its middle is at y 0."""
    if isinstance(mark, Line):
        return mark.x2
    return mark.x + mark.radius if isinstance(mark, Dot) else mark.x + mark.width if isinstance(mark, Box) else 14.0
