"""A pseudo-terminal, seen from the side of who sits before it."""

import os
from collections.abc import Iterator


def sent(ours: int) -> Iterator[bytes]:
    """What is sent to the terminal, as it comes, until every program has left it."""
    try:
        while part := os.read(ours, 65536):
            yield part
    except OSError:  # Linux says so that the other end is closed
        pass
    finally:
        os.close(ours)
