"""README's examples are what their commands print; `CHRONO_UPDATE_GOLDEN=1` writes them anew."""

import os
import re
import shlex

import pytest
from conftest import ROOT

README = ROOT / "README.md"
BLOCK = re.compile(r"```console\n\$ (?P<command>chrono [^\n]*)\n(?P<output>.*?)```", re.DOTALL)


def printed(chrono, command: str) -> str:
    ended = chrono(*shlex.split(command)[1:], "--store", "shipped-store")
    return ended.out


@pytest.fixture
def shipped(monkeypatch, tmp_path):
    """The shipped store under the name that stands below its tables."""
    (tmp_path / "shipped-store").symlink_to(ROOT, target_is_directory=True)
    monkeypatch.chdir(tmp_path)


def test_examples_are_true(chrono, shipped):
    text = README.read_text("utf-8")

    def true(match: re.Match[str]) -> str:
        output = printed(chrono, match["command"]).replace("from the store: shipped-store", "from the store: shipped")
        return f"```console\n$ {match['command']}\n{output}```"

    fresh = BLOCK.sub(true, text)
    if os.environ.get("CHRONO_UPDATE_GOLDEN"):
        README.write_text(fresh, "utf-8")
        text = fresh
    assert len(BLOCK.findall(text)) >= 6
    assert fresh == text


def test_every_command_is_named():
    from mali_chrono.cli.app import COMMANDS

    text = README.read_text("utf-8")
    assert [name for name in COMMANDS if f"chrono {name}" not in text] == []
