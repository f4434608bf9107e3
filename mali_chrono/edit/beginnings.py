"""A new chronology: the files of an example, with those that every chronology begins with."""

from json import dumps
from pathlib import Path

from mali_chrono.paths import is_file
from mali_chrono.store.jsonschema import FILES, schema_of
from mali_chrono.store.locate import VOCABULARY, StoreFile
from mali_chrono.store.vocabulary import read_grammar

_EXAMPLES = Path(__file__).parent.parent / "examples"
# What every example gets. `dot-` stands for the dot that would hide a file of the package.
_COMMON, _DOT = _EXAMPLES / "common", "dot-"
_README, _COMMANDS = "README.md", "try.txt"


def files_of(example: str) -> dict[str, bytes]:
    """The files of a new chronology after an example, by their paths in it.

    They are its records, documents and README, and what CI, pre-commit and editors take.
    """
    own = _contents(_EXAMPLES / example)
    common = _contents(_COMMON)
    readme = own[_README] + common[_README]
    del own[_COMMANDS]
    return common | own | {_README: readme} | _schemas(example)


def commands_of(example: str) -> list[str]:
    """What to try first."""
    return (_EXAMPLES / example / _COMMANDS).read_text("utf-8").splitlines()


def _contents(folder: Path) -> dict[str, bytes]:
    files = sorted(path for path in folder.rglob("*") if is_file(path))
    return {_named(path.relative_to(folder)): path.read_bytes() for path in files}


def _named(path: Path) -> str:
    """The path that a file has in a chronology."""
    return "/".join("." + part.removeprefix(_DOT) if part.startswith(_DOT) else part for part in path.parts)


def _schemas(example: str) -> dict[str, bytes]:
    """The schemas that the first lines of the files name, by the vocabulary of the example."""
    path = _EXAMPLES / example / "data" / f"{VOCABULARY}.yaml"
    words = read_grammar([StoreFile(VOCABULARY, path, path.name)] if is_file(path) else [], []).words
    texts = {name: dumps(schema_of(name, words), ensure_ascii=False, indent=2) + "\n" for name in FILES}
    return {f"schemas/{name}.schema.json": text.encode() for name, text in texts.items()}
