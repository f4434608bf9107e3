"""The first sheet of a workbook as rows of texts. Needs openpyxl (extra `xlsx`), imported here alone."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from mali_chrono.errors import DataError, UsageError


def read_sheet(name: str, content: bytes) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each row's number and cells. A day is written as ISO 8601 has it, by the workbook's own calendar (1900 or 1904).

    Of a formula the value that was saved with it. Raises DataError where it is no workbook, or a formula has no value.
    """
    try:
        from openpyxl import load_workbook  # noqa: PLC0415 - heavy
        from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415
    except ImportError:
        raise UsageError("a workbook needs openpyxl: pip install 'mali-chrono[xlsx]'") from None
    faults = (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError)
    try:
        values = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        texts = load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
    except (*faults, IndexError) as fault:
        raise DataError(f"{name}: this is no workbook that can be read: {fault}") from None
    pairs = zip(values.iter_rows(), texts.iter_rows(), strict=True)
    for number, (row, written) in enumerate(pairs, 1):
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
