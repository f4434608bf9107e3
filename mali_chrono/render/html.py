"""A page of html that is whole in itself: no script, no style and no link of anyone else's."""

from collections.abc import Iterable, Sequence

from mali_chrono.render.look import Column
from mali_chrono.text import one_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.answers.about import About


def document(title: str, body: str, about: "About") -> str:
    """A whole page: what the answer is, a body of html, and of what and when it is."""
    asked = [f"{key} {value if isinstance(value, str) else ', '.join(map(str, value))}" for key, value in _said(about)]
    told = [f"{about.store}, revision {about.revision}", f"chrono {about.version}", *asked, about.today]
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">\n'
        f"<title>{escape(title)}</title>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n{body}"
        f"<p>{escape('; '.join(told))}</p>\n</body>\n</html>\n"
    )


def _said(about: "About") -> Iterable[tuple[str, list[object] | str]]:
    for key, value in about.question.items():
        yield key, list(value) if isinstance(value, list | tuple) else str(value)


def table(columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> str:
    """A table of texts; numbers stand at the right."""
    right = [' align="right"' if column.right else "" for column in columns]
    heads = "".join(f"<th>{escape(column.heading)}</th>" for column in columns)
    lines = [f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"]
    for row in rows:
        cells = (f"<td{at}>{escape(value)}</td>" for at, value in zip(right, row, strict=True))
        lines.append(f"<tr>{''.join(cells)}</tr>\n")
    return "".join([*lines, "</tbody>\n</table>\n"])


def escape(value: object) -> str:
    """A value as html that shows just what it says."""
    text = one_line(value)
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        text = text.replace(char, entity)
    return text
