"""Laws of `chrono diff`: what json tells makes one side of the other, whatever was edited; nothing crashes it."""

import json
import random
import re
import shutil
from dataclasses import fields, replace
from pathlib import Path

import pytest
from conftest import CASES, ROOT, first_of_each
from helpers import fuzzing
from helpers.applying import apply, unordered, values
from hypothesis import given
from hypothesis import strategies as st

from mali_chrono.edit import compare, sides
from mali_chrono.edit.plain import SHAPE_OF
from mali_chrono.edit.sides import Side
from mali_chrono.render.changejson import row_of
from mali_chrono.render.changes import lines_of
from mali_chrono.store import model
from mali_chrono.store.locate import Store, files


def read(folder: Path) -> Side:
    """Every record of a store."""
    nothing, side = sides.read([], files(Store(folder, "it")))
    assert not any(nothing.records.values())
    return side


SAMPLE = [read(CASES / name) for name in ("good", "sample", "stores/brief", "stores/records")
          if (CASES / name).is_dir()]  # fmt: skip
POOL = {kind: [record for side in SAMPLE for record in side.records[kind].values()] for kind in SHAPE_OF}
IDS = st.sampled_from(["a", "b-1", "c-2", "2012-x", "d"])


@st.composite
def records(draw, kind: str) -> dict[str, model.Record]:
    """Some records of a kind under made-up ids, each field that of any record of the pool, lists in any order."""
    found = {}
    for ident in draw(st.lists(IDS, unique=True, max_size=4)):
        record = draw(st.sampled_from(POOL[kind]))
        changes = {}
        for field in fields(record):
            if field.name in ("id", "path", "line", "column", "unread"):
                continue
            value = getattr(draw(st.sampled_from(POOL[kind])), field.name)
            if type(value) is tuple:  # a date is a tuple too
                value = tuple(draw(st.permutations(value)))[: draw(st.integers(1, 4))]
            changes[field.name] = value
        found[ident] = replace(record, id=ident, **changes)
    return found


def stores():
    return st.fixed_dictionaries({kind: records(kind) if POOL[kind] else st.just({}) for kind in SHAPE_OF})


def as_side(chosen: dict) -> Side:
    return Side(chosen, {kind: set() for kind in SHAPE_OF}, set(), [])


@given(stores(), stores())
def test_what_json_tells_makes_one_side_of_the_other(one, other):
    before, after = values(as_side(one)), values(as_side(other))
    rows = json.loads(json.dumps([row_of(change) for change in compare.compare(one, other)]))
    assert apply(before, rows) == after
    assert unordered(apply(before, rows, by_items=True)) == unordered(after)


@given(stores(), stores())
def test_the_way_back_tells_the_same_records(one, other):
    there, back = compare.compare(one, other), compare.compare(other, one)
    assert {(c.kind, c.was or c.id, c.id) for c in there} == {(c.kind, c.id, c.was or c.id) for c in back}


@given(stores())
def test_nothing_changed_is_no_change(one):
    assert compare.compare(one, dict(one)) == []


@given(stores(), stores())
def test_each_change_but_of_ids_that_follow_has_words(one, other):
    for change in compare.compare(one, other):
        said = [line.said for line in lines_of(change, {})]
        assert bool(said) != change.follows
        assert all(said)


@given(st.data())
def test_one_more_item_is_one_more_item(data):
    """Wherever it is put into a list, and whatever else is in it."""
    event = data.draw(st.sampled_from([event for event in POOL["events"] if len(event.cites) + len(event.tolls) > 1]))
    name = data.draw(st.sampled_from([name for name in ("cites", "tolls", "actors") if getattr(event, name)]))
    items = getattr(event, name)
    item = data.draw(st.sampled_from([part for other in POOL["events"] for part in getattr(other, name)]))
    at = data.draw(st.integers(0, len(items)))
    longer = replace(event, **{name: (*items[:at], item, *items[at:])})
    (change,) = compare.compare({"events": {"x": event}}, {"events": {"x": longer}})
    ((field,),) = [change.fields]
    assert (field.name, [one.what for one in field.items], field.reordered) == (name, ["added"], False)


def edit(chance: random.Random, text: bytes) -> bytes:
    return chance.choice(fuzzing.CHANGES)(chance, text)


@pytest.mark.slow
def test_ten_thousand_edits_of_the_shipped_store_crash_nothing(chrono, tmp_path):
    """So many mistakes and edits, a hundred at a time each in a record of its own, told in every format in turn."""
    after = tmp_path / "after"
    paths = [f"data/{kind}.yaml" for kind in ("events", "actors", "places", "periods", "types")]
    for seed in range(100):
        chance = random.Random(seed)
        shutil.rmtree(after, ignore_errors=True)
        for folder in ("data", "seeds"):
            shutil.copytree(ROOT / folder, after / folder)
        items = {path: re.split(rb"(?m)^(?=- id: )", (after / path).read_bytes()) for path in paths}
        for _ in range(100):
            path = chance.choice([*paths, *["data/events.yaml"] * 3])
            at = chance.randrange(1, len(items[path]))
            items[path][at] = edit(chance, items[path][at])
        for path, texts in items.items():
            (after / path).write_bytes(b"".join(texts))
        shape = ("text", "json", "md", "csv", "html")[seed % 5]
        ended = chrono("diff", str(ROOT), str(after), "-f", shape)
        assert ended.code == 1, (seed, ended.err)
        assert not ended.err or ended.err.startswith("error: "), (seed, ended.err)
        assert ended.out, seed


@pytest.mark.parametrize("seed", first_of_each(range(20), 3))
def test_edits_of_pieces_of_the_shipped_store(chrono, tmp_path, seed):
    """The same on small stores, a mistake at a time."""
    piece, done = fuzzing.mutated(seed)
    chance = random.Random(seed)
    before = chance.choice(fuzzing.pieces())
    fuzzing.write(before, tmp_path / "before")
    fuzzing.write(piece, tmp_path / "after")
    ended = chrono("diff", str(tmp_path / "before"), str(tmp_path / "after"))
    assert ended.code in (0, 1), done
    assert (ended.out, ended.err) != ("", "")


WORDED = [path.parent.parent for path in sorted((CASES / "stores").glob("*/data/vocabulary.yaml"))]


@pytest.mark.parametrize("one", WORDED, ids=lambda path: path.name)
@pytest.mark.parametrize("other", [*WORDED[:2], CASES / "good"], ids=lambda path: path.name)
def test_the_words_of_one_store_make_those_of_another(one, other):
    sides_ = [Side({kind: {} for kind in SHAPE_OF} | {"vocabulary": read(store).records["vocabulary"]},
                   {kind: set() for kind in SHAPE_OF}, set(), []) for store in (one, other)]  # fmt: skip
    rows = json.loads(json.dumps([row_of(change) for change in sides.compare_sides(*sides_)]))
    assert bool(rows) == (one != other)
    assert apply(values(sides_[0]), rows) == values(sides_[1])
