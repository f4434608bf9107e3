"""What an import did, or would do, as text: rows read, new, held, left out and why, and what a person is to look at."""

from collections.abc import Iterable, Iterator

from mali_chrono.intake.known import Stub
from mali_chrono.intake.plan import Plan
from mali_chrono.text import listing, one_line

_WHAT = {"actor": "actors", "place": "places", "type": "types"}


def write(plan: Plan, *, dry: bool, compare: str, proof: str) -> Iterator[str]:
    """The report, line by line; `compare` is the command that holds the file against the store, `proof` what is to be
    done for the proof.
    """
    taken = plan.taken
    years = f", years {taken.century[0]} to {taken.century[1]}" if taken.century else ""
    vintage = taken.vintage or ("of none of its vintages" if taken.map.vintages else "")
    how = f"{taken.map.name}{f', {vintage}' if vintage else ''}; dates are {taken.form}{years}"
    events = f"{plan.new:,} new event{'' if plan.new == 1 else 's'}{' to be written' if dry and plan.new else ''}"
    yield f"{one_line(taken.table.name)}: {_rows(taken.read)} read ({how})"
    yield f"{events}, {plan.held:,} held already, {_rows(len(taken.left))} left out"
    if taken.table.sheets:
        yield f"only the first sheet is read, and not {listing([one_line(sheet) for sheet in taken.table.sheets])}"
    if plan.skipped:
        yield f"left alone: {_rows(plan.skipped)} that seeds/{plan.source}.yaml skips"
    if taken.plain:
        yield f"{_rows(taken.plain)} without a sub-type: of the type that its class is taken for"
    if plan.tolls:
        yield f"figures left out, of kinds of toll that the store has not: {listing(plan.tolls)}"
    if plan.new:
        yield f"{'would be cited' if dry else 'cited'} as {plan.source}" + (f"; {one_line(proof)}" if proof else "")
    yield from _listed("left out", map(str, taken.left))
    yield from _listed("read, and odd", map(str, taken.odd))
    yield from _listed(
        "new, with the day, place and type of an event that the store had: told already?",
        (f"{alike.event} (line {alike.line}): like {alike.held}" for alike in plan.alike),
    )
    if plan.alike:
        yield f"  to hold them side by side: {one_line(compare)}"
    yield from _listed(
        "held, and different here (nothing of it was changed)",
        (f"{change.event} (line {change.line}): {change.what}" for change in plan.changed),
    )
    yield from _listed("held, and gone from this file (nothing was deleted)", plan.gone)
    for shape, name in _WHAT.items():
        mine = [stub for stub in plan.stubs if stub.shape == shape]
        verb = "would be stubs" if dry else "are stubs now"
        yield from _listed(f"{name} that the store had not, and that {verb}, to be looked at", map(_stub, mine))


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"


def _stub(stub: Stub) -> str:
    return f"{stub.events:>6}  {stub.values['id']}  {stub.values['name']}"


def _listed(heading: str, lines: Iterable[str]) -> Iterator[str]:
    told = [one_line(line) if not line.startswith(" ") else "  " + one_line(line) for line in lines]
    if told:
        yield ""
        yield f"{heading} ({len(told):,}):"
        yield from (f"  {line}" for line in told)
