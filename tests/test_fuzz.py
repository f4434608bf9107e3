"""Whatever is put wrong in a store, `check` tells it at a place that is there, or it is right and every event is found.

`pytest -m fuzz -n auto` tries a hundred thousand mistakes; CHRONO_FUZZ=FIRST:LAST others, or one again by its seed.
"""

import os
import shutil

import pytest
from helpers import fuzzing

from mali_chrono.errors import ERROR, BrokenStoreError
from mali_chrono.index import cache
from mali_chrono.store.checks import check
from mali_chrono.store.load import load

NOW = 10**18
FOUND = (1917, 28553, 35653, 54467, 99343)  # what was found by the long run once, and mended
PARTS = 40  # in which the mistakes are tried, on as many processors as there are


def count_events(connection) -> int:
    return connection.execute("SELECT count(*) FROM event").fetchone()[0]


def fails(seed: int, chrono, folder, *, command: bool) -> str:
    """What is wrong with how a mistake is taken, or an empty text; `command`: the command line is asked too."""
    piece, done = fuzzing.mutated(seed)
    shutil.rmtree(folder, ignore_errors=True)
    try:
        store = fuzzing.write(piece, folder)
        loaded = load(store)
        problems = check(loaded, (2025, 11, 15))
        said = [(problem.where, problem.message, problem.hint) for problem in problems]
        if any(fuzzing.misplaced(problem, piece) for problem in problems):
            return f"seed {seed} ({done}): told at a place that is not there: {said}"
        broken = any(problem.severity == ERROR for problem in problems)
        try:
            found = cache.answer(store, None, NOW, count_events)
        except BrokenStoreError:
            found = None
        expected = None if broken else len(loaded.chronology.events)
        if found != expected:
            return f"seed {seed} ({done}): {found} events are found, not {expected}; check says {said[:3]}"
        if command:
            ended = chrono("timeline", "--count", "--store", str(folder))
            if (ended.code, ended.out) != ((1, "") if broken else (0, f"{expected}\n")):
                return f"seed {seed} ({done}): timeline ends with {ended}"
    except Exception as fault:  # noqa: BLE001 - that is what is looked for
        return f"seed {seed} ({done}): {fault!r}"
    return ""


def test_each_piece_of_the_shipped_store_is_right(tmp_path):
    for at, piece in enumerate(fuzzing.pieces()[::20]):
        store = fuzzing.write(piece, tmp_path / str(at))
        problems = check(load(store))
        assert [problem for problem in problems if problem.severity == ERROR] == []


def test_a_mistake_is_told_or_is_none(chrono, tmp_path):
    seeds = [*range(30), *FOUND]
    assert [said for seed in seeds if (said := fails(seed, chrono, tmp_path / "store", command=seed % 10 == 0))] == []


@pytest.mark.fuzz
@pytest.mark.parametrize("part", range(PARTS))
def test_a_hundred_thousand_mistakes(chrono, tmp_path, part):
    first, _, last = os.environ.get("CHRONO_FUZZ", "1000:101000").partition(":")
    seeds = range(int(first), int(last or int(first) + 1))
    found = []
    for seed in seeds[part::PARTS]:
        if said := fails(seed, chrono, tmp_path / "store", command=seed % 10 == 0):
            print(said)
            found.append(said)
    assert found == []
