"""`-o FILE`: the old file or the new one, whole; what is no file is written as it is; what may not be written stays."""

import contextlib
import errno
import os
import re
import resource
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import CASES, ROOT

from mali_chrono.cli import files
from mali_chrono.cli.files import write_file

GOOD = CASES / "good"
ASK = ("timeline", "--store", str(GOOD), "--fields", "id", "-f", "csv")
DRAFT = ".chrono-0123456789abcdef.draft"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="limits and devices of Linux")


@pytest.fixture
def answer(chrono):
    """What the command writes to standard output."""
    return chrono(*ASK).out


@pytest.fixture
def write(chrono, process, tmp_path, monkeypatch):
    """Let the command write to a file; its exit code and its error. With options it is a process of its own."""
    monkeypatch.chdir(tmp_path)

    def command(name, **options):
        args = (*ASK, "-o", str(name))
        code, out, err = chrono(*args) if not options else _ended(process(*args, **options))
        assert out == ""
        return code, err.removeprefix("error: ").removesuffix("\n")

    return command


def _ended(ended):
    return ended.returncode, ended.stdout, ended.stderr


FINE = (0, "")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"good"}


def test_a_new_file_has_the_usual_mode(write, answer, tmp_path):
    assert write("new.csv", preexec_fn=lambda: os.umask(0o027)) == FINE
    assert (tmp_path / "new.csv").read_text() == answer
    assert stat.S_IMODE((tmp_path / "new.csv").stat().st_mode) == 0o640
    assert names(tmp_path) == {"new.csv"}


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755])
def test_a_file_keeps_its_mode(write, answer, tmp_path, mode):
    (tmp_path / "old.csv").write_text("old")
    (tmp_path / "old.csv").chmod(mode)
    assert write("old.csv") == FINE
    assert (tmp_path / "old.csv").read_text() == answer
    assert stat.S_IMODE((tmp_path / "old.csv").stat().st_mode) == mode


def test_a_read_only_file_stays(write, tmp_path):
    (tmp_path / "old.csv").write_text("old")
    (tmp_path / "old.csv").chmod(0o444)
    assert write("old.csv") == (1, "cannot write 'old.csv': it is read-only")
    assert (tmp_path / "old.csv").read_text() == "old"


def test_a_link_is_kept_and_its_target_written(write, answer, tmp_path):
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "old.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to("far/old.csv")
    (tmp_path / "dangling.csv").symlink_to("far/new.csv")
    for link, target in (("link.csv", "old.csv"), ("dangling.csv", "new.csv")):
        assert write(link) == FINE
        assert (tmp_path / link).is_symlink()
        assert (tmp_path / "far" / target).read_text() == answer
    assert names(tmp_path / "far") == {"old.csv", "new.csv"}


def test_another_hard_link_keeps_the_old(write, answer, tmp_path):
    (tmp_path / "old.csv").write_text("old")
    (tmp_path / "other.csv").hardlink_to(tmp_path / "old.csv")
    assert write("old.csv") == FINE
    assert ((tmp_path / "old.csv").read_text(), (tmp_path / "other.csv").read_text()) == (answer, "old")


@LINUX
def test_a_link_to_another_file_system(write, answer, tmp_path):
    far = Path("/dev/shm", f"chrono-test-{os.getpid()}")
    if not os.access("/dev/shm", os.W_OK) or Path("/dev/shm").stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("no second file system at /dev/shm")
    try:
        far.mkdir()
        (far / "old.csv").write_text("old")
        (tmp_path / "link.csv").symlink_to(far / "old.csv")
        assert write("link.csv") == FINE
        assert (far / "old.csv").read_text() == answer
        assert names(far) == {"old.csv"}
    finally:
        for path in far.glob("*"):
            path.unlink()
        far.rmdir()


@pytest.mark.parametrize("length", [1, 239, 250, 255])
def test_a_name_may_be_as_long_as_names_can_be(write, answer, tmp_path, length):
    assert write("x" * length) == FINE
    assert (tmp_path / ("x" * length)).read_text() == answer


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("x" * 256, "File name too long"),
        ("x/" * 3000 + "x", "File name too long"),
        (".", "Is a directory"),
        ("no/such.csv", "No such file or directory"),
        ("good.csv/x.csv", "Not a directory"),
        ("circle.csv", "Too many levels of symbolic links"),
    ],
)
def test_what_cannot_be_written_is_told(write, tmp_path, name, why):
    (tmp_path / "good.csv").write_text("old")
    (tmp_path / "circle.csv").symlink_to("circle.csv")
    assert write(name) == (1, f"cannot write '{name}': {why}")
    assert names(tmp_path) == {"good.csv", "circle.csv"}


def test_bytes_that_are_no_utf8_may_name_a_file(write, answer, tmp_path):
    name = os.fsdecode(b"\xff.csv")
    assert write(name) == FINE
    assert (tmp_path / name).read_text() == answer


def test_a_folder_in_which_nothing_can_be_made(write, bound, tmp_path):
    folder = tmp_path / "shut"
    folder.mkdir()
    (folder / "old.csv").write_text("old")
    folder.chmod(0o555)
    for name in ("shut/old.csv", "shut/new.csv"):
        assert write(name, **bound) == (1, f"cannot write '{name}': Permission denied")
    assert (folder / "old.csv").read_text() == "old"


