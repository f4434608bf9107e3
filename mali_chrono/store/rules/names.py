"""What records are called, refer to and cite: ids and names are unique, and what is named exists."""

from collections.abc import Iterator

from mali_chrono.cites import LINE, PAGE
from mali_chrono.errors import Later, did_you_mean
from mali_chrono.store import references
from mali_chrono.store.locate import MAPS
from mali_chrono.store.references import Fault, where
from mali_chrono.store.rules.table import Context
from mali_chrono.text import counted, fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.store.model import Cite, Named, Record, Skip, Source

_BOTH = "if both go by it, say why with ignore: {name-clash: reason}"


def check_ids(context: Context) -> Iterator[Fault]:
    """Ids that two records of a kind have."""
    first: dict[tuple[type[Record], str], Record] = {}
    for record in references.records(context.chronology):
        other = first.setdefault((type(record), record.id), record)
        if other is not record:
            yield Fault(
                record, ("id",), "duplicate-id", f"id '{record.id}' is taken", f"by the record at {where(other)}"
            )


def check_references(context: Context) -> Iterator[Fault]:
    """Ids of records that do not exist."""
    hints: dict[tuple[str, str], str | Later] = {}
    called: dict[str, dict[str, str]] = {}
    for record in references.records(context.chronology):
        for path, kind, name in references.references(record):
            if name and name not in context.ids[kind] and kind not in context.unsure:
                if kind not in called:
                    called[kind] = _called(context, kind)
                if (kind, name) not in hints:
                    hints[kind, name] = _hint(context, kind, name, called[kind])
                what = kind.removesuffix("s")
                yield Fault(record, path, f"unknown-{what}", f"unknown {what} '{name}'", hints[kind, name])


def _called(context: Context, kind: str) -> dict[str, str]:
    """What the records of a kind are called, folded, with the id of the first that is."""
    called: dict[str, str] = {}
    for record in getattr(context.chronology, kind):
        for name in [record.title] if kind == "events" else [name for _, name in references.names(record)]:
            called.setdefault(fold(name), record.id)
    return called


def _hint(context: Context, kind: str, name: str, called: dict[str, str]) -> str | Later:
    if ident := called.get(fold(name)):
        return f"write its id: '{ident}'"
    return Later(_near, (name, context.ids[kind], f"add it to data/{kind}.yaml"))


def _near(name: str, ids: frozenset[str], otherwise: str) -> str:
    return did_you_mean(name, ids) or otherwise


def check_source_files(context: Context) -> Iterator[Fault]:
    """Sources whose file has another name than they have."""
    for source in context.chronology.sources:
        if source.path != f"seeds/{source.id}.yaml":
            hint = f"name the file seeds/{source.id}.yaml, or correct the id"
            yield Fault(source, ("id",), "source-name", f"source '{source.id}' stands in {source.path}", hint)


def check_maps(context: Context) -> Iterator[Fault]:
    """Sources that name a map which is neither chrono's nor the store's."""
    for source in context.chronology.sources:
        name = source.map
        if name and name not in context.maps and MAPS not in context.unsure:
            hint = Later(_near, (name, context.maps, f"put it into data/{MAPS}/{name}.yaml"))
            yield Fault(source, ("map",), "unknown-map", f"unknown map '{name}'", hint)


def check_cites(context: Context) -> Iterator[Fault]:
    """Cites of sources that do not exist, or beyond the end of one."""
    for record in references.records(context.chronology):
        for path, cite in references.cites(record):
            source = context.sources.get(cite.source)
            if cite.source not in context.ids["sources"]:
                if "sources" in context.unsure:
                    continue
                hint = Later(_near, (cite.source, context.ids["sources"], "add its record to seeds/"))
                yield Fault(record, path, "unknown-source", f"unknown source '{cite.source}'", hint)
            elif source and (fault := _misplaced(cite, source)):
                yield Fault(record, path, *fault)


