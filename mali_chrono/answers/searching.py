"""What is typed after --match -> SQL: words, "a phrase", prefix*, -not; several texts are alternatives."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mali_chrono.answers.matching import Condition, any_of
from mali_chrono.errors import UsageError
from mali_chrono.text import search_words

_TERM = re.compile(r'(-?)(?:"([^"]*)"|([^\s"]+))')
HOW = 'words, "a phrase", prefix* and -not'


def condition(texts: Iterable[str]) -> Condition:
    """The SQL for events in which one of the texts is told. Raises UsageError on what cannot be searched for."""
    return any_of(_text(text) for text in texts)


class Term(NamedTuple):
    """Words that must stand side by side, or must not; of the last one only its beginning may be given."""

    negative: bool
    words: Sequence[str]
    begins: bool


def read_terms(text: str) -> list[Term]:
    """What is asked for. Raises UsageError on what cannot be searched for."""
    if text.count('"') % 2:
        raise UsageError(f"--match '{text}': a quote is not closed; it takes {HOW}")
    terms = []
    for negative, phrase, word in _TERM.findall(text):
        term = phrase or word
        words = search_words(term)
        if not words:
            raise UsageError(f"--match '{text}': '{term}' has no letter or digit to look for")
        terms.append(Term(bool(negative), words, term.endswith("*")))
    if not terms:
        raise UsageError(f"--match needs a word to look for; '{text}' has none")
    return terms


def _text(text: str) -> Condition:
    terms = read_terms(text)
    wanted = [_expression(term) for term in terms if not term.negative]
    unwanted = [_expression(term) for term in terms if term.negative]
    matching = "n IN (SELECT rowid FROM words WHERE words MATCH ?)"
    conditions = [matching] * bool(wanted) + [f"NOT {matching}"] * bool(unwanted)
    values: list[object] = [*[" AND ".join(wanted)] * bool(wanted), *[" OR ".join(unwanted)] * bool(unwanted)]
    return f"({' AND '.join(conditions)})", values


def _expression(term: Term) -> str:
    """A term as an FTS5 string, without its query syntax; what is several words is a phrase."""
    return f'"{" ".join(term.words)}"' + " *" * term.begins


def like(texts: Iterable[str]) -> str:
    """The same for the column `words` of an export, without values to bind: words hold letters and digits alone."""

    def told(term: Term) -> str:
        return f"words {'NOT ' * term.negative}LIKE '% {' '.join(term.words)}{'' if term.begins else ' '}%'"

    return "(" + " OR ".join(f"({' AND '.join(map(told, read_terms(text)))})" for text in texts) + ")"
