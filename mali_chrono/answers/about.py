"""What an answer that leaves the terminal says of itself: of which store, to what question, when, by which version."""

import sqlite3
from collections.abc import Mapping
from typing import Any, NamedTuple

from mali_chrono import __version__


class About(NamedTuple):
    """Of what and when an answer is; `question` are the filters as resolved, `today` an ISO day.

    `store` is its name, never a path; `revision` says what its files held. `documents` are the json objects of the
    sources, without who cites them, in the order of the store.
    """

    store: str
    revision: str
    version: str
    question: Mapping[str, object]
    today: str
    documents: tuple[dict[str, Any], ...]
    title: str | None = None


def read_about(
    connection: sqlite3.Connection, store: str, question: Mapping[str, object], today: str, title: str | None = None
) -> About:
    """What an answer says of itself; `store` is what the store is called, of a path its last part."""
    import json

    bodies = connection.execute("SELECT body FROM record WHERE kind = 'source' ORDER BY rowid")
    documents = tuple(json.loads(body) for (body,) in bodies)
    name = store.replace("\\", "/").rstrip("/").rpartition("/")[2].strip(".") or "store"
    asked = {key: value for key, value in question.items() if key != "store"}
    return About(name, revision(connection), __version__, asked, today, documents, title)


def revision(connection: sqlite3.Connection) -> str:
    """A short name for what the files of a store hold: the same files have the same, on every machine."""
    from hashlib import blake2b

    total = blake2b(digest_size=6)
    for path, content in connection.execute("SELECT path, hash FROM file ORDER BY path"):
        total.update(path.encode() + b"\0" + content)
    return total.hexdigest()