def _misplaced(cite: "Cite", source: "Source") -> tuple[str, str, str] | None:
    """Why a cite names nothing of its document, as rule, message and hint; None where it may.

    Lines are counted in a copy. Pages are named of a document that says how many it has or has no copy, anchors only of
    one that has none: nothing can be read there.
    """
    if source.lacks("unverifiable"):
        return None
    if cite.unit == LINE:
        known, count = not (source.unverifiable or source.lacks("lines")), source.lines
    elif cite.unit == PAGE and (source.pages or source.unverifiable):
        known, count = source.pages is not None, source.pages or 0
    elif source.unverifiable or source.lacks("pages"):
        return None
    else:
        what, mend = ("pages", ", or give it 'pages'") if cite.unit == PAGE else ("an anchor", "")
        hint = f"cite its lines, like {source.id}:{min(12, source.lines)}{mend}"
        return "cite-form", f"'{cite}' names {what}, and '{source.id}' is cited by lines", hint
    if not known or cite.last <= count:
        return None
    return "cite-range", f"'{cite}' lies beyond the document's end", f"{source.id} has {counted(count, cite.unit)}"


def check_copies(context: Context) -> Iterator[Fault]:
    """Sources that have no copy to prove against, and say what is of one."""
    for source in context.chronology.sources:
        of_copy = ("file", "sha256", "lines", "format", "skip")
        if source.unverifiable and (name := next((name for name in of_copy if getattr(source, name)), "")):
            message = f"'{source.id}' is unverifiable, and has the {name} of a copy"
            yield Fault(source, (name,), "unverifiable-copy", message, "delete this, or 'unverifiable'")


def check_others_ids(context: Context) -> Iterator[Fault]:
    """Ids of others that two records of a kind have."""
    first: dict[tuple[type[Record], str, str], Record] = {}
    for record in references.records(context.chronology):
        for scheme, ident in record.ids.items():
            other = first.setdefault((type(record), scheme, ident), record)
            if other is not record:
                reason = "if to both, say why with ignore: {id-clash: reason}"
                hint = f"it belongs to '{other.id}' ({where(other)}); {reason}"
                yield Fault(record, ("ids", scheme), "id-clash", f"the {scheme} id '{ident}' is taken", hint)


def check_skips(context: Context) -> Iterator[Fault]:
    """Skips of lines that a document does not have: backwards, beyond its end, or none at all."""
    for source in context.chronology.sources:
        for i, skip in enumerate(source.skip):
            if not source.unverifiable and skipped(skip, source.lines) is None:
                yield no_lines(source, i)


def skipped(skip: "Skip", count: int) -> tuple[int, int] | None:
    """The first and the last line of a skip; None where a document of so many lines has no such lines."""
    first, _, last = (skip.lines or "").partition("-")
    if not (first.strip().isdecimal() and (last or first).strip().isdecimal()):
        return None
    span = int(first), int(last or first)
    return span if 0 < span[0] <= span[1] <= count else None


def no_lines(source: "Source", i: int) -> Fault:
    """What is wrong with a skip that names no lines of its document."""
    message = "skip needs lines: a number, or two like 12-15, within the document"
    return Fault(source, ("skip", i, "lines"), "skip-form", message, f"'{source.id}' has {source.lines} lines")


def check_names(context: Context) -> Iterator[Fault]:
    """A name that two records of a kind claim would make every question about it ambiguous."""
    chronology = context.chronology
    for records in (chronology.actors, chronology.places, chronology.types, chronology.periods):
        claimed: dict[str, Named] = {}
        for record in records:
            for path, name in references.names(record):
                other = claimed.setdefault(fold(name), record) if name else record
                if other is not record and other.id != record.id:
                    hint = f"it belongs to '{other.id}' ({where(other)}); {_BOTH}"
                    yield Fault(record, path, "name-clash", f"the name '{name}' is taken", hint)


def check_categories(context: Context) -> Iterator[Fault]:
    """Types that have the id or the name of a category: a question could mean either."""
    ids = [category.id for category in context.words.categories]
    categories = {fold(ident): ident for ident in ids}
    for kind in context.chronology.types:
        if kind.id in ids:
            message = f"a type has the id of a category: '{kind.id}'"
            yield Fault(kind, ("id",), "category-id", message, "give it an id of its own, and mend the events of it")
            continue
        for path, name in references.names(kind):
            if category := categories.get(fold(name)):
                hint = f"it is the name of the category '{category}'; {_BOTH}"
                yield Fault(kind, path, "name-clash", f"the name '{name}' is taken", hint)


RULES = (
    check_ids, check_references, check_source_files, check_maps, check_copies, check_cites, check_skips, check_names,
    check_categories, check_others_ids,
)  # fmt: skip
