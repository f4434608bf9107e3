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
    return "".join(c if c.isalnum() else " " for c in unaccented(character))


def unaccented(text: str) -> str:
    """Fold case and accents and drop apostrophes, as `fold` does, and keep every other mark."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_APOSTROPHES)).translate(_APOSTROPHES)
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(_LETTERS)


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
    folded = fold(text)
    return (folded if folded.isascii() else re.sub(_UNSPACED, r" \1 ", folded)).split()


def searchable(text: str) -> str:
    """A text for the full-text index. An apostrophe parts a word: both sides are found, and the whole."""
    whole = " ".join(search_words(text))
    parted = text.translate(_PARTED)
    return whole if parted == text else _GAP.join((whole, " ".join(search_words(parted))))


def search_text(texts: "Iterable[str]") -> str:
    """Searchable texts as one, so that no phrase runs from one into the next."""
    return _GAP.join(texts)


def like_text(texts: "Iterable[str]") -> str:
    """Texts as one for SQL's LIKE: a blank around every word, and a bar where no phrase may run on."""
    return f" {search_text(map(searchable, texts)).replace(_GAP, ' | ')} "


def width(text: str) -> int:
    """How many columns of a terminal a text takes (Unicode Standard Annex 11: wide letters take two, marks none)."""
    # From U+0300 on there are characters that take no column, or two; below it is only the soft hyphen.
    if text.isascii() or (max(text) < "\u0300" and "\xad" not in text):
        return len(text)
    return sum(
        0 if unicodedata.category(c) in _ROOMLESS else 1 + (unicodedata.east_asian_width(c) in "WF") for c in text
    )


_ROOMLESS = ("Mn", "Me", "Cf")
# Of what Python calls printable, the characters that show nothing of their own, in which a text can hide: fillers and
# variation selectors (Unicode's Default_Ignorable_Code_Point).
_UNSEEN = {*"\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0", *map(chr, range(0xFE00, 0xFE10)),
           *map(chr, range(0xE0100, 0xE01F0))}  # fmt: skip
_JOINING = "\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ua840-\ua8ff\ufb50-\ufdff\ufe70-\ufefc"
_PICTURES = "\xa9\xae\u203c-\u2bff\u3030-\u3299\U0001f000-\U0001faff"
# They show by what they do to their neighbours, and stay: joiners between letters of scripts that join (Persian and
# Indic words are misspelt without them) and inside an emoji, selectors on an emoji or a Han character.
_AT_WORK = (
    f"(?<=[{_JOINING}])[\u200c\u200d](?=[{_JOINING}])|(?<=[{_PICTURES}\ufe0f])\u200d(?=[{_PICTURES}])"
    f"|(?<=[{_PICTURES}])[\ufe0e\ufe0f]|(?<=[#*0-9])\ufe0f(?=\u20e3)"
    "|(?<=[\u3400-\u9fff\U00020000-\U0003ffff])[\ufe00-\ufe02\U000e0100-\U000e01ef]"
)
_FED = " *[\t\n][ \t\n]*"
# How a line of a log on GitHub becomes a command: `::error::` at its beginning, and a text may be wrapped before it, or
# `##[error]` anywhere.
_COMMAND = r"(?<![^ ])::(?=\S)|##\["


def visible(text: str) -> str:
    r"""The text with every character that a terminal would obey or hide as an escape, written as Python does.

    Those are controls, line feeds and tabs too (`\n`, `\x1b`), what reorders a line or takes no room (`\u202e`,
    `\xad`, `\U000e0041`), halves of characters, what is unassigned or private; and the first sign
    of a command to a log on GitHub (`\x3a:error::`). A backslash in the text stays as it is.
    """
    if _is_plain(text):
        return text
    text = re.sub(_COMMAND, lambda sign: f"\\x{ord(sign[0][0]):02x}{sign[0][1:]}", text)
    return "".join(
        c if _is_seen(c) or re.compile(_AT_WORK).match(text, i) else c.encode("unicode_escape").decode()
        for i, c in enumerate(text)
    )


def _is_plain(text: str) -> bool:
    shown = text.isprintable() and (text.isascii() or _UNSEEN.isdisjoint(text))
    return shown and "::" not in text and "##[" not in text


def _is_seen(char: str) -> bool:
    return char not in _UNSEEN if char.isprintable() else unicodedata.category(char) == "Zs"  # blanks of any width


def one_line(value: object) -> str:
    """A value on one line that a terminal only shows, empty for None.

    A line feed or a tab, with what blanks stand around it, is a blank: texts are wrapped where they are written. The
    rest is as `visible` shows it.
    """
    if value is None:
        return ""
    text = str(value)
    return text if _is_plain(text) else visible(re.sub(_FED, " ", text.strip("\n\t")))


def listing(names: "Sequence[str]", word: str = "and") -> str:
    """Names as a list in a sentence: "a", "a and b", "a, b and c"; an empty text for none."""
    return f" {word} ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def a(noun: str) -> str:
    """A noun after its article: "an event", "a place"."""
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number of things: "1 event", "3 events", "2 centuries" where the plural is given."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
