"""A record that is plain is read quickly, by libyaml's tree, and everything else strictly, event by event: both read
the same, and what the strict reading finds wrong the quick one never passes."""

import pytest
import yaml
from conftest import CASES, ROOT
from hypothesis import example, given
from hypothesis import strategies as st

from mali_chrono.store.build import Odd, build
from mali_chrono.store.compose import compose
from mali_chrono.store.decode import decode
from mali_chrono.store.reader import Chunk, read_chunk, read_quickly, split
from mali_chrono.store.vocabulary import grammar_of, usual

FILES = sorted([*(ROOT / "data").glob("*.yaml"), *CASES.rglob("*.yaml")])
GRAMMAR = grammar_of(usual())
KINDS = ("actors", "events", "periods", "places", "types")


def quick(kind: str, chunk: Chunk):
    """The record of a chunk as read quickly, None where it is left to the strict reading; its values and place."""
    item = read_quickly(chunk)
    problems = []
    try:
        record = item and build(kind, item, "x.yaml", problems, GRAMMAR)
    except Odd:
        record = None
    assert problems == []
    return item, record


def strict(kind: str, chunk: Chunk):
    problems = []
    item = read_chunk(chunk, "x.yaml", problems)
    read = list(problems)
    return item, item and build(kind, item, "x.yaml", problems, GRAMMAR), read, problems


def place(record):
    return record.line, record.column


def paths(value, path=()):
    """The path to everything inside a value."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield (*path, step)
        yield from paths(inner, (*path, step))


def agree(kind: str, chunk: Chunk) -> bool:
    """Whether a chunk is read quickly; fails where the strict reading says otherwise."""
    item, record = quick(kind, chunk)
    if item is None:
        return False
    wanted, record_wanted, read, problems = strict(kind, chunk)
    assert read == []
    assert item[:3] == wanted[:3]
    tree = compose(chunk.text)
    for path in [(), *paths(item.values), ("none",), ("title", 0)]:
        line, column = tree.place(path)
        assert (chunk.line + line, column + 1) == wanted.node.place(path)
    if record is None:
        return False
    assert problems == []
    assert (record, place(record)) == (record_wanted, place(record_wanted))
    return True


def kind_of(name: str) -> str:
    return next((kind for kind in KINDS if name.removesuffix(".yaml").endswith(kind)), "events")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_read_alike(path):
    text, _ = decode(path.read_bytes(), "x.yaml")
    for chunk in split(text) or ():
        agree(kind_of(path.name), chunk)


@pytest.mark.parametrize("kind", KINDS)
def test_shipped_records_are_read_quickly(kind):
    chunks = split((ROOT / "data" / f"{kind}.yaml").read_text("utf-8"))
    assert sum(agree(kind, chunk) for chunk in chunks) > 0.9 * len(chunks)


EVENT = """\
- id: 2011-05-01-town-raid
  date: 2011-05-01
  title: Front raids the army in Town
  type: armed-clash
  places: [town, ~north]
  actors:
    - {actor: front, role: perpetrator}
    - {actor: army, role: target, certainty: claimed, says: front}
  tolls:
    - {killed: 12+, of: army, cite: book:4}
  also: [{date: 2011-05, kind: told}]
  cites: [book:4-5]
  outlets: ["Voice, of", 'It''s']
  summary: >-
    The front raids
    the army.
  tags: [raid]
"""
ODD = [
    "", "[", "]", "{", "}", "- ", "\n", '"', "'", "&a ", "*a", "!!x ", "! ", "<<: ", ": ", " #", "#", "\t", "? ", "| ",
    ">", "~", "\\n", '"\\x07"', "a: b", "\n  id: x", "\n  ignore: {title-length: so}", "\n  <<: {}", "\n\n", "[[", "é",
    "\n  date: 2011", "{actor: army, role: target, role: target}", "{actor: [army], role: target}", "''", "[]", "null",
]  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, len(EVENT)), st.integers(0, 12), st.sampled_from(ODD)), max_size=4))
@example([])
@example([(27, 0, "&a ")])
@example([(33, 0, "! ")])
@example([(33, 0, "!!x ")])
@example([(70, 0, " # so")])
@example([(150, 37, "{actor: [front], role: perpetrator}")])
def test_wounded_event_reads_alike(wounds):
    text = EVENT
    for at, cut, put in wounds:
        text = text[:at] + put + text[at + cut :]
    for chunk in split(text) or ():
        agree("events", chunk)


VALUES = st.recursive(
    st.text(max_size=12) | st.sampled_from(["2011", "army", "book:4", "12+", "town", "target", "front"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "date", "actor", "role", "cite", "killed", "kind", "x", "<<"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)
FIELDS = st.dictionaries(
    st.sampled_from(["id", "date", "title", "type", "places", "actors", "tolls", "cites", "ignore", "summary", "new"]),
    VALUES,
    max_size=8,
)
STYLES = st.fixed_dictionaries(
    {
        "default_style": st.sampled_from([None, '"', "'", "|", ">"]),
        "default_flow_style": st.sampled_from([None, False, True]),
        "width": st.sampled_from([20, 80, 4000]),
        "allow_unicode": st.booleans(),
    }
)


@given(st.lists(FIELDS, min_size=1, max_size=3), STYLES)
def test_made_up_records_read_alike(records, style):
    text, _ = decode(yaml.dump(records, **style).encode("utf-8", "replace"), "x.yaml")
    for chunk in split(text) or ():
        agree("events", chunk)


@pytest.mark.parametrize("opener", ["- ", "? ", "[", "{", "{a: ", "- [", "[{"])
@pytest.mark.parametrize("count", [20, 900, 100_000])
def test_depth_never_ends_the_process(opener, count):
    assert not agree("events", Chunk(1, "- " + opener * count))


def test_without_libyaml_everything_is_read_strictly(monkeypatch):
    monkeypatch.delattr(yaml, "CBaseLoader")
    assert read_quickly(Chunk(1, EVENT)) is None


@pytest.mark.parametrize("text", ["", "# none", "-", "- a", "- [a]", "a: b", "- a: b\n- a: b"])
def test_what_is_no_record_is_left_to_the_strict_reading(text):
    assert read_quickly(Chunk(1, text)) is None
