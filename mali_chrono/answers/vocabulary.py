"""The store's own words, out of the index."""

import sqlite3

from mali_chrono.kinds import Vocabulary, of_rows


def words_of(connection: sqlite3.Connection) -> Vocabulary:
    """The vocabulary of the store that an index is of."""
    return of_rows(tuple(connection.execute("SELECT section, id, traits FROM word ORDER BY rowid")))