@LINUX
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_standard_output_by_its_name(process, answer, tmp_path, name):
    """It is not opened anew: what stands in the file already stays."""
    assert process(*ASK, "-o", name).stdout == answer
    out = tmp_path / "out"
    out.write_text("before\n")
    with out.open("a") as file:
        ended = process(*ASK, "-o", name, capture_output=False, stdout=file, stderr=subprocess.PIPE)
    assert (ended.returncode, ended.stderr) == FINE
    assert out.read_text() == "before\n" + answer


@LINUX
def test_standard_error_and_nothing_by_their_names(process, answer):
    for name, said in (("/dev/stderr", answer), ("/dev/null", "")):
        ended = process(*ASK, "-o", name)
        assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", said)
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@LINUX
def test_a_named_pipe_and_a_full_device(process, write, answer, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with subprocess.Popen(["cat", tmp_path / "pipe"], stdout=subprocess.PIPE, text=True) as reader:
        assert write("pipe") == FINE
        assert reader.communicate(timeout=10)[0] == answer
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    assert write("/dev/full") == (1, "cannot write '/dev/full': No space left on device")


@LINUX
def test_a_reader_of_standard_output_by_name_may_leave(process):
    command = f"set -o pipefail; {sys.executable} -m mali_chrono timeline -f csv -o /dev/stdout --expect 0 | true"
    ended = process(command, program=("bash", "-c"), cwd=ROOT)
    assert (ended.returncode, ended.stderr.count("\n"), "expected ==0" in ended.stderr) == (1, 1, True)


@LINUX
def test_a_limit_leaves_the_old_file_whole(write, tmp_path):
    (tmp_path / "old.csv").write_text("old")
    cut = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))}
    assert write("old.csv", **cut) == (1, "cannot write 'old.csv': File too large")
    assert write("new.csv", **cut) == (1, "cannot write 'new.csv': File too large")
    assert (names(tmp_path), (tmp_path / "old.csv").read_text()) == ({"old.csv"}, "old")


def test_a_killed_run_leaves_the_old_file_and_its_draft_is_swept(tmp_path):
    """Killed while it writes: the draft stays, and the next run after ten minutes deletes it."""
    (tmp_path / "old.txt").write_text("old")
    script = (
        "import os, signal, sys; from pathlib import Path; from mali_chrono.cli import files\n"
        "files.os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)\n"
        "files.write_file(Path(sys.argv[1]), b'new')"
    )
    ended = subprocess.run([sys.executable, "-c", script, tmp_path / "old.txt"], cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    (draft,) = names(tmp_path) - {"old.txt"}
    assert re.fullmatch(files._DRAFT, draft)
    assert (tmp_path / "old.txt").read_text() == "old"
    write_file(tmp_path / "old.txt", b"a young draft may be another run's")
    assert names(tmp_path) == {"old.txt", draft}
    os.utime(tmp_path / draft, (time.time() - 601,) * 2)
    write_file(tmp_path / "old.txt", b"new")
    assert names(tmp_path) == {"old.txt"}


def test_only_drafts_are_swept(tmp_path):
    others = {".chrono-1.draft", "chrono-0123456789abcdef.draft", f"{DRAFT}.yaml", ".hidden"}
    for name in (*others, DRAFT):
        (tmp_path / name).write_text("")
        os.utime(tmp_path / name, (1, 1))
    write_file(tmp_path / "new.txt", b"new")
    assert names(tmp_path) == {*others, "new.txt"}


@pytest.mark.parametrize(("reason", "kept"), [(errno.EINVAL, "new"), (errno.EIO, "old")])
def test_what_cannot_be_synced(tmp_path, monkeypatch, reason, kept):
    """A file system that does not know how is no hindrance; one that fails is."""

    def fail(descriptor):
        raise OSError(reason, os.strerror(reason))

    (tmp_path / "old.txt").write_text("old")
    monkeypatch.setattr(files.os, "fsync", fail)
    with contextlib.suppress(OSError):
        write_file(tmp_path / "old.txt", b"new")
    assert (names(tmp_path), (tmp_path / "old.txt").read_text()) == ({"old.txt"}, kept)


def test_what_fails_in_pieces_leaves_the_old_file(tmp_path):
    def pieces():
        yield b"new"
        raise ZeroDivisionError

    (tmp_path / "a.txt").write_bytes(b"old")
    with pytest.raises(ZeroDivisionError):
        write_file(tmp_path / "a.txt", pieces())
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.txt", b"old")]


def test_pieces_are_one_file(tmp_path):
    write_file(tmp_path / "a.txt", iter((b"one, ", b"two")))
    assert (tmp_path / "a.txt").read_bytes() == b"one, two"


@pytest.mark.parametrize("broken", ["second", "third"])
def test_several_files_are_written_together_or_not_at_all(tmp_path, broken):
    """Every draft is there before the first is renamed."""
    paths = [tmp_path / name for name in ("first", "second", "third")]
    for path in paths[:2]:
        path.write_bytes(b"old")

    def pieces(path):
        yield b"new"
        if path.name == broken:
            raise OSError(errno.ENOSPC, "full")

    with pytest.raises(OSError, match="full"):
        files.write_files({path: pieces(path) for path in paths})
    assert [path.read_bytes() for path in paths[:2]] == [b"old", b"old"]
    assert names(tmp_path) == {"first", "second"}
    files.write_files({path: [b"new"] for path in paths})
    assert [path.read_bytes() for path in paths] == [b"new"] * 3
    assert names(tmp_path) == {"first", "second", "third"}
