"""A name that a person typed -> the ids it stands for, or candidates; and what completion offers."""

import sqlite3
from collections.abc import Iterable, Sequence

from mali_chrono.errors import UsageError, did_you_mean
from mali_chrono.text import fold, listing

# Up to so many things are listed in full where a name is none of them.
FEW = 12
# What is looked up for each key that names things.
KINDS = {
    "actor": ("actor",),
    "role": ("role",),
    "place": ("place",),
    "region": ("region",),
    "type": ("type", "category"),
    "tag": ("tag",),
    "source": ("source",),
    "outlet": ("outlet",),
}
# Kinds whose ids are their folded names.
SPELT = ("region", "outlet")


def marks(values: Sequence[object]) -> str:
    """As many marks for bound values as there are values."""
    return ", ".join("?" * len(values))


def resolve(connection: sqlite3.Connection, key: str, text: str) -> list[str]:
    """The ids a name stands for: one, or for `type` that of a type and of a category.

    Raises UsageError that lists candidates when there is none, or more than one.
    """
    kinds = KINDS[key]
    rows = connection.execute(f"SELECT id FROM name WHERE kind IN ({marks(kinds)}) AND key = ?", (*kinds, fold(text)))
    ids = [ident for (ident,) in rows]
    if len(ids) == 1 or (ids and key == "type"):
        return ids
    if ids:
        raise UsageError(f"'{text}' names several: " + "; ".join(_titles(connection, kinds, ids)))
    raise UsageError(f"unknown {key} '{text}'{_hint(connection, kinds, fold(text))}")


def _hint(connection: sqlite3.Connection, kinds: Sequence[str], wanted: str) -> str:
    if near := _titles(connection, kinds, _near(connection, kinds, wanted)):
        return ": did you mean " + listing(near, "or") + "?"
    ids = [ident for ident, _ in offers(connection, kinds)]
    return ": one of " + ", ".join(ids) if len(ids) <= FEW else ": give an id, a name or an alias"


def _near(connection: sqlite3.Connection, kinds: Sequence[str], wanted: str, count: int = 6) -> list[str]:
    """Ids whose names hold every word asked for, then those spelt alike."""
    names = connection.execute(
        f"SELECT key, id FROM name WHERE kind IN ({marks(kinds)}) ORDER BY length(key), key", kinds
    ).fetchall()
    words = wanted.split()
    holding = [ident for key, ident in names if words and all(word in key for word in words)]
    from difflib import get_close_matches  # noqa: PLC0415 - only where a name is wrong

    ids = dict(names)
    alike = [ids[key] for key in get_close_matches(wanted, list(ids), count, 0.6)]
    return list(dict.fromkeys([*alike[:1], *holding, *alike]))[:count]


def _titles(connection: sqlite3.Connection, kinds: Sequence[str], ids: Iterable[str]) -> list[str]:
    """Each id quoted, with its name where that is another."""
    titles = []
    for ident in ids:
        row = connection.execute(
            f"SELECT name FROM thing WHERE kind IN ({marks(kinds)}) AND id = ?", (*kinds, ident)
        ).fetchone()
        name = row[0] if row else ident
        if kinds[0] in SPELT:
            titles.append(f"'{name}'")
        else:
            titles.append(f"'{ident}'" + (f" ({name})" if fold(name) != fold(ident) else ""))
    return titles


def resolve_event(connection: sqlite3.Connection, ident: str) -> int:
    """The number of the event with an id. Raises UsageError that offers the nearest ids."""
    row = connection.execute("SELECT n FROM event WHERE id = ?", (ident,)).fetchone()
    if row:
        return int(row[0])
    ids = [other for (other,) in connection.execute("SELECT id FROM event")]
    words = fold(ident).split()
    holding = [other for other in ids if words and all(word in other for word in words)][:3]
    quoted = listing([f"'{other}'" for other in holding], "or")
    hint = f"did you mean {quoted}?" if holding else did_you_mean(ident, ids)
    raise UsageError(f"no event '{ident}'" + (f": {hint}" if hint else ""))


def offers(connection: sqlite3.Connection, kinds: Sequence[str]) -> list[tuple[str, str]]:
    """Every id of some kinds of things with its name, for completion."""
    if "event" in kinds:
        return connection.execute("SELECT id, title FROM event ORDER BY n").fetchall()
    return connection.execute(
        f"SELECT id, name FROM thing WHERE kind IN ({marks(kinds)}) ORDER BY id", kinds
    ).fetchall()


def names_of(connection: sqlite3.Connection, *kinds: str) -> dict[str, str]:
    """The shortest name of everything of some kinds, by id."""
    sql = f"SELECT id, coalesce(short, name) FROM thing WHERE kind IN ({marks(kinds)})"
    return dict(connection.execute(sql, kinds).fetchall())
