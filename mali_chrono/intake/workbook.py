"""The first sheet of a workbook as rows of texts. Needs openpyxl (extra `xlsx`), imported here alone."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from mali_chrono.errors import DataError, UsageError

# So many bytes may the parts of a workbook come to, and so many times its own size: text packs well, but not like this.
_PARTS, _TIMES = 32 << 20, 50
# So many cells are looked at, empty ones among them: a stray one at the foot of a sheet makes a million rows.
_LOOKED_AT = 50_000_000


def read_sheet(name: str, content: bytes, most: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each row's number and cells. A day is written as ISO 8601 has it, by the workbook's own calendar (1900 or 1904).

    Of a formula the value that was saved with it. Raises DataError where it is no workbook, a formula has no value, a
    row has more than `most` cells, or it is far larger inside than outside.
    """
    try:
        import openpyxl  # noqa: F401, PLC0415 - heavy
    except ImportError:
        raise UsageError("a workbook needs openpyxl: pip install 'mali-chrono[xlsx]'") from None
    try:
        _refuse_bomb(name, content)
        yield from _rows(name, content, most)
    except DataError:
        raise
    except Exception as fault:  # noqa: BLE001 - the parts are read as they are asked for, and each may be damaged anyhow
        raise DataError(f"{name}: this is no workbook that can be read: {fault}") from None


def _refuse_bomb(name: str, content: bytes) -> None:
    """Raise DataError where the parts of a workbook are out of proportion to it."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        size = sum(part.file_size for part in parts.infolist())
    if size > _PARTS + _TIMES * len(content):
        raise DataError(f"{name}: {size:,} bytes are packed into {len(content):,}: this is no workbook of a table")


def _rows(name: str, content: bytes, most: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    from openpyxl import load_workbook  # noqa: PLC0415

    values = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
    texts = load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
    seen = 0
    for number, (row, written) in enumerate(zip(values.iter_rows(), texts.iter_rows(), strict=True), 1):
        seen += len(row)
        if len(row) > most or seen > _LOOKED_AT + len(content):
            told = f"{len(row):,} columns" if len(row) > most else f"over {_LOOKED_AT:,} cells, most of them empty"
            raise DataError(f"{name}:{number}: {told}: delete what stands far beside or below the table")
        for cell, source in zip(row, written, strict=True):
            if cell.value is None and source.value is not None:
                raise DataError(f"{name}:{number}: {source.coordinate} is a formula without its value: save values")
        yield number, tuple(_text(cell.value) for cell in row)


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def further_sheets(content: bytes) -> tuple[str, ...]:
    """The names of the sheets after the first that hold anything: they are not read."""
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy

    sheets = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[1:]
    return tuple(
        sheet.title
        for sheet in sheets
        if any(value is not None for row in sheet.iter_rows(values_only=True) for value in row)
    )
