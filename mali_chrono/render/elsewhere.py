"""Where else to read of a record: the ids that others gave it, and pages of the web."""

from collections.abc import Iterator, Mapping
from typing import Any

from mali_chrono.schemes import address_of

Facts = Iterator[tuple[str, str]]


def tell_elsewhere(body: Mapping[str, Any]) -> Facts:
    """The facts of a json row: an id and the address it stands for, a page, each on a line of its own."""
    for scheme, ident in body["ids"].items():
        address = address_of(scheme, ident)
        yield "ids", f"{scheme} {ident}" + (f": {address}" if address else "")
    yield from (("urls", url) for url in body["urls"])


def addresses(body: Mapping[str, Any]) -> list[str]:
    """The addresses that tell of the same thing as a json row: those that its ids stand for, then its pages."""
    found = (address_of(scheme, ident) for scheme, ident in body["ids"].items())
    return list(dict.fromkeys([*filter(None, found), *body["urls"]]))
