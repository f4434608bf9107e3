"""A file's bytes -> text that can be read as YAML, and Problems for what no text may hold."""

import re

from mali_chrono.errors import Problem

# Control characters, line separators that editors count differently, marks that reorder what a terminal shows.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
# What git writes between two sides of a merge: only in column 0, where nothing that a record holds can stand.
_MARK = re.compile(r"^(<{7}|\|{7}|={7}|>{7})(?=[ \t]|$)")
_SIDES = {"<<<<<<<": "ours", "|||||||": "base", "=======": "theirs", ">>>>>>>": "none"}


def decode(content: bytes, file: str) -> tuple[str, list[Problem]]:
    """A file's bytes as text; bytes that are no UTF-8 and characters no text may hold are Problems with a line."""
    problems = []
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as fault:
        before = content[: fault.start].decode("utf-8", "replace")
        line, column = position(before, len(before))
        message = f"byte 0x{content[fault.start]:02x} is not UTF-8"
        problems.append(Problem(file, line, column, "encoding", message, "save the file as UTF-8"))
        text = content.decode("utf-8", "replace")
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for match in CONTROL.finditer(text):
        line, column = position(text, match.start())
        hint = "delete it: it cannot be seen and would reach the reader's terminal"
        message = f"character U+{ord(match.group()):04X} is not allowed in a store"
        problems.append(Problem(file, line, column, "control-character", message, hint))
    return CONTROL.sub(" ", text), problems  # told once: libyaml would stop at it


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def take_merge_marks(text: str, file: str, problems: list[Problem]) -> str:
    """The text with the marks of an unresolved merge told and blanked, and only the first side of each conflict."""
    if not any(mark in text for mark in _SIDES):
        return text
    kept = []
    side = "none"
    for number, line in enumerate(text.split("\n"), 1):
        if mark := _MARK.match(line):
            side = _SIDES[mark[1]] if side != "none" or mark[1] == "<<<<<<<" else "none"
            message = f"an unresolved merge: this is git's mark '{mark[1]}'"
            hint = "keep one side of the conflict and delete the marks"
            problems.append(Problem(file, number, 1, "merge-mark", message, hint))
        kept.append("" if mark or side in ("base", "theirs") else line)
    return "\n".join(kept)
