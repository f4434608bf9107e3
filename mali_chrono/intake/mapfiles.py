"""A map's YAML file -> its rules; the package has some of its own, a store may have more."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from mali_chrono.cites import SLUG
from mali_chrono.errors import DataError, Problem, UsageError, did_you_mean, offer
from mali_chrono.intake.forms import FORMS
from mali_chrono.intake.maps import PLACES, PRECISIONS, Actors, Coded, Codes, Dates, Map, Names, Places, Tolls, Types
from mali_chrono.intake.regular import read_regular
from mali_chrono.intake.slugs import map_slug
from mali_chrono.kinds import BUILT_IN_MAPS
from mali_chrono.paths import is_file
from mali_chrono.store.decode import decode
from mali_chrono.store.forms import FORMS as FORMS_OF_STORE
from mali_chrono.store.locate import MAPS, Store, files
from mali_chrono.store.nodes import Node, parse

T = TypeVar("T")
_FOLDER = Path(__file__).with_name("maps")
WRONG = "bad-map"  # the rule that finds it


class WrongMapError(DataError):
    """A map is wrong; the first of the problems says what is to be mended first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{problems[0].where}: {problems[0].message}")
        self.problems = problems


def map_names(store: Path | None) -> tuple[str, ...]:
    """The names that a map may be asked for by: those of chrono's own and of a store's."""
    own = store.glob(f"data/{MAPS}/*.yaml") if store else ()
    return tuple(sorted({*BUILT_IN_MAPS, *(path.stem for path in own if re.fullmatch(SLUG, path.stem))}))


def built_in(name: str) -> bytes:
    """The file of a map that comes with chrono, by its name."""
    return (_FOLDER / f"{name}.yaml").read_bytes()


def is_built_in(rule: Map) -> bool:
    """Whether a map is one that comes with chrono, to the letter."""
    return rule.name in BUILT_IN_MAPS and rule.text.encode() == built_in(rule.name)


def named_map(name: str, store: Path | None) -> Map | None:
    """The map that a name stands for, the store's before chrono's; None where there is none. No path is a name.

    Raises DataError where it cannot be read.
    """
    if not re.fullmatch(SLUG, name):  # a store may be a stranger's: nothing outside of it is opened
        return None
    file = f"data/{MAPS}/{name}.yaml"
    own = store / file if store else None
    try:
        if own and is_file(own):
            return read_map(read_regular(own), name, file)
    except OSError as fault:
        raise DataError(f"{file}: cannot be read: {fault.strerror}") from None
    return read_map(built_in(name), name, f"{name}.yaml") if name in BUILT_IN_MAPS else None


def find_map(asked: str, store: Path | None = None) -> Map:
    """The map that a person asks for: by name, of a store or of chrono, or by the path of a file.

    What is read from a file is called by a slug of the file's name, and found again by either. Raises UsageError where
    there is none, DataError where it cannot be read.
    """
    if found := named_map(asked, store):
        return found
    path = Path(asked)
    if path.suffix not in (".yaml", ".yml"):
        if asked == path.name and (found := named_map(map_slug(asked), store)):
            return found
        hint = offer(asked, map_names(store))
        raise UsageError(f"there is no map '{asked}': {hint}, or a file of your own, NAME.yaml")
    try:
        return read_map(read_regular(path), map_slug(path.stem), asked)
    except (OSError, ValueError) as fault:
        raise UsageError(f"cannot read the map '{asked}': {getattr(fault, 'strerror', None) or fault}") from None


def read_map(content: bytes, name: str, file: str) -> Map:
    """A map of a file's bytes. Raises WrongMapError with what is wrong."""
    text, problems = decode(content, file)
    root, fault, _ = parse(text, file, 0, problems)
    problems = [*problems, *([fault] if fault else [])]
    if problems:
        raise WrongMapError(problems)
    if root is None or not isinstance(root.value, dict):
        message = "a map of columns was expected: name: value, one a line"
        raise WrongMapError([Problem(file, 1, 1, WRONG, message)])
    return _read(_Fields(root, file), name, text)


