"""Every shape of an answer, to the letter: what cases/sample gives is kept under cases/golden.
`CHRONO_UPDATE_GOLDEN=1` writes the files anew.
"""

import re

import pytest
from conftest import CASES
from helpers.golden import compare

from mali_chrono.cli.app import COMMANDS

EVENTS = ("2011-05-01-town-raid", "2012-06-town-raid", "2012-07-25-battle")
RECORDS = {"actor": "front", "place": "town", "period": "war", "source": "book", "type": "armed-clash"}
YEARS = ("summary", "--by", "year", "--since", "2011")
CROSS = ("summary", "--by", "year,type", "--since", "2011")
DAY = ("at", "2012-07-26")
# What each command prints in each format: golden file -> words.
PRINTED = {
    **{f"timeline-{shape}": ("timeline", "-f", shape) for shape in ("plain", "json", "jsonl", "csv", "tsv", "md")},
    **{f"show-{shape}": ("show", *EVENTS, "-f", shape) for shape in ("plain", "json", "jsonl", "csv", "md")},
    "timeline-window.json": ("timeline", "--in", "2012", "-f", "json"),
    **{f"show-{kind}": ("show", ident) for kind, ident in RECORDS.items()},
    "show-records-json": ("show", *RECORDS.values(), "-f", "json"),
    **{f"list-{kind}": ("list", kind) for kind in ("actors", "periods", "roles")},
    **{f"list-places-{shape}": ("list", "places", "-f", shape) for shape in ("json", "csv", "md")},
    **{f"summary-{shape}": (*YEARS, "-f", shape) for shape in ("plain", "json", "jsonl", "csv", "md")},
    **{f"cross-{shape}": (*CROSS, "-f", shape) for shape in ("plain", "json", "jsonl", "csv", "md")},
    "summary-of-actors": ("summary", "--by", "actor", "--sum", "killed,wounded", "--of", "forces"),
    "summary-of-ages": ("summary", "--by", "century"),
    **{f"at-{shape}": (*DAY, "-f", shape) for shape in ("plain", "json", "jsonl", "csv", "md")},
    "at-nothing": ("at", "500 BC"),
    "sources": ("source",),
    "source": ("source", "book"),
    **{f"source-{shape}": ("source", "book", "-f", shape) for shape in ("json", "jsonl", "csv", "md")},
    **{f"actor-front-{shape}": ("actor", "front", "-f", shape) for shape in ("jsonl", "csv")},
    **{f"lineage-sample-{shape}": ("lineage", "-f", shape) for shape in ("table", "plain", "csv", "jsonl", "md")},
}
# And what on a terminal: golden file -> words, widths.
DRAWN = {
    "timeline": (("timeline", "--until", "2013"), (40, 80, 120, 200)),
    "timeline-window": (("timeline", "--in", "2012-06-20"), (80,)),
    "show": (("show", *EVENTS), (40, 80, 120, 200)),
    "show-records": (("show", *RECORDS.values()), (80,)),
    "list-types": (("list", "types"), (80,)),
    "summary": (YEARS, (80, 120)),
    "bars-of-dead": (("summary", "--by", "place", "--sum", "killed"), (80,)),
    "cross": (CROSS, (80, 120)),
    "cross-of-dead": (("summary", "--by", "category,actor", "--sum", "killed"), (80, 120)),
    "at": (DAY, (80,)),
    "source": (("source", "book"), (80,)),
}


@pytest.fixture
def sample(monkeypatch):
    # The store's own path stands in json and under tables: ask for it by a name that is the same everywhere.
    monkeypatch.chdir(CASES)
    return ("--store", "sample")


@pytest.mark.parametrize("name", PRINTED)
def test_printed(chrono, sample, name):
    ended = chrono(*PRINTED[name], *sample)
    assert (ended.code, ended.err) == (0, "")
    compare(name, ended.out)


@pytest.mark.parametrize(("name", "width"), [(name, width) for name, (_, widths) in DRAWN.items() for width in widths])
def test_drawn_on_a_terminal(chrono, sample, terminal, name, width):
    terminal(width)
    ended = chrono(*DRAWN[name][0], *sample)
    assert (ended.code, ended.err) == (0, "")
    assert max(map(len, ended.out.splitlines())) <= width
    compare(f"{name}-{width}", ended.out)


@pytest.mark.parametrize("shape", ["text", "verbose", "json", "csv", "plain", "md"])
def test_proof(chrono, sample, shape):
    """The document prints 145 where the battle has 154+, and two dates that no entry has."""
    options = {"text": (), "verbose": ("-v",)}.get(shape, ("-f", shape))
    ended = chrono("verify", "documents", *options, *sample)
    assert (ended.code, ended.err) == (1, "")
    compare(f"verify-{shape}", ended.out)


@pytest.mark.parametrize("shape", ["text", "plain", "json", "md"])
def test_problems(chrono, monkeypatch, shape):
    monkeypatch.chdir(CASES)
    ended = chrono("check", "--store", "wrong", "-f", shape)
    assert ended.code == 1
    compare("check" if shape == "text" else f"check-{shape}", ended.out)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help(chrono, command):
    ended = chrono(*command.split(), "--help")
    assert (ended.code, ended.err) == (0, "")
    usage, rest = ended.out.split("\n", 1)
    usage = re.sub(r" ([A-Z]+(?:\.\.\.)?)$", r" {\1}", usage)  # Typer 0.26 writes no braces round what must be given
    compare("-".join(["help", *command.split()]), f"{usage}\n{rest}")
