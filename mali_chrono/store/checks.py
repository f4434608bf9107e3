"""The rules a wrong store must not pass: records -> Problems. What reading already found wrong is joined to them."""

from collections.abc import Iterator

from mali_chrono.errors import ERROR, BrokenStoreError, Problem, did_you_mean
from mali_chrono.store import model
from mali_chrono.store import references as walk
from mali_chrono.store.load import Loaded, load
from mali_chrono.store.locate import Store
from mali_chrono.store.members import Memberships
from mali_chrono.store.rules import FUNCTIONS, RULES, Context, Fault


def sound(store: Store) -> Loaded:
    """The records of a store that has no error. Raises BrokenStoreError; warnings are `check`'s alone."""
    loaded = load(store)
    errors = [problem for problem in check(loaded) if problem.severity == ERROR]
    if errors:
        raise BrokenStoreError(errors)
    return loaded


def check(loaded: Loaded) -> list[Problem]:
    """Every problem of a store in one run, sorted by file and line, each with the text of its line."""
    chronology = loaded.chronology
    context = Context(
        loaded,
        {actor.id: actor for actor in chronology.actors},
        {source.id: source for source in chronology.sources},
        Memberships(chronology.actors),
    )
    faults = [fault for rule in FUNCTIONS for fault in rule(context)]
    ignored = {
        (fault.record.path, fault.record.id, fault.rule) for fault in faults if fault.rule in fault.record.ignore
    }
    faults = [fault for fault in faults if fault.rule not in fault.record.ignore]
    faults += _ignores(chronology, ignored)
    problems = loaded.problems + [_problem(fault) for fault in faults]
    return [_with_excerpt(problem, loaded.texts) for problem in sorted(set(problems))]


def _problem(fault: Fault) -> Problem:
    node = fault.record.node.find(fault.path)
    severity = RULES[fault.rule]
    return Problem(fault.record.path, node.line, node.column, fault.rule, fault.message, fault.hint, severity)


def _with_excerpt(problem: Problem, texts: dict[str, list[str]]) -> Problem:
    lines = texts.get(problem.file, [])
    if 0 < problem.line <= len(lines):
        return problem._replace(excerpt=lines[problem.line - 1].rstrip("\r"))
    return problem


def _ignores(chronology: model.Chronology, used: set[tuple[str, str, str]]) -> Iterator[Fault]:
    for _, record in walk.every(chronology):
        for rule in record.ignore:
            if rule not in RULES:
                hint = did_you_mean(rule, RULES)
                yield Fault(record, ("ignore", rule), "unknown-rule", f"there is no rule '{rule}' to ignore", hint)
            elif (record.path, record.id, rule) not in used:
                message = f"'{rule}' is ignored here but finds nothing"
                yield Fault(record, ("ignore", rule), "unused-ignore", message, "delete the line")
