"""`chrono diff` of git revisions: what a name means, what is said where there is none, and that git runs nothing."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CASES

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="no git")
EVENTS = Path("data/events.yaml")


def begun(monkeypatch: pytest.MonkeyPatch, top: Path) -> Callable[..., str]:
    """A repository in a folder of its own, in which we stand, and git there; no setting of this machine's matters."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Someone")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "someone@example.org")
        monkeypatch.setenv(f"GIT_{name}_DATE", "2025-01-01T00:00:00Z")
    monkeypatch.delenv("GIT_DIR", raising=False)
    top.mkdir()
    monkeypatch.chdir(top)

    def run(*args: str) -> str:
        return subprocess.run(["git", *args], check=True, capture_output=True, text=True).stdout.strip()

    run("init", "-q", "-b", "main")
    return run


@pytest.fixture
def git(monkeypatch, tmp_path):
    """A new repository, and git in it."""
    return begun(monkeypatch, tmp_path / "top")


@pytest.fixture(scope="module")
def commits(tmp_path_factory):
    """A store with three commits: 12 killed, 20 killed, 48 killed; the working tree has 50. Made once for all."""
    top = tmp_path_factory.mktemp("commits") / "top"
    with pytest.MonkeyPatch.context() as monkeypatch:
        git = begun(monkeypatch, top)
        shutil.copytree(CASES / "good", ".", dirs_exist_ok=True)
        commit(git, 12, "first")
        git("tag", "v1")
        commit(git, 20, "second")
        git("checkout", "-q", "-b", "side")
        commit(git, 30, "aside")
        git("checkout", "-q", "main")
        commit(git, 48, "third")
        kill(50)
    return top


@pytest.fixture
def history(commits, git, chrono, monkeypatch):
    """That store, to be changed, and git in it."""
    monkeypatch.delenv("CHRONO_STORE")
    shutil.copytree(commits, ".", dirs_exist_ok=True)
    return git


def kill(number: int) -> None:
    lines = EVENTS.read_text().split("\n")
    at = next(i for i, line in enumerate(lines) if "killed: " in line and "of: army" in line)
    lines[at] = f"    - {{killed: {number}, of: army, says: front, cite: book:5}}"
    EVENTS.write_text("\n".join(lines))


def commit(git, number: int, message: str) -> None:
    kill(number)
    git("add", ".")
    git("commit", "-q", "-m", message)


def told(ended) -> tuple[str, str]:
    """The first line, and what became of the dead."""
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.split("\n")
    figures = next(line for line in lines if "killed, of Army" in line)
    return lines[0].partition(": ")[0], figures.rpartition(": ")[2]


@pytest.mark.parametrize(
    ("args", "sides", "figures"),
    [
        ((), "HEAD ({main}) -> the working tree", "48 -> 50"),
        (("HEAD~1",), "HEAD~1 ({second}) -> the working tree", "20 -> 50"),
        (("v1",), "v1 ({first}) -> the working tree", "12 -> 50"),
        (("v1", "main"), "v1 ({first}) -> main ({main})", "12 -> 48"),
        (("v1..main",), "v1 ({first}) -> main ({main})", "12 -> 48"),
        (("v1..",), "v1 ({first}) -> HEAD ({main})", "12 -> 48"),
        (("..v1",), "HEAD ({main}) -> v1 ({first})", "48 -> 12"),
        (("side...main",), "side...main ({second}) -> main ({main})", "20 -> 48"),
        (("side..main",), "side ({side}) -> main ({main})", "30 -> 48"),
        (("main", "."), "main ({main}) -> .", "48 -> 50"),
        (("@{0}",), "@{0} ({main}) -> the working tree", "48 -> 50"),
        (("v1^{tree}", "main"), "v1^{tree} -> main ({main})", "12 -> 48"),
        ((":/second",), ":/second ({second}) -> the working tree", "20 -> 50"),
    ],
)
def test_what_is_compared(history, chrono, args, sides, figures):
    names = {"first": "v1", "second": "main~1", "main": "main", "side": "side"}
    for name, revision in names.items():
        sides = sides.replace(f"{{{name}}}", history("rev-parse", "--short=7", revision))
    assert told(chrono("diff", *args)) == (sides, figures)


def test_a_commit_by_its_id_is_called_so_once(history, chrono):
    short = history("rev-parse", "--short=9", "v1")
    assert told(chrono("diff", short))[0] == f"{short} -> the working tree"


def test_nothing_changed_prints_nothing(history, chrono):
    history("checkout", "-q", "--", ".")
    assert chrono("diff", "--exit-code") == (0, "", "")
    assert chrono("diff", "main", "main", "--exit-code", "-f", "md") == (0, "", "")


