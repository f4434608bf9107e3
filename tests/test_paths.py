"""What stands at a path: a folder, a file, another thing, nothing; and an error where that cannot be seen."""

import os
import re

import pytest
from conftest import ROOT, posix

from mali_chrono.paths import is_file, is_folder


@pytest.fixture
def there(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("x")
    if os.name == "posix":
        os.mkfifo(tmp_path / "pipe")
        for name, target in (("to-folder", "folder"), ("to-file", "file"), ("astray", "none"), ("circle", "circle")):
            (tmp_path / name).symlink_to(target)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "folder", "file"),
    [
        ("folder", True, False),
        ("file", False, True),
        ("none", None, False),
        ("none/none", None, False),
        ("file/none", None, False),
        ("zero\0byte", None, False),
        pytest.param("to-folder", True, False, marks=posix),
        pytest.param("to-file", False, True, marks=posix),
        pytest.param("pipe", False, False, marks=posix),
        pytest.param("astray", None, False, marks=posix),
        pytest.param("circle", None, False, marks=posix),
    ],
)
def test_what_stands_there(there, name, folder, file):
    assert (is_folder(there / name), is_file(there / name)) == (folder, file)
    assert (is_folder(f"{there}/{name}"), is_file(f"{there}/{name}")) == (folder, file)


@posix
def test_what_cannot_be_seen_is_an_error(there):
    for test in (is_folder, is_file):
        with pytest.raises(OSError, match="File name too long"):
            test(there / ("x" * 300))


@pytest.mark.parametrize(("winerror", "leads"), [(21, False), (123, False), (1921, False), (5, True)])
def test_what_is_no_path_on_windows_leads_nowhere(monkeypatch, winerror, leads):
    """An empty drive, `HEAD@{10:00}`, a link that cannot be followed; but not a folder that is shut."""
    fault = OSError(22, "Invalid argument")
    fault.winerror = winerror

    def refuse(_):
        raise fault

    monkeypatch.setattr(os, "stat", refuse)
    if leads:
        with pytest.raises(OSError, match="Invalid"):
            is_folder("a:b")
    else:
        assert is_folder("a:b") is None


def test_nobody_asks_pathlib():
    """Its tests say no of what cannot be seen, since Python 3.14."""
    asked = re.compile(r"\.(is_dir|is_file|exists|is_fifo|is_socket|is_mount)\(\)|os\.path\.(exists|isdir|isfile)\(")
    files = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in (ROOT / "mali_chrono").rglob("*.py")}
    assert [name for name, text in files.items() if asked.search(text)] == []
