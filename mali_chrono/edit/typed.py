"""KEY=VALUE as a person types it -> the plain values of a record, names as ids; each value read as the store's is."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from mali_chrono.dates.edtf import EdtfError
from mali_chrono.edit.naming import resolve
from mali_chrono.errors import ChronoError, UsageError, did_you_mean, offer
from mali_chrono.kinds import PLAIN_GROUPS, Vocabulary
from mali_chrono.schemes import read_id
from mali_chrono.store.decode import CONTROL
from mali_chrono.store.forms import FORMS
from mali_chrono.store.load import Loaded
from mali_chrono.store.offers import offer_date
from mali_chrono.store.shapes import MAPS, Field, Shapes, shapes_of, singular
from mali_chrono.text import a, listing

# The fields of a part in its short form, `A:B`; the last one takes what is left.
SHORT = {
    "participation": ("actor", "role", "certainty", "says"),
    "also": ("date", "kind"),
    "link": ("to", "kind"),
    "relation": ("kind", "actor", "date"),
    "strength": ("figure", "date"),
    "party": ("actor", "side", "date"),
    "skip": ("lines", "reason"),
}
# Lists of these may be typed with commas: none of them holds one.
_LISTED = ("cite", "place", "id")
# In a part: `key=` and its value, up to the next one; quotes keep a value together. A kind of toll may have hyphens.
_KEY = "[a-z][a-z0-9_-]*"
_PAIR = re.compile(rf"""\s*({_KEY})\s*=\s*(?:"([^"]*)"|'([^']*)'|(.*?))(?=\s+{_KEY}\s*=|\s*\Z)""", re.DOTALL)


def read_values(shape: str, words: Sequence[str], known: Loaded) -> dict[str, Any]:
    """The values of a record's fields, as the store's reader gives them; names are looked up in the store known.

    A field that is a list is given once for each member, by its name or in the singular: `actor=ID:ROLE`.
    A part is written `A:B` (`SHORT`) or `a=A b=B`. Raises UsageError.
    """
    values: dict[str, Any] = {}
    for word in words:
        key, equals, text = word.partition("=")
        if not equals:
            raise UsageError(f"'{word}' is no KEY=VALUE")
        field = _find_field(shape, key.strip(), text, known)
        try:
            _add(values, field, word if key.strip() in known.grammar.words.toll_kinds else text, known)
        except ChronoError as fault:
            raise UsageError(f"{key.strip()}: {fault}") from None
    return values


def _shapes(known: Loaded) -> Shapes:
    return shapes_of(known.grammar.words)


def _find_field(shape: str, key: str, text: str, known: Loaded) -> Field:
    """The field of a record that a key names. Raises UsageError, with what to write instead."""
    tolls, shapes = known.grammar.words.toll_kinds, _shapes(known)
    fields = {field.name: field for field in shapes[shape]}
    for field in shapes[shape]:
        if field.many:
            fields[singular(field.name)] = field
    if key in tolls and "tolls" in fields:
        return fields["tolls"]
    if key in fields:
        return fields[key]
    kinds = tolls if "tolls" in fields else ()
    hint = _as_part(shape, key, known)
    if not hint and key == "time" and "date" in fields:
        hint = f"write it after the date, date=...T{_with_seconds(text)}"
    hint = hint or did_you_mean(key, [*fields, *kinds], 1)
    if not hint:
        own = f"; kinds of toll: {listing(kinds)}" if kinds else ""
        hint = f"it has {listing([field.name for field in shapes[shape]])}{own}"
    raise UsageError(f"{a(shape)} has no '{key}': {hint}")


def _as_part(shape: str, key: str, known: Loaded) -> str:
    """How a key is written that belongs to parts of a record, in each list of such; empty where it belongs to none."""
    shapes, main = _shapes(known), known.grammar.words.main
    found = []
    for field in shapes[shape]:
        if field.form != "record" or all(part.name != key for part in shapes[field.to]):
            continue
        names = SHORT.get(field.to, ())
        if key in names:
            wanted = names[: names.index(key) + 1]
            found.append(f"{singular(field.name)}=" + ":".join("NAME" if n == "actor" else n.upper() for n in wanted))
        elif field.to == "toll" and main:
            found.append(f"{main.id}='84 {key}=...'")
        else:
            found.append(f"{singular(field.name)}='... {key}=...'")
    return f"write {listing(found, 'or')}" if found else ""


