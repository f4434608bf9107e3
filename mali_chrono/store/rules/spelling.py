"""How names are spelt: one letter off another one, in two alphabets, twice, or in two ways."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from mali_chrono.near import slips
from mali_chrono.store.model import Named, Record
from mali_chrono.store.nodes import Path
from mali_chrono.store.references import Fault, names, where
from mali_chrono.store.rules.table import Context
from mali_chrono.text import fold, listing, unaccented

# Alphabets with letters that look like those of another (Unicode Technical Standard 39).
ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU", "DESERET"})
_FOREIGN = re.compile("[^\x00-\u036f]")  # what is surely Latin goes up to there
_LETTERS = re.compile(r"[^\W\d_]+")
_DAY = 10  # the characters of an event's id that tell its day


def check_near_names(context: Context) -> Iterator[Fault]:
    """Names, of things of one kind, that a slip of the pen tells apart; and ids of events of one day."""
    for kind in _kinds(context):
        called: dict[str, tuple[Named, Path, str]] = {}
        for record in kind:
            for path, name in () if record.unread else names(record):
                called.setdefault(fold(name), (record, path, name))
        told: set[str] = set()
        for one, other in slips(called):
            (first, _, name), (second, path, later) = called[one], called[other]
            if first.id != second.id and second.id not in told:
                told.add(second.id)
                message = f"'{later}' is one letter off '{name}', a name of '{first.id}' ({where(first)})"
                yield Fault(second, path, "near-name", message, _ONE)
    days: dict[str, list[str]] = {}
    for ident in context.events:
        days.setdefault(ident[:_DAY], []).append(ident)
    for one, other in chain.from_iterable(slips(ids) for ids in days.values() if len(ids) > 1):
        message = f"the id '{other}' is one letter off '{one}' ({where(context.events[one])})"
        yield Fault(context.events[other], ("id",), "near-name", message, _ONE)


_ONE = "keep one if they are one, else tell them apart, or say why with ignore: {near-name: reason}"


def _kinds(context: Context) -> tuple[tuple[Named, ...], ...]:
    chronology = context.chronology
    return chronology.actors, chronology.places, chronology.types, chronology.periods


def check_aliases(context: Context) -> Iterator[Fault]:
    """Aliases that stand twice in one record, or say its name again."""
    for kind in _kinds(context):
        for record in kind:
            own = {_spelt(name): name for name in (record.name, record.short) if name}
            met: dict[str, str] = {}
            for i, alias in enumerate(record.aliases):
                key = " ".join(unaccented(alias).split()) or alias
                if _spelt(alias) in own:
                    message = f"the alias '{alias}' is the name '{own[_spelt(alias)]}'"
                    yield Fault(record, ("aliases", i), "needless-alias", message, "delete it")
                elif key in met:
                    message = f"the alias '{alias}' stands here already, as '{met[key]}'"
                    hint = "keep one: case, accents and apostrophes make no difference to whoever asks"
                    yield Fault(record, ("aliases", i), "alias-twice", message, hint)
                met.setdefault(key, alias)


def _spelt(name: str) -> str:
    """A name as it is spelt, accents and marks too, but for its case and blanks."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def check_scripts(context: Context) -> Iterator[Fault]:
    """Words of names with letters of two alphabets that look alike."""
    for record, path, name in _called(context):
        for word in _LETTERS.findall(name) if _FOREIGN.search(name) else ():
            scripts = Counter(filter(None, map(_script, word)))
            if len(scripts) > 1:
                odd = min(scripts, key=lambda script: scripts[script])
                letters = dict.fromkeys(letter for letter in word if _script(letter) == odd)
                shown = listing([f"'{letter}' ({unicodedata.name(letter)})" for letter in letters])
                message = f"'{word}' is written in {listing([script.capitalize() for script in scripts])} letters"
                hint = f"write all of it in one alphabet: {shown}"
                yield Fault(record, path, "mixed-script", message, hint)


def _script(letter: str) -> str:
    """The alphabet of a letter, if it is one of those that look alike."""
    script = unicodedata.name(letter, "").partition(" ")[0]
    return script if script in ALIKE else ""


def _called(context: Context) -> Iterator[tuple[Record, Path, str]]:
    """All that is a name: of records, of events their titles and outlets, of actors their offices."""
    for kind in _kinds(context):
        for record in kind:
            yield from ((record, path, name) for path, name in names(record))
    for actor in context.chronology.actors:
        for i, relation in enumerate(actor.relations):
            yield actor, ("relations", i, "office"), relation.office or ""
    events = context.chronology.events
    yield from ((event, ("title",), event.title) for event in events if not event.title.isascii())
    outlets = set(chain.from_iterable(event.outlets for event in events))
    foreign = {outlet for outlet in outlets if not outlet.isascii()}
    for event in events if foreign else ():
        yield from ((event, ("outlets", i), outlet) for i, outlet in enumerate(event.outlets) if outlet in foreign)


def check_outlets(context: Context) -> Iterator[Fault]:
    """Outlets that are spelt in two ways: with other capitals, accents or dots, or an article."""
    spelt = Counter(chain.from_iterable(event.outlets for event in context.chronology.events))
    usual: dict[str, str] = {}
    for outlet, _ in spelt.most_common():
        usual.setdefault(_plain(outlet), outlet)
    odd = {outlet: usual[_plain(outlet)] for outlet in spelt if usual[_plain(outlet)] != outlet}
    for event in context.chronology.events if odd else ():
        for i, outlet in enumerate(event.outlets):
            if outlet in odd:
                message = f"'{outlet}' is spelt '{odd[outlet]}' elsewhere"
                hint = "spell it in one way, or say why with ignore: {outlet-spelling: reason}"
                yield Fault(event, ("outlets", i), "outlet-spelling", message, hint)


def _plain(outlet: str) -> str:
    return fold(outlet.replace(".", "")).removeprefix("the ")


RULES = (check_near_names, check_aliases, check_scripts, check_outlets)
