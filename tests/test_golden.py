"""Every shape of an answer, to the letter: what cases/sample gives is kept under cases/golden.
`CHRONO_UPDATE_GOLDEN=1` writes the files anew.
"""

import pytest
from conftest import CASES
from helpers.golden import compare

EVENTS = ("2011-05-01-town-raid", "2012-06-town-raid", "2012-07-25-battle")
CASES_OF = {
    **{f"timeline-{shape}": ("timeline", "-f", shape) for shape in ("plain", "json", "jsonl", "csv", "md")},
    **{f"show-{shape}": ("show", *EVENTS, "-f", shape) for shape in ("plain", "json")},
    "timeline-window.json": ("timeline", "--in", "2012", "-f", "json"),
}
WIDTHS = (40, 80, 120, 200)


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
def test_terminal(chrono, sample, terminal, name, args, width):
    terminal(width)
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
