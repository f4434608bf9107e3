"""Draws the gallery's pictures anew, each by the command that stands above it; needs the extra plots."""

import os
import re
import shlex
from pathlib import Path

from mali_chrono.cli.app import run

ROOT = Path(__file__).parent.parent
TODAY = "2025-11-15"  # so that nothing but the chronology and the drawing changes them


def commands() -> list[list[str]]:
    """The gallery's commands, without the program's name."""
    text = (ROOT / "docs" / "gallery.md").read_text("utf-8")
    return [shlex.split(line)[1:] for line in re.findall(r"^chrono plot .*$", text, re.MULTILINE)]


if __name__ == "__main__":
    os.chdir(ROOT)
    raise SystemExit(max(run([*command, "--today", TODAY, "--store", "."]) for command in commands()))
