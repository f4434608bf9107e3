"""The tolls of a record as claims, and what they come to."""

from mali_chrono.dates.spans import bounds
from mali_chrono.figures import reckon
from mali_chrono.kinds import DOES, Vocabulary
from mali_chrono.store import model

Ranges = dict[str, reckon.Range | None]


def claims(record: model.Event | model.Period) -> list[reckon.Claim]:
    """A record's tolls as claims; one without a cite has the record's."""
    everywhere = record.cites
    return [
        reckon.Claim(
            toll.kind, toll.figure, toll.of, toll.who, toll.says, toll.at,
            tuple(str(cite) for cite in toll.cite or everywhere), toll.best,
            None if toll.as_of is None else bounds(toll.as_of.span)[0],
        )
        for toll in record.tolls
    ]  # fmt: skip


def perpetrators(record: model.Event | model.Period, words: Vocabulary) -> frozenset[str]:
    """The actors whose dead are reckoned apart: in a period nobody's are."""
    if isinstance(record, model.Period):
        return frozenset()
    doing = words.roles_that(DOES)
    return frozenset(part.actor for part in record.actors if part.role in doing)


def ranges_of(event: model.Event | model.Period, words: Vocabulary) -> Ranges:
    """Low-best-high of every kind of toll; None where nothing is said."""
    said, who = claims(event), perpetrators(event, words)
    told = {claim.kind for claim in said}
    return {kind: reckon.reckon(said, kind, who) if kind in told else None for kind in words.toll_kinds}
