"""A file and the name of a map -> what the file tells."""

from pathlib import Path

from mali_chrono.errors import DataError
from mali_chrono.intake.mapfiles import find_map
from mali_chrono.intake.maps import Map
from mali_chrono.intake.regular import read_regular
from mali_chrono.intake.tables import read_table
from mali_chrono.intake.take import take
from mali_chrono.intake.told import Taken


def read_dataset(file: str, name: str, store: Path) -> Taken:
    """What a file tells by a map: the store's own, one of the package, or a file.

    Raises UsageError where there is no such map, DataError where one of the two cannot be read.
    """
    return read_by(file, find_map(name, store))[1]


def read_by(file: str, rule: Map) -> tuple[bytes, Taken]:
    """A file's bytes, and what they tell by a map. Raises DataError where it cannot be read."""
    try:
        content = read_regular(Path(file))
    except (OSError, ValueError) as fault:
        raise DataError(f"cannot read '{file}': {getattr(fault, 'strerror', None) or fault}") from None
    return content, take(read_table(Path(file).name, content, rule.heads), rule)
