"""What a reader must know of a summary's numbers: what the total leaves out, counts once, or has in several rows."""

from typing import NamedTuple

from mali_chrono.answers.summary import Summary
from mali_chrono.text import counted, listing


class Note(NamedTuple):
    """What a reader must know of the numbers, and the ids of the events it is about."""

    text: str
    ids: tuple[str, ...]


def find_notes(view: Summary) -> list[Note]:
    """What the total leaves out, counts once, or has in several rows."""
    found = []
    total = view.total
    for kind, told in total.sums.items():
        if told.missing:
            found.append(Note(f"{told.missing} of {counted(total.events, 'event')} have no figure of {kind}.", ()))
    if total.reports:
        reports = counted(total.reports, "report or estimate adds", "reports or estimates add")
        found.append(Note(f"{reports} nothing to the sums.", view.reports))
    found += [note for kind in view.kinds if kind not in view.words.levels for note in _once(view, kind)]
    shared = _shared(view)
    if shared:
        verb = "stands" if len(shared) == 1 else "stand"
        what = counted(len(shared), "event")
        found.append(Note(f"{what} {verb} in several rows, and once in the total.", shared))
    return found


def _shared(view: Summary) -> tuple[str, ...]:
    """The events that stand in several rows."""
    seen: set[int] = set()
    again: set[int] = set()
    for group in view.rows:
        again |= seen & group.share.odd
        seen |= group.share.odd
    return tuple(view.gauge.items[n].id for n in sorted(again))


def _once(view: Summary, kind: str) -> list[Note]:
    """The events with a figure that are possibly the same, and count once; those that lie in another."""
    tally = view.gauge.tallies[kind]
    told = {item.id: item.figures for item in tally.items.values() if item.figures and not item.reporting}
    found = []
    pairs = {
        tuple(sorted((one, other))) for one in told for other in tally.links.twins.get(one, ()) if other in told
    }  # fmt: skip
    for pair in sorted(pairs):
        best = listing([str(told[ident].best) for ident in pair], "and")
        text = f"{listing(pair)} are possibly the same and count once, the smaller ({kind}: {best})."
        found.append(Note(text, tuple(pair)))
    inner = [(part, whole) for part in told for whole in tally.links.wholes.get(part, ()) if whole in told]
    for part, whole in sorted(inner):
        found.append(Note(f"{part} is part of {whole}, whose figure holds its own ({kind}).", (part, whole)))
    return found
