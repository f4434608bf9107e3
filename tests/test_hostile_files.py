"""Files that nobody writes but somebody may hand over: `chrono check` says what is wrong, in few lines, and ends. Sized
so that a quadratic cause would show as a hang, and made here, not kept in the repository."""

import os
import re
import resource
import shutil
import sys
from difflib import get_close_matches

import pytest
from conftest import CASES, first_of_each
from hypothesis import given
from hypothesis import strategies as st

from mali_chrono.errors import did_you_mean
from mali_chrono.near import FEW, FEW_ONCE, nearest
from mali_chrono.store import nodes

TOLD = re.compile(r"^(\S+?:\d+(?::\d+)?|\S+?): (?:error|warning): (.*) \[(\S+)\]$", re.MULTILINE)
MORE = re.compile(r"^and ([\d,]+) more '(\S+)'$", re.MULTILINE)
EVENT = (
    "- id: 2011-05-01-x\n  date: 2011-05-01\n  title: X\n  type: armed-clash\n  places: [town]\n"
    "  actors: [{actor: army, role: target}]\n  cites: [book:4]\n  summary: X.\n"
)


@pytest.fixture
def check(chrono, good):
    """Put content into a file of the good store and check it: the exit code, each rule told and how often more."""

    def run(name: str, content: bytes | str):
        path = good / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        ended = chrono("check", "--store", str(good))
        assert ended.err == ""
        told = {}
        for _, _, rule in TOLD.findall(ended.out):
            told[rule] = told.get(rule, 0) + 1
        more = {rule: int(count.replace(",", "")) for count, rule in MORE.findall(ended.out)}
        return ended.code, told, more, ended.out

    return run


def events(count: int, date: str) -> str:
    dated = EVENT.replace("date: 2011-05-01", f"date: {date}")
    return "".join(dated.replace("01-x", f"01-x{n:06}") for n in range(count))


@pytest.mark.parametrize(
    ("codec", "name"),
    [("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"), ("utf-32", "UTF-32"),
     ("utf-32-le", "UTF-32"), ("utf-32-be", "UTF-32")],
)  # fmt: skip
@pytest.mark.parametrize("file", ["data/events.yaml", "seeds/book.yaml"])
def test_wide_text_is_named_once(check, codec, name, file):
    content = ((EVENT if "events" in file else "id: book\n") * 2000).encode(codec)
    code, told, more, out = check(file, content)
    assert (code, told, more) == (1, {"encoding": 1}, {})
    assert out.startswith(f"{file}:1:1: error: this is {name}, not UTF-8 [encoding]\n")
    assert "= save the file as UTF-8\n" in out


def test_zeros_are_told_once(check):
    code, told, more, out = check("data/events.yaml", b"\0" * 400_000)
    assert (code, told, more) == (1, {"control-character": 1, "syntax": 1}, {})
    assert "U+0000 is not allowed in a store; 400,000 stand in a row here that are not" in out


def test_many_controls_are_told_with_their_places(check):
    code, told, more, out = check("data/events.yaml", EVENT + "# \x07a\n" * 2 + "# \x07a\x07" * 100_000)
    assert (code, told["control-character"], more) == (1, 100, {"control-character": 9_900})
    places = [where for where, _, rule in TOLD.findall(out) if rule == "control-character"]
    assert places[:4] == [f"data/events.yaml:{line}" for line in ("9:3", "10:3", "11:3", "11:5")]
    assert "more than 10,000 problems: the rest of this file was not looked at [too-many]" in out


@pytest.mark.parametrize(
    ("content", "rules"),
    first_of_each(
        [
            ("\r" * 1_000_000, {"syntax"}),
            ("\n" * 1_000_000 + "x", {"syntax"}),
            ("# x\n" * 300_000, {"syntax"}),
            (" " * 1_000_000, {"syntax"}),
            ("- " * 300_000, {"depth"}),
            ("[" * 300_000, {"syntax"}),
            ("- {" + "{" * 300_000, {"syntax"}),
            ("- a\n" * 30_000, {"syntax", "too-many"}),
            ("---\n" * 300_000, {"syntax"}),
            ("<<<<<<< a\n" * 100_000, {"merge-mark", "too-many", "syntax"}),
            ("- &a b\n" * 30_000, {"anchor", "syntax", "too-many"}),
            ("- *a\n" * 30_000, {"alias", "too-many"}),
            ("- id: 'a\n" * 30_000, {"syntax", "too-many"}),
            (EVENT + "  a: b: c\n" * 30_000, {"syntax", "too-many"}),
            (EVENT + "  note: x\n" * 30_000, {"duplicate-key", "too-many"}),
        ],
        5,
    ),
    ids=lambda value: repr(value[:12]) if isinstance(value, str) else "",
)
def test_what_is_wrong_everywhere_is_told_in_few_lines(check, content, rules):
    code, told, _, out = check("data/events.yaml", content)
    assert code == 1
    assert set(told) == rules
    assert max(told.values()) <= 100
    assert len(out) < 100_000


