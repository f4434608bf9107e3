"""Comma-separated values (RFC 4180, with line feeds) for spreadsheets."""

from collections.abc import Iterable, Sequence


def table(headers: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """A header, then one row a line; what a spreadsheet would run as a formula is quoted by '."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headers)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else ""
    if not isinstance(value, str):
        return value
    text = value.replace("\r\n", "\n").replace("\r", "\n")  # csv quotes no carriage return before Python 3.13
    # What spreadsheets run (OWASP, "CSV injection"), but for "-": "-0499" is a date.
    return "'" + text if text[:1] in ("=", "+", "@", "\t", "\n") else text
