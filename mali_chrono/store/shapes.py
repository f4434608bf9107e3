"""The fields of every record: one table that drives validation, did-you-mean, record building and the JSON Schema."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from mali_chrono import kinds
from mali_chrono.kinds import Vocabulary
from mali_chrono.store.acled import ACLED

# The format of stores: raised by a change of shape after which an older chrono would misread one.
FORMAT = 1


# Forms that are a map of texts.
MAPS = ("reasons", "ids")


class Field(NamedTuple):
    """One field of a record.

    `form` says how its text is read: text, id, date (EDTF), figure, flag, integer, number, choice, cite, place
    (an id, or ~id for near it), names (a list of texts), reasons (a map of rule to reason), ids
    (a map of scheme to id), url, or record (of the shape
    `to`). `many` makes it a list. `to` names the records a reference points to, or the nested shape; `choices` the
    words allowed, `words` the section of the store's vocabulary that has them. A required one may be absent where the
    field `unless` is there.
    """

    name: str
    form: str = "text"
    required: bool = False
    many: bool = False
    to: str = ""
    choices: tuple[str, ...] = ()
    words: str = ""
    unless: str | None = None


_ID = Field("id", "id", required=True)
_VOCABULARY_ID = Field("id", required=True)
_NOTE = Field("note")
_CITE = Field("cite", "cite", many=True)
_CITES = Field("cites", "cite", required=True, many=True)
_IGNORE = Field("ignore", "reasons")
_IDS = Field("ids", "ids")
_URLS = Field("urls", "url", many=True)
_CERTAINTY = Field("certainty", "choice", choices=kinds.CERTAINTIES)
_SAYS = Field("says", to="actor")
_ALIASES = Field("aliases", many=True)
_TOLLS = Field("tolls", "record", many=True, to="toll")
_CALENDARS = tuple(Field(calendar, calendar) for calendar in kinds.CALENDARS)

Shapes = dict[str, tuple[Field, ...]]

_SHAPES: Shapes = {
    "chronology": (
        Field("format", "integer", required=True, choices=tuple(str(n + 1) for n in range(FORMAT))),
        Field("name"),
        Field("language", "language"),
        Field("title_length", "integer"),
    ),
    "event": (
        _ID,
        Field("date", "date", required=True),
        *_CALENDARS,
        Field("title", required=True),
        Field("type", required=True, to="type"),
        Field("places", "place", required=True, many=True, to="place"),
        Field("actors", "record", required=True, many=True, to="participation"),
        _TOLLS,
        Field("also", "record", many=True, to="also"),
        Field("links", "record", many=True, to="link"),
        _CITES,
        Field("outlets", many=True),
        Field("summary", required=True),
        _NOTE,
        Field("tags", "id", many=True),
        _CERTAINTY,
        _SAYS,
        _IDS,
        _URLS,
        _IGNORE,
    ),
    "participation": (
        Field("actor", required=True, to="actor"),
        Field("role", "choice", required=True, words="roles"),
        _CERTAINTY,
        _SAYS,
    ),
    "toll": (
        Field("of"),
        Field("who"),
        _SAYS,
        Field("at", to="place"),
        Field("as_of", "date"),
        _CERTAINTY,
        _CITE,
        Field("best", "flag"),
    ),
    "also": (
        Field("date", "date", required=True),
        *_CALENDARS,
        Field("kind", "choice", required=True, choices=("told", "announced", "planned", "covers")),
        _CITE,
        _NOTE,
    ),
    "link": (
        Field("to", required=True, to="event"),
        Field("kind", "choice", required=True, choices=("follow-up-of", "part-of", "possibly-same-as")),
    ),
    "actor": (
        _ID,
        Field("name", required=True),
        Field("short"),
        _ALIASES,
        Field("kind", "choice", required=True, words="actors"),
        Field("active", "date"),
        Field("relations", "record", many=True, to="relation"),
        Field("strength", "record", many=True, to="strength"),
        Field("cites", "cite", many=True),
        Field("summary"),
        _NOTE,
        _IDS,
        _URLS,
        _IGNORE,
    ),
    "relation": (
        Field("kind", "choice", required=True, choices=tuple(kind.name for kind in kinds.RELATION_KINDS)),
        Field("actor", to="actor"),
        Field("office"),
        Field("date", "date"),
        _CERTAINTY,
        _SAYS,
        _CITE,
        _NOTE,
    ),
    "strength": (
        Field("figure", "figure", required=True),
        Field("date", "date"),
        Field("who"),
        _SAYS,
        _CITE,
        _NOTE,
    ),
    "place": (
        _ID,
        Field("name", required=True),
        _ALIASES,
        Field("kind", "choice", words="places"),
        Field("region"),
        Field("lat", "number"),
        Field("lon", "number"),
        Field("precision", "integer", required=True, choices=("1", "2", "3", "4", "5", "6")),
        Field("within", to="place"),
        _NOTE,
        _IDS,
        _URLS,
        _IGNORE,
    ),
    "period": (
        _ID,
        Field("name", required=True),
        _ALIASES,
        Field("kind", "choice", required=True, words="periods"),
        Field("date", "date", required=True),
        *_CALENDARS,
        Field("places", "place", many=True, to="place"),
        Field("actors", "record", many=True, to="party"),
        _TOLLS,
        _CITES,
        Field("summary"),
        _NOTE,
        _IDS,
        _URLS,
        _IGNORE,
    ),
    "party": (
        Field("actor", required=True, to="actor"),
        Field("side"),
        Field("date", "date"),
        _CITE,
        _NOTE,
    ),
    "type": (
        _ID,
        Field("name", required=True),
        _ALIASES,
        Field("category", "choice", required=True, words="categories"),
        Field("acled", "choice", choices=tuple(ACLED)),
        Field("removes", "flag"),
        Field("founds", "flag"),
        Field("dissolves", "flag"),
        _NOTE,
        _IDS,
        _URLS,
        _IGNORE,
    ),
    "source": (
        _ID,
        Field("title", required=True),
        Field("author"),
        Field("publisher"),
        Field("url"),
        Field("file", required=True, unless="unverifiable"),
        Field("sha256", "sha256", required=True, unless="unverifiable"),
        Field("lines", "integer", required=True, unless="unverifiable"),
        Field("pages", "integer"),
        Field("format", "choice", required=True, choices=kinds.FORMATS, unless="unverifiable"),
        Field("map", "id"),
        Field("unverifiable"),
        Field("as_of", "date", required=True),
        Field("as_of_cite", "cite"),
        Field("licence", required=True),
        Field("summary", required=True),
        _NOTE,
        Field("skip", "record", many=True, to="skip"),
        _IDS,
        _URLS,
        _IGNORE,
    ),
    "skip": (
        Field("lines"),
        Field("date"),
        Field("reason", required=True),
    ),
}


def singular(name: str) -> str:
    """What one member of a list is called: `alias`, `toll`; `also` and `strength` are what they are."""
    return name.removesuffix("es") if name == "aliases" else name.removesuffix("s")


# The traits of an entry of the vocabulary that are one of some words.
_TRAITS = {"means": kinds.MEANINGS, "sum": kinds.SUMS, "group": kinds.PLAIN_GROUPS[:2]}


def _entry(kind: type[tuple[object, ...]]) -> tuple[Field, ...]:
    """The fields of an entry of the vocabulary, which are those of its kind."""
    usual: dict[str, object] = kind._field_defaults  # type: ignore[attr-defined]
    flags = {name for name, value in usual.items() if isinstance(value, bool)}
    return (
        _VOCABULARY_ID,
        *(
            Field(
                name,
                "flag" if name in flags else "choice" if name in _TRAITS else "text",
                choices=_TRAITS.get(name, ()),
            )
            for name in usual
        ),
    )


def _with_words(field: Field, words: Vocabulary) -> Field:
    if not field.words:
        return field
    return field._replace(choices=tuple(entry.id for entry in getattr(words, field.words)))


@lru_cache(8)
def shapes_of(words: Vocabulary) -> Shapes:
    """The fields of every record of a store with such a vocabulary, by the name of the record."""
    own = {name: tuple(_with_words(field, words) for field in fields) for name, fields in _SHAPES.items()}
    own["toll"] = (*(Field(kind, "figure") for kind in words.toll_kinds), *own["toll"])
    entries = {f"{section} entry": _entry(kind) for section, kind in kinds.SECTIONS.items()}
    sections = tuple(Field(name, "record", many=True, to=f"{name} entry") for name in kinds.SECTIONS)
    return {**own, "vocabulary": sections, **entries}


# The fields of every record but those that a vocabulary adds: the kinds of toll.
FIXED = shapes_of(Vocabulary())
_OF_TOLL = frozenset(field.name for field in FIXED["toll"])


def toll_kind(toll: Mapping[str, object]) -> str:
    """The kind of toll that a claim, as a map of its fields, is of; empty where it says none."""
    return next((name for name in toll if name not in _OF_TOLL), "")


def fields_in(shape: str, *parts: Mapping[str, object]) -> tuple[Field, ...]:
    """The fields of a record, whatever its vocabulary; of a toll with the kinds that some maps of its fields have."""
    kinds = dict.fromkeys(filter(None, map(toll_kind, parts))) if shape == "toll" else ()
    return (*(Field(kind, "figure") for kind in kinds), *FIXED[shape])
