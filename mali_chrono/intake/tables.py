"""A file's bytes -> a table: the names of its columns and its rows, each with the lines that a cite of it names.

CSV and TSV are read by the same cells as the proof reads them; in json Lines a line is a row. A list of objects in json
and a workbook have no lines that tell anything: there row 1 is the first object, or the first row of the first sheet.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from mali_chrono.errors import DataError
from mali_chrono.evidence.cells import read_cells
from mali_chrono.kinds import TABLES
from mali_chrono.store.decode import decode
from mali_chrono.text import listing

CSV, JSON, JSONL, XLSX = TABLES
FORMS = {".csv": CSV, ".tsv": CSV, ".tab": CSV, ".txt": CSV, ".json": JSON, ".jsonl": JSONL, ".ndjson": JSONL,
         ".xlsx": XLSX, ".xlsm": XLSX}  # fmt: skip
# What a file's first bytes say it is, whatever its name says.
_MAGIC = ((b"PK\x03\x04", "a zip archive", "unpack it"), (b"\x1f\x8b", "compressed by gzip", "unpack it"),
          (b"%PDF", "a PDF", ""), (b"\xd0\xcf\x11\xe0", "a workbook of before 2007", "save it as .xlsx or csv"),
          (b"PAR1", "Parquet", "write it as csv"))  # fmt: skip
MOST_COLUMNS = 10_000
# Cells that a table of no size at all may have, and how many more for each byte of it. What is denser is made of gaps.
_CELLS, _CELLS_A_BYTE = 2_000_000, 20
# Half of a character beyond the first 65,536, which json may escape by itself.
_HALVES = re.compile(r"\\u[dD][89a-fA-F]")


class Row(NamedTuple):
    """A row: the first and last line that it stands on, and its cells."""

    first: int
    last: int
    cells: tuple[str, ...]


class Table(NamedTuple):
    """A table as it stands: the file's name, its form, the names of its columns (trimmed), rows, how many lines.

    `head` is the line of the names, 0 where the file has none. `sheets` are those of a workbook that are not read.
    """

    name: str
    form: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    lines: int
    head: int = 1
    sheets: tuple[str, ...] = ()

    @property
    def places(self) -> dict[str, int]:
        """Where each column stands, by its name in small letters; of two of one name the first."""
        return {name.lower(): at for at, name in reversed(list(enumerate(self.columns)))}


def form_of(name: str) -> str:
    """How a file is read, by its name. Raises DataError."""
    ending = next((end for end in FORMS if name.lower().endswith(end)), "")
    if not ending:
        known = listing(sorted({end.lstrip(".") for end in FORMS}), "or")
        raise DataError(f"'{name}' has none of the endings of a table: {known}")
    return FORMS[ending]


def read_table(name: str, content: bytes, heads: Iterable[Sequence[str]] = ()) -> Table:
    """The table of a file. `heads` are the columns of files that come without names, one list for each known width.

    Raises DataError with line and column where it is none.
    """
    if not name.isprintable():
        raise DataError(f"'{name}': the name of this file holds what no store may: rename it")
    form = form_of(name)
    if form == XLSX:
        return _xlsx(name, content)
    for begins, what, hint in _MAGIC:
        if content.startswith(begins):
            raise DataError(f"{name}:1:1: this is {what}, no table" + (f": {hint}" if hint else ""))
    text = _text(name, content)
    if not text.strip():
        raise DataError(f"{name}:1:1: the file is empty")
    if form == CSV:
        return _csv(name, text, [tuple(head) for head in heads])
    table = _objects(name, form, _json(name, text) if form == JSON else _json_lines(name, text), len(content))
    if _HALVES.search(text):
        _refuse_halves(table)
    return table


def lines_of(content: str) -> list[str]:
    """A text's lines as an editor counts them, without the mark at its beginning."""
    return content.removeprefix("\ufeff").replace("\r\n", "\n").removesuffix("\n").split("\n")


