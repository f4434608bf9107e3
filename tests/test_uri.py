"""A path as a URI: what pathlib makes of it."""

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from conftest import posix
from hypothesis import given
from hypothesis import strategies as st

from mali_chrono.text import file_uri

NAMES = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="/\0"), min_size=1)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/home/a b/c?d#e%20.sqlite3"), "file:///home/a%20b/c%3Fd%23e%2520.sqlite3"),
        (PurePosixPath("/home/été"), "file:///home/%C3%A9t%C3%A9"),
        (PurePosixPath("/home/\udcff"), "file:///home/%FF"),
        (PureWindowsPath("C:\\Users\\a b"), "file:///C:/Users/a%20b"),
    ],
)
def test_by_hand(path, uri):
    assert file_uri(path) == uri


@posix
@given(st.lists(NAMES, min_size=1))
def test_it_is_that_of_pathlib(names):
    path = Path("/", *names)
    assert file_uri(path).replace("~", "%7E").replace(":", "%3A") == path.as_uri().replace("~", "%7E").replace(
        ":", "%3A"
    )
