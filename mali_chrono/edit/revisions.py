"""A store as it was at a git revision -> a folder of its files. Git is asked as a program.

Contents are taken as they are kept, with no filter, hook or text conversion, and a link is never followed.
"""

import subprocess
from collections.abc import Iterable, Mapping, Sequence
from os import fsdecode, fsencode
from pathlib import Path
from typing import NamedTuple

from mali_chrono.errors import DataError, UsageError, did_you_mean
from mali_chrono.store.locate import kind_of
from mali_chrono.text import listing, visible

_QUIET = ("--no-pager", "--literal-pathspecs", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")
# English, no lock, no question; and no fetch of what a partial clone lacks, since the repository says by what program.
# What it allows yields to the list of protocols, also with a git that knows no other way (before 2.44).
_ALONE = {
    "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
}  # fmt: skip
_FOLDERS = ("data", "seeds")
# What a git environment says of the repository at hand; the store's folder decides, also inside a hook.
PLACES = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE")


class Repository(NamedTuple):
    """The git repository of a store: a folder in it, where the store lies under its top, and the environment of git."""

    folder: Path
    prefix: str
    environ: Mapping[str, str]

    def git(self, *args: str, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
        """What a git command ends with. Raises UsageError where there is no git."""
        command = ["git", "-C", str(self.folder), *_QUIET, *args]
        try:
            return subprocess.run(command, input=given, capture_output=True, env=dict(self.environ), check=False)  # noqa: S603 - words of ours, and a revision that git takes for nothing else
        except FileNotFoundError:
            hint = "install it, or name two folders: chrono diff OLD NEW"
            raise UsageError(f"there is no program `git`, which knows the revisions: {hint}") from None

    def line(self, *args: str) -> str:
        """The last line that a git command writes; empty where it fails."""
        ended = self.git(*args)
        lines = fsdecode(ended.stdout).removesuffix("\n").split("\n")
        return lines[-1] if ended.returncode == 0 else ""


class Revision(NamedTuple):
    """A revision: its name as typed, the id of its commit (empty for a bare tree) and that of its tree."""

    name: str
    commit: str
    tree: str

    @property
    def label(self) -> str:
        """Its name, with the short id of its commit where that is not the name."""
        short = self.commit[:7]
        return self.name if not short or self.commit.startswith(self.name) else f"{self.name} ({short})"


def find_repository(store: Path, environ: Mapping[str, str]) -> Repository:
    """The repository in which a store lies. Raises UsageError where there is none, or git refuses it."""
    environ = {name: value for name, value in environ.items() if name not in PLACES}
    repository = Repository(store, "", {**environ, **_ALONE})
    ended = repository.git("rev-parse", "--show-prefix")
    if ended.returncode:
        said = _said(ended)
        if "not a git repository" in said:
            raise UsageError(
                f"'{store}' lies in no git repository, so it has no revisions: name two folders: chrono diff OLD NEW"
            )
        raise UsageError(f"git tells nothing of '{store}': {said}")
    return repository._replace(prefix=fsdecode(ended.stdout).removesuffix("\n"))


def _said(ended: "subprocess.CompletedProcess[bytes]") -> str:
    lines = fsdecode(ended.stderr).strip().split("\n")
    return visible(lines[0].removeprefix("fatal: "))


def resolve(repository: Repository, name: str) -> Revision:
    """The revision that a name stands for. Raises UsageError that offers branches and tags where there is none."""
    found = _verified(repository, name) if name and "\0" not in name else ""
    tree = found and _verified(repository, f"{found}^{{tree}}")
    if not tree:
        raise UsageError(_unknown(repository, name))
    return Revision(name, _verified(repository, f"{found}^{{commit}}"), tree)


def _verified(repository: Repository, name: str) -> str:
    return repository.line("rev-parse", "--verify", "--quiet", "--end-of-options", name)


def _unknown(repository: Repository, name: str) -> str:
    said = f"'{name}' is no revision of this repository, and no folder or file"
    if not _verified(repository, "HEAD"):
        return f"{said}: it has no commit yet"
    names = ["HEAD", *fsdecode(repository.git("for-each-ref", "--format=%(refname:short)").stdout).split()]
    if not set("~^:@{") & set(name) and (hint := did_you_mean(name, names)):
        return f"{said}: {hint}"
    return said + _shallow(repository)


def _shallow(repository: Repository) -> str:
    """What brings the commits that a shallow clone lacks."""
    if repository.line("rev-parse", "--is-shallow-repository") != "true":
        return ""
    return "; this clone is shallow: `git fetch --unshallow` brings the rest (actions/checkout: fetch-depth: 0)"


def merge_base(repository: Repository, one: Revision, other: Revision) -> Revision:
    """Where two revisions parted. Raises UsageError where they have nothing in common."""
    commit = repository.line("merge-base", "--end-of-options", one.commit, other.commit)
    if not commit:
        raise UsageError(f"'{one.name}' and '{other.name}' have no commit in common{_shallow(repository)}")
    return resolve(repository, commit)._replace(name=f"{one.name}...{other.name}")


def write_out(repository: Repository, revision: Revision, folder: Path) -> list[str]:
    """Write the files of a store at a revision into an empty folder; gives the paths in it that are links.

    Raises UsageError where the revision has no store, DataError where git cannot give its files.
    """
    entries = _entries(repository, revision.tree, *(f"{repository.prefix}{name}" for name in _FOLDERS))
    found = [(entry, entry.path.removeprefix(repository.prefix)) for entry in entries]
    links = [path for entry, path in found if not entry.is_file and kind_of(path)]
    files = [(entry, path) for entry, path in found if entry.is_file and path.endswith((".yaml", ".yml"))]
    paths = [*links, *(path for _, path in files)]
    if not any(path.startswith("data/events") for path in paths) or "data/types.yaml" not in paths:
        raise UsageError(_no_store(repository, revision))
    contents = _contents(repository, [entry.object for entry, _ in files])
    for (_, path), content in zip(files, contents, strict=True):
        if set(path.split("/")) & {"", ".", ".."} or "\\" in path:
            raise DataError(f"'{path}' in {revision.label} leads out of its folder")
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return links


class _Entry(NamedTuple):
    mode: str
    object: str
    path: str

    @property
    def is_file(self) -> bool:
        """Whether it is a file, no link and no other repository."""
        return self.mode.startswith("100")


def _entries(repository: Repository, tree: str, *paths: str) -> list[_Entry]:
    ended = repository.git("ls-tree", "-r", "-z", "--full-tree", tree, "--", *paths)
    if ended.returncode:
        raise DataError(f"git cannot list the files of {tree[:7]}: {_said(ended)}")
    found = []
    for line in filter(None, ended.stdout.split(b"\0")):
        head, _, path = line.partition(b"\t")
        mode, _, ident = head.decode("ascii").split()
        found.append(_Entry(mode, ident, fsdecode(path)))
    return found


def _contents(repository: Repository, objects: Sequence[str]) -> Iterable[bytes]:
    """What some objects hold, in their order."""
    ended = repository.git("cat-file", "--batch", given="".join(f"{ident}\n" for ident in objects).encode("ascii"))
    at, found = 0, []
    for ident in objects:
        end = ended.stdout.find(b"\n", at)
        head = ended.stdout[at:end].split()
        if end < 0 or len(head) != 3:
            raise DataError(f"git cannot read {ident[:7]}: {_said(ended) or 'it is missing'}")
        size = int(head[2])
        found.append(ended.stdout[end + 1 : end + 1 + size])
        at = end + size + 2
    return found


def _no_store(repository: Repository, revision: Revision) -> str:
    where = f" in '{repository.prefix}'" if repository.prefix else ""
    said = f"{revision.label} has no store{where}"
    others = [
        f"'{fsdecode(fsencode(entry.path)).removesuffix('data/types.yaml') or '.'}'"
        for entry in _entries(repository, revision.tree)
        if entry.path == "data/types.yaml" or entry.path.endswith("/data/types.yaml")
    ]
    return f"{said}; it has one in {listing(others, 'or')}" if others else said
