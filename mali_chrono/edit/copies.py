"""A copy of a document -> what its record says of the file."""

import re
import stat
from collections import Counter
from hashlib import sha256
from pathlib import Path

from mali_chrono.errors import DataError

_ENDINGS = {".md": "markdown", ".markdown": "markdown", ".csv": "csv", ".tsv": "csv", ".wiki": "wikitext",
            ".mediawiki": "wikitext", ".wikitext": "wikitext"}  # fmt: skip
# What only one markup writes. Where it stands in fewer than one line of `RARE` the text has none.
_MARKUPS = {
    "wikitext": re.compile(r"\[\[[^\[\]]+\]\]|\{\{|<ref\b|^=+[^=]+=+\s*$"),
    "markdown": re.compile(r"\[[^\[\]]*\]\([^()]*\)|^#{1,6} |\*\*\S"),
}
RARE = 50


_PIECE = 1 << 20  # bytes: no more of a line is looked at, nor held


def describe_copy(path: Path) -> dict[str, str]:
    """`file`, `sha256`, `lines` and `format` of a document, as its record gives them. Raises DataError.

    It is read in pieces, however large it is; what is no regular file may have no end.
    """
    digest, count, found = sha256(), 0, Counter[str]()
    piece = b"\n"
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise DataError(f"'{path}' is no regular file")
        with path.open("rb") as content:
            while following := content.readline(_PIECE):
                if piece.endswith(b"\n"):
                    count += 1
                    found.update(_markups(following, count))
                piece = following
                digest.update(piece)
    except OSError as fault:
        raise DataError(f"cannot read '{path}': {fault.strerror or fault}") from None
    if not count:
        raise DataError(f"'{path}' is empty")
    return {
        "file": path.name,
        "sha256": digest.hexdigest(),
        "lines": str(count),
        "format": _ENDINGS.get(path.suffix.lower()) or _markup(found, count),
    }


def _markups(line: bytes, number: int) -> list[str]:
    """The markups of which a line has something that no other one writes."""
    text = line.decode("utf-8-sig" if number == 1 else "utf-8", "replace").removesuffix("\n").removesuffix("\r")
    return [name for name, pattern in _MARKUPS.items() if pattern.search(text)]


def _markup(found: Counter[str], count: int) -> str:
    """The markup that most lines of a text show, if enough of them do."""
    name = max(_MARKUPS, key=lambda name: found[name])
    return name if found[name] * RARE > count else "text"
