"""The cells of a row by the names of their columns, and how a cell is read as a number or a name."""

import re
from collections.abc import Mapping, Sequence

from mali_chrono.intake.maps import Names
from mali_chrono.store.decode import CONTROL

# What a spreadsheet would run; a mark before it says that it is text.
_FORMULA = re.compile(r"=\s*[A-Za-z(+\-\d\"@]|@[A-Z]+\(")
_YEARS = re.compile(r"\s*\((?:\d{4}\s*-\s*(?:\d{4})?|-\s*\d{4}|\d{4})\)")
_EITHER = re.compile(r"\s+and/or\s+", re.IGNORECASE)


_CUT = " ..."
SHORT = 20  # of what stands before a colon in a name


class Bad(Exception):  # noqa: N818 - a row that is left out, with why
    """A row cannot be read: in which column (empty: all of it), and why."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(why)
        self.column, self.why = column, why


class Cells:
    """The cells of a row."""

    def __init__(self, columns: Mapping[str, int], cells: Sequence[str]) -> None:
        self.columns, self.cells = columns, cells

    def named(self, names: Names) -> tuple[str, str]:
        """The first of some columns that is filled, and its cell, trimmed; else the first and an empty text.

        Raises Bad where it is a formula.
        """
        for name in names:
            at = self.columns.get(name)
            if at is not None and at < len(self.cells) and (text := self.cells[at].strip()):
                if _FORMULA.match(text):
                    raise Bad(name, f"'{text[:40]}' is a formula: save values")
                return name, text[1:] if text[0] == "'" and text[1:2] in ("=", "+", "-", "@") else text
        return (names[0] if names else ""), ""

    def first(self, names: Names) -> str:
        """The cell alone."""
        return self.named(names)[1]


def whole(column: str, text: str) -> int:
    """A whole number; `12.0`, as programs write where a column had gaps, is one. Raises Bad."""
    match = re.fullmatch(r"(\d{1,9})(?:\.0+)?", text)
    if match:
        return int(match[1])
    if re.fullmatch(r"\d{1,3}(?:[ ,.'\u00a0\u202f]\d{3})+", text):
        raise Bad(column, f"'{text}' has marks between its digits: write {re.sub(r'[^0-9]', '', text)}")
    raise Bad(column, f"'{text}' is no whole number")


def number(column: str, text: str, most: float) -> float | None:
    """A number of degrees; None for an empty cell. Raises Bad."""
    if not text:
        return None
    if not re.fullmatch(r"[+-]?\d{1,3}(?:\.\d+)?", text):
        hint = ": write a point for the comma" if re.fullmatch(r"[+-]?\d{1,3},\d+", text) else ""
        raise Bad(column, f"'{text}' is no number of degrees{hint}")
    if abs(float(text)) > most:
        raise Bad(column, f"'{text}' is beyond {most:g} degrees")
    return float(text)


def clean(text: str) -> str:
    """A text on one line, without what no store may hold."""
    return " ".join(CONTROL.sub(" ", text).split())


def fitted(texts: Sequence[str], longest: int) -> str:
    """The first of some texts that is short enough; else the last, cut between two words where its end has a blank."""
    if fits := next((text for text in texts if len(text) <= longest), None):
        return fits
    text, room = texts[-1], max(longest - len(_CUT), 0)
    at = text.rfind(" ", room // 2, room + 1)  # many a script writes no blanks
    return (text[: room if at < 0 else at].rstrip(" -,:;(") + _CUT)[:longest]


def names_of(written: str, country: str) -> list[tuple[str, str]]:
    """The actors that a name means, each without years, and without the row's country too; two for "A and/or B"."""
    parts = [_YEARS.sub("", part).strip() for part in _EITHER.split(written)]
    return [(_plain(part, country), part) for part in parts]


def _plain(name: str, country: str) -> str:
    if country and name.lower().endswith(f"({country.lower()})") and not name.lower().startswith(f"({country.lower()}"):
        name = name[: -len(country) - 2]
    return name.strip()


def brief(name: str) -> str:
    """A name as a title has it: what stands before a colon, where that is short."""
    head = name.partition(":")[0].strip()
    return head if 0 < len(head) <= SHORT else name
