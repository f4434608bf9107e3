"""A record into a file's text: what the file holds after, byte by byte, written by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mali_chrono.edit.insertion import insert
from mali_chrono.errors import DataError
from mali_chrono.store.decode import decode
from mali_chrono.store.reader import read_list

NEW = "- id: new\n  name: N\n"
A, B, C = (f"- id: {name}\n  name: X\n" for name in "abc")
LINES = "- id: a\n  note: |\n    # no comment\n\n    x\n"


def put(content: str, before: int, record: str = NEW) -> str:
    made = insert(content.encode(), record, before, "data/actors.yaml")
    after = made.content.decode()
    assert after.replace("\r\n", "\n").replace("\r", "\n").split("\n")[made.line - 1].strip(" \ufeff") == "- id: new"
    return after


@pytest.mark.parametrize(
    ("content", "before", "after"),
    [
        (A + B, 0, NEW + A + B),
        (A + B, 1, A + NEW + B),
        (A + B, 2, A + B + NEW),
        # blank lines as its neighbours have them
        (f"{A}\n{B}", 0, f"{NEW}\n{A}\n{B}"),
        (f"{A}\n{B}", 1, f"{A}\n{NEW}\n{B}"),
        (f"{A}\n{B}", 2, f"{A}\n{B}\n{NEW}"),
        (f"{A}\n\n{B}\n{C}", 1, f"{A}\n\n{NEW}\n\n{B}\n{C}"),
        (f"{A}\n\n{B}\n{C}", 3, f"{A}\n\n{B}\n{C}\n{NEW}"),
        (f"{A}\n\n", 1, f"{A}{NEW}\n\n"),
        # a comment stays above its record, deeper ones inside theirs; the head and the end of the file stay
        (f"{A}# of b\n{B}", 1, f"{A}{NEW}# of b\n{B}"),
        (f"{A}\n# of b\n{B}", 1, f"{A}\n{NEW}\n# of b\n{B}"),
        (f"{A}  # of a\n{B}", 1, f"{A}  # of a\n{NEW}{B}"),
        (f"{A}{B}# the end\n", 2, f"{A}{B}{NEW}# the end\n"),
        (f"# head\n{A}", 0, f"# head\n{NEW}{A}"),
        (f"# head\n\n# of a\n{A}", 0, f"# head\n\n{NEW}# of a\n{A}"),
        (f"# head\n---\n# of a\n{A}", 0, f"# head\n---\n{NEW}# of a\n{A}"),
        # no line feed at the end, and so none after it
        (A + B.rstrip("\n"), 2, A + B + NEW.rstrip("\n")),
        (A + B.rstrip("\n"), 1, A + NEW + B.rstrip("\n")),
        (f"{A}{B}# the end", 2, f"{A}{B}{NEW}# the end"),
        # what ends the file by YAML's mark
        (f"{A}{B}...\n", 2, f"{A}{B}{NEW}...\n"),
        (f"{A}{B}...", 1, f"{A}{NEW}{B}..."),
        (f"{A}{B}... # the end\n\n# of all\n", 2, f"{A}{B}{NEW}... # the end\n\n# of all\n"),
        (f"---\n{A}\n{B}# of none\n...\n", 2, f"---\n{A}\n{B}\n{NEW}# of none\n...\n"),
        ("# head\n[]\n...\n", 0, f"# head\n{NEW}...\n"),
        # texts of several lines
        (f"{LINES}{B}", 1, f"{LINES}{NEW}{B}"),
        # dashes that are indented
        ("  - id: a\n    name: X\n", 1, "  - id: a\n    name: X\n  - id: new\n    name: N\n"),
        ("-\n  id: a\n", 1, f"-\n  id: a\n{NEW}"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_record_stands_among_others(content, before, after, end, mark):
    """However lines end, and with a byte order mark too."""
    assert put(mark + content.replace("\n", end), before) == mark + after.replace("\n", end)


@pytest.mark.parametrize(
    ("content", "after"),
    [
        ("", NEW),
        ("\n", f"\n{NEW}"),
        ("[]\n", NEW),
        ("[ ]", NEW),
        ("# none yet\n[]  # empty\n", f"# none yet\n{NEW.rstrip()}  # empty\n"),
        ("# none yet\n", f"# none yet\n{NEW}"),
        ("# none yet", f"# none yet\n{NEW}"),
        ("---\n[]\n", f"---\n{NEW}"),
        ("\ufeff# none\r\n[]\r\n", "\ufeff# none\r\n- id: new\r\n  name: N\r\n"),
    ],
)
def test_the_first_record_of_a_file(content, after):
    assert put(content, 0) == after


def test_lines_end_as_those_before_do():
    assert put("- id: a\r\n- id: b\n", 1) == "- id: a\r\n- id: new\r\n  name: N\r\n- id: b\n"


@pytest.mark.parametrize(
    "content",
    [
        "[{id: a}]\n",
        "id: a\n",
        "{}\n",
        "- id: a\n...\n- id: b\n",
        "<<<<<<< mine\n- id: a\n=======\n- id: b\n>>>>>>> theirs\n",
        "- id: a\n  name: \x07\n",
    ],
)
def test_what_cannot_take_a_record_is_refused(content):
    with pytest.raises(DataError, match=r"^data/actors\.yaml "):
        put(content, 0)


@pytest.mark.parametrize("content", [b"- id: \xff\n", "- id: a\n".encode("utf-16")])
def test_what_is_no_text_is_refused(content):
    with pytest.raises(DataError, match="mend them first"):
        insert(content, NEW, 0, "data/actors.yaml")


# ---- a law

ITEMS = st.sampled_from(
    [
        "- id: a\n  name: X\n",
        "- {id: a, name: X}\n",
        "- {id: a,\n   name: [x,\n  y]}\n",
        "- \n  id: a\n",
        "-   id: a\n    name: X  # beside\n    # inside\n",
        "- id: a\n  note: >-\n    one\n\n    # no comment\n  # a comment\n",
        "- id: a\n  note: |2\n      two\n",
        '- id: a\n  note: "x\n  - no dash\n    y"\n',
        "- id: a\n  note: it is\n    long\n",
        "- id: a\n  list:\n  - b\n  - c\n",
        "- id: a\n  list:\n  - - b\n    - c\n",
    ]
)
BETWEEN = st.sampled_from(
    ["", "\n", "\n\n", "# of the next\n", "\n# apart\n\n", "   \n", " # a little deep\n", "\n#\n#\n"]
)
HEADS = st.sampled_from(["", "# head\n", "# head\n\n# of the first\n", "---\n", "# head\n---\n\n", "\n"])


@given(
    st.lists(st.tuples(ITEMS, BETWEEN), min_size=1, max_size=5),
    HEADS,
    st.integers(0, 5),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["", "\ufeff"]),
    st.booleans(),
)
def test_only_the_record_is_new(items, head, before, end, mark, closed):
    """What is read is what was there with the record in its place; without its bytes the file is the old one."""
    text = head + "".join(item + between for item, between in items)
    old = mark + (text if closed else text.rstrip("\n")).replace("\n", end)
    before = min(before, len(items))
    new = put(old, before)
    assert values(new) == [*values(old)[:before], {"id": "new", "name": "N"}, *values(old)[before:]]
    assert any(new[:at] + new[at + len(new) - len(old) :] == old for at in range(len(old) + 1))
    comments = [line for line in old.split(end) if line.lstrip("\ufeff ").startswith("#")]
    assert [line for line in new.split(end) if line.lstrip("\ufeff ").startswith("#")] == comments


def values(content: str) -> list[dict[str, object]]:
    """The records that a file's content holds; blanks around a text say nothing."""
    text, problems = decode(content.encode(), "x")
    found = [item.values for item in read_list(text, "x", problems)]
    assert problems == []
    return [{name: text.strip() if isinstance(text, str) else text for name, text in each.items()} for each in found]
