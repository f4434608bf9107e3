r"""Tab-separated values for awk, cut, Miller and COPY: nothing is quoted, a line is a row and a tab ends a cell.

IANA's text/tab-separated-values has no way to say a tab or a line end in a cell; they are `\t`, `\n` and `\r` here and
a backslash is `\\`, as Miller and PostgreSQL's COPY read them.
"""

from collections.abc import Iterable, Iterator, Sequence

from mali_chrono.render.csvtext import safe
from mali_chrono.render.look import Look
from mali_chrono.render.tabular import Tabular

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def write(answer: Tabular, look: Look) -> Iterator[str]:  # noqa: ARG001
    """The rows of an answer, a line each."""
    return lines(answer.fields, answer.values)


def lines(headers: Sequence[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """A header, then one row a line; what a spreadsheet would run is quoted by ' as in csv."""
    yield "\t".join(headers) + "\n"
    for row in rows:
        yield "\t".join([_cell(value) for value in row]) + "\n"


def _cell(value: object) -> str:
    return "" if value is None else str(safe(value)).translate(_ESCAPES)