def test_a_store_in_a_subfolder_and_a_command_in_another(git, chrono, monkeypatch, tmp_path):
    monkeypatch.delenv("CHRONO_STORE")
    shutil.copytree(CASES / "good", "books/mali war")
    Path("notes").mkdir()
    monkeypatch.chdir("books/mali war")
    commit(git, 12, "first")
    kill(13)
    assert told(chrono("diff"))[1] == "12 -> 13"
    monkeypatch.chdir("data")
    assert told(chrono("diff"))[1] == "12 -> 13"
    monkeypatch.chdir("../../../notes")
    assert told(chrono("diff", "--store", "../books/mali war"))[1] == "12 -> 13"


def test_a_hook_with_a_git_folder_of_its_own_changes_nothing(history, chrono, monkeypatch):
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    assert told(chrono("diff"))[1] == "48 -> 50"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("mian",), "'mian' is no revision of this repository, and no folder or file: did you mean 'main'?"),
        (("HAED",), "'HAED' is no revision of this repository, and no folder or file: did you mean 'HEAD'?"),
        (("v1", "sied"), "'sied' is no revision of this repository, and no folder or file: did you mean 'side'?"),
        (("zzzzzzzz",), "'zzzzzzzz' is no revision of this repository, and no folder or file"),
        (("--", "--output=x"), "'--output=x' is no revision of this repository, and no folder or file"),
        (("--", "-"), "'-' is no revision of this repository, and no folder or file"),
        (("HEAD~9",), "'HEAD~9' is no revision of this repository, and no folder or file"),
        (("seeds",), "'seeds' is no store (data/types.yaml beside data/events.yaml), and no revision"),
        (("a\x1b[2J",), "'a\\x1b[2J' is no revision"),
    ],
)
def test_what_is_no_revision(history, chrono, args, said):
    ended = chrono("diff", *args)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"error: {said}")
    assert not Path("x").exists()


def test_no_repository(good, chrono):
    ended = chrono("diff", "--store", str(good))
    said = f"error: '{good.resolve()}' lies in no git repository, so it has no revisions: name two folders: "
    assert (ended.code, ended.err) == (2, f"{said}chrono diff OLD NEW\n")


