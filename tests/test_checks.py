"""The rules a wrong store must not pass. Each file under cases/bad is put into a good store and must be refused as its
first lines say: `# expect: file:line:column severity rule`, one line for each problem. What follows a line
`# file: data/actors.yaml` goes into that file."""

import inspect
import re
from pathlib import Path

import pytest
from conftest import CASES, first_of_each
from hypothesis import example, given
from hypothesis import strategies as st

from mali_chrono.dates.edtf import parse
from mali_chrono.store.checks import ADVICE, ON_REQUEST, check
from mali_chrono.store.load import load
from mali_chrono.store.locate import Store
from mali_chrono.store.rules.events import id_prefix
from mali_chrono.store.rules.table import PROOF, RULES

BAD = sorted((CASES / "bad").glob("*.yaml"))
EXPECT = re.compile(rb"^# expect: (\S+) (error|warning) (\S+)$", re.MULTILINE)
FILE = re.compile(rb"^# file: (\S+)\n", re.MULTILINE)
FOUND = re.compile(r"^(\S+?): (error|warning): .* \[(\S+)\]$", re.MULTILINE)


def with_case(case: Path, store: Path) -> Path:
    """The store with the file that the case's name ends in replaced by it, and others that it holds by those."""
    name = case.stem.rpartition("--")[2]
    main = "seeds/book.yaml" if name == "book" else f"data/{name}.yaml"
    content, *others = FILE.split(case.read_bytes())
    for target, text in [(main, content), *zip(map(bytes.decode, others[::2]), others[1::2], strict=True)]:
        (store / target).write_bytes(text)
    return store


def test_good_store_has_no_problem(chrono, good):
    ended = chrono("check", "--store", str(good), "--strict")
    assert ended == (0, "", "")


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.stem)
def test_bad_store_is_refused_at_the_place(case, chrono, good):
    expected = [tuple(part.decode() for part in match) for match in EXPECT.findall(case.read_bytes())]
    assert expected, "a bad case says what it expects"
    rules = sorted({rule for *_, rule in expected})
    asked = () if all(RULES[rule].on for rule in rules) else ("--select", ",".join(rules))
    ended = chrono("check", "--store", str(with_case(case, good)), *asked)
    assert FOUND.findall(ended.out) == expected
    assert ended.code == (1 if any(severity == "error" for _, severity, _ in expected) else 0)


# What no file put into the store can show: test_unreadable.py, test_hostile_files.py; of maps: test_intake.py.
ELSEWHERE = {"missing-file", "unreadable", "stray-file", "too-long", "too-many", "bad-map"}


def test_every_rule_has_a_case():
    """Those of the proof have theirs in test_rule_pages.py."""
    shown = {match[2].decode() for case in BAD for match in EXPECT.findall(case.read_bytes())}
    assert {slug for slug, rule in RULES.items() if rule.scope != PROOF} == shown | ELSEWHERE


@pytest.mark.parametrize("case", first_of_each(BAD, 2), ids=lambda case: case.stem)
def test_report_from_bad_store_stops_and_says_so(case, chrono, good):
    ended = chrono("timeline", "--store", str(with_case(case, good)))
    errors = [match for match in EXPECT.findall(case.read_bytes()) if match[1] == b"error"]
    if not errors:
        assert ended.code == 0
        return
    assert (ended.code, ended.out) == (1, "")
    assert f"the store has {len(errors)} error" in ended.err
    assert "chrono check" in ended.err


YAML_TROUBLE = [
    b"[", b"{", b"- ", b"\n", b'"', b"'", b"&a ", b"*a", b"!!x ", b"<<: ", b": ", b"#", b"\t", b"? ", b"| ", b">",
    b"---\n", b"...\n", b"%YAML 1.2\n", b"\xff", b"\x00", b"~", b"null", b"\r\n", b"\xef\xbb\xbf",
]  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 12), st.sampled_from([b"", *YAML_TROUBLE])), max_size=6))
@example([(0, 7, b""), (1995, 7, b""), (660, 12, b"")])  # a syntax error at the very end of a last line
def test_no_bytes_end_the_process(good, wounds):
    content = bytearray((CASES / "good" / "data" / "events.yaml").read_bytes())
    for place, cut, put in wounds:
        at = place % (len(content) + 1)
        content[at : at + cut] = put
    (good / "data" / "events.yaml").write_bytes(bytes(content))
    problems = check(load(Store(good, "good")))
    lines = content.count(b"\n") + 1
    assert all(0 <= problem.line <= lines for problem in problems if problem.file == "data/events.yaml")


@pytest.mark.parametrize(
    ("date", "prefix"),
    [
        ("2024-07-25", "2024-07-25"),
        ("2024-07-25/2024-07-27", "2024-07"),
        ("[2021-08-17..2021-08-21]", "2021-08"),
        ("2012-03", "2012-03"),
        ("2003/..", "2003"),
        ("../2012-05", "2012-05"),
        ("[..2022-08]", "2022-08"),
        ("[2019-03-24..]", "2019-03-24"),
        ("168X", "168"),
        ("13XX", "13"),
        ("1312~", "131"),
        ("2018-40", "2018"),
        ("2012/2013", "201"),
        ("1999/2003", "1999"),
        ("-9999", "bc-10000"),
        ("-9399~", "bc-"),
        ("0900~", "0"),
    ],
)
def test_id_begins_with_the_digits_that_are_known(date, prefix):
    class Event:
        pass

    event = Event()
    event.date = parse(date)
    assert id_prefix(event) == prefix


@pytest.mark.parametrize("advice", [*ADVICE, *ON_REQUEST.values()])
def test_what_is_left_out_before_an_answer_finds_warnings_alone(advice):
    helpers = (advice.__globals__.get(name) for name in advice.__code__.co_names)
    codes = [advice.__code__, *(helper.__code__ for helper in helpers if inspect.isfunction(helper))]
    told = {word for code in codes for word in code.co_consts if word in RULES}
    assert {RULES[rule].severity for rule in told} == {"warning"}
