"""How much room a text takes on a sheet, and texts broken into lines that fit.

Widths are those of Liberation Sans (Arial's and Helvetica's, in thousandths of the size, as their AFM tables have
them), which the drawing program carries, so that a layout is the same on every machine.
"""

import unicodedata
from collections.abc import Iterable

_WIDTHS = {
    190: "'", 222: "ijl", 260: "|", 278: " !,./:;I[\\]ft", 333: "()-`r", 334: "{}", 355: '"', 389: "*", 469: "^",
    500: "Jcksvxyz", 556: "#$0123456789?L_abdeghnopqu–", 584: "+<=>~", 611: "FTZ", 667: "&ABEKPSVXY", 722: "CDHNRUw",
    778: "GOQ", 833: "Mm", 889: "%", 944: "W", 1000: "…—", 1015: "@",
}  # fmt: skip
_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_BOLD = 1.09  # its widest letters are a tenth wider


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """How many pixels a text takes in one line."""
    return sum(map(_letter, text)) * size / 1000 * (_BOLD if bold else 1)


def _letter(letter: str) -> int:
    if letter in _OF:
        return _OF[letter]
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    plain = unicodedata.normalize("NFKD", letter)[0]
    return _OF.get(plain, 1000)  # a letter of another script takes a full square at most


def widest(texts: Iterable[str], size: float) -> float:
    """The room the longest of some texts takes."""
    return max((text_width(text, size) for text in texts), default=0.0)


def wrap(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """A text in lines of at most `room` pixels, broken between words, and inside a word that fits no line."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if text_width(longer, size, bold=bold) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while text_width(line, size, bold=bold) > room and len(line) > 1:
            fits = next(
                n for n in range(len(line) - 1, 0, -1) if n == 1 or text_width(line[:n], size, bold=bold) <= room
            )
            lines.append(line[:fits])
            line = line[fits:]
    return [*lines, line] if line else lines
