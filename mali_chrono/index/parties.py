"""Who against whom, in words: of records when an index is made, and of json rows where names are shown anew."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

_UNSURE = {"claimed", "suspected", "disputed"}


class Party(NamedTuple):
    """One who took part in an event, by the name to show; the role and how certain it is."""

    name: str
    role: str
    certainty: str


def who_words(parties: Iterable[Party]) -> str:
    """Who against whom: "CSP-DPA, JNIM? against FAMa, Wagner; GUR? (supporter)"; a question mark is a doubt."""
    parties = list(parties)

    def named(*roles: str, label: bool = False) -> str:
        return list_parties([party for party in parties if party.role in roles], label=label)

    doers = named("perpetrator") or named("claimant")
    targets = named("target", "victim")
    others = ("participant", "signatory", "mediator", "author")
    if doers:
        first = f"{doers} against {targets}" if targets else doers
        rest = [named(*others), named("subject"), named("supporter", label=True)]
    else:
        first = named(*others)
        about = named("subject")
        if first and about and any(party.role == "author" for party in parties):
            first, about = f"{first} on {about}", ""
        rest = [targets, about, named("supporter", label=True)]
    return "; ".join(part for part in (first, *rest) if part)


def list_parties(parties: Sequence[Party], *, label: bool) -> str:
    """Their names, with a mark of doubt, and with their roles if `label`."""
    return ", ".join(_named(party) + (f" ({party.role})" if label else "") for party in parties)


def _named(party: Party) -> str:
    if party.certainty == "denied":
        return f"{party.name} (denied)"
    return party.name + "?" * (party.certainty in _UNSURE)
