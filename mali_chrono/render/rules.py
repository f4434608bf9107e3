"""The rules of a store and of its proof, a row each."""

from collections.abc import Iterator
from typing import NamedTuple

from mali_chrono.render import console, formats, jsontext, plain
from mali_chrono.render.look import Column, Look
from mali_chrono.render.tabular import Table, Tabular
from mali_chrono.store.rules.help import read_page
from mali_chrono.store.rules.table import RULES, SCOPES
from mali_chrono.text import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.answers.about import About

NARROW = 60  # how a rule is asked stands before what it finds
FIELDS = ("rule", "severity", "default", "scope", "finds")
COLUMNS = [Column("rule", style="bold"), *map(Column, FIELDS[1:])]


class Listed(NamedTuple):
    """A rule as it is listed: how grave, whether it is asked by default, what it looks at, what it finds."""

    rule: str
    severity: str
    default: str
    scope: str
    finds: str


class Rules(NamedTuple):
    """The rules, and what the answer says of itself."""

    rules: list[Listed]
    about: "About | None" = None


def listed() -> list[Listed]:
    """Every rule, in the order in which they are asked, then of the table."""
    ordered = sorted(RULES.items(), key=lambda one: SCOPES.index(one[1].scope))
    return [
        Listed(slug, rule.severity, "on" if rule.on else "off", rule.scope, read_page(slug).sentence)
        for slug, rule in ordered
    ]


def _objects(rules: list[Listed]) -> Iterator[str]:
    return (jsontext.dump(rule._asdict()) for rule in rules)


def _table(view: Rules, look: Look) -> str:
    width = look.width or console.UNKNOWN
    columns, rows = COLUMNS, [[*rule] for rule in view.rules]
    if width < NARROW:
        columns, rows = [COLUMNS[0], COLUMNS[-1]], [[first, f"{', '.join(how)}: {last}"] for first, *how, last in rows]
    return console.draw([console.grid(columns, rows)], width, look)


def _plain(view: Rules, look: Look) -> str:  # noqa: ARG001
    return plain.table(COLUMNS, [[*rule] for rule in view.rules])


def _json(view: Rules, look: Look) -> str:  # noqa: ARG001
    return jsontext.envelope(None, {"rules": _objects(view.rules)})


def _tabular(view: Rules, look: Look) -> Tabular:  # noqa: ARG001
    rules, what = view.rules, counted(len(view.rules), "rule")
    return Tabular("Rules", FIELDS, rules, _objects(rules), [Table(COLUMNS, rules)], what, "", (), view.about)


FORMATS = formats.offer({"table": _table, "plain": _plain, "json": _json}, _tabular)
