"""What is done to texts everywhere: folding, width, safe to print, "a, b and c", "3 events"."""

import re
import unicodedata

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Letters that no decomposition takes apart, and every mark that stands for an apostrophe.
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ŋ": "n", "ɓ": "b", "ɗ": "d", "ɔ": "o", "ɛ": "e"}
)
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻʿʾ`´ˈ＇"))
_PARTED = dict.fromkeys(_APOSTROPHES, " ")


def _fold_character(character: str) -> str:
    """One character, folded: "" for a mark or an apostrophe, a space for what is no letter or digit."""
    plain = unicodedata.normalize("NFKD", character.casefold().translate(_APOSTROPHES)).translate(_APOSTROPHES)
    return "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).translate(_LETTERS)


class _Folded(dict[int, str]):
    """What each character folds to, found when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Fold case and accents, drop apostrophes, turn every other mark into one space.

    "Jama'at  Nuṣrat" and "jamaat nusrat" fold alike, and so do "Ménaka" and "menaka".
    """
    return " ".join(text.translate(_FOLDED).split())


# Parts the texts of an event in the full-text index, so that no phrase runs from one into the next; nobody types it.
_GAP = " \ue000 "
# Scripts that write no spaces between words: Thai to Myanmar, Khmer, kana and Han.
_UNSPACED = "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])"


def search_words(text: str) -> list[str]:
    """The words of a text as a search meets them: folded; in a script without spaces each character is one."""
    return re.sub(_UNSPACED, r" \1 ", fold(text)).split()


def searchable(texts: "Iterable[str]") -> str:
    """Texts for the full-text index. An apostrophe parts a word: both sides are found, and the whole."""
    pieces = []
    for text in texts:
        pieces.append(" ".join(search_words(text)))
        parted = text.translate(_PARTED)
        if parted != text:
            pieces.append(" ".join(search_words(parted)))
    return _GAP.join(pieces)


def width(text: str) -> int:
    """How many columns of a terminal a text takes (Unicode Standard Annex 11: wide letters take two)."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF") for c in text)


def printable(text: str) -> str:
    """Replace what a terminal would obey instead of show; line feeds and tabs stay."""
    return "".join(c if c.isprintable() or c in "\n\t" else "\N{REPLACEMENT CHARACTER}" for c in text)


def listing(names: "Sequence[str]", word: str = "and") -> str:
    """Names as a list in a sentence: "a", "a and b", "a, b and c"; an empty text for none."""
    return f" {word} ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number of things: "1 event", "3 events", "2 centuries" where the plural is given."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def one_line(value: object) -> str:
    """A value on one line that a terminal only shows, empty for None."""
    return "" if value is None else " ".join(printable(str(value)).split())
