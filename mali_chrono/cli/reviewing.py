"""What `check` and `verify` share: which rules are asked, what makes them fail, and notes for GitHub Actions."""

from collections.abc import Iterable
from typing import Annotated, Any, NamedTuple

from typer import Exit, Option

from mali_chrono.cli.completion import complete
from mali_chrono.cli.environment import in_actions
from mali_chrono.cli.output import check_expectation, emit
from mali_chrono.cli.request import Writer
from mali_chrono.errors import UsageError
from mali_chrono.render.found import Found
from mali_chrono.store.rules.help import known, tellers
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

    def asked(self, command: str) -> frozenset[str]:
        """The rules that are asked. Raises UsageError where one is none, or none selected is of this command."""
        selected = _names("--select", self.select)
        if selected and not any(command in tellers(slug) for slug in selected):
            raise UsageError(f"'{selected[0]}' is told by `chrono {tellers(selected[0])[0]}`")
        return choose(selected, _names("--ignore", self.ignore))

    def given(self) -> dict[str, Any]:
        """What was given of them, as an answer says it."""
        said = {"select": _names("--select", self.select), "ignore": _names("--ignore", self.ignore)}
        return {name: names for name, names in said.items() if names} | ({"strict": True} if self.strict else {})


def _names(option: str, texts: Iterable[str] | None) -> list[str]:
    """The rules of an option, between commas, each once. Raises UsageError where one is none, or none is named."""
    names = [name.strip() for text in texts or () for name in text.split(",")]
    if texts and not any(names):
        raise UsageError(f"{option} names no rule; `chrono check --list` lists them")
    return list(dict.fromkeys(known(name) for name in names if name))


def tell(writer: Writer, view: Any, found: Found, file: str | None, expect: str | None) -> None:
    """Write what was found, as text in GitHub Actions with annotations after it.

    Raises Exit where it is bad enough; where a number is expected that alone counts: DataError where it is another.
    """
    emit(writer.write(view), file)
    if writer.format == "text" and in_actions():
        from mali_chrono.exchange import github

        emit(github.write(found))
    if expect is not None:
        check_expectation(len(found.problems), expect)
    elif any(map(found.fails, found.problems)):
        raise Exit(1)
