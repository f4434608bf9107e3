"""What became of a text or a date, said by what changed in it."""

from difflib import SequenceMatcher

from mali_chrono.dates.edtf import parse
from mali_chrono.dates.words import describe, spelt_out, without_shared_end

# A text is told by what changed in it where so large a part stayed; that many words stand around a change. What is
# shorter or longer in words is told whole.
_STAYED, _AROUND = 0.5, 4
_SHORT, _LONG = 12, 1000


def date_words(before: str, after: str) -> tuple[str, str]:
    """Two dates in words, what both end with said once: "5 May" and "8 April 2021"; as EDTF where the words are one."""
    old, new = parse(before), parse(after)
    words = spelt_out(describe(old)), spelt_out(describe(new))
    if words[0] == words[1]:
        return before, after
    plain = all(date.kind == "date" and not date.approximate for date in (old, new))
    return (without_shared_end(*words), words[1]) if plain and old.precision == new.precision else words


def text_words(before: str, after: str, arrow: str = "->") -> str:
    """A text with what changed in it in brackets: "the army [had killed -> killed] two"; empty where most of it did."""
    old, new = before.split(), after.split()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if not _SHORT <= len(old) + len(new) <= _LONG or matcher.ratio() < _STAYED:
        return ""
    pieces: list[str] = []
    codes = matcher.get_opcodes()
    for n, (code, a, b, c, d) in enumerate(codes):
        if code == "equal":
            pieces += _around(old[a:b], first=n == 0, last=n == len(codes) - 1)
        else:
            sides = " ".join(old[a:b]), " ".join(new[c:d])
            said = {"replace": f" {arrow} ".join(sides), "insert": f"+{sides[1]}", "delete": f"-{sides[0]}"}
            pieces.append(f"[{said[code]}]")
    return " ".join(pieces)


def _around(words: list[str], *, first: bool, last: bool) -> list[str]:
    """Words that stayed: those next to a change, and three points for the rest."""
    before = [] if first else words[:_AROUND]
    after = [] if last else words[-_AROUND:]
    return words if len(words) <= len(before) + len(after) + 2 else [*before, "...", *after]
