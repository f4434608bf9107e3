"""Answers to the letter, kept as files; `CHRONO_UPDATE_GOLDEN=1 python -m pytest` writes them anew: read the
difference before keeping it."""

import os
from pathlib import Path

GOLDEN = Path(__file__).parent.parent / "cases" / "golden"


def compare(name: str, text: str) -> None:
    """Hold a text against the one kept under a name."""
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("CHRONO_UPDATE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8")
