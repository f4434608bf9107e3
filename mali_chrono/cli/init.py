"""`chrono init`: a new chronology, whole or not at all."""

import os
import shlex
from pathlib import Path
from typing import Annotated, NamedTuple

from typer import Argument, Option

from mali_chrono.cli.completion import complete
from mali_chrono.cli.files import begun, is_draft, real
from mali_chrono.cli.options import shared
from mali_chrono.cli.output import emit
from mali_chrono.errors import DataError, UsageError, offer
from mali_chrono.paths import is_folder
from mali_chrono.store.locate import find
from mali_chrono.text import listing, visible

EXAMPLES = ("none", "war", "biography", "company", "outage")
# What a folder may hold that is called empty.
_NOTHING = (".git", ".DS_Store")
_RECORDS = ("data", "seeds")
_SHOWN = 3


class InitOptions(NamedTuple):
    """What it begins with."""

    example: Annotated[
        str, Option("--example", metavar="NAME", help=f"Records to begin with: {', '.join(EXAMPLES)}.",
                    autocompletion=complete(*EXAMPLES))
    ] = EXAMPLES[0]  # fmt: skip


@shared()
def init(
    folder: Annotated[str, Argument(metavar="DIR", help="The folder, new or empty.")],
    options: InitOptions,
) -> None:
    """A new chronology in a folder of its own: records, vocabulary, README, checks for CI and pre-commit.

    It passes `chrono check --strict` and `chrono verify documents` from the first day. Without an
    example it is empty, with words that fit most subjects. What to try is said at the end.

    \b
    chrono init history
    chrono init outages --example outage
    """  # noqa: D301 - Click takes a paragraph after a real backspace as it is
    from mali_chrono.edit.beginnings import commands_of, files_of

    if options.example not in EXAMPLES:
        raise UsageError(f"there is no example '{options.example}': {offer(options.example, EXAMPLES)}")
    target = Path(folder)
    _refuse(folder, target)
    content = files_of(options.example)
    try:
        with begun(target, last="data") as draft:
            for name, text in content.items():
                path = draft / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text)
    except OSError as fault:
        raise DataError(f"cannot make '{folder}': {fault.strerror or fault}") from None
    try:
        emit(_told(folder, target, commands_of(options.example)), paged=False)
    except DataError as fault:
        raise DataError(f"{fault}; the chronology is made") from None


def _refuse(folder: str, target: Path) -> None:
    """Raises UsageError where a folder may not become a chronology, DataError where that cannot be seen."""
    if not folder:
        raise UsageError("name the folder that is to hold the chronology")
    try:
        parents = real(target).parents
        around = next((path for path in parents if path.name in _RECORDS and _is_store(path.parent)), None)
        if around:
            raise UsageError(
                f"'{folder}' lies among the records of a chronology, in '{around}': name a folder elsewhere"
            )
        if not os.path.lexists(target):
            return
        if not is_folder(target):
            raise UsageError(f"'{folder}' is no folder: name one that is new or empty")
        held = sorted(entry.name for entry in os.scandir(target) if not is_draft(entry.name))
    except OSError as fault:
        raise DataError(f"cannot read '{folder}': {fault.strerror}") from None
    held = [name for name in held if name not in _NOTHING]
    if _is_store(target):
        raise UsageError(f"'{folder}' holds a chronology: `chrono new` adds to it; for another one name another folder")
    if held:
        more = f" and {len(held) - _SHOWN} more" if len(held) > _SHOWN else ""
        what = f"{listing(held[:_SHOWN])}{more}"
        raise UsageError(f"'{folder}' is not empty ({what}): name a new folder, as {Path(folder) / 'chronology'}")


def _is_store(folder: Path) -> bool:
    try:
        find(str(folder), None)
    except UsageError:
        return False
    return True


def _told(folder: str, target: Path, commands: list[str]) -> str:
    """What was made, and what to try."""
    named = f"./{folder}" if folder.startswith("-") else folder
    away = target.resolve() != Path.cwd().resolve()
    typed = visible(named) == named  # else nobody can type what is shown
    enter = [f"cd {shlex.quote(named)}"] if away and typed else []
    there = " there" if away and not typed else ""
    other = ["unset CHRONO_STORE  # it names another chronology"] if os.environ.get("CHRONO_STORE") else []
    lines = [f"a new chronology in {folder}: README.md says what stands where; try{there}", *enter, *other, *commands]
    return "\n  ".join(map(visible, lines)) + "\n"
