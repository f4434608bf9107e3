"""What a record states beside its dates: each figure and outlet with its verdict, and what else of it failed."""

from collections.abc import Iterable, Iterator

from mali_chrono.evidence import proof
from mali_chrono.evidence.dated import dates
from mali_chrono.evidence.proof import Failure
from mali_chrono.evidence.readings import Copies
from mali_chrono.kinds import FAILED, PROVED, UNREAD, UNVERIFIABLE
from mali_chrono.store import model, references

Statement = tuple[tuple[model.Cite, ...], str]  # the lines that it is held against, and the verdict


def beside_dates(record: model.Record, copies: Copies, failures: Iterable[Failure]) -> Iterator[Statement]:
    """The figures and outlets of a record by verdict; a text or a cite of it is one only where it failed."""
    failed = {failure.path: failure.cites for failure in failures}
    told = {dated.path for dated in dates(record)}
    for path, part in references.parts(record):
        if isinstance(part, model.Toll | model.Strength):
            where = (*path, part.kind if isinstance(part, model.Toll) else "figure")
            cites = part.cite or record.cites
            is_printed = where not in failed and proof.prints_figure(part.figure.text, copies.cited(cites), set())
            told.add(where)
            yield cites, _verdict(cites, copies, is_failed=where in failed, is_printed=is_printed)
    if isinstance(record, model.Event):
        for i, outlet in enumerate(record.outlets):
            field = ("outlets", i)
            is_printed = proof.prints_outlet(record, outlet, copies)
            told.add(field)
            yield record.cites, _verdict(record.cites, copies, is_failed=field in failed, is_printed=is_printed)
    yield from ((cites, FAILED) for path, cites in failed.items() if path not in told)


def _verdict(cites: tuple[model.Cite, ...], copies: Copies, *, is_failed: bool, is_printed: bool) -> str:
    if is_failed:
        return FAILED
    if is_printed or not copies.missing(cites):
        return PROVED
    return UNVERIFIABLE if copies.unprovable(cites) else UNREAD
