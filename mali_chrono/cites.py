"""How a cite is written and read: lines of a source document, pages of it, or an anchor in it."""

import re

SLUG = "[a-z0-9][a-z0-9-]*"
_NUMBER = "[1-9][0-9]{0,7}"
# Signs that nobody sees, or that turn what stands around them, inside brackets of a pattern.
HIDDEN = r"\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
# What an address may have after its `#`, but for what a list of cites, YAML or Markdown would take for its own.
_ANCHOR = rf"[^{HIDDEN}\s#,;\[\]{{}}\x22'<>|`\\^]{{1,200}}"
CITE = f"({SLUG}):(?:({_NUMBER})(?:-({_NUMBER}))?|p[.] ({_NUMBER})|pp[.] ({_NUMBER})-({_NUMBER})|#({_ANCHOR}))"
HOW = "write source:line, source:first-last, source:p. 12, source:pp. 12-14 or source:#anchor"
# What the numbers of a cite count. The unit of an anchor is the anchor with its `#`, and its numbers are 0.
LINE, PAGE = "line", "page"

Read = tuple[str, int, int, str]


def read_cite(text: str) -> Read:
    """The source of a cite, its first and last line or page, and what these count. Raises ValueError."""
    match = re.fullmatch(CITE, text)
    if not match:
        raise ValueError(f"'{text}' is no cite: {HOW}")
    source, line, last_line, page, first_page, last_page, anchor = match.groups()
    if anchor:
        return source, 0, 0, f"#{anchor}"
    first = int(line or page or first_page)
    last = int(last_line or last_page or first)
    if last < first:
        raise ValueError(f"'{text}' runs backwards")
    return source, first, last, LINE if line else PAGE


def place_in(first: int, last: int, unit: str) -> str:
    """What a cite says after its source: "12-14", "p. 12", "pp. 12-14", "#anchor"."""
    if unit.startswith("#"):
        return unit
    span = f"{first}-{last}" if last != first else str(first)
    return span if unit == LINE else f"p{'p' * (last != first)}. {span}"


def anchor_of(unit: str) -> str | None:
    """The anchor that a unit is, without its `#`; None where it counts lines or pages."""
    return unit[1:] if unit.startswith("#") else None


def split_cite(cite: str) -> tuple[str, str]:
    """The id of a cite's document, and what of it: "book" and "110-111"."""
    source, _, place = cite.partition(":")
    return source, place


def source_of(cite: str) -> str:
    """The id of a cite's document."""
    return split_cite(cite)[0]


def cite_words(cite: str) -> tuple[str, str]:
    """A cite for a reader: of "book:110-111" the document's id, and "lines 110-111"."""
    source, place = split_cite(cite)
    if place.startswith("#"):
        return source, f"at {place}"
    unit = PAGE if place.startswith("p") else LINE
    return source, f"{unit}{'s' * ('-' in place)} {place.lstrip('p. ')}"
