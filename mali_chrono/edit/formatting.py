"""A store's file -> the same in chrono's own layout: every comment kept and no meaning changed, or nothing is done."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from mali_chrono.edit.comments import find_comments
from mali_chrono.edit.layout import ALONE, Note, record_text
from mali_chrono.errors import DataError, Problem
from mali_chrono.store.build import RECORDS, build_vocabulary
from mali_chrono.store.decode import decode, take_merge_marks
from mali_chrono.store.grammar import Grammar
from mali_chrono.store.load import read_text, uncollected
from mali_chrono.store.locate import VOCABULARY
from mali_chrono.store.model import sort_key
from mali_chrono.store.nodes import Path
from mali_chrono.store.reader import CONTENT, Chunk, read_chunk, read_list, read_map, read_quickly, split

_BOM = b"\xef\xbb\xbf"
# What an editor looks for in the first lines of a file.
_MODELINE = re.compile(r"# *(?:yaml-language-server:|-\*-|vim?:)")
_NONE = Note()


class Laid(NamedTuple):
    """A file's content as it should be, or as it is where problems keep it from being laid out."""

    content: bytes
    problems: list[Problem]


class _Entry(NamedTuple):
    """A record as it is written: its values, and its comments by path."""

    values: dict[str, Any]
    notes: dict[Path, Note]


class _Sheet(NamedTuple):
    """What stands in a file: comments at its head, records, comments at its foot; an empty comment is an empty line."""

    head: list[str]
    entries: list[_Entry]
    foot: list[str]


class _Reading(NamedTuple):
    """A text taken apart, the same as records, and what is wrong with these."""

    sheet: _Sheet
    records: list[Any]
    faults: list[Problem]


def lay_out(kind: str, content: bytes, file: str, grammar: Grammar) -> Laid:
    """A file of a store in chrono's layout; `kind` is that of a StoreFile, `file` the file's name in problems.

    Windows' line ends and a byte order mark stay. What cannot be read as YAML, or has a text that a `#` cuts off, stays
    as it is, with its problems. Raises DataError where the result would not be read as what is written.
    """
    with uncollected():
        text, problems = decode(content, file)
        if not problems:
            text = take_merge_marks(text, file, problems)
        reading = _read(kind, text, file, problems, grammar) if not problems else None
        if reading is None:
            lines = text.split("\n")
            return Laid(content, [problem.with_excerpt(lines) for problem in problems])
        reading = _in_order(kind, reading)
        laid = _write(kind, reading.sheet)
        if laid != text and not (
            _is_same(reading, _read(kind, laid, file, [], grammar)) and _comments(text) == _comments(laid)
        ):
            raise DataError(
                f"{file} stays as it is: laid out, it would not be read as what it says; this is a fault of chrono's"
            )
    ends = "\r\n" if content[: content.find(b"\n") + 1].endswith(b"\r\n") else "\n"
    return Laid((_BOM if content.startswith(_BOM) else b"") + laid.replace("\n", ends).encode(), [])


def _read(kind: str, text: str, file: str, problems: list[Problem], grammar: Grammar) -> _Reading | None:
    """A text taken apart; None where that cannot be, and then `problems` say why."""
    faults: list[Problem] = []
    records = _records(kind, text, file, faults, grammar)
    problems += [fault for fault in faults if fault.rule == "too-many"]  # what follows was not read
    if problems:
        return None
    sheet = _take_apart(kind, text, file, problems)
    problems += [fault for fault in faults if fault.rule == "cut-off"]
    return None if problems else _Reading(sheet, records, faults)


def _records(kind: str, text: str, file: str, faults: list[Problem], grammar: Grammar) -> list[Any]:
    """What a text says: its records, or the sections of a vocabulary."""
    if kind == VOCABULARY:
        return [build_vocabulary(item, file, faults) for item in read_map(text, file, faults)]
    return read_text(kind, text, file, faults, grammar)[0]


def _shape(kind: str) -> str:
    return VOCABULARY if kind == VOCABULARY else RECORDS[kind][0]


def _take_apart(kind: str, text: str, file: str, problems: list[Problem]) -> _Sheet:
    """The comments and records of a text; what keeps it from being read goes to `problems`."""
    first = CONTENT.search(text)
    begins = first.start() if first else len(text)
    head, above = _heads(text[:begins])
    is_alone = _shape(kind) in ALONE
    chunks = None if is_alone else split(text)
    sheet = _of_chunks(chunks, file) if chunks else None
    if sheet is None:
        read = read_map if is_alone else read_list
        values = [item.values for item in read(text, file, problems)]
        sheet = _of_whole(values, text[begins:], is_alone=is_alone) if not problems else _Sheet([], [], [])
    entry = sheet.entries[0] if sheet.entries else None
    if entry is None or (is_alone and not entry.values):
        return sheet._replace(head=[*head, *above, *sheet.head])
    # Of a file that is one record, what stands above its first field.
    _add_above(entry, (next(iter(entry.values)),) if is_alone else (), above)
    return sheet._replace(head=[*head, *sheet.head])


