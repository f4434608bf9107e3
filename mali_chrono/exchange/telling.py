"""What formats tell alike: where an answer comes from, and an event's people, figures and sources in words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mali_chrono.answers.about import About, question_words
from mali_chrono.cites import cite_words
from mali_chrono.dates.days import LAST
from mali_chrono.dates.edtf import Date, parse
from mali_chrono.dates.words import describe
from mali_chrono.figures.reckon import range_text, read_range

Row = Mapping[str, Any]

# Why a day-by-day format leaves an event out; after a number: "46 with an open end".
_BEFORE_CHRIST = "before Christ"
_OPEN = "without a first or last day"
_LONG = "of over 31 days"
_LATE = "after the year 9999"
_MONTH = 31


def origin(about: About) -> list[tuple[str, str]]:
    """Where an answer comes from: pairs of a label and what it says."""
    return [
        ("Store", about.store),
        ("Revision", about.revision),
        ("Question", question_words(about)),
        ("Day", about.today),
        ("Made by", f"chrono {about.version}"),
    ]


def origin_line(about: About) -> str:
    """The same as one line."""
    return ". ".join(f"{label}: {text}" for label, text in origin(about))


def unsayable(date: Date) -> str | None:
    """Why a date cannot be told as at most a month of days of our era; None where it can."""
    if date.earliest is not None and date.earliest < 1:
        return _BEFORE_CHRIST
    if date.earliest is None or date.latest is None:
        known = date.span[1] if date.earliest is None else None
        return _BEFORE_CHRIST if known is not None and known < 1 else _OPEN
    if date.latest >= LAST:
        return _LATE
    return _LONG if date.latest - date.earliest >= _MONTH else None


def is_sure(date: Date) -> bool:
    """Whether it surely covers every day that it may touch."""
    return date.core == (date.earliest, date.latest) and not (date.uncertain or date.approximate)


def when(row: Row) -> str:
    """The date of a row in words."""
    return describe(parse(row["date"]))


def printed_as(row: Row) -> str:
    """The date of a row, or of one that belongs to it, as other calendars print it."""
    return ", ".join(date["when"] for date in row["calendars"])


def figure(row: Row, kind: str) -> str | None:
    """What the claims of one kind come to, as in a table: "12-131+"; None where nothing is said."""
    found = row[kind]
    return found and range_text(read_range(found))


def where(row: Row) -> str:
    """The places: "near Hill, Ford"."""
    return ", ".join(("near " if place["near"] else "") + place["name"] for place in row["places"])


def who(row: Row) -> str:
    """Everyone with roles and doubt: "A (perpetrator, suspected; claimant); B (victim)"."""
    roles: dict[str, list[str]] = {}
    for part in row["actors"]:
        certainty = () if part["certainty"] == "confirmed" else (part["certainty"],)
        roles.setdefault(part["name"], []).append(", ".join((part["role"], *certainty)))
    return "; ".join(f"{name} ({'; '.join(parts)})" for name, parts in roles.items())


def titles(about: About) -> dict[str, str]:
    """The title of each document by its id."""
    return {document["id"]: document["title"] for document in about.documents}


def cited(cites: Iterable[str], named: Mapping[str, str]) -> str:
    """Lines of documents: "The Book, lines 2-4; The Annals, line 6"."""
    return "; ".join(_cite(cite, named) for cite in cites)


def _cite(cite: str, named: Mapping[str, str]) -> str:
    source, lines = cite_words(cite)
    return f"{named.get(source, source)}, {lines}"


def details(row: Row, named: Mapping[str, str], tolls: Sequence[str]) -> list[tuple[str, str]]:
    """All that is told of an event below its title: pairs of a label ("" for the summary) and a text.

    `named` are the titles of documents, `tolls` the kinds of toll.
    """
    said = {
        "Date as printed": printed_as(row),
        "Who": who(row),
        **{kind.capitalize(): figure(row, kind) for kind in tolls},
    }
    doubt = row["certainty"] + (f" ({row['says']})" if row["says"] else "")
    said["Certainty"] = None if row["certainty"] == "confirmed" else doubt
    said |= {"Note": row["note"], "Outlets": ", ".join(row["outlets"]), "Sources": cited(row["cites"], named)}
    return [("", row["summary"]), *((label, text) for label, text in said.items() if text)]


def pointed(places: Sequence[Row]) -> list[Row]:
    """The places that have a point."""
    return [place for place in places if place["lat"] is not None and place["lon"] is not None]
