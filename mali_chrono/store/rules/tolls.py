"""Claims of figures: of whom, on which line, and no one counted twice within one account."""

from collections.abc import Iterator

from mali_chrono.errors import Later, did_you_mean
from mali_chrono.kinds import CIVILIANS, FORCES
from mali_chrono.store.model import Event, Participation, Period, Toll
from mali_chrono.store.references import Fault, names
from mali_chrono.store.rules.table import Context
from mali_chrono.store.shapes import PLAIN_GROUPS
from mali_chrono.text import fold

# Whom the plain groups of a toll hold, by kind of actor; `attackers` holds the perpetrators. `everyone` counts none of
# them twice: what stands beside it in its account is detail, as beside a toll without `of`.
_HELD = {"forces": FORCES, "civilians": CIVILIANS}


def check_tolls(context: Context) -> Iterator[Fault]:
    """Tolls of nobody in the record, without a line, marked best without a reason, or counting some people twice."""
    records: list[Event | Period] = [*context.chronology.events, *context.chronology.periods]
    for record in records:
        parts = frozenset(part.actor for part in record.actors)
        cites = set(record.cites)
        called: dict[str, str] | None = None
        for i, toll in enumerate(record.tolls):
            if toll.of and toll.of not in PLAIN_GROUPS and toll.of not in parts:
                called = _called(context, parts) if called is None else called
                ident = called.get(fold(toll.of))
                hint = f"write its id: '{ident}'" if ident else Later(_whom, (toll.of, parts.union(PLAIN_GROUPS)))
                yield Fault(record, ("tolls", i, "of"), "toll-of", f"'{toll.of}' is no actor of this record", hint)
            if not toll.cite and len(cites) != 1:
                message = "this toll says no cite, and the record has several"
                yield Fault(record, ("tolls", i), "toll-cite", message, "add cite: source:line")
            for cite in toll.cite:
                if cite not in cites and not any(own.holds(cite) for own in cites):
                    message = f"'{cite}' is not among the record's cites"
                    yield Fault(record, ("tolls", i, "cite"), "toll-cite", message, "add it to cites, or correct it")
            if toll.best and not record.note:
                message = "a toll marked best needs its reason"
                yield Fault(record, ("tolls", i, "best"), "best-reason", message, "say in note why it is the best")
        yield from _overlaps(context, record)


def _called(context: Context, parts: frozenset[str]) -> dict[str, str]:
    """What the actors of a record are called, folded, with the first one's id."""
    called: dict[str, str] = {}
    for actor in (context.actors[part] for part in sorted(parts) if part in context.actors):
        for _, name in names(actor):
            called.setdefault(fold(name), actor.id)
    return called


def _whom(text: str, known: frozenset[str]) -> str:
    return did_you_mean(text, known) or "name one of its actors, or " + ", ".join(PLAIN_GROUPS)


def _overlaps(context: Context, record: Event | Period) -> Iterator[Fault]:
    """A plain group beside an actor it contains, in one account, would count the same people twice."""
    counted = [(i, toll) for i, toll in enumerate(record.tolls) if not toll.who and toll.of]
    for i, group in counted:
        for _, other in counted:
            if (
                group.of in (*_HELD, "attackers")
                and other.of not in PLAIN_GROUPS
                and _compete(group, other)
                and _contains(context, record, str(group.of), str(other.of))
            ):
                message = f"'{group.of}' holds '{other.of}', which the same account counts too"
                hint = "keep the finer one, or mark the detail with 'who'"
                yield Fault(record, ("tolls", i, "of"), "toll-overlap", message, hint)


def _compete(group: Toll, other: Toll) -> bool:
    """Whether two tolls count alike in one account, and of one place."""
    same_account = group.says == other.says and (
        group.says or not group.cite or not other.cite or set(group.cite) & set(other.cite)
    )
    same_place = not group.at or not other.at or group.at == other.at
    return bool(same_account) and other.kind == group.kind and same_place


def _contains(context: Context, record: Event | Period, group: str, name: str) -> bool:
    """Whether a plain group holds an actor: by its part in the event, else by its kind."""
    roles = {part.role for part in record.actors if isinstance(part, Participation) and part.actor == name}
    if group == "attackers" or "perpetrator" in roles:
        return group == "attackers" and "perpetrator" in roles
    actor = context.actors.get(name)
    return actor is not None and actor.kind in _HELD[group]


RULES = (check_tolls,)
