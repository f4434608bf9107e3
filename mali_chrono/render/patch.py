"""What is changed in a file of records, as a patch."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import Match, SequenceMatcher

from mali_chrono.render.look import Look
from mali_chrono.text import visible

_COLORS = {"+": "32", "-": "31", "@": "36"}
# How often a line may stand on one side, times the lines of the other, for the middle of two to be held together.
_MOST = 100_000
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
    for at, other, count in _in_common(before.ids, after.ids):
        for place in range(count):
            (start, end), (there, last) = before.spans[at + place], after.spans[other + place]
            for a, b, size in _in_common(old[start:end], new[there:last]):
                begin = found[-1] if found else Match(0, 0, 0)
                if (begin.a + begin.size, begin.b + begin.size) == (start + a, there + b):
                    found[-1:] = [Match(begin.a, begin.b, begin.size + size)]
                elif size:
                    found.append(Match(start + a, there + b, size))
    return found


def _in_common(old: Sequence[str], new: Sequence[str]) -> Iterator[Match]:
    """The runs that two lists have in common, in order; of many that repeat themselves only how they begin and end.

    Of those difflib takes the square of their number at each step.
    """
    head = _same(old, new)
    tail = _same(old[head:][::-1], new[head:][::-1])
    ends = len(old) - tail, len(new) - tail
    if head:
        yield Match(0, 0, head)
    middle, theirs = old[head : ends[0]], new[head : ends[1]]
    repeats = max(Counter(middle).values(), default=0) * len(theirs)
    if repeats <= _MOST:
        for a, b, size in SequenceMatcher(None, middle, theirs, autojunk=False).get_matching_blocks():
            if size:
                yield Match(head + a, head + b, size)
    if tail:
        yield Match(*ends, tail)


def _same(old: Sequence[str], new: Sequence[str]) -> int:
    """How many of two lists are the same from the beginning."""
    return next(
        (at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new))
    )


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
