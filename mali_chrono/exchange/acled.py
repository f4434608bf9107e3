"""ACLED's columns (codebook of 2023 and later, codes as words): a csv file for what reads its exports.

A row an event. Left out is what its columns cannot say: a type that ACLED does not code, no place below a country, no
point, or a time that is no month. Of several places the first that has a point is told. Columns that only ACLED can
fill (iso, region, admin2, admin3, source_scale, tags, timestamp) stay empty.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from mali_chrono.answers.about import About
from mali_chrono.answers.background import COUNTRY, Background
from mali_chrono.cites import source_of
from mali_chrono.dates.days import iso_day
from mali_chrono.dates.edtf import Date, parse
from mali_chrono.exchange.telling import Row, figure, is_sure, pointed, titles, unsayable
from mali_chrono.exchange.written import Written
from mali_chrono.intake.own import added
from mali_chrono.kinds import CLAIMS, DOES, HELPS, SIGNS, SUFFERS, Vocabulary
from mali_chrono.render import csvtext

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
# The sub-event types under their event types, and under the disorder that those usually are.
_POLITICAL, _DEMONSTRATIONS, _STRATEGIC = "Political violence", "Demonstrations", "Strategic developments"
_VIOLENCE = "Violence against civilians"
_EVENT_TYPES = {
    ("Battles", _POLITICAL): (
        "Government regains territory", "Non-state actor overtakes territory", "Armed clash",
    ),
    ("Explosions/Remote violence", _POLITICAL): (
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Grenade",
    ),
    (_VIOLENCE, _POLITICAL): ("Sexual violence", "Attack", "Abduction/forced disappearance"),
    ("Protests", _DEMONSTRATIONS): (
        "Peaceful protest", "Protest with intervention", "Excessive force against protesters",
    ),
    ("Riots", _DEMONSTRATIONS): ("Violent demonstration", "Mob violence"),
    (_STRATEGIC, _STRATEGIC): (
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
        "Headquarters or base established", "Looting/property destruction", "Non-violent transfer of territory",
        "Other",
    ),
}  # fmt: skip
_TYPES = {sub: pair for pair, subs in _EVENT_TYPES.items() for sub in subs}
_DISORDER = {
    "Excessive force against protesters": f"{_POLITICAL}; {_DEMONSTRATIONS}",
    "Mob violence": _POLITICAL,
}
_CIVILIANS = "Civilians"
_DEAD = "killed"  # the kind of toll that ACLED has
# The order in which an interaction names two classes of actors; a kind of actor may be in none.
_INTERS = (
    "State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters",
    "External/Other forces", _CIVILIANS,
)  # fmt: skip
_RANK = {inter: rank for rank, inter in enumerate(_INTERS)}
# A place's precision here (UCDP's) -> ACLED's: the town, near it or part of a region, a region.
_GEO = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3}
_WEEK, _TWO = 7, 2
_Opposed = Callable[[list[Row]], tuple[list[Row], list[Row]]]


def write(rows: Iterable[Row], about: About, background: Background) -> Written:
    """The rows, `'` before what a spreadsheet would run."""
    left: Counter[str] = Counter()
    named = titles(about)
    told = []
    for row in rows:
        reason = _unsayable(row, background)
        if reason:
            left[reason] += 1
        else:
            coded = _coded(row, background, named, about.words)
            told.append([coded.get(column) for column in COLUMNS])
    return Written(csvtext.table(COLUMNS, told), tuple(left.most_common()))


def _unsayable(row: Row, background: Background) -> str | None:
    if background.acled.get(row["type"]) not in _TYPES:
        return "of a type that ACLED does not code"
    local = _local(row)
    if not local:
        return "with no place below a country"
    return unsayable(parse(row["date"])) if pointed(local) else "with no point on the map"


def _local(row: Row) -> list[Row]:
    return [place for place in row["places"] if place["precision"] < COUNTRY]


def _coded(row: Row, background: Background, named: dict[str, str], words: Vocabulary) -> dict[str, object]:
    """An event by the codebook's columns."""
    sub_event_type = background.acled[row["type"]] or ""
    event_type, disorder = _TYPES[sub_event_type]
    date = parse(row["date"])
    place = pointed(_local(row))[0]
    country = background.countries.get(place["id"])
    first, second = _sides(row, words, _opposed(event_type, background, words))
    inters = [_inter(side, background, words) for side in (first, second)]
    day, killed = _day(date), row.get(_DEAD)
    sources = (named.get(source, source) for source in dict.fromkeys(map(source_of, row["cites"])))
    return {
        "event_id_cnty": row["id"],
        "event_date": day,
        "year": day[:4],
        "time_precision": _time_precision(date),
        "disorder_type": _DISORDER.get(sub_event_type, disorder),
        "event_type": event_type,
        "sub_event_type": sub_event_type,
        "actor1": first[0]["name"] if first else None,
        "assoc_actor_1": "; ".join(part["name"] for part in first[1:]),
        "inter1": inters[0],
        "actor2": second[0]["name"] if second else None,
        "assoc_actor_2": "; ".join(part["name"] for part in second[1:]),
        "inter2": inters[1],
        "interaction": _interaction(bool(first), bool(second), inters),
        "civilian_targeting": _targeting(event_type, sub_event_type, second, background, words),
        "country": country,
        "admin1": place["region"] if place["region"] != country else None,
        "location": place["name"],
        "latitude": place["lat"],
        "longitude": place["lon"],
        "geo_precision": max(_GEO[place["precision"]], 2 if place["near"] else 1),
        "source": "; ".join(row["outlets"] or sources),
        "notes": _notes(row),
        "fatalities": killed["best"] if killed else 0,  # never blank: 0 is none, or not known
    }


