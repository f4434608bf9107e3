"""Ids out of the names of files, whatever they are written in."""

import re
from hashlib import sha256

from mali_chrono.store.forms import nearest_slug


def slug(name: str, otherwise: str) -> str:
    """The letters and digits of a name that an id may have, after another word where no letter is among them."""
    folded = nearest_slug(name).strip("-")
    found = re.sub("[^a-z0-9]+", "-", folded).strip("-")
    return found if found and (found == folded or re.search("[a-z]", found)) else f"{otherwise}-{found}".strip("-")


def map_slug(name: str) -> str:
    """What the ids of events have of a map: the same for each import, and another for each map."""
    found, bare = slug(name, ""), slug(name, "map")
    return found if found == bare else f"{bare}-{sha256(name.encode()).hexdigest()[:4]}"
