"""A record is laid out in one way, from which chrono and any other reader of YAML take the same texts."""

import re

import pytest
import yaml
from conftest import ROOT, first_of_each
from hypothesis import example, given
from hypothesis import strategies as st

from mali_chrono.edit.layout import PROSE, WIDTH, record_text
from mali_chrono.edit.scalars import is_plain, scalar
from mali_chrono.store.decode import CONTROL
from mali_chrono.store.locate import SINGLE, Store, files
from mali_chrono.store.nodes import parse
from mali_chrono.store.shapes import shapes_of
from mali_chrono.store.vocabulary import usual

LONG = (
    "Prose that is long enough to be told on two lines, since no line of it"
    " is more than 110 columns wide and this one is."
)
EVENT = {
    "cites": ["book:4-5"],
    "tolls": [{"cite": "book:5", "killed": "12", "of": "army"}],
    "summary": LONG,
    "actors": [{"role": "target", "actor": "army"}],
    "links": [{"to": "2010-fire", "kind": "follow-up-of"}],
    "type": "armed-clash",
    "places": ["~town"],
    "title": "Front raids: the army",
    "date": "[2011-05..2011-06]",
    "id": "2011-raid",
    "surplus": "kept",
}


def test_an_event():
    assert record_text("event", EVENT) == (
        "- id: 2011-raid\n"
        '  date: "[2011-05..2011-06]"\n'
        '  title: "Front raids: the army"\n'
        "  type: armed-clash\n"
        '  places: ["~town"]\n'
        "  actors:\n"
        "    - {actor: army, role: target}\n"
        "  tolls:\n"
        "    - {killed: 12, of: army, cite: book:5}\n"
        "  links: [{to: 2010-fire, kind: follow-up-of}]\n"
        "  cites: [book:4-5]\n"
        "  summary: >-\n"
        "    Prose that is long enough to be told on two lines, since no line of it is more than 110 columns wide and\n"
        "    this one is.\n"
        "  surplus: kept\n"
    )


def test_a_source():
    values = {"skip": [{"lines": "27", "reason": "a map"}], "note": "As of: May", "lines": "20", "id": "book"}
    assert record_text("source", values) == (
        'id: book\nlines: 20\nnote: >-\n  As of: May\nskip:\n  - {lines: "27", reason: a map}\n'
    )


def test_what_does_not_fit_on_a_line_is_a_block():
    values = {
        "id": "x",
        "aliases": [f"alias {n}" for n in range(20)],
        "relations": [{"note": LONG, "kind": "holds", "cite": ["book:1", "book:2"]}],
    }
    assert record_text("actor", values).startswith("- id: x\n  aliases:\n    - alias 0\n    - alias 1\n")
    assert record_text("actor", values).endswith(
        "  relations:\n"
        "    - kind: holds\n"
        "      cite: [book:1, book:2]\n"
        "      note: >-\n"
        "        Prose that is long enough to be told on two lines, since no line of it is more than 110 columns wide\n"
        "        and this one is.\n"
    )


@pytest.mark.parametrize(
    ("form", "text", "written"),
    [
        ("text", "plain", "plain"),
        ("text", "it's plain, too", "it's plain, too"),
        ("text", "27", '"27"'),
        ("text", "no", '"no"'),
        ("text", "Off", '"Off"'),
        ("text", "12:30", '"12:30"'),
        ("text", "1e3", '"1e3"'),
        ("text", "0x1F", '"0x1F"'),
        ("text", "2024-07-25", '"2024-07-25"'),
        ("text", "null", '"null"'),
        ("text", "", '""'),
        ("text", "a: b", '"a: b"'),
        ("text", "a:", '"a:"'),
        ("text", "a:b", "a:b"),
        ("text", "a #b", '"a #b"'),
        ("text", "a#b", "a#b"),
        ("text", "- a", '"- a"'),
        ("text", "...", '"..."'),
        ("text", '"a" said', "'\"a\" said'"),
        ("text", "'a' \"b\"", "'''a'' \"b\"'"),
        ("text", "#a\\b", "'#a\\b'"),
        ("text", "a\tb", '"a\\tb"'),
        ("text", " a", '" a"'),
        ("date", "2024-07-25", "2024-07-25"),
        ("date", "2024", "2024"),
        ("date", "0912", '"0912"'),
        ("date", "-0500", '"-0500"'),
        ("date", "2012~", "2012~"),
        ("date", "[2012,2014]", '"[2012,2014]"'),
        ("figure", "84", "84"),
        ("figure", "84+", "84+"),
        ("figure", "~300", '"~300"'),
        ("number", "-3.25", "-3.25"),
        ("integer", "6", "6"),
        ("integer", "06", '"06"'),
        ("flag", "true", "true"),
        ("flag", "yes", '"yes"'),
    ],
)  # fmt: skip
def test_quotes(form, text, written):
    assert scalar(text, form) == written
    assert read(f"- {written}\n") == [text]


