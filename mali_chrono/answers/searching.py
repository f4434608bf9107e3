"""What is typed after --match -> SQL: words, "a phrase", prefix*, -not; several texts are alternatives."""

import re
from collections.abc import Iterable

from mali_chrono.answers.matching import Condition, any_of
from mali_chrono.errors import UsageError
from mali_chrono.text import search_words

_TERM = re.compile(r'(-?)(?:"([^"]*)"|([^\s"]+))')
HOW = 'words, "a phrase", prefix* and -not'


def condition(texts: Iterable[str]) -> Condition:
    """The SQL for events in which one of the texts is told. Raises UsageError on what cannot be searched for."""
    return any_of(_text(text) for text in texts)


def _text(text: str) -> Condition:
    if text.count('"') % 2:
        raise UsageError(f"--match '{text}': a quote is not closed; it takes {HOW}")
    terms = _TERM.findall(text)
    if not terms:
        raise UsageError(f"--match needs a word to look for; '{text}' has none")
    wanted: list[str] = [_expression(text, phrase or word) for negative, phrase, word in terms if not negative]
    unwanted = [_expression(text, phrase or word) for negative, phrase, word in terms if negative]
    matching = "n IN (SELECT rowid FROM words WHERE words MATCH ?)"
    conditions = [matching] * bool(wanted) + [f"NOT {matching}"] * bool(unwanted)
    values: list[object] = [*[" AND ".join(wanted)] * bool(wanted), *[" OR ".join(unwanted)] * bool(unwanted)]
    return f"({' AND '.join(conditions)})", values


def _expression(text: str, term: str) -> str:
    """A term as an FTS5 string, without its query syntax; what is several words is a phrase."""
    words = search_words(term)
    if not words:
        raise UsageError(f"--match '{text}': '{term}' has no letter or digit to look for")
    return f'"{" ".join(words)}"' + " *" * term.endswith("*")
