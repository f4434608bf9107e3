"""Small stores for the rules: records in few words, and what one rule finds among them."""

from pathlib import Path

from mali_chrono.store.checks import ADVICE, CHECKS, ON_REQUEST
from mali_chrono.store.load import load
from mali_chrono.store.locate import Store
from mali_chrono.store.rules.table import RULES, context_of


def event(ident: str, date: str, actors: str = "", **fields: str) -> str:
    """An event as YAML; `actors` as in "front: perpetrator, army: target", other fields as they stand in a file."""
    parts = ", ".join(
        f"{{actor: {actor.strip()}, role: {role.strip()}}}"
        for actor, role in (part.split(":") for part in (actors or "front: perpetrator").split(","))
    )
    given = {
        "title": "Something was done", "type": "armed-clash", "places": "[town]", "actors": f"[{parts}]",
        "cites": "[book:4-5]", "summary": "It was done.", **fields,
    }  # fmt: skip
    return _record(id=ident, date=f'"{date}"', **given)


def actor(ident: str, kind: str = "rebel-group", relations: str = "", **fields: str) -> str:
    """An actor as YAML; `relations` as the inside of its list."""
    given = {"relations": f"[{relations}]"} if relations else {}
    return _record(id=ident, name=f"The {ident}", kind=kind, **given, **fields)


def _record(**fields: str) -> str:
    return "- " + "\n  ".join(f"{name}: {value}" for name, value in fields.items()) + "\n"


def found(store: Path, rule: str, **files: str) -> list[str]:
    """The ids of the records in which a rule finds a fault, each as often; `files` by name, put in their places.

    Nothing else may be wrong with what is given, but for the order of events and the words of their ids.
    """
    for name, text in files.items():
        (store / "data" / f"{name}.yaml").write_text(text, "utf-8")
    loaded = load(Store(store, "made"))
    assert [problem for problem in loaded.problems if problem.severity == "error"] == []
    context = context_of(loaded, None)
    faults = [fault for check in (*CHECKS, *ADVICE, *ON_REQUEST.values()) for fault in check(context)]
    other = {fault.rule for fault in faults if RULES[fault.rule].severity == "error"}
    assert other <= {"event-order", "event-id"}
    return [fault.record.id for fault in faults if fault.rule == rule]
