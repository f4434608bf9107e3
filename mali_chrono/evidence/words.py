"""Are the words a record's own? Its title, summary and note held against the lines it cites, names aside."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from mali_chrono.evidence.proof import Failure
from mali_chrono.evidence.readings import Copies
from mali_chrono.store import references
from mali_chrono.store.model import Actor, Chronology, Cite, Event, Period, Record
from mali_chrono.text import fold

# So many words in a row may be the document's too: who writes anew does not come upon more by chance.
SHARED = 7
_OWNER = re.compile(r"['’]s\b")

Names = dict[str, list[tuple[str, ...]]]  # by their first word, the longest first


def names_of(chronology: Chronology) -> Names:
    """What the records of a store are called: actors, places, regions, periods, outlets, offices."""
    named = (*chronology.actors, *chronology.places, *chronology.periods)
    called = {name for record in named for _, name in references.names(record)}
    called |= {outlet for event in chronology.events for outlet in event.outlets}
    called |= {relation.office or "" for actor in chronology.actors for relation in actor.relations}
    called |= {place.region or "" for place in chronology.places}
    names: Names = {}
    for words in sorted({tuple(fold(name).split()) for name in called}, key=len, reverse=True):
        if words:
            names.setdefault(words[0], []).append(words)
    return names


def words_of(text: str, names: Names) -> list[str]:
    """The words of a text, folded, without the names in it."""
    words = _folded(text)
    return [words[at] for at in _kept(words, names)]


def _folded(text: str) -> list[str]:
    return fold(_OWNER.sub("", text)).split()


def _kept(words: list[str], names: Names) -> list[int]:
    """The places of the words that are no part of a name; of two names the longer one goes first."""
    kept: list[int] = []
    at = 0
    while at < len(words):
        for name in names.get(words[at], ()):
            if len(name) == 1 or tuple(words[at : at + len(name)]) == name:
                at += len(name)
                break
        else:
            kept.append(at)
            at += 1
    return kept


class Lines:
    """The words of cited lines, without names; each stretch of lines is read when it is asked for, and once."""

    def __init__(self, copies: Copies, names: Names) -> None:
        self.names = names
        self._copies = copies
        self._read: dict[tuple[str, int, int], str] = {}

    def stretches(self, cites: Iterable[Cite]) -> list[str]:
        """What cites name, lines that follow each other as one text: words between blanks.

        Not the rows of a table that has a map: there an import says what the row says.
        """
        documents = self._copies.documents
        places = sorted(place for place in self._copies.places(cites) if place[1] not in documents[place[0]].told)
        runs = groupby(enumerate(places), lambda item: (item[1][0], item[1][1] - item[0]))
        return [self._words(*places[0], places[-1][1]) for places in ([place for _, place in run] for _, run in runs)]

    def _words(self, source: str, first: int, last: int) -> str:
        if (source, first, last) not in self._read:
            lines = (self._copies.line((source, number)).text for number in range(first, last + 1))
            self._read[source, first, last] = plain(" ".join(lines), self.names)
        return self._read[source, first, last]


def plain(text: str, names: Names) -> str:
    """The words of a text without names, each between blanks."""
    return _joined(words_of(text, names))


def texts_of(record: Record) -> Iterator[tuple[str, str]]:
    """The texts of a record that are to be its own, each with the name of its field."""
    for name in ("title", "summary", "note"):
        if text := getattr(record, name, None):
            yield name, text


def failures(record: Record, lines: Lines) -> Iterator[Failure]:
    """The texts of a record that have more words in a row than may be from its lines."""
    if not isinstance(record, Event | Period | Actor):
        return
    cites = tuple(dict.fromkeys(cite for _, cite in references.cites(record)))
    stretches = lines.stretches(cites)
    for name, text in texts_of(record):
        if run := shared(text, stretches, lines.names):
            message = f"the {name} has more than {SHARED} words in a row from the document: '{run}'"
            hint = "say it in your own words, or say why with ignore: {copied-words: reason}"
            yield Failure(record, (name,), "copied-words", message, hint, cites)


def shared(text: str, stretches: Iterable[str], names: Names) -> str:
    """The first run of more words of a text than may be shared that stands in one of some others, as long as it is."""
    folded = _folded(text)
    kept = _kept(folded, names)
    words = [folded[at] for at in kept]
    for first in range(len(words) - SHARED):
        last = first + SHARED + 1
        for stretch in stretches:
            if _joined(words[first:last]) in stretch:
                while last < len(words) and _joined(words[first : last + 1]) in stretch:
                    last += 1
                return _as_written(text, kept[first], kept[last - 1])
    return ""


def _as_written(text: str, first: int, last: int) -> str:
    """A text from one of its folded words to another, as it is written: a word there may be several of these."""
    pieces = _OWNER.sub("", text).split()
    places = [at for at, piece in enumerate(pieces) for _ in fold(piece).split()]
    return " ".join(pieces[places[first] : places[last] + 1])


def _joined(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "
