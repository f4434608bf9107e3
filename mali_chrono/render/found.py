"""Problems as every format of them takes them, and what each says in words."""

from collections.abc import Sequence
from typing import NamedTuple

from mali_chrono.errors import ERROR, Problem
from mali_chrono.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.answers.about import About

LONGEST = 2000


class Found(NamedTuple):
    """The problems of a store, what was asked, the store, what the answer says of itself.

    `command` found them, `strict` where its warnings count as errors; `folder` is the store's path inside its
    repository, with a slash at its end, or empty.
    """

    problems: Sequence[Problem]
    query: dict[str, object]
    store: str
    about: "About | None" = None
    command: str = "check"
    strict: bool = False
    folder: str = ""

    def fails(self, problem: Problem) -> bool:
        """Whether a problem makes the command exit 1."""
        return self.strict or problem.severity == ERROR

    def path(self, problem: Problem) -> str:
        """The file of a problem from the repository's folder; that of a document, which lies in none, as it is."""
        return problem.file if self.is_of_document(problem) else self.folder + problem.file

    def is_of_document(self, problem: Problem) -> bool:
        """Whether a problem lies in a copy of a document: a store's files lie in its folders."""
        return "/" not in problem.file and problem.file not in ("data", "seeds")


def telling(problem: Problem) -> str:
    """What is wrong, and on a line of its own what would mend it, safe to print but for the line feed between."""
    hint = problem.hint
    return short(problem.message) + (f"\nhelp: {short(hint)}" if hint else "")


def short(text: str) -> str:
    """A text that is safe to print, without its middle where it is very long."""
    return visible(text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} ... {text[-LONGEST // 2 :]}")
