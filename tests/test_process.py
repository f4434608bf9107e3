"""How the process behaves in the world: pipes, broken disks, bare environments, caches."""

import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import CASES, IMPORTS, ROOT, TODAY, first_of_each
from helpers.screens import sent

ASK = ("timeline", "--since", "2020")


@pytest.fixture
def real_terminal(cache):
    """What a command shows on a terminal of so many columns."""
    import fcntl
    import struct
    import termios

    def run(*args: str, columns: int, env: dict[str, str] | None = None) -> str:
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        base = {
            "PATH": os.environ["PATH"],
            **IMPORTS,
            "TERM": "xterm",
            "XDG_CACHE_HOME": str(cache),
            "CHRONO_STORE": str(ROOT),
            "CHRONO_TODAY": TODAY,
            "CHRONO_PAGER": "",
        }
        command = [sys.executable, "-m", "mali_chrono", *args]
        process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env={**base, **(env or {})})
        os.close(theirs)
        shown = b"".join(sent(ours))
        assert process.wait() == 0
        return shown.decode("utf-8").replace("\r\n", "\n")

    return run


@pytest.mark.parametrize("columns", [20, 40, 59, 60, 80, 99, 100, 120, 200])
def test_table_fits_every_terminal_and_cuts_nothing(chrono, terminal, columns):
    terminal(columns)
    shown = chrono("timeline", "--in", "2024-07").out
    assert all(len(line) <= columns for line in shown.splitlines())
    assert "…" not in shown
    together = "".join(shown.split())
    for word in ("Tinzaouaten", "12-131+", "25-27Jul2024", "GUR?"):
        assert word in together


def test_table_has_a_rule_at_each_new_year(real_terminal):
    shown = real_terminal("timeline", "--in", "2023..2024", "--within", columns=120, env={"NO_COLOR": "1"})
    assert [line[:8] for line in shown.splitlines() if line.startswith("──")] == ["── 2023 ", "── 2024 "]
    assert 100 < max(map(len, shown.splitlines())) <= 120


