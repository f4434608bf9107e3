"""chrono init: a new chronology that is right from the first day, whole or not at all."""

import errno
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import IMPORTS, ROOT, linux

from mali_chrono.cli.init import EXAMPLES
from mali_chrono.edit.beginnings import commands_of, files_of

EXAMPLE_FILES = ROOT / "mali_chrono" / "examples"


@pytest.fixture
def here(tmp_path, monkeypatch, chrono):
    """An empty folder to work in, with no other store named."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.delenv("CHRONO_STORE")
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.relative_to(folder).parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def blocks(readme: str) -> list[str]:
    """The commands of chrono that a README shows, without what is said of them."""
    found = re.findall(r"^```sh\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)
    return [line.partition("#")[0].strip() for block in found for line in block.splitlines()]


@pytest.mark.parametrize("example", EXAMPLES)
def test_it_is_sound_proved_and_laid_out(example, chrono, here, monkeypatch):
    assert chrono("init", "mine", "--example", example).code == 0
    monkeypatch.chdir(here / "mine")
    assert chrono("check", "--strict") == (0, "", "")
    assert chrono("fmt", "--check") == (0, "", "")
    assert chrono("verify", "documents", "--expect", "==0").code == 0


@pytest.mark.parametrize("example", EXAMPLES)
def test_it_says_what_to_try_and_that_works(example, chrono, here, monkeypatch):
    said = chrono("init", "mine", "--example", example)
    assert said.out.splitlines() == [
        "a new chronology in mine: README.md says what stands where; try", "  cd mine",
        *(f"  {command}" for command in commands_of(example)),
    ]  # fmt: skip
    assert len(commands_of(example)) == 3
    monkeypatch.chdir(here / "mine")
    for command in commands_of(example):
        ended = chrono(*shlex.split(command)[1:])
        assert (ended.code, ended.err) == (0, "")


@pytest.mark.parametrize("example", EXAMPLES)
def test_all_that_its_readme_asks_is_answered(example, chrono, here, monkeypatch):
    chrono("init", "mine", "--example", example)
    monkeypatch.chdir(here / "mine")
    (here / "mine" / "documents" / "letter.txt").write_text("Nothing.\n", "utf-8")
    readme = (here / "mine" / "README.md").read_text("utf-8")
    lines = blocks(readme)
    assert set(commands_of(example)) <= set(lines)
    for line in lines[: lines.index("chrono new event")]:
        assert chrono(*shlex.split(line)[1:]).code == 0, line
    for path in re.findall(r"`([\w./-]+/[\w./-]*)`", readme):
        assert (here / "mine" / path).exists() or (example, path) == ("war", "data/vocabulary.yaml")


@pytest.mark.parametrize("example", [example for example in EXAMPLES if example != "none"])
def test_an_example_is_small_but_real(example, chrono, here):
    chrono("init", "mine", "--example", example)
    chrono("timeline", "--store", "mine", "--count", "--expect", "5..10")
    assert int(chrono("timeline", "--store", "mine", "--count").out) in range(5, 11)
    assert chrono("list", "actors", "--store", "mine", "--count", "--expect", "3..").code == 0
    assert chrono("list", "sources", "--store", "mine", "--count").out == "1\n"


def test_without_an_example_it_is_empty(chrono, here):
    chrono("init", "mine")
    assert chrono("timeline", "--store", "mine", "--count").out == "0\n"
    assert chrono("list", "types", "--store", "mine", "--count").out == "4\n"


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_file_leads_an_editor_to_its_schema(example, chrono, here):
    chrono("init", "mine", "--example", example)
    files = tree(here / "mine")
    data = [name for name in files if name.startswith(("data/", "seeds/"))]
    assert len(data) >= 7
    for name in data:
        first = files[name].decode().splitlines()[0]
        found = re.fullmatch(r"# yaml-language-server: \$schema=\.\./(schemas/(\w+)\.schema\.json)", first)
        assert found, name
        assert found[2] == ("sources" if name.startswith("seeds/") else Path(name).stem)
        assert files[found[1]].decode() == chrono("schema", found[2], "--store", "mine").out


def test_an_outage_is_told_in_the_order_of_the_clock(chrono, here):
    """11:02+01:00 lies before 10:09Z, and 05:20-05:00 after it."""
    chrono("init", "mine", "--example", "outage")
    ids = chrono("timeline", "--store", "mine", "--fields", "id").out.split()[1:]
    assert [ident[11:] for ident in ids] == [
        "rollout", "failures", "alarm", "found", "rollback", "backlog", "review",
    ]  # fmt: skip


def test_ci_and_pre_commit_ask_what_passes(chrono, here, monkeypatch):
    chrono("init", "mine", "--example", "company")
    monkeypatch.chdir(here / "mine")
    workflow = (here / "mine/.github/workflows/chronology.yml").read_text("utf-8")
    hooks = (here / "mine/.pre-commit-config.yaml").read_text("utf-8")
    asked = re.findall(r"(?:run|entry): chrono (.*)", workflow + hooks)
    assert sorted(set(asked)) == ["check --strict", "fmt", "fmt --check", "verify documents"]
    for line in asked:
        assert chrono(*line.split()).code == 0


@pytest.mark.parametrize("name", ["mine", "dépôt с пробелом", "-x", "a'b"])
def test_names_of_folders(name, chrono, here):
    ended = chrono("init", "--", name)
    assert ended.code == 0
    shown = shlex.quote(f"./{name}" if name.startswith("-") else name)
    assert ended.out.splitlines()[1] == f"  cd {shown}"
    assert (here / name / "data" / "events.yaml").exists()


@linux
@pytest.mark.parametrize("name", ["new\nline", "tab\there", "\x1b[31m\n", "b\udcffd", "\u202eflip"])
def test_a_folder_that_nobody_can_type_as_it_is_shown_is_not_entered(name, chrono, here):
    ended = chrono("init", name)
    assert ended.code == 0
    first, *lines = ended.out.splitlines()
    assert first.endswith("; try there")
    assert (here / name / "data").is_dir()
    assert [line for line in lines if line.startswith("  cd ")] == []


def test_an_empty_folder_stays_the_one_it_is(chrono, here):
    """Whoever stands in it stands in the chronology afterwards."""
    (here / ".git").mkdir()
    before = here.stat().st_ino
    ended = chrono("init", ".", "--example", "war")
    assert ended.code == 0
    assert "cd " not in ended.out
    assert here.stat().st_ino == before
    assert tree(here) == files_of("war")
    assert chrono("check", "--strict").code == 0


def test_another_store_in_the_environment_is_told(chrono, here, monkeypatch):
    monkeypatch.setenv("CHRONO_STORE", "elsewhere")
    assert "  unset CHRONO_STORE  # it names another chronology\n" in chrono("init", "mine").out


def test_a_chronology_is_not_begun_twice(chrono, here):
    chrono("init", "mine")
    before = tree(here)
    ended = chrono("init", "mine", "--example", "war")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        "error: 'mine' holds a chronology: `chrono new` adds to it; for another one name another folder\n"
    )
    assert tree(here) == before


@pytest.mark.parametrize(
    ("held", "told"),
    [
        (["notes.txt"], "'mine' is not empty (notes.txt): name a new folder, as mine/chronology"),
        (["a", "b", "c", "d", "e"], "'mine' is not empty (a, b and c and 2 more)"),
        ([".hidden"], "'mine' is not empty (.hidden)"),
        (["data"], "'mine' is not empty (data)"),
    ],
)
def test_what_is_there_is_kept(chrono, here, held, told):
    (here / "mine").mkdir()
    for name in held:
        (here / "mine" / name).write_text("mine", "utf-8")
    before = tree(here)
    ended = chrono("init", "mine")
    assert (ended.code, ended.out) == (2, "")
    assert told in ended.err
    assert tree(here) == before


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["file"], 2, "'file' is no folder: name one that is new or empty"),
        ([""], 2, "name the folder that is to hold the chronology"),
        (["a/b"], 1, "cannot make 'a/b': No such file or directory"),
        (["file/b"], 1, "cannot make 'file/b': Not a directory"),
        (["mine", "--example", "wra"], 2, "there is no example 'wra': did you mean 'war'?"),
        (["mine", "--example", "football"], 2, "there is no example 'football': one of: none, war, biography"),
        (["x" * 300], 1, "File name too long"),
        ([], 2, "missing argument 'DIR'"),
    ],
)
def test_what_cannot_be_is_told(chrono, here, args, code, told):
    (here / "file").write_text("", "utf-8")
    ended = chrono("init", *args)
    assert (ended.code, ended.out) == (code, "")
    assert told in ended.err
    assert sorted(tree(here)) == ["file"]


def test_a_link_that_leads_nowhere_stays_so(chrono, here):
    (here / "mine").symlink_to("none")
    ended = chrono("init", "mine")
    assert (ended.code, "'mine' is no folder: name one that is new or empty" in ended.err) == (2, True)
    assert [path.name for path in here.iterdir()] == ["mine"]


@pytest.mark.parametrize(("name", "what"), [("loop", "read"), ("loop/mine", "make")])
def test_a_link_that_turns_in_a_circle_is_told(chrono, here, name, what):
    (here / "loop").symlink_to("loop")
    ended = chrono("init", name)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == f"error: cannot {what} '{name}': Too many levels of symbolic links\n"
    assert [path.name for path in here.iterdir()] == ["loop"]


@pytest.mark.parametrize("inside", ["data/deep", "seeds/mine", "data/events"])
def test_none_is_begun_among_the_records_of_another(chrono, here, inside):
    chrono("init", "mine")
    before = tree(here)
    ended = chrono("init", f"mine/{inside}")
    assert (ended.code, ended.out) == (2, "")
    assert "lies among the records of a chronology" in ended.err
    assert tree(here) == before
    assert chrono("init", "mine/other").code == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_what_is_made_is_told_where_nothing_can_be_said(here, process):
    with Path("/dev/full").open("w") as full:
        ended = process("init", "mine", cwd=here, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert ended.returncode == 1
    assert ended.stderr == "error: cannot write to standard output: No space left on device; the chronology is made\n"
    assert tree(here / "mine") == files_of("none")


@pytest.mark.parametrize("is_there", [True, False])
@pytest.mark.parametrize("after", [0, 3, 12])
def test_a_full_disk_leaves_nothing(chrono, here, monkeypatch, is_there, after):
    if is_there:
        (here / "mine").mkdir()
    written = []

    def write(path, content):
        if len(written) == after:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written.append(path)
        path.touch()

    monkeypatch.setattr(Path, "write_bytes", write)
    ended = chrono("init", "mine")
    assert (ended.code, ended.out, ended.err) == (1, "", "error: cannot make 'mine': No space left on device\n")
    assert [path.name for path in here.rglob("*")] == (["mine"] if is_there else [])


def test_what_fails_at_the_last_step_is_taken_back(chrono, here, monkeypatch):
    (here / "mine").mkdir()
    rename = Path.rename

    def fail_at_data(path, target):
        if Path(target).name == "data":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail_at_data)
    assert chrono("init", "mine").code == 1
    assert [*here.rglob("*")] == [here / "mine"]


def test_of_several_at_once_one_wins(here):
    env = {**os.environ, **IMPORTS}
    command = [sys.executable, "-m", "mali_chrono", "init", "mine", "--example"]
    begun = [subprocess.Popen([*command, name], env=env, stdout=-1, stderr=-1) for name in ("war", "outage", "none")]
    ended = [run.wait() for run in begun]
    for run in begun:
        run.communicate()
    assert min(ended) == 0
    assert tree(here / "mine") in [files_of(name) for name in ("war", "outage", "none")]
    assert [*here.iterdir()] == [here / "mine"]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("is_there", [True, False])
@pytest.mark.slow
def test_killed_at_any_moment_it_leaves_no_half_chronology(here, is_there):
    """What is killed can be begun again: its draft is nobody's."""
    env = {**os.environ, **IMPORTS}
    command = [sys.executable, "-m", "mali_chrono", "init"]
    for wait in (0.1, 0.2, 0.25, 0.3, 0.4):
        folder = here / f"at-{wait}"
        if is_there:
            folder.mkdir()
        run = subprocess.Popen([*command, folder.name], env=env, stdout=-1, stderr=-1)
        time.sleep(wait)
        run.send_signal(signal.SIGKILL)
        run.communicate()
        whole = (folder / "data").exists()
        if whole:
            assert set(tree(folder)) >= set(files_of("none"))
        elif not is_there:
            assert not folder.exists()


def test_package_data_is_what_is_written(chrono, here):
    """Nothing is left out of a package by its name, and nothing of it is left behind but what belongs to the making."""
    for example in EXAMPLES:
        names = {path.relative_to(EXAMPLE_FILES / example).as_posix() for path in (EXAMPLE_FILES / example).rglob("*")}
        files = {name for name in names if (EXAMPLE_FILES / example / name).is_file()}
        assert files - set(files_of(example)) == {"try.txt"}
        assert not any(part.startswith(".") for name in names for part in Path(name).parts)
