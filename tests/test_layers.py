"""Imports point downward only, in no circle, and below cli/ nothing touches the outside world."""

import ast
from pathlib import Path

import pytest
from conftest import ROOT

ROOM = "mali_chrono"
PACKAGE = ROOT / ROOM
# Lowest first: a folder (or a module beside them) imports from those before it; evidence stands beside index.
LAYERS = [
    {"", "cites", "contract", "earth", "errors", "kinds", "near", "paths", "progress", "rows", "schemes", "text"},
    {"dates", "figures"},
    {"store"},
    {"index", "evidence", "edit", "intake"},
    {"answers"},
    {"render", "exchange"},
    {"plot"},
    {"cli", "__main__", "api", "results"},
]
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}
# What would be downward and still must not be: answers stay on the warm path, which never reads a store; the proof
# holds records against documents and needs no index; figures and dates stand alone.
NEVER = {
    "answers": {"store"},
    "evidence": {"index"},
    "index": {"evidence", "intake"},
    "intake": {"index"},
    "figures": {"dates", "errors", "kinds", "progress", "text"},
    "dates": {"figures"},
    "cli": {"api", "results"},
}
MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
# What only the command line may do.
OUTSIDE = {"print", "input", "exit", "quit", "breakpoint"}
OUTSIDE_ATTRIBUTES = {
    ("sys", "exit"), ("sys", "stdout"), ("sys", "stderr"), ("sys", "stdin"), ("sys", "argv"), ("os", "environ"),
    ("os", "getenv"), ("os", "get_terminal_size"), ("shutil", "get_terminal_size"), ("date", "today"),
    ("datetime", "now"), ("datetime", "today"), ("time", "time"), ("Path", "cwd"), ("Path", "home"), ("os", "getcwd"),
}  # fmt: skip


def folder(module: str) -> str:
    """The folder of a module, or the module itself where it stands beside them."""
    return module.split(".")[1] if "." in module else ""


def imported(path: Path) -> set[str]:
    """The package's modules that a file imports, wherever in it, those for types alone too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        found |= {next(name for name in _heads(name) if name in MODULES) for name in names if _heads(name)[-1] == ROOM}
    return found


def _heads(name: str) -> list[str]:
    """A dotted name and what it begins with, the longest first."""
    parts = name.split(".")
    return [".".join(parts[:n]) for n in range(len(parts), 0, -1)]


IMPORTS = {module: imported(path) for module, path in MODULES.items()}


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_downward(module):
    mine = folder(module)
    assert mine in RANK, "a new folder needs a layer"
    wrong = {
        name
        for name in IMPORTS[module]
        if RANK[folder(name)] > RANK[mine] or folder(name) in NEVER.get(mine, ())
    }  # fmt: skip
    assert wrong - ALLOWED.get(module, set()) == set()


# Where a fresh index has to be made the warm path turns cold, behind an import inside a function.
ALLOWED: dict[str, set[str]] = {}


def test_python_asks_without_the_command_line():
    """Of cli/ it takes only what both find around them: the store, the cache, today."""
    used = {name for module in ("api", "results", "rows") for name in IMPORTS[f"{ROOM}.{module}"]}
    assert {name for name in used if folder(name) == "cli"} == {f"{ROOM}.cli.environment"}


def test_no_module_imports_in_a_circle():
    done: set[str] = set()

    def walk(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " -> ".join([*trail[trail.index(module) :], module])
        if module not in done:
            for other in sorted(IMPORTS[module] - {module}):
                walk(other, (*trail, module))
            done.add(module)

    for module in MODULES:
        walk(module, ())


@pytest.mark.parametrize("module", [name for name in MODULES if folder(name) not in ("cli", "__main__")])
def test_below_the_command_line_nothing_touches_the_world(module):
    touched = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in OUTSIDE:
            touched.add(node.func.id)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            pair = (node.value.id, node.attr)
            touched |= {pair} & OUTSIDE_ATTRIBUTES
    assert touched == set()


def test_modules_stay_small():
    big = {"mali_chrono.dates.edtf": 410}  # a whole grammar
    lines = {module: len(path.read_text("utf-8").splitlines()) for module, path in MODULES.items()}
    assert {module: n for module, n in lines.items() if n > big.get(module, 300)} == {}
