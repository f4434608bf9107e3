"""A second process makes the rows of many events: the index is the same, whatever becomes of that process."""

import pickle
import shutil
import signal
import subprocess
import sys
from types import SimpleNamespace

import pytest
from conftest import ROOT, posix
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


def is_over(process) -> bool:
    return process.returncode is not None


def test_it_makes_the_same_rows(begun, right):
    assert cache.answer(SHIPPED, None, NOW, held) == right
    assert (len(begun), begun.received, is_over(begun[0])) == (1, 6, True)


@pytest.mark.parametrize("batches", [0, 1, 3, 5])
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


@pytest.mark.parametrize("program", ["/nowhere/python", "/bin/false", "/bin/echo"])
@posix
def test_it_cannot_be_had(begun, right, program, monkeypatch):
    monkeypatch.setattr(sys, "executable", program)
    assert cache.answer(SHIPPED, None, NOW, held) == right
    assert all(map(is_over, begun))


def test_it_imports_nothing_of_the_folder_one_stands_in(begun, right, tmp_path, monkeypatch):
    for name in ("signal.py", "mali_chrono.py", "pickle.py", "sitecustomize.py"):
        (tmp_path / name).write_text(f"open({str(tmp_path / 'pwned')!r}, 'w')", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [one for one in sys.path if one])
    assert cache.answer(SHIPPED, None, NOW, held) == right
    assert (begun.received, (tmp_path / "pwned").exists()) == (6, False)


def test_it_ends_where_the_store_has_an_error(begun, tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "wrong" / "data")
    shutil.copytree(ROOT / "seeds", tmp_path / "wrong" / "seeds")
    file = tmp_path / "wrong" / "data" / "events.yaml"
    head, _, last = file.read_text("utf-8").rpartition("\n- id: ")
    file.write_text(f"{head}\n- id: {last.replace('type: ', 'type: no-such-', 1)}", "utf-8")
    with pytest.raises(BrokenStoreError, match="no-such-"):
        cache.answer(Store(tmp_path / "wrong", "wrong"), None, NOW, held)
    assert begun
    assert all(map(is_over, begun))


@posix
def test_it_goes_when_its_input_ends_and_not_before():
    """However the first process ends, it leaves none behind; an interrupt is for the first."""
    command = [sys.executable, "-P", "-c", beside._PROGRAM, *sys.path]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **pipes) as process:
        for value in ((Known(Chronology(), usual(), {}), None), []):
            pickle.dump(value, process.stdin)
        process.stdin.flush()
        assert pickle.load(process.stdout) == {"thing": []}
        process.send_signal(signal.SIGINT)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.3)
        assert process.communicate(timeout=10) == (b"", b"")


@pytest.mark.parametrize(
    ("events", "processors", "pays"),
    [(beside.MANY, 2, True), (beside.MANY - 1, 2, False), (10**6, 1, False), (0, 8, False)],
)
def test_when_it_pays(events, processors, pays, monkeypatch):
    monkeypatch.setattr(beside.os, "sched_getaffinity", lambda _: range(processors), raising=False)
    assert beside.pays(events) is pays
