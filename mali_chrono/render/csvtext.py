"""Comma-separated values (RFC 4180, with line feeds) for spreadsheets."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.render.look import Look
    from mali_chrono.render.tabular import Tabular

# What spreadsheets take for the beginning of a formula (OWASP, "CSV injection"), full width too; what a log of GitHub's
# takes for a command.
_FORMULA = ("::", "##[", "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NEGATIVE = re.compile(r"-[0-9]+(\.[0-9]+)?")


def write(answer: "Tabular", look: "Look") -> Iterator[str]:  # noqa: ARG001
    """The rows of an answer, a line each."""
    return lines(answer.fields, answer.values)


def table(headers: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """A header, then one row a line; values stay as they are, but what a spreadsheet would run is quoted by '."""
    return "".join(lines(headers, rows))


def lines(headers: Sequence[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The same, a row a time."""
    import csv

    line = _Line()
    # Before Python 3.13 a carriage return is put into quotes only where lines end with one.
    writer = csv.writer(line, lineterminator="\r\n")
    for row in chain((headers,), ([safe(value) for value in row] for row in rows)):
        writer.writerow(row)
        yield f"{line.text[:-2]}\n"


class _Line:
    """What the csv module writes to: the last row."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


def safe(value: object) -> object:
    """A value that no spreadsheet runs: what it would take for a formula begins with '; yes and nothing for a truth."""
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
