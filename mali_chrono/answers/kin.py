"""Who of a store a dataset's names may mean: by name, through umbrellas and heirs, by whose they are, by class.

Weaker than what an import asks for, on purpose: it tells what speaks against two records being of one occurrence.
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from mali_chrono.answers.pairs import Party
from mali_chrono.answers.weights import NOBODY
from mali_chrono.intake.maps import NO_CODES
from mali_chrono.kinds import MEMBERSHIP, ONWARD, PLAIN_GROUPS, RELATION_KINDS, Vocabulary
from mali_chrono.text import fold

_BRACKETED = re.compile(r"\s*\([^()]*\)\s*$")
_OF = re.compile(r"\bof (?:the )?(.+)")
_CIVILIANS = PLAIN_GROUPS[0]
# Relations by which the one may be named for the other: the actor's target stands above it, or (back) it above that.
_UP = (*MEMBERSHIP, *ONWARD)
_BACK = ("led-by", *(kind.name for kind in RELATION_KINDS if kind.descent and not kind.onward))


class Kin(NamedTuple):
    """A store's actors: ids by folded name; what stands above each, itself first; the classes a dataset puts each in.

    `called` are names in small letters, `civilians` the actors who are.
    """

    names: Mapping[str, frozenset[str]]
    above: Mapping[str, frozenset[str]]
    classes: Mapping[str, frozenset[str]]
    called: Mapping[str, str]
    civilians: frozenset[str]

    def fits(self, actor: str, party: Party) -> bool:
        """Whether a dataset's party may be an actor: by its name, by whose it is, else by its class.

        An actor of which no name is told has only a class.
        """
        if self.unknown(party.name):
            return actor in self._meant(party.name)
        same_class = party.kind in self.classes[actor]
        return same_class if self.unknown(actor) else self._fits(actor, party, same_class=same_class)

    def _fits(self, actor: str, party: Party, *, same_class: bool) -> bool:
        meant = self._meant(party.name)
        if self._related(actor, meant):
            return True
        if meant - self.civilians:  # it is somebody else
            return False
        if self._related(actor, self._begun(party.name)):
            return True
        owners = self._owners(party.name)
        if owners and not owners & self.above[actor]:
            return False
        return same_class if party.kind else bool(owners)

    def unknown(self, name: str) -> bool:
        """Whether an actor, or a dataset's name, is nobody that is named."""
        called = self.called.get(name) or name.lower()
        return any(word in called for word in NOBODY)

    def _related(self, actor: str, others: Iterable[str]) -> bool:
        """Whether an actor is one of some, stands below one, or has one below it."""
        return any(other in self.above[actor] or actor in self.above[other] for other in others)

    def _meant(self, name: str) -> frozenset[str]:
        """The actors that are called so; a name may be a short and a long one: "AB: Abcd Befg"."""
        short, _, long = _BRACKETED.sub("", name).partition(":")
        return self._first((name, short, long) if long else (name,))

    def _begun(self, name: str) -> frozenset[str]:
        """The actors whose names a name begins with: a people, of its militia."""
        words = fold(_BRACKETED.sub("", name)).split()
        return self._first(" ".join(words[:n]) for n in range(len(words), 0, -1))

    def _owners(self, name: str) -> frozenset[str]:
        """The actors whose forces a name says they are: "Military Forces of Xland Border Guard"."""
        of = _OF.search(name)
        words = fold(of[1]).split() if of else []
        return self._first(" ".join(words[:n]) for n in range(len(words), 0, -1))

    def _first(self, names: Iterable[str]) -> frozenset[str]:
        return next((ids for name in names if (ids := self.names.get(fold(name)))), frozenset())


def read_kin(connection: sqlite3.Connection, words: Vocabulary, given: Mapping[str, str] = NO_CODES) -> Kin:
    """The actors of a store, out of its index; `given` are ids that a map gives to names that the store has not."""
    names: dict[str, set[str]] = defaultdict(set)
    for name, ident in given.items():
        names[fold(name)].add(ident)
    for key, ident in connection.execute("SELECT key, id FROM name WHERE kind = 'actor'"):
        names[key].add(ident)
    kinds = {kind.id: kind for kind in words.actors}
    rows = connection.execute("SELECT id, kind, name FROM actor")
    actors = {ident: (kinds[kind], name) for ident, kind, name in rows}
    civilians = frozenset(ident for ident, (kind, _) in actors.items() if kind.group == _CIVILIANS)
    people = frozenset(kind.acled for kind in words.actors if kind.group == _CIVILIANS) - {""}
    classes = {
        ident: people if kind.person or ident in civilians else frozenset({kind.acled} - {""})
        for ident, (kind, _) in actors.items()
    }
    up: dict[str, set[str]] = defaultdict(set)
    for kind, actor, target in connection.execute("SELECT kind, actor, target FROM relation WHERE target IS NOT NULL"):
        if kind in _UP:
            up[actor].add(target)
        elif kind in _BACK:
            up[target].add(actor)
    above = {ident: frozenset(_closure(ident, up)) for ident in actors}
    names = {key: {ident for ident in ids if ident in actors} for key, ids in names.items()}
    called = {ident: name.lower() for ident, (_, name) in actors.items()}
    return Kin({key: frozenset(ids) for key, ids in names.items()}, above, classes, called, civilians)


def _closure(ident: str, up: Mapping[str, Iterable[str]]) -> set[str]:
    found, waiting = {ident}, [ident]
    while waiting:
        new = set(up.get(waiting.pop(), ())) - found
        found |= new
        waiting += new
    return found


def remembering(kin: Kin) -> tuple[Callable[[str, Party], bool], Callable[[str], bool]]:
    """`fits` and `unknown` of a store's actors, each answer found once: datasets name the same few again and again."""
    return lru_cache(None)(kin.fits), lru_cache(None)(kin.unknown)
