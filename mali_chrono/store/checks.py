"""The rules a wrong store must not pass: records -> Problems. What reading already found wrong is joined to them."""

from collections.abc import Callable, Iterator
from operator import itemgetter

from mali_chrono.dates.days import ordinal
from mali_chrono.errors import ERROR, BrokenStoreError, Later, Problem, did_you_mean
from mali_chrono.progress import track
from mali_chrono.store.load import Loaded, load, uncollected
from mali_chrono.store.locate import Store
from mali_chrono.store.references import Fault, records
from mali_chrono.store.rules import dates, events, names, relations, tolls
from mali_chrono.store.rules.table import RULES, Context, context_of

_Checks = tuple[Callable[[Context], Iterator[Fault]], ...]
GRAVE: _Checks = (*names.RULES, *events.RULES, *tolls.RULES, *relations.RULES)
# What finds warnings alone need not be asked whether there is an error.
ADVICE: _Checks = (*events.ADVICE, *dates.ADVICE)
CHECKS = (*GRAVE, *ADVICE)


def sound(store: Store) -> Loaded:
    """The records of a store that has no error. Raises BrokenStoreError; warnings are `check`'s alone."""
    with uncollected():
        loaded = load(store)
        faults = [fault for fault in _faults(loaded, None) if RULES[fault.rule].severity == ERROR]
    errors = [problem for problem in loaded.problems if problem.severity == ERROR] + _placed(loaded, faults)
    if errors:
        raise BrokenStoreError(_ordered(errors))
    return loaded


def check(loaded: Loaded, today: tuple[int, int, int] | None = None) -> list[Problem]:
    """Every problem of a store in one run, sorted by file and line, each with the text of its line.

    `today` is year, month and day; without it no date is too late.
    """
    problems = loaded.problems + _placed(loaded, _faults(loaded, ordinal(*today) if today else None))
    return [problem.with_excerpt(loaded.texts.lines(problem.file)) for problem in _ordered(problems)]


def _ordered(problems: list[Problem]) -> list[Problem]:
    """Each problem once, by place, rule and message."""
    return sorted(dict.fromkeys(problems), key=itemgetter(slice(5)))


def _placed(loaded: Loaded, faults: list[Fault]) -> list[Problem]:
    return [found._replace(severity=RULES[found.rule].severity) for found in loaded.texts.problems(faults)]


def _faults(loaded: Loaded, today: int | None) -> list[Fault]:
    """What the rules find and no record ignores."""
    context = context_of(loaded, today)
    faults = list(_found(context))
    ignored = {
        (fault.record.path, fault.record.id, fault.rule) for fault in faults if fault.rule in fault.record.ignore
    }
    return [*(fault for fault in faults if fault.rule not in fault.record.ignore), *_ignores(context, ignored)]


def has_error(context: Context) -> bool:
    """Whether a rule finds an error in the records of a context that none of them ignores."""
    faults = (fault for fault in _found(context, GRAVE) if fault.rule not in fault.record.ignore)
    return any(RULES[fault.rule].severity == ERROR for fault in faults)


def _found(context: Context, checks: _Checks = CHECKS) -> Iterator[Fault]:
    """What every rule finds, or some of them."""
    return (fault for check_rule in track("checking", checks) for fault in check_rule(context) if _is_sure(fault))


def _is_sure(fault: Fault) -> bool:
    """Whether everything that a rule goes by could be read."""
    return not fault.record.unread or not any(fault.record.lacks(name) for name in RULES[fault.rule].reads)


def _ignores(context: Context, used: set[tuple[str, str, str]]) -> Iterator[Fault]:
    for record in records(context.chronology):
        for rule in record.ignore:
            if rule not in RULES:
                hint = Later(did_you_mean, (rule, tuple(RULES)))
                yield Fault(record, ("ignore", rule), "unknown-rule", f"there is no rule '{rule}' to ignore", hint)
            elif not (record.unread or _waits(rule, context) or (record.path, record.id, rule) in used):
                message = f"'{rule}' is ignored here but finds nothing"
                yield Fault(record, ("ignore", rule), "unused-ignore", message, "delete the line")


def _waits(rule: str, context: Context) -> bool:
    """Whether a rule was not asked, since nobody says what day it is."""
    return rule == "after-today" and context.today is None
