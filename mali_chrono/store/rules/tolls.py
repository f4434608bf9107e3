"""Claims of figures: of whom, on which line, and no one counted twice within one account."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import product

from mali_chrono.errors import Later, did_you_mean
from mali_chrono.kinds import DOES, PLAIN_GROUPS
from mali_chrono.store.model import Cite, Event, Participation, Period
from mali_chrono.store.references import Fault, names
from mali_chrono.store.rules.table import Context
from mali_chrono.text import fold


def check_tolls(context: Context) -> Iterator[Fault]:
    """Tolls of nobody in the record, without a line, marked best without a reason, or counting some people twice."""
    records: list[Event | Period] = [*context.chronology.events, *context.chronology.periods]
    for record in records:
        parts = frozenset(part.actor for part in record.actors)
        cites = set(record.cites)
        whom = parts.union(PLAIN_GROUPS)
        called: dict[str, str] | None = None
        held: _Held | None = None
        for i, toll in enumerate(record.tolls):
            if toll.of and toll.of not in PLAIN_GROUPS and toll.of not in parts:
                called = _called(context, parts) if called is None else called
                ident = called.get(fold(toll.of))
                hint = f"write its id: '{ident}'" if ident else Later(_whom, (toll.of, whom))
                yield Fault(record, ("tolls", i, "of"), "toll-of", f"'{toll.of}' is no actor of this record", hint)
            if not toll.cite and len(cites) != 1:
                message = "this toll says no cite, and the record has several"
                yield Fault(record, ("tolls", i), "toll-cite", message, "add cite: source:line")
            for cite in toll.cite:
                if cite in cites:
                    continue
                held = _Held(cites) if held is None else held
                if not held.holds(cite):
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


class _Held:
    """Cites, to be asked whether one of them holds another; each time in few steps, since both may be many."""

    def __init__(self, cites: Iterable[Cite]) -> None:
        firsts: dict[tuple[str, str], list[int]] = {}
        self._lasts: dict[tuple[str, str], list[int]] = {}
        for cite in sorted(cites, key=lambda cite: cite.first):
            lasts = self._lasts.setdefault(cite.kind, [])
            firsts.setdefault(cite.kind, []).append(cite.first)
            lasts.append(max(cite.last, lasts[-1] if lasts else 0))
        self._firsts = firsts

    def holds(self, cite: Cite) -> bool:
        """Whether all of a cite lies within one of them: the one that goes furthest of those that begin before it."""
        at = bisect_right(self._firsts.get(cite.kind, []), cite.first)
        return at > 0 and self._lasts[cite.kind][at - 1] >= cite.last


_ANY = object()  # stands for every place, or every cite


def _overlaps(context: Context, record: Event | Period) -> Iterator[Fault]:
    """A plain group beside an actor it contains, in one account, would count the same people twice.

    `everyone` counts nobody twice: what stands beside it in its account is detail, as beside a toll without `of`.
    """
    doing = context.words.roles_that(DOES)
    perpetrators = {part.actor for part in record.actors if isinstance(part, Participation) and part.role in doing}
    counted = [(i, toll) for i, toll in enumerate(record.tolls) if not toll.who and toll.of]
    # What a toll of an actor counts alike with, the first one; so that many tolls are not held against many others.
    finer: dict[tuple[object, ...], str] = {}
    for _, toll in counted:
        name = str(toll.of)
        if name not in PLAIN_GROUPS and (group := _group(context, perpetrators, name)):
            for at, cite in product((toll.at, _ANY), (*(toll.cite or (None,)), _ANY)):
                finer.setdefault((group, toll.kind, toll.says, at, cite), name)
    for i, toll in counted if finer else ():
        places = (toll.at, None) if toll.at else (_ANY,)
        cites = (*toll.cite, None) if toll.cite and not toll.says else (_ANY,)
        keys = ((toll.of, toll.kind, toll.says, at, cite) for at, cite in product(places, cites))
        if name := next((finer[key] for key in keys if key in finer), ""):
            message = f"'{toll.of}' holds '{name}', which the same account counts too"
            hint = "keep the finer one, or mark the detail with 'who'"
            yield Fault(record, ("tolls", i, "of"), "toll-overlap", message, hint)


def _group(context: Context, perpetrators: set[str], name: str) -> str:
    """The plain group that holds an actor, empty where none does: by its part in the event, else by its kind."""
    if name in perpetrators:
        return "attackers"
    actor = context.actors.get(name)
    return next((kind.group for kind in context.words.actors if actor and actor.kind == kind.id), "")


RULES = (check_tolls,)
