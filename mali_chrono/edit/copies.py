"""A copy of a document -> what its record says of the file."""

import re
from hashlib import sha256
from pathlib import Path

from mali_chrono.errors import DataError
from mali_chrono.intake.tables import lines_of

_ENDINGS = {".md": "markdown", ".markdown": "markdown", ".csv": "csv", ".tsv": "csv", ".wiki": "wikitext",
            ".mediawiki": "wikitext", ".wikitext": "wikitext"}  # fmt: skip
# What only one markup writes. Where it stands in fewer than one line of `RARE` the text has none.
_MARKUPS = {
    "wikitext": re.compile(r"\[\[[^\[\]]+\]\]|\{\{|<ref\b|^=+[^=]+=+\s*$"),
    "markdown": re.compile(r"\[[^\[\]]*\]\([^()]*\)|^#{1,6} |\*\*\S"),
}
RARE = 50


def describe_copy(path: Path) -> dict[str, str]:
    """`file`, `sha256`, `lines` and `format` of a document, as its record gives them. Raises DataError."""
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise DataError(f"cannot read '{path}': {fault.strerror or fault}") from None
    if not content:
        raise DataError(f"'{path}' is empty")
    lines = lines_of(content.decode("utf-8", "replace"))
    return {
        "file": path.name,
        "sha256": sha256(content).hexdigest(),
        "lines": str(len(lines)),
        "format": _ENDINGS.get(path.suffix.lower()) or _markup(lines),
    }


def _markup(lines: list[str]) -> str:
    """The markup that a text is written in, by what only one markup writes."""
    counts = {name: sum(bool(pattern.search(line)) for line in lines) for name, pattern in _MARKUPS.items()}
    name = max(counts, key=lambda name: counts[name])
    return name if counts[name] * RARE > len(lines) else "text"
