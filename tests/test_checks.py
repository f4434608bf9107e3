"""The rules a wrong store must not pass. Each file under cases/bad is put into a good store and must be refused as its
first lines say: `# expect: file:line:column severity rule`, one line for each problem."""

import re
import shutil
from pathlib import Path

import pytest
from conftest import CASES

BAD = sorted((CASES / "bad").glob("*.yaml"))
EXPECT = re.compile(rb"^# expect: (\S+) (error|warning) (\S+)$", re.MULTILINE)
FOUND = re.compile(r"^(\S+?): (error|warning): .* \[(\S+)\]$", re.MULTILINE)


def with_case(case: Path, store: Path) -> Path:
    """The store with the file that the case's name ends in replaced by it."""
    name = case.stem.rpartition("--")[2]
    target = store / "seeds" / "book.yaml" if name == "book" else store / "data" / f"{name}.yaml"
    shutil.copyfile(case, target)
    return store


def test_good_store_has_no_problem(chrono, good):
    ended = chrono("check", "--store", str(good), "--strict")
    assert ended == (0, "", "")


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.stem)
def test_bad_store_is_refused_at_the_place(case, chrono, good):
    ended = chrono("check", "--store", str(with_case(case, good)))
    expected = [tuple(part.decode() for part in match) for match in EXPECT.findall(case.read_bytes())]
    assert expected, "a bad case says what it expects"
    assert FOUND.findall(ended.out) == expected
    assert ended.code == (1 if any(severity == "error" for _, severity, _ in expected) else 0)
    assert "Traceback" not in ended.out + ended.err


def test_every_rule_has_a_case():
    from mali_chrono.rules import RULES

    shown = {match[2].decode() for case in BAD for match in EXPECT.findall(case.read_bytes())}
    assert set(RULES) <= shown


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.stem)
def test_report_from_bad_store_stops_and_says_so(case, chrono, good):
    ended = chrono("timeline", "--store", str(with_case(case, good)))
    errors = [match for match in EXPECT.findall(case.read_bytes()) if match[1] == b"error"]
    if not errors:
        assert ended.code == 0
        return
    assert (ended.code, ended.out) == (1, "")
    assert f"the store has {len(errors)} error" in ended.err
    assert "chrono check" in ended.err
    assert "Traceback" not in ended.err
