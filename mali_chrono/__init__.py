"""chrono answers questions about a chronology and proves its answers.

`open` and what it gives are in `api.py`, which is read when they are first asked for: no command needs them.
"""

__version__ = "0.1.0"
__all__ = ["ChronoError", "Chronology", "DataError", "UsageError", "__version__", "open"]

_HOMES = {"open": "api", "Chronology": "api", "ChronoError": "errors", "DataError": "errors", "UsageError": "errors"}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - nor does a command need this

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
