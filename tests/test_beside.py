"""A second process makes the rows of many events: the index is the same, whatever becomes of that process."""

import pickle
import shlex
import shutil
import signal
import subprocess
import sys
from types import SimpleNamespace

import pytest
from conftest import ROOT, first_of_each, posix
from test_update import held

from mali_chrono.errors import BrokenStoreError
from mali_chrono.index import beside, cache
from mali_chrono.index import compile as making
from mali_chrono.index.maker import Known
from mali_chrono.store.locate import Store
from mali_chrono.store.model import Chronology
from mali_chrono.store.vocabulary import usual

NOW = 10**18
SHIPPED = Store(ROOT, "shipped")


class Begun(list):
    """The second processes that were begun, and how many batches came back from them."""

    received = 0


@pytest.fixture
def begun(monkeypatch):
    """One is begun for however few events, which come in batches of a hundred."""
    found = Begun()

    class Noted(subprocess.Popen):
        def __init__(self, *args, **more):
            super().__init__(*args, **more)
            found.append(self)

    def loaded(source):
        value = pickle.load(source)
        found.received += 1
        return value

    monkeypatch.setattr(beside, "pickle", SimpleNamespace(**{**vars(pickle), "load": loaded}))
    monkeypatch.setattr(making, "BATCH", 100)
    monkeypatch.setattr(making, "pays", lambda total: total > 0)
    monkeypatch.setattr(beside.subprocess, "Popen", Noted)
    return found


@pytest.fixture(scope="module")
def right():
    return cache.answer(SHIPPED, None, NOW, held)


@pytest.fixture
def run_by(monkeypatch, tmp_path):
    """Let a script of some lines stand in for Python, which is PYTHON in it."""

    def stand_in(lines):
        script = tmp_path / "python-instead"
        script.write_text(f"#!/bin/sh\nPYTHON={shlex.quote(sys.executable)}\n{lines}\n", "utf-8")
        script.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(script))

    return stand_in


def is_over(process) -> bool:
    return process.returncode is not None


def test_it_makes_the_same_rows(begun, right):
    assert cache.answer(SHIPPED, None, NOW, held) == right
    assert (len(begun), begun.received, is_over(begun[0])) == (1, 6, True)


def test_it_tells_dates_in_the_language_of_the_store(begun, good):
    pytest.importorskip("babel")
    (good / "data/chronology.yaml").write_text("format: 1\nlanguage: fr\n", "utf-8")

    def told(connection):
        return [when for (when,) in connection.execute('SELECT "when" FROM event ORDER BY n')]

    assert cache.answer(Store(good, "good"), None, NOW, told) == ["1 mai 2011", "juin 2012"]
    assert begun.received == 1


@pytest.mark.parametrize("batches", first_of_each([0, 3, 5], 3))
def test_it_is_killed(begun, right, batches, monkeypatch):
    send = beside._Helper.send

    def sent(helper, batch):
        if begun.received == batches:
            begun[0].kill()
            begun[0].wait()
        send(helper, batch)

    monkeypatch.setattr(beside._Helper, "send", sent)
    assert cache.answer(SHIPPED, None, NOW, held) == right
    assert (len(begun), begun.received) == (1, batches)


def test_it_cannot_be_begun(begun, right, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert cache.answer(SHIPPED, None, NOW, held) == right
    assert begun == []


@posix
@pytest.mark.parametrize(
    ("lines", "received"),
    first_of_each(
        [
            ("sleep 1000 & exit 1", 0),  # which keeps its pipes
            ("exit 1", 0),
            ("echo chrono 0.0.1/1; exec cat", 0),
            ('echo Initialising; exec $PYTHON "$@"', 0),
            ('$PYTHON "$@" | head -c 100000', 0),  # which says nothing until it has that much
            ("exec sleep 1000", 0),
            ('$PYTHON "$@"', 6),
            ("echo Loading the settings of the site", 0),  # what pickle takes for the beginning of a value, too
        ],
        8,
    ),
)
def test_another_program_stands_in_for_it(begun, right, run_by, monkeypatch, lines, received):
    run_by(lines)
    if not received:
        monkeypatch.setattr(beside, "_PATIENCE", 1)
    assert cache.answer(SHIPPED, None, NOW, held) == right
    assert (len(begun), begun.received, is_over(begun[0])) == (1, received, True)


def test_rows_of_another_version_are_none_of_ours(begun, right, monkeypatch):
    """The package on the disk was replaced while this process ran."""
    monkeypatch.setattr(beside, "_GREETING", b"chrono 0.0.1/27\n")
    assert cache.answer(SHIPPED, None, NOW, held) == right
    assert (len(begun), begun.received) == (1, 0)


def test_it_imports_nothing_of_the_folder_one_stands_in(begun, right, tmp_path, monkeypatch):
    """Neither where this process looks for modules there, nor where the environment or its settings say so."""
    for name in ("signal", "mali_chrono", "pickle", "struct", "sitecustomize", "usercustomize"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'pwned')!r}, 'w')", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "signal.py"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", ".", *sys.path, "relative", None])
    assert cache.answer(SHIPPED, None, NOW, held) == right
    assert (begun.received, (tmp_path / "pwned").exists()) == (6, False)


