"""What stands at a path, and a path as a URI: where pathlib hides an error, or imports too much, since Python 3.14."""

import errno
import os
import stat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path, PurePath

# What Windows says of a drive that is empty, of a name that can be none, of a link that cannot be followed.
_NOWHERE = (21, 123, 1921)
# What stands for itself in a path of a URI (RFC 3986, 3.3), and what parts it.
_UNQUOTED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/")


def is_folder(path: "Path | str") -> bool | None:
    """Whether a path leads to a folder; None where it leads nowhere. Raises OSError where that cannot be seen.

    pathlib's own says no of that.
    """
    mode = _mode(path)
    return None if mode is None else stat.S_ISDIR(mode)


def is_file(path: "Path | str") -> bool:
    """Whether a path leads to a regular file. Raises OSError where that cannot be seen."""
    return stat.S_ISREG(_mode(path) or 0)


def _mode(path: "Path | str") -> int | None:
    try:
        return os.stat(path).st_mode  # noqa: PTH116 - on the path of every command
    except (FileNotFoundError, NotADirectoryError, ValueError):  # a name with a zero byte is none
        return None
    except OSError as fault:
        # Links that turn in a circle lead nowhere.
        if fault.errno == errno.ELOOP or getattr(fault, "winerror", None) in _NOWHERE:
            return None
        raise


def file_uri(path: "PurePath") -> str:
    """An absolute path as a URI (RFC 8089). pathlib's own imports what reads the web on Python 3.14: 18 ms.

    Raises ValueError for another path.
    """
    if not path.is_absolute():
        raise ValueError(f"'{path}' is no absolute path")
    parts = os.fsencode(path.as_posix())
    slash = "" if parts.startswith(b"/") else "/"
    return f"file://{slash}{''.join(chr(code) if code in _UNQUOTED else f'%{code:02X}' for code in parts)}"
