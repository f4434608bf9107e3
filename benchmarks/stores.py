"""Makes a store of any number of events: the shipped ones over and over, each copy a year earlier than the one before.

Usage: python benchmarks/stores.py FOLDER EVENTS [FILES]

A copy keeps everything but its years: actors, places, tolls, cites and links, which lead to events of the same copy.
Years BC, unknown digits ("199X"), what goes on to this day and what spans more than a year stand in the first copy
alone, the shipped store itself, and no copy is linked to them: a hundred copies of a long war would overlap as no
chronology does. Actors lose their `active` and the dates of their descent, which the copies contradict.
With FILES the events are parted, oldest first, into that many files of data/events/.

The same arguments give the same bytes, and `chrono check` finds no errors in them, and one warning in a hundred events.
The copies end a year apart, so the latest years look the same at every size: `--since 2023` gives 201 rows.
"""

import re
import shutil
import sys
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple

from mali_chrono.dates.edtf import Date, parse
from mali_chrono.dates.spans import bounds
from mali_chrono.store.rules.events import id_prefix

ROOT = Path(__file__).parent.parent
_FIELD = re.compile(r'(?m)(^- id: |\b(?:date|as_of|to): )("[^"\n]+"|[^\s,}]+)')
_LINKS = re.compile(r"(?m)^  links:.*\n(?:    .*\n)*")
_CAME = "renamed-from|splinter-of|alliance-of|joined"
_DESCENT = re.compile(rf'(kind: (?:{_CAME}), actor: [a-z0-9-]+), date: (?:"[^"]*"|[^,}}]+)')
_TO = re.compile(r"\bto: ([a-z0-9-]+)")
_YEAR = re.compile(r"\d{4}")
GONE = "gone"  # no event's id
_STEM = re.compile(r"\d+(?:-\d\d)*-")  # the digits an id begins with


class Event(NamedTuple):
    """An event of the shipped store; `pieces` are its text up to an id or a date, then that, `rest` what follows."""

    id: str
    date: str
    pieces: tuple[tuple[str, str], ...]
    rest: str

    @property
    def moves(self) -> bool:
        if self.id.startswith("bc-") or "X" in self.date or self.date.endswith(("/", "/..")):
            return False
        first, last = bounds(parse(self.date.strip('"')).span)
        return last - first < 366


class Dated(NamedTuple):
    """What `id_prefix` reads of an event."""

    date: Date


def read_events(path: Path) -> list[Event]:
    events = []
    for text in re.split(r"(?m)^(?=- id: )", path.read_text("utf-8"))[1:]:
        pieces, at = [], 0
        for found in _FIELD.finditer(text):
            pieces.append((text[at : found.start(2)], found[2]))
            at = found.end()
        # An event begins with its id and its date.
        events.append(Event(pieces[0][1], pieces[1][1], tuple(pieces), text[at:]))
    return events


def earlier(date: str, years: int) -> str:
    """A date as written, so many years earlier; a leap day becomes the day before it."""
    return _YEAR.sub(lambda year: f"{int(year[0]) - years:04d}", date).replace("-02-29", "-02-28") if years else date


def first_year(event: Event) -> int:
    return min(int(year) for year in _YEAR.findall(event.date))


def copies(events: list[Event]) -> Iterator[tuple[tuple[int, int, str], str]]:
    """Every event of every copy without end: what it is sorted by, and its text."""
    for years in count():
        moved = [event for event in events if not years or (event.moves and first_year(event) > years)]
        dates = [parse(earlier(event.date, years).strip('"')) for event in moved]
        ids = {
            event.id: f"{id_prefix(Dated(date))}-{_STEM.sub('', event.id, count=1)}-{years}" if years else event.id
            for event, date in zip(moved, dates, strict=True)
        }
        for event, date in zip(moved, dates, strict=True):
            yield (*bounds(date.span), ids[event.id]), written(event, years, ids)


def written(event: Event, years: int, ids: dict[str, str]) -> str:
    text = []
    for plain, value in event.pieces:
        dated = plain.endswith(("date: ", "as_of: "))
        text += (plain, earlier(value, years) if dated else ids.get(value, GONE if years else value))
    return "".join(text) + event.rest


def kept(links: re.Match[str], ids: set[str]) -> str:
    """A list of links, if all of them lead to an event."""
    return links[0] if ids.issuperset(_TO.findall(links[0])) else ""


def make_store(folder: Path, wanted: int, files: int = 0) -> None:
    """Write a store of `wanted` events into a folder that is new or empty: in one file, or in `files` of them."""
    data = folder / "data"
    shutil.copytree(ROOT / "data", data, ignore=shutil.ignore_patterns("events.yaml"), dirs_exist_ok=True)
    shutil.copytree(ROOT / "seeds", folder / "seeds", dirs_exist_ok=True)
    actors = data / "actors.yaml"
    text = re.sub(r"(?m)^  active: .*\n", "", actors.read_text("utf-8"))
    actors.write_text(re.sub(_DESCENT, r"\1", text), "utf-8")
    events = sorted(islice(copies(read_events(ROOT / "data" / "events.yaml")), wanted))
    ids = {key[-1] for key, _ in events}
    texts = [_LINKS.sub(lambda links: kept(links, ids), text) for _, text in events]
    if not files:
        (data / "events.yaml").write_text("".join(texts), "utf-8")
        return
    (data / "events").mkdir()
    for n in range(files):
        part = texts[n * wanted // files : (n + 1) * wanted // files]
        (data / "events" / f"{n + 1:04d}.yaml").write_text("".join(part), "utf-8")


def main() -> None:
    if len(sys.argv) not in (3, 4):
        sys.exit("usage: python benchmarks/stores.py FOLDER EVENTS [FILES]")
    make_store(Path(sys.argv[1]), *map(int, sys.argv[2:]))


if __name__ == "__main__":
    main()
