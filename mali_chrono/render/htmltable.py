"""Any answer as a page of html."""

from mali_chrono.render import html
from mali_chrono.render.look import Look
from mali_chrono.render.tabular import Tabular, heads_of


def write(answer: Tabular, look: Look) -> str:  # noqa: ARG001
    """The tables of an answer, each under its heading, and the notes below."""
    body = []
    for part in answer.tables:
        if part.heading:
            body.append(f"<h2>{html.escape(part.heading)}</h2>\n")
        body.append(html.table(heads_of(part), part.rows))
    body += [f"<p>{html.escape(note)}</p>\n" for note in answer.notes]
    if answer.about is None:
        raise TypeError(answer.title)
    return html.document(answer.title, "".join(body), answer.about)
