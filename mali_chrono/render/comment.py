"""What changed as a comment on a pull request, in Markdown: much of a kind is folded away, and a comment has an end."""

import re
from collections.abc import Sequence

from mali_chrono.edit.compare import ADDED, CHANGED, REMOVED, Change
from mali_chrono.kinds import FAILED, PROVED, RECKONED, UNREAD, UNVERIFIABLE
from mali_chrono.render import markdown
from mali_chrono.render.changes import Line, facts_of, lines_of
from mali_chrono.render.look import Column, Look
from mali_chrono.render.review import (
    View,
    dated_title,
    head_of,
    notes_of,
    proof_lines,
    proof_words,
    sections,
    sum_words,
)
from mali_chrono.text import counted

_MARKS = {PROVED: "✓", RECKONED: "✓", FAILED: "✗", UNREAD: "?", UNVERIFIABLE: "–"}
# More records than this of one kind are folded away; GitHub takes 65,536 characters.
FOLDED, LONGEST = 8, 60_000

# What GitHub makes a link of once Markdown is read, when a backslash and an entity are as good as none
# (github/cmark-gfm#181, github/markup#1168): a mention, a number, an address, an emoji; a commit from seven digits on.
# It looks at one text at a time, and an empty comment ends one without a character that is copied: so LLVM's bot quotes
# "@<!-- -->name" and "#<!-- -->0", and OpenJDK's a title (openjdk/skara#1045, #1548).
_NOTHING = "<!-- -->"
_MARK = re.compile(r"@|#(?=\d)|GH-(?=\d)|:(?=//|[\w+\\-]+:)", re.IGNORECASE)
_COMMIT = re.compile(r"[0-9a-f]{6}(?=[0-9a-f])", re.IGNORECASE)


def _escape(value: object) -> str:
    """A value as Markdown that shows just what it says, and of which GitHub makes no link."""
    return _COMMIT.sub(_part, _unmarked(value))


def _unmarked(value: object) -> str:
    """The same, but that the id of a commit is linked."""
    return _MARK.sub(_part, markdown.escape(value))


def _part(found: re.Match[str]) -> str:
    return found[0] + _NOTHING


def write(view: View, look: Look) -> str:  # noqa: ARG001
    """A comment on a pull request: the sums, then the changes of each kind, many of them folded away."""
    if not view.changes and not notes_of(view):
        return ""
    where = f"{_unmarked(view.before)} → {_unmarked(view.after)}"
    parts = [f"**{_escape(head_of(view) or 'nothing changed')}**, {where}\n"]
    if view.proof is not None:
        parts.append(f"\n{_escape(proof_words(view).capitalize())}\n")
    if view.sums:
        heads = [Column("Sums"), Column("of"), Column("before", right=True), Column("after", right=True)]
        rows = [[one.years or "all", one.kind, sum_words(one.before), sum_words(one.after)] for one in view.sums]
        parts.append("\n" + "".join(markdown.lines(heads, rows)))
    size, left = sum(map(len, parts)), 0
    for kind, changes in sections(view):
        items = [_item(view, change) for change in changes]
        kept = []
        for item in items:
            size += len(item)
            if size < LONGEST:
                kept.append(item)
            else:
                left += 1
        parts.append(_folded(kind, kept) if kept else "")
    notes = notes_of(view)
    if left:
        notes.insert(0, f"{counted(left, 'more change')} than a comment holds: chrono diff tells them")
    parts += [f"\n{_escape(note)}\n" for note in notes]
    return "".join(parts)


def _folded(kind: str, items: Sequence[str]) -> str:
    """The items of a kind, under a line to open where they are many."""
    name, text = kind.capitalize(), "".join(items)
    if len(items) <= FOLDED:
        return f"\n#### {name}\n\n{text}"
    return f"\n<details>\n<summary>{name}: {len(items)} changes</summary>\n\n{text}\n</details>\n"


def _item(view: View, change: Change) -> str:
    what = "" if change.what == CHANGED else f"{change.what}: "
    lines = [f"- {what}**{_escape(dated_title(change, view.names))}** ({_escape(change.id)})\n"]
    if change.what in (ADDED, REMOVED):
        lines.append(f"  {_escape(facts_of(change, view.names))}\n")
    else:
        lines += [f"  - {_entry(line)}\n" for line in lines_of(change, view.names, "→")]
    told = proof_lines(view, change)
    lines += [f"  - {_MARKS[verdict]} {verdict}: {_escape(text)}\n" for verdict, text in told]
    return "".join(lines)


def _entry(line: Line) -> str:
    sign = {"+": "added ", "-": "removed ", "~": ""}[line.sign]
    return sign + _escape(line.said)
