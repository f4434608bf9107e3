"""`chrono schema`: what a store's files and chrono's answers hold, as JSON Schema."""

import os
import sys
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from mali_chrono.cli.completion import complete
from mali_chrono.cli.environment import find_store
from mali_chrono.cli.options import OutputFile, StoreOption, shared
from mali_chrono.cli.output import emit, say

KINDS = ("events", "actors", "places", "periods", "types", "sources", "chronology", "vocabulary", "answers")


class SchemaOptions(NamedTuple):
    """Where a schema is written, and the store whose files it is for."""

    output: OutputFile = None
    store: StoreOption = None


@shared(output="Write to FILE; a terminal is told the line that leads an editor there.")
def schema(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"{', '.join(KINDS)}.", autocompletion=complete(*KINDS))],
    options: SchemaOptions,
) -> None:
    """What a file of a store may hold, or what the json of each command does, as JSON Schema 2020-12.

    An editor with the YAML language server (VS Code, Neovim, Helix, JetBrains) then completes fields, shows what they
    mean and marks what is wrong, where the first line of the file says where the schema is:

    \b
    chrono schema events -o events.schema.json
    # yaml-language-server: $schema=../events.schema.json
    """  # noqa: D301 - Click takes a paragraph after a real backspace as it is
    from json import dumps

    emit(dumps(_schema(kind, options.store), ensure_ascii=False, indent=2) + "\n", options.output)
    told = options.output not in (None, "-") and kind != "answers"
    if told and sys.stderr is not None and sys.stderr.isatty():
        say(_line(kind, Path(str(options.output)), options.store))


def _schema(kind: str, chosen: str | None) -> dict[str, object]:
    """The schema of a kind of file by the words of a store, or of all answers. Raises UsageError."""
    if kind == "answers":
        from mali_chrono.render.answerschema import answer_schema

        return answer_schema()
    from mali_chrono.errors import UsageError, offer
    from mali_chrono.store.jsonschema import schema_of
    from mali_chrono.store.locate import files
    from mali_chrono.store.vocabulary import read_grammar

    if kind not in KINDS:
        raise UsageError(f"no schema of '{kind}': {offer(kind, KINDS)}")
    return schema_of(kind, read_grammar(files(find_store(chosen)), []).words)


def _line(kind: str, written: Path, chosen: str | None) -> str:
    """What to write into a file of the store, so that an editor finds a schema that was written."""
    from mali_chrono.store.jsonschema import path_of

    target = path_of(kind)
    try:
        place = os.path.relpath(written.resolve(), (find_store(chosen).root / target).parent)
    except ValueError:  # on another drive
        place = str(written.resolve())
    return f"the first line of {target} for an editor: # yaml-language-server: $schema={Path(place).as_posix()}"
