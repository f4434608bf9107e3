"""The pictures there are. Cheap to import: options and completion name them."""

from collections.abc import Mapping

# What each picture is called where nobody calls it otherwise.
TITLES: Mapping[str, str] = {
    "years": "Events{toll}",
    "lanes": "Who took part in what",
    "map": "Where it happened{toll}",
    "matrix": "Events by actor and {unit}",
}
KINDS = tuple(TITLES)
# How many actors a picture with rows of them has where nobody says it.
TOP: Mapping[str, int] = {"lanes": 10, "matrix": 20}
