#!/usr/bin/env bash
# Start-up of the main answers against a bare one-command Typer program, in the same run (needs hyperfine).
# Machines are noisy: read the ratios, not the milliseconds.
set -euo pipefail
cd "$(dirname "$0")/.."
chrono=${CHRONO:-chrono}
python=$(head -1 "$(command -v "$chrono")" | cut -c3-)
cache=$(mktemp -d)
trap 'rm -rf "$cache"' EXIT
unset PYTHONDONTWRITEBYTECODE
export XDG_CACHE_HOME="$cache"
"$chrono" timeline --since 2020 > /dev/null
hyperfine -N --warmup 5 --runs "${RUNS:-40}" \
    "$python benchmarks/bare.py" \
    "$chrono timeline --since 2020" \
    "$chrono timeline --since 2020 --format json" \
    "$chrono timeline --since 2020 --format csv" \
    "$chrono timeline --actor jnim --since 2020 --min-killed 20 --count" \
    "$chrono timeline --since 2020 --format table" \
    "$chrono show 2024-09-17-bamako-attacks" \
    "$chrono timeline --help" \
    "$chrono --help"
