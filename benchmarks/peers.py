"""The same question to general tools over what chrono exports: an actor's events since a year."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from measuring import Command
from questions import rows

ACTOR, NAME, YEAR = "aqim", "AQIM", "2015"


def ask_chrono(chrono: str) -> Command:
    return [chrono, "timeline", "--actor", ACTOR, "--direct", "--since", YEAR, "--fields", "id,date,title", "-f", "csv"]


def ask_peers(export: Path, chrono: str, env: Mapping[str, str]) -> dict[str, Command | None]:
    """Each tool's command; None where it is not installed. Writes csv and rec files beside the jsonl."""
    table, records = export.with_suffix(".csv"), export.with_suffix(".rec")
    with table.open("w", encoding="utf-8") as out:
        subprocess.run([chrono, "timeline", "-f", "csv"], env=env, stdout=out, check=True)
    with records.open("w", encoding="utf-8") as out:
        for row in rows(export):
            latest = (row["latest"] or "9999-99-99").replace("-", "")
            out.write(f"Id: {row['id']}\nDate: {row['date']}\nTitle: {row['title']}\nLatest: {latest}\n")
            out.write("".join(f"Actor: {actor['id']}\n" for actor in row["actors"]) + "\n")
    # A day BC begins with "-" in jsonl and csv, so that as text it lies before all others.
    since = f'(.latest == null or .latest >= "{YEAR}")'
    commands = {
        "jq": ["-r", f'select({since} and any(.actors[]; .id == "{ACTOR}")) | [.id, .date, .title] | @csv', export],
        "mlr": ["--csv", "filter", f'($latest == "" || $latest >= "{YEAR}") && $actors =~ "(^|, ){NAME}[?]* "',
                "then", "cut", "-f", "id,date,title", table],
        "recsel": ["-e", f"Latest >= {YEAR}0000 && Actor = '{ACTOR}'", "-p", "Id,Date,Title", records],
    }  # fmt: skip
    return {tool: [tool, *map(str, words)] if shutil.which(tool) else None for tool, words in commands.items()}
