"""Whether English prose says that nobody was killed, or nobody hurt: what is not known or not told denies nothing."""

import re

_NOBODY = r"(?:nobody|no[ -]one|no (?:people|persons?|human beings?))"
_HURT = r"(?:injured|wounded|hurt|harmed)"
_DEATH = (
    r"(?:casualt(?:y|ies)|fatalit(?:y|ies)|deaths?|dead|victims?|loss(?:es)? of (?:human )?li(?:fe|ves)|lives lost)"
)
_BETWEEN = r"(?:(?:reported|recorded|human|material|significant|damages?|injur(?:y|ies)|wounded|and|or) |/)*"
_LESS = r"(?:killed|dead|died|dies|die|perished|lost (?:his|her|their) li(?:fe|ves))"
_NO_DEATH = re.compile(
    rf"\b(?:no|zero|without(?: causing)?(?: any)?|not (?:cause|result in|lead to)(?: any)?) {_BETWEEN}{_DEATH}\b"
    # What is said of some is no word of the others; a toll that does not exist is not known.
    r"(?! (?:tolls?|figures?|numbers?|counts?|estimates?)\b)"
    r"(?!(?: (?:were|was|have been|has been))?(?: (?:reported|recorded|confirmed))? "
    r"(?:among|amongst|from|within|on|for|to|of|by|in the ranks)\b)"
    rf"|\b{_NOBODY}(?: else)?(?: (?:was|were|is|are|has been|have been|had been|has|have|had))?(?: reportedly)? "
    rf"(?:{_HURT} (?:or|and|nor) )?(?:{_LESS}|hurt|harmed)\b(?: (?:or|and|nor) {_HURT})?"
    rf"|\b(?:killed|killing|kills|hurt|harmed|hurting|harming) {_NOBODY}\b"
    r"|\b(?:not|n't) (?:kill|hurt|harm) (?:anyone|anybody|any person)\b"
    r"|\bbloodless",
    re.IGNORECASE,
)
# Before a denial these make it one side's, or none.
_WEAK = re.compile(
    r"\b(?:(?:suffer|sustain|incur|inflict)\w*|took|taking|had|having|almost|nearly|virtually|practically|hardly"
    r"|(?:whether|if|unless|unlikely|den(?:y|ies|ied)|(?:un)?clear|confirm\w*)\b[^.;,]{0,40}"
    r"|(?:claim|say|said|admit|acknowledg|insist)\w*\b[^.;,]{0,40}|few or|little or)\s*$",
    re.IGNORECASE,
)
_ELSE = re.compile(r"\b(?:else|further|other|more|additional)\b", re.IGNORECASE)
_SUBJECT = (
    r"(?:casualt|fatalit|deaths?\b|dead\b|died\b|killed\b|wounded\b|injur|victims?\b|toll\b|losses\b|outcome\b|hurt\b)"
)
_OPEN = (
    r"(?:unknown|unclear|uncertain|unconfirmed|unspecified|unreported|undisclosed|unavailable"
    r"|(?:not|n't)(?: yet)?(?: been)?(?: immediately)? "
    r"(?:known|clear|reported|told|said|stated|confirmed|specified|available|given|disclosed|established|determined))\b"
)
_UNKNOWN = re.compile(
    rf"{_SUBJECT}[^.;]{{0,40}}\b{_OPEN}|\b{_OPEN}[^.;]{{0,60}}\b{_SUBJECT}"
    rf"|\b(?:no|without)(?: \w+)? "
    r"(?:details?|information|data|news|word|figures?|numbers?|outcome|reports?|indication)\b"
    rf"[^.;]{{0,60}}\b{_SUBJECT}|\bno (?:\w+ )?{_SUBJECT}\w* (?:toll|figures?|numbers?|counts?|estimates?)\b",
    re.IGNORECASE,
)
_DIED = re.compile(
    r"\b(?:kill(?:s|ed|ing)?|dead|died|dies|dying|deaths?|deadly|murder\w*|execut(?:ed|ing|ion)|behead\w*|slain"
    r"|perished|assassinat\w*|fatal(?:ly)?|succumb\w*|lynched|corpses?)\b",
    re.IGNORECASE,
)
_NOT_HURT = re.compile(
    r"\bbloodless|\bunscathed\b|\b(?:no|without(?: any)?|not|nobody|none|n't)\b[^.;,]{0,60}?"
    r"\b(?:casualt|fatalit|injur|killed|died\b|dead\b|deaths?\b|wounded|hurt\b|victims?\b|bloodshed)",
    re.IGNORECASE,
)


def denies(text: str) -> bool:
    """Whether a text says that nobody of some was hurt, so that a 0 may rest on it."""
    clauses = (clause for clause in re.split(r"[.;]", text) if not _UNKNOWN.search(clause))
    return any(_NOT_HURT.search(clause) or _NO_DEATH.search(clause) for clause in clauses)


def denies_deaths(text: str) -> bool:
    """Whether a text says that nobody at all was killed, and nothing in it tells of a death or leaves them open."""
    denials = [match for match in _NO_DEATH.finditer(text) if not _is_weak(text, match)]
    rest = _NO_DEATH.sub(" ", text)
    return bool(denials) and not (_UNKNOWN.search(text) or _DIED.search(rest))


def _is_weak(text: str, match: re.Match[str]) -> bool:
    return bool(_WEAK.search(text[: match.start()]) or _ELSE.search(match[0]))
