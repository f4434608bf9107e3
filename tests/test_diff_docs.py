"""The examples of docs/diff.md, run in a repository made of the shipped store: `main` is a state before some edits.

`CHRONO_UPDATE_GOLDEN=1` writes them anew.
"""

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT, SEEDS
from test_docs import COMMAND, says

PAGE = ROOT / "docs" / "diff.md"
BLOCK = re.compile(
    r"(<!-- no-run: run by tests/test_diff_docs\.py[^>]*-->\n```console\n)(\$ chrono .*?)(```)", re.DOTALL
)
ABDUCTION = "gao-dubois-abduction"
# What `main` has instead of what the shipped store has.
BEFORE = (
    (f"2021-04-08-{ABDUCTION}", f"2021-05-05-{ABDUCTION}"),
    (f"{ABDUCTION}\n  date: 2021-04-08\n", f"{ABDUCTION}\n  date: 2021-05-05\n"),
    ("{killed: 84+, of: wagner, says: csp-dpa,", "{killed: 48, of: wagner, says: csp-dpa,"),
)
NEW = "2024-07-03-djiguibombo"  # an event that is not in main

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="no git")


@pytest.fixture
def repository(chrono, monkeypatch, tmp_path):
    folder = tmp_path / "mali"
    for name in ("data", "seeds"):
        shutil.copytree(ROOT / name, folder / name)
    path = folder / "data" / "events.yaml"
    text = now = path.read_text("utf-8")
    for new, old in BEFORE:
        assert new in text
        text = text.replace(new, old)
    text, cut = re.subn(rf"(?ms)^- id: {NEW}.*?(?=^- id: )", "", text)
    assert cut == 1
    path.write_text(text, "utf-8")
    person = ["-c", "user.name=Someone", "-c", "user.email=someone@example.org", "-c", "core.autocrlf=false"]
    dated = {**os.environ, "GIT_AUTHOR_DATE": "2025-01-01T00:00:00Z", "GIT_COMMITTER_DATE": "2025-01-01T00:00:00Z"}
    for words in ("init -q -b main", "add .", "commit -q -m before"):
        subprocess.run(["git", *person, *words.split()], cwd=folder, check=True, env=dated)
    path.write_text(now, "utf-8")
    if SEEDS.is_dir():
        (folder / "documents").symlink_to(SEEDS, target_is_directory=True)
    monkeypatch.chdir(folder)
    monkeypatch.delenv("CHRONO_STORE")
    return chrono


def test_examples_are_true(repository):
    text = PAGE.read_text("utf-8")

    def renew(match: re.Match[str]) -> str:
        _, *pairs = COMMAND.split(match[2])
        body = ""
        for command, shown in zip(pairs[::2], pairs[1::2], strict=True):
            if "documents" in command and not Path("documents").exists():
                return match[0]
            ended = repository(*shlex.split(command)[1:])
            assert ended.err == ""
            printed = re.sub(r"main \([0-9a-f]{7}\)", "main (0a1b2c3)", ended.out)
            body += f"$ {command}\n{shown if says(shown, printed) else printed}"
        return f"{match[1]}{body}{match[3]}"

    fresh, count = BLOCK.subn(renew, text)
    assert count == 4
    if os.environ.get("CHRONO_UPDATE_GOLDEN"):
        PAGE.write_text(fresh, "utf-8")
        text = fresh
    assert fresh == text
