"""What is changed in a file of records, as a patch."""

import re
from collections.abc import Iterator, Sequence
from difflib import Match, SequenceMatcher

from mali_chrono.render.look import Look
from mali_chrono.text import visible

_COLORS = {"+": "32", "-": "31", "@": "36"}
_NO_END = "\n\\ No newline at end of file\n"
_ID = re.compile(r"""(?<![\w-])["']?id["']?\s*:\s*["']?([\w-]+)""")


def write_patch(file: str, before: bytes, after: bytes, look: Look) -> str:
    """A unified diff of a file, which `patch -p0` takes; empty where nothing is changed.

    Where a person looks on, what a terminal would obey is shown instead.
    """
    old, new = (re.findall(r"[^\n]*\n|[^\n]+$", text.decode("utf-8", "replace")) for text in (before, after))
    groups = _ByRecord(old, new).get_grouped_opcodes()
    lines = [line for group in groups for line in _hunk(old, new, group)]
    head = [f"--- {visible(file)}\n", f"+++ {visible(file)}\n"] if lines else []
    return "".join(_shown(line, look) for line in [*head, *lines])


class _ByRecord(SequenceMatcher[str]):
    """Compares record with record: of whole files of many thousand lines that takes too long."""

    def __init__(self, old: list[str], new: list[str]) -> None:
        super().__init__(None, old, new, autojunk=False)
        self.matches = [*_matches(old, new), Match(len(old), len(new), 0)]

    def get_matching_blocks(self) -> list[Match]:
        """The runs of lines that both have, in order; an empty one ends them."""
        return self.matches


def _matches(old: list[str], new: list[str]) -> list[Match]:
    """The runs of lines that records of one id have in common."""
    before, after = _Records(old), _Records(new)
    found: list[Match] = []
    for at, other, count in SequenceMatcher(None, before.ids, after.ids, autojunk=False).get_matching_blocks():
        for place in range(count):
            (start, end), (there, last) = before.spans[at + place], after.spans[other + place]
            inner = SequenceMatcher(None, old[start:end], new[there:last], autojunk=False)
            for a, b, size in inner.get_matching_blocks():
                begin = found[-1] if found else Match(0, 0, 0)
                if (begin.a + begin.size, begin.b + begin.size) == (start + a, there + b):
                    found[-1:] = [Match(begin.a, begin.b, begin.size + size)]
                elif size:
                    found.append(Match(start + a, there + b, size))
    return found


class _Records:
    """The records of a file of lines: what each is called, and from which line to which it stands."""

    def __init__(self, lines: Sequence[str]) -> None:
        starts = [0, *(number for number, line in enumerate(lines) if number and line.startswith("-"))]
        self.spans = list(zip(starts, [*starts[1:], len(lines)], strict=True))
        ids = [_ID.search("".join(lines[start:end])) for start, end in self.spans]
        self.ids = [match[1] if match else "" for match in ids]


def _hunk(old: Sequence[str], new: Sequence[str], group: Sequence[tuple[str, int, int, int, int]]) -> Iterator[str]:
    """The lines of one stretch of changes."""
    _, a, _, b, _ = group[0]
    _, _, a_end, _, b_end = group[-1]
    yield f"@@ -{_range(a, a_end)} +{_range(b, b_end)} @@\n"
    for kind, start, end, there, last in group:
        if kind == "equal":
            yield from (f" {line}" for line in old[start:end])
        else:
            yield from (f"-{line}" for line in old[start:end])
            yield from (f"+{line}" for line in new[there:last])


def _range(start: int, end: int) -> str:
    """Lines as a patch counts them; of none the one before."""
    count = end - start
    return f"{start + 1}" if count == 1 else f"{start + bool(count)},{count}"


def _shown(line: str, look: Look) -> str:
    text = line.removesuffix("\n")
    end = "\n" if line.endswith("\n") else _NO_END
    if look.is_terminal:
        text = visible(text.removesuffix("\r"))
    if look.color and (color := _COLORS.get(text[:1])):
        text = f"\x1b[{color}m{text}\x1b[0m"
    return text + end
