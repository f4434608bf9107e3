"""What `check` and `verify` write for other programs, held against the schemas that those go by: `.ci/readers`.

`CHRONO_SARIF_SCHEMA` is a file with the schema of SARIF 2.1.0 (OASIS; in the npm package @microsoft/jest-sarif),
`CHRONO_JUNIT_XSD` junit-10.xsd of Jenkins' xUnit plugin (in pytest's source distribution).
"""

import json
import os
import shutil
from pathlib import Path

import pytest
from conftest import CASES

pytestmark = pytest.mark.readers

ANSWERS = {
    "nothing wrong": "check --store {cases}/good",
    "three errors": "check --store {cases}/wrong",
    "one of each rule": "check --store {planted}",
    "warnings as errors": "check --strict --store {planted}",
    "one of each rule of the proof": "verify {cases}/planted_proof/documents --store {cases}/planted_proof",
    "texts that are hostile": "verify {cases}/hostile/documents --store {cases}/hostile",
}


def schema(name: str) -> Path:
    path = os.environ.get(name)
    if not path:
        pytest.skip(f"{name} names no schema")
    return Path(path)


@pytest.fixture(params=ANSWERS)
def answer(request, chrono, lenient, tmp_path):
    """Write an answer in a format; nobody's paths are in it."""
    planted = shutil.copytree(CASES / "planted", tmp_path / "planted")
    line = ANSWERS[request.param].format(cases=CASES, planted=planted)

    def write(shape: str) -> str:
        ended = chrono(*line.split(), "-f", shape)
        assert ended.err == ""
        assert str(tmp_path) not in ended.out
        return ended.out

    return write


def test_a_log_is_valid_sarif(answer):
    jsonschema = pytest.importorskip("jsonschema")
    wanted = json.loads(schema("CHRONO_SARIF_SCHEMA").read_text("utf-8-sig"))
    checker = jsonschema.validators.validator_for(wanted)(wanted, format_checker=jsonschema.FormatChecker())
    assert [error.message for error in checker.iter_errors(json.loads(answer("sarif")))] == []
    assert checker.is_valid({"version": "2.1.0", "runs": [{}]}) is False


def test_a_report_is_valid_junit(answer):
    etree = pytest.importorskip("lxml.etree")
    wanted = etree.XMLSchema(etree.parse(schema("CHRONO_JUNIT_XSD")))
    wanted.assertValid(etree.fromstring(answer("junit").encode("utf-8")))
    assert not wanted.validate(etree.fromstring("<testsuites><testcase/></testsuites>"))
