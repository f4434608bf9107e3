"""Filters that find about 200 events in a store of any size, chosen from what it exports."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

WANTED = 200
_KINDS = {
    "actor": "--actor", "part": "--actor", "place": "--place", "type": "--type", "text": "--match",
    "source": "--source",
}  # fmt: skip
_TRIES = 6


def choose_filters(export: Path, count: Callable[[list[str]], int]) -> dict[str, tuple[list[str], int]]:
    """A filter of each kind, and how many events it finds: of the values that name about 200 events the best one.

    `export` is `timeline -f jsonl` of everything, `count` asks for the number of events. Where every value finds far
    more or less, the commonest goes with a time that leaves 200.
    """
    values: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows(export):
        for kind, found in _values(row).items():
            values[kind].update(found)
    chosen = {"time": (["--since", "2023"], count(["--since", "2023"]))}
    for kind, option in _KINDS.items():
        near = sorted(values[kind].items(), key=lambda item: (abs(item[1] - WANTED), item[0]))[:_TRIES]
        tried = [([option, value], count([option, value])) for value, _ in near]
        best = min(tried, key=lambda row: abs(row[1] - WANTED))
        if not WANTED * 0.75 <= best[1] <= WANTED * 1.5:
            value = values[kind].most_common(1)[0][0]
            days = sorted(row["earliest"] or "" for row in rows(export) if value in _values(row)[kind])
            arguments = [option, value, "--since", days[-min(WANTED, len(days))]]
            best = arguments, count(arguments)
        chosen[kind] = best
    return chosen


def rows(export: Path) -> Iterator[dict]:
    with export.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _values(row: dict) -> dict[str, set[str]]:
    return {
        "actor": {actor["id"] for actor in row["actors"]},
        "part": {f"{actor['id']}:{actor['role']}" for actor in row["actors"]},
        "place": {place["id"] for place in row["places"]},
        "type": {row["type"]},
        "text": set(re.findall(r"[a-z]{4,}", row["title"].casefold())),
        "source": {cite.partition(":")[0] for cite in row["cites"]},
    }
