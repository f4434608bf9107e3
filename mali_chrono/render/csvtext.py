"""Comma-separated values (RFC 4180, with line feeds) for spreadsheets."""

import csv as standard
import io

from mali_chrono.render.look import Look, Timeline


def csv(view: Timeline, look: Look) -> str:  # noqa: ARG001
    """A header of field names, then one event a row; what a spreadsheet would run as a formula is quoted by '."""
    out = io.StringIO()
    writer = standard.writer(out, lineterminator="\n")
    writer.writerow(view.fields)
    writer.writerows([_cell(value) for value in row[:-1]] for row in view.rows)
    return out.getvalue()


def _cell(value: object) -> object:
    # What spreadsheets run (OWASP, "CSV injection"), but for "-": "-0499" is a date.
    if isinstance(value, str) and value[:1] in ("=", "+", "@", "\t", "\r"):
        return "'" + value
    return "" if value is None else value
