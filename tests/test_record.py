"""The shipped record: who ruled on every day, and whether people find what they type."""

import contextlib
import sqlite3
from collections.abc import Iterator

import pytest
from conftest import ROOT

from mali_chrono.answers.matching import MAY, MUST, match_one
from mali_chrono.answers.names import resolve
from mali_chrono.answers.offices import Office, read_offices
from mali_chrono.answers.periods import read_periods
from mali_chrono.answers.scene import read_scene
from mali_chrono.dates.days import iso_day, ordinal
from mali_chrono.index.cache import answer
from mali_chrono.store.locate import Store

FIRST, LAST = ordinal(1960, 9, 22), ordinal(2025, 12, 31)
# What the documents leave open: from, to (both included), as their notes say.
NO_HEAD_OF_STATE = [("1991-03-27", "1991-12-31")]
NO_REGIME: list[tuple[str, str]] = []
# The regimes proper; the others of that kind are agreements and what held beside a government.
BESIDE = {"algiers-accords-in-force", "jihadist-rule-north", "peace-deal-2013"}


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    """The shipped store's index."""
    with contextlib.closing(sqlite3.connect(":memory:")) as copy:
        answer(Store(ROOT, "here"), None, 0, lambda connection: connection.backup(copy))
        yield copy


def days_of_change(index: sqlite3.Connection) -> list[int]:
    """A day of every stretch in which nothing changes: each edge of an office or a regime, and its neighbours."""
    edges = {FIRST, LAST}
    for sql in ("SELECT lo, hi, core_lo, core_hi FROM relation WHERE kind = 'holds'",
                "SELECT lo, hi, core_lo, core_hi FROM period WHERE kind = 'regime'"):  # fmt: skip
        for row in index.execute(sql):
            edges |= {day + step for day in row if day is not None for step in (-1, 0, 1)}
    return sorted(day for day in edges if FIRST <= day <= LAST)


@pytest.fixture(scope="module")
def offices(index) -> dict[int, list[Office]]:
    return {
        day: read_offices(read_scene(index, (day, day), read_periods(index, ((day, day),))))
        for day in days_of_change(index)
    }  # fmt: skip


def among(day: int, spans: list[tuple[str, str]]) -> bool:
    return any(first <= iso_day(day) <= last for first, last in spans)


def holders(offices: list[Office], office: str, *matches: str) -> set[str]:
    return {entry.holder.name for entry in offices if entry.office == office and entry.holder.match in matches}


def test_every_day_has_a_head_of_state_or_a_junta(offices):
    gaps = [
        iso_day(day)
        for day, entries in offices.items()
        if not holders(entries, "president of Mali", MUST, MAY) | holders(entries, "leader of the junta", MUST, MAY)
        and not among(day, NO_HEAD_OF_STATE)
    ]
    assert gaps == []


def test_no_day_has_two_sure_holders_of_one_office_but_that_on_which_it_passes(offices, index):
    changes = {day for row in index.execute("SELECT lo, hi FROM relation WHERE kind = 'holds'") for day in row}
    double = [
        (iso_day(day), office, names)
        for day, entries in offices.items()
        for office in ("president of Mali", "prime minister of Mali", "leader of the junta")
        if len(names := holders(entries, office, MUST)) > 1 and day not in changes
    ]
    assert double == []


def test_every_day_has_a_regime_and_no_two_that_surely_held_but_where_one_passes(index):
    regimes = [
        period
        for period in read_periods(index, ((FIRST, LAST),))
        if period.kind == "regime" and period.id not in BESIDE
    ]
    edges = {day for period in regimes for day in period.span}
    for day in days_of_change(index):
        matches = {p.id: m for p in regimes if (m := match_one(p.span, p.core, (day, day)))}
        assert matches or among(day, NO_REGIME), iso_day(day)
        sure = [ident for ident, match in matches.items() if match == MUST]
        assert len(sure) <= 1 or day in edges, (iso_day(day), sure)


def test_the_missions_of_a_day_are_named(index):
    running = {
        day: {p.id for p in read_periods(index, ((number, number),)) if p.kind in ("mission", "operation")}
        for day, number in (
            ("2013-02-01", ordinal(2013, 2, 1)),
            ("2020-06-01", ordinal(2020, 6, 1)),
            ("2024-06-01", ordinal(2024, 6, 1)),
        )
    }
    assert {"operation-serval", "afisma"} <= running["2013-02-01"]
    assert {"operation-barkhane", "minusma", "takuba"} <= running["2020-06-01"]
    assert not running["2024-06-01"] & {"operation-barkhane", "minusma", "operation-serval"}


# What people type, in French and in English, and the actor they mean.
TYPED = [
    ("AQMI", "aqim"), ("al-Qaida in the Islamic Maghreb", "aqim"), ("EIGS", "is-sahel"), ("ISIS Sahel", "is-sahel"),
    ("Islamic State Sahel", "is-sahel"), ("MUJWA", "mujao"), ("MUJAO", "mujao"), ("GSIM", "jnim"),
    ("FLM", "katiba-macina"),
    ("Macina", "katiba-macina"), ("CEDEAO", "ecowas"), ("Daesh", "islamic-state"), ("Songhay", "songhai-empire"),
    ("peacekeepers", "minusma"), ("Forces armées maliennes", "fama"), ("Front de libération de l'Azawad", "fla"),
    ("Cadre stratégique permanent", "csp-dpa"), ("Iyad Ag Ghali", "iyad-ag-ghaly"), ("Touaregs", "tuareg"),
    ("separatists", "tuareg-rebels"), ("Macron", "emmanuel-macron"), ("Hollande", "francois-hollande"),
    ("Belmokhtar", "mokhtar-belmokhtar"), ("Sanogo", "amadou-sanogo"), ("Konaré", "alpha-oumar-konare"),
    ("Goïta", "assimi-goita"), ("Kouffa", "amadou-kouffa"), ("Wagner", "wagner"), ("ONU", "un"), ("UE", "eu"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "actor"), TYPED)
def test_a_name_that_people_type_finds_its_actor(index, name, actor):
    assert resolve(index, "actor", name) == [actor]


@pytest.mark.parametrize(
    ("place", "least"),
    [("northern-mali", 100), ("central-mali", 60), ("Tombouctou", 1), ("Ségou", 1), ("Kidal", 1), ("Ivory Coast", 1)],
)
def test_a_place_holds_what_lies_within(index, place, least):
    (ident,) = resolve(index, "place", place)
    (count,) = index.execute(
        "SELECT count(DISTINCT n) FROM facet WHERE kind = 'place' AND key = ?", (ident,)
    ).fetchone()
    assert count >= least
