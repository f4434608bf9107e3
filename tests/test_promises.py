"""Every promise of docs/promises.md names the tests that keep it, and they are there."""

import ast
import re
from functools import cache

import pytest
from conftest import ROOT

PAGE = (ROOT / "docs" / "promises.md").read_text("utf-8")
PROMISES = dict(re.findall(r"^- \*\*(.*?)\*\*(.*?)(?=^- |^#|\Z)", PAGE, re.DOTALL | re.MULTILINE))
KEEPER = re.compile(r"^  - `(tests/test_\w+\.py)::(test_\w+)`$", re.MULTILINE)


@cache
def defined_in(file: str) -> set[str]:
    """The tests that a file defines."""
    body = ast.parse((ROOT / file).read_text("utf-8")).body
    return {node.name for node in body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


@pytest.mark.parametrize("promise", PROMISES)
def test_a_promise_is_kept_by_tests_that_are_there(promise):
    keepers = KEEPER.findall(PROMISES[promise])
    assert keepers
    assert [f"{file}::{name}" for file, name in keepers if name not in defined_in(file)] == []


def test_the_page_is_read_as_it_is_written():
    assert len(PROMISES) == len(re.findall(r"^- ", PAGE, re.MULTILINE)) > 10
    assert len(KEEPER.findall(PAGE)) == PAGE.count("::test_") == len(re.findall(r"^  - ", PAGE, re.MULTILINE))


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_it_is_found(page):
    assert "(docs/promises.md)" in (ROOT / page).read_text("utf-8")
