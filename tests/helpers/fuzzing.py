"""The shipped store in small pieces, and a piece with something put wrong: the same one for the same seed.

A piece is some events with everything that they refer to, so that one is read in a hundredth of the time.
"""

import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from conftest import ROOT

from mali_chrono.errors import Problem
from mali_chrono.store.locate import Store

Piece = dict[str, bytes]  # what each file holds, by its path
EVENTS = 3  # of a piece
TOKEN = re.compile(rb"[\w.~:/+-]+|[^\w\s]")
HOSTILE = [
    *rb"[ ] { } , : - ? & * ! | > % @ ` ' # << ~ .. / \ + ( ) = _ 0 -0 -1 9 99999999999 0x1f 1e9 .5 null no".split(),
    *rb"""[] {} [[ ]] {{ - - --- ... &a *a !!x |2- >- <<: '' " "" "\u0000" "\ud800" "\x1b" x:y #x""".split(),
    *b"2020 2020-02-30 -0001 Y-99999 2020-XX [2020..] ../2020 /2020 2020/ 2020? 2020~ 2020-21 0000 today".split(),
    *b"2020-01-01T25:00 2020-01-01T23:59Z 1-10 10-1 5/7/12 up to 170 over -3 ~~1 1,000 1.5 mali jnim fama".split(),
    *b"mali-war:1 mali-war:0 mali-war:99999999 mali-war:9-1 : :1 a:1 part-of follow-up-of everyone attackers".split(),
    *(b"\0", b"\t", b"\r", b"\n", b"\r\n", b"\x1b[2J", b"\xff", b"\xc3", b"\xed\xa0\x80"),
    *(mark.encode() for mark in ("\ufeff", "\u202e", "\u2028", "\u0301", "\U0001f600")),
    *(b"\n- id: x\n", b"\n  ", b": ", b"- ", b"\n\n", b" #", b"\n---\n", b"\n<<<<<<< a\n", b"\n=======\n"),
    *(b"[" * 40, b"- " * 40, b"x" * 3000, b"\n  note: x", b"\n  tolls: []", b"\n  ignore: {name-clash: x}"),
    b"\n  links: [{to: x, kind: part-of}]",
]


@cache
def pieces() -> list[Piece]:
    """The shipped store in pieces."""
    sources = {f"seeds/{path.name}": path.read_bytes() for path in (ROOT / "seeds").glob("*.yaml")}
    items = {f"data/{kind}.yaml": _items(kind) for kind in ("actors", "events", "periods", "places", "types")}
    found = []
    events, periods = list(items["data/events.yaml"]), list(items["data/periods.yaml"])
    for at in range(0, len(events), EVENTS):
        wanted = [*events[at : at + EVENTS], periods[at % len(periods)]]
        for ident in wanted:  # which grows
            wanted += [other for other in _named(items, ident) if other not in wanted]
        chosen = {path: b"".join(text for ident, text in texts.items() if ident in wanted)
                  for path, texts in items.items()}  # fmt: skip
        chosen["data/actors.yaml"] = _related(chosen["data/actors.yaml"], wanted)
        found.append({**chosen, **sources})
    return found


def _items(kind: str) -> dict[bytes, bytes]:
    """The records of a file, each as it is written, by their ids."""
    texts = re.split(rb"(?m)^(?=- id: )", (ROOT / "data" / f"{kind}.yaml").read_bytes())[1:]
    return {text.split(None, 3)[2]: text for text in texts}


def _named(items: dict[str, dict[bytes, bytes]], ident: bytes) -> list[bytes]:
    """The ids that stand in the records of an id, but in actors, who are related to all the others."""
    told = b"".join(texts.get(ident, b"") for path, texts in items.items() if path != "data/actors.yaml")
    words = set(re.findall(rb"[a-z0-9][a-z0-9-]*+(?!:)", told))
    return sorted(word for word in words if any(word in texts for texts in items.values()))


