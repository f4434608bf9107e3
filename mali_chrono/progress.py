"""How far a long work has come, told from any floor to whoever listens: nobody, unless the command line lets someone.

A hook of the module and no argument: it runs through every function between a command and the loop it waits for,
changes no answer, and costs nothing where nobody listens.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import TypeVar

    T = TypeVar("T")
    # What is done, how much of it is, and how much there is in all (0: not known).
    Listener = Callable[[str, int, int], None]

_listeners: "list[Listener]" = []


def listen(listener: "Listener | None") -> None:
    """Let one listener be told from now on, or none."""
    _listeners[:] = [listener] if listener else []


def tell(what: str, done: int = 0, total: int = 0) -> None:
    """Tell what is being done. Cheap, but no thing for the innermost loop."""
    for listener in _listeners:
        listener(what, done, total)


def track(what: str, items: "Sequence[T]") -> "Iterable[T]":
    """The same items, told one by one as they are taken."""
    return _tracked(what, items, len(items)) if _listeners else items


def _tracked(what: str, items: "Iterable[T]", total: int) -> "Iterator[T]":
    done = 0
    tell(what, done, total)
    for done, item in enumerate(items, 1):
        yield item
        tell(what, done, total)
