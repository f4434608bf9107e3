"""How much each likeness of an event and a row of a dataset weighs: one table, which code, page and tests read.

Source: found by hand on 119 violent events of a war's chronology that lie in the time of ACLED's files (2012 to 2023)
at a place of UCDP's precision 1 to 3, 107 of which have a row there; tried on 44 events that the weights had not seen.
"""

from typing import NamedTuple


class Weight(NamedTuple):
    """What one case of one feature adds to the likeness of an event and a row."""

    feature: str
    case: str
    value: float


TABLE = (
    Weight("id", "the row's own", 30),  # more than all else together
    Weight("date", "same", 3),
    Weight("date", "the record a day later", 2.5),  # documents date by the report
    Weight("date", "the record a day earlier", 1),
    Weight("date", "two days apart", 1),
    Weight("date", "three days apart", 0.5),
    Weight("date", "within a span of over a week", 1),
    Weight("date", "near a vague day", 1.5),  # at least, where the dataset says that the day is not sure
    Weight("place", "within 5 km", 3),
    Weight("place", "within 15 km", 2.5),
    Weight("place", "within 30 km", 2),
    Weight("place", "within 60 km", 1),
    Weight("place", "within 100 km", 0),
    Weight("place", "further", -2),
    Weight("place", "same region", -0.5),  # at least
    Weight("place", "vague", 0.5),  # at most, for a line, an area or a country
    Weight("place", "a district of that name", 2.5),
    Weight("name", "the row's place", 1.5),
    Weight("name", "in the row's words", 0.75),
    Weight("done to", "fits", 1.5),
    Weight("done to", "another", -1.5),
    Weight("done to", "the row's doer", -3),
    Weight("doer", "fits", 1),
    Weight("doer", "unidentified in the row", -0.25),
    Weight("doer", "another", -1),
    Weight("toll", "equal", 2),
    Weight("toll", "between low and high", 1.5),
    Weight("toll", "near", 0.75),
    Weight("toll", "far", -0.75),
    Weight("toll", "none against three or more", -1.5),
    Weight("figures", "one in the row's words", 0.75),
    Weight("figures", "two or more", 1.5),
    Weight("type", "the same, and telling", 1.5),
    Weight("type", "same category", 0.75),
    Weight("type", "neighbour", 0.35),
    Weight("type", "another", -1),
)
WEIGHTS = {(weight.feature, weight.case): weight.value for weight in TABLE}

# A row is offered from this likeness on, and only so far above the next that is of another incident.
LEAST, LEAD = 6.5, 0.5
# Rows lie so many days from the event; further from a row whose own day is not sure.
DAYS, VAGUE_DAYS = 3, 4
# Rows of one day, this near each other, are one incident.
INCIDENT_KM = 40
# An event that spans more days is listed with its rows and not matched; over a week nothing lies on "the same day".
LONG, WEEK = 40, 7
# The kilometres that a place's point may be off, by UCDP's precision, and more for "near" it.
TOLERANCE = {1: 0, 2: 10, 3: 25, 4: 100, 5: 250, 6: 600}
NEAR_KM = 25
STEPS = (5, 15, 30, 60, 100)
# Of this precision (UCDP's where_prec) a place is a district.
DISTRICT = 3
# From so many on the same figure tells something.
TELLING = 3
# Figures are near each other within a third, or two.
NEAR_SHARE, NEAR = 1 / 3, 2
# The least figure that is looked for in the words of a row: 1 stands everywhere.
LEAST_FIGURE = 2
# Types that are rare enough to tell, as ACLED calls them, folded: who was taken, what changed hands.
TELLING_TYPES = (
    "abduction forced disappearance", "government regains territory", "non state actor overtakes territory",
)  # fmt: skip
# Crowds are what newspapers count by the hundred: such rows are held only against events of their own category.
CROWDS = ("protests", "riots", "riots protests")
# Rows that share so much of their words, of so many at least, tell of one incident: ACLED splits what one report tells.
SAME_WORDS, LEAST_WORDS = 0.6, 8
# Words by which a name, of the store or of a dataset, says that nobody is named.
NOBODY = ("unidentified", "unknown", "not named", "unnamed", "unspecified")
# A name of so many letters may be spelt with one other.
LONG_NAME = 5