def problems_of(store: Store) -> list[Problem]:
    """What is wrong with a store's own maps: what keeps one from being read, or the first mistake in it."""
    found: list[Problem] = []
    for file in files(store):
        if file.kind == MAPS:
            try:
                read_map(read_regular(file.path), file.path.stem, file.relative)
            except WrongMapError as fault:
                found += fault.problems
            except OSError:
                continue  # whoever reads the store's files tells that one cannot be read
    return found


class _Fields:
    """The fields of one level of a map, each taken once; what nobody takes is told."""

    def __init__(self, node: Node, file: str) -> None:
        self.node, self.file = node, file
        self.asked: list[str] = []

    def fault(self, node: Node, message: str) -> WrongMapError:
        return self.fault_at((node.line, node.column), message)

    def fault_at(self, place: tuple[int, int], message: str) -> WrongMapError:
        return WrongMapError([Problem(self.file, *place, WRONG, message)])

    def get(self, name: str) -> Node | None:
        self.asked.append(name)
        found: Node | None = self.node.value.get(name)
        return found

    def need(self, name: str) -> None:
        """Raise WrongMapError where a field is missing, at one that is nearly called so if there is any."""
        if name in self.node.value:
            return
        for written in self.node.value:
            if meant := did_you_mean(written, (name,)):
                raise self.fault_at(self.node.keys[written], f"unknown field '{written}': {meant}")
        raise self.fault(self.node, f"this needs '{name}'")

    def text(self, name: str, choices: Iterable[str] = ()) -> str:
        node = self.get(name)
        if node is None:
            return ""
        if not isinstance(node.value, str) or not node.value.strip():
            raise self.fault(node, f"'{name}' is one text")
        if choices and node.value not in choices:
            raise self.fault(node, f"'{node.value}' is no {name}: {offer(node.value, tuple(choices))}")
        return node.value.strip(" ")

    def names(self, name: str, choices: Iterable[str] = ()) -> Names:
        """A text, or a list of them."""
        node = self.get(name)
        if node is None:
            return ()
        nodes = node.value if isinstance(node.value, list) else [node]
        for each in nodes:
            if not isinstance(each.value, str):
                raise self.fault(each, f"'{name}' is a text or a list of texts")
            if choices and each.value not in choices:
                raise self.fault(each, f"'{each.value}' is none of what '{name}' takes: {', '.join(choices)}")
        return tuple(each.value for each in nodes)

    def codes(self, name: str, choices: Iterable[str] = ()) -> Codes:
        node = self.get(name)
        if node is None:
            return {}
        if not isinstance(node.value, dict):
            raise self.fault(node, f"'{name}' is a map of codes: {{code: meaning}}")
        for each in node.value.values():
            if not isinstance(each.value, str):
                raise self.fault(each, "the meaning of a code is one text")
            if choices and each.value not in choices:
                raise self.fault(each, f"'{each.value}' is none of {', '.join(choices)}")
        return {code: each.value for code, each in node.value.items()}

    def inside(self, name: str) -> "_Fields | None":
        node = self.get(name)
        if node is None:
            return None
        if not isinstance(node.value, dict):
            raise self.fault(node, f"'{name}' is a map of fields")
        return _Fields(node, self.file)

    def each(self, name: str) -> "list[_Fields]":
        node = self.get(name)
        nodes = [] if node is None else node.value if isinstance(node.value, list) else [node]
        for each in nodes:
            if not isinstance(each.value, dict):
                raise self.fault(each, f"'{name}' is a list of maps, one a column")
        return [_Fields(each, self.file) for each in nodes]

    def coded(self, name: str, choices: Iterable[str] = ()) -> Coded:
        fields = self.inside(name)
        return Coded() if fields is None else fields.done(Coded(fields.columns(), fields.codes("codes", choices)))

    def columns(self) -> Names:
        self.need("column")
        names = self.lower("column")
        if not all(name.strip() for name in names) or not names:
            raise self.fault(self.node.value["column"], "'column' names one column at least, and none is blank")
        return names

    def lower(self, name: str) -> Names:
        return tuple(map(str.lower, self.names(name)))

    def done(self, made: T) -> T:
        """What was made of the fields. Raises WrongMapError where one of them was not asked for."""
        for name in self.node.value:
            if name not in self.asked:
                raise self.fault_at(self.node.keys[name], f"unknown field '{name}': {offer(name, self.asked, 1)}")
        return made


