"""A copy of a source document -> lines ready for proof: recognised by its hash, freed of markup and references.

Wikitext loses `<ref>`, templates and links, Markdown its links and emphasis, plain text its reference marks; a table's
cells (CSV) are kept apart. The raw line is kept: who reported something is printed in what is removed. Lines are
counted as an editor counts them.
"""

import contextlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import file_digest
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from mali_chrono.evidence.cells import BETWEEN, read_cells
from mali_chrono.evidence.markup import CREDITS, FORMS, NOTED, normalise
from mali_chrono.intake.maps import Map
from mali_chrono.intake.tables import JSON, JSONL, XLSX, Table, lines_of, read_table
from mali_chrono.intake.take import take
from mali_chrono.intake.told import Told
from mali_chrono.paths import is_file
from mali_chrono.progress import track
from mali_chrono.store.model import Source
from mali_chrono.store.references import Fault

# What a line is: the first two tell something, the others need no entry.
TEXT, ITEM, HEADING, BLANK, HEADER, SOURCES, REFERENCE = "text", "item", "heading", "blank", "header", "source", "ref"
TELLING = (TEXT, ITEM)
# The format that is read by cells, also of a file whose name says so.
TABLE = "csv"
# Formats of tables that have no lines of text: a line is a row.
ROWS = (JSON, JSONL, XLSX)
# A line printed at least so often is a page's header. Of letters, since a bare year may be repeated in a list.
REPEATED = 5
BIGGEST = 32_000_000
HEADING_WORDS = 12
_MARKED = re.compile(r"\s*(=+)[^=]+\1\s*|#{1,6}\s+\S.*")  # of Wikitext and Markdown
SENTENCE_WORDS = 4

_BULLET = re.compile(r"\s*(?:[-*•]|[0-9]{1,2}\.)\s+(?=\S)")
_STRAY = re.compile(r"\s*[-*•]*\s*")
_ENDED = re.compile(r"[.!?:]['\")\]]*\s*$|\)\s*$")


class Line(NamedTuple):
    """One line: `raw` as it stands, `text` as it reads without references, `kind`, and what belongs together.

    `head` is the line its item begins with (its own number outside a list); `block` numbers the item or paragraph,
    which may go on after a page's end.
    """

    number: int
    raw: str
    text: str
    kind: str
    head: int
    block: int


class Document(NamedTuple):
    """A recognised copy: the source's id, the file's name, its lines, and how they were read.

    `told` has what a map says that a line tells, where the document is a table with one.
    """

    source: str
    file: str
    lines: tuple[Line, ...]
    form: str
    told: Mapping[int, Told] = MappingProxyType({})

    def line(self, number: int) -> Line | None:
        """The line of that number, None beyond the end."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else None


def find(
    folder: Path, sources: Iterable[Source], maps: Mapping[str, Map] = MappingProxyType({})
) -> tuple[dict[str, Document], list[Fault]]:
    """The documents of these sources among the files of a folder, by their hash; what is missing or differs.

    Of those that are unverifiable there is none.

    No more than one file is held at a time, and none but copies is held whole. Files under other names are looked at
    only where a copy is missing under its own. `maps` are those that sources name. Raises OSError where the folder, or
    a file of a source's name, cannot be read, DataError where a table is none by its map.
    """
    sources = [source for source in sources if not source.unverifiable]
    files = {path.name: path for path in sorted(folder.iterdir()) if is_file(path)}
    named = {source.file: _hash(files[source.file]) for source in sources if source.file in files}
    by_hash = {digest: name for name, digest in named.items()}
    if not all(source.sha256 in by_hash for source in sources):
        by_hash = dict(_others([path for name, path in files.items() if name not in named])) | by_hash
    copies, faults = {}, []
    for source in track("reading the documents", sources):
        name = by_hash.get(source.sha256)
        if name is not None:
            copies[source.id] = _prepared(source, name, files[name].read_bytes(), maps)
            continue
        if source.file in named:
            rule, message = "document-differs", f"'{source.file}' is another text: it has another sha256"
            hint = f"found {named[source.file]}"
        else:
            rule, message = "document-missing", f"no copy of '{source.id}' in the folder"
            hint = f"put '{source.file}' there; it is recognised by its sha256 under any name"
        field = "sha256" if source.file in named else "file"
        faults.append(Fault(source, (field,), rule, message, hint))
    return copies, faults


def _hash(path: Path) -> str:
    """The sha256 of a file, read piece by piece."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _others(paths: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """Hash and name of the files that may be copies under another name: not too big, and readable."""
    for path in track("looking for copies", paths):
        with contextlib.suppress(OSError):
            if path.stat().st_size <= BIGGEST:
                yield _hash(path), path.name


def _prepared(source: Source, name: str, content: bytes, maps: Mapping[str, Map]) -> Document:
    """A copy as lines; a table that has a map, or no lines of text, as the rows that an import reads."""
    form = _form(source)
    if source.map is None and form not in ROWS:
        return prepare(source.id, name, content.decode("utf-8", "replace"), form)
    rule = maps.get(source.map or "")
    table = read_table(source.file, content, rule.heads if rule else ())
    taken = take(table, rule) if rule else None
    heads = {table.head, *(taken.tags if taken else ())}
    if form in ROWS:
        lines = list(_of_table(table))
    else:
        lines = list(prepare(source.id, name, content.decode("utf-8", "replace"), TABLE).lines)
    lines = [line._replace(kind=HEADING) if line.number in heads else line for line in lines]
    told = (
        {number: row for row in taken.rows for first, last in row.lines for number in range(first, last + 1)}
        if taken
        else {}
    )
    return Document(source.id, name, tuple(lines), TABLE, told)


def _of_table(table: Table) -> Iterator[Line]:
    """The rows of a table as lines, each under its number; those between are empty."""
    rows = {row.first: row.cells for row in table.rows} | ({table.head: table.columns} if table.head else {})
    for number in range(1, table.lines + 1):
        cells = [text for cell in rows.get(number, ()) if (text := normalise(cell))]
        text = BETWEEN.join(cells)
        yield Line(number, text, text, TEXT if cells else BLANK, number, number)


def _form(source: Source) -> str:
    """How a document is read: by its format, and a text that is a table by its file's name."""
    is_table = source.format == "text" and source.file.lower().endswith((".csv", ".tsv"))
    return TABLE if is_table else source.format