@pytest.mark.parametrize(
    ("content", "said"),
    first_of_each(
        [
            (EVENT + "  note: |\n" + "    a\n    \n" * 20_000, "+    - {actor: army, role: target}\n"),
            ("".join(EVENT.replace("- id: 2011-05-01-x", "- note: same") for _ in range(4_000)), "+    - {actor: army"),
            ("- {x: 1, a: 2}\n" * 3_000, "+- x: "),
            ("- {id: a, x: 1}\n" * 600_000, ""),  # so much is wrong that it stays
        ],
        2,
    ),
    ids=["lines of a note", "events without an id", "records without one", "half a million"],
)
def test_what_repeats_itself_is_laid_out_and_compared(chrono, good, content, said):
    (good / "data/events.yaml").write_text(content, "utf-8")
    ended = chrono("fmt", "--diff", "--store", str(good))
    assert (ended.code, said in ended.out) == (1, True)


@pytest.mark.slow
def test_a_list_whose_ids_all_changed_is_compared(chrono, good, tmp_path):
    """Each event is hashed by itself, also where the store has an error and its files are read whole."""
    others = tmp_path / "others"
    shutil.copytree(good, others)
    for store, name in ((good, "x"), (others, "y")):
        text = events(1_000, "2011-05-01").replace("-01-x", f"-01-{name}")
        (store / "data/events.yaml").write_text(text + "# " + "x" * 5_000_000 + "\n", "utf-8")
    ended = chrono("diff", str(good), str(others), "-f", "json")
    assert (ended.code, ended.out.startswith('{"schema": "chrono/1"')) == (0, True)


def test_unknown_fields_are_counted(check):
    content = EVENT + "".join(f"  f{n}: x\n" for n in range(50_000))
    code, told, more, _ = check("data/events.yaml", content)
    assert (code, told, more) == (1, {"unknown-key": 100}, {"unknown-key": 49_900})


@pytest.mark.parametrize("field", ["title", "summary", "note"])
def test_text_may_be_long(check, field):
    content = EVENT.replace("  summary: X.\n", f"  summary: X.\n  note: {'x' * 3_000_000}\n")
    if field != "note":
        content = EVENT.replace(f"  {field}: X", f"  {field}: " + "x" * 3_000_000)
    code, told, _, out = check("data/events.yaml", content)
    assert (code, told) == ((1, {"title-length": 1}) if field == "title" else (0, {}))
    assert len(out) < 1000


@pytest.mark.parametrize(
    ("field", "rule"),
    first_of_each([("id", "bad-value"), ("date", "bad-date"), ("type", "unknown-type"), ("cites", "bad-value")], 4),
)
def test_long_text_that_is_wrong_is_told_shortly(check, field, rule):
    content = re.sub(rf"(?m)^(- |  ){field}: .*$", rf"\g<1>{field}: {'A' * 1_000_000}", EVENT)
    code, told, _, out = check("data/events.yaml", content)
    assert (code, told) == (1, {rule: 1})
    assert len(out) < 10_000


@pytest.mark.parametrize(("name", "most"), [("MOST_VALUES", 200), ("LONGEST", 1000)])
def test_record_that_is_too_long_is_refused(check, monkeypatch, name, most):
    monkeypatch.setattr(nodes, name, most)
    content = EVENT + "  tags: [" + "a, " * 400 + "\\]\n"
    code, told, _, out = check("data/events.yaml", content)
    assert (code, told) == (1, {"too-long": 1})
    assert out.startswith("data/events.yaml:")


@pytest.mark.slow
def test_list_of_wrong_ones_is_told_at_each(check):
    places = "[" + ", ".join(f"p{n}" for n in range(30_000)) + "]"
    code, told, more, _ = check("data/events.yaml", EVENT.replace("[town]", places))
    assert (code, told, more) == (1, {"unknown-place": 100}, {"unknown-place": 29_900})