def _sides(row: Row, words: Vocabulary, opposed: _Opposed | None = None) -> tuple[list[Row], list[Row]]:
    """Who did it and who was hit; where nobody did it to anybody, two that signed, or those who took part, `opposed`.

    Where it is told only who was hit, the first side is empty: in violence it is the doer's.
    """

    def of(*meanings: str) -> list[Row]:
        roles = words.roles_that(*meanings)
        return list({part["id"]: part for part in row["actors"] if part["role"] in roles}.values())

    doers, hit = of(DOES, CLAIMS), of(SUFFERS)
    if doers or hit:
        mine = {part["id"] for part in doers}
        helpers = [part for part in of(HELPS) if part["id"] not in mine] if doers else []
        return [*doers, *helpers], [part for part in hit if part["id"] not in mine]
    everyone = list({part["id"]: part for part in row["actors"]}.values())
    signed = of(SIGNS)
    if len(signed) > 1:
        others = [part for part in everyone if part not in signed]
        return [signed[0], *others], signed[1:]
    return opposed(everyone) if opposed else (everyone, [])


def _opposed(event_type: str, background: Background, words: Vocabulary) -> _Opposed | None:
    """How those who took part stand against each other, where nobody is said to have done it.

    A battle has two sides: whoever stands first, and the second with those of its class alone; in violence and
    demonstrations only where the two are of two classes. Of what is strategic nobody stands against anybody.
    """

    def split(everyone: list[Row]) -> tuple[list[Row], list[Row]]:
        inters = [_inter([part], background, words) for part in everyone]
        if len(everyone) < _TWO or (event_type != "Battles" and (None in inters[:2] or inters[0] == inters[1])):
            return everyone, []
        against = [everyone[1]] + [
            part for part, inter in zip(everyone[2:], inters[2:], strict=True) if inters[0] != inter == inters[1]
        ]
        return [part for part in everyone if part not in against], against

    return None if event_type == _STRATEGIC else split


def _inter(side: Sequence[Row], background: Background, words: Vocabulary) -> str | None:
    """What ACLED calls the kind of actor that stands first."""
    kind = background.kinds.get(side[0]["id"], "") if side else ""
    return next((known.acled for known in words.actors if known.id == kind and known.acled in _RANK), None)


def _interaction(first: bool, second: bool, inters: Sequence[str | None]) -> str | None:
    """The two classes, the one that stands first in the codebook first; None where one is in no class."""
    known = sorted((inter for inter in inters if inter), key=_RANK.__getitem__)
    if not known or len(known) < first + second:
        return None
    return "-".join(known) if second and first else f"{known[0]} only"


def _targeting(
    event_type: str, sub_event_type: str, hit: Sequence[Row], background: Background, words: Vocabulary
) -> str | None:
    """Whether civilians were the main or only target."""
    targeted = event_type == _VIOLENCE or sub_event_type == "Excessive force against protesters"
    if not targeted and event_type in ("Explosions/Remote violence", "Riots"):
        targeted = bool(hit) and all(_inter([part], background, words) == _CIVILIANS for part in hit)
    return "Civilian targeting" if targeted else None


def _day(date: Date) -> str:
    """The first day of what is sure, else the middle of the span, as the codebook has it."""
    first, last = date.earliest or 0, date.latest or 0
    return iso_day(first if is_sure(date) or date.kind == "all-of" else (first + last) // 2)


def _time_precision(date: Date) -> int:
    """1 the day, 2 within a week, 3 within a month."""
    days = (date.latest or 0) - (date.earliest or 0) + 1
    return 1 if days == 1 and is_sure(date) else 2 if days <= _WEEK else 3


def _notes(row: Row) -> str:
    """Title and summary, and what no column can say."""
    killed = row.get(_DEAD)
    said = figure(row, _DEAD) if killed else None
    claims = [claim[_DEAD] for claim in row["tolls"] if _DEAD in claim]
    if len(claims) == 1 and re.fullmatch(r"~\d+", claims[0]):
        said = claims[0]
    doubts = {part["name"]: part["certainty"] for part in row["actors"] if part["certainty"] != "confirmed"}
    sure = {part["name"] for part in row["actors"] if part["certainty"] == "confirmed"}
    doubts = {name: certainty for name, certainty in doubts.items() if name not in sure}
    more = added(row["date"], said, killed["best"] if killed else None, doubts)
    return f"{row['title'].rstrip('.')}. {row['summary']}{f' {more}' if more else ''}"
