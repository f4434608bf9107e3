"""A file's bytes -> text that can be read as YAML, and Problems for what no text may hold."""

import re

from mali_chrono.errors import Problem

# Control characters, line separators that editors count differently, marks that reorder what a terminal shows.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_CONTROLS = re.compile(CONTROL.pattern + "+")
MOST_PROBLEMS = 10_000  # of one file
# What git writes between two sides of a merge: only in column 0, where nothing that a record holds can stand.
_MARK = re.compile(r"^(<{7}|\|{7}|={7}|>{7})(?=[ \t]|$)")
_SIDES = {"<<<<<<<": "ours", "|||||||": "base", "=======": "theirs", ">>>>>>>": "none"}


# Where the zeros are among the first four bytes of a text that begins with two plain characters, or its mark.
_WIDE = (
    ("UTF-32", "utf-32", re.compile(rb"\xff\xfe\0\0|\0\0\xfe\xff")),
    ("UTF-16", "utf-16", re.compile(rb"\xff\xfe|\xfe\xff")),
    ("UTF-32", "utf-32-le", re.compile(rb"[^\0]\0\0\0[^\0]\0\0\0")),
    ("UTF-32", "utf-32-be", re.compile(rb"\0\0\0[^\0]\0\0\0[^\0]")),
    ("UTF-16", "utf-16-le", re.compile(rb"[^\0]\0[^\0]\0")),
    ("UTF-16", "utf-16-be", re.compile(rb"\0[^\0]\0[^\0]")),
)


def decode(content: bytes, file: str) -> tuple[str, list[Problem]]:
    """A file's bytes as text; bytes that are no UTF-8 and characters no text may hold are Problems with a line."""
    problems = []
    for name, codec, begins in _WIDE:
        if begins.match(content):
            told = Problem(file, 1, 1, "encoding", f"this is {name}, not UTF-8", "save the file as UTF-8")
            return content.decode(codec, "replace"), [told]
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
    controls = _controls(text, file)
    if controls:
        text = CONTROL.sub(" ", text)  # told once: libyaml would stop at it
    return text, problems + controls


def _controls(text: str, file: str) -> list[Problem]:
    """A problem for each run of characters that no text may hold."""
    problems: list[Problem] = []
    line, begins, done = 1, 0, 0  # the line of the match before, the offset where that line begins, of that match
    for match in _CONTROLS.finditer(text):
        at = match.start()
        if passed := text.count("\n", done, at):
            line += passed
            begins = text.rfind("\n", done, at) + 1
        done = at
        if stop(problems, file, line):
            break
        hint = "delete it: it cannot be seen and would reach the reader's terminal"
        message = f"character U+{ord(match[0][0]):04X} is not allowed in a store"
        if len(match[0]) > 1:
            message += f"; {len(match[0]):,} stand in a row here that are not"
        problems.append(Problem(file, line, at - begins + 1, "control-character", message, hint))
    return problems


def stop(problems: list[Problem], file: str, line: int) -> bool:
    """Whether so much is wrong with a file that the rest of it need not be looked at; then says so."""
    if len(problems) < MOST_PROBLEMS:
        return False
    if problems[-1].rule == "too-many":
        return True
    message = f"more than {MOST_PROBLEMS:,} problems: the rest of this file was not looked at"
    problems.append(Problem(file, line, 0, "too-many", message, "mend these first"))
    return True


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
            if stop(problems, file, number):
                break
            problems.append(Problem(file, number, 1, "merge-mark", message, hint))
        kept.append("" if mark or side in ("base", "theirs") else line)
    return "\n".join(kept)
