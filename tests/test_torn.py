"""A store of which something was lost: it is found and says so, and no other store takes its place."""

import pytest
from conftest import ROOT

from mali_chrono.errors import UsageError
from mali_chrono.store.locate import find

TYPES = "a store has the types of its events in data/types.yaml"
EVENTS = "a store has its events in data/events.yaml or in files under data/events/"
# What serves only while there are events.
MILL = """\
- id: mill
  name: Mill
  precision: 4
  within: north
  ignore: {unused-place: it is shown on a map}
"""


@pytest.fixture
def inside(good, monkeypatch, chrono):
    """Ask in the small store's folder, with no store chosen."""
    monkeypatch.delenv("CHRONO_STORE")
    monkeypatch.chdir(good)
    return chrono


@pytest.mark.parametrize(("name", "said"), [("types", TYPES), ("events", EVENTS)])
def test_the_guard_says_what_is_missing(inside, good, name, said):
    places = good / "data/places.yaml"
    places.write_text(f"{places.read_text()}{MILL}")
    (good / f"data/{name}.yaml").unlink()
    hint = "       = bring it back, or write [] into it for a list of none\n"
    told = f"data/{name}.yaml: error: {said} [missing-file]\n{hint}"
    assert inside("check") == (1, told, "")
    assert inside("check", "data/actors.yaml") == (1, told, "")
    assert inside("fmt", "--check") == (1, "", told)
    refused = f"error: the store has 1 error:\n  data/{name}.yaml: {said}\n"
    for words in (("verify", "."), ("timeline",), ("actor",), ("at", "2012"), ("summary",)):
        ended = inside(*words)
        assert (ended.code, ended.out, ended.err.startswith(refused)) == (1, "", True)


def test_it_does_so_from_a_folder_inside_and_where_it_is_named(inside, good, monkeypatch):
    (good / "data/events.yaml").unlink()
    monkeypatch.chdir(good / "seeds")
    assert "[missing-file]" in inside("check").out
    assert "[missing-file]" in inside("check", "--store", str(good)).out


def test_an_index_that_was_made_before_is_no_answer(inside, good):
    assert inside("timeline", "--count").out == "2\n"
    events = good / "data/events.yaml"
    held = events.read_bytes()
    events.unlink()
    assert inside("timeline", "--count").code == 1
    events.write_bytes(held)
    assert inside("timeline", "--count").out == "2\n"
    (good / "data/types.yaml").unlink()
    assert inside("timeline", "--count").code == 1


def test_a_diff_takes_nothing_for_removed(inside, good, monkeypatch):
    import shutil

    shutil.copytree(good, good / "old")
    (good / "data/events.yaml").unlink()
    ended = inside("diff", "old")
    assert (ended.code, EVENTS in ended.out, "removed" in ended.out) == (1, True, False)


def test_a_list_of_none_is_no_loss(inside, good):
    for name in ("types", "events"):
        (good / f"data/{name}.yaml").write_text("[]\n")
    assert inside("timeline", "--count", "--store", ".").out == "0\n"


@pytest.mark.parametrize(
    "name", ["chronology.yaml", "vocabulary.yaml", "types.yaml", "actors.yaml", "events.yaml", "events/2012.yaml"]
)
def test_names_of_which_one_tells_a_chronology(tmp_path, name):
    (tmp_path / "data" / name).parent.mkdir(parents=True)
    (tmp_path / "data" / name).touch()
    assert find(None, tmp_path) == (tmp_path, str(tmp_path))


@pytest.mark.parametrize(
    "name",
    ["data/places.yaml", "data/cities.yaml", "data/actors.json", "data/events/log.json", "seeds/users.yaml", "data"],
)
def test_a_folder_of_other_data_is_no_store(tmp_path, name):
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).touch()
    assert find(None, tmp_path) == (ROOT, "shipped")
    with pytest.raises(UsageError, match="no store at"):
        find(str(tmp_path), None)
