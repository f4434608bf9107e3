"""JSON-LD in the words of schema.org, with its context inside: nothing is fetched to read it.

What schema.org has no word for is under `urn:chrono:term:`: the date as EDTF, the days it may touch, the figures.
`startDate` and `endDate` stand only where a date is plain, as far as it is known. Ids are `urn:chrono:event:ID` and so
on, the same on every machine.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from mali_chrono.answers.about import About
from mali_chrono.cites import source_of
from mali_chrono.dates.edtf import Date, Part, parse
from mali_chrono.exchange.telling import Row, cited, origin, origin_line, printed_as, titles, when
from mali_chrono.exchange.written import Written
from mali_chrono.kinds import ENDS
from mali_chrono.render.elsewhere import addresses
from mali_chrono.render.jsontext import block, dump

_CONTEXT = {"@vocab": "https://schema.org/", "chrono": "urn:chrono:term:"}
_EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
_LINKS = {"part-of": "superEvent", "follow-up-of": "chrono:followUpOf", "possibly-same-as": "chrono:possiblySameAs"}
_PLAIN = r"-?[0-9]{4}(-[01][0-9](-[0-9]{2}(T[0-9:]+(Z|[+-][0-9:]+)?)?)?)?"


def write(rows: Iterable[Row], about: About) -> Written:
    """A graph of the answer, the documents and the events, a node a line."""
    return Written(_pieces(rows, about))


def _pieces(rows: Iterable[Row], about: About) -> Iterator[str]:
    named = titles(about)
    documents = map(_document, about.documents)
    events = (_event(row, named, about.words.toll_kinds) for row in rows)
    yield f'{{"@context": {dump(_CONTEXT)}, "@graph": '
    yield from block(map(dump, chain((_answer(about),), documents, events)))
    yield "}\n"


def _urn(kind: str, ident: str) -> str:
    return f"urn:chrono:{kind}:{ident}"


def _given(node: dict[str, Any]) -> dict[str, Any]:
    """A node without what it does not say."""
    return {key: value for key, value in node.items() if value is not None and value != []}


def _answer(about: About) -> dict[str, Any]:
    return {
        "@type": "Dataset",
        "name": about.title or about.store,
        "version": about.revision,
        "description": origin_line(about),
        "dateCreated": dict(origin(about))["Day"],
    }


def _document(document: dict[str, Any]) -> dict[str, Any]:
    return _given(
        {
            "@id": _urn("source", document["id"]),
            "@type": "CreativeWork",
            "name": document["title"],
            "author": document["author"],
            "publisher": document["publisher"],
            "url": document["url"],
            "sameAs": addresses(document),
            "license": document["licence"],
            "abstract": document["summary"],
            "chrono:asOf": _edtf(document["as_of"]),
        }
    )


def _event(row: Row, named: dict[str, str], tolls: Iterable[str]) -> dict[str, Any]:
    sources = dict.fromkeys(map(source_of, row["cites"]))
    node = {
        "@id": _urn("event", row["id"]),
        "@type": "Event",
        "identifier": row["id"],
        "name": row["title"],
        "description": row["summary"],
        **_days(parse(row["date"])),
        "chrono:date": _edtf(row["date"]),
        "chrono:when": when(row),
        "chrono:printedAs": printed_as(row) or None,
        "chrono:earliest": row["earliest"],
        "chrono:latest": row["latest"],
        "location": [_place(place) for place in row["places"]],
        "about": [_part(part) for part in row["actors"]],
        "keywords": list(dict.fromkeys((row["category"], row["type"], *row["tags"]))),
        "subjectOf": [{"@id": _urn("source", source)} for source in sources],
        "chrono:cites": cited(row["cites"], named),
        "chrono:certainty": row["certainty"],
        "chrono:disputed": row["disputed"],
        "chrono:note": row["note"],
        "sameAs": addresses(row),
    }
    for kind in tolls:
        ends = row[kind] or {}
        node |= {f"chrono:{kind}{end.capitalize()}": ends.get(end) for end in ENDS}
    for link in row["links"]:
        node.setdefault(_LINKS[link["kind"]], []).append({"@id": _urn("event", link["to"])})
    return _given(node)


def _edtf(text: str) -> dict[str, str]:
    return {"@type": _EDTF, "@value": text}


def _days(date: Date) -> dict[str, str | None]:
    """Beginning and end of a date (schema.org: ISO 8601), where they are plain."""
    if date.kind not in ("date", "interval"):
        return {}
    start, end = date.ranges[0]
    return {"startDate": _plain(start), "endDate": _plain(end) if date.kind == "interval" else None}


def _plain(part: Part | None) -> str | None:
    return part.text if part and not part.season and re.fullmatch(_PLAIN, part.text) else None


def _place(place: Row) -> dict[str, Any]:
    point = None
    if place["lat"] is not None and place["lon"] is not None:
        point = {"@type": "GeoCoordinates", "latitude": place["lat"], "longitude": place["lon"]}
    node = {"@id": _urn("place", place["id"]), "@type": "Place", "name": place["name"], "geo": point}
    return _given({**node, "chrono:precision": place["precision"]})


def _part(part: Row) -> dict[str, Any]:
    """Who took part, in which role (schema.org/Role)."""
    who = {"@id": _urn("actor", part["id"]), "name": part["name"]}
    return {"@type": "Role", "roleName": part["role"], "about": who, "chrono:certainty": part["certainty"]}
