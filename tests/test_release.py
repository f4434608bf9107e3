"""A release says one version everywhere, holds what it needs, and installs as an action and as hooks do it."""

import os
import re
import shutil
import subprocess
import sys
import tomllib

import pytest
from conftest import ROOT
from test_ci import STEPS, bash, repository  # noqa: F401 - fixtures

from mali_chrono import __version__
from mali_chrono.cli.app import COMMANDS

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_the_version_stands_in_the_package_alone():
    assert "version" in PROJECT["project"]["dynamic"]
    assert PROJECT["tool"]["hatch"]["version"]["path"] == "mali_chrono/__init__.py"


def test_what_names_a_version_names_this_one():
    said = {
        "CITATION.cff": r"^version: (.*)$",
        "docs/ci.md": r"(?:chrono@v|rev: v)([0-9.]+)$",
    }
    for name, pattern in said.items():
        found = re.findall(pattern, (ROOT / name).read_text("utf-8"), re.MULTILINE)
        assert set(found) == {__version__}, name


def test_the_citation_is_as_its_schema_says():
    pytest.importorskip("check_jsonschema")
    words = ("--builtin-schema", "vendor.citation-file-format", ROOT / "CITATION.cff")
    done = subprocess.run([sys.executable, "-m", "check_jsonschema", *words], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


def test_an_sdist_holds_all_that_is_under_version_control():
    """Its tests run without a clone."""
    if not (ROOT / ".git").exists():
        pytest.skip("no clone")
    listed = subprocess.run(["git", "-C", ROOT, "ls-files"], capture_output=True, text=True, check=True)
    included = PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    tops = {line.partition("/")[0] for line in listed.stdout.splitlines()}
    left = {top for top in tops if f"/{top}" not in included and not top.endswith(".md")}
    # hatchling adds these by itself.
    assert left - {"pyproject.toml", ".gitignore"} == set()


# With pre-commit, pip and a registry: `.ci/release`.


@pytest.fixture(scope="session")
def hooks_folder(tmp_path_factory):
    """Where pre-commit keeps what it installed."""
    return tmp_path_factory.mktemp("hooks")


@pytest.fixture
def hook(bash, hooks_folder):  # noqa: F811
    """Run a hook of this repository as pre-commit does."""
    pytest.importorskip("pre_commit", reason="pre-commit is not installed")
    if not (ROOT / ".git").exists():
        pytest.skip("no clone to take hooks from")
    env = {key: value for key, value in os.environ.items() if key.startswith("PIP_")}

    def run(name, *args):
        words = f'"{sys.executable}" -m pre_commit try-repo "{ROOT}" {name} --verbose --all-files'
        return bash(words, PYTHONPATH=None, **env | {"PRE_COMMIT_HOME": str(hooks_folder)})

    return run


@pytest.mark.release
def test_the_hook_checks(hook, repository):  # noqa: F811
    done = hook("chrono-check")
    assert (done.returncode, "Passed" in done.stdout) == (0, True), done.stdout + done.stderr
    events = repository / "data" / "events.yaml"
    events.write_bytes(events.read_bytes().replace(b"killed: 12", b"killed: a few"))
    done = hook("chrono-check")
    assert (done.returncode, "data/events.yaml:10:16: error:" in done.stdout) == (1, True), done.stdout + done.stderr


@pytest.mark.release
def test_the_hook_proves(hook, repository):  # noqa: F811
    assert hook("chrono-verify").returncode == 0
    events = repository / "data" / "events.yaml"
    events.write_bytes(events.read_bytes().replace(b"killed: 12", b"killed: 13"))
    assert hook("chrono-verify").returncode == 1


@pytest.mark.release
def test_the_hook_lays_out(hook, repository):  # noqa: F811
    if "fmt" not in COMMANDS:
        pytest.skip("there is no fmt")
    events = repository / "data" / "events.yaml"
    fine = events.read_bytes()
    hook("chrono-fmt")
    laid_out = events.read_bytes()
    events.write_bytes(fine.replace(b"title: ", b"title:     "))
    assert hook("chrono-fmt").returncode == 1
    assert events.read_bytes() == laid_out
    assert hook("chrono-fmt").returncode == 0


@pytest.mark.release
def test_the_action_installs(bash, tmp_path):  # noqa: F811
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    path = f"{tmp_path / 'venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = bash(f"{STEPS['Install chrono']['run']}\nchrono --version", ACTION=str(ROOT), PATH=path, PYTHONPATH=None)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, f"chrono {__version__}"), done.stderr
    assert shutil.which("chrono", path=path).startswith(str(tmp_path))
