"""A store with one planted fault for each rule: every format tells exactly those, each at its line and column.

The faults stand in cases/planted, those that only documents show in cases/planted_proof (what is to be proved must be
sound); what must be found in the expected.txt of each, written by hand.
"""

import csv
import io
import json
import re
import shutil
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from conftest import CASES, first_of_each

from mali_chrono.store.rules.table import HIDING, PROOF, READING, RULES

# All of them are asked, those too that are off by default.
ALL = () if all(rule.on for rule in RULES.values()) else ("--select", ",".join(RULES))
# What cannot stand beside the others: a store without events, and files that are far too big.
UNPLANTED = {"missing-file", "newer-format", "too-long", "too-many"}
TOLD = re.compile(r"^(\S+?)(?::(\d+))?(?::(\d+))? (error|warning) (\S+)$", re.MULTILINE)


class Fault(NamedTuple):
    """What a format tells of a problem, whatever the format."""

    file: str
    line: int
    column: int
    severity: str
    rule: str


def fault(file: str, line: str | int | None, column: str | int | None, severity: str, rule: str) -> Fault:
    return Fault(file, int(line or 0), int(column or 0), severity, rule)


def expected(folder: str) -> list[Fault]:
    return [fault(*match) for match in TOLD.findall((CASES / folder / "expected.txt").read_text("utf-8"))]


EXPECTED = expected("planted")
PROVED = expected("planted_proof")


def from_text(out: str) -> list[Fault]:
    head = re.compile(r"^(\S+?)(?::(\d+))?(?::(\d+))?: (error|warning): .* \[(\S+)\]$", re.MULTILINE)
    return [fault(*match) for match in head.findall(out)]


def from_json(out: str) -> list[Fault]:
    return [fault(*(row[name] for name in Fault._fields)) for row in json.loads(out)["problems"]]


def from_jsonl(out: str) -> list[Fault]:
    return [fault(*(json.loads(line)[name] for name in Fault._fields)) for line in out.splitlines()]


def from_csv(out: str) -> list[Fault]:
    return [fault(*(row[name] for name in Fault._fields)) for row in csv.DictReader(io.StringIO(out, newline=""))]


def from_sarif(out: str) -> list[Fault]:
    (run,) = json.loads(out)["runs"]
    found = []
    for result in run["results"]:
        (place,) = (location["physicalLocation"] for location in result["locations"])
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        uri = unquote(place["artifactLocation"]["uri"])
        assert place["artifactLocation"]["uriBaseId"] == ("%SRCROOT%" if uri.startswith("chronology/") else "DOCUMENTS")
        region = place.get("region", {})
        assert region.get("startLine", 1) >= 1
        assert region.get("startColumn", 1) >= 1
        found.append((uri, region.get("startLine"), region.get("startColumn"), result["level"], result["ruleId"]))
    return [fault(uri.removeprefix("chronology/"), *rest) for uri, *rest in found]


def from_junit(out: str) -> list[Fault]:
    found = []
    for case in ET.fromstring(out).iter("testcase"):
        (told,) = case
        match = re.match(r"(\S+?)(?::(\d+))?(?::(\d+))?: (error|warning): ", told.text)
        assert case.get("classname").removeprefix("chronology/") == match[1]
        assert told.tag == {"error": "failure", "warning": "skipped"}[match[4]]
        found.append(fault(*match.groups(), told.get("type")))
    return found


READERS = {
    "text": from_text, "json": from_json, "jsonl": from_jsonl, "csv": from_csv, "sarif": from_sarif,
    "junit": from_junit,
}  # fmt: skip


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """The store, inside a repository of more than it; a folder where a file belongs is planted here."""
    (tmp_path / ".git").mkdir()
    store = Path(shutil.copytree(CASES / "planted", tmp_path / "chronology"))
    (store / "seeds" / "folder.yaml").mkdir()
    return store


@pytest.fixture
def proved(tmp_path: Path) -> tuple[str, ...]:
    """What proves the other store, inside a repository too."""
    (tmp_path / ".git").mkdir()
    store = shutil.copytree(CASES / "planted_proof", tmp_path / "chronology")
    return "verify", f"{store}/documents", "--store", str(store)


