"""What a store has of the rows of a file that is one of its documents already: by the lines that events cite."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from mali_chrono.cites import LINE
from mali_chrono.intake.told import Told
from mali_chrono.store.model import Chronology, Event, Source


class Lines(NamedTuple):
    """The lines of a document that events cite, by the first that does, and those that it skips."""

    cited: Mapping[int, Event]
    skipped: Collection[int]

    def event(self, told: Told) -> Event | None:
        """The event that cites a row."""
        return next((self.cited[line] for line, _ in told.lines if line in self.cited), None)

    def skips(self, told: Told) -> bool:
        """Whether the document says that a row is left alone."""
        return all(line in self.skipped for line, _ in told.lines)


def lines_of(chronology: Chronology, source: Source) -> Lines:
    """What became of the lines of a document."""
    cited: dict[int, Event] = {}
    for event in chronology.events:
        for cite in event.cites:
            if cite.source == source.id and cite.unit == LINE:
                for line in range(cite.first, cite.last + 1):
                    cited.setdefault(line, event)
    skipped: set[int] = set()
    for skip in source.skip:
        if skip.lines and not skip.date:
            first, _, last = skip.lines.partition("-")
            skipped.update(range(int(first), int(last or first) + 1))
    return Lines(cited, skipped)
