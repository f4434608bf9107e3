"""Shared by the tests: a way to run chrono as a user does, and stores to run it on."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases"
SEEDS = ROOT.parent / "shared" / "seeds"
TODAY = "2025-11-15"


class Ended(NamedTuple):
    """How a command ended: its exit code, and what it wrote."""

    code: int
    out: str
    err: str


@pytest.fixture
def chrono(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfdbinary) -> Callable[..., Ended]:
    """Run a command line in this process; fast, and with the same exit codes and bytes as a real one."""
    from mali_chrono.cli.app import run

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("CHRONO_TODAY", TODAY)
    monkeypatch.setenv("CHRONO_STORE", str(ROOT))
    monkeypatch.setenv("COLUMNS", "100")

    def command(*args: str) -> Ended:
        capfdbinary.readouterr()
        code = run(args)
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return Ended(code, out.decode(), err.decode())

    return command


@pytest.fixture
def process(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run a command line as a process of its own, in an environment of its own."""
    base = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "CHRONO_STORE": str(ROOT),
        "CHRONO_TODAY": TODAY,
    }

    def command(*args: str, env: dict[str, str | None] | None = None, **options) -> subprocess.CompletedProcess[str]:
        merged = {key: value for key, value in {**base, **(env or {})}.items() if value is not None}
        options = {"capture_output": True, "text": True, "encoding": "utf-8", **options}
        return subprocess.run([sys.executable, "-m", "mali_chrono", *args], env=merged, check=False, **options)

    return command


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A copy of the small store in which nothing is wrong."""
    return Path(shutil.copytree(CASES / "good", tmp_path / "good"))
