"""`--expect`: what it takes, and which number each command holds against it."""

import shutil

import pytest
from conftest import CASES, SEEDS
from hypothesis import given
from hypothesis import strategies as st

from mali_chrono.cli.output import check_expectation, parse_expectation
from mali_chrono.errors import DataError, UsageError

SAMPLE = str(CASES / "sample")


@pytest.mark.parametrize(
    ("condition", "said", "allowed"),
    [
        (">=1", ">=1", [1, 2, 3, 4]),
        (">1", ">1", [2, 3, 4]),
        ("<=1", "<=1", [0, 1]),
        ("<1", "<1", [0]),
        ("==2", "==2", [2]),
        (" = 2 ", "==2", [2]),
        ("2", "==2", [2]),
        ("!=2", "!=2", [0, 1, 3, 4]),
        ("1..3", "1..3", [1, 2, 3]),
        ("2 .. 2", "2..2", [2]),
        ("3..", "3..", [3, 4]),
        ("..1", "..1", [0, 1]),
        ("<0", "<0", []),
    ],
)
def test_what_a_count_may_be(condition, said, allowed):
    expected = parse_expectation(condition)
    assert (expected.said, [count for count in range(5) if expected.allows(count)]) == (said, allowed)


@pytest.mark.parametrize(
    "condition",
    ["", "many", "..", "3..1", "1...3", ">=", ">=1..3", "-1", "1.5", ">=" + "9" * 19, "1..3..5", "²", "=>1", "1-3"],
)
def test_what_is_no_expectation(condition):
    with pytest.raises(UsageError, match="--expect"):
        parse_expectation(condition)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_a_range_is_both_its_ends(low, high, count):
    low, high = sorted((low, high))
    both = [parse_expectation(f"{low}.."), parse_expectation(f"..{high}")]
    assert parse_expectation(f"{low}..{high}").allows(count) == all(each.allows(count) for each in both)


def test_both_numbers_are_told():
    with pytest.raises(DataError, match=r"^expected 10\.\.20, found 7$"):
        check_expectation(7, "10..20")
    check_expectation(7, None)


# What each command counts in tests/cases/sample, the right number written by hand.
COUNTED = {
    "timeline --in 2012": 2,
    "summary --in 2012": 2,
    "list places": 3,
    "actor": 3,
    "actor army --in 2012": 2,
    "lineage": 1,
    "source": 1,
    "source book": 6,
    "at 2012": 2,
    "brief --in 2012": 2,
    "brief --in 2012 -n 1": 1,
    "check": 0,
}


@pytest.mark.parametrize(("line", "count"), COUNTED.items())
def test_every_count_can_be_expected(chrono, line, count):
    asked = (*line.split(), "--store", SAMPLE)
    plain = chrono(*asked)
    assert chrono(*asked, "--expect", f"=={count}") == plain._replace(code=0)
    wrong = chrono(*asked, "--expect", f"{count + 1}..")
    assert wrong == (1, plain.out, f"{plain.err}error: expected {count + 1}.., found {count}\n")
    assert chrono(*asked, "--expect", "many")[:2] == (2, "")


def test_what_is_written_to_files_is_counted(chrono, tmp_path):
    asked = ("export", str(tmp_path / "out.sqlite"), "--in", "2012", "--store", SAMPLE, "--expect")
    assert chrono(*asked, "2") == (0, "", "")
    assert chrono(*asked, ">2") == (1, "", "error: expected >2, found 2\n")
    assert (tmp_path / "out.sqlite").exists()


def test_a_picture_counts_the_events_that_filters_find(chrono, tmp_path):
    pytest.importorskip("vl_convert")
    asked = ("plot", "years", "-o", str(tmp_path / "years.svg"), "--in", "2012", "--store", SAMPLE, "--expect")
    assert chrono(*asked, "2") == (0, "", "")
    assert chrono(*asked, "..1") == (1, "", "error: expected ..1, found 2\n")


def test_of_problems_their_number_alone_decides(chrono):
    """So a store that is being mended may have no more of them than yesterday."""
    asked = ("check", "--store", str(CASES / "wrong"))
    count = len(chrono(*asked, "-f", "jsonl").out.splitlines())
    assert (chrono(*asked).code, chrono(*asked, "--expect", f"..{count}").code) == (1, 0)
    assert chrono(*asked, "--expect", f"<{count}").err.endswith(f"error: expected <{count}, found {count}\n")


def test_a_diff_counts_its_changes(chrono, good, tmp_path):
    """Three: a title, a tag and a name; what it ends with else still holds."""
    before = shutil.copytree(good, tmp_path / "before")
    for file, old, new in (
        ("events", "Front raids the army in Town", "A raid"),
        ("events", "- id: 2012-06-town-raid\n", "- id: 2012-06-town-raid\n  tags: [raid]\n"),
        ("actors", "Union of Fronts", "The Union"),
    ):
        path = good / "data" / f"{file}.yaml"
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    asked = ("diff", str(before), str(good))
    plain = chrono(*asked)
    assert chrono(*asked, "--expect", "==3") == plain
    assert chrono(*asked, "--expect", ">3") == (1, plain.out, "error: expected >3, found 3\n")
    assert chrono(*asked, "--in", "2012", "--expect", "1").code == 0
    assert chrono(*asked, "--expect", "==3", "--exit-code").code == 1
    assert chrono(*asked, "--expect", "many")[:2] == (2, "")
    path = good / "data" / "actors.yaml"
    path.write_text(path.read_text("utf-8") + "- id: x\n", "utf-8")
    assert chrono(*asked, "--expect", "==3").code == 1


def test_a_diff_counts_what_only_follows_a_renamed_record(chrono, good, tmp_path):
    before = shutil.copytree(good, tmp_path / "before")
    path = good / "data" / "events.yaml"
    path.write_text(path.read_text("utf-8").replace("2011-05-01-town-raid", "2011-05-01-raid"), "utf-8")
    assert chrono("diff", str(before), str(good), "--expect", "2").code == 0


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the source documents are not there")
def test_a_proof_counts_its_problems(chrono):
    asked = ("verify", str(SEEDS), "--only", "ukraine-ties", "--expect")
    assert chrono(*asked, "==0").code == 0
    ended = chrono(*asked, ">=1")
    assert (ended.code, ended.err) == (1, "error: expected >=1, found 0\n")
