"""`chrono lineage`: who came from whom."""

from typing import Annotated, NamedTuple

import typer

from mali_chrono.answers.lineage import families
from mali_chrono.cli import output
from mali_chrono.cli import request as asked
from mali_chrono.cli.completion import complete
from mali_chrono.cli.environment import answer, terminal
from mali_chrono.cli.options import Color, OutputFile, StoreOption, shared

FORMATS = ("tree", "mermaid", "dot", "json")
EXTENSIONS = {"txt": "tree", "mmd": "mermaid", "mermaid": "mermaid", "dot": "dot", "gv": "dot", "json": "json"}


class LineageOutput(NamedTuple):
    """How the families are written, and where."""

    format: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="FORMAT", rich_help_panel="Output",
                     autocompletion=complete(*FORMATS), help="tree; mermaid, dot (Graphviz), json."),
    ] = None  # fmt: skip
    output: OutputFile = None
    color: Color = "auto"
    store: StoreOption = None


@shared
def lineage(
    out: LineageOutput,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="Id, name, short name or alias.", autocompletion=complete(kind="actor")),
    ] = None,
) -> None:
    """Who came from whom: mergers, splits, renames and umbrellas, with their dates.

    With a NAME that actor's family, everyone it is connected with; without one every family.

    \b
    chrono lineage jnim
    chrono lineage fla -o fla.dot
    chrono lineage --format mermaid
    """  # noqa: D301 - Click takes a paragraph after a real backspace as it is
    to_file = out.output not in (None, "-")
    shape = asked.pick_format(out.format, out.output, FORMATS, "tree", EXTENSIONS)
    look = terminal(asked.color(out.color), to_file=to_file)
    store, (chosen, found) = answer(out.store, lambda connection: families(connection, name))
    from mali_chrono.render import lineage as render

    query: dict[str, object] = {"store": store.name, "name": chosen}
    output.emit(render.lineage(shape, found, chosen, query, look), out.output)
