"""Ids out of the names of files, whatever they are written in."""

import re
from hashlib import sha256

from mali_chrono.store.forms import nearest_slug, short_slug, slug_of


def slug(name: str, otherwise: str) -> str:
    """The letters and digits of a name that an id may have, after another word where no letter is among them."""
    found = slug_of(name)
    is_told = found and (found == nearest_slug(name).strip("-") or re.search("[a-z]", found))
    return short_slug(name if is_told else f"{otherwise} {name}")


def map_slug(name: str) -> str:
    """What the ids of events have of a map: the same for each import, and another for each map."""
    found, bare = slug(name, ""), slug(name, "map")
    return found if found == bare else f"{bare}-{sha256(name.encode()).hexdigest()[:4]}"
