"""Imports point downward only, and below cli/ nothing touches the outside world."""

import ast
from pathlib import Path

import pytest
from conftest import ROOT

PACKAGE = ROOT / "mali_chrono"
# Lowest first: a module may import from its own layer and from those before it.
LAYERS = [
    {"errors", "fold", "spans", "fields", ""},
    {"edtf", "figures", "tolls", "datewords", "when", "units", "phrasetable", "phrases", "numerals"},
    {"shapes", "model", "store"},
    {"reader", "members", "walk", "rows", "changes", "documents", "cited"},
    {"readings", "proof", "coverage", "evidence"},
    {"load", "rules", "checks", "index", "query", "summary", "presence", "state", "lineage", "course", "history"},
    {"library"},
    {"render"},
    {"cli", "__main__"},
]
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}
MODULES = sorted(PACKAGE.rglob("*.py"))
# What only the command line may do.
OUTSIDE = {"print", "input", "exit", "quit", "breakpoint"}
OUTSIDE_ATTRIBUTES = {
    ("sys", "exit"), ("sys", "stdout"), ("sys", "stderr"), ("sys", "stdin"), ("sys", "argv"), ("os", "environ"),
    ("os", "getenv"), ("os", "get_terminal_size"), ("shutil", "get_terminal_size"), ("date", "today"),
    ("datetime", "now"), ("datetime", "today"), ("time", "time"), ("Path", "cwd"), ("Path", "home"), ("os", "getcwd"),
}  # fmt: skip


def layer(path: Path) -> str:
    relative = path.relative_to(PACKAGE).with_suffix("")
    return "" if relative.parts == ("__init__",) else relative.parts[0]


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        found |= {name.split(".")[1] if "." in name else "" for name in names if name.split(".")[0] == "mali_chrono"}
    return {name if name in RANK else "" for name in found}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_downward(path):
    assert layer(path) in RANK, "a new module needs a layer"
    assert {name for name in imported(path) if RANK[name] > RANK[layer(path)]} == set()


@pytest.mark.parametrize("path", [p for p in MODULES if layer(p) not in ("cli", "__main__")], ids=lambda p: p.stem)
def test_below_the_command_line_nothing_touches_the_world(path):
    touched = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in OUTSIDE:
            touched.add(node.func.id)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            pair = (node.value.id, node.attr)
            touched |= {pair} & OUTSIDE_ATTRIBUTES
    assert touched == set()


def test_modules_stay_small():
    assert {str(p): n for p in MODULES if (n := len(p.read_text("utf-8").splitlines())) > 450} == {}
