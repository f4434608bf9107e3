"""docs/notebook.ipynb shows what its cells print; `CHRONO_UPDATE_GOLDEN=1` writes it anew."""

import ast
import contextlib
import io
import json
import os
import re
from importlib.util import find_spec

import pytest
from conftest import ROOT

NOTEBOOK = ROOT / "docs" / "notebook.ipynb"


def run(cell: dict, names: dict) -> list[dict]:
    """What a cell prints and what its last expression shows, as the notebook's format has it (nbformat 4.5)."""
    tree = ast.parse("".join(cell["source"]))
    last = ast.Expression(tree.body.pop().value) if isinstance(tree.body[-1], ast.Expr) else None
    printed, outputs = io.StringIO(), []
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, NOTEBOOK.name, "exec"), names)
        value = None if last is None else eval(compile(last, NOTEBOOK.name, "eval"), names)
    if printed.getvalue():
        outputs.append(
            {"name": "stdout", "output_type": "stream", "text": printed.getvalue().splitlines(keepends=True)}
        )
    if value is not None:
        data = {"text/html": value._repr_html_().splitlines(keepends=True)} if hasattr(value, "_repr_html_") else {}
        data["text/plain"] = repr(value).splitlines(keepends=True)
        outputs.append(
            {"data": data, "execution_count": cell["execution_count"], "metadata": {}, "output_type": "execute_result"}
        )
    return outputs


def test_the_notebook_is_true(chrono):
    """`chrono` sets the store, the cache and the day; what needs pandas is left as it is where there is none."""
    notebook = json.loads(NOTEBOOK.read_text("utf-8"))
    names: dict = {}
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    fresh = []
    for number, cell in enumerate(cells, 1):
        if "pandas" in cell["metadata"].get("tags", ()) and not find_spec("pandas"):
            fresh.append(cell)
        else:
            numbered = cell | {"execution_count": number}
            fresh.append(numbered | {"outputs": run(numbered, names)})
    if os.environ.get("CHRONO_UPDATE_GOLDEN"):
        for cell, made in zip(cells, fresh, strict=True):
            cell.update(made)
        NOTEBOOK.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", "utf-8")
    assert fresh == cells


def test_the_page_is_true(chrono):
    """The examples of docs/python.md run, and every method it names is there."""
    import mali_chrono

    text = (ROOT / "docs" / "python.md").read_text("utf-8")
    for block in re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        exec(compile(block, "python.md", "exec"), {})
    asked = set(re.findall(r"`chrono\.(\w+)\(", text))
    assert asked == {name for name in vars(mali_chrono.Chronology) if not name.startswith("_")}


@pytest.mark.readers
def test_jupyter_runs_it(process, tmp_path):
    """The same through a kernel of its own."""
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    kept = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(ROOT)}}).execute()
    assert [cell.outputs for cell in notebook.cells if cell.cell_type == "code"] == kept
