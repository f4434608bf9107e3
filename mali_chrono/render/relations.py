"""Relations in words: for a card ("JNIM (since 2017)"), and as a sentence between events ("JNIM and X now allied")."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from mali_chrono.answers.actors import Actor, Change, Relation
from mali_chrono.kinds import DESCENT

Known = Mapping[str, Actor]


def short(ident: str | None, known: Known) -> str:
    """The shortest name of an actor."""
    return known[ident].short if ident else ""


def listed(names: Sequence[str]) -> str:
    """Names as a list in a sentence."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def doubt(certainty: str, says: str | None, known: Known) -> str:
    """How sure it is, where that is not confirmed: "suspected", "claimed, Wagner says"."""
    if certainty == "confirmed":
        return f"{short(says, known)} says" if says else ""
    return certainty + (f", {short(says, known)} says" if says else "")


def dated(relation: Relation) -> str:
    """When it held or happened: "since 2017", "attested 13 Oct 2023", "undated"."""
    if relation.words is None:
        return "undated"
    attested = not relation.lasting and relation.kind not in DESCENT
    return ("attested " if attested else "") + relation.words


def parties(relations: Iterable[Relation], other: str, known: Known) -> list[str]:
    """Each party once, with all its dates and notes: "Ansar Dine (attested 2012, Nov 2015)"; `other` is its field."""
    groups: dict[tuple[str, str, str | None], list[Relation]] = {}
    for relation in relations:
        groups.setdefault((getattr(relation, other), relation.certainty, relation.says), []).append(relation)
    texts = []
    for (party, certainty, says), found in groups.items():
        mark = "?" * (certainty != "confirmed")
        told = [doubt(certainty, says, known), _dates(found), *dict.fromkeys(r.note for r in found)]
        texts.append(f"{short(party, known)}{mark} ({'; '.join(text for text in told if text)})")
    return texts


def _dates(found: Sequence[Relation]) -> str:
    """The dates of one relation told several times; the word "attested" once."""
    texts = list(dict.fromkeys(dated(relation) for relation in found))
    if len(texts) > 1:
        texts = [text for text in texts if text != "undated"]
    head, *rest = texts
    return ", ".join([head, *(text.removeprefix("attested ") for text in rest)])


def became(relations: Sequence[Relation], me: str, known: Known) -> tuple[list[str], list[str]]:
    """What an actor came from or took in, and what it became or what left it: a line for each."""
    origins: list[str] = []
    fates: list[str] = []
    mergers = [r for r in relations if r.kind == "alliance-of" and r.actor == me]
    if mergers:
        origins.append("merger of " + listed(_merged(mergers, known)))
    for relation in relations:
        told = _aside(relation, known)
        earlier, later = (f"{short(who, known)}" for who in (relation.earlier, relation.later))
        mine = relation.later == me
        if relation.kind == "renamed-from":
            (origins if mine else fates).append(
                f"{earlier} under another name{told}" if mine else f"renamed {later}{told}"
            )
        elif relation.kind == "splinter-of":
            (origins if mine else fates).append(f"split from {earlier}{told}" if mine else f"{later} split off{told}")
        elif relation.kind == "alliance-of" and not mine:
            fates.append(f"merged into {later}{told}")
        elif relation.kind == "joined":
            (origins if mine else fates).append(f"{earlier} joined it{told}" if mine else f"joined {later}{told}")
    return origins, fates


def _merged(mergers: Sequence[Relation], known: Known) -> list[str]:
    """The parties of a merger, its date once where the next has it too."""
    texts = []
    for words, group in groupby(sorted(mergers, key=lambda r: (r.date is None, r.hi)), key=lambda r: r.words):
        found = list(group)
        for i, relation in enumerate(found):
            told = [
                doubt(relation.certainty, relation.says, known),
                (words or "undated") if i == len(found) - 1 else "",
                relation.note or "",
            ]
            aside = "; ".join(text for text in told if text)
            texts.append(short(relation.target, known) + (f" ({aside})" if aside else ""))
    return texts


def _aside(relation: Relation, known: Known) -> str:
    told = (doubt(relation.certainty, relation.says, known), dated(relation), relation.note)
    return f" ({'; '.join(text for text in told if text)})"


def sentence(changes: Sequence[Change], known: Known) -> str:
    """Changes of one date and kind as one sentence, marked where they are in doubt."""
    first = changes[0]
    actor, target = short(first.actor, known), short(first.target, known)
    said = doubt(first.certainty, first.says, known)
    told = "; ".join(text for text in (said, first.note if first.kind != "alliance-of" else None) if text)
    text = _plainly(changes, actor, target, known) + "?" * (first.certainty != "confirmed")
    return text + (f" ({told})" if told else "")


def undated(relation: Relation, known: Known) -> str:
    """A descent without a date, as a sentence."""
    text = _DESCENT[relation.kind].format(short(relation.actor, known), short(relation.target, known))
    told = "; ".join(t for t in (doubt(relation.certainty, relation.says, known), relation.note) if t)
    return text + "?" * (relation.certainty != "confirmed") + (f" ({told})" if told else "")


_DESCENT = {
    "renamed-from": "{1} became {0}",
    "splinter-of": "{0} split from {1}",
    "alliance-of": "{1} merged into {0}",
    "joined": "{0} joined {1}",
}
# What began, what ended, what was attested; {0} the actor, {1} the other one.
_STATES = {
    "part-of": ("{0} now part of {1}", "{0} no longer part of {1}", "{0} attested as part of {1}"),
    "allied-with": ("{0} now allied with {1}", "{0} no longer allied with {1}", "{0} attested as allied with {1}"),
    "rival-of": ("{0} now a rival of {1}", "{0} no longer a rival of {1}", "{0} attested as a rival of {1}"),
    "supported-by": ("{1} now supports {0}", "{1} no longer supports {0}", "{0} attested as supported by {1}"),
    "led-by": ("{1} now leads {0}", "{1} no longer leads {0}", "{1} attested as leading {0}"),
    "active": ("{0} active from here on", "{0} no longer active", "{0} attested as active"),
}


def _plainly(changes: Sequence[Change], actor: str, target: str, known: Known) -> str:
    first = changes[0]
    if first.kind == "holds":
        state = {"begin": "now", "end": "no longer", "at": "attested as"}[first.edge]
        return f"{actor} {state} {first.office}"
    if first.kind == "alliance-of":
        merged = [short(c.target, known) + (f" ({c.note})" if c.note else "") for c in changes]
        return f"{listed(merged)} merged into {actor}"
    actors = listed(list(dict.fromkeys(short(c.actor, known) for c in changes)))
    targets = listed(list(dict.fromkeys(short(c.target, known) for c in changes))) if first.target else ""
    if first.kind in DESCENT:
        return _DESCENT[first.kind].format(actors, targets)
    begin, end, at = _STATES[first.kind]
    return {"begin": begin, "end": end, "at": at}[first.edge].format(actors, targets or target)


def relation_row(relation: Relation) -> dict[str, Any]:
    """A relation as a json object, as it is written."""
    return {
        "actor": relation.actor,
        "kind": relation.kind,
        "target": relation.target,
        "office": relation.office,
        "date": relation.date,
        "certainty": relation.certainty,
        "says": relation.says,
        "cites": list(relation.cites),
        "note": relation.note,
    }
