"""The bytes of a file that is one: a pipe or a device might give none, or never end."""

import stat
from pathlib import Path


def read_regular(path: Path) -> bytes:
    """A file's bytes. Raises OSError, also where it is a pipe or a device, which is not waited for."""
    found = path.stat()  # a pipe that is opened may keep its writer waiting
    if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
        raise OSError(0, "it is a pipe or a device, no file")
    return path.read_bytes()
