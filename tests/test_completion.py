"""What the Tab key offers, and that nothing of a store runs or breaks anything in a shell."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import CASES, IMPORTS, ROOT
from helpers.shells import Shell

from mali_chrono.cli.completion import MANY, complete
from mali_chrono.cli.tab import Line, Tab, mute, read_line, write_tab
from mali_chrono.store.vocabulary import usual

ROLES, TOLL_KINDS = tuple(role.id for role in usual().roles), usual().toll_kinds

BREAKS = " \t\n\"'@><=;|&(:"
# Names and outlets that a store may hold: its ids are letters, digits and hyphens.
HOSTILE = [
    "a\\$(touch pwned)", 'b"`touch pwned`"', "c'$(touch pwned)'", "d`touch pwned`", "e; touch pwned #",
    "f && touch pwned", "g * ?[a]", "h !! !$", "i\\", "j \\$(touch pwned) it's \"q\"", "k:l=m", "m\nn", "~root",
    "-rf", "$HOME", "=ls", "{a,b}", "<(touch pwned)", "%s%n", "o\ttab", "q (p)",
]  # fmt: skip


@pytest.fixture
def tab(chrono, monkeypatch):
    """What is offered after a command line, with what it is; a list of lines for bash."""

    def run(line: str, shell: str = "fish") -> list:
        monkeypatch.setenv("_CHRONO_COMPLETE", shell)
        monkeypatch.setenv("_CHRONO_LINE", line)
        monkeypatch.setenv("_CHRONO_BREAKS", BREAKS)
        ended = chrono()
        assert (ended.code, ended.err) == (0, "")
        how, *lines = ended.out.splitlines()
        return [how, *lines] if shell != "fish" else [how, *(tuple(text.split("\t")) for text in lines)]

    return run


def values(offered: list) -> list[str]:
    return [value for value, _ in offered[1:]]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("chrono timel", ["timeline"]),
        ("chrono import x.csv --as ", ["acled", "gdelt", "ucdp-ged"]),
        ("chrono TIMEL", ["timeline"]),
        ("chrono help sum", ["summary"]),
        ("chrono --vers", ["--version"]),
        ("chrono --show-completion z", ["zsh"]),
        ("chrono timeline --min", ["--min"]),
        ("chrono timeline --min k", ["killed="]),
        ("chrono timeline --actor jni", ["jnim"]),
        ("chrono timeline --actor=JNI", ["--actor=jnim"]),
        ("chrono timeline --actor gsim", ["jnim"]),
        ("chrono timeline --actor jnim:perp", ["jnim:perpetrator"]),
        ("chrono timeline --with 'Wagner Group:tar", ["Wagner Group:target"]),
        ("chrono timeline --place gao:5", ["gao:50km"]),
        ("chrono timeline --region bur", ["Burkina Faso"]),
        ("chrono timeline --outlet welle", ["Deutsche Welle"]),
        ("chrono timeline --exclude ac", ["actor="]),
        ("chrono new peri", ["period"]),
        ("chrono new event ti", ["title="]),
        ("chrono new event actor=jni", ["actor=jnim"]),
        ("chrono new event actor=jnim:perp", ["actor=jnim:perpetrator"]),
        ("chrono new event date=2020 place=tinz", ["place=tinzaouaten"]),
        ("chrono new event type=armed-cl", ["type=armed-clash"]),
        ("chrono new event cite=cep", ["cite=cep-mali:"]),
        ("chrono new actor kind=miss", ["kind=mission"]),
        ("chrono new event no=x", []),
        ("chrono edit 2024-07-25-tinz", ["2024-07-25-tinzaouaten-ambush"]),
        ("chrono timeline --exclude region=burk", ["region=Burkina Faso"]),
        ("chrono timeline --exclude type=armed-cl", ["type=armed-clash"]),
        ("chrono timeline --exclude id=2024-07-25-tin", ["id=2024-07-25-tinzaouaten-ambush"]),
        ("chrono timeline --exclude nothing=x", []),
        ("chrono timeline --type explo", ["explosions", "remote-explosive"]),
        ("chrono timeline --sort wo", ["wounded"]),
        ("chrono compare rows.csv --as ac", ["acled"]),
        ("chrono compare rows.csv --fields ev", ["event", "events"]),
        ("chrono compare rows.csv --fields wounded_", ["wounded_event", "wounded_row"]),
        ("chrono timeline --fields id,ti", ["id,time", "id,title"]),
        ("chrono timeline --fields id,time,ti", ["id,time,title"]),
        ("chrono actor --fields na", ["name"]),
        ("chrono summary --fields ev", ["events"]),
        ("chrono summary --by actor --sum wounded --fields wounded_l", ["wounded_low"]),
        ("chrono summary --by ye", ["year"]),
        ("chrono summary --by year,ca", ["year,category"]),
        ("chrono summary --sum killed,wo", ["killed,wounded"]),
        ("chrono summary --of att", ["attackers", "amadou-toumani-toure"]),
        ("chrono summary --of wagn", ["wagner"]),
        ("chrono timeline --since yes", ["yesterday"]),
        ("chrono timeline --until 'last m", ["last month"]),
        ("chrono timeline --in mali-w", ["mali-war"]),
        ("chrono show 2024-07-25-tin", ["2024-07-25-tinzaouaten-ambush"]),
        ("chrono show period:mali-w", ["period:mali-war"]),
        ("chrono show jnim fama 2024-07-25-tin", ["2024-07-25-tinzaouaten-ambush"]),
        ("chrono lineage jni", ["jnim"]),
        ("chrono lineage --color nev", ["never"]),
        ("chrono lineage jnim fam", []),
        ("chrono source cep", ["cep-mali"]),
        ("chrono timeline -n ", []),
        ("chrono timeline -m wag", []),
        ("chrono timeline --actor nobody-at-all", []),
        ("chrono timeline --nothing wag", []),
        ("chrono nothing wag", []),
    ],
)  # fmt: skip
def test_what_is_offered(tab, line, offered):
    assert values(tab(line)) == offered


def test_a_name_is_offered_by_any_word_of_it(tab):
    assert ("ibrahim-boubacar-keita", "Ibrahim Boubacar Keïta") in tab("chrono timeline --actor keita")
    assert ("ibrahim-boubacar-keita", "Ibrahim Boubacar Keïta") in tab("chrono timeline --actor KEÏTA")
    assert tab("chrono timeline --actor keita")[0] == "menu"


@pytest.mark.parametrize(
    ("line", "paths"),
    [
        ("chrono timeline -o x", "files"),
        ("chrono timeline --output=x", "files"),
        ("chrono timeline --store ", "folders"),
        ("chrono verify ", "folders"),
        ("chrono fmt ", "files"),
        ("chrono verify -o ", "files"),
        ("chrono timeline > x", "files"),
        ("chrono timeline >x", "files"),
    ],
)
def test_names_of_files_only_where_one_is_meant(tab, line, paths):
    assert tab(line) == [paths]


def test_all_of_a_kind_and_date_words_before_periods(tab):
    assert values(tab("chrono timeline --sort ")) == ["date", *sorted(TOLL_KINDS)]
    assert {f"jnim:{role}" for role in ROLES} == set(values(tab("chrono timeline --actor jnim:")))
    offered = values(tab("chrono timeline --in "))
    assert offered[:2] == ["today", "yesterday"]
    assert "30d" in offered[:12]
    assert "mali-war" in offered[12:]
    assert tab("chrono timeline --exclude ")[0] == "open"


def test_many_ids_are_offered_by_their_beginnings(tab):
    offered = values(tab("chrono show "))
    assert "2024-" in offered
    assert len(offered) < 2 * MANY
    assert "2024-07-25-tinzaouaten-ambush" in values(tab("chrono show 2024-07"))


def test_the_store_that_is_typed_is_asked(tab):
    assert values(tab(f"chrono timeline --store {CASES / 'good'} --actor ")) == ["army", "front", "union"]
    assert values(tab(f"chrono timeline --store={CASES / 'good'} --actor PF")) == ["front"]
    assert values(tab(f"chrono timeline --store {CASES / 'wrong'} --actor ")) == []
    assert values(tab("chrono timeline --store /nowhere --actor ")) == []


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("chrono timeline --outlet deuts", ["-", "Deutsche\\ Welle"]),
        ("chrono timeline --outlet deutsche\\ w", ["-", "Deutsche\\ Welle"]),
        ('chrono timeline --outlet "deuts', ["-", "Deutsche Welle"]),
        ("chrono timeline --outlet='Deutsche W", ["-", "Deutsche Welle"]),
        ("chrono timeline --actor jnim:pe", ["-", "perpetrator"]),
        ("chrono timeline --actor=jnim:pe", ["-", "perpetrator"]),
        ("chrono timeline --exclude actor=jni", ["-", "jnim"]),
        ("chrono timeline --actor=", None),
    ],
)
def test_bash_gets_what_stands_after_its_own_breaks(tab, line, offered):
    if offered is None:
        assert "jnim" in tab(line, "bash")
    else:
        assert tab(line, "bash") == offered


def test_bash_keeps_what_is_typed_where_nothing_goes_on_from_it(tab):
    assert tab("chrono timeline --actor keita", "bash")[-1] == " "
    assert " " not in tab("chrono timeline --actor bamb", "bash")


def test_scripts_of_old_run_nothing(process):
    asked = {"_TYPER_COMPLETE_ARGS": "chrono timeline --actor jni"}
    assert process(env={"_CHRONO_COMPLETE": "complete_zsh", **asked}).stdout.startswith("_message -r '")
    assert process(env={"_CHRONO_COMPLETE": "complete_fish", **asked}).stdout == ""
    env = {"_CHRONO_COMPLETE": "complete_bash", "COMP_WORDS": "chrono\ntimeline\n--actor\njni", "COMP_CWORD": "3"}
    assert process(env=env).stdout == "jnim\n"
    assert process(env={"_CHRONO_COMPLETE": "nothing"}).returncode == 0


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("chrono ", Line(["chrono"], "", "", "", -1)),
        ("chrono a\\ b 'c d' x\\", Line(["chrono", "a b", "c d"], "x\\", "x", "", -1)),
        ('chrono --a="b \\" c', Line(["chrono"], '--a="b \\" c', '--a=b " c', '"', 4)),
        ("chrono 'it'\\''s", Line(["chrono"], "'it'\\''s", "it's", "'", 6)),
        ("chrono '' ''", Line(["chrono", ""], "''", "", "", -1)),
    ],
)
def test_a_line_is_taken_apart_as_a_shell_does(text, line):
    assert read_line(text) == line


def test_help_texts_lose_what_a_shell_obeys():
    told = mute('it\'s \\$(touch pwned) `x` "y"\n\x1b[31m\u202ez')
    assert told == "it’s (touch pwned) x y [31mz"
    for shell in ("zsh", "fish", "powershell"):
        text = write_tab(
            shell, Tab([("value", "\\$(x)\t`\n'\""), ("bad\nvalue", ""), ("bad\x1b", "")]), read_line("c ")
        )
        assert not set(text) & set("\\$`'\"\x1b")
        assert len(text.splitlines()) == 2


def test_a_completion_is_one_that_typer_takes():
    assert complete("b", "a")([], "") == [("b", ""), ("a", "")]


@pytest.mark.parametrize(
    ("line", "unasked"),
    [
        ("chrono timeline --actor jni", "answers.filters"),  # what finds events
        ("chrono actor jni", "answers.history"),
        ("chrono show 2024-07", "answers.history"),
        ("chrono summary --by y", "index.records"),
    ],
)
def test_nothing_heavy_is_imported(process, line, unasked):
    code = (
        "import sys, typer; theirs = set(sys.modules);"
        "from mali_chrono.cli.app import run; code = run([]);"
        f"heavy = {{'yaml', 'rich', 'dateutil', 'hashlib', 'mali_chrono.store.load', 'mali_chrono.{unasked}'}};"
        "print(sorted(heavy & set(sys.modules) - theirs), file=sys.stderr); sys.exit(code)"
    )
    env = {"_CHRONO_COMPLETE": "zsh", "_CHRONO_LINE": line}
    assert process(env=env).returncode == 0
    ended = process(program=(sys.executable, "-c", code), env=env)
    assert (ended.returncode, ended.stderr.strip()) == (0, "[]")
    assert len(ended.stdout.splitlines()) > 1


@pytest.mark.parametrize(
    ("shell", "file", "rc"),
    [
        ("bash", ".bash_completions/chrono.sh", ".bashrc"),
        ("zsh", ".zfunc/_chrono", ".zshrc"),
        ("fish", ".config/fish/completions/chrono.fish", None),
    ],
)
def test_it_is_installed_where_the_shell_finds_it(process, tmp_path, shell, file, rc):
    if rc:
        (tmp_path / rc).write_text("mine")
    for _ in range(2):
        ended = process("--install-completion", shell)
        assert (ended.returncode, ended.stderr) == (0, "")
        assert str(tmp_path / file) in ended.stdout
    assert (tmp_path / file).read_text() == process("--show-completion", shell).stdout
    if rc:
        first, added = (tmp_path / rc).read_text().splitlines()
        assert first == "mine"
        assert added.startswith(("source ", "fpath+="))


def test_the_shell_that_runs_is_meant(process):
    ended = process(f"{sys.executable} -m mali_chrono --show-completion; true", program=("bash", "-c"))
    assert "complete -F" in ended.stdout
    ended = process("--show-completion", "tcsh")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "bash, zsh, fish" in ended.stderr
    assert process("--install-completion", "powershell").returncode == 2


NO_HOME = "error: cannot install the completion: $HOME names no folder\n"


@pytest.mark.parametrize("home", ["", "here", "/nowhere/at/all"])
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_without_a_home_nothing_is_installed(process, tmp_path, shell, home):
    """Of an empty $HOME Python makes the root of the file system; the name of a folder in this one is as wrong."""
    (tmp_path / "here").mkdir()
    script = (
        "import os, sys, mali_chrono.cli.shells as shells, mali_chrono.cli.app as app\n"
        "shells.write_file = shells.Path.mkdir = lambda *_, **__: os._exit(99)\n"  # nothing is ever written
        "os._exit(app.run(sys.argv[1:]))"
    )
    ended = process("--install-completion", shell, program=(sys.executable, "-c", script), env={"HOME": home},
                    cwd=tmp_path)  # fmt: skip
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", NO_HOME)


def test_a_fault_names_the_file(process, tmp_path):
    (tmp_path / ".bashrc").write_text("mine")
    (tmp_path / ".bashrc").chmod(0o444)
    ended = process("--install-completion", "bash")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == f"error: cannot write '{tmp_path}/.bashrc': it is read-only\n"
    assert (tmp_path / ".bashrc").read_text() == "mine"


def test_a_home_of_any_name_is_quoted_and_shown(process, tmp_path):
    home = tmp_path / "o'hara\x1b[31m"
    home.mkdir()
    ended = process("--install-completion", "bash", env={"HOME": str(home)})
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "\x1b" not in ended.stdout
    asked = process("-c", '. "$HOME/.bashrc"; complete -p chrono', program=("bash",), env={"HOME": str(home)})
    assert (asked.returncode, asked.stderr) == (0, "")


@pytest.fixture
def hostile(good) -> Path:
    """A store whose actors and outlets have names that a shell would run."""
    actors, events = good / "data" / "actors.yaml", good / "data" / "events.yaml"
    records = [
        f"- id: hostile-{i}\n  name: {json.dumps(name)}\n  kind: rebel-group\n" for i, name in enumerate(HOSTILE)
    ]
    actors.write_text(actors.read_text() + "".join(records))
    outlets = f"  cites: [book:4-5]\n  outlets: {json.dumps(HOSTILE)}\n"
    events.write_text(events.read_text().replace("  cites: [book:4-5]\n", outlets))
    return good


@pytest.fixture(params=["bash", "zsh", "fish"])
def shell(request, process, tmp_path, cache, monkeypatch):
    """A real shell in an empty folder, asking about a store."""
    if not shutil.which(request.param):
        pytest.skip(f"{request.param} is not installed")
    opened = []

    def start(store: Path) -> Shell:
        folder, programs = tmp_path / "shell", tmp_path / "bin"
        folder.mkdir()
        programs.mkdir()
        (folder / "afile.txt").touch()
        (folder / "adir").mkdir()
        (programs / "chrono").write_text(f'#!/bin/sh\nexec {sys.executable} -m mali_chrono "$@"\n')
        (programs / "chrono").chmod(0o755)
        env = {"PATH": f"{programs}:{os.environ['PATH']}", "HOME": str(folder), "TERM": "xterm", "LANG": "C.UTF-8",
               "CHRONO_STORE": str(store), "XDG_CACHE_HOME": str(cache), **IMPORTS}  # fmt: skip
        subprocess.run(["chrono", "timeline", "--count"], env=env, check=True, stdout=subprocess.DEVNULL)
        opened.append(Shell(request.param, process("--show-completion", request.param).stdout, folder, env))
        return opened[0]

    yield start
    for each in opened:
        each.close()


@pytest.mark.shells
def test_real_shells_put_what_is_offered(shell):
    real = shell(ROOT)
    assert real.tab("chrono timel")[0] == "chrono timeline "
    assert real.tab("chrono timeline --actor=jni")[0] == "chrono timeline --actor=jnim "
    assert real.tab("chrono timeline --actor JNIM:pe")[0] == "chrono timeline --actor JNIM:perpetrator "
    assert real.tab("chrono timeline --outlet deutsche\\ w")[0] == "chrono timeline --outlet Deutsche\\ Welle "
    assert real.tab("chrono timeline --exclude act")[0] == "chrono timeline --exclude actor="
    assert (
        real.tab("chrono timeline --outlet 'deuts")[0]
        .rstrip()
        .replace("\\ ", " ")
        .replace("'", "")
        .endswith("--outlet Deutsche Welle")
    )
    assert real.tab("chrono summary --by year,categ")[0] == "chrono summary --by year,category "
    for line in ("chrono timeline -n ", "chrono timeline -m a", "chrono check a", "chrono timeline --actor afil"):
        assert real.tab(line)[0] == line
    assert real.tab("chrono timeline -o af")[0] == "chrono timeline -o afile.txt "
    assert real.tab("chrono verify a")[0].rstrip() == "chrono verify adir/"
    line, shown = real.tab("chrono timeline --actor keita", tabs=2)
    assert "modibo-keita" in shown
    assert line.endswith(("keita", "-keita "))


@pytest.mark.shells
def test_real_shells_run_nothing_of_a_store(shell, hostile, tmp_path):
    real = shell(hostile)
    before = {path.name for path in (tmp_path / "shell").iterdir() if not path.name.startswith(".")}
    real.tab("chrono timeline --actor ", tabs=2)
    real.tab("chrono timeline --outlet ", tabs=2)
    for start in "abcij":
        for quote in ("", "'", '"'):
            line, _ = real.tab(f"chrono timeline --outlet {quote}{start}")
            words = line.removeprefix("chrono timeline ")
            ended = subprocess.run(
                [*real.program, "-c", f"printf '<%s>' {words}"],
                cwd=tmp_path / "shell", capture_output=True, text=True, check=False,
            )  # fmt: skip
            value = ended.stdout.removeprefix("<--outlet><")[:-1]
            # What stands there now is one of the names as it is, or what was typed and still is to be closed.
            assert value in HOSTILE or line == f"chrono timeline --outlet {quote}{start}"
    after = {path.name for path in (tmp_path / "shell").iterdir() if not path.name.startswith(".")}
    assert after == before


def test_what_has_a_time_of_its_own_is_offered_for_dates(tab):
    assert values(tab("chrono timeline --in XXX")) == ["XXXX-"]
    assert values(tab("chrono timeline --since XXX")) == []
    assert values(tab("chrono timeline --since jnim"))[0] == "jnim"
    assert "2024-07-25-tinzaouaten-ambush" in values(tab("chrono timeline --since 2024-07-25-t"))
    assert "elapsed" in values(tab("chrono timeline --fields el"))
    assert "calendars" in values(tab("chrono timeline --fields cal"))
