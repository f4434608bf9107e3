"""One YAML text -> its plain values at once, by libyaml's own tree; None for anything that is not plain.

Nothing is judged here: what is None may be wrong, or only unusual. `nodes.py` reads that, event by event, and says.
"""

import re
from functools import cache
from operator import is_
from typing import Any, NamedTuple

from mali_chrono.store.nodes import CUT, MAX_DEPTH, Key, Path

# An anchor or an alias: `&` and `*` where a word is not in the way.
_ANCHOR = re.compile(r"(?<!\w)[&*]")
# One of these begins every list and map; how many there are bounds how deep libyaml calls itself.
_OPENERS = "-?:[{"
_MOST_OPENERS = 2000
_LONGEST = 1_000_000


class Composed(NamedTuple):
    """A record: its fields, and libyaml's node of it."""

    values: dict[str, Any]
    node: Any

    def place(self, path: Path = ()) -> tuple[int, int]:
        """Line and column, from 0, of the value at a path of names and positions, or of the nearest one above it.

        Of a `Key` those of the name.
        """
        node = self.node
        for step in path:
            inner = node.value
            if node.id == "mapping" and isinstance(step, Key):
                node = next((key for key, _ in inner if key.value == step), node)
                break
            if node.id == "mapping":
                inner = {key.value: value for key, value in inner}
            try:
                found = inner[step]
            except (LookupError, TypeError):
                break
            if isinstance(found, str):
                break
            node = found
        return node.start_mark.line, node.start_mark.column


class _Odd(Exception):  # noqa: N818 - what is not plain
    pass


def compose(text: str) -> Composed | None:
    """The map that is the only item of a list; None where the text is anything but that, or libyaml is absent."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", None)
    if loader is None or _is_odd(text):
        return None
    composer = _composer(loader)(text)
    try:
        root = composer.get_single_node()
        items = _plain(root, 0) if root else None
    except (yaml.YAMLError, _Odd):
        return None
    finally:
        composer.dispose()
    if not isinstance(items, list) or len(items) != 1 or not isinstance(items[0], dict):
        return None
    return Composed(items[0], root.value[0])


def _is_odd(text: str) -> bool:
    """Whether a text may hold what the tree does not show, or lie deeper than a stack is."""
    return (
        len(text) > _LONGEST
        or "\\" in text
        or (("&" in text or "*" in text) and _ANCHOR.search(text) is not None)
        or ("#" in text and CUT.search(text) is not None)
        or sum(map(text.count, _OPENERS)) > _MOST_OPENERS
    )


@cache
def _composer(loader: Any) -> Any:
    """The loader, resolving nothing: every node's tag is the one that is written, or None."""

    class Composer(loader):  # type: ignore[misc]
        # Called for every node, and what they give is thrown away; built-in functions of the same arguments, which are
        # called at a fraction of the cost of a method that does nothing.
        descend_resolver = is_
        ascend_resolver = tuple

        def resolve(self, kind: Any, value: Any, implicit: Any) -> None:
            pass

    return Composer


def _plain(node: Any, depth: int) -> Any:
    """The values of a node. Raises _Odd."""
    if node.tag is not None or depth > MAX_DEPTH:
        raise _Odd
    value = node.value
    if node.id == "scalar":
        return value
    depth += 1
    if node.id == "sequence":
        return [_plain(inner, depth) for inner in value]
    made = {}
    for key, inner in value:
        name = key.value
        if key.tag is not None or not isinstance(name, str) or name == "<<" or name in made:
            raise _Odd
        made[name] = _plain(inner, depth)
    return made
