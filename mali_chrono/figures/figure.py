"""Figures as printed: text <-> low, best and high. The lower bounds of the words are those of ACLED's codebook."""

import re
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

WORDS = {"some": 1, "several": 3, "many": 10, "tens": 10, "dozens": 12, "hundreds": 100, "thousands": 1000}
MAX_DIGITS = 12
MAX_SHOWN = 40
FORMS = "84, 84+, over 30, under 10, up to 170, ~300, nearly 350000, 200-300, 25-82+, 5/7/12, 0, or " + ", ".join(WORDS)

# As written: one number or two with words and signs around them, or low/best/high.
PLAIN = r"(over |under |up to |nearly |~)?([0-9]+)(?:-([0-9]+))?(\+)?"
THREE = "[0-9]+/[0-9]+/[0-9]+"

_SPOKEN = (
    (r"(?:at least|no fewer than|>=|≥) ?(\d+)|(\d+) (?:or more|\+)|over (\d+)\+", r"\1\2\3+"),
    (r"(?:more than|above|upwards of|>) ?(\d+)", r"over \1"),
    (r"(?:fewer than|less than|below|<) ?(\d+)", r"under \1"),
    (r"(?:as many as|at most|no more than|<=|≤) ?(\d+)", r"up to \1"),
    (r"(?:about|around|approximately|roughly|circa|an estimated|estimated|some|~|≈) ?(\d+)", r"~\1"),
    (r"almost (\d+)", r"nearly \1"),
    (r"(?:between )?(\d+) ?(?:-|to|and|or) ?(\d+) ?(\+?)", r"\1-\2\3"),
    (r"(\d+) ?/ ?(\d+) ?/ ?(\d+)", r"\1/\2/\3"),
    (r"no|none|nobody|zero", "0"),
    (r"a dozen", "12"),
    (r"(?:about|around) a dozen", "~12"),
)


class FigureError(ValueError):
    """A text that is no figure; the message says why and what to write instead."""


class Figure(NamedTuple):
    """One figure as printed: `high` is always a number, and when `open` the true one may lie above it.

    `about` leaves the number alone in sums and gives it a tenth either way in comparisons. `text` is canonical.
    """

    low: int
    best: int
    high: int
    open: bool
    about: bool
    text: str

    @property
    def least(self) -> int:
        """What it says there were at least: its best where it gives low, best and high (5/7/12), else its low."""
        return self.best if "/" in self.text else self.low


def parse_figure(text: str) -> Figure:
    """Read a figure in the store's form; raise FigureError, with a suggestion where there is one."""
    read = _read(text)
    if isinstance(read, Figure):
        return read
    shown = text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + "..."
    hint = _suggest(text)
    raise FigureError(
        f"{shown!r} is not a figure: {read}; " + (f"did you mean {hint!r}?" if hint else f"write {FORMS}")
    )


def _read(text: str) -> Figure | str:
    """Read a figure, or say what is wrong with the text."""
    if text in WORDS:
        low = WORDS[text]
        return Figure(low, low, low, True, False, text)
    if re.fullmatch(THREE, text):
        return _read_three(text)
    match = re.fullmatch(PLAIN, text)
    if match is None:
        return "the form is unknown"
    head, first, last, plus = match.groups("")
    if flaw := _flaw(head, first, last, plus):
        return flaw
    low, high = int(first), int(last or first)
    steps = {"over ": (low + 1, low + 1, low + 1), "under ": (0, low - 1, low - 1), "up to ": (0, low, low)}
    ends = steps.get(head, (low, low, high))
    return Figure(*ends, open=head == "over " or bool(plus), about=head in ("~", "nearly "), text=text)


def _read_three(text: str) -> Figure | str:
    """Read low/best/high, or say what is wrong with it."""
    pieces = text.split("/")
    if flaw := _flaw_of_digits(pieces):
        return flaw
    low, best, high = map(int, pieces)
    if not low <= best <= high:
        return "low/best/high do not fall"
    if low == high:
        return "low and high are the same"
    return Figure(low, best, high, open=False, about=False, text=text)


def _flaw_of_digits(numbers: "Iterable[str]") -> str | None:
    """Say why one of some texts of digits is no number; None when all are."""
    for digits in filter(None, numbers):
        if len(digits) > MAX_DIGITS:
            return f"more than {MAX_DIGITS} digits"
        if digits != "0" and digits.startswith("0"):
            return "a number has no leading zero"
    return None


def _flaw(head: str, first: str, last: str, plus: str) -> str | None:
    """Say why the pieces make no figure; None when they do."""
    if flaw := _flaw_of_digits((first, last)):
        return flaw
    if head and (last or plus):
        return f"{head.strip()!r} takes one plain number"
    if last and int(last) <= int(first):
        return "a range runs from the lower to the higher number"
    if first == "0" and not last and (plus or head not in ("", "over ")):
        return "it says nothing about zero; none is '0'"
    return None


def _suggest(text: str) -> str | None:
    """Find the figure a person may have meant, or None."""
    # Imported here because only a mistake needs them, and start-up is measured.
    import difflib  # noqa: PLC0415
    import unicodedata  # noqa: PLC0415

    if len(text) > MAX_SHOWN:
        return None
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    plain = re.sub("[\u2010-\u2015\u2212]", "-", plain)
    plain = re.sub(r"(?<=\d)[,.'\u2019 _](?=\d{3}(?!\d))", "", plain)
    plain = re.sub(r"\d+", lambda digits: str(int(digits[0])), plain)
    guesses = [plain, *(match.expand(form) for words, form in _SPOKEN if (match := re.fullmatch(words, plain)))]
    guesses += [re.sub(r"^(\d+)-(\d+)", r"\2-\1", guess) for guess in guesses]
    guesses = [re.sub(r"^(\d+)(?:-\1|/\1/\1)$", r"\1", guess) for guess in guesses]
    guesses += [
        "/".join(sorted(guess.split("/"), key=int)) for guess in guesses if re.fullmatch(r"\d+(/\d+){2}", guess)
    ]
    for guess in guesses:
        if isinstance(_read(guess), Figure):
            return guess
    return next(iter(difflib.get_close_matches(plain, WORDS, cutoff=0.75)), None)
