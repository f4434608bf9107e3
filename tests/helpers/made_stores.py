"""Small stores made up by hypothesis: valid, and full of what is hard to count.

Dates with gaps, open ends, clock times and years before Christ; members of members, places within places; parts that
are denied, claimed, suspected; the same actor in two parts; events that are part of others or possibly the same.
"""

import json
import shutil
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from mali_chrono.kinds import CERTAINTIES
from mali_chrono.store.vocabulary import usual

Store = dict[str, str]  # the text of each file, by its path in the store

ACTORS = ("amber", "birch", "cedar", "delta", "ember")
PLACES = ("land", "north", "river", "town")
TYPES = {"clash": "battles", "raid": "violence", "talk": "politics", "study": "reporting"}
REGIONS = ("North", "Île du Sud", "L'Ouest")
OUTLETS = ("The Town Crier", "L'Écho", "Radio 1")
TAGS = ("gold", "salt-road")
BOOKS = ("book", "diary")
PERIODS = {"long-war": "1961/1964", "reign": "/1962-06", "peace": "1963-05/..", "old-age": "-0012/0010"}
# Hard ones, most of them near each other so that they meet.
DATES = (
    "1961", "1962", "1962-06", "1962-12-31", "1963-01-01", "1963~", "1962?", "196X", "19XX", "156X-12-25",
    "2004-XX-25", "1962-XX-10", "1962-21", "1962-24", "1961/1963", "1962-06-30/1962-07-02", "1962-12-31/1963-01-01",
    "1961/..", "../1962", "/1962-07", "1963-02/", "[1961,1963]", "{1961,1963}", "[1961,1963-05-02..1963-06-01]",
    "{1962-06-30..1962-07-02}", "[1961..]", "[..1962]", "[1962-06-29..1962-07-01]", "1962-06-30T23:30:00",
    "1962-06-30T08:46:00-04:00", "1962-06-30T09:00:00Z", "1962-07-01T00:00:00", "0000", "-0001", "0001", "-0009",
    "-0010", "0009", "0010", "-0099", "-0100", "0099", "0100", "-0001-12", "-001X", "-00XX", "00XX", "-0003/0003",
    "-9999", "Y-10000", "Y-12000", "Y-65999999", "[-0010..-0001]", "-0499~",
)  # fmt: skip
YEARS = st.integers(1960, 1965)
MONTHS, DAYS_OF_MONTH = st.sampled_from([1, 2, 6, 7, 12]), st.integers(1, 28)
DAYS = st.tuples(YEARS, MONTHS, DAYS_OF_MONTH).map("{0[0]}-{0[1]:02d}-{0[2]:02d}".format)
INTERVALS = st.lists(DAYS, min_size=2, max_size=2).map(sorted)
FIGURES = ("0", "1", "3", "12", "20+", "5-9", "~30", "dozens", "up to 7")

dates = st.one_of(
    st.sampled_from(DATES),
    YEARS.map(str),
    DAYS,
    INTERVALS.map("/".join),
    INTERVALS.map("[{0[0]}..{0[1]}]".format),
    INTERVALS.map("[{0[0]},{0[1]}]".format),
)


def some(values, most: int = 2):
    """At most so many of some values, each once."""
    return st.lists(st.sampled_from(values), max_size=most, unique=True)


@st.composite
def actors(draw) -> list[dict[str, Any]]:
    """Actors, some of them part of earlier ones: always, for a time, or as attested on a day."""
    records = []
    for i, ident in enumerate(ACTORS):
        kind = draw(st.sampled_from(["rebel-group", "state-forces", "civilians", "person"]))
        record: dict[str, Any] = {"id": ident, "name": f"The {ident.title()}", "kind": kind}
        relations = []
        for above in draw(some(ACTORS[:i])) if i else ():
            when = draw(st.sampled_from(["", "1962", "1961/1962", "1962-06/..", "/1962"]))
            relation = {"kind": "part-of", "actor": above, "cite": "book:1"}
            relations.append(relation | ({"date": when} if when else {}))
        records.append(record | ({"relations": relations} if relations else {}))
    return records


@st.composite
def places(draw) -> list[dict[str, Any]]:
    """Places, each within an earlier one or in none, some of no region."""
    records = []
    for i, ident in enumerate(PLACES):
        record: dict[str, Any] = {"id": ident, "name": ident.title(), "precision": "1"}
        if i and (above := draw(st.sampled_from(["", *PLACES[:i]]))):
            record["within"] = above
        if region := draw(st.sampled_from(["", *REGIONS])):
            record["region"] = region
        records.append(record)
    return records