@pytest.mark.parametrize(("env", "colored"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_colour_only_where_it_is_wanted(real_terminal, env, colored):
    assert ("\x1b[" in real_terminal(*ASK, columns=100, env=env)) is colored


def test_colour_can_be_forced(process):
    assert "\x1b[" in process(*ASK, "--format", "table", "--color", "always").stdout
    assert "\x1b[" not in process(*ASK, "--format", "table").stdout


@pytest.mark.parametrize(
    "env",
    first_of_each(
        [
            {"LC_ALL": "C"},
            {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
            {"LC_ALL": "de_DE.ISO-8859-1", "TERM": "dumb", "COLUMNS": "30"},
            {"XDG_CACHE_HOME": None},
            {"XDG_CACHE_HOME": None, "HOME": None},
            {"XDG_CACHE_HOME": None, "HOME": "/nonexistent"},
            {"XDG_CACHE_HOME": None, "HOME": ""},
            {"XDG_CACHE_HOME": "relative"},
            {"PYTHONIOENCODING": "ascii"},
        ],
        6,
    ),
    ids=str,
)
def test_piped_bytes_are_the_same_on_every_machine(process, env):
    usual = process(*ASK)
    ended = process(*ASK, env=env)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == usual.stdout


def test_read_only_cache_folder_works_in_memory(process, tmp_path):
    folder = tmp_path / "file"
    folder.write_text("not a folder")
    ended = process(*ASK, env={"XDG_CACHE_HOME": str(folder)})
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == process(*ASK).stdout


def index_of(cache: Path) -> Path:
    (index,) = (cache / "chrono").glob("*.sqlite3")
    return index


@pytest.mark.parametrize("damage", first_of_each(("truncated", "empty", "garbage", "holes", "other", "folder"), 3))
def test_damaged_index_is_made_anew(process, tmp_path, damage):
    env = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "CHRONO_STORE": str(CASES / "sample")}
    usual = process("timeline", env=env).stdout
    index = index_of(tmp_path / "cache")
    content = index.read_bytes()
    middle = len(content) // 2
    index.unlink()
    if damage == "folder":
        index.mkdir()
    else:
        index.write_bytes(
            {
                "truncated": content[:middle],
                "empty": b"",
                "garbage": os.urandom(5000),
                "holes": content[:8192] + bytes(len(content) - 8192),
                "other": b"SQLite format 3\0" + content[16:20000],
            }[damage]
        )
    ended = process("timeline", env=env)
    assert (ended.returncode, ended.stderr, ended.stdout) == (0, "", usual)


def test_edited_store_is_read_anew_and_touched_store_is_not(process, good, tmp_path):
    env = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "CHRONO_STORE": str(good)}
    events = good / "data" / "events.yaml"
    assert "Front raids Town again" in process("timeline", env=env).stdout
    made = index_of(tmp_path / "cache").stat().st_ino
    os.utime(events, (1, 1))
    assert process("timeline", env=env).returncode == 0
    assert index_of(tmp_path / "cache").stat().st_ino == made
    events.write_text(events.read_text().replace("raids Town again", "leaves Town"))
    assert "Front leaves Town" in process("timeline", env=env).stdout


@pytest.mark.parametrize(
    "args",
    [
        "timeline --fields id,summary,note,tolls",
        "timeline -f json",
        "--help",
        "check --store tests/cases/good",
    ],
)
def test_broken_pipe_is_quiet(process, args):
    script = f"set -o pipefail; {sys.executable} -m mali_chrono {args} | true"
    ended = process(script, program=("bash", "-c"), cwd=ROOT)
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    "args", [ASK, ("show", "2024-09-17-bamako-attacks"), ("timeline", "-o", "/dev/full", "-f", "csv"), ("--help",)]
)
def test_full_disk_is_told(process, args):
    with Path("/dev/full").open("w") as full:
        ended = process(*args, stdout=full, stderr=subprocess.PIPE, capture_output=False)
    assert ended.returncode == 1
    assert ended.stderr.startswith("error: cannot write")
    assert "No space left" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_closed_stdout_is_told(process):
    ended = process(f"{sys.executable} -m mali_chrono timeline >&-", program=("bash", "-c"))
    assert ended.returncode == 1
    assert "standard output is closed" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_deleted_current_folder(process, tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    script = f"cd {gone} && rmdir {gone} && {sys.executable} -m mali_chrono timeline --since 2020 --count"
    ended = process(script, program=("bash", "-c"), env={"CHRONO_STORE": None})
    assert ended.returncode == 0
    assert int(ended.stdout) > 0
    gone.mkdir()
    script = f"cd {gone} && rmdir {gone} && {sys.executable} -m mali_chrono check a"
    ended = process(script, program=("bash", "-c"), env={"CHRONO_STORE": None})
    assert (ended.returncode, ended.stderr) == (2, "error: there is no file 'a'\n")


def test_nearest_store_upward_is_read(process, good):
    nested = good / "a" / "b"
    nested.mkdir(parents=True)
    assert process("timeline", "--count", cwd=nested, env={"CHRONO_STORE": None}).stdout == "2\n"


def test_hostile_names_reach_no_terminal(process, good, tmp_path):
    hostile = tmp_path / "st\x1b[31more"
    shutil.copytree(good, hostile)
    ended = process("timeline", "--format", "table", "--store", str(hostile))
    assert "\x1b" not in ended.stdout + ended.stderr
    ended = process("timeline", "--actor", "\x1b]0;x\x07[bold]x[/bold]")
    assert ended.returncode == 2
    assert "\x1b" not in ended.stderr
    assert "[bold]x[/bold]" in ended.stderr


@pytest.mark.parametrize("args", [ASK, ("actor",), ("actor", "mujao", "--follow"), ("lineage",)], ids=" ".join)
def test_warm_and_piped_nothing_heavy_is_imported(process, args):
    code = (
        "import sys, typer; theirs = set(sys.modules);"
        "from mali_chrono.cli.app import run; code = run(sys.argv[1:]);"
        "heavy = {'yaml', 'rich', 'dateutil', 'hashlib', 'dataclasses', 'mali_chrono.store.load',"
        " 'mali_chrono.store.model'};"
        "print(sorted(heavy & set(sys.modules) - theirs), file=sys.stderr); sys.exit(code)"
    )
    assert process("timeline", "--count").returncode == 0
    ended = process(*args, program=(sys.executable, "-c", code))
    assert (ended.returncode, ended.stderr.strip()) == (0, "[]")


def test_version_names_the_store(process):
    said = process("--version").stdout
    assert said.startswith("chrono ")
    assert str(ROOT) in said


def test_chrono_alone_is_help(process):
    ended = process()
    assert ended.returncode == 0
    assert "timeline" in ended.stdout
    assert ended.stdout == process("-h").stdout


def test_unknown_command_offers_the_nearest(process):
    ended = process("timelin")
    assert ended.returncode == 2
    assert "timeline" in ended.stderr


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("timeline --actor jni", "jnim"),
        ("timeline --place bama", "bamako"),
        ("timeline --type armed", "armed-clash"),
        ("timel", "timeline"),
    ],
)
def test_completion_offers_names_of_the_store(process, words, offered):
    env = {"_CHRONO_COMPLETE": "complete_bash", "COMP_WORDS": f"chrono {words}", "COMP_CWORD": str(len(words.split()))}
    assert offered in process(env=env).stdout.split()


def test_json_is_read_by_jq(process):
    if not shutil.which("jq"):
        pytest.skip("jq is not installed")
    out = process("timeline", "--place", "mopti", "--min", "killed=20", "--format", "json").stdout
    program = ".events | length, ([.[].killed.best] | min)"
    ended = subprocess.run(["jq", program], input=out, capture_output=True, text=True, check=True)
    count, least = map(int, ended.stdout.split())
    assert count == len(json.loads(out)["events"]) > 0
    assert least >= 20
