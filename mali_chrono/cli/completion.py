"""What the shell offers after an option: ids of the store, or fixed words."""

from collections.abc import Callable


def complete(*words: str, kind: str = "") -> Callable[[str], list[tuple[str, str]]]:
    """A completion of fixed words, or of one kind of thing in the store the command would read."""

    def offer(incomplete: str) -> list[tuple[str, str]]:
        offered = [(word, "") for word in words] if words else _read_names(kind)
        return [pair for pair in offered if pair[0].startswith(incomplete)]

    return offer


def _read_names(kind: str) -> list[tuple[str, str]]:
    from mali_chrono.answers.names import offers
    from mali_chrono.cli.environment import answer, find_store
    from mali_chrono.errors import ChronoError

    kinds = ("type", "category") if kind == "type" else (kind,)
    try:
        return answer(find_store(None), lambda connection: offers(connection, kinds))
    except ChronoError:
        return []  # a broken store is no business of the Tab key
