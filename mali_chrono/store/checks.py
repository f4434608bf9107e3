"""The rules a wrong store must not pass: records -> Problems. What reading already found wrong is joined to them."""

from collections.abc import Callable, Iterator

from mali_chrono.errors import ERROR, BrokenStoreError, Problem, did_you_mean
from mali_chrono.store.load import Loaded, load
from mali_chrono.store.locate import Store
from mali_chrono.store.model import Chronology
from mali_chrono.store.references import problem_at, records
from mali_chrono.store.rules import events, names, relations, tolls
from mali_chrono.store.rules.table import RULES, Context, Fault, context_of

CHECKS: tuple[Callable[[Context], Iterator[Fault]], ...] = (*names.RULES, *events.RULES, *tolls.RULES, *relations.RULES)


def sound(store: Store) -> Loaded:
    """The records of a store that has no error. Raises BrokenStoreError; warnings are `check`'s alone."""
    loaded = load(store)
    errors = [problem for problem in check(loaded) if problem.severity == ERROR]
    if errors:
        raise BrokenStoreError(errors)
    return loaded


def check(loaded: Loaded) -> list[Problem]:
    """Every problem of a store in one run, sorted by file and line, each with the text of its line."""
    context = context_of(loaded)
    faults = [fault for check_rule in CHECKS for fault in check_rule(context)]
    ignored = {
        (fault.record.path, fault.record.id, fault.rule) for fault in faults if fault.rule in fault.record.ignore
    }
    faults = [fault for fault in faults if fault.rule not in fault.record.ignore]
    faults += _ignores(loaded.chronology, ignored)
    problems = loaded.problems + [problem_at(*fault)._replace(severity=RULES[fault.rule]) for fault in faults]
    return [problem.with_excerpt(loaded.texts) for problem in sorted(set(problems))]


def _ignores(chronology: Chronology, used: set[tuple[str, str, str]]) -> Iterator[Fault]:
    for record in records(chronology):
        for rule in record.ignore:
            if rule not in RULES:
                hint = did_you_mean(rule, RULES)
                yield Fault(record, ("ignore", rule), "unknown-rule", f"there is no rule '{rule}' to ignore", hint)
            elif (record.path, record.id, rule) not in used:
                message = f"'{rule}' is ignored here but finds nothing"
                yield Fault(record, ("ignore", rule), "unused-ignore", message, "delete the line")
