"""A record into the text of a file that is a list: at its place, and no other byte of the file touched."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from mali_chrono.errors import DataError
from mali_chrono.store.decode import decode, take_merge_marks
from mali_chrono.store.reader import Chunk, split

_BOM = "\ufeff"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_END = re.compile(r"\r\n|\r|\n")
# A file without a record: comments, and perhaps the brackets of an empty list.
_NOTHING = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n)|---[ \t]*(?:\r\n|\r|\n))*(\[[ \t]*\])?")

# Where YAML's mark ends a file, with nothing but comments after it.
_ENDED = re.compile(r"(?:(?<=\n)|(?<=\r)|\A)\.\.\.[ \t]*(?:[ \t]#[^\r\n]*)?(?:(?:\r\n|\r|\n)[ \t]*(?:#[^\r\n]*)?)*\Z")


class Inserted(NamedTuple):
    """The new content of a file, and the line, from 1, on which the record begins."""

    content: bytes
    line: int


def insert(content: bytes, record: str, before: int, file: str) -> Inserted:
    """Put a record's text into a list after so many of its records.

    Comments above a record stay above it, those at the head and at the end of the file stay there; the record is
    indented, parted by blank lines and ended as its neighbours are. Only the brackets of an empty list go. What ends
    the file by YAML's mark stays its end. Raises DataError where the file is not written a record an item.
    """
    text, problems = decode(content, file)
    if problems or take_merge_marks(text, file, problems) != text:
        raise DataError(f"{file} has faults that hide its records: mend them first, `chrono check` tells them")
    raw = content.decode("utf-8")
    if (ended := _ENDED.search(raw)) and ended.start():
        made = insert(raw[: ended.start()].encode(), record, before, file)
        return made._replace(content=made.content + ended[0].encode())
    mark = _BOM if raw.startswith(_BOM) else ""
    lines = _LINE.findall(raw.removeprefix(_BOM))
    chunks = split(text)
    if chunks is None:
        return _into_nothing(mark, "".join(lines), record, file)
    at = _place(lines, chunks, before)
    gap = _gap(lines, chunks, before)
    end = _line_end(lines, at)
    indent = " " * (len(chunks[0].text) - len(chunks[0].text.lstrip(" ")))
    new = [f"{indent}{line}" if line else "" for line in record.removesuffix("\n").split("\n")]
    pieces = [*new, *[""] * gap] if before == 0 else [*[""] * gap, *new]
    if at == len(lines) and not _END.search(lines[-1]):  # no line feed at the end, and so there is none after it
        added = "".join(end + piece for piece in pieces)
    else:
        added = "".join(piece + end for piece in pieces)
    whole = mark + "".join([*lines[:at], added, *lines[at:]])
    return Inserted(whole.encode(), at + 1 + (gap if before else 0))


def _place(lines: Sequence[str], chunks: Sequence[Chunk], before: int) -> int:
    """The line, from 0, before which a record goes that stands after so many others."""
    first = chunks[0].line - 1
    if before == 0:
        head = [i for i in range(first) if not lines[i].strip() or lines[i].startswith("---")]
        return head[-1] + 1 if head else first
    return _ends(lines, chunks, before - 1)


def _ends(lines: Sequence[str], chunks: Sequence[Chunk], number: int) -> int:
    """The line, from 0, after the last one of a record: comments no deeper than its dash are not its own."""
    begin = chunks[number].line - 1
    end = chunks[number + 1].line - 1 if number + 1 < len(chunks) else len(lines)
    dash = len(lines[begin]) - len(lines[begin].lstrip(" "))
    while end > begin + 1:
        bare = lines[end - 1].strip()
        deep = len(lines[end - 1]) - len(lines[end - 1].lstrip(" \t"))
        if bare and not (bare.startswith("#") and deep <= dash):
            break
        end -= 1
    return end


def _gap(lines: Sequence[str], chunks: Sequence[Chunk], before: int) -> int:
    """How many blank lines part records near a place."""
    if len(chunks) < 2:
        return 0
    start = _ends(lines, chunks, min(max(before - 1, 0), len(chunks) - 2))
    return next(i for i, line in enumerate(lines[start:]) if line.strip())


def _line_end(lines: Sequence[str], at: int) -> str:
    """How the lines near a place end."""
    near = [*reversed(lines[:at]), *lines[at:]]
    return next((found[0] for line in near if (found := _END.search(line))), "\n")


def _into_nothing(mark: str, text: str, record: str, file: str) -> Inserted:
    """The first record of a file that has none yet."""
    match = _NOTHING.match(text)
    head = text[: match.start(1) if match and match[1] else match.end() if match else 0]
    rest = text[match.end() :] if match else text
    if re.sub(r"[ \t]*#[^\r\n]*", "", rest).strip():
        how = "begin each with '- ' at the beginning of a line, with no mark of YAML ('---', '...', '%') among them"
        raise DataError(f"{file} is not written a record an item: {how}")
    end = _line_end(_LINE.findall(text), 0)
    new = record.removesuffix("\n").replace("\n", end)
    if match and match[1]:
        return Inserted((mark + head + new + (rest or end)).encode(), head.count(end) + 1)
    parted = end if rest.strip() else ""
    return Inserted((mark + head + rest + parted + new + end).encode(), (head + rest + parted).count(end) + 1)
