"""The language that the dates of an index are told in: kept in it, and spoken while it answers."""

import sqlite3

from mali_chrono.dates.spoken import read, speak

LANGUAGE = "language"  # the row of `meta` that has it, empty for English
WANTED = "?"  # one that could not be had where the index was made


def speak_as(connection: sqlite3.Connection) -> None:
    """Tell dates from now on in the language of an index."""
    text = _kept(connection)
    speak(read(text) if text not in ("", WANTED) else None)


def is_mute(connection: sqlite3.Connection) -> bool:
    """Whether an index was made without the language that its store wants, which can be had now."""
    if _kept(connection) != WANTED:
        return False
    from mali_chrono.dates.tongues import has_babel  # noqa: PLC0415 - few stores want another language

    return has_babel()


def _kept(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (LANGUAGE,)).fetchone()
    return str(row[0]) if row else ""
