"""A life, a company, an outbreak, an outage: each in words of its own, answered by every command in every format."""

import re

import pytest
from conftest import CASES

from mali_chrono.render.formats import FORMATS

STORES = CASES / "stores"
OURS = ("curie", "nokia", "sars", "outage")
WAR = re.compile(
    r"\b(wars?|dead|kill\w*|armed|arms|attack\w*|battle\w*|perpetrat\w*|victims?|forces|civilians?|rebel\w*|militia\w*"
    r"|troops|operations?|missions?)\b",
    re.IGNORECASE,
)
STYLE = re.compile(r"<style>.*?</style>|<script>.*?</script>", re.DOTALL)
# What each store is asked: an actor, a day, an event, a place, a period, a type, a document, a kind of toll.
ASKED = {
    "curie": ("marie-curie", "1912", "1921-05-20-harding", "paris", "couple", "discovery", "life", "radium"),
    "nokia": ("nokia", "2011", "2011-02-11-windows", "espoo", "phones", "cuts", "annals", "jobs-cut"),
    "sars": ("who", "2003-04", "2003-02-21-metropole", "hong-kong", "travel-advice", "advice", "course", "cases"),
    "outage": ("github", "2018-10-22", "2018-10-22-dropped", "us-east", "incident", "restore", "log", "lost"),
}
COMMANDS = (
    "timeline", "timeline --match a*", "timeline --covers --in {day}", "show {event}", "show {actor}", "show {place}",
    "show {period}", "show {type}", "show {document}", "actor", "actor {actor}", "actor {actor} --follow", "lineage",
    "lineage {actor}", "source", "source {document}", "at {day}", "summary", "summary --by year", "summary --by type",
    "summary --by actor", "summary --by category,place", "summary --sum {toll}", "brief", "brief --in {day}", "check",
    "check --strict", "verify {documents}", "list actors", "list places", "list regions", "list types", "list categories",
    "list periods", "list sources", "list outlets", "list tags", "list roles",
)  # fmt: skip


@pytest.fixture
def asked(chrono, request):
    """Ask a store: `{actor}` and the like are what it is asked about."""

    def ask(store: str, line: str, *options: str):
        names = dict(zip(("actor", "day", "event", "place", "period", "type", "document", "toll"), ASKED[store]))
        names["documents"] = str(STORES / store / "documents")
        return chrono(*(word.format(**names) for word in line.split()), *options, "--store", str(STORES / store))

    return ask