def _text(name: str, content: bytes) -> str:
    """A file's text, as it stands. Raises DataError where it is no UTF-8 or holds NUL."""
    _, problems = decode(content, name)
    for problem in problems:
        if problem.rule == "encoding" or "U+0000" in problem.message:
            message = problem.message.replace("is not allowed in a store", "is in no table")
            raise DataError(f"{problem.where}: {message}: save the file as UTF-8")
    return content.decode("utf-8")


def _refuse_gaps(name: str, line: int, columns: int, rows: int, size: int) -> None:
    """Raise DataError where a table is too wide, or has far more cells than its file can fill."""
    if columns > MOST_COLUMNS:
        raise DataError(f"{name}:{line}: {columns:,} columns; a table has {MOST_COLUMNS:,} at most")
    if columns * rows > _CELLS + _CELLS_A_BYTE * size:
        raise DataError(f"{name}:{line}: {rows:,} rows of {columns:,} columns, and hardly a cell of them is filled: "
                        "leave out what is empty")  # fmt: skip


def _refuse_halves(table: Table) -> None:
    """Raise DataError where a cell or a name holds half of a character, which no file can."""
    for row in (Row(1, 1, table.columns), *table.rows):
        for column, cell in zip(table.columns, row.cells, strict=True):
            try:
                cell.encode()
            except UnicodeEncodeError as fault:
                half = f"\\u{ord(cell[fault.start]):04x}"
                told = f"{half} is half of a character: write the file anew, as UTF-8"
                raise DataError(f"{table.name}:{row.first}: column '{column}': {told}") from None


def _csv(name: str, text: str, heads: Sequence[tuple[str, ...]]) -> Table:
    lines = lines_of(text)
    if len(lines) == 1 and "\r" in text:
        raise DataError(f"{name}:1:1: lines end with a bare carriage return: save the file with line feeds")
    rows = list(_join(lines))
    if rows and rows[-1].last == len(lines) and _is_open(rows[-1], lines):
        raise DataError(f"{name}:{rows[-1].first}: a quotation mark opens here and is never closed")
    rows = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not rows:  # a byte order mark, or nothing but commas
        raise DataError(f"{name}:1:1: the file is empty")
    first = rows[0]
    _refuse_gaps(name, first.first, len(first.cells), 1, len(text))
    if len(first.cells) == 1:
        mark = next((mark for mark in "|:~" if first.cells[0].count(mark) > 1), "")
        hint = f"its cells seem to be parted by '{mark}'" if mark else "no comma, semicolon or tab stands there"
        raise DataError(f"{name}:{first.first}:1: this table has one column: {hint}")
    bare = next((head for head in heads if len(head) == len(first.cells) and first.cells[0].isdecimal()), None)
    if bare:
        return Table(name, CSV, bare, tuple(rows), len(lines), 0)
    columns = tuple(cell.strip() for cell in first.cells)
    _check_head(name, first.first, columns)
    return Table(name, CSV, columns, tuple(rows[1:]), len(lines), first.first)


def _join(lines: Sequence[str]) -> Iterator[Row]:
    """The rows of lines: a cell in quotes may go on over several."""
    head, cells, last = 0, [""], 0
    for number, piece in enumerate(read_cells(lines), 1):
        if piece.head == number:
            if head:
                yield Row(head, last, tuple(cells))
            head, cells = number, list(piece.cells)
        else:
            cells[-1] += "\n" + piece.cells[0]
            cells += piece.cells[1:]
        last = number
    if head:
        yield Row(head, last, tuple(cells))


def _is_open(row: Row, lines: Sequence[str]) -> bool:
    """Whether the last row ends inside a cell in quotes: then one line more would be a part of it."""
    shown = [lines[0], *lines[row.first - 1 :], ""]
    return [piece.head for piece in read_cells(shown)][-1] != len(shown)