def _read(root: _Fields, name: str, text: str) -> Map:
    for needed in ("date", "type", "place", "title", "summary"):
        root.need(needed)
    url = root.text("url")
    try:
        url = FORMS_OF_STORE["url"](url) if url else ""
    except ValueError as fault:
        raise root.fault(root.node.value["url"], str(fault)) from None
    made = Map(
        name=name, text=text, about=root.text("about"), publisher=root.text("publisher"),
        licence=root.text("licence") or "not stated", url=url,
        dates=_dates(root), types=_types(root), places=_places(root),
        title=root.names("title"), summary=root.names("summary"),
        id=root.lower("id"), folds=root.text("folds", ("true", "false")) == "true",
        opens=root.text("opens", ("true", "false")) == "true",
        vintages=_vintages(root),
        names=root.codes("names"), optional=root.lower("optional"),
        heads=tuple(tuple(column.strip() for column in head.split(",")) for head in root.names("heads")),
        actors=tuple(_actors(fields) for fields in root.each("actors")),
        tolls=tuple(_tolls(fields) for fields in root.each("tolls")),
        outlets=next((_actors(fields) for fields in root.each("outlets")), None),
    )  # fmt: skip
    return root.done(made)


def _vintages(root: _Fields) -> Mapping[str, Names]:
    fields = root.inside("vintages")
    return {} if fields is None else {name: fields.lower(name) for name in fields.node.value}


def _dates(root: _Fields) -> Dates:
    fields = _inside(root, "date")
    since = fields.text("since")
    if since and not re.fullmatch("[1-9][0-9]{3}", since):
        raise fields.fault(fields.node, f"'{since}' is no year: since names the first one that the data has, like 1997")
    forms = fields.names("forms", FORMS) or ("YYYY-MM-DD",)
    return fields.done(
        Dates(fields.columns(), fields.lower("end"), forms, fields.lower("year"), int(since) if since else None,
              fields.coded("precision", PRECISIONS))
    )  # fmt: skip


def _types(root: _Fields) -> Types:
    fields = _inside(root, "type")
    return fields.done(
        Types(fields.columns(), fields.lower("plain"), fields.lower("beside"), fields.codes("codes"),
              fields.codes("classes"), fields.codes("categories"), fields.text("acled", ("true", "false")) == "true")
    )  # fmt: skip


def _places(root: _Fields) -> Places:
    fields = _inside(root, "place")
    return fields.done(
        Places(fields.columns(), fields.names("cut"), fields.lower("region"), fields.lower("country"),
               fields.lower("lat"), fields.lower("lon"), fields.coded("precision", PLACES))
    )  # fmt: skip


def _actors(fields: _Fields) -> Actors:
    return fields.done(
        Actors(fields.columns(), fields.text("parted"), fields.lower("by"), fields.codes("roles"),
               fields.coded("kind"))
    )  # fmt: skip


def _tolls(fields: _Fields) -> Tolls:
    fields.need("kind")
    zero = fields.text("zero", ("none", "unknown", "denied")) or "none"
    return fields.done(
        Tolls(fields.text("kind"), fields.columns(), fields.lower("low"), fields.lower("high"), fields.text("of"), zero)
    )


def _inside(root: _Fields, name: str) -> _Fields:
    fields = root.inside(name)
    if fields is None:
        raise root.fault(root.node, f"this needs '{name}'")
    return fields
