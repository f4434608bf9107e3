"""chrono answers questions about a chronology and proves its answers."""

__version__ = "0.1.0"