@st.composite
def events(draw, number: int, *, links: bool) -> dict[str, Any]:
    """An event; it may lie inside earlier ones, or be the same."""
    ident = f"e{number}"
    parts = [
        {"actor": draw(st.sampled_from(ACTORS)), "role": draw(st.sampled_from([role.id for role in usual().roles]))}
        | {"certainty": draw(st.sampled_from(("confirmed", *CERTAINTIES)))}
        for _ in range(draw(st.integers(1, 3)))
    ]
    whom = st.sampled_from(["", "", "civilians", "attackers"])
    tolls = [
        {draw(st.sampled_from(["killed", "killed", "wounded", "displaced"])): draw(st.sampled_from(FIGURES))}
        | ({"of": of} if (of := draw(whom)) else {})
        | ({"says": draw(st.sampled_from(ACTORS))} if draw(st.booleans()) else {})
        for _ in range(draw(st.integers(0, 2)))
    ]
    record: dict[str, Any] = {
        "id": ident,
        "date": draw(dates),
        "title": f"Something happened {draw(st.sampled_from(['at dawn', 'again', 'near the ford']))}",
        "type": draw(st.sampled_from(tuple(TYPES))),
        "places": [*dict.fromkeys([draw(st.sampled_from(PLACES)), *draw(some(PLACES, 1))])],
        "actors": parts,
        "cites": [f"{draw(st.sampled_from(BOOKS))}:{draw(st.integers(1, 9))}"],
        "summary": "It happened.",
        "certainty": draw(st.sampled_from(("confirmed", "confirmed", *CERTAINTIES))),
        "ignore": {"event-id": "made up", "event-order": "made up", "repeated": "made up"},
    }
    others = draw(some(range(number))) if links and number else []
    lists = {
        "tolls": tolls,
        "outlets": draw(some(OUTLETS)),
        "tags": draw(some(TAGS)),
        "links": [{"to": f"e{i}", "kind": draw(st.sampled_from(["part-of", "possibly-same-as"]))} for i in others],
        "also": [{"date": date, "kind": "covers"} for date in draw(st.lists(dates, max_size=1))],
    }
    return record | {name: members for name, members in lists.items() if members}


def text(records) -> str:
    """Records as the text of a file."""
    return "".join(f"- {fields(record, '  ')}" for record in records) or "[]\n"


def items(content: str) -> list[str]:
    """The records of a file, each with its text."""
    return [f"- {item}\n" for item in content.removeprefix("- ").removesuffix("\n").split("\n- ")]


def fields(record: dict[str, Any], indent: str = "") -> str:
    """A record a field a line, every value but the id quoted or in braces."""
    texts = {key: value if key == "id" else json.dumps(value, ensure_ascii=False) for key, value in record.items()}
    return f"\n{indent}".join(f"{key}: {value}" for key, value in texts.items()) + "\n"


def book(ident: str) -> str:
    """The record of a document."""
    lines = {"id": ident, "title": f"The {ident}", "file": f"{ident}.txt", "sha256": "0" * 64, "lines": "20"}
    rest = {"format": "text", "as_of": "2020", "licence": "CC0", "summary": "A document."}
    return fields(lines | rest)


@st.composite
def stores(draw, most: int = 6, *, links: bool = True) -> Store:
    """A store of a few events."""
    told = [draw(events(i, links=links)) for i in range(draw(st.integers(1, most)))]
    types = [{"id": k, "name": k.title(), "category": category, "acled": "none"} for k, category in TYPES.items()]
    lasting = [
        {"id": k, "name": k.replace("-", " ").title(), "kind": "war", "date": date, "cites": ["book:2"]}
        for k, date in PERIODS.items()
    ]
    return {
        "data/types.yaml": text(types),
        "data/actors.yaml": text(draw(actors())),
        "data/places.yaml": text(draw(places())),
        "data/periods.yaml": text(lasting),
        "data/events.yaml": text(told),
        **{f"seeds/{ident}.yaml": book(ident) for ident in BOOKS},
    }


def write(store: Store, folder: Path) -> Path:
    """Write a store's files to a folder in place of what is there."""
    shutil.rmtree(folder, ignore_errors=True)
    for path, content in store.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
    return folder
