"""What is changed in a file, as a patch."""

from difflib import unified_diff

from mali_chrono.render.look import Look
from mali_chrono.text import visible

_COLORS = {"+": "32", "-": "31", "@": "36"}
_NO_END = "\\ No newline at end of file\n"


def write_patch(file: str, before: bytes, after: bytes, look: Look) -> str:
    """A unified diff of a file, which `patch -p0` takes; empty where nothing is changed.

    Where a person looks on, what a terminal would obey is shown instead.
    """
    old, new = (content.decode("utf-8", "replace").splitlines(keepends=True) for content in (before, after))
    return "".join(_line(line, look) for line in unified_diff(old, new, visible(file), visible(file)))


def _line(line: str, look: Look) -> str:
    text = line.removesuffix("\n")
    rest = "" if line.endswith("\n") else f"\n{_NO_END}"
    if look.is_terminal:
        text = visible(text.removesuffix("\r"))
    if look.color and (color := _COLORS.get(text[:1])):
        text = f"\x1b[{color}m{text}\x1b[0m"
    return f"{text}{rest or chr(10)}"
