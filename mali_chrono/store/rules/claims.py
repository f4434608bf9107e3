"""Figures that contradict each other, or that are said by another than the one they are put down to."""

from collections.abc import Iterator

from mali_chrono.cites import LINE
from mali_chrono.dates.spans import FAR
from mali_chrono.figures.figure import Figure
from mali_chrono.kinds import CLAIMS, DOES, SUFFERS, TELLS, Vocabulary
from mali_chrono.store.claims import Ranges, perpetrators, ranges_of
from mali_chrono.store.members import around
from mali_chrono.store.model import Cite, Event, Period, Toll
from mali_chrono.store.references import Fault, where
from mali_chrono.store.rules.lifetimes import reports
from mali_chrono.store.rules.table import Context

LARGE = 50  # killed, by one source alone

_Tolled = Event | Period
_SIDES = ("attackers", "everyone")
_Account = tuple[
    str, str | None, Cite | None
]  # a kind of toll, who says it, and in a source's own voice on which lines


def _tolled(context: Context) -> Iterator[_Tolled]:
    """The records with tolls, all of which could be read."""
    records: list[_Tolled] = [*context.chronology.events, *context.chronology.periods]
    for record in records:
        if record.tolls and not record.lacks("tolls"):
            yield record


def check_wholes(context: Context) -> Iterator[Fault]:
    """Figures of a part that surely lie above those of its whole: of an event, or of some people in one account."""
    come_to: dict[str, Ranges] = {}
    for event in context.chronology.events:
        for i, link in enumerate(event.links):
            whole = context.events.get(link.to) if link.kind == "part-of" else None
            if event.tolls and whole and whole.tolls and not whole.lacks("tolls") and not whole.lacks("actors"):
                if whole.id not in come_to:
                    come_to[whole.id] = ranges_of(whole, context.words)
                for kind, figure, limit in _above(event, whole, come_to[whole.id], context.words):
                    message = f"{figure} {kind} are more than the {limit} of '{whole.id}' ({where(whole)})"
                    hint = "correct a figure or the link, or say why with ignore: {part-above-whole: reason}"
                    yield Fault(event, ("links", i, "to"), "part-above-whole", message, hint)
    for record in _tolled(context):
        yield from _details_above(record, context.words)


