"""json and jsonl: the index keeps each row as json text, so most of it is passed on as it lies."""

from mali_chrono.render.look import Look, Timeline

SCHEMA = "chrono/1"


def json(view: Timeline, look: Look) -> str:  # noqa: ARG001
    """One object: schema, the query as it was resolved, events and, for a window, periods."""
    from json import dumps

    head = f'{{"schema": "{SCHEMA}", "query": {dumps(view.query, ensure_ascii=False)},\n"periods": ['
    periods = ",\n".join(body for _, body in view.periods)
    events = ",\n".join(str(row) for (row,) in view.rows)
    return f'{head}{_block(periods)}],\n"events": [{_block(events)}]}}\n'


def _block(text: str) -> str:
    return f"\n{text}\n" if text else ""


def jsonl(view: Timeline, look: Look) -> str:  # noqa: ARG001
    """One row a line."""
    return "".join(f"{row}\n" for (row,) in view.rows)
