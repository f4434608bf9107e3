"""What an answer that leaves the terminal says of itself: of which store, to what question, when, by which version."""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from mali_chrono import __version__
from mali_chrono.answers.vocabulary import words_of
from mali_chrono.kinds import Vocabulary
from mali_chrono.text import listing

_TOGETHER = ("with", "by", "sum", "show", "only")


class About(NamedTuple):
    """Of what and when an answer is; `question` are the filters as resolved, `today` an ISO day.

    `store` is its name, its own or its folder's, never a path; `revision` says what its files held. `documents` are the
    json objects of the sources, without who cites them, in the order of the store; `words` is the store's vocabulary.
    """

    store: str
    revision: str
    version: str
    question: Mapping[str, object]
    today: str
    documents: tuple[dict[str, Any], ...]
    title: str | None = None
    words: Vocabulary = Vocabulary()


def read_about(
    connection: sqlite3.Connection, store: str, question: Mapping[str, object], today: str, title: str | None = None
) -> About:
    """What an answer says of itself; `store` is where the store lies, whose last part is its name if it has none."""
    import json

    bodies = connection.execute("SELECT body FROM record WHERE kind = 'source' ORDER BY rowid")
    documents = tuple(json.loads(body) for (body,) in bodies)
    return About(
        name_of(connection) or _name(store),
        revision(connection),
        __version__,
        question,
        today,
        documents,
        title,
        words_of(connection),
    )


def name_of(connection: sqlite3.Connection) -> str | None:
    """What a chronology calls itself; None where it does not."""
    import json

    row = connection.execute("SELECT body FROM record WHERE kind = 'settings'").fetchone()
    return json.loads(row[0])["name"] if row else None


def about_files(hashes: Mapping[str, bytes], store: str, question: Mapping[str, object], today: str) -> About:
    """The same of an answer that no index gave, from the hash of each file of the store; it names no documents."""
    return About(_name(store), _revision(hashes.items()), __version__, question, today, ())


def _name(store: str) -> str:
    """The last part of a path: where a store lies on a machine is nobody's."""
    return store.replace("\\", "/").rstrip("/").rpartition("/")[2].strip(".") or "store"


def question_words(about: About) -> str:
    """What was asked, as a line, and the days it stands for; that it was everything where nothing was asked."""
    asked = [(key.replace("_", " "), value) for key, value in about.question.items() if key not in ("first", "last")]
    told = [key if value is True else f"{key} {_words(key, value)}" for key, value in asked]
    ends = zip(("from", "to"), (about.question.get(key) for key in ("first", "last")), strict=True)
    days = " ".join(f"{word} {day}" for word, day in ends if day)
    return ("; ".join(told) + (f" ({days})" if days else "")) or "all there is"


def _words(key: str, value: object) -> str:
    """The values of a filter are alternatives; those of some others all hold."""
    joined = "and" if key in _TOGETHER else "or"
    return listing(list(map(str, value)), joined) if isinstance(value, list | tuple) else str(value)


def revision(connection: sqlite3.Connection) -> str:
    """A short name for what the files of a store hold: the same files have the same, on every machine."""
    return _revision(connection.execute("SELECT path, hash FROM file").fetchall())


def _revision(hashes: Iterable[tuple[str, bytes]]) -> str:
    from hashlib import blake2b

    total = blake2b(digest_size=6)
    for path, content in sorted(hashes):
        total.update(path.encode() + b"\0" + content)
    return total.hexdigest()
