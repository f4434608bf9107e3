"""The shipped store: what it must hold, and that none of the documents' sentences stand in it."""

import hashlib
import json
import re
from functools import cache

import pytest
from conftest import ROOT, SEEDS

from mali_chrono.figures.reckon import KINDS, disputed
from mali_chrono.index.rows import claims, perpetrators, ranges
from mali_chrono.store.checks import check
from mali_chrono.store.load import load
from mali_chrono.store.locate import find

needs_documents = pytest.mark.skipif(not SEEDS.is_dir(), reason="no copies of the source documents at ../shared/seeds")


@cache
def shipped():
    return load(find(str(ROOT), None))


def event(ident):
    return next(event for event in shipped().chronology.events if event.id == ident)


def test_nothing_is_wrong_with_it():
    assert check(shipped()) == []


def test_no_rule_is_ignored_without_a_reason():
    chronology = shipped().chronology
    records = (*chronology.events, *chronology.actors, *chronology.places, *chronology.periods, *chronology.types)
    assert all(len(reason.split()) > 2 for record in records for reason in record.ignore.values())


@pytest.mark.parametrize(
    ("ident", "kind", "low", "best", "high", "is_open", "torn"),
    [
        ("2024-07-25-tinzaouaten-ambush", "killed", 12, 12, 131, True, False),
        ("2022-03-27-moura-killings", "killed", 12, 501, 501, True, True),
        ("2023-09-12-bourem-attack", "killed", 10, 57, 144, False, True),
        ("2023-09-07-boat-and-bamba", "killed", 64, 154, 154, True, True),
        ("2015-11-20-radisson-blu", "killed", 20, 20, 20, False, False),
        ("2015-11-20-radisson-blu", "wounded", 6, 6, 14, False, True),
    ],
)
def test_figures_come_out_as_the_claims_say(ident, kind, low, best, high, is_open, torn):
    found = ranges(event(ident))[kind]
    assert (found.low, found.best, found.high, found.open, found.disputed) == (low, best, high, is_open, torn)


def test_disputed_is_said_of_the_whole_event(chrono):
    row = json.loads(chrono("show", "2015-11-20-radisson-blu", "-f", "json").out)["events"][0]
    assert row["disputed"] is True
    assert (
        disputed(claims(event("2024-07-25-tinzaouaten-ambush")), perpetrators(event("2024-07-25-tinzaouaten-ambush")))
        is False
    )


def test_every_form_has_a_real_case():
    """What the data model can say is said somewhere, so that no rule rests on made-up data alone."""
    chronology = shipped().chronology
    events = chronology.events
    texts = [str(e.date) for e in events]
    assert any(text.startswith("-") for text in texts), "BC"
    assert any("~" in text for text in texts), "circa"
    assert any(text.startswith("[") and ".." in text[1:-3] for text in texts), "a set"
    assert any(text.startswith("[..") for text in texts), "an open side"
    assert any("/" in text for text in texts), "an interval"
    assert any(period.date.ongoing for period in chronology.periods), "an open end"
    assert {also.kind for e in events for also in e.also} == {"told", "announced", "planned", "covers"}
    assert {link.kind for e in events for link in e.links} == {"follow-up-of", "part-of", "possibly-same-as"}
    assert {part.certainty for e in events for part in e.actors} >= {
        "confirmed",
        "claimed",
        "suspected",
        "disputed",
        "denied",
    }
    assert {toll.kind for e in events for toll in e.tolls} >= set(KINDS) - {"missing"}
    assert any(toll.best for e in events for toll in e.tolls)
    assert any(toll.who for e in events for toll in e.tolls)
    assert any(ref.near for e in events for ref in e.places)
    assert any(
        len(period.actors) > 5 and all(party.date for party in period.actors[:3]) for period in chronology.periods
    )
    kinds = {relation.kind for actor in chronology.actors for relation in actor.relations}
    assert kinds >= {"alliance-of", "splinter-of", "joined", "part-of", "allied-with", "rival-of", "led-by", "holds"}
    assert any(sum(r.kind == "holds" for r in actor.relations) > 1 for actor in chronology.actors), "a person's offices"


def test_lineage_of_jnim_is_whole():
    actors = {actor.id: actor for actor in shipped().chronology.actors}

    def origins(ident):
        own = ("renamed-from", "splinter-of", "alliance-of")
        return {relation.actor for relation in actors[ident].relations if relation.kind in own}

    assert origins("jnim") >= {"aqim", "ansar-dine", "al-mourabitoun"}
    assert origins("al-mourabitoun") == {"amb", "mujao"}
    assert origins("amb") == origins("mujao") == {"aqim"}
    assert any("gspc" in (actor_id, *(r.actor for r in actors[actor_id].relations)) for actor_id in ("aqim", "gspc"))


def test_incident_list_from_april_2023_on_is_cited_whole():
    cited = {
        n
        for e in shipped().chronology.events
        for c in e.cites
        if c.source == "cep-mali"
        for n in range(c.first, c.last + 1)
    }
    page_breaks = {105, 106, 107, 109, 144, 145, 146, 147}
    assert set(range(95, 162)) - page_breaks <= cited


def test_every_event_and_actor_is_evidenced():
    chronology = shipped().chronology
    assert all(e.cites for e in chronology.events)
    assert all(actor.cites or any(r.cite for r in actor.relations) for actor in chronology.actors)


@needs_documents
def test_records_of_the_documents_fit_their_copies():
    for source in shipped().chronology.sources:
        content = (SEEDS / source.file).read_bytes()
        assert hashlib.sha256(content).hexdigest() == source.sha256
        assert len(content.decode("utf-8").splitlines()) == source.lines


@needs_documents
def test_no_sentence_of_the_documents_stands_in_the_store():
    """Words are our own: no title, summary or note repeats a run of ten words of a document."""
    run = 10

    def runs(text):
        words = re.findall(r"\w+", text.casefold())
        return {tuple(words[i : i + run]) for i in range(len(words) - run + 1)}

    printed = set().union(*(runs(path.read_text("utf-8")) for path in SEEDS.glob("*.txt")))
    chronology = shipped().chronology
    copied = {
        record.id: " ".join(shared)
        for record in (*chronology.events, *chronology.periods, *chronology.actors)
        for text in (getattr(record, "title", None), getattr(record, "summary", None), record.note)
        for shared in [min(runs(text or "") & printed, default=None)]
        if shared
    }
    assert copied == {}
