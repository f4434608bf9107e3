"""What the shell offers for a value: things of the store, fixed words, words for dates."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any

from mali_chrono.errors import ChronoError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.kinds import Vocabulary

Pairs = list[tuple[str, str]]  # what is offered, and what it is
Offer = Callable[[list[str], str], Pairs]  # of the words before and the text typed so far

SHELLS = ("bash", "zsh", "fish", "powershell")
DATES = (
    ("today", ""), ("yesterday", ""), ("this week", "from Monday"), ("last week", "Monday to Sunday"),
    ("this month", ""), ("last month", "the calendar month before"), ("this year", ""), ("last year", ""),
    ("30d", "30 days ago"), ("6w", "six weeks ago"), ("18m", "18 months ago"), ("5y", "five years ago"),
)  # fmt: skip
DISTANCES = ("10km", "25km", "50km", "100km")
# More than this many ids are offered by their beginnings, up to the next hyphen.
MANY = 400


def complete(*words: str, kind: str = "", listed: bool = False) -> Offer:
    """The completion of an option: fixed words, then things of a kind; `listed`: of the last of several with commas.

    A kind is one of the store's (actor, place, record ...), or `date`, `exclude`, `fields` or `map`.
    """

    def offer(args: list[str], incomplete: str) -> Pairs:
        before, _, typed = incomplete.rpartition(",") if listed or kind == "fields" else ("", "", incomplete)
        offered = [*begin_with([(word, "") for word in words], typed), *_offer(kind, args, typed)]
        if not before:
            return offered
        taken = before.split(",")
        return [(f"{before},{value}", told) for value, told in offered if value not in taken]

    return offer


def begin_with(pairs: Iterable[tuple[str, str]], typed: str) -> Pairs:
    """Those that begin with what was typed, in any case."""
    return [pair for pair in pairs if pair[0].casefold().startswith(typed.casefold())]


def chosen_store(words: Sequence[str]) -> str | None:
    """The store that a command line names."""
    for i, word in enumerate(words):
        option, mark, value = word.partition("=")
        if option in ("--store", "--into"):
            if mark:
                return value
            if i + 1 < len(words):
                return words[i + 1]
    return None


def _offer(kind: str, words: Sequence[str], typed: str) -> Pairs:
    if read := _READERS.get(kind):
        return read(words, typed)
    kinds = (kind, "category") if kind == "type" else (kind,)
    return _things(kinds, words, typed) if kind else []


def _dates(words: Sequence[str], typed: str) -> Pairs:
    """Words for dates, and what has a time of its own; of actors and events, which are many, once one is begun."""
    begun = typed.strip()
    kinds = ("period", *["actor"] * bool(begun), *["event"] * begun[:1].isdecimal())
    return [*begin_with(DATES, typed), *_things(kinds, words, typed)]


def _times(words: Sequence[str], typed: str) -> Pairs:
    """The same, and days of any year."""
    return [*_dates(words, typed), *begin_with([("XXXX-", "a day of any year: XXXX-03-22")], typed)]


def _things(kinds: Sequence[str], words: Sequence[str], typed: str) -> Pairs:
    from mali_chrono.answers.offering import offer_things
    from mali_chrono.cli.environment import answer, find_store

    try:
        offers = answer(find_store(chosen_store(words)), lambda connection: offer_things(connection, kinds, typed))
    except ChronoError:
        return []  # a broken store is no business of the Tab key
    # What begins with a hyphen would be taken for an option.
    named = [(o.value, "" if o.name == o.value else o.name) for o in offers if not o.value.startswith("-")]
    return _shorten(named, typed)


def _shorten(pairs: Pairs, typed: str) -> Pairs:
    """Many ids by their beginnings: up to the next hyphen after what was typed."""
    begun = typed.casefold()
    longer = [pair for pair in pairs if pair[0].startswith(begun)]
    if len(longer) <= MANY:
        return pairs
    heads: dict[str, Pairs] = {}
    for pair in longer:
        head, hyphen, _ = pair[0][len(begun) :].partition("-")
        heads.setdefault(begun + head + hyphen, []).append(pair)
    return [under[0] if len(under) == 1 else (head, "") for head, under in heads.items()]


def _actors(words: Sequence[str], typed: str) -> Pairs:
    name, colon, role = typed.rpartition(":")
    roles = _things(("role",), words, role) if name else []
    return [(f"{name}:{found}", told) for found, told in roles] if colon else _things(("actor",), words, typed)


def _places(words: Sequence[str], typed: str) -> Pairs:
    name, colon, far = typed.rpartition(":")
    near = begin_with([(distance, "") for distance in DISTANCES], far) if name else []
    return [(f"{name}:{distance}", "") for distance, _ in near] if colon else _things(("place",), words, typed)


def _exclusions(words: Sequence[str], typed: str) -> Pairs:
    """KEY= and then the values of that key."""
    from mali_chrono.answers.filters import EXCLUDABLE

    key, equals, value = typed.partition("=")
    if not equals:
        return begin_with([(f"{key}=", "") for key in EXCLUDABLE], typed)
    if key not in EXCLUDABLE:
        return []
    return [(f"{key}={offered}", told) for offered, told in _offer("event" if key == "id" else key, words, value)]


def _given(words: Sequence[str], typed: str) -> Pairs:
    """KEY= of the kind of record that is new, and then values of that key."""
    from mali_chrono.store.shapes import FIXED, shapes_of, singular

    shape = next((word for word in words if word in FIXED), "")
    shapes = _of_words(words, lambda known: shapes_of(known).get(shape, ()))
    fields = {singular(field.name) if field.many else field.name: field for field in shapes}
    key, equals, value = typed.partition("=")
    if not equals:
        return begin_with([(f"{key}=", "") for key in fields], typed)
    if key not in fields:
        return []
    field = fields[key]
    if field.to in ("participation", "party"):
        offered = _actors(words, value)
    elif field.form == "cite":
        offered = [(f"{source}:", told) for source, told in _things(("source",), words, value)]
    else:
        kind = field.to if field.form != "record" else ""
        offered = begin_with([(word, "") for word in field.choices], value) or _offer(kind, words, value)
    return [(f"{key}={one}", told) for one, told in offered]


def _records(words: Sequence[str], typed: str) -> Pairs:
    """Ids of everything that has a record; KIND:ID for those of one kind."""
    from mali_chrono.kinds import RECORDS

    kind, colon, rest = typed.partition(":")
    if colon and kind in RECORDS:
        return [(f"{kind}:{value}", told) for value, told in _things((kind,), words, rest)]
    return _things(RECORDS, words, typed)


def _fields(words: Sequence[str], typed: str) -> Pairs:
    return begin_with([(field, "") for field in _fields_of(words)], typed)


def _fields_of(words: Sequence[str]) -> Sequence[str]:
    """The fields of the command that is typed."""
    match next((word for word in words if not word.startswith("-")), ""):
        case "timeline":
            from mali_chrono.index.fields import fields_of

            return _of_words(words, lambda known: fields_of(known.tolls).all)
        case "actor":
            from mali_chrono.render.actors import all_columns

            return _of_words(words, lambda known: tuple(all_columns(known)))
        case "list":
            from mali_chrono.render.values import OF_TOLLS as OF_VALUES

            return OF_VALUES
        case "compare":
            from mali_chrono.render.compare import fields_of as of_comparisons

            return _of_words(words, lambda known: of_comparisons(known.tolls))
        case "summary":
            return _sum_fields(words)
    return ()


def _sum_fields(words: Sequence[str]) -> Sequence[str]:
    from mali_chrono.answers.summary import read_keys, read_kinds
    from mali_chrono.render.measures import fields_of

    given = dict(pairwise(words))

    def fields(known: "Vocabulary") -> tuple[str, ...]:
        keys = read_keys(given.get("--by", "year"))
        return fields_of(known, keys, read_kinds(known, given.get("--sum"), keys), given.get("--of"))

    return _of_words(words, fields)


def _of_words(words: Sequence[str], fields: Callable[["Vocabulary"], Sequence[Any]]) -> Sequence[Any]:
    """Fields that hang on the vocabulary of the store that a command line names."""
    from mali_chrono.answers.vocabulary import words_of
    from mali_chrono.cli.environment import answer, find_store

    try:
        return answer(find_store(chosen_store(words)), lambda connection: fields(words_of(connection)))
    except ChronoError:
        return ()


def _least(words: Sequence[str], typed: str) -> Pairs:
    """KIND= of each kind of toll."""
    return [] if "=" in typed else [(f"{kind}=", told) for kind, told in _things(("toll",), words, typed)]


def _maps(words: Sequence[str], typed: str) -> Pairs:
    """The maps of the package and of the store; a file of one's own is a path."""
    from mali_chrono.cli.environment import find_store
    from mali_chrono.intake.mapfiles import map_names

    try:
        store = find_store(chosen_store(words)).root
    except ChronoError:
        store = None
    return begin_with([(name, "") for name in map_names(store)], typed)


_READERS: dict[str, Callable[[Sequence[str], str], Pairs]] = {
    "actor": _actors, "place": _places, "date": _dates, "time": _times, "exclude": _exclusions, "fields": _fields,
    "record": _records, "given": _given, "least": _least, "map": _maps,
}  # fmt: skip