def test_each_rule_is_planted_once():
    proof = {slug for slug, rule in RULES.items() if rule.scope == PROOF}
    assert sorted(one.rule for one in EXPECTED) == sorted(set(RULES) - proof - UNPLANTED)
    assert sorted(one.rule for one in PROVED) == sorted(proof | {"unused-ignore"})
    assert all(RULES[one.rule].severity == one.severity for one in EXPECTED + PROVED)


@pytest.mark.parametrize("shape", READERS)
def test_every_format_tells_exactly_what_is_planted(chrono, planted, shape):
    ended = chrono("check", "--store", str(planted), "-f", shape, *ALL)
    assert (ended.code, ended.err) == (1, "")
    assert sorted(READERS[shape](ended.out)) == sorted(EXPECTED)


@pytest.mark.parametrize("shape", READERS)
def test_so_it_does_of_the_proof(chrono, proved, shape):
    ended = chrono(*proved, "-f", shape, *ALL)
    assert (ended.code, ended.err) == (1, "")
    assert sorted(READERS[shape](ended.out)) == sorted(PROVED)


ANNOTATION = re.compile(r"::(error|warning) title=chrono \((\S+)\),file=([^,:]+)(?:,line=(\d+))?(?:,col=(\d+))?::")


def from_github(out: str) -> list[Fault]:
    """The annotations, but for the notice that counts those left out."""
    told = [line for line in out.splitlines() if not line.startswith("::notice")]
    return [fault(m[3].removeprefix("chronology/"), m[4], m[5], m[1], m[2]) for m in map(ANNOTATION.match, told)]


def test_annotations_are_of_the_first_ten_errors_and_count_the_others(chrono, planted):
    out = chrono("check", "--store", str(planted), "-f", "github", *ALL).out
    errors = [one for one in EXPECTED if one.severity == "error"]
    warnings = len(EXPECTED) - len(errors)
    assert from_github(out) == errors[:10]
    assert out.splitlines()[-1] == (
        f"::notice title=chrono::and {len(errors) - 10} errors and {warnings} warnings more: "
        "`chrono check` tells them all"
    )


def test_each_is_annotated_where_there_are_ten(chrono, planted):
    """Asked for a few at a time."""
    rules = sorted({one.rule for one in EXPECTED})
    blind = [one.rule for one in EXPECTED if RULES[one.rule].scope == READING and one.severity == "error"]
    found: list[Fault] = []
    for begin in range(0, len(rules), 10):
        some = rules[begin : begin + 10]
        others = ",".join(rule for rule in blind if rule not in some)
        words = ("--select", ",".join(some), *(("--ignore", others) if others else ()))
        found += from_github(chrono("check", "--store", str(planted), "-f", "github", *words).out)
    assert sorted(found) == sorted(EXPECTED)


@pytest.mark.parametrize("planted_fault", first_of_each(EXPECTED, 12), ids=lambda one: one.rule)
def test_a_rule_that_is_selected_is_told_alone(chrono, planted, planted_fault):
    """Beside what could not be read, which hides things from any rule."""
    ended = chrono("check", "--store", str(planted), "-f", "json", "--select", planted_fault.rule)
    unread = {one for one in EXPECTED if RULES[one.rule].scope == READING and one.severity == "error"}
    assert set(from_json(ended.out)) == unread | {planted_fault}
    assert planted_fault not in from_json(
        chrono("check", "--store", str(planted), "-f", "json", "--ignore", planted_fault.rule).out
    )


@pytest.mark.parametrize("file", first_of_each(sorted({one.file for one in EXPECTED}), 3))
def test_a_file_that_is_named_is_told_with_what_hides_things(chrono, planted, file):
    ended = chrono("check", "--store", str(planted), "-f", "json", file, *ALL)
    wanted = [one for one in EXPECTED if one.file == file or one.rule in HIDING]
    assert sorted(from_json(ended.out)) == sorted(wanted)
    assert ended.code == any(one.severity == "error" for one in wanted)