def _related(actors: bytes, wanted: list[bytes]) -> bytes:
    """Actors without their relations to others than those."""

    def kept(item: re.Match[bytes]) -> bytes:
        other = re.search(rb"\bactor: ([\w-]+)", item[0])
        return item[0] if other is None or other[1] in wanted else b""

    items = re.sub(rb"(?m)^    - .*\n(?:      .*\n)*", kept, actors)
    return re.sub(rb"(?m)^  relations:\n(?!    )", b"", items)


def write(piece: Piece, folder: Path) -> Store:
    for path, content in piece.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return Store(folder, "fuzzed")


def mutated(seed: int) -> tuple[Piece, str]:
    """A piece with one to four things put wrong in one file, and what was done."""
    chance = random.Random(seed)
    piece = dict(chance.choice(pieces()))
    path = chance.choice([*piece, "data/events.yaml"])
    done = []
    for _ in range(chance.choice((1, 1, 2, 4))):
        change = chance.choice(CHANGES)
        piece[path] = change(chance, piece[path])
        done.append(change.__name__)
    return piece, f"{path}: {', '.join(done)}"


def flip_bit(chance: random.Random, content: bytes) -> bytes:
    if not content:
        return b"-"
    at = chance.randrange(len(content))
    return content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :]


def cut_bytes(chance: random.Random, content: bytes) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + content[at + chance.choice((1, 1, 2, 10, 100, len(content))) :]


def copy_bytes(chance: random.Random, content: bytes) -> bytes:
    at, to = chance.randrange(len(content) + 1), chance.randrange(len(content) + 1)
    return content[:to] + content[at : at + chance.randrange(60)] + content[to:]


def insert_hostile(chance: random.Random, content: bytes) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + chance.choice(HOSTILE) + content[at:]


def replace_token(chance: random.Random, content: bytes) -> bytes:
    tokens = list(TOKEN.finditer(content))
    if not tokens:
        return content
    token = chance.choice(tokens)
    new = chance.choice((chance.choice(HOSTILE), chance.choice(tokens)[0], b""))
    return content[: token.start()] + new + content[token.end() :]


def _of_lines(change: Callable[[random.Random, list[bytes]], None]) -> Callable[[random.Random, bytes], bytes]:
    def changed(chance: random.Random, content: bytes) -> bytes:
        lines = content.splitlines(keepends=True) or [b""]
        change(chance, lines)
        return b"".join(lines)

    changed.__name__ = change.__name__
    return changed


@_of_lines
def delete_line(chance: random.Random, lines: list[bytes]) -> None:
    del lines[chance.randrange(len(lines))]


@_of_lines
def repeat_line(chance: random.Random, lines: list[bytes]) -> None:
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))


@_of_lines
def swap_lines(chance: random.Random, lines: list[bytes]) -> None:
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


@_of_lines
def indent_line(chance: random.Random, lines: list[bytes]) -> None:
    at = chance.randrange(len(lines))
    lines[at] = b" " + lines[at] if chance.random() < 0.5 else lines[at][1:]


@_of_lines
def replace_value(chance: random.Random, lines: list[bytes]) -> None:
    """Another value for a field: a hostile one, or that of another line."""
    fields = [at for at, line in enumerate(lines) if b": " in line]
    if fields:
        at = chance.choice(fields)
        value = chance.choice((chance.choice(HOSTILE), lines[chance.choice(fields)].partition(b": ")[2].strip()))
        lines[at] = lines[at].partition(b": ")[0] + b": " + value + b"\n"


CHANGES = (flip_bit, cut_bytes, copy_bytes, insert_hostile, replace_token, delete_line, repeat_line, swap_lines,
           indent_line, replace_value)  # fmt: skip


def misplaced(problem: Problem, piece: Piece) -> bool:
    """Whether a problem's place is none in its file."""
    if problem.file not in piece:
        return True
    if not problem.line:
        return bool(problem.column)
    lines = re.split("\r\n|[\r\n]", piece[problem.file].decode("utf-8", "replace").removeprefix("\ufeff"))
    return problem.line > len(lines) or problem.column > len(lines[problem.line - 1]) + 1
