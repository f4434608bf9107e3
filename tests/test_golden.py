"""Every shape of an answer, to the letter: what cases/sample gives is kept under cases/golden.

`CHRONO_UPDATE_GOLDEN=1 pytest tests/test_golden.py` writes the files anew; read the difference before keeping it.
"""

import os

import pytest
from conftest import CASES

from mali_chrono.cli.environment import Terminal

GOLDEN = CASES / "golden"
EVENTS = ("2011-05-01-town-raid", "2012-06-town-raid", "2012-07-25-battle")
CASES_OF = {
    **{f"timeline-{shape}": ("timeline", "-f", shape) for shape in ("plain", "json", "jsonl", "csv", "md")},
    **{f"show-{shape}": ("show", *EVENTS, "-f", shape) for shape in ("plain", "json")},
    "timeline-window.json": ("timeline", "--in", "2012", "-f", "json"),
}
WIDTHS = (40, 80, 120, 200)


def compare(name: str, text: str) -> None:
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("CHRONO_UPDATE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8")


@pytest.fixture
def sample(monkeypatch):
    # The store's own path stands in json and under tables: ask for it by a name that is the same everywhere.
    monkeypatch.chdir(CASES)
    return ("--store", "sample")


@pytest.mark.parametrize("name", CASES_OF)
def test_shape(chrono, sample, name):
    ended = chrono(*CASES_OF[name], *sample)
    assert (ended.code, ended.err) == (0, "")
    compare(name, ended.out)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("name", "args"), [("timeline", ("timeline", "--until", "2013")), ("show", ("show", *EVENTS))])
def test_terminal(chrono, sample, monkeypatch, name, args, width):
    look = Terminal(width, color=False, unicode=True)
    monkeypatch.setattr("mali_chrono.cli.request.terminal", lambda color, to_file: look)
    ended = chrono(*args, *sample)
    assert (ended.code, ended.err) == (0, "")
    compare(f"{name}-{width}", ended.out)


def test_problems(chrono, monkeypatch):
    monkeypatch.chdir(CASES)
    ended = chrono("check", "--store", "wrong")
    assert ended.code == 1
    compare("check", ended.out)


@pytest.mark.parametrize(
    "command", [(), ("timeline",), ("show",), ("check",)], ids=lambda words: "-".join(words) or "chrono"
)
def test_help(chrono, command):
    ended = chrono(*command, "--help")
    assert (ended.code, ended.err) == (0, "")
    compare("-".join(("help", *command)), ended.out)
