"""Time a date with our parser and with the `edtf` package, in one run: `python benchmarks/edtf_speed.py`."""

import contextlib
import io
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import edtf as package

from mali_chrono.dates.edtf import parse

# What a store holds, and what both read.
DATES = (
    "2015-03-07", "2017-03", "2012", "2024-07-25/2024-07-27", "[2021-08-17..2021-08-21]", "2020-22", "2012/..",
    "1312~", "168X", "13XX", "-9399", "2004-06-~11", "[1667,1668,1670..1672]", "1985-04-12T23:20:30Z", "Y-17E7",
)  # fmt: skip


def microseconds(read, texts: tuple[str, ...], rounds: int) -> float:
    """Give the time of one date, the best of three runs."""
    best = float("inf")
    for _ in range(3):
        began = time.perf_counter()
        for _ in range(rounds):
            for text in texts:
                read(text)
        best = min(best, (time.perf_counter() - began) / rounds / len(texts))
    return best * 1e6


def main() -> None:
    with contextlib.redirect_stdout(io.StringIO()):  # the package prints while it parses
        rows = [
            (text, microseconds(parse, (text,), 500), microseconds(package.parse_edtf, (text,), 3)) for text in DATES
        ]
        ours, theirs = microseconds(parse, DATES, 300), microseconds(package.parse_edtf, DATES, 3)
    print(f"{'date':26}{'chrono us':>12}{'edtf us':>12}{'ratio':>8}")
    for name, mine, other in [*rows, ("all of them", ours, theirs)]:
        print(f"{name:26}{mine:12.1f}{other:12.0f}{other / mine:8.0f}")


if __name__ == "__main__":
    main()
