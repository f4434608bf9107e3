"""Imports point downward only, in no circle, and below cli/ nothing touches the outside world."""

import ast
from functools import cache

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


@cache
def imported(module: str) -> set[str]:
    """The package's modules that one imports, wherever in it, those for types alone too."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text("utf-8"))):
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


def test_every_folder_has_a_layer():
    assert {folder(module) for module in MODULES} - RANK.keys() == set()


def test_imports_point_downward():
    wrong = [
        f"{module} imports {name}"
        for module in MODULES
        for name in imported(module)
        if RANK[folder(name)] > RANK[folder(module)] or folder(name) in NEVER.get(folder(module), ())
    ]
    assert wrong == []


def test_python_asks_without_the_command_line():
    """Of cli/ it takes only what both find around them: the store, the cache, today."""
    used = {name for module in ("api", "results", "rows") for name in imported(f"{ROOM}.{module}")}
    assert {name for name in used if folder(name) == "cli"} == {f"{ROOM}.cli.environment"}


def test_no_module_imports_in_a_circle():
    done: set[str] = set()

    def walk(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " -> ".join([*trail[trail.index(module) :], module])
        if module not in done:
            for other in sorted(imported(module) - {module}):
                walk(other, (*trail, module))
            done.add(module)

    for module in MODULES:
        walk(module, ())


def test_below_the_command_line_nothing_touches_the_world():
    touched = []
    for module, path in MODULES.items():
        if folder(module) in ("cli", "__main__"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name(name)) if name in OUTSIDE:
                    touched.append(f"{module}:{node.lineno}: {name}")
                case ast.Attribute(ast.Name(owner), name) if (owner, name) in OUTSIDE_ATTRIBUTES:
                    touched.append(f"{module}:{node.lineno}: {owner}.{name}")
    assert touched == []


def test_modules_stay_small():
    big = {"mali_chrono.dates.edtf": 410}  # a whole grammar
    lines = {module: len(path.read_text("utf-8").splitlines()) for module, path in MODULES.items()}
    assert {module: n for module, n in lines.items() if n > big.get(module, 300)} == {}
