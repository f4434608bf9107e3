"""The rules a wrong store must not pass: records -> Problems. What reading already found wrong is joined to them."""

from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter

from mali_chrono.dates.days import Today, ordinal
from mali_chrono.errors import ERROR, BrokenStoreError, Later, Problem, did_you_mean
from mali_chrono.progress import track
from mali_chrono.store.load import Loaded, load, uncollected
from mali_chrono.store.locate import Store
from mali_chrono.store.nodes import Key
from mali_chrono.store.references import Fault, records
from mali_chrono.store.rules import (
    claims,
    dates,
    doubles,
    events,
    idle,
    names,
    places,
    relations,
    spelling,
    times,
    titles,
    tolls,
)
from mali_chrono.store.rules.table import (
    MAPS,
    PROOF,
    READING,
    RULES,
    USUAL,
    Context,
    Use,
    context_of,
    is_ignored,
    placed,
    unused,
    used,
)

Check = Callable[[Context], Iterator[Fault]]
# What finds errors, and so is asked of every store that is read.
CHECKS: tuple[Check, ...] = (
    *names.RULES,
    *dates.RULES,
    *events.RULES,
    *tolls.RULES,
    *relations.RULES,
)
# What finds nothing but warnings: what a second reader would ask about. Only `check` does.
ADVICE: tuple[Check, ...] = (
    *dates.ADVICE,
    *times.RULES,
    *claims.RULES,
    *titles.RULES,
    *doubles.RULES,
    *spelling.RULES,
    *places.RULES,
    *idle.RULES,
)
# By their rules those that find nothing unless they are asked for: they cost who does not ask nothing.
ON_REQUEST: dict[str, Check] = {**claims.ON_REQUEST}


def sound(store: Store) -> Loaded:
    """The records of a store that has no error. Raises BrokenStoreError; warnings are `check`'s alone."""
    with uncollected():
        loaded = load(store)
        found = _found(CHECKS, context_of(loaded, None))
        faults = [fault for fault in found if RULES[fault.rule].severity == ERROR and not is_ignored(fault)]
    errors = [problem for problem in loaded.problems if problem.severity == ERROR] + placed(loaded.texts, faults)
    if errors:
        raise BrokenStoreError(_ordered(errors))
    return loaded


def check(
    loaded: Loaded, today: Today | None = None, asked: frozenset[str] = USUAL, others: Iterable[Problem] = ()
) -> list[Problem]:
    """What the rules asked find in a store, in one run, sorted by file and line, each with the text of its line.

    `today` is year, month and day; without it no date is too late. `others` are problems that are found elsewhere.
    """
    faults = _faults(context_of(loaded, ordinal(*today) if today else None), asked)
    problems = [problem for problem in [*loaded.problems, *others] if problem.rule in asked]
    problems += placed(loaded.texts, faults)
    return [loaded.texts.whole(problem) for problem in _ordered(problems)]


def _ordered(problems: list[Problem]) -> list[Problem]:
    """Each problem once, by place, rule and message."""
    return sorted(dict.fromkeys(problems), key=itemgetter(slice(5)))


def _faults(context: Context, asked: frozenset[str]) -> list[Fault]:
    """What the rules asked find and no record ignores."""
    sought = asked.union(*(record.ignore for record in records(context.chronology)))
    requested = tuple(check_rule for rule, check_rule in ON_REQUEST.items() if rule in sought)
    faults = list(_found(CHECKS + ADVICE + requested, context))
    found = [*(fault for fault in faults if not is_ignored(fault)), *_ignores(context, used(faults))]
    return [fault for fault in found if fault.rule in asked]


def has_error(context: Context) -> bool:
    """Whether a rule finds an error in the records of a context that none of them ignores."""
    faults = (fault for fault in _found(CHECKS, context) if not is_ignored(fault))
    return any(RULES[fault.rule].severity == ERROR for fault in faults)


def _found(checks: tuple[Check, ...], context: Context) -> Iterator[Fault]:
    """What rules find."""
    return (fault for check_rule in track("checking", checks) for fault in check_rule(context) if _is_sure(fault))


def _is_sure(fault: Fault) -> bool:
    """Whether everything that a rule goes by could be read."""
    return not fault.record.unread or not any(fault.record.lacks(name) for name in RULES[fault.rule].reads)


def _ignores(context: Context, uses: set[Use]) -> Iterator[Fault]:
    """Exceptions that name no rule, or one that finds nothing, asked or not; of the proof's only the proof knows.

    Where a whole list is lost nobody knows what they would serve.
    """
    is_torn = any(not getattr(context.chronology, kind) for kind in context.unsure)
    for record in records(context.chronology):
        for rule in record.ignore:
            if rule not in RULES:
                hint = Later(did_you_mean, (rule.casefold(), tuple(RULES)))
                yield Fault(record, ("ignore", Key(rule)), "unknown-rule", f"there is no rule '{rule}' to ignore", hint)
            elif RULES[rule].scope in (READING, MAPS):
                message = f"'{rule}' is found while a file is read, and no record can ignore it"
                yield Fault(record, ("ignore", Key(rule)), "unknown-rule", message, "mend what it finds")
            elif not (is_torn or RULES[rule].scope == PROOF or record.unread or _waits(rule, context)):
                yield from unused(record, rule, uses)


def _waits(rule: str, context: Context) -> bool:
    """Whether a rule has no answer, since nobody says what day it is."""
    return rule == "after-today" and context.today is None
