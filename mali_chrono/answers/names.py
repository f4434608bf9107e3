"""A name that a person typed -> the ids it stands for, or candidates; and what completion offers."""

import sqlite3
from collections.abc import Iterable, Sequence

from mali_chrono.answers.vocabulary import words_of
from mali_chrono.errors import UsageError
from mali_chrono.text import fold, listing

# Up to so many things are listed in full where a name is none of them; so many are offered for a wrong one.
FEW, OFFERED = 12, 6
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
    """The ids a name stands for: one, or for `type` that of a type and of a category. An id stands for itself.

    Raises UsageError that lists candidates when there is none, or more than one.
    """
    kinds = KINDS[key]
    ids = ids_of(connection, kinds, text)
    if len(ids) == 1 or (ids and key == "type"):
        return ids
    if ids:
        raise UsageError(f"'{text}' names several: " + "; ".join(titled(connection, kinds, ids)))
    if key == "actor" and (periods := ids_of(connection, ("period",), text)):
        raise UsageError(_as_period(connection, text, periods[0]))
    raise UsageError(f"unknown {key} '{text}'{_hint(connection, key, text)}")


def ids_of(connection: sqlite3.Connection, kinds: Sequence[str], text: str) -> list[str]:
    """The ids that a text stands for: the one that it is, else those of which it is a name."""
    exact = connection.execute(
        f"SELECT DISTINCT id FROM known WHERE kind IN ({marks(kinds)}) AND id IN (?, ?)",
        (*kinds, text.strip(), text.strip().lower()),
    ).fetchall()  # fmt: skip
    rows = exact or connection.execute(
        f"SELECT DISTINCT id FROM name WHERE kind IN ({marks(kinds)}) AND key = ?", (*kinds, fold(text))
    )
    return [ident for (ident,) in rows]


def _as_period(connection: sqlite3.Connection, text: str, period: str) -> str:
    persons = sorted(words_of(connection).persons)
    rows = connection.execute(
        "SELECT DISTINCT party.actor FROM party JOIN actor ON id = party.actor"
        f" WHERE period = ? AND actor.kind NOT IN ({marks(persons)}) ORDER BY party.rowid",
        (period, *persons),
    )
    actors = "".join(f" --actor {actor}" for (actor,) in rows)
    return f"'{text}' is no actor but a period; ask for its time: --in {period}{actors}"


def _hint(connection: sqlite3.Connection, key: str, text: str) -> str:
    kinds = KINDS[key]
    if near := titled(connection, kinds, near_ids(connection, kinds, text)):
        return ": did you mean " + listing(near, "or") + "?"
    ids = [ident for ident, _ in offers(connection, kinds)]
    if not ids:
        return f": the store has no {key}s"
    return ": one of " + ", ".join(ids) if len(ids) <= FEW else ": give an id, a name or an alias"


def near_ids(connection: sqlite3.Connection, kinds: Sequence[str], text: str, count: int = OFFERED) -> list[str]:
    """Ids of some kinds that may be meant, see `near_among`."""
    return near_among(keys_of(connection, kinds), text, count)


def near_among(known: Iterable[tuple[str, str, str]], text: str, count: int = OFFERED) -> list[str]:
    """Ids that may be meant: names with every word typed, then those that hold them, then those spelt alike.

    `known` is as `keys_of` gives it.
    """
    from mali_chrono.near import nearest_named

    return nearest_named(text, [(key, ident) for _, key, ident in known], count)


def keys_of(connection: sqlite3.Connection, kinds: Sequence[str]) -> list[tuple[str, str, str]]:
    """Every name of the things of some kinds: kind, folded name, id. An event is called by its id and its title."""
    names = connection.execute(f"SELECT kind, key, id FROM name WHERE kind IN ({marks(kinds)})", kinds).fetchall()
    if "event" in kinds:
        for ident, title in connection.execute("SELECT id, title FROM event"):
            names += [("event", fold(ident), ident), ("event", fold(title), ident)]
    return names


def titled(connection: sqlite3.Connection, kinds: Sequence[str], ids: Iterable[str]) -> list[str]:
    """Each id quoted, with its name where that is another."""
    titles = []
    for ident in ids:
        row = connection.execute(
            f"SELECT name FROM known WHERE kind IN ({marks(kinds)}) AND id = ?", (*kinds, ident)
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
    near = [f"'{other}'" for other in near_ids(connection, ("event",), ident, 3)]
    raise UsageError(f"no event '{ident}'" + (f": did you mean {listing(near, 'or')}?" if near else ""))


def offers(connection: sqlite3.Connection, kinds: Sequence[str]) -> list[tuple[str, str]]:
    """Every id of some kinds of things with its name, for completion."""
    return connection.execute(
        f"SELECT id, name FROM thing WHERE kind IN ({marks(kinds)}) ORDER BY id", kinds
    ).fetchall()


def names_of(connection: sqlite3.Connection, *kinds: str) -> dict[str, str]:
    """The shortest name of everything of some kinds, by id."""
    sql = f"SELECT id, coalesce(short, name) FROM thing WHERE kind IN ({marks(kinds)})"
    return dict(connection.execute(sql, kinds).fetchall())
