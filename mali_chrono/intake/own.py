"""What chrono's export in ACLED's columns adds to the notes of an event, since no column can say it, and how an import
reads that: `In doubt: Katiba Macina (suspected).`, `Killed: 10-144, coded as 57.` and `Date: 2024-07-25/2024-07-27.`
"""

import re
from collections.abc import Mapping

from mali_chrono.cites import SLUG
from mali_chrono.dates.edtf import Date, EdtfError, parse
from mali_chrono.kinds import CERTAINTIES

_ID = re.compile(r"(?:\d{3,4}(?:-\d\d){0,2}|bc-\d+)-[a-z]")
_PLAIN = re.compile(r"\d{4}-\d\d(?:-\d\d)?")
_KILLED = re.compile(r"\bKilled: (~?)(\d+)(?:-(\d+))?(\+?), coded as (\d+)\.")
_DOUBT = re.compile(r"\bIn doubt: (.+?\))\.(?= |$)")
_DOUBTED = re.compile(r"(.+) \((\w+)\)")
_DATE = re.compile(r"\bDate: (\S+)\.(?= |$)")


def is_own(ident: str) -> bool:
    """Whether what identifies a row is an event's id: it came out of a store."""
    return re.fullmatch(SLUG, ident) is not None and _ID.match(ident) is not None


def added(date: str, said: str | None, best: int | None, doubts: Mapping[str, str]) -> str:
    """What notes say beside the columns: who is not sure to have been there, by name; the figure, where it is not its
    best alone; and a date that is no plain day or month. A time of day has no place there.
    """
    doubt = "; ".join(f"{name} ({certainty})" for name, certainty in doubts.items())
    doubt = f"In doubt: {doubt}." if doubt else ""
    killed = f"Killed: {said}, coded as {best}." if said and said != str(best) else ""
    when = "" if _PLAIN.fullmatch(date) or "T" in date else f"Date: {date}."
    return " ".join(filter(None, (doubt, killed, when)))


def doubts_of(notes: str) -> dict[str, str]:
    """How sure it is of whom, by name, that notes of an export say so of."""
    match = _DOUBT.search(notes)
    parts = map(_DOUBTED.fullmatch, match[1].split("; ") if match else ())
    return {part[1]: part[2] for part in parts if part and part[2] in CERTAINTIES}


def figure_of(notes: str, best: int) -> tuple[str, str] | None:
    """The figure that notes of an export give for a best, and what is to be noted of it; None where they give none."""
    match = _KILLED.search(notes)
    if not match or int(match[5]) != best:
        return None
    low, high = int(match[2]), int(match[3] or match[2])
    if match[1]:
        return f"~{best}", ""
    if match[4] and best != low:
        return f"{best}+", f"'{match[0]}': its best, as at least; a figure has no best beside an open end."
    if match[4] or best == low:
        return f"{low}{f'-{high}' if high != low else ''}{match[4]}", ""
    return (f"up to {best}" if (low, high) == (0, best) else f"{low}/{best}/{high}"), ""


def date_of(notes: str, day: int) -> Date | None:
    """The date that notes of an export give for a day; None where they give none that holds it."""
    match = _DATE.search(notes)
    try:
        date = parse(match[1]) if match else None
    except EdtfError:
        return None
    if date is None or date.earliest is None or date.latest is None:
        return None
    return date if date.earliest <= day <= date.latest else None
