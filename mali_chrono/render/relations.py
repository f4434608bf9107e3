"""Relations in words: for a card ("A (since 2017)"), and as a sentence between events ("A and B now allied")."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from mali_chrono.answers.actors import Actor, Change, Relation
from mali_chrono.kinds import DESCENT
from mali_chrono.text import listing

Actors = Mapping[str, Actor]


class Words(NamedTuple):
    """How a kind of relation is told. In sentences {0} is the actor it is written on, {1} the other one.

    `begin`, `end` and `at` tell that it began, ended, was attested; a descent happens and has `begin` alone. `own` and
    `other` are its labels in the card of the actor it is written on and of the other one. `verb` is what a tree says.
    `origin` and `fate` tell a descent in the cards of the later and of the earlier actor; `together`: the relations
    of one actor are one event. In a state of play `pair` stands between the two, `with_` and `by` before the other one
    as seen from either end.
    """

    begin: str
    end: str = ""
    at: str = ""
    own: str = ""
    other: str = ""
    verb: str = ""
    origin: str = ""
    fate: str = ""
    together: bool = False
    pair: str = ""
    with_: str = ""
    by: str = ""


WORDS = {
    "renamed-from": Words(
        "{1} became {0}", verb="renamed", origin="{earlier} under another name", fate="renamed {later}"
    ),
    "splinter-of": Words(
        "{0} split from {1}", verb="split off", origin="split from {earlier}", fate="{later} split off"
    ),
    "alliance-of": Words("{1} merged into {0}", verb="merged", fate="merged into {later}", together=True),
    "joined": Words("{0} joined {1}", verb="joined", origin="{earlier} joined it", fate="joined {later}"),
    "part-of": Words(
        "{0} now part of {1}", "{0} no longer part of {1}", "{0} attested as part of {1}",
        "part of", "members", verb="part of",
    ),
    "allied-with": Words(
        "{0} now allied with {1}", "{0} no longer allied with {1}", "{0} attested as allied with {1}",
        "allies", "allies", pair="and", with_="allied with", by="allied with",
    ),
    "rival-of": Words(
        "{0} now a rival of {1}", "{0} no longer a rival of {1}", "{0} attested as a rival of {1}", "rivals", "rivals",
        pair="against", with_="against", by="against",
    ),
    "supported-by": Words(
        "{1} now supports {0}", "{1} no longer supports {0}", "{0} attested as supported by {1}", "helped by", "helps",
        pair="supported by", with_="supported by", by="supporting",
    ),
    "led-by": Words(
        "{1} now leads {0}", "{1} no longer leads {0}", "{1} attested as leading {0}", "led by", "led",
    ),
    "holds": Words(
        "{0} now {office}", "{0} no longer {office}", "{0} attested as {office}", "offices", "offices",
    ),
}  # fmt: skip
# The years of an actor change like a relation does, and are none.
ACTIVE = Words("{0} active from here on", "{0} no longer active", "{0} attested as active")


def short(ident: str | None, actors: Actors) -> str:
    """The shortest name of an actor."""
    return actors[ident].short if ident else ""


def aside(*texts: str | None) -> str:
    """What is added in brackets: a blank and the texts there are, or nothing."""
    text = "; ".join(text for text in texts if text)
    return f" ({text})" if text else ""


def mark(relation: Relation | Change) -> str:
    """A question mark where it is in doubt."""
    return "?" * (relation.certainty != "confirmed")


def doubt(relation: Relation | Change, actors: Actors) -> str:
    """How sure it is, where that is not confirmed: "suspected", "claimed, B says"."""
    certainty = relation.certainty if mark(relation) else ""
    says = f"{short(relation.says, actors)} says" if relation.says else ""
    return ", ".join(part for part in (certainty, says) if part)


def dated(relation: Relation) -> str:
    """When it held or happened: "since 2017", "attested 13 Oct 2023", "undated"."""
    if relation.words is None:
        return "undated"
    attested = not relation.lasting and relation.kind not in DESCENT
    return ("attested " if attested else "") + relation.words


def list_parties(relations: Iterable[Relation], other: str, actors: Actors) -> list[str]:
    """Each party once, with all its dates and notes: "Ansar Dine (attested 2012, Nov 2015)"; `other` is its field."""
    groups: dict[tuple[str, str, str | None], list[Relation]] = {}
    for relation in relations:
        groups.setdefault((getattr(relation, other), relation.certainty, relation.says), []).append(relation)
    texts = []
    for (party, *_), group in groups.items():
        notes = dict.fromkeys(relation.note for relation in group)
        text = short(party, actors) + mark(group[0])
        texts.append(text + aside(doubt(group[0], actors), _dates(group), *notes))
    return texts


def _dates(group: Sequence[Relation]) -> str:
    """The dates of one relation told several times; the word "attested" once."""
    texts = list(dict.fromkeys(dated(relation) for relation in group))
    if len(texts) > 1:
        texts = [text for text in texts if text != "undated"]
    head, *rest = texts
    return ", ".join([head, *(text.removeprefix("attested ") for text in rest)])


def tell_descent(relations: Sequence[Relation], me: str, actors: Actors) -> tuple[list[str], list[str]]:
    """What an actor came from or took in, and what it became or what left it: a line for each."""
    origins: list[str] = []
    fates: list[str] = []
    mergers = [r for r in relations if WORDS[r.kind].together and r.actor == me]
    if mergers:
        origins.append("merger of " + listing(_list_merged(mergers, actors)))
    for relation in relations:
        mine = relation.later == me
        words = WORDS[relation.kind]
        if template := words.origin if mine else words.fate:
            text = template.format(earlier=short(relation.earlier, actors), later=short(relation.later, actors))
            rest = aside(doubt(relation, actors), dated(relation), relation.note)
            (origins if mine else fates).append(text + rest)
    return origins, fates


def _list_merged(mergers: Sequence[Relation], actors: Actors) -> list[str]:
    """The parties of a merger, its date once where the next has it too."""
    texts = []
    for words, group in groupby(sorted(mergers, key=lambda r: (r.date is None, r.hi)), key=lambda r: r.words):
        parties = list(group)
        for i, relation in enumerate(parties):
            when = (words or "undated") if i == len(parties) - 1 else ""
            rest = aside(doubt(relation, actors), when, relation.note)
            texts.append(short(relation.target, actors) + rest)
    return texts


def tell_changes(changes: Sequence[Change], actors: Actors) -> str:
    """Changes of one date and kind as one sentence, marked where they are in doubt."""
    first = changes[0]
    words = WORDS.get(first.kind, ACTIVE)
    subjects = dict.fromkeys(short(change.actor, actors) for change in changes)
    notes = [aside(change.note) if words.together else "" for change in changes]
    targets = dict.fromkeys(short(change.target, actors) + note for change, note in zip(changes, notes, strict=True))
    template = {"begin": words.begin, "end": words.end, "at": words.at}[first.edge] or words.begin
    text = template.format(listing([*subjects]), listing([*targets]), office=first.office)
    return text + mark(first) + aside(doubt(first, actors), None if words.together else first.note)


def tell_undated(relation: Relation, actors: Actors) -> str:
    """A descent without a date, as a sentence."""
    text = WORDS[relation.kind].begin.format(short(relation.actor, actors), short(relation.target, actors))
    return text + mark(relation) + aside(doubt(relation, actors), relation.note)


def relation_row(relation: Relation) -> dict[str, Any]:
    """A relation as a json object, as it is written."""
    keys = ("actor", "kind", "target", "office", "date", "certainty", "says", "cites", "note")
    return {key: getattr(relation, key) for key in keys}
