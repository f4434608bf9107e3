"""How a column writes days: the forms by name, and which one a whole column is written in.

One form a file: the order of day and month is decided by all of a column or not at all, never row by row.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from mali_chrono.dates.days import MONTHS, from_ordinal, month_length, ordinal

_MONTHS = {name[:n].lower(): at for at, name in enumerate(MONTHS, 1) for n in range(3, len(name) + 1)}
_TOKENS = {
    "YYYY": r"(?P<year>\d{4})", "YY": r"(?P<short>\d{2})", "MM": r"(?P<month>\d{1,2})", "DD": r"(?P<day>\d{1,2})",
    "D": r"(?P<day>\d{1,2})", "Month": r"(?P<name>[A-Za-z]{3,9})\.?",
}  # fmt: skip
# Midnight, as databases and spreadsheets write it behind a day.
_MIDNIGHT = r"(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?"
_SERIALS = {"serial-1900": ordinal(1899, 12, 30), "serial-1904": ordinal(1904, 1, 1)}
# `43831.0`, as programs write where a column had gaps, is one; with a time behind the point it is not.
_SERIAL = r"([1-9][0-9]{0,5})(?:\.0+)?"
FORMS = (
    "YYYY-MM-DD", "YYYYMMDD", "YYYY/MM/DD", "D Month YYYY", "D-Month-YYYY", "D-Month-YY", "Month D, YYYY", "DD/MM/YYYY",
    "MM/DD/YYYY", "DD.MM.YYYY", "DD-MM-YYYY", "DD/MM/YY", "MM/DD/YY", *_SERIALS,
)  # fmt: skip


class Misread(Exception):  # noqa: N818 - a file that is not read, with why
    """No form, or more than one, fits a column; `at` is the position of a cell that shows it."""

    def __init__(self, at: int, message: str) -> None:
        super().__init__(message)
        self.at = at


Reader = Callable[[str], int | None]


def read_day(form: str, text: str, since: int | None = None) -> int | None:
    """The ordinal of the day that a text is in a form; None where it is none.

    `since` is the first of the hundred years that a year of two digits may be.
    """
    text = text.strip()
    if form in _SERIALS:
        serial = re.fullmatch(_SERIAL, text)
        return _SERIALS[form] + int(serial[1]) if serial else None
    match = _pattern(form).fullmatch(text)
    if not match:
        return None
    parts = match.groupdict()
    if "short" in parts:
        if since is None:
            return None
        year = since + (int(parts["short"]) - since) % 100
    else:
        year = int(parts["year"])
    month = _MONTHS.get(parts["name"].lower(), 0) if "name" in parts else int(parts["month"])
    day = int(parts["day"])
    if not (1 <= month <= 12 and 1 <= day <= month_length(year, month)):
        return None
    return ordinal(year, month, day)


@lru_cache(len(FORMS))
def _pattern(form: str) -> re.Pattern[str]:
    """A form as a pattern; `D` takes `05` too, and blanks may be more than one."""
    pattern = re.sub("YYYY|YY|MM|DD|Month|D| |[/.,]", lambda m: _TOKENS.get(m[0]) or _mark(m[0]), form)
    if form == "YYYYMMDD":
        pattern = r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    return re.compile(pattern + _MIDNIGHT)


def _mark(mark: str) -> str:
    return r"\s+" if mark == " " else re.escape(mark)


class Chosen(NamedTuple):
    """The form of a column, and of which hundred years its years of two digits are."""

    form: str
    since: int | None

    @property
    def century(self) -> tuple[int, int] | None:
        """The first and the last year that two digits may mean, where the form has no more."""
        is_short = "YY" in self.form and "YYYY" not in self.form
        return (self.since, self.since + 99) if is_short and self.since is not None else None


def choose(cells: Sequence[str], forms: Iterable[str], years: Sequence[str], since: int | None) -> Chosen:
    """The one form that a column is written in; `years` are the cells of a column that proves it, if there is one.

    Cells that no form reads do not count. Raises Misread where two forms read all that one does (the order of day and
    month is open), or each reads what the other cannot (two forms in one column).
    """
    filled = [(at, cell) for at, cell in enumerate(cells) if cell.strip()]
    reads = {form: [read_day(form, cell, since) for _, cell in filled] for form in forms}
    reads = {form: days for form, days in reads.items() if any(day is not None for day in days)}
    if not reads:
        at, cell = filled[0] if filled else (0, "")
        raise Misread(at, f"'{cell}' is a date in none of the forms {', '.join(forms)}{_hint(cell, since)}")
    if years and len(reads) > 1:
        reads = {form: days for form, days in reads.items() if _agrees(days, [years[at] for at, _ in filled])} or reads
    counts = {form: sum(day is not None for day in days) for form, days in reads.items()}
    best = max(counts, key=lambda form: counts[form])
    for form, days in reads.items():
        alone = next((i for i, day in enumerate(days) if day is not None and reads[best][i] is None), None)
        if form != best and alone is not None:
            at, cell = filled[alone]
            other = next(text for (_, text), day in zip(filled, reads[best], strict=True) if day is not None)
            raise Misread(at, f"dates in two forms in one column: '{other}' is {best}, '{cell}' is {form}")
        if form != best and counts[form] == counts[best] and days != reads[best]:
            at, cell = next(pair for i, pair in enumerate(filled) if days[i] != reads[best][i])
            raise Misread(at, f"'{cell}' may be {best} or {form}, and no date in the column tells which: "
                              "name one of them in a map of your own")  # fmt: skip
    return Chosen(best, since)


def _agrees(days: Sequence[int | None], years: Sequence[str]) -> bool:
    """Whether the years that are read are mostly those of their column."""
    known = [(from_ordinal(day)[0], year) for day, year in zip(days, years, strict=True) if day is not None]
    return sum(str(read) == year.strip() for read, year in known) * 2 > len(known)


def _hint(cell: str, since: int | None) -> str:
    if re.fullmatch(r"[1-9]\d{4}(?:\.0+)?", cell.strip()):
        return "; it looks like a spreadsheet's number of a day: save the column as dates, or name serial-1900"
    if since is None and re.search(r"(?<!\d)\d\d$", cell.strip()):
        return "; a year of two digits needs `since` in the map, the first year that the data has"
    return ""
