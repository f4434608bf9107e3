"""Markup -> the text that it shows: Wikitext, Markdown, and plain text with its reference marks."""

import re
import unicodedata
from collections.abc import Callable
from html import unescape

from mali_chrono.figures.numerals import in_plain_digits

CREDITS = re.compile(r"\(?\bSources?:\s.*$")
NOTED = re.compile(r"\s*[0-9]+\.\s*\^\s")
_MARKS = re.compile(r"\[(?:[0-9]{1,3}|[a-z]|note [0-9]+)\]")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
_CHARACTERS = str.maketrans({
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2212": "-", "\u2014": " - ", "\u2015": " - ",
    "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00ab": '"', "\u00bb": '"', "\u200b": None,
})  # fmt: skip


def normalise(text: str) -> str:
    """One kind of space, hyphen and quotation mark, an em dash stands apart from the words it divides.

    Letters and their accents are one sign (NFC), digits of any script 0 to 9.
    """
    plain = in_plain_digits(unicodedata.normalize("NFC", unescape(text)))
    return _SPACES.sub(" ", plain.translate(_CHARACTERS)).strip()


def _blanks(match: re.Match[str]) -> str:
    """What is removed over several lines leaves its line feeds, so that lines keep their numbers."""
    return "\n" * match[0].count("\n")


def _wikitext(raws: list[str]) -> list[str]:
    text = "\n".join(raws)
    text = re.sub(r"<!--.*?-->|<ref\b[^<>]*/>", _blanks, text, flags=re.DOTALL)
    text = re.sub(r"<ref\b[^<>]*>.*?</ref>", _blanks, text, flags=re.DOTALL)
    text = re.sub(r"\{\{\s*[Cc](?:irca|\.)?\s*\|\s*([^{}|]*)[^{}]*\}\}", r"c. \1", text)
    text = _until_still(re.compile(r"\{\{[^{}]*\}\}"), _blanks, text)
    text = _until_still(re.compile(r"\[\[([^\[\]]*)\]\]"), _linked, text)
    text = re.sub(r"\[https?://[^\s\]]+ ?([^\]]*)\]", r"\1", text)
    text = re.sub(r"</?[a-z][^<>]*>|'{2,}", "", text)
    return [normalise(line) for line in text.split("\n")]


def _until_still(pattern: re.Pattern[str], change: Callable[[re.Match[str]], str], text: str) -> str:
    """Apply a change from the innermost brackets outwards."""
    before = ""
    while before != text:
        before, text = text, pattern.sub(change, text)
    return text


def _linked(match: re.Match[str]) -> str:
    """`[[a|b]]` reads b; of a picture only the caption is read, its last part."""
    return match[1].rpartition("|")[2]


def _markdown(raws: list[str]) -> list[str]:
    return [normalise(_plain(raw)) for raw in raws]


def _plain(raw: str) -> str:
    text = CREDITS.sub("", raw)
    text = re.sub(r"\[((?:\\.|[^\[\]\\])*)\]\([^()]*\)", r"\1", text)
    text = re.sub(r"\*\*|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)", "", text)
    return re.sub(r"\\(?=[^\w\s])", "", text)


def _text(raws: list[str]) -> list[str]:
    return ["" if NOTED.match(raw) else normalise(_MARKS.sub("", raw)) for raw in raws]


FORMS: dict[str, Callable[[list[str]], list[str]]] = {"wikitext": _wikitext, "markdown": _markdown, "text": _text}
