"""The rows of the index's tables: what each holds, in which order. `schema.py` makes the tables.

Days are ordinals; an open side is -FAR or FAR. `n` numbers the events in their order, with gaps (`STEP`) into which an
edit puts others. A date has the days it may touch (`lo`, `hi`) and those it surely covers (`core_lo`, `core_hi`, null
for none). What is named again and again is kept as the number `t` of its thing; views give its id.
"""

from typing import NamedTuple


class WordRow(NamedTuple):
    """An entry of the store's vocabulary, as `kinds.rows_of` writes it."""

    section: str
    id: str
    traits: str


class SpanRow(NamedTuple):
    """One run of the days that an event's date may touch; most dates have one. `bits` is the class of its length."""

    bits: int
    n: int
    lo: int
    hi: int
    core_lo: int | None
    core_hi: int | None


class CoverRow(NamedTuple):
    """Days that an event speaks of beside its date: what a report covers (`told`), or all that an open set allows."""

    bits: int
    n: int
    told: int
    lo: int
    hi: int


class RoleRow(NamedTuple):
    """An actor's part in an event, its own or (`direct` 0) through `via`, who was part of it then; see view `part`.

    `part` numbers the parts as they are written; an umbrella's has the number of its member's.
    """

    t: int
    n: int
    part: int
    role: str
    direct: int
    via: int | None
    certainty: str


class MarkRow(NamedTuple):
    """What else an event is found by; `direct` is 0 for a place that one of its places lies in; see view `facet`.

    `spelt` is an outlet as the event spells it, where that is not the outlet's id.
    """

    t: int
    n: int
    direct: int
    spelt: str | None


class CiteRow(NamedTuple):
    """Lines of a document that an event cites."""

    n: int
    source: str
    first: int
    last: int


class LinkRow(NamedTuple):
    """A link from an event to another one's id."""

    n: int
    target: str
    kind: str


class TollRow(NamedTuple):
    """What an event's figures of one kind come to: of all (`of` is empty), of a group of people, or of an actor."""

    n: int
    kind: str
    of: str
    low: int
    best: int
    high: int
    open: int
    disputed: int


class NameRow(NamedTuple):
    """A folded name (id, name, short name or alias) and the id of what it stands for."""

    kind: str
    key: str
    id: str


class ThingRow(NamedTuple):
    """What a filter can name beside events, and what it is called."""

    t: int
    kind: str
    id: str
    name: str
    short: str | None


class OtherCiteRow(NamedTuple):
    """Lines of a document that are cited beside those in `cite`: by a part of event `n`, or by `other`, another record.

    `other` is its kind and id.
    """

    source: str
    first: int
    last: int
    n: int | None
    other: str | None


class FileRow(NamedTuple):
    """A file of the store, relative to it, and the hash of what it holds (BLAKE2b, 16 bytes)."""

    f: int
    path: str
    hash: bytes


class ItemRow(NamedTuple):
    """Where event `n` is written: its file, the line it begins in, and the hash of its text."""

    n: int
    f: int
    line: int
    hash: bytes


class DeadRow(NamedTuple):
    """A number whose event is gone: its words are still in the full-text index, so no other event may have it."""

    n: int


class PlaceRow(NamedTuple):
    """A place and its point; `precision` as in its record."""

    id: str
    name: str
    region: str | None
    lat: float | None
    lon: float | None
    precision: int


class RecordRow(NamedTuple):
    """The json object of a record of a kind; kind "lasting" is a mission or state as what lasts."""

    kind: str
    id: str
    body: str


class MetaRow(NamedTuple):
    """What the index was made from."""

    key: str
    value: str
