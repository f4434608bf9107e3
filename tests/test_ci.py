"""What docs/ci.md, action.yml and the hooks say is true: each command runs on a repository, as it is written."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, first_of_each

PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(yaml|sh)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
TABLE = re.findall(r"\| `(chrono .*?)` \|$", PAGE, re.MULTILINE)
WRITTEN = [
    match[1]
    for _, block in BLOCKS
    for match in re.finditer(r"^ *(?:- )?(?:run: )?(chrono .*?)(?: \|\| failed=1)?$", block, re.MULTILINE)
]
SCRIPT = next(block for kind, block in BLOCKS if kind == "sh")
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"] if "run" in step}
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
DOCUMENT = """\
The Land Army keeps the country.
The Front has been a part of the Union since 2012.
The war has gone on since 2011.
On 1 May 2011 the Front raided the army in Town.
It said on 1 May 2011 that 12 soldiers were killed.

In June 2012 it raided the army near Town again; dozens were killed.
"""
pytestmark = pytest.mark.skipif(not (shutil.which("bash") and shutil.which("git")), reason="no bash or git")


def git(folder: Path, *words: str) -> str:
    settings = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", "-C", folder, *settings, *words], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def repository(good):
    """A repository with a store that its document proves; a title was edited between its two commits."""
    (good / "documents").mkdir()
    text = DOCUMENT + "\n" * (20 - DOCUMENT.count("\n"))
    (good / "documents" / "book.txt").write_bytes(text.encode())
    record, events = good / "seeds" / "book.yaml", good / "data" / "events.yaml"
    hashed = hashlib.sha256(text.encode()).hexdigest()
    record.write_bytes(re.sub(rb"sha256: .*", f"sha256: {hashed}".encode(), record.read_bytes()))
    git(good.parent, "init", "--quiet", "--initial-branch=main", str(good))
    for title in (b"A raid on Town", b"Front raids the army in Town"):
        events.write_bytes(re.sub(rb"(?<=title: ).*", title, events.read_bytes(), count=1))
        git(good, "add", "--all")
        git(good, "commit", "--quiet", "--message", title.decode())
    return good


@pytest.fixture
def bash(process, repository, tmp_path):
    """Run a script in the repository, where `chrono` is this one."""
    folder = tmp_path / "bin"
    folder.mkdir()
    chrono = folder / "chrono"
    chrono.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m mali_chrono "$@"\n', "utf-8")
    chrono.chmod(0o755)
    path = os.pathsep.join([str(folder), os.environ["PATH"]])

    def run(script, **env):
        # As GitHub runs a step.
        words = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c")
        return process(script, program=words, cwd=repository, env={"PATH": path, "CHRONO_STORE": None, **env})

    return run


def test_the_page_has_commands():
    assert len(TABLE) == 5
    assert len(WRITTEN) >= 12
    assert len(re.findall(r"\bchrono (?:check|fmt|timeline|verify|diff) ", "".join(b for _, b in BLOCKS))) == len(
        WRITTEN
    )


@pytest.mark.parametrize("command", first_of_each(sorted({*TABLE, *WRITTEN}), 2))
def test_a_command_of_the_page_is_fine_on_a_good_repository(bash, command):
    done = bash(command)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_script_is_fine_on_a_good_repository(bash, repository):
    done = bash(SCRIPT)
    assert (done.returncode, done.stderr) == (0, "")
    assert "A raid on Town" in (repository / "changes.md").read_text("utf-8")


def test_the_script_compares_with_no_commit_that_has_no_chronology(bash, repository):
    git(repository, "checkout", "--quiet", "--orphan", "first")
    git(repository, "commit", "--quiet", "--message", "first")
    done = bash(SCRIPT)
    assert (done.returncode, done.stderr, (repository / "changes.md").exists()) == (0, "", False)


@pytest.mark.slow
def test_the_script_asks_every_question_of_a_bad_one(bash, repository):
    events = repository / "data" / "events.yaml"
    events.write_bytes(events.read_bytes().replace(b"killed: 12", b"killed: 13"))
    done = bash(SCRIPT)
    assert (done.returncode, "13" in done.stdout, (repository / "changes.md").exists()) == (1, True, True)


# The action.

INPUTS = {name: given["default"] for name, given in ACTION["inputs"].items()}
EXPECT = "\n# a comment\ntimeline --since 2010 --expect '>=1'\nsummary --by year --count --expect ==2\n"


@pytest.fixture
def step(bash, tmp_path):
    """Run a step of the action with inputs, as its env says; gives how it ended, its outputs and the summary."""

    def run(name, base="", **given):
        inputs = INPUTS | given
        known = {f"inputs.{key}": value for key, value in inputs.items()}
        known |= {"github.action_path": str(ROOT), "runner.temp": str(tmp_path), "github.event.before": base}

        def value_of(match):
            return next((found for word in match[1].split("||") if (found := known.get(word.strip()))), "")

        env = {key: re.sub(r"\$\{\{(.*?)\}\}", value_of, value) for key, value in STEPS[name]["env"].items()}
        files = {key: tmp_path / key for key in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        done = bash(STEPS[name]["run"], GITHUB_ACTIONS="true", **{k: str(v) for k, v in files.items()}, **env)
        return done, *(file.read_text("utf-8") if file.exists() else "" for file in files.values())

    return run


def test_an_expression_stands_in_no_script():
    """What a pull request is called would else be run."""
    assert [name for name, one in STEPS.items() if "${{" in one["run"]] == []


@pytest.mark.parametrize("strict", ["true", "false"])
def test_the_action_checks(step, repository, strict):
    assert step("Check", strict=strict)[0].returncode == 0
    events = repository / "data" / "events.yaml"
    events.write_bytes(events.read_bytes() + b"  note: cut #off\n")
    assert step("Check", strict=strict)[0].returncode == (1 if strict == "true" else 0)


def test_the_action_checks_a_store_in_a_folder(step, repository):
    (repository / "history").mkdir()
    for part in ("data", "seeds"):
        shutil.move(repository / part, repository / "history" / part)
    assert step("Check", store="history")[0].returncode == 0
    assert step("Check", store="nowhere")[0].returncode == 2


def test_the_action_holds_expectations(step):
    done, *_ = step("Expectations", expect=EXPECT)
    assert (done.returncode, done.stdout.count("holds: chrono")) == (0, 2)
    wrong = EXPECT.replace("==2", "==100%") + "at nonsense --expect 1\ntimeline --count --expect=..9\n"
    done, *_ = step("Expectations", expect=wrong)
    assert (done.returncode, done.stdout.count("holds: chrono")) == (1, 2)
    assert "::error title=chrono::does not hold: chrono at nonsense --expect 1\n" in done.stdout
    assert "--expect ==100%25\n" in done.stdout


@pytest.mark.parametrize(
    "line", first_of_each(["timeline --since 2090", "check --strict", "timeline --match=--expected 100%"], 3)
)
def test_a_line_that_expects_nothing_is_an_error(step, line):
    """Whatever it counted, it held."""
    done, *_ = step("Expectations", expect=f"{EXPECT}{line}\n{EXPECT}")
    told = f"::error title=chrono::nothing is expected (the line has no --expect): chrono {line.replace('%', '%25')}\n"
    assert (done.returncode, done.stdout.count("holds: chrono"), told in done.stdout) == (1, 4, True)


def test_what_the_page_expects_holds(step):
    (lines,) = re.findall(r"^ +expect: \|\n((?: {12}.*\n)+)", PAGE, re.MULTILINE)
    done, *_ = step("Expectations", expect=textwrap.dedent(lines))
    assert (done.returncode, done.stdout.count("holds: chrono")) == (0, 2)


HACKS = ["timeline --count --expect 1; touch hacked", "timeline $(touch hacked) `touch hacked` --expect 1"]


def test_an_expectation_runs_nothing(step, repository):
    done, *_ = step("Expectations", expect="\n".join(HACKS))
    assert (done.returncode, (repository / "hacked").exists()) == (1, False)
    assert done.stdout.count("does not hold") == len(HACKS)


def test_the_action_tells_what_changed(step, tmp_path):
    done, outputs, summary = step("What changed", base="HEAD~1")
    assert (done.returncode, outputs) == (0, f"comment={tmp_path}/chrono-diff.md\n")
    assert summary == (tmp_path / "chrono-diff.md").read_text("utf-8")
    assert "A raid on Town" in summary


def test_a_change_that_mends_the_base_passes(step, repository):
    events = repository / "data" / "events.yaml"
    whole = events.read_bytes()
    events.write_bytes(whole.replace(b"date: 2012-06", b"date: 2012-13"))
    git(repository, "commit", "--quiet", "--all", "--message", "wrong")
    events.write_bytes(whole)
    done, outputs, summary = step("What changed", base="HEAD")
    assert (done.returncode, outputs.startswith("comment=")) == (0, True)
    assert "month 13" in summary


def test_a_change_that_breaks_the_store_is_told_all_the_same(step, repository):
    events = repository / "data" / "events.yaml"
    events.write_bytes(events.read_bytes().replace(b"date: 2012-06", b"date: 2012-13"))
    done, outputs, summary = step("What changed", base="HEAD~1")
    assert (done.returncode, outputs.startswith("comment=")) == (1, True)
    assert "A raid on Town" in summary
    assert "month 13" in summary


def test_without_a_change_there_is_no_comment(step, tmp_path):
    (tmp_path / "chrono-diff.md").write_text("of another run\n", "utf-8")
    done, *written = step("What changed", base="HEAD")
    assert (done.returncode, written) == (0, ["", ""])


def test_what_diff_refuses_fails_without_a_comment(step, repository, tmp_path):
    (tmp_path / "chrono-diff.md").write_text("of another run\n", "utf-8")
    shutil.rmtree(repository / "data")
    done, *written = step("What changed", base="HEAD")
    assert (done.returncode, written) == (2, ["", ""])


def test_a_change_that_loses_the_types_is_told(step, repository):
    (repository / "data" / "types.yaml").unlink()
    done, outputs, summary = step("What changed", base="HEAD")
    assert (done.returncode, outputs.startswith("comment=")) == (1, True)
    assert "a store has the types of its events in data/types.yaml" in summary


@pytest.mark.parametrize("lost", [["data", "seeds"], ["data/types.yaml"], ["data/events.yaml"]])
def test_a_base_without_a_store_is_nothing_to_compare_with(step, repository, lost):
    """A pull request that adds the chronology, or moves its folder."""
    git(repository, "rm", "-r", "--quiet", "--cached", *lost)
    git(repository, "commit", "--quiet", "--message", "none")
    done, *written = step("What changed", base="HEAD")
    assert (done.returncode, written) == (0, ["", ""])
    assert done.stdout.startswith("::notice title=chrono::nothing to compare with: no chronology in '.' at 'HEAD'")


def test_a_store_in_a_folder_is_compared_with_what_it_was_there(step, repository):
    (repository / "history").mkdir()
    for part in ("data", "seeds"):
        git(repository, "mv", part, f"history/{part}")
    assert step("What changed", base="HEAD", store="history")[0].stdout.startswith("::notice")
    git(repository, "commit", "--quiet", "--message", "moved")
    events = repository / "history" / "data" / "events.yaml"
    events.write_bytes(events.read_bytes().replace(b"killed: 12", b"killed: 13"))
    done, _, summary = step("What changed", base="HEAD", store="history")
    assert (done.returncode, "12 → 13" in summary) == (0, True)


@pytest.mark.parametrize("base", ["", "0" * 40, "--help", "no such branch"])
def test_without_a_base_nothing_is_compared(bash, step, base):
    script = STEPS["What changed"]["run"].replace("chrono diff", "false")
    done = bash(script, BASE=base, STORE=".", COMMENT="c.md", GITHUB_OUTPUT="o", GITHUB_STEP_SUMMARY="s")
    assert (done.returncode, done.stdout.startswith("::notice title=chrono::")) == (0, True)


def test_the_action_proves(step, repository):
    assert step("Proof", documents="documents")[0].returncode == 0
    events = repository / "data" / "events.yaml"
    events.write_bytes(events.read_bytes().replace(b"killed: 12", b"killed: 13"))
    assert step("Proof", documents="documents")[0].returncode == 1


# The hooks.


def test_the_hooks_are_commands():
    assert [hook["id"] for hook in HOOKS] == ["chrono-check", "chrono-fmt", "chrono-verify"]
    for hook in HOOKS:
        assert hook["entry"] == hook["id"].replace("-", " ")
        assert (hook["language"], hook["pass_filenames"], hook["require_serial"]) == ("python", False, True)


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("data/events.yaml", True),
        ("data/events/2024/a.yml", True),
        ("seeds/book.yaml", True),
        ("history/data/types.yaml", True),
        ("README.md", False),
        ("mydata/events.yaml", False),
    ],
)
def test_a_hook_runs_for_files_of_a_store(path, asked):
    assert {bool(re.search(hook["files"], path)) for hook in HOOKS} == {asked}


# What others read.


@pytest.mark.parametrize(
    ("schema", "text"),
    first_of_each(
        [
            ("github-actions", (ROOT / "action.yml").read_text("utf-8")),
            ("github-workflows", (ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8")),
            *(("github-workflows", block) for _, block in BLOCKS if "runs-on:" in block),
            *(("gitlab-ci", block) for _, block in BLOCKS if "before_script:" in block),
        ],
        2,
    ),
)
def test_a_file_of_a_ci_is_as_its_schema_says(tmp_path, schema, text):
    pytest.importorskip("check_jsonschema")
    (tmp_path / "file.yaml").write_text(text, "utf-8")
    words = ("-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(tmp_path / "file.yaml"))
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "ok -- validation done\n")