def prepare(source: str, file: str, content: str, form: str) -> Document:
    """A document's text as lines. `form` is wikitext, markdown, csv or text."""
    raws = lines_of(content)
    if form == TABLE:
        return Document(source, file, tuple(_rows(raws)), form)
    texts = FORMS[form](raws)
    often = Counter(raw.strip() for raw in raws)
    headers = {
        text
        for text, count in often.items()
        if count >= REPEATED and any(c.isalpha() for c in text) and not _BULLET.match(text)
    }
    return Document(source, file, tuple(_lines(raws, texts, headers)), form)


def _rows(raws: list[str]) -> Iterator[Line]:
    """The lines of a table: a row belongs together, and column names tell nothing."""
    for number, (raw, piece) in enumerate(zip(raws, read_cells(raws), strict=True), 1):
        cells = [text for cell in piece.cells if (text := normalise(cell))]
        is_named = number == 1 and not any(re.match(r"[0-9+-]", cell) for cell in cells)
        kind = BLANK if not cells else HEADING if is_named else TEXT
        yield Line(number, raw, BETWEEN.join(cells), kind, piece.head, piece.head)


def _lines(raws: list[str], texts: list[str], headers: set[str]) -> Iterator[Line]:
    """Say of each line what it is and what it belongs to."""
    block = 0
    before = ""  # the kind of the block that may go on
    ended = True  # whether its last line ended a sentence
    headings: set[str] = set()
    gap: set[str] = set()  # what stood between: blanks, page headers
    for number, (raw, text) in enumerate(zip(raws, texts, strict=True), 1):
        alone = not "".join(raws[max(number - 2, 0) : number - 1] + raws[number : number + 1]).strip()
        kind = _kind(raw, text, headers, alone=alone or text in headings)
        if kind == HEADING:
            headings.add(text)
        if kind in (BLANK, HEADER, REFERENCE):
            gap.add(kind)
            yield Line(number, raw, "", kind, number, 0)
            continue
        broken = HEADER in gap
        goes_on = (kind == SOURCES and before in TELLING) or (
            kind == TEXT
            and (
                (before == ITEM and (broken or (not gap and _is_sentence(text))))
                or (before == TEXT and broken and not ended)
            )
        )
        if not goes_on:
            block, before = number, kind
        head = block if before == ITEM else number
        yield Line(number, raw, _BULLET.sub("", text, count=1) if kind == ITEM else text, kind, head, block)
        ended = bool(_ENDED.search(normalise(raw)))
        gap = set()


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= SENTENCE_WORDS


def _kind(raw: str, text: str, headers: set[str], *, alone: bool) -> str:
    if raw.strip() in headers:
        return HEADER
    if NOTED.match(raw):
        return REFERENCE
    if _STRAY.fullmatch(text):
        return SOURCES if CREDITS.search(raw) else BLANK
    if _BULLET.match(text):
        return ITEM
    return HEADING if _MARKED.fullmatch(raw) or (alone and _is_heading(text)) else TEXT


def _is_heading(text: str) -> bool:
    """A short line in title case without a number or a stop."""
    words = text.split()
    capitals = all(word[0].isupper() or not word[0].isalpha() for word in words if len(word) > 3 or word is words[0])
    return len(words) <= HEADING_WORDS and capitals and not re.search(r"[0-9]|[.!?:,;]$", text)
