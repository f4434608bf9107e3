"""CSL-JSON (citeproc, schema 1.0): the documents that the events cite, for a bibliography.

A document's date is that of which it speaks (`as_of`).
"""

from collections.abc import Iterable
from typing import Any

from mali_chrono.answers.about import About
from mali_chrono.cites import source_of
from mali_chrono.dates.edtf import Part, parse
from mali_chrono.exchange.telling import Row, origin_line
from mali_chrono.exchange.written import Written
from mali_chrono.render.jsontext import block, dump


def write(rows: Iterable[Row], about: About) -> Written:
    """The cited documents in the order of the store, one a line."""
    cited = {source_of(cite) for row in rows for cite in row["cites"]}
    told = origin_line(about)
    items = (dump(_item(document, told)) for document in about.documents if document["id"] in cited)
    return Written("".join(block(items)) + "\n")


def _item(document: dict[str, Any], told: str) -> dict[str, Any]:
    item = {
        "id": document["id"],
        "type": "webpage" if document["url"] else "document",
        "title": document["title"],
        # A name in one piece: whether it is a person's nobody can know.
        "author": document["author"] and [{"literal": document["author"]}],
        "publisher": document["publisher"],
        "issued": _issued(document["as_of"]),
        "URL": document["url"],
        "abstract": document["summary"],
        "note": f"As of {document['when']}. Licence: {document['licence']}. {told}.",
    }
    return {key: value for key, value in item.items() if value}


def _issued(text: str) -> dict[str, Any] | None:
    """A date as citeproc takes it: its parts as far as they are known, both ends of what lasted."""
    date = parse(text)
    ends = date.ranges[0][0], date.ranges[-1][1]
    parts = [_parts(part) for part in dict.fromkeys(ends) if part]
    issued: dict[str, Any] = {"date-parts": parts}
    return issued | ({"circa": True} if date.approximate or date.uncertain or date.kind == "one-of" else {})


def _parts(part: Part) -> list[int]:
    # Years before Christ count without a year 0 here (CSL 1.0.2, "Dates": -100 is 100 BC).
    year = part.year if part.year > 0 else part.year - 1
    return [number for number in (year, part.month, part.day) if number is not None]
