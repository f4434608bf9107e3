"""Shared by the tests: a way to run chrono as a user does, and stores to run it on."""

import contextlib
import gc
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases"
SEEDS = ROOT.parent / "shared" / "seeds"
TODAY = "2025-11-15"

# By which a process of its own imports chrono, compiled once where others keep it.
IMPORTS = {"PYTHONPATH": str(ROOT)} | {
    name: os.environ[name] for name in ("PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE") if name in os.environ
}

# What runs on no machine but these, and why: modules that ask it all along, and marks for single tests.
NEEDS_POSIX = {
    "test_completion.py": "shells on a pseudo-terminal",
    "test_files.py": "modes, limits and devices",
    "test_hostile_files.py": "limits and pipes with a name",
    "test_index_damage.py": "modes, limits and signals",
    "test_output.py": "pseudo-terminals, limits and signals",
    "test_process.py": "pseudo-terminals and a POSIX shell",
    "test_unreadable.py": "modes, and the system's words for what is wrong",
    "test_waiting.py": "pseudo-terminals and signals",
}
collect_ignore = [] if os.name == "posix" else list(NEEDS_POSIX)
posix = pytest.mark.skipif(os.name != "posix", reason="names, modes and shells of POSIX")
linux = pytest.mark.skipif(sys.platform != "linux", reason="limits and names of files as Linux has them")

pytest.register_assert_rewrite("helpers.golden", "helpers.asking")
# `chrono` and `good` serve all examples of a law: none of them keeps what one example asked.
settings.register_profile("quick", max_examples=20, deadline=None,
                          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
settings.register_profile("long", settings.get_profile("quick"), max_examples=2000)
settings.register_profile("mutants", settings.get_profile("quick"), max_examples=20, derandomize=True, database=None)
settings.load_profile("quick")


def first_of_each(cases: Iterable[object], step: int) -> list[object]:
    """Cases to parametrize with: every so many is quick, and the others are slow."""
    return [case if at % step == 0 else _slow(case) for at, case in enumerate(cases)]


def _slow(case: object) -> object:
    return pytest.param(*(case if type(case) is tuple else (case,)), marks=pytest.mark.slow)


class Ended(NamedTuple):
    """How a command ended: its exit code, and what it wrote."""

    code: int
    out: str
    err: str


class Screen:
    """Standard output that says it is a terminal."""

    def __init__(self, out, encoding: str) -> None:
        self.out, self.encoding = out, encoding

    def isatty(self) -> bool:
        return True

    def __getattr__(self, name: str):
        return getattr(self.out, name)


def pytest_collection_finish() -> None:
    """Thousands of tests that wait are no garbage: without this each search for some walks through all of them."""
    gc.collect()
    gc.freeze()


def pytest_report_header() -> list[str]:
    """Say what is not asked here."""
    return [f"not asked here: {name} (it needs {what})" for name, what in NEEDS_POSIX.items() if name in collect_ignore]


def cache_in(folder: Path) -> dict[str, str]:
    """What makes a folder the one that caches are kept in, on any machine."""
    name = {"win32": "LOCALAPPDATA", "darwin": "HOME"}.get(sys.platform, "XDG_CACHE_HOME")
    return {name: str(folder)}


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache folder of the session: the shipped store is compiled once, by the first command that needs it."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """What one test leaves of a store's language is none of the next one's."""
    yield
    from mali_chrono.dates.spoken import speak

    speak(None)


@pytest.fixture
def chrono(monkeypatch: pytest.MonkeyPatch, cache: Path, capfdbinary) -> Callable[..., Ended]:
    """Run a command line in this process; fast, and with the same exit codes and bytes as a real one."""
    from mali_chrono.cli.app import run

    for name, value in cache_in(cache).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("CHRONO_TODAY", TODAY)
    monkeypatch.setenv("CHRONO_STORE", str(ROOT))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("CHRONO_PAGER", "")

    def command(*args: str) -> Ended:
        capfdbinary.readouterr()
        code = run(args)
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return Ended(code, out.decode(), err.decode())

    return command


@pytest.fixture
def terminal(chrono, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Make standard output a terminal for `chrono`: so many columns wide, with colour or box lines or without."""

    def look(width: int, *, color: bool = False, unicode: bool = True) -> None:
        monkeypatch.setattr(sys, "stdout", Screen(sys.stdout, "utf-8" if unicode else "ascii"))
        monkeypatch.setenv("COLUMNS", str(width))
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setenv("NO_COLOR", "" if color else "1")

    return look


@pytest.fixture
def process(cache: Path, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run a command line as a process of its own, in an environment of its own."""
    base = {
        "PATH": os.environ["PATH"],
        # Without these no program of Windows starts.
        **{name: os.environ[name] for name in ("SYSTEMROOT", "COMSPEC", "PATHEXT", "TEMP") if name in os.environ},
        "HOME": str(tmp_path),
        **cache_in(cache),
        **IMPORTS,
        "CHRONO_STORE": str(ROOT),
        "CHRONO_TODAY": TODAY,
    }

    def command(*args: str, env: dict[str, str | None] | None = None, **options) -> subprocess.CompletedProcess[str]:
        merged = {key: value for key, value in {**base, **(env or {})}.items() if value is not None}
        options = {"capture_output": True, "text": True, "encoding": "utf-8", **options}
        program = options.pop("program", (sys.executable, "-m", "mali_chrono"))
        return subprocess.run([*program, *args], env=merged, check=False, **options)

    return command


@pytest.fixture
def database() -> Iterator[Callable[[Path | str], sqlite3.Connection]]:
    """Connects to a file of SQLite's until the test ends."""
    with contextlib.ExitStack() as open_until_then:
        yield lambda path: open_until_then.enter_context(contextlib.closing(sqlite3.connect(path)))


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A copy of the small store in which nothing is wrong."""
    return Path(shutil.copytree(CASES / "good", tmp_path / "good"))


@pytest.fixture
def ask(chrono):
    """Ask the small stores under tests/cases/stores: helpers.asking."""
    from helpers.asking import Asker

    return Asker(chrono)


@pytest.fixture
def lenient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store's reader lets every character pass."""
    from mali_chrono.store import decode, nodes

    for module in (decode, nodes):
        monkeypatch.setattr(module, "CONTROL", re.compile("(?!)"))


@pytest.fixture
def exchange(ask, cache: Path):
    """Write answers of the small stores in the formats for other programs: helpers.exchanging."""
    from helpers.exchanging import Exchange

    return Exchange(ask, cache)


@pytest.fixture
def bound() -> dict[str, Callable[[], None]]:
    """Options for `process`: file modes bind the command, also where the tests run as root."""
    if os.name != "posix":
        pytest.skip("no file modes")
    if os.geteuid() != 0:
        return {}
    if sys.platform != "linux":
        pytest.skip("file modes do not bind root")
    import ctypes

    prctl = ctypes.CDLL(None).prctl
    drop, override, search = 24, 1, 2  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH: capabilities(7)

    def let_go() -> None:
        for capability in (override, search):
            if prctl(drop, capability, 0, 0, 0):
                raise OSError

    return {"preexec_fn": let_go}
