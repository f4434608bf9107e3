"""The state of play in words: sections of lines, each a name and what is said of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from mali_chrono.answers.armed import Armed, Holder
from mali_chrono.answers.matching import MAY, MUST
from mali_chrono.answers.offices import Office
from mali_chrono.answers.scene import ATTESTED, UNDATED, Active, Evidence, Kin, Side
from mali_chrono.answers.state import Happening, Pair, Presence, Running, State, Year
from mali_chrono.figures.reckon import Range, range_text
from mali_chrono.kinds import TollKind, spoken
from mali_chrono.render.relations import WORDS
from mali_chrono.text import counted

LISTED = 10  # events of the time itself that are listed; more are only counted
DOUBT = "?"


class Line(NamedTuple):
    """A line of a section: how deep it stands, a name, and what is said of it."""

    depth: int
    name: str
    text: str


def sections(state: State, typed: str) -> Iterator[tuple[str, list[Line]]]:
    """Titles and lines of what there is; what the store is silent about is said in one line at the end."""
    sections = {
        "Running": [Line(0, _doubted(e.name, e.match), f"{e.words}; {e.kind}") for e in state.periods],
        "Foreign missions and forces": [Line(0, _doubted(e.name, e.match), _foreign(e)) for e in state.foreign],
        "Offices": list(_offices(state.offices)),
        "Armed actors": [*_trees(state.armed, 0), *_alone(state.unplaced)],
        "Other actors": list(_trees(state.others, 0)),
        "Alliances and support": [Line(0, _pair(e), _held(e)) for e in state.alliances],
        "Rivalries": [Line(0, _pair(e), _held(e)) for e in state.rivalries],
    }
    yield from ((title, lines) for title, lines in sections.items() if lines)
    main = state.vocabulary.main
    if state.before:
        yield "Before", [_event(event, main) for event in state.before]
    yield "In this time", list(_during(state, typed))
    if state.after:
        yield "After", [_event(event, main) for event in state.after]
    so_far = "" if state.year.last.endswith("-12-31") else " so far"
    yield f"The year{so_far}, {state.year.words}", list(_year(state.year))
    untold = {"Other actors", *["Armed actors"] * (not state.vocabulary.armed)}
    untold.update(["Foreign missions and forces"] * (not state.vocabulary.foreign))
    silent = [title.lower() for title, lines in sections.items() if not lines and title not in untold]
    if silent:
        yield "The store has nothing dated then on", [Line(0, ", ".join(silent), "")]


def _doubted(name: str, match: str | None) -> str:
    return name + DOUBT * (match == MAY)


def _joined(*parts: str | None) -> str:
    return "; ".join(part for part in parts if part)


def _foreign(entry: Running | Presence) -> str:
    title = None if entry.title and entry.name in entry.title else entry.title
    if isinstance(entry, Presence):
        return _joined(_basis(entry.evidence), title)
    return _joined(entry.words, title, ", ".join(dict.fromkeys(_doubted(a.name, a.match) for a in entry.allies)))


def _basis(evidence: Evidence) -> str | None:
    """When an actor was there and what says so; None where the lines around it show that."""
    detail = evidence.detail
    if isinstance(detail, Side):
        return f"side: {detail.side} {evidence.words}"
    if isinstance(detail, Kin):
        words = WORDS[detail.kind]
        verb = words.by if detail.turned else words.with_
        attested = "attested " * (evidence.match == ATTESTED)
        return f"{verb} {detail.name} {attested}{evidence.words or 'undated'}" if verb else None
    return evidence.words


def _offices(entries: Sequence[Office]) -> Iterator[Line]:
    above: object = ...
    for entry in entries:
        of = entry.of.name if entry.of else "Elsewhere"
        if of != above:
            yield Line(0, of, "")
            above = of
        title, _, whole = entry.office.rpartition(" of ")
        office = title if title and whole in of else entry.office
        holder = entry.holder
        note = f" ({holder.relation.note})" if holder.relation.note else ""
        yield Line(1, office, f"{_doubted(holder.name, holder.match)}, {_dated(holder)}{note}")


def _dated(holder: Holder) -> str:
    """How a relation holds: since when, or where it is attested."""
    words = holder.relation.words or "undated"
    if not holder.relation.lasting and holder.match in (ATTESTED, MAY, "around"):
        return f"attested {words}"
    return {"before": f"last attested {words}", "after": f"first attested {words}"}.get(holder.match, words)


def _trees(entries: Sequence[Armed], depth: int) -> Iterator[Line]:
    for entry in entries:
        yield Line(depth, entry.name if entry.stands_in else _doubted(entry.name, entry.match), _told(entry))
        yield from _trees(entry.members, depth + 1)


def _told(entry: Armed) -> str:
    """What is said of an armed actor; nothing of a state, which stands here for its forces."""
    if entry.stands_in:
        return ""
    active = entry.evidence is not None and isinstance(entry.evidence.detail, Active)
    # The side in one war, the one that says most; the json has all.
    sides = [side for side in entry.sides if side.period == entry.sides[0].period]
    sided = [_doubted(str(side.side), side.match) + ("" if active else f" {side.words}") for side in sides]
    basis = None
    if entry.evidence and not isinstance(entry.evidence.detail, Side):
        basis = _basis(entry.evidence)
    leaders = ", ".join(f"{_doubted(leader.name, leader.match)} ({_dated(leader)})" for leader in entry.leaders)
    member = entry.membership
    part = "membership undated" if member and member.match == UNDATED else None
    if member and member.match == MAY:
        part = f"member{DOUBT} {member.relation.words}"
    side = f"side: {', '.join(dict.fromkeys(sided))}" if sided else None
    return _joined(basis, side, leaders and f"led by {leaders}", part)


def _alone(entries: Sequence[Armed]) -> Iterator[Line]:
    if entries:
        yield Line(0, "Told of in events only", ", ".join(_doubted(entry.name, entry.match) for entry in entries))


def _held(pair: Pair) -> str:
    certainty = pair.holder.relation.certainty
    return _joined(_dated(pair.holder), certainty if certainty != "confirmed" else None)


def _pair(pair: Pair) -> str:
    verb = WORDS[pair.holder.relation.kind].pair
    return _doubted(f"{pair.holder.name} {verb} {pair.other.name}", pair.holder.match)


def _event(event: Happening, main: TollKind | None) -> Line:
    toll = f" ({event.toll} {spoken(main.id)})" if main and event.toll not in (None, "0") else ""
    return Line(0, _doubted(event.words, event.match), event.title + toll)


def _during(state: State, typed: str) -> Iterator[Line]:
    if not state.during:
        yield Line(0, "none recorded", "")
    elif len(state.during) <= LISTED:
        yield from (_event(event, state.vocabulary.main) for event in state.during)
    else:
        sure = [event for event in state.during if event.match == MUST]
        counts = ", ".join(f"{name} {n}" for name, n in sorted(state.counts.items(), key=lambda pair: -pair[1]))
        if 0 < len(sure) <= LISTED:
            yield from (_event(event, state.vocabulary.main) for event in sure)
        yield Line(0, f"{len(state.during)} events", f"{len(sure)} of them surely; {counts}")
        from shlex import quote

        yield Line(0, "to list them", f"chrono timeline --in {quote(typed)}")


def _year(year: Year) -> Iterator[Line]:
    sure, all_ = year.events[MUST], year.events[MAY]
    if not all_:
        yield Line(0, "no event recorded", "")
        return
    if sure:
        yield Line(0, counted(sure, "event"), _sums(year.sums[MUST]) or "no figures told")
    if more := all_ - sure:
        label = f"{more} more{DOUBT}" if sure else f"{counted(more, 'event')}{DOUBT}"
        changed = year.sums[MAY] != year.sums[MUST]
        yield Line(0, label, f"all together {_sums(year.sums[MAY])}" if changed else "adding no figures")


def _sums(sums: Mapping[str, Range]) -> str:
    return ", ".join(
        f"{spoken(kind)} {range_text(figures)}" + (f" (best {figures.best})" if figures.low != figures.high else "")
        for kind, figures in sums.items()
    )