def test_no_git(history, chrono, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    ended = chrono("diff")
    assert ended.code == 2
    assert ended.err.startswith("error: there is no program `git`")


def test_no_commit_yet(git, chrono, monkeypatch):
    monkeypatch.delenv("CHRONO_STORE")
    shutil.copytree(CASES / "good", ".", dirs_exist_ok=True)
    ended = chrono("diff")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.endswith(": it has no commit yet\n")


def test_a_revision_without_a_store_says_where_it_has_one(history, chrono):
    history("rm", "-rq", "--cached", "data", "seeds")
    Path("old").mkdir()
    shutil.copytree("data", "old/data")
    history("add", "old")
    history("commit", "-qm", "moved")
    ended = chrono("diff")
    short = history("rev-parse", "--short=7", "HEAD")
    assert (ended.code, ended.err) == (2, f"error: HEAD ({short}) has no store; it has one in 'old/'\n")


def test_a_shallow_clone_says_what_brings_the_rest(history, chrono, monkeypatch, tmp_path):
    history("clone", "-q", "--depth", "1", f"file://{Path.cwd()}", str(tmp_path / "shallow"))
    monkeypatch.chdir(tmp_path / "shallow")
    kill(50)
    assert told(chrono("diff"))[1] == "48 -> 50"
    ended = chrono("diff", "HEAD~1")
    assert ended.code == 2
    assert "this clone is shallow: `git fetch --unshallow` brings the rest" in ended.err


def test_git_runs_nothing_of_the_repository(history, chrono, tmp_path):
    """No text conversion, filter, hook or monitor that a repository asks for."""
    mark = tmp_path / "ran"
    script = f"sh -c 'touch {mark}; cat'"
    Path(".gitattributes").write_text("*.yaml diff=x filter=x export-ignore\n")
    history("config", "diff.x.textconv", script)
    history("config", "filter.x.smudge", script)
    history("config", "core.fsmonitor", str(tmp_path / "monitor"))
    (tmp_path / "monitor").write_text(f"#!/bin/sh\ntouch {mark}\n")
    (tmp_path / "monitor").chmod(0o755)
    assert told(chrono("diff", "v1..main"))[1] == "12 -> 48"
    assert not mark.exists()


@pytest.mark.parametrize(
    "settings",
    [
        {"remote.origin.url": ".", "remote.origin.uploadpack": "touch MARK; false"},
        {"remote.origin.url": "ext::sh -c touch% MARK", "protocol.ext.allow": "always"},
        {"remote.origin.url": "ssh://x/y", "core.sshCommand": "touch MARK; false", "protocol.allow": "always"},
    ],
    ids=["a program at the other end", "a helper", "a shell"],
)
def test_git_fetches_nothing_that_is_missing(history, chrono, tmp_path, settings):
    """What a partial clone lacks is fetched by a program that the repository names."""
    mark = tmp_path / "ran"
    missing = history("rev-parse", "HEAD:data/events.yaml").strip()
    (Path(".git/objects") / missing[:2] / missing[2:]).unlink()
    partial = {
        "core.repositoryformatversion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
    }
    for name, value in (partial | settings).items():
        history("config", name, value.replace("MARK", str(mark)))
    ended = chrono("diff", "HEAD", "--store", ".")
    assert (ended.code, ended.out, ended.err.startswith("error: git cannot read")) == (1, "", True)
    assert not mark.exists()


def test_a_link_in_a_revision_is_not_followed(history, chrono, tmp_path):
    (tmp_path / "secret.yaml").write_text("- id: secret\n  name: S\n  precision: 1\n")
    Path("data/places.yaml").unlink()
    Path("data/places.yaml").symlink_to(tmp_path / "secret.yaml")
    history("add", ".")
    history("commit", "-qm", "link")
    ended = chrono("diff", "HEAD~1..HEAD")
    assert ended.code == 1
    assert "data/places.yaml: a link is not followed in a revision" in ended.out
    assert "secret" not in ended.out


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("data/places.yaml", "place"),
        ("data/events", "event"),
        ("data/events/2011", "event"),
        ("data/events/2011/a.yaml", "event"),
        ("seeds/book.yaml", "source"),
        ("seeds", "source"),
        ("data/chronology.yaml", "chronology"),
        ("data/vocabulary.yaml", "vocabulary"),
    ],
)
def test_what_a_link_hides_is_not_gone(history, chrono, tmp_path, path, kind):
    """Nor come, where the link was there before."""
    history("checkout", "-q", "--", ".")
    Path("data/chronology.yaml").write_text("format: 1\nname: Good\n")
    Path("data/vocabulary.yaml").write_text("periods:\n  - {id: war, leading: true}\n")
    if path.startswith("data/events"):
        Path("data/events/2011").mkdir(parents=True)
        EVENTS.rename("data/events/2011/a.yaml")
    history("add", ".")
    history("commit", "-qm", "files")
    Path(path).rename(tmp_path / "moved")
    Path(path).symlink_to(tmp_path / "moved")
    history("add", ".")
    history("commit", "-qm", "link")
    for one, other, code in (("HEAD~1", "HEAD", 1), ("HEAD", "HEAD~1", 0)):
        ended = chrono("diff", one, other, "-f", "json")
        answer = json.loads(ended.out)
        assert (ended.code, ended.err, answer["changes"]) == (code, "", [])
        assert [problem["message"] for problem in answer["problems"]] == ["a link is not followed in a revision"]
        rows = answer.get("unread", []) + answer.get("uncompared", [])
        assert {row["kind"] for row in rows} == {kind}


def test_sums_are_not_told_where_a_link_hides_events(history, chrono, tmp_path):
    history("checkout", "-q", "--", ".")
    Path("data/events").mkdir()
    Path("data/events/more.yaml").write_text(EVENTS.read_text().replace("-town-raid", "-town-raid-2"))
    history("add", ".")
    history("commit", "-qm", "more")
    Path("data/events/more.yaml").rename(tmp_path / "more.yaml")
    Path("data/events/more.yaml").symlink_to(tmp_path / "more.yaml")
    kill(50)
    history("add", ".")
    history("commit", "-qm", "link")
    ended = chrono("diff", "HEAD~1", "HEAD")
    said = "has 1 error, first at data/events/more.yaml: a link is not followed in a revision\n"
    assert (ended.code, said in ended.out, "Sums" in ended.out) == (1, True, False)


def test_nothing_is_left_behind(history, chrono, monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", None)
    assert chrono("diff", "v1..main").code == 0
    assert chrono("diff", "v1..nothing").code == 2
    assert list((tmp_path / "tmp").iterdir()) == []


def test_windows_line_ends_in_the_working_tree_are_no_change(history, chrono):
    history("checkout", "-q", "--", ".")
    EVENTS.write_bytes(EVENTS.read_bytes().replace(b"\n", b"\r\n"))
    assert chrono("diff", "--exit-code") == (0, "", "")
