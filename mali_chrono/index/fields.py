"""The fields an answer can show: one vocabulary for every format. Cheap to import: it is on every command's path."""

# The fields of an event that the index keeps as text, in the order of a json row.
TEXT_FIELDS = (
    "id", "date", "when", "earliest", "latest", "core", "precision", "time", "title", "summary", "type", "category",
    "places", "lat", "lon", "region", "actors", "who", "killed", "wounded", "abducted", "missing", "captured",
    "released", "arrested", "displaced", "killed_low", "killed_best", "killed_high", "tolls", "also", "disputed",
    "certainty", "says", "links", "cites", "outlets", "url", "tags", "note", "at",
)  # fmt: skip
FIELDS = (*TEXT_FIELDS, "match")
# Those that are put together when they are asked for: where an event stands, which moves with what stands above it,
# and what its json row has in the same words.
DERIVED = ("earliest", "latest", "core", "precision", "region", "links", "cites", "tags", "at")
STORED_FIELDS = tuple(field for field in TEXT_FIELDS if field not in DERIVED)

# What a json row has beside its own keys only when --fields asks for it.
TEXT_ONLY = frozenset({"when", "lat", "lon", "region", "url", "who", "killed_low", "killed_best", "killed_high"})

# Fields by the names that stand above their columns, which --fields takes too.
HEADINGS = {"what": "title", "where": "places", "dead": "killed"}

TIMELINE = ("when", "title", "places", "who", "killed")
CSV = (
    "id", "date", "earliest", "latest", "precision", "match", "title", "type", "category", "places", "region", "actors",
    "killed", "killed_low", "killed_best", "killed_high", "wounded", "disputed", "cites", "outlets", "tags", "summary",
    "note", "at",
)  # fmt: skip