def test_list_that_repeats_itself_is_told_at_each(check):
    code, told, more, _ = check("data/events.yaml", EVENT + "  tags: [" + "a, " * 30_000 + "]\n")
    assert (code, told, more) == (0, {"repeated": 100}, {"repeated": 29_899})


def tolls(count: int, toll) -> str:
    return EVENT + "  tolls:\n" + "".join(f"  - {{{toll(n)}}}\n" for n in range(count))


@pytest.mark.parametrize("many", first_of_each((4_000, 20_000), 2))
def test_tolls_are_not_held_against_each_other(check, many):
    """One for each group whose people the same account counts by their actor too, and for each figure after a first."""
    content = tolls(many, lambda n: f"killed: {n}, of: {('army', 'forces')[n % 2]}, cite: book:4")
    code, told, more, _ = check("data/events.yaml", content)
    assert (code, told, more) == (
        1,
        {"toll-overlap": 100, "two-figures": 100},
        {"toll-overlap": many // 2 - 100, "two-figures": many - 102},
    )


@pytest.mark.slow
def test_cites_of_tolls_are_not_held_against_all_of_the_event(check):
    """Each within one line of the event's cites, or, every other one, beyond all of them."""
    own = ", ".join(f"book:{n}-{n + 1}" for n in range(1, 10_000))
    toll = tolls(10_000, lambda n: f"killed: 1, cite: book:{n + 1}-{n + 1 + n % 2 * 10}")
    code, told, more, _ = check("data/events.yaml", toll.replace("[book:4]", f"[{own}]"))
    assert (code, told["toll-cite"], more["toll-cite"]) == (1, 100, 4_900)


def test_actors_far_below_one_another_are_refused(check):
    store = (CASES / "good" / "data" / "actors.yaml").read_text("utf-8")
    actor = "- {{id: a{0}, name: A{0}, kind: rebel-group, cites: [book:1]{1}}}\n"
    above = ", relations: [{{kind: part-of, actor: a{0}}}]"
    first, *chain = (actor.format(n, above.format(n - 1) if n else "") for n in range(5_000))
    code, told, more, _ = check("data/actors.yaml", store + first + "".join(chain))
    assert (code, told, more) == (1, {"member-depth": 100, "unused-actor": 1}, {"member-depth": 5_000 - 51 - 100})


@pytest.mark.slow
def test_dates_that_are_none_are_told_at_each(check):
    code, told, more, out = check("data/events.yaml", events(3_000, "5 Jan 2011"))
    assert (code, told, more) == (1, {"bad-date": 100}, {"bad-date": 2_900})
    assert out.count("= write 2011-01-05\n") == 100


def place(n: int, within: object) -> str:
    return f"- {{id: p{n}, name: P{n}, precision: 6, within: p{within}}}\n"


@pytest.mark.parametrize("many", first_of_each((4_000, 20_000), 2))
def test_places_far_inside_one_another_are_refused(check, many):
    inside = "- {id: p0, name: P0, precision: 6}\n" + "".join(place(n, n - 1) for n in range(1, many))
    store = (CASES / "good" / "data" / "places.yaml").read_text("utf-8")
    code, told, more, _ = check("data/places.yaml", store + inside)
    assert (code, told, more) == (1, {"place-depth": 100, "unused-place": 1}, {"place-depth": many - 51 - 100})


@pytest.mark.parametrize("many", first_of_each((4_000, 20_000), 2))
def test_ring_of_places_is_told_shortly(check, many):
    store = (CASES / "good" / "data" / "places.yaml").read_text("utf-8")
    ring = "".join(place(n, (n + 1) % many) for n in range(many))
    code, told, _, out = check("data/places.yaml", store + ring)
    assert (code, told["place-cycle"]) == (1, 1)
    assert f"p0 -> p1 -> p2 -> p3 -> p4 -> p5 -> {many - 11} more -> p{many - 5}" in out


@pytest.mark.parametrize(("there", "unknown"), first_of_each([(1_000, 200), (5_000, 1_000)], 2))
def test_unknown_ids_among_many_are_asked_about_where_shown(check, there, unknown):
    store = (CASES / "good" / "data" / "places.yaml").read_text("utf-8")
    many = "".join(f"- {{id: village-number-{n}, name: V{n}, precision: 6}}\n" for n in range(there))
    lost = "".join(f"- {{id: w{n}, name: W{n}, precision: 6, within: vilage-number-{n}}}\n" for n in range(unknown))
    code, told, more, out = check("data/places.yaml", store + many + lost)
    assert (code, told, more) == (1, {"unknown-place": 100}, {"unknown-place": unknown - 100})
    assert out.count("= did you mean 'village-number-") == 100


# Right or wrong, of some 10 MB: (content, exit code, lines told at most).
BIG = {
    "zeros": (bytes(10_000_000), 1, 5),
    "UTF-16": (("x" * 5_000_000).encode("utf-16"), 1, 5),
    "one text": (f"{EVENT}  note: {'x ' * 5_000_000}\n".encode(), 0, 0),
    "brackets": (b"- [" + b"[" * 10_000_000, 1, 5),
}
FAULTY = {
    "unknown fields": ((EVENT + "".join(f"  f{n}: x\n" for n in range(700_000))).encode(), 1, 5),
    "no records": (b"- a\n" * 2_500_000, 1, 310),
    "open quotes": (b"- id: 'a\n" * 1_000_000, 1, 410),
}


def assert_kept(process, good, content, code, lines, name="data/events.yaml"):
    """The command has 10 seconds of computing and 500 MB; with more it would be killed."""
    (good / name).write_bytes(content)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
        if sys.platform == "linux":  # others take no limit of memory
            resource.setrlimit(resource.RLIMIT_AS, (500_000_000, 500_000_000))

    ended = process("check", "--store", str(good), preexec_fn=limit)
    assert (ended.returncode, ended.stderr) == (code, "")
    assert len(ended.stdout.splitlines()) <= lines


@pytest.mark.parametrize(("content", "code", "lines"), first_of_each(BIG.values(), 4), ids=BIG)
def test_a_file_of_10_mb_keeps_to_its_limits(process, good, content, code, lines):
    assert_kept(process, good, content, code, lines)


@pytest.mark.slow
@pytest.mark.parametrize(("content", "code", "lines"), FAULTY.values(), ids=FAULTY)
def test_a_faulty_file_of_10_mb_keeps_to_its_limits(process, good, content, code, lines):
    assert_kept(process, good, content, code, lines)


@pytest.mark.slow
@pytest.mark.parametrize("content", [content for content, *_ in [*BIG.values(), *FAULTY.values()]], ids=[*BIG, *FAULTY])
def test_a_map_of_10_mb_keeps_to_its_limits(process, good, content):
    (good / "data" / "maps").mkdir()
    assert_kept(process, good, content, 1, 5, "data/maps/own.yaml")


@pytest.mark.parametrize(
    "name", ["data/pipe.yaml", "data/maps/pipe.yaml", "data/events/pipe.yaml", "seeds/pipe.yaml", "seeds/pipe.txt"]
)
def test_pipe_is_never_opened(check, good, name):
    (good / name).parent.mkdir(exist_ok=True)
    os.mkfifo(good / name)
    code, told, _, out = check("data/periods.yaml", "[]\n")
    assert (code, len(told)) == (1, 1)
    assert out.startswith(f"{name}: error: ")


# --- the nearest words


WORDS = [f"{part}-{number}" for part in ("north", "south", "market", "bridge") for number in range(200)]


@pytest.mark.parametrize("word", ["nroth-17", "maket-150", "bridge199", "southh-8"])
def test_nearest_of_many_words_is_the_nearest_of_all(word):
    best = {"nroth-17": "north-17", "maket-150": "market-150", "bridge199": "bridge-199", "southh-8": "south-8"}[word]
    many = [*WORDS, *(f"other-{number}" for number in range(FEW_ONCE))]
    assert len(WORDS) > FEW
    assert nearest(word, many, 3)[0] == best
    assert did_you_mean(word, frozenset(WORDS), 1) == f"did you mean '{best}'?"


def test_nothing_is_near_a_strange_word():
    assert nearest("zzzzzzzzzz", WORDS, 3) == []
    assert nearest("north-1" * 1000, WORDS, 3) == []
    assert nearest("x", [], 3) == []


@given(st.text("abc-", max_size=8), st.lists(st.text("abcd-", max_size=12), max_size=20), st.integers(1, 3))
def test_among_few_words_the_nearest_are_difflibs(word, words, count):
    assert nearest(word, words, count) == get_close_matches(word, words, count, 0.6)
