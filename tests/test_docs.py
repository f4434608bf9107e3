"""What README and docs/ show is what their commands print; `CHRONO_UPDATE_GOLDEN=1` writes them anew.

A block of console whose first line begins with `$ chrono` or `$ echo` is run, a page's blocks one after the other in
one folder: a command a line that begins with `$ `, under it what it prints; `$ cd FOLDER` goes there. `...` alone on a
line stands for lines left out. A page of BARE knows no store but those that it makes. A block
after `<!-- no-run -->`, or `<!-- no-run: why -->`, is not run; one with a program that is not installed is passed over.
"""

import itertools
import os
import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest
from conftest import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"(?P<mark><!-- no-run[^>]*-->\n)?```console\n(?P<body>\$ (?:chrono|echo) .*?)```", re.DOTALL)
COMMAND = re.compile(r"^\$ (.*)\n", re.MULTILINE)
BARE = ("tutorial.md",)
NAMED = "from the store: shipped-store", "from the store: shipped"


BETWEEN = ("|", "&&", ";")  # what stands between two programs


def split(line: str) -> list[str]:
    """The words of a line of a shell, and the marks between them."""
    words = shlex.shlex(line, posix=True, punctuation_chars=True)
    words.whitespace_split = True
    return list(words)


class Shell:
    """Runs a command line as a person does: in this process, or, where it takes more than chrono, in bash."""

    def __init__(self, chrono, process, chdir) -> None:
        self.chrono, self.process, self.chdir = chrono, process, chdir

    def lacks(self, line: str) -> list[str]:
        """The programs of a line that are not installed."""
        words = split(line)
        begun = [word for before, word in itertools.pairwise(["|", *words]) if before in BETWEEN]
        return [word for word in begun if word not in ("chrono", "cd") and not shutil.which(word)]

    def run(self, line: str) -> str:
        first, *rest = words = split(line)
        if first == "cd":
            self.chdir(*rest)
            return ""
        if first == "chrono" and not set(words) & {*BETWEEN, "<", ">", ">>"}:
            ended = self.chrono(*shlex.split(line)[1:])
            return (ended.out + ended.err).replace(*NAMED)
        script = f'chrono() {{ "{sys.executable}" -m mali_chrono "$@"; }}; {line}'
        done = self.process(
            "-c",
            script,
            program=("bash",),
            cwd=Path.cwd(),
            env={"CHRONO_STORE": os.environ.get("CHRONO_STORE"), "COLUMNS": "100"},
        )
        return (done.stdout + done.stderr).replace(*NAMED)


@pytest.fixture
def shell(chrono, process, monkeypatch, tmp_path, page):
    """A folder with the shipped store under the name that stands below its tables; a bare page's is empty."""
    folder = tmp_path / "folder"
    folder.mkdir()
    if page.name in BARE:
        monkeypatch.chdir(folder)
        monkeypatch.delenv("CHRONO_STORE")
        return Shell(chrono, process, monkeypatch.chdir)
    (folder / "shipped-store").symlink_to(ROOT, target_is_directory=True)
    (folder / "almanac").symlink_to(ROOT / "tests/cases/stores/calendars", target_is_directory=True)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("CHRONO_STORE", "shipped-store")
    return Shell(chrono, process, monkeypatch.chdir)


def says(shown: str, printed: str) -> bool:
    """Whether what a page shows is what was printed, `...` for any lines."""
    parts = re.split(r"^\.\.\.\n", shown, flags=re.MULTILINE)
    return bool(re.fullmatch(r"(?:.*\n)*?".join(map(re.escape, parts)), printed))


def renew(shell: Shell, match: re.Match[str]) -> str:
    """A block with what its commands print now."""
    _, *pairs = COMMAND.split(match["body"])
    commands, outputs = pairs[::2], pairs[1::2]
    if match["mark"] or any(map(shell.lacks, commands)):
        return match[0]
    body = ""
    for command, shown in zip(commands, outputs, strict=True):
        printed = shell.run(command)
        body += f"$ {command}\n{shown if says(shown, printed) else printed}"
    return f"```console\n{body}```"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_are_true(shell, page):
    text = page.read_text("utf-8")
    fresh = BLOCK.sub(lambda match: renew(shell, match), text)
    if os.environ.get("CHRONO_UPDATE_GOLDEN"):
        page.write_text(fresh, "utf-8")
        text = fresh
    assert fresh == text


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("chrono a 'b | c' | head -1", ["chrono", "a", "b | c", "|", "head", "-1"]),
        ("chrono a --expect '>=1'", ["chrono", "a", "--expect", ">=1"]),
        ("chrono a > b.csv && wc b.csv", ["chrono", "a", ">", "b.csv", "&&", "wc", "b.csv"]),
    ],
)
def test_a_line_is_read_as_a_shell_does(line, words):
    assert split(line) == words


def test_examples_are_found():
    text = (ROOT / "README.md").read_text("utf-8")
    assert len(BLOCK.findall(text)) >= 6
    assert len(BLOCK.findall(text)) == len(re.findall(r"^```console$", text, re.MULTILINE))


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n", "a\nb\n", False),
        ("a\n...\nd\n", "a\nb\nc\nd\n", True),
        ("a\n...\nd\n", "a\nd\n", True),
        ("...\nd\n", "a\nb\n", False),
        ("a\n...\n", "a\nb\n", True),
        ("a...\n", "a\nb\n", False),
        ("", "", True),
    ],
)
def test_three_points_stand_for_lines_left_out(shown, printed, same):
    assert says(shown, printed) is same


def test_every_command_is_named():
    from mali_chrono.cli.app import COMMANDS

    text = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in COMMANDS if f"chrono {name}" not in text] == []


def test_every_format_is_told():
    from mali_chrono.render.formats import FORMATS

    text = "".join(page.read_text("utf-8") for page in PAGES)
    assert [name for name in FORMATS if f"`{name}`" not in text] == []
    told = set(re.findall(r"`\.(\w+)`", text))
    assert {extension for format_ in FORMATS.values() for extension in format_.extensions} - told == {"mermaid"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target, anchor in re.findall(r"\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]+))?\)", page.read_text("utf-8")):
        file = (page.parent / target).resolve() if target else page
        assert file.exists(), target
        if anchor and file.suffix == ".md":
            heads = re.findall(r"^#+ (.*)$", file.read_text("utf-8"), re.MULTILINE)
            assert anchor in [re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads]


def test_readme_leads_to_every_page():
    text = (ROOT / "README.md").read_text("utf-8")
    assert [page.name for page in PAGES[1:] if f"(docs/{page.name})" not in text] == []