def _with_seconds(text: str) -> str:
    """A time of day as a date has it; an example where the text is none."""
    match = re.fullmatch(r"(\d\d:\d\d)(:\d\d)?([Z+-].*)?", text.strip())
    return f"{match[1]}{match[2] or ':00'}{match[3] or ''}" if match else "19:15:00"


def _add(values: dict[str, Any], field: Field, text: str, known: Loaded) -> None:
    """Read a value into the values of a record. Raises UsageError."""
    if field.form in MAPS:
        name, _, said = text.partition(":")
        values.setdefault(field.name, {})[_clean(name)] = _read_said(field, _clean(name), _clean(said))
    elif field.form == "record":
        values.setdefault(field.name, []).append(_read_part(field.to, text, known))
    elif field.many:
        texts = text.split(",") if field.form in _LISTED else [text]
        values.setdefault(field.name, []).extend(_read(field, each, known) for each in texts)
    elif field.name in values:
        raise UsageError("this is given twice")
    else:
        values[field.name] = _read(field, text, known)


def _read_said(field: Field, name: str, said: str) -> str:
    """What a map has under a name. Raises UsageError."""
    try:
        return read_id(name, said) if field.form == "ids" else said
    except ValueError as fault:
        raise UsageError(str(fault)) from None


def _read_part(shape: str, text: str, known: Loaded) -> dict[str, Any]:
    fields = {field.name: field for field in _shapes(known)[shape]}
    part: dict[str, Any] = {}
    for name, value in _pairs(shape, text, known.grammar.words):
        if name not in fields:
            raise UsageError(f"{a(shape)} has no '{name}': {offer(name, tuple(fields), 1)}")
        field = fields[name]
        if name in part:
            raise UsageError(f"'{name}' is given twice")
        if field.many:
            read = [_read(field, each, known) for each in value.split(",")]
            part[name] = read[0] if len(read) == 1 else read
        elif shape == "toll" and name == "of" and value.strip() not in PLAIN_GROUPS:
            part[name] = resolve(known.found, "actor", _clean(value))
        else:
            part[name] = _read(field, value, known)
    return part


def _pairs(shape: str, text: str, words: Vocabulary) -> Iterator[tuple[str, str]]:
    """The names and values of a part, in its long form or its short one. Raises UsageError where it is neither."""
    text = " ".join(text.split())
    if _PAIR.match(text):
        for match in _PAIR.finditer(text):
            yield match[1], next(value for value in match.groups()[1:] if value is not None)
        return
    names = SHORT.get(shape)
    if names is None:
        if words.main is None:
            raise UsageError("a toll has no kind here: data/vocabulary.yaml names none")
        raise UsageError(f"write it as '{words.main.id}=84 of=ACTOR', not '{text}'")
    given = text.split(":", len(names) - 1)
    yield from ((name, value) for name, value in zip(names, given, strict=False) if value.strip())


def _read(field: Field, text: str, known: Loaded) -> str:
    """A text of a field, as it is written in a store. Raises UsageError where the store's reader would refuse it."""
    text = _clean(text)
    if field.choices and text not in field.choices:
        raise UsageError(f"'{text}' is no {field.name}: {offer(text, field.choices, 1)}")
    if field.form == "place":
        near = "~" if text.startswith("~") else ""
        return near + resolve(known.found, "place", text.removeprefix("~").strip())
    if field.to:
        return resolve(known.found, field.to, text)
    if field.form == "cite":
        at = text.find(":#") if ":#" in text else text.rfind(":")  # a title may hold colons, and so may an anchor
        source, place = text[: max(at, 0)], text[at + 1 :]
        text = f"{resolve(known.found, 'source', source)}:{place.strip()}" if source.strip() else text
    try:
        FORMS[field.form](text)
    except EdtfError as fault:
        hint = offer_date(text)
        raise UsageError(f"{fault}" + (f"; {hint}" if hint else "")) from None
    except ValueError as fault:
        raise UsageError(str(fault)) from None
    return text


def _clean(text: str) -> str:
    """A text on one line, as a store may hold it. Raises UsageError where it is empty, or may not.

    And UnicodeEncodeError for halves of characters, which Python makes of bytes that are no UTF-8.
    """
    text = " ".join(text.encode().decode().split())
    if not text:
        raise UsageError("the value is empty")
    if found := CONTROL.search(text):
        raise UsageError(f"character U+{ord(found[0]):04X} is not allowed in a store")
    return text
