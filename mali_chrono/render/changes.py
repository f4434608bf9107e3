"""What became of a record in words: a line for each thing that a reader would say of it, in every format the same."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from mali_chrono.dates.edtf import parse
from mali_chrono.dates.words import describe, spelt_out
from mali_chrono.edit.compare import ADDED, CHANGED, REMOVED, Change, FieldChange, ItemChange
from mali_chrono.edit.plain import SHAPE_OF, Values
from mali_chrono.kinds import CERTAINTIES
from mali_chrono.render.rewording import date_words, text_words
from mali_chrono.store.shapes import FIXED, MAPS, Field, fields_in, toll_kind
from mali_chrono.text import listing

Names = Mapping[tuple[str, str], str]  # (kind, id) -> the name that people use
NONE = "none"
# What stands above a record that came or went.
_NAMED = ("id", "title", "name")
_ABOVE = {"event": ("id", "title", "date")}
_SIGNS = {ADDED: "+", REMOVED: "-", CHANGED: "~"}


class Line(NamedTuple):
    """One thing said of a change: what became of it (+ - ~), what it is, before and after, and both in one text.

    The text of a long text that changed has only the words that did.
    """

    sign: str
    label: str
    before: str
    after: str
    words: str

    @property
    def said(self) -> str:
        """The words after what they are of."""
        return f"{self.label}: {self.words}" if self.label and self.words else self.label or self.words


def title_of(change: Change, names: Names) -> str:
    """What a changed record is called: an event by its title, anything else by its name."""
    values = change.after or change.before or {}
    return str(values.get("title") or names.get((change.kind, change.id)) or values.get("name") or change.id)


def likeness_words(change: Change) -> str:
    """Why a record is taken for one that was called otherwise."""
    if change.like is None:
        return ""
    score = f"{change.like.score:.0%} alike"
    same = listing([_label(name) for name in change.like.same])
    return f"guessed: {score}" + (f"; same {same}" if same else "")


def facts_of(change: Change, names: Names) -> str:
    """What a record that came or went holds, as one text."""
    return "; ".join(line.said for line in lines_of(change, names))


def lines_of(change: Change, names: Names, arrow: str = "->") -> list[Line]:
    """All that is to be said of a change, field by field; of a record that came or went what it holds."""
    words = _Words(names, arrow)
    shape = SHAPE_OF[change.kind]
    if change.what in (ADDED, REMOVED):
        return list(words.whole(shape, change.after or change.before or {}, _SIGNS[change.what]))
    lines = []
    if change.was:
        lines.append(words.line("~", "id", change.was, change.id))
        lines.append(Line("~", likeness_words(change), "", "", ""))
    for field in change.fields:
        if not field.follows:
            lines += words.field(shape, field)
    return lines


def _label(name: str) -> str:
    return name.replace("_", " ")


def _trait(name: str, value: Any) -> str:
    """What an entry of a vocabulary says of itself: "turns", "adds not", "stack study"."""
    return f"{name} {value}" if isinstance(value, str) else f"{name}{'' if value else ' not'}"


class _Words:
    """Says values in words, things by the names that people use."""

    def __init__(self, names: Names, arrow: str) -> None:
        self.names, self.arrow = names, arrow

    def line(self, sign: str, label: str, before: str, after: str, words: str = "") -> Line:
        """A line that says before and after, where there is nothing shorter."""
        both = f" {self.arrow} ".join(filter(None, (before, after)))
        return Line(sign, label, before, after, words or both)

    def name(self, kind: str, ident: str) -> str:
        return self.names.get((kind, ident), ident)

    def whole(self, shape: str, values: Values, sign: str) -> Iterator[Line]:
        """What a record holds that stands or stood in a store; what it is called stands above."""
        for field in FIXED[shape]:
            if field.name in _ABOVE.get(shape, _NAMED) or field.name not in values:
                continue
            value = values[field.name]
            members = value if isinstance(value, list) else [value]
            if field.form in MAPS:
                members = [f"{key} {text}" for key, text in value.items()]
            if field.form == "record":
                pairs = [self.part(field.to, member) for member in members]
                if field.to != "toll":
                    pairs = [(_label(field.name), "; ".join(": ".join(filter(None, pair)) for pair in pairs))]
            else:
                pairs = [(_label(field.name), ", ".join(self.value(field, member) for member in members))]
            for label, text in pairs:
                yield self.line(sign, label, *(("", text) if sign == "+" else (text, "")))

    def field(self, shape: str, change: FieldChange) -> Iterator[Line]:
        """What became of a field of a record."""
        field = next((field for field in FIXED[shape] if field.name == change.name), Field(change.name, "figure"))
        label = _label(change.name)
        if field.form == "record":
            for item in change.items:
                yield self.item(field.to, label, item)
        elif field.form in MAPS:
            for item in change.items:
                (rule,) = {**(item.before or {}), **(item.after or {})}
                old, new = (side[rule] if side else "" for side in (item.before, item.after))
                yield self.line(_SIGNS[item.what], f"{_label(change.name)} {rule}", old, new)
        elif field.many:
            yield from self.members(field, label, change.items)
        else:
            yield self.one(field, label, change.before, change.after)
        if change.reordered:
            yield self.line("~", label, "", "", "in another order")

    def one(self, field: Field, label: str, before: Any, after: Any) -> Line:
        """What became of one value."""
        if field.name == "certainty":
            return self.line("~", label, before or CERTAINTIES[0], after or CERTAINTIES[0])
        if before is None or after is None:
            old, new = ("" if value is None else self.value(field, value) for value in (before, after))
            return self.line("+" if before is None else "-", label, old, new)
        if field.form == "date":
            return self.line("~", label, *date_words(before, after))
        old, new = self.value(field, before), self.value(field, after)
        if old == new:  # two things of one name
            old, new = str(before), str(after)
        prose = field.form == "text" and not field.to and not field.choices
        return self.line("~", label, old, new, text_words(old, new, self.arrow) if prose else "")

    def members(self, field: Field, label: str, items: Sequence[ItemChange]) -> Iterator[Line]:
        """What became of the members of a list of texts: all that came in one line, all that went, then the others."""
        came = ", ".join(self.value(field, item.after) for item in items if item.what == ADDED)
        went = ", ".join(self.value(field, item.before) for item in items if item.what == REMOVED)
        if came:
            yield self.line("+", label, "", came)
        if went:
            yield self.line("-", label, went, "")
        for item in items:
            if item.what == CHANGED:
                yield self.line("~", label, self.value(field, item.before), self.value(field, item.after))

    def value(self, field: Field, value: Any) -> str:
        """One value of a field, or one member of it."""
        if field.form == "date":
            return spelt_out(describe(parse(str(value))))
        if field.form == "place":
            text = str(value)
            return "near " * text.startswith("~") + self.name("places", text.lstrip("~"))
        if field.form == "flag":
            return "yes" if value else "no"
        return self.name("actors" if field.name == "of" else f"{field.to}s", str(value))

    def item(self, shape: str, label: str, item: ItemChange) -> Line:
        """What became of a part of a record."""
        if item.what != CHANGED:
            head, text = self.part(shape, item.after or item.before)
            head = head if shape == "toll" else f"{label}: {head}"
            return self.line(_SIGNS[item.what], head, *((text, "") if item.after is None else ("", text)))
        head, _ = self.part(shape, item.after)
        lines = self.inner(shape, item)
        head = self.which(shape, head, item) if shape == "toll" else f"{label}: {self.which(shape, head, item)}"
        if len(lines) == 1 and lines[0].label in ("", _label(toll_kind(item.after)) if shape == "toll" else ""):
            return lines[0]._replace(label=head)
        text = "; ".join(_signed(line) for line in lines)
        old, new = (": ".join(filter(None, self.part(shape, side))) for side in (item.before, item.after))
        return self.line("~", head, old, new, text)

    def which(self, shape: str, head: str, item: ItemChange) -> str:
        """What tells a part from others of its kind: its figure or its date, where that is not what changed."""
        name = toll_kind(item.after) if shape == "toll" else "date"
        told = item.after.get(name)
        if told is None or any(change.name == name for change in item.fields):
            return head
        if shape == "toll":
            return head.replace(name, f"{name} {told}", 1)
        return f"{head}, {spelt_out(describe(parse(told)))}" if shape != "skip" else head

    def inner(self, shape: str, item: ItemChange) -> list[Line]:
        """The fields of a part that changed, one line each; a figure's kind goes without saying."""
        kinds = toll_kind(item.before), toll_kind(item.after)
        lines = []
        if shape == "toll" and kinds[0] != kinds[1]:
            old, new = (f"{side[kind]} {kind}" for side, kind in zip((item.before, item.after), kinds, strict=True))
            lines = [self.line("~", "", old, new)]
        for change in item.fields:
            if shape == "toll" and change.name in kinds:
                if kinds[0] == kinds[1]:
                    lines.append(self.line("~", "", change.before, change.after))
                continue
            lines += self.field(shape, change)
        return lines

    def part(self, shape: str, values: Values) -> tuple[str, str]:
        """A part of a record: what it is of, and what it says."""
        if shape == "toll":
            return self.toll(values)
        if shape not in self.heads:  # an entry of the vocabulary
            return values["id"], ", ".join(_trait(name, values[name]) for name in values if name != "id")
        head, said = self.heads[shape](self, values)
        fields = {field.name: field for field in fields_in(shape, values)}
        more = [self.detail(fields[name], values[name]) for name in values if name not in said]
        return head, ", ".join(more)

    def detail(self, field: Field, value: Any) -> str:
        if field.many:
            return ", ".join(self.value(field, member) for member in value)
        text = self.value(field, value)
        return f"{text} says" if field.name == "says" else text

    def toll(self, values: Values) -> tuple[str, str]:
        """A claim: of whom and by whom; the figure and how sure it is."""
        kind = toll_kind(values)
        head: list[str] = [kind]
        if "of" in values:
            head.append(f"of {self.name('actors', values['of'])}")
        if "who" in values:
            head.append(values["who"])
        if "at" in values:
            head.append(f"at {self.name('places', values['at'])}")
        if "says" in values:
            head.append(f"by {self.name('actors', values['says'])}")
        more = [values[name] for name in ("certainty",) if name in values]
        more += [f"as of {spelt_out(describe(parse(values['as_of'])))}"] if "as_of" in values else []
        more += ["best"] if "best" in values else []
        more += values.get("cite", [])
        return ", ".join(head), str(values.get(kind, "")) + (f" ({', '.join(more)})" if more else "")

    def _of_actor(self, values: Values) -> tuple[str, tuple[str, ...]]:
        return self.name("actors", values["actor"]), ("actor",)

    def _of_relation(self, values: Values) -> tuple[str, tuple[str, ...]]:
        names = [values.get("office", ""), self.name("actors", values["actor"]) if "actor" in values else ""]
        other = ", ".join(filter(None, names))
        return f"{values['kind'].replace('-', ' ')} {other}", ("kind", "actor", "office")

    def _of_also(self, values: Values) -> tuple[str, tuple[str, ...]]:
        return values["kind"], ("kind",)

    def _of_link(self, values: Values) -> tuple[str, tuple[str, ...]]:
        return f"{values['kind'].replace('-', ' ')} {values['to']}", ("kind", "to")

    def _of_strength(self, values: Values) -> tuple[str, tuple[str, ...]]:
        return values["figure"], ("figure",)

    def _of_skip(self, values: Values) -> tuple[str, tuple[str, ...]]:
        return " ".join(values[name] for name in ("lines", "date") if name in values), ("lines", "date")

    heads: Mapping[str, Callable[["_Words", Values], tuple[str, tuple[str, ...]]]] = {
        "participation": _of_actor,
        "party": _of_actor,
        "relation": _of_relation,
        "also": _of_also,
        "link": _of_link,
        "strength": _of_strength,
        "skip": _of_skip,
    }


def _signed(line: Line) -> str:
    return line.said if line.sign == "~" else f"{line.sign} {line.said}"
