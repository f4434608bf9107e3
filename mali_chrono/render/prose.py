"""Text for a report, as blocks that know no format: headings, paragraphs, tables, pictures; as Markdown and as HTML."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mali_chrono.render import markdown
from mali_chrono.render.html import OWN, escape, figure
from mali_chrono.render.look import Column
from mali_chrono.text import one_line

BOLD, ITALIC, CODE, CITE, LINK = "strong", "em", "code", "cite", "a"
# An address that is nothing but one, wherever it is written; any other is text.
_ADDRESS = re.compile(r"https?://[!#-&(-;=?-~]+")


class Run(NamedTuple):
    """A piece of a paragraph, how it stands out, and the mark that ends it; a blank is between two."""

    text: str
    style: str = ""
    end: str = ""


class Heading(NamedTuple):
    """A heading, the title's level being 1."""

    text: str
    level: int = 2


class Paragraph(NamedTuple):
    """Runs; `anchor` is what a link to it calls it, where a format has such."""

    runs: Sequence[Run]
    anchor: str = ""


class Points(NamedTuple):
    """A list of sentences."""

    texts: Sequence[str]


class Table(NamedTuple):
    """Columns and the rows under them."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]


class Picture(NamedTuple):
    """A picture: what it shows in words, and where it is, relative to the text; in html the picture itself, as svg."""

    words: str
    address: str = ""
    svg: str = ""


Block = Heading | Paragraph | Points | Table | Picture
# The least width of a column of numbers, and of one of names: more than 72 for any table of five or more.
MARKED, NAMED = 9, 26
_MARKS = {"": "", BOLD: "**", ITALIC: "*"}


def as_markdown(blocks: Iterable[Block]) -> str:
    """Blocks as Markdown that CommonMark, GitHub and pandoc read alike."""
    return "\n".join(map(_mark_down, blocks))


def _mark_down(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * level} {_plain(text)}\n"
        case Paragraph(runs, _):
            return _begun(" ".join(map(_run, runs))) + "\n"
        case Points(texts):
            return "".join(f"- {_begun(_plain(text))}\n" for text in texts)
        case Table(columns, rows):
            return _table(columns, rows)
        case Picture(words, address, _):
            return f"![{_plain(words)}](<{address}>)\n"


def as_html(blocks: Iterable[Block]) -> str:
    """Blocks as the body of a page (`render/html.py`)."""
    body = "".join(f"{_lay_out(n, block)}\n" for n, block in enumerate(blocks))
    return f'<div class="prose">\n{body}</div>\n'


def _lay_out(n: int, block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"<h{level}>{escape(text)}</h{level}>"
        case Paragraph(runs, anchor):
            mark = f' id="{escape(anchor)}"' if anchor else ""
            return f"<p{mark}>{' '.join(map(_span, runs))}</p>"
        case Points(texts):
            return f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul>"
        case Table(columns, rows):
            return _grid(columns, rows)
        case Picture(words, _, svg):
            return figure(n, words, svg)


def _span(run: Run) -> str:
    if run.style == CITE:
        linked = re.sub(r"(?:\A|(?<=; ))(\d+)(?=:)", rf'<a href="#{OWN}\1">\1</a>', escape(run.text))
        return f"[{linked}]{escape(run.end)}"
    text = escape(run.text)
    if run.style == LINK:
        linked = f'<a href="{text}" rel="noreferrer">{text}</a>' if _ADDRESS.fullmatch(run.text) else text
        return f"{linked}{escape(run.end)}"
    return f"<{run.style}>{text}</{run.style}>{escape(run.end)}" if run.style else f"{text}{escape(run.end)}"


def _grid(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> str:
    """A table that stands in a text: unlike that of an answer it has a total, and is not to be sorted."""
    marks = [' class="right"' * column.right for column in columns]

    def line(tag: str, texts: Iterable[str]) -> str:
        cells = (f"<{tag}{mark}>{escape(text)}</{tag}>" for text, mark in zip(texts, marks, strict=True))
        return f"<tr>{''.join(cells)}</tr>\n"

    head, body = line("th", (column.heading for column in columns)), "".join(line("td", row) for row in rows)
    return f"<table>\n<thead>\n{head}</thead>\n<tbody>\n{body}</tbody>\n</table>"


def _begun(line: str) -> str:
    """A line of Markdown that begins nothing but a paragraph: no list, pandoc's with letters too, no definition."""
    return re.sub(r"\A(?=[-+:=%(])|(?<=\A\w)(?=[.)])|\A(\w{2,9})(?=[.)])", r"\1\\", line)


def _plain(text: str) -> str:
    # pandoc reads a brace at the end of a heading as its attributes
    return markdown.escape(text).replace("{", "\\{")


def _table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> str:
    """A table in aligned columns. Of one so wide pandoc makes columns in the proportion of their dashes."""
    texts = [[_plain(cell) for cell in row] for row in ([column.heading for column in columns], *rows)]
    widths = [
        max(MARKED if column.right else NAMED, *map(len, cells))
        for column, cells in zip(columns, zip(*texts, strict=True), strict=True)
    ]
    rule = ["-" * (width - column.right) + ":" * column.right for column, width in zip(columns, widths, strict=True)]
    aligned = [
        [text.rjust(width) if column.right else text.ljust(width)
         for text, column, width in zip(row, columns, widths, strict=True)]
        for row in texts
    ]  # fmt: skip
    return "".join(f"| {' | '.join(row)} |\n" for row in (aligned[0], rule, *aligned[1:]))


def _run(run: Run) -> str:
    match run.style:
        case "code":
            return _code(run.text) + run.end
        case "cite":  # no link: nothing here defines one, and nothing follows that would make it one
            return f"[{_plain(run.text)}]{run.end}"
        case "a":
            return f"<{run.text}>{run.end}" if _ADDRESS.fullmatch(run.text) else f"{_plain(run.text)}{run.end}"
        case style:
            return f"{_MARKS[style]}{_plain(run.text)}{_MARKS[style]}{run.end}"


def _code(text: str) -> str:
    """A text as code that shows just what it says."""
    shown = one_line(text)
    fence = "`" * (max(map(len, re.findall("`+", shown)), default=0) + 1)
    pad = " " * (shown[:1] == "`" or shown[-1:] == "`")
    return f"{fence}{pad}{shown}{pad}{fence}"
