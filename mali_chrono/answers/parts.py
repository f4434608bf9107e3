"""Who took part, in which role: NAME or NAME:ROLE -> the SQL for parts in events, and for events by their parts."""

import sqlite3
from collections.abc import Collection, Sequence
from typing import Protocol

from mali_chrono.answers.matching import Condition, all_of, any_of
from mali_chrono.answers.names import marks, resolve
from mali_chrono.answers.sets import Set, rows_of
from mali_chrono.answers.vocabulary import words_of


class Strictness(Protocol):
    """How parts are to match, as filters say: themselves only, and confirmed only."""

    @property
    def direct(self) -> bool: ...  # noqa: D102
    @property
    def confirmed(self) -> bool: ...  # noqa: D102


def split_role(text: str, roles: Collection[str]) -> tuple[str, str | None]:
    """NAME and ROLE of NAME:ROLE, split at the last colon if a role follows it."""
    name, colon, role = text.rpartition(":")
    folded = role.strip().lower()
    return (name, folded) if colon and name.strip() and folded in roles else (text, None)


def wanted(  # noqa: PLR0913, PLR0917 - one more than usual, each plain
    connection: sqlite3.Connection, names: Sequence[str], roles: Sequence[str], strict: Strictness,
    resolved: dict[str, Sequence[str]], key: str = "actor",
) -> Condition | None:  # fmt: skip
    """The SQL for the parts of some actors in some roles; roles apply to names without one of their own.

    The ids of what was named go to `resolved`. None where nothing is asked. Raises UsageError on an unknown name.
    """
    known = [role.id for role in words_of(connection).roles] if names else []
    split = [split_role(text, known) for text in names]
    pairs = [(ident, role) for name, role in split for ident in resolve(connection, "actor", name)]
    for_all = list(dict.fromkeys(role for text in roles for role in resolve(connection, "role", text)))
    if pairs:
        ids = [ident + (f":{role}" if role else "") for ident, role in pairs]
        resolved[key] = list(dict.fromkeys([*resolved.get(key, ()), *ids]))
    if for_all:
        resolved["role"] = for_all
    if not pairs and not for_all:
        return None
    limits = strictly(strict, direct=not pairs)
    free = [ident for ident, role in pairs if not role]
    options: list[Condition] = [("(actor = ? AND role = ?)", [ident, role]) for ident, role in pairs if role]
    if free or not pairs:
        options.append(_in_any(free, for_all))
    elif for_all:  # every name has its own role: someone else has the other
        sql, values = _in_any((), for_all)
        limits += f" AND n IN (SELECT n FROM part WHERE {sql}{strictly(strict, direct=True)})"
        return f"({any_of(options)[0]}{limits})", [*any_of(options)[1], *values]
    sql, values = any_of(options)
    return f"({sql}{limits})", values


def in_own_roles(pairs: Sequence[Sequence[str]], strict: Strictness) -> Condition:
    """The SQL for the parts of (actor, role) pairs."""
    sql, values = any_of([("(actor = ? AND role = ?)", list(pair)) for pair in pairs])
    return f"({sql}{strictly(strict)})", values


def strictly(strict: Strictness, *, direct: bool = False) -> str:
    """The SQL by which parts match as strictly as asked, behind other conditions."""
    return " AND direct" * (strict.direct or direct) + " AND certainty = 'confirmed'" * strict.confirmed


def _in_any(actors: Sequence[str], roles: Sequence[str]) -> Condition:
    conditions = [f"{column} IN ({marks(ids)})" for column, ids in (("actor", actors), ("role", roles)) if ids]
    return f"({' AND '.join(conditions)})", [*actors, *roles]


def taking_part(part: Condition | None, company: Sequence[Condition]) -> list[Set | Condition]:
    """Events that have such a part and, each in a part other than that one, such company."""
    all_parts = [*company] if part is None else [part, *company]
    found: list[Set | Condition] = [rows_of("part", one) for one in all_parts]
    if part and company:
        (sql, values), (others, more) = part, beside(company)
        own = f"SELECT * FROM part WHERE part.n = event.n AND {sql}"
        found.append((f"EXISTS (SELECT 1 FROM ({own}) AS a WHERE {others})", [*values, *more]))
    return found


def beside(company: Sequence[Condition]) -> Condition:
    """The SQL for a part, called `a`, beside which such company takes part, each in another part."""
    there = "EXISTS (SELECT 1 FROM (SELECT * FROM part WHERE {}) AS b WHERE b.n = a.n AND b.part <> a.part)"
    return all_of((there.format(sql), values) for sql, values in company)