def _check_head(name: str, line: int, columns: Sequence[str]) -> None:
    if numbers := [n for n, column in enumerate(columns, 1) if re.fullmatch(r"-?[\d.,/-]+", column)]:
        told = f"'{columns[numbers[0] - 1]}' names a column: the row of names is missing"
        raise DataError(f"{name}:{line}: column {numbers[0]}: {told}")
    seen: dict[str, int] = {}
    for n, column in enumerate(columns, 1):
        key = column.lower()
        if key and key in seen:
            raise DataError(f"{name}:{line}: columns {seen[key]} and {n} have the same name '{column}'")
        seen[key] = n


def _json(name: str, text: str) -> Iterator[tuple[int, Any]]:
    """The objects of a list, or of the only list in an object, numbered from 1."""
    found = _parsed(name, text.removeprefix("\ufeff"), 1)
    _refuse_doubled(name, 1, found)
    if isinstance(found, dict):
        lists = [value for value in found.values() if isinstance(value, list)]
        found = lists[0] if len(lists) == 1 else found
    if not isinstance(found, list):
        raise DataError(f"{name}:1:1: a list of objects was expected")
    yield from enumerate(found, 1)


def _json_lines(name: str, text: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(lines_of(text), 1):
        if line.strip():
            yield number, _parsed(name, line, number)


class _Doubled(dict[str, Any]):
    """An object in which a key stands twice."""

    key = ""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    counts = Counter(key for key, _ in pairs) if len(made) < len(pairs) else {}
    twice = next((key for key, count in counts.items() if count > 1), "")
    inside = next((value for value in made.values() if isinstance(value, _Doubled)), None)
    if not counts and inside is None:
        return made
    doubled = _Doubled(made)
    doubled.key = inside.key if inside is not None and not counts else twice
    return doubled


def _refuse_doubled(name: str, number: int, found: Any) -> None:
    if isinstance(found, _Doubled):
        raise DataError(f"{name}:{number}: '{found.key}' stands twice in one object")


def _parsed(name: str, text: str, line: int) -> Any:
    try:
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_object)
    except json.JSONDecodeError as fault:
        raise DataError(f"{name}:{line + fault.lineno - 1}:{fault.colno}: this is no json: {fault.msg}") from None
    except RecursionError:
        raise DataError(f"{name}:{line}:1: this is nested too deep") from None


def _objects(name: str, form: str, found: Iterable[tuple[int, Any]], size: int) -> Table:
    objects = list(found)
    columns: dict[str, None] = {}
    for number, each in objects:
        if not isinstance(each, Mapping):
            raise DataError(f"{name}:{number}: an object was expected, one a row")
        _refuse_doubled(name, number, each)
        columns |= dict.fromkeys(each)
        _refuse_gaps(name, number, len(columns), len(objects), size)
    rows = tuple(Row(n, n, tuple(_cell(each.get(column)) for column in columns)) for n, each in objects)
    if not rows:
        raise DataError(f"{name}:1:1: the file is empty")
    named = tuple(column.strip() for column in columns)
    first: dict[str, str] = {}
    for column in named:
        if column and first.setdefault(column.lower(), column) != column:
            raise DataError(f"{name}:1: '{first[column.lower()]}' and '{column}' are the same name of a column")
    return Table(name, form, named, rows, objects[-1][0], 0)


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def _xlsx(name: str, content: bytes) -> Table:
    from mali_chrono.intake.workbook import further_sheets, read_sheet  # noqa: PLC0415 - only for a workbook

    rows = []
    for n, cells in read_sheet(name, content, MOST_COLUMNS):
        if any(cells):
            rows.append(Row(n, n, cells))
            _refuse_gaps(name, n, len(cells), len(rows), len(content))
    if not rows:
        raise DataError(f"{name}:1: the first sheet is empty")
    columns = tuple(cell.strip() for cell in rows[0].cells)
    _check_head(name, rows[0].first, columns)
    return Table(name, XLSX, columns, tuple(rows[1:]), rows[-1].last, rows[0].first, further_sheets(content))