def _above(part: Event, whole: Event, wholes: Ranges, words: Vocabulary) -> Iterator[tuple[str, int, int]]:
    """The kinds of toll of which a part has more at least than its whole at most, each with both figures."""
    parts = ranges_of(part, words)
    for kind in words.toll_kinds:
        mine, limit = parts[kind], wholes[kind]
        if mine and limit and not limit.open:
            about = any(toll.figure.about for toll in (*part.tolls, *whole.tolls) if toll.kind == kind)
            if mine.low > limit.high + (limit.high // 10 if about else 0):
                yield kind, mine.low, limit.high


def _details_above(record: _Tolled, words: Vocabulary) -> Iterator[Fault]:
    """Tolls of some people above their account's total of all of them."""
    attackers = perpetrators(record, words)
    totals: dict[_Account, Figure] = {}
    for toll in record.tolls:
        if not (toll.of or toll.at or toll.who or toll.as_of):
            for account in _accounts(record, toll):
                totals[account] = max(toll.figure, totals.get(account, toll.figure), key=_ceiling)
    for i, toll in enumerate(record.tolls) if totals else ():
        if toll.as_of or toll.of in _SIDES or toll.of in attackers or not (toll.of or toll.at or toll.who):
            continue
        for account in _accounts(record, toll):
            total = totals.get(account)
            if total and _floor(toll.figure) > _ceiling(total):
                message = f"{toll.figure.text} {toll.kind} are more than {total.text}, the same account's total"
                hint = "correct one of the figures, or say why with ignore: {part-above-whole: reason}"
                yield Fault(record, ("tolls", i, toll.kind), "part-above-whole", message, hint)
                break


def _accounts(record: _Tolled, toll: Toll) -> Iterator[_Account]:
    """The accounts of one kind that hold a toll: of its claimant, or in a source's own voice of each cite.

    Without a cite it has the record's, which then has one (`toll-cite`).
    """
    for cite in (None,) if toll.says else toll.cite or record.cites[:1]:
        yield toll.kind, toll.says, cite


def _floor(figure: Figure) -> int:
    return figure.low - figure.low // 10 if figure.about else figure.low


def _ceiling(figure: Figure) -> int:
    return FAR if figure.open else figure.high + figure.high // 10 if figure.about else figure.high


def check_attackers(context: Context) -> Iterator[Fault]:
    """Figures of attackers where nobody attacks, or claims that he did."""
    for event in context.chronology.events:
        if any(part.role in context.words.roles_that(DOES, CLAIMS) for part in event.actors):
            continue
        for i, toll in enumerate(event.tolls):
            if toll.of == "attackers":
                hint = "give the attackers the role perpetrator, or say whose dead they are"
                yield Fault(event, ("tolls", i, "of"), "attackers-unnamed", "the event has no attackers", hint)


def check_toll_places(context: Context) -> Iterator[Fault]:
    """Figures of a place that its record does not name, nor any that it lies within."""
    within = {place.id: place.within for place in context.chronology.places}
    for record in _tolled(context):
        named = {place.id for place in record.places}
        for i, toll in enumerate(record.tolls):
            if named and toll.at and named.isdisjoint((toll.at, *around(toll.at, within))):
                message = f"'{toll.at}' is no place of this {_noun(record)}, and lies within none"
                hint = "add it to places, or correct it; or say why with ignore: {toll-place: reason}"
                yield Fault(record, ("tolls", i, "at"), "toll-place", message, hint)


def _noun(record: _Tolled) -> str:
    return "event" if isinstance(record, Event) else "period"


def check_best(context: Context) -> Iterator[Fault]:
    """Two figures marked best for the same people: only one can be. Those of one account that count others add up."""
    for record in _tolled(context):
        attackers = perpetrators(record, context.words)
        accounts: dict[tuple[str, str], dict[_Account, Toll]] = {}
        marked: dict[tuple[_Account, str | None, str | None], Toll] = {}
        for i, toll in enumerate(record.tolls):
            if not toll.best or toll.who:
                continue
            side = "attackers" if toll.of in attackers else toll.of if toll.of in _SIDES else "victims"
            before = accounts.setdefault((toll.kind, side or ""), {})
            mine = dict.fromkeys(_accounts(record, toll), toll)
            rival = next((marked[key] for one in mine if (key := (one, toll.of, toll.at)) in marked), None)
            if rival is None and before.keys().isdisjoint(mine):
                rival = next(iter(before.values()), None)
            if rival is not None:
                message = f"two figures are marked best: {rival.figure.text} and {toll.figure.text} {toll.kind}"
                yield Fault(record, ("tolls", i, "best"), "two-best", message, "keep the mark on one of them")
            before.update(mine)
            marked.update({(one, toll.of, toll.at): toll for one in mine})


def check_claimants(context: Context) -> Iterator[Fault]:
    """Two figures of one claimant for the same people on one and the same line."""
    for record in _tolled(context):
        first: dict[tuple[object, ...], Toll] = {}
        for i, toll in enumerate(record.tolls):
            line = _only_line(record, toll)
            if line is None or toll.as_of:
                continue
            key = (toll.kind, toll.of, toll.who, toll.at, toll.says, toll.certainty, line)
            other = first.setdefault(key, toll)
            if other.figure != toll.figure:
                teller = f"'{toll.says}'" if toll.says else "its own voice"
                message = f"{line} has two figures by {teller}: {other.figure.text} and {toll.figure.text} {toll.kind}"
                hint = "write one as a range, or say what sets them apart: of, who, at, says or as_of"
                yield Fault(record, ("tolls", i, toll.kind), "two-figures", message, hint)


def _only_line(record: _Tolled, toll: Toll) -> Cite | None:
    """The one line that a toll rests on; None where it rests on more, as on a page."""
    cites = toll.cite or record.cites
    return cites[0] if len(cites) == 1 and cites[0].unit == LINE and cites[0].first == cites[0].last else None


def check_voices(context: Context) -> Iterator[Fault]:
    """Claims of a side, or of who reports, that are counted as what a source says in its own voice."""
    reporting = reports(context)
    for record in _tolled(context):
        said = {_told(record, toll): toll.says for toll in record.tolls if toll.says}
        for i, toll in enumerate(record.tolls):
            if toll.says:
                continue
            line, *_ = told = _told(record, toll)
            says = _teller(record, toll, reporting, context.words) if isinstance(record, Event) else ""
            if says:
                message, hint = f"'{says}' says this", f"add says: {says}"
            elif toll.certainty == "claimed":
                message, hint = "somebody claims this", "add says: who claims it"
            elif line and told in said:
                message = f"on the same line '{said[told]}' says this"
                hint = "delete it, since one claim is one toll, or cite the line that vouches for it"
            else:
                continue
            message += ", yet the figure counts as the source's own"
            yield Fault(record, ("tolls", i, toll.kind), "claim-as-fact", message, hint)


def _teller(event: Event, toll: Toll, reporting: frozenset[str], words: Vocabulary) -> str:
    """Who tells a figure by what the whole event is; empty where the source may do so itself.

    It is who alone says that the event was, the author of what is reported, or who was attacked and claims the dead of
    the attackers.
    """
    if event.certainty == "claimed" and event.says:
        return event.says
    if event.type in reporting:
        return next((part.actor for part in event.actors if part.role in words.roles_that(TELLS)), "")
    struck = {part.actor for part in event.actors if part.role in words.roles_that(SUFFERS)}
    claimants = (part.actor for part in event.actors if part.role in words.roles_that(CLAIMS) and part.actor in struck)
    return next(claimants, "") if toll.of == "attackers" else ""


def _told(record: _Tolled, toll: Toll) -> tuple[object, ...]:
    """Where and what a toll tells, whoever says it."""
    return _only_line(record, toll), toll.kind, toll.figure, toll.of, toll.who, toll.at


def check_single_sources(context: Context) -> Iterator[Fault]:
    """Many dead of whom one source alone tells."""
    for event in context.chronology.events:
        sources = {cite.source for cite in event.cites}
        if len(sources) != 1 or sum(toll.figure.high for toll in event.tolls) < LARGE:
            continue
        main = context.words.main
        figures = ranges_of(event, context.words)[main.id] if main else None
        if main and figures and figures.best >= LARGE:
            message = f"{figures.best} {main.id}, and only '{event.cites[0].source}' tells it"
            yield Fault(event, ("cites",), "single-source", message, "look for a second source")


RULES = (check_wholes, check_attackers, check_toll_places, check_best, check_claimants, check_voices)
ON_REQUEST = {"single-source": check_single_sources}
