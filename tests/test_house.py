"""What is written twice, once for people or for the command line, says the same: the map, the filters, the version."""

import hashlib
import json
import re
import tomllib

import pytest
from conftest import CASES, ROOT

from mali_chrono.answers.filters import Filters
from mali_chrono.cli.options import FilterOptions
from mali_chrono.cli.request import read_filters
from mali_chrono.index import schema
from mali_chrono.index.fields import fields_of
from mali_chrono.index.version import VERSION
from mali_chrono.store.vocabulary import usual

KEPT = CASES / "index_tables.json"


def test_the_tables_change_together_with_their_version():
    """When they change, raise VERSION, then write the new fingerprint into tests/cases/index_tables.json."""
    fingerprint = hashlib.sha256("\n".join(schema.statements(fields_of(usual().tolls).stored)).encode()).hexdigest()
    kept = json.loads(KEPT.read_text("utf-8"))
    if fingerprint != kept["fingerprint"]:
        assert kept["version"] != VERSION, "the index's tables changed: raise VERSION"
    assert kept == {"version": VERSION, "fingerprint": fingerprint}, f"keep the new version's in {KEPT.name}"


# What the command line calls otherwise, or takes apart.
TYPED = {"since": "when", "until": "when", "in_": "when", "today": "when", "exclude": "excluded", "min": "least"}
OF_OLD = {"no_members", "min_killed"}
NOT_TYPED = {"window"}


def test_options_and_filters_name_the_same_things():
    options = {TYPED.get(name, name) for name in FilterOptions._fields if name not in OF_OLD}
    assert options == set(Filters._fields) - NOT_TYPED


@pytest.mark.parametrize("name", [name for name in FilterOptions._fields if name not in {*OF_OLD, "today"}])
def test_every_option_reaches_its_filter(name):
    usual = FilterOptions._field_defaults[name]
    value = {False: True, None: ["type=x"], "date": "killed"}[usual]
    value = {"limit": 3, "min": ["killed=3"]}.get(name, value)
    plain, asked = (read_filters(FilterOptions(today="2020-01-01", **given)) for given in ({}, {name: value}))
    changed = [field for field in Filters._fields if getattr(plain, field) != getattr(asked, field)]
    assert changed == [TYPED.get(name, name)]


def _map() -> dict[str, set[str]]:
    """The modules that CONTRIBUTING's map names, by folder; those beside the folders under an empty name."""
    rows = re.findall(
        r"^\| (beside them|`(\w+)/`) \| (.*) \|$", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.MULTILINE
    )
    return {folder: set(re.findall(r"`(\w+\.py)`", modules)) for _, folder, modules in rows}


def test_the_map_names_every_module_and_no_other():
    package = ROOT / "mali_chrono"
    there: dict[str, set[str]] = {}
    for path in package.rglob("*.py"):
        if not path.name.startswith("__"):
            folder = path.relative_to(package).parts[0] if path.parent != package else ""
            there.setdefault(folder, set()).add(path.name)
    assert _map() == there


def test_no_bound_value_has_a_number():
    """Some Pythons (3.12.1 is one) take a numbered mark with a sequence of values for a mistake, and warn of it."""
    code = {path.name: path.read_text("utf-8") for path in (ROOT / "mali_chrono").rglob("*.py")}
    assert [name for name, text in code.items() if re.search(r"[=<>(,] *\?[0-9]", text)] == []


def test_whatever_the_tests_need_is_pinned():
    """`.ci/constraints.txt` is made anew when the test extra changes; its first lines say how."""
    pinned = re.findall(r"^([\w.-]+)==", (ROOT / ".ci" / "constraints.txt").read_text("utf-8"), re.MULTILINE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    names = {re.split(r"[^\w.-]", wanted)[0] for wanted in asked}
    assert {_normal(name) for name in names} <= {_normal(name) for name in pinned}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
