"""Comma-separated values (RFC 4180, with line feeds) for spreadsheets."""

import re
from collections.abc import Iterable, Sequence

# What spreadsheets take for the beginning of a formula (OWASP, "CSV injection"), full width too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NEGATIVE = re.compile(r"-[0-9]+(\.[0-9]+)?")


def table(headers: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """A header, then one row a line; values stay as they are, but what a spreadsheet would run is quoted by '."""
    import csv

    lines = _Lines()
    # Before Python 3.13 a carriage return is put into quotes only where lines end with one.
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(headers)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return "".join(f"{line[:-2]}\n" for line in lines)


class _Lines(list[str]):
    """What the csv module writes to: a row a time."""

    write = list.append


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, str) and value.startswith(_FORMULA) and not _is_negative(value):
        return f"'{value}"
    return value


def _is_negative(text: str) -> bool:
    """Whether a text is a number below nothing, or a date before Christ."""
    if _NEGATIVE.fullmatch(text):
        return True
    from mali_chrono.dates.edtf import EdtfError, parse

    try:
        return text.startswith("-") and bool(parse(text))
    except EdtfError:
        return False
