"""What `check` and `verify` share: which rules are asked, what makes them fail, and notes for GitHub Actions."""

from collections.abc import Iterable
from typing import Annotated, Any, NamedTuple

from typer import Exit, Option

from mali_chrono.cli.completion import complete
from mali_chrono.cli.environment import in_actions
from mali_chrono.cli.output import emit
from mali_chrono.cli.request import Writer
from mali_chrono.render.found import Found
from mali_chrono.store.rules.help import known
from mali_chrono.store.rules.table import RULES, choose


class RuleOptions(NamedTuple):
    """Which rules are asked, and what is wrong enough."""

    select: Annotated[
        list[str] | None,
        Option("--select", metavar="RULE,RULE", help="These rules only, and what hides things from them.",
               rich_help_panel="Rules", autocompletion=complete(*RULES, listed=True)),
    ] = None  # fmt: skip
    ignore: Annotated[
        list[str] | None,
        Option("--ignore", metavar="RULE,RULE", help="Not these rules.", rich_help_panel="Rules",
               autocompletion=complete(*RULES, listed=True)),
    ] = None  # fmt: skip
    strict: Annotated[bool, Option("--strict", help="Exit 1 on warnings too.", rich_help_panel="Rules")] = False

    def asked(self) -> frozenset[str]:
        """The rules that are asked. Raises UsageError where one is none."""
        return choose(_names(self.select), _names(self.ignore))

    def given(self) -> dict[str, Any]:
        """What was given of them, as an answer says it."""
        said = {"select": _names(self.select), "ignore": _names(self.ignore), "strict": self.strict}
        return {name: value for name, value in said.items() if value}


def _names(texts: Iterable[str] | None) -> list[str]:
    """Rules between commas, each once. Raises UsageError where one is none."""
    return list(dict.fromkeys(known(name.strip()) for text in texts or () for name in text.split(",")))


def tell(writer: Writer, view: Any, found: Found, file: str | None) -> None:
    """Write what was found, as text in GitHub Actions with annotations after it. Raises Exit where it is bad enough."""
    emit(writer.write(view), file)
    if writer.format == "text" and in_actions():
        from mali_chrono.exchange import github

        emit(github.write(found))
    if any(map(found.fails, found.problems)):
        raise Exit(1)
