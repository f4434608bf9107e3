"""The shipped store: what it must hold, and that none of the documents' sentences stand in it."""

import hashlib
import json
from functools import cache

import pytest
from conftest import ROOT, SEEDS

from mali_chrono.evidence import words
from mali_chrono.store.checks import check
from mali_chrono.store.claims import ranges_of as ranges
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


def names():
    return shipped().grammar.words


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
    found = ranges(event(ident), names())[kind]
    assert (found.low, found.best, found.high, found.open, found.disputed) == (low, best, high, is_open, torn)


def test_disputed_is_said_of_the_whole_event(chrono):
    row = json.loads(chrono("show", "2015-11-20-radisson-blu", "-f", "json").out)["events"][0]
    assert row["disputed"] is True
    assert not any(
        found.disputed for found in ranges(event("2024-07-25-tinzaouaten-ambush"), names()).values() if found
    )


@needs_documents
def test_records_of_the_documents_fit_their_copies():
    for source in shipped().chronology.sources:
        content = (SEEDS / source.file).read_bytes()
        assert hashlib.sha256(content).hexdigest() == source.sha256
        assert len(content.decode("utf-8").splitlines()) == source.lines


@needs_documents
def test_no_sentence_of_the_documents_stands_in_the_store():
    """Words are our own: no title, summary or note shares with any document what it may not share with its lines."""
    chronology = shipped().chronology
    names = words.names_of(chronology)
    printed = [words.plain(path.read_text("utf-8"), names) for path in SEEDS.iterdir() if path.suffix == ".txt"]
    copied = {
        record.id: run
        for record in (*chronology.events, *chronology.periods, *chronology.actors)
        for _, text in words.texts_of(record)
        if (run := words.shared(text, printed, names))
    }
    assert copied == {}
