"""Ids that others gave to what a store tells of: their schemes, how an id of each is written, where it leads."""

import re
from typing import NamedTuple

from mali_chrono.cites import HIDDEN, SLUG

# An id of a scheme that nobody here knows: one word or a few.
_SEEN = rf"[^{HIDDEN}\s]"
ID = rf"{_SEEN}(?:[^{HIDDEN}\t\n\r]{{0,198}}{_SEEN})?"


class Scheme(NamedTuple):
    """A scheme of ids: the pattern of one, an example, and the address that an id stands for, `{}` in its place."""

    pattern: str
    example: str
    address: str


SCHEMES = {
    "wikidata": Scheme("Q[1-9][0-9]{0,11}", "Q42", "https://www.wikidata.org/wiki/{}"),
    "geonames": Scheme("[1-9][0-9]{0,11}", "2460594", "https://www.geonames.org/{}"),
    "viaf": Scheme("[1-9][0-9]{1,21}", "113230702", "https://viaf.org/viaf/{}"),
    "orcid": Scheme("[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]", "0000-0002-1825-0097", "https://orcid.org/{}"),
    "doi": Scheme(rf"10[.][0-9]{{4,9}}/[^{HIDDEN}\s<>\x22\\^`{{}}|]+", "10.1000/182", "https://doi.org/{}"),
}


def read_id(scheme: str, ident: str) -> str:
    """An id of a scheme. Raises ValueError where one of both is none."""
    if not re.fullmatch(SLUG, scheme):
        raise ValueError(f"'{scheme}' is no scheme: small letters, digits and hyphens, like wikidata")
    known = SCHEMES.get(scheme)
    if not re.fullmatch(known.pattern if known else ID, ident):
        raise ValueError(f"'{ident}' is no id of {scheme}" + (f": one is {known.example}" if known else ""))
    return ident


def address_of(scheme: str, ident: str) -> str | None:
    """The address that an id stands for; None for a scheme that nobody here knows."""
    known = SCHEMES.get(scheme)
    return known and known.address.format(ident)