@pytest.mark.parametrize("mark", list("-?:,[]{}#&*!|>'\"%@`~"))
def test_what_begins_with_a_mark_is_quoted(mark):
    assert scalar(f"{mark}x") in (f'"{mark}x"', f"'{mark}x'")


@pytest.mark.parametrize("text", ["a, b", "a]", "[a", "{a}", "a?"])
def test_inside_brackets_more_is_quoted(text):
    assert scalar(text, flow=True) == f'"{text}"'


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("one\ntwo", "  note: |-\n    one\n    two\n"),
        ("one\n\ntwo", "  note: |-\n    one\n\n    two\n"),
        (f"{LONG}\ntwo", "    this one is.\n\n    two\n"),
        ("Reckoned: so", "  note: >-\n    Reckoned: so\n"),
        ("one \ntwo", '  note: "one \\ntwo"\n'),
    ],
)
def test_prose(text, written):
    laid = record_text("event", {"note": text, "id": "x"})
    assert laid.endswith(written)
    assert read(laid) == [{"id": "x", "note": text}]


def read(text: str):
    problems = []
    root, fault, _ = parse(text, "x.yaml", 0, problems)
    assert (fault, problems) == (None, [])
    return root.plain()


LETTERS = st.characters(exclude_categories=["Cs"]).filter(lambda letter: not CONTROL.match(letter))
TEXTS = st.one_of(
    st.text(LETTERS),
    st.text(st.sampled_from("aé \n\t-?:,[]{}#&*!|>'\"%@`~=<0.1e_+\\"), max_size=12),
    st.lists(st.text(st.sampled_from("ab#:-' "), max_size=30), max_size=20).map(" ".join),
    st.from_regex(r"\A[-+]?[0-9:_.eEx]{1,8}\Z"),
    st.sampled_from(["no", "YES", "~", "null", ".inf", "<<", "=", "0o7", "2020-01-01 10:00", "---", "...", "y"]),
)
VALUES = st.recursive(
    TEXTS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(TEXTS.filter(lambda key: key != "<<"), inner, max_size=4)
    ),
    max_leaves=12,
)


@st.composite
def records(draw, kind: str):
    """Any values under the names of a record's fields."""
    names = [field.name for field in shapes_of(usual())[kind]]
    return draw(st.dictionaries(st.sampled_from(names) | TEXTS.filter(lambda key: key != "<<"), VALUES, min_size=1))


@given(st.data(), st.sampled_from(["event", "actor", "place", "period", "type", "source"]))
def test_whatever_a_record_holds_is_read_back(data, kind):
    values = data.draw(records(kind))
    root = read(record_text(kind, values))
    assert root == (values if kind == "source" else [values])


@given(TEXTS, st.booleans())
@example("2020-01", False)
@example("1_0", False)
def test_other_readers_take_a_plain_text_for_that_text(text, flow):
    """PyYAML reads YAML 1.1; what is a number in 1.2 (core schema) is told by that specification's own patterns."""
    if not is_plain(text, flow=flow):
        return
    written = scalar(text, flow=flow)
    assert yaml.safe_load(f"[{written}]" if flow else f"- {written}\n") == [text]
    core = r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
    assert not re.fullmatch(
        core + r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)|~|[nN]ull|NULL|[tT]rue|TRUE|[fF]alse|FALSE", text
    )


@pytest.mark.parametrize("file", first_of_each(files(Store(ROOT, "shipped")), 3), ids=lambda file: file.relative)
def test_other_readers_take_the_shipped_store_as_chrono_does(file):
    """But for what an editor shows as a number, a date or a truth value, by the form of its field."""
    if not file.kind:
        return
    kind = file.kind if file.kind == "vocabulary" else file.kind.removesuffix("s")
    found = read(file.path.read_text("utf-8"))
    alone = file.kind in SINGLE
    for values in [found] if alone else found:
        written = yaml.safe_load(record_text(kind, values))
        (other,) = [written] if alone else written
        assert texts(other) <= texts(values)


def texts(value) -> set[str]:
    if isinstance(value, dict):
        return {text for inner in value.values() for text in texts(inner)}
    if isinstance(value, list):
        return {text for inner in value for text in texts(inner)}
    return {value} if isinstance(value, str) else set()


@pytest.mark.parametrize("file", files(Store(ROOT, "shipped")), ids=lambda file: file.relative)
def test_lines_are_short(file):
    if not file.kind or file.kind == "sources":
        return
    for values in read(file.path.read_text("utf-8")):
        lines = record_text(file.kind.removesuffix("s"), values).splitlines()
        assert max(map(len, lines)) <= WIDTH
        assert all(
            len(line) <= PROSE
            for line in re.findall(r">-\n((?: {4}.*\n)+)", "\n".join(lines))
            for line in line.splitlines()
        )
