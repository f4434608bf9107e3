"""Asks the small stores under tests/cases/stores, each made for a rule, as a person would type it."""

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

STORES = Path(__file__).parent.parent / "cases" / "stores"


class Asker:
    """Runs command lines on a store by its name; an event is known by what follows the date in its id."""

    def __init__(self, chrono: Callable[..., Any]) -> None:
        self.chrono = chrono

    def __call__(self, store: str, line: str) -> str:
        """What a command line writes to stdout; it must end well."""
        ended = self.chrono(*shlex.split(line), "--store", str(STORES / store))
        assert (ended.code, ended.err) == (0, ""), f"{line}: {ended.err}"
        return ended.out

    def refusal(self, store: str, line: str) -> str:
        """What a command line that is wrong is told."""
        ended = self.chrono(*shlex.split(line), "--store", str(STORES / store))
        assert (ended.code, ended.out) == (2, ""), f"{line}: exit {ended.code}, {ended.out}"
        return ended.err

    def json(self, store: str, line: str) -> Any:
        return json.loads(self(store, f"{line} -f json"))

    def events(self, store: str, line: str = "") -> str:
        """The events that `chrono timeline` finds, in order, with blanks between."""
        return " ".join(short(row["id"]) for row in self.rows(store, line))

    def rows(self, store: str, line: str = "") -> list[dict[str, Any]]:
        return self.json(store, f"timeline {line}")["events"]

    def count(self, store: str, line: str = "") -> int:
        return int(self(store, f"timeline {line} --count"))

    words = staticmethod(shlex.split)
    quote = staticmethod(shlex.quote)

    def groups(self, store: str, line: str) -> dict[str, dict[str, Any]]:
        """The rows of `chrono summary`, by the value of their first key."""
        answer = self.json(store, f"summary {line}")
        (key, *_) = answer["query"]["by"]
        return {str(group[key] or group[f"{key}_name"]): group for group in answer["groups"]}

    def sums(self, store: str, line: str, kind: str = "killed") -> dict[str, str]:
        """What each row comes to, as low/best/high, and the total as `all`."""
        answer = self.json(store, f"summary {line}")
        rows = {row: ends(group[kind]) for row, group in self.groups(store, line).items()}
        return rows | {"all": ends(answer["total"][kind])}


def short(ident: str) -> str:
    """What follows the date in an event's id."""
    return re.sub(r"\A(bc-)?[\d-]*", "", ident)


def ends(figures: dict[str, Any] | None) -> str:
    """Figures of a json answer as low/best/high, with a + where open; - for none."""
    if figures is None:
        return "-"
    return f"{figures['low']}/{figures['best']}/{figures['high']}" + "+" * figures["open"]