def test_it_compiles_where_this_process_does(monkeypatch):
    monkeypatch.setattr(sys, "pycache_prefix", "/elsewhere")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert {"-Xpycache_prefix=/elsewhere", "-B"} <= {*beside.command()}
    monkeypatch.setattr(sys, "pycache_prefix", None)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    assert not {"-Xpycache_prefix=None", "-B"} & {*beside.command()}


def test_it_ends_where_the_store_has_an_error(begun, tmp_path):
    for folder in ("data", "seeds"):
        shutil.copytree(ROOT / folder, tmp_path / "wrong" / folder)
    file = tmp_path / "wrong" / "data" / "events.yaml"
    head, _, last = file.read_text("utf-8").rpartition("\n- id: ")
    file.write_text(f"{head}\n- id: {last.replace('type: ', 'type: no-such-', 1)}", "utf-8")
    with pytest.raises(BrokenStoreError, match="no-such-"):
        cache.answer(Store(tmp_path / "wrong", "wrong"), None, NOW, held)
    assert [is_over(process) for process in begun] == [True]


@pytest.mark.parametrize("of", ["receive", "send", "_greet"])
def test_it_ends_where_this_process_is_interrupted(begun, monkeypatch, of):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(beside._Helper, of, interrupted)
    with pytest.raises(KeyboardInterrupt):
        cache.answer(SHIPPED, None, NOW, held)
    assert [is_over(process) for process in begun] == [True]


@posix
def test_it_goes_when_its_input_ends_and_not_before():
    """However the first process ends, it leaves none behind; an interrupt is for the first."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(beside.command(), **pipes) as process:
        assert process.stdout.read(len(beside._GREETING)) == beside._GREETING
        for value in ((Known(Chronology(), usual(), {}), None), []):
            pickle.dump(value, process.stdin)
        process.stdin.flush()
        assert pickle.load(process.stdout) == {"thing": []}
        process.send_signal(signal.SIGINT)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.3)
        assert process.communicate(timeout=10) == (b"", b"")


@pytest.mark.parametrize(
    ("events", "processors", "program", "pays"),
    [
        (beside.MANY, 2, "/usr/bin/python3.11", True),
        (beside.MANY, 2, "C:/Python/PYTHON.EXE", True),
        (beside.MANY - 1, 2, "/usr/bin/python3", False),
        (10**6, 1, "/usr/bin/python3", False),
        (0, 8, "/usr/bin/python3", False),
        (10**6, 8, "/usr/bin/qgis", False),  # a second one of these would begin
        (10**6, 8, None, False),
    ],
)
def test_when_it_pays(events, processors, program, pays, monkeypatch):
    for name in ("sched_getaffinity", "cpu_count", "process_cpu_count"):
        number = processors if "count" in name else range(processors)
        monkeypatch.setattr(beside.os, name, lambda *_, number=number: number, raising=False)
    monkeypatch.setattr(sys, "executable", program)
    assert beside.pays(events) is pays


@posix
def test_it_does_not_pay_where_a_broken_pipe_ends_this_process(monkeypatch):
    monkeypatch.setattr(beside.signal, "getsignal", lambda _: signal.SIG_DFL)
    assert not beside.pays(10**6)