def _heads(text: str) -> tuple[list[str], list[str]]:
    """What stands before the first record: the head of the file, which an empty line ends, and what is above that."""
    lines: list[str] = []
    for line in text.splitlines():
        before, mark, comment = line.partition("#")
        if before.startswith("---") or not (before + mark).strip():
            lines.append("")
        if mark:
            lines.append((mark + comment).strip())
    ends = [place for place, line in enumerate(lines, 1) if not line or _MODELINE.match(line)]
    last = ends[-1] if ends else 0
    return lines[:last], lines[last:]


def _add_above(entry: _Entry, path: Path, comments: Sequence[str]) -> None:
    if comments:
        note = entry.notes.get(path, _NONE)
        entry.notes[path] = note._replace(above=(*comments, *note.above))


def _of_chunks(chunks: Iterable[Chunk], file: str) -> _Sheet | None:
    """A list, record by record; None where one of them cannot be read by itself."""
    entries = []
    above: list[str] = []
    for chunk in chunks:
        body, rest = _cut_end(chunk.text)
        found: list[Problem] = []
        item = read_quickly(chunk._replace(text=body)) or read_chunk(chunk._replace(text=body), file, found)
        if item is None or found:
            return None
        entry = _Entry(item.values, _under(0, find_comments(body)) if "#" in body else {})
        _add_above(entry, (), above)
        entries.append(entry)
        above = rest
    return _Sheet([], entries, above)


def _cut_end(chunk: str) -> tuple[str, list[str]]:
    """A record, and the comments after it that are indented no more than its dash: they belong to what comes next."""
    lines = chunk.removesuffix("\n").split("\n")
    dash = chunk.index("-")
    end = next((end for end in range(len(lines), 0, -1) if not _is_between(lines[end - 1], dash)), 0)
    rest = [line.strip() for line in lines[end:]]
    return "\n".join([*lines[:end], ""]), rest if any(rest) else []


def _is_between(line: str, dash: int) -> bool:
    text = line.lstrip()
    return not text or (text[0] == "#" and len(line) - len(text) <= dash)


def _of_whole(records: list[dict[str, Any]], text: str, *, is_alone: bool) -> _Sheet:
    """A text that is not simply a list of records with a dash each."""
    notes = find_comments(text)
    around = notes.pop((), _NONE)
    head, foot = [*around.above, *around.beside], list(around.below)
    if is_alone:
        return _Sheet(head, [_Entry(values, notes) for values in records], foot)
    return _Sheet(head, [_Entry(values, _under(place, notes)) for place, values in enumerate(records)], foot)


def _under(place: int, notes: dict[Path, Note]) -> dict[Path, Note]:
    """The comments of one item of a list."""
    return {path[1:]: note for path, note in notes.items() if path[:1] == (place,)}


def _in_order(kind: str, reading: _Reading) -> _Reading:
    """The same with events oldest first, where the date and the id of each can be read."""
    records = reading.records
    if kind != "events" or any(record.lacks("date") or record.lacks("id") for record in records):
        return reading
    order = sorted(range(len(records)), key=lambda place: sort_key(records[place]))
    entries = [reading.sheet.entries[place] for place in order]
    return reading._replace(sheet=reading.sheet._replace(entries=entries), records=[records[place] for place in order])


def _write(kind: str, sheet: _Sheet) -> str:
    """The text of a file."""
    shape = _shape(kind)
    records = "".join(record_text(shape, _stripped(entry.values), _tidy(entry.notes)) for entry in sheet.entries)
    head = "\n".join(_once(sheet.head)).strip("\n")
    foot = "\n".join(_once(sheet.foot)).rstrip("\n")
    body = records.lstrip("\n") or ("{}\n" if sheet.entries else "[]\n")
    return (f"{head}\n\n" if head else "") + body + (f"{foot}\n" if foot else "")


def _tidy(notes: dict[Path, Note]) -> dict[Path, Note]:
    return {path: note._replace(above=_once(note.above)) for path, note in notes.items()}


def _once(comments: Sequence[str]) -> list[str]:
    """Comments with no more than one empty line between two of them."""
    return [line for text, lines in groupby(comments) for line in ([text] if not text else lines)]


def _stripped(value: Any) -> Any:
    """A value as records hold it: no blanks around a text."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        return {name: _stripped(inner) for name, inner in value.items()}
    return [_stripped(inner) for inner in value]


def _is_same(before: _Reading, after: _Reading | None) -> bool:
    """Whether what was laid out is read as what was written: values, records, and what is wrong with them."""
    return after is not None and all(
        tell(before) == tell(after)
        for tell in (
            lambda reading: [_stripped(entry.values) for entry in reading.sheet.entries],
            lambda reading: reading.records,
            lambda reading: Counter((fault.rule, fault.message) for fault in reading.faults),
        )
    )


def _comments(text: str) -> Counter[str]:
    """The comments of a text, however they are told apart."""
    notes = find_comments(text).values() if "#" in text else ()
    return Counter(comment for note in notes for part in note for comment in part)
