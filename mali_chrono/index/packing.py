"""An event's json row, kept small: compressed, without how it matches and where it stands, which a question adds."""

import zlib
from typing import Any

# What json rows have in common (RFC 1950, preset dictionary): what is most frequent stands last.
_COMMON = (
    b'{"date": "20", "kind": "told", "cite": ["", "note": null}, {"to": "", "kind": "follow-up-of"}], "denied"'
    b'"perpetrator", "certainty": "claimed", "says": "", "role": "target", "certainty": "suspected", "role": "victim"'
    b'"role": "subject", "role": "signatory", "role": "mediator", "role": "supporter", "role": "claimant", "author"'
    b'"open": true}, "of": "civilians", "of": "forces", "of": "attackers", "wounded": {"low": , "best": , "high": '
    b'{"killed": "", "of": null, "who": null, "says": null, "at": null, "as_of": null, "certainty": "confirmed", '
    b'"cite": [""], "best": false}], "near": false, "region": "Northern", "region": "Central", '
    b'{"id": "", "date": "20", "earliest": "20", "latest": "20", "core": {"first": "20", "last": "20"}, "match": \0, '
    b'"precision": "day", "time": null, "calendars": [], "title": "", "summary": "", "type": "armed-clash", '
    b'"category": "violence", '
    b'"places": [{"id": "", "name": "", "near": false, "region": "", "lat": 1, "lon": -, "precision": 2}], "actors": '
    b'[{"id": "", "name": "", "role": "participant", "certainty": "confirmed", "says": null}, {"id": "army", "name": '
    b'"Army", "role": "perpetrator", "certainty": "confirmed", "says": null}], '
    b'"killed": {"low": , "best": , "high": , "open": false}, "wounded": null, "abducted": null, "missing": null, '
    b'"captured": null, "released": null, "arrested": null, "displaced": null, "tolls": [], "also": [], '
    b'"disputed": false, "certainty": "confirmed", "says": null, "links": [], "cites": [""], "outlets": [""], '
    b'"tags": [], "ids": {}, "urls": [], "note": null'
)


# No header and no checksum (RFC 1951): the index as a whole has one.
_RAW = -15
# What a packed row leaves out, since it is known only when it is asked for, or stands in a column; a control character
# that no store may hold stands in for each.
HOLES = {"match": "\0", "id": "\1", "title": "\2", "summary": "\3", "note": "\4"}


def pack(row: dict[str, Any]) -> bytes:
    """A json row as bytes, without what its columns hold already (`HOLES`) and without `at`, its last key."""
    import json  # noqa: PLC0415

    held = row | {key: hole for key, hole in HOLES.items() if row[key] is not None or key == "match"}
    del held["at"]
    packer = zlib.compressobj(6, wbits=_RAW, memLevel=7, zdict=_COMMON)
    text = json.dumps(held, ensure_ascii=False)[:-1]
    return packer.compress(text.encode("utf-8", "surrogatepass")) + packer.flush()


def unpack(body: bytes, path: str, line: int, *values: str | None) -> str:
    """The text of the json row that was packed, with the file and line where it stands and the values of `HOLES`."""
    import json  # noqa: PLC0415 - the columns of a list are on the path of every command, its rows as json are not

    text = zlib.decompressobj(_RAW, _COMMON).decompress(body).decode("utf-8", "surrogatepass")
    for hole, value in zip(HOLES.values(), values, strict=True):
        text = text.replace(json.dumps(hole), json.dumps(value, ensure_ascii=False), 1)
    return f'{text}, "at": {json.dumps(f"{path}:{line}", ensure_ascii=False)}}}'


def derive(row: dict[str, Any], field: str) -> str | int | None:
    """The text or number of a field (`Fields.derived`) out of a json row; None where there is nothing to show."""
    kind, _, end = field.rpartition("_")
    if kind:  # one end of a kind of toll
        number: int | None = row[kind] and row[kind][end]
        return number
    if field == "links":
        return "; ".join(f"{link['kind']} {link['to']}" for link in row[field]) or None
    value: Any = row.get(field)
    if field == "region":
        value = [place["region"] for place in row["places"] if place["region"]]
    elif field == "calendars":
        value = [date["when"] for date in row["calendars"]]
    if isinstance(value, dict):
        return "/".join(day or ".." for day in value.values())
    text: str | None = ", ".join(dict.fromkeys(value)) or None if isinstance(value, list) else value
    return text
