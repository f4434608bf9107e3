"""Who against whom, in words: of records when an index is made, and of json rows where names are shown anew."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mali_chrono.kinds import CLAIMS, DOES, HELPS, SIGNS, SUFFERS, TAKES_PART, TELLS, TOLD_OF, Vocabulary

_UNSURE = {"claimed", "suspected", "disputed"}


class Party(NamedTuple):
    """One who took part in an event, by the name to show; the role and how certain it is."""

    name: str
    role: str
    certainty: str


def who_words(parties: Iterable[Party], words: Vocabulary) -> str:
    """Who against whom: "A, B? against C, D; E? (supporter)"; a question mark is a doubt."""
    parties = list(parties)

    def named(*meanings: str, label: bool = False) -> str:
        roles = words.roles_that(*meanings)
        return list_parties([party for party in parties if party.role in roles], label=label)

    doers = named(DOES) or named(CLAIMS)
    targets, about, helpers = named(SUFFERS), named(TOLD_OF), named(HELPS, label=True)
    others = named(TAKES_PART, SIGNS, TELLS)
    if doers:
        first = f"{doers} against {targets}" if targets else doers
        rest = [others, about, helpers]
    else:
        first = others
        if first and about and named(TELLS):
            first, about = f"{first} on {about}", ""
        rest = [targets, about, helpers]
    return "; ".join(part for part in (first, *rest) if part)


def list_parties(parties: Sequence[Party], *, label: bool) -> str:
    """Their names, with a mark of doubt, and with their roles if `label`."""
    return ", ".join(_named(party) + (f" ({party.role})" if label else "") for party in parties)


def _named(party: Party) -> str:
    if party.certainty == "denied":
        return f"{party.name} (denied)"
    return party.name + "?" * (party.certainty in _UNSURE)
