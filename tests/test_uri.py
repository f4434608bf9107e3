"""A path as a URI: it leads to the path, as that of pathlib does."""

import os
from pathlib import Path, PurePosixPath, PureWindowsPath
from urllib.parse import unquote_to_bytes, urlsplit

import pytest
from conftest import posix
from hypothesis import given
from hypothesis import strategies as st

from mali_chrono.paths import file_uri

NAMES = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="/\0"), min_size=1)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/home/a b/c?d#e%20.sqlite3"), "file:///home/a%20b/c%3Fd%23e%2520.sqlite3"),
        (PurePosixPath("/home/été"), "file:///home/%C3%A9t%C3%A9"),
        (PurePosixPath("/home/\udcff"), "file:///home/%FF"),
        (PureWindowsPath("C:\\Users\\a b"), "file:///C:/Users/a%20b"),
        (PureWindowsPath("\\\\server\\share\\a b"), "file:////server/share/a%20b"),  # what SQLite opens
    ],
)
def test_by_hand(path, uri):
    assert file_uri(path) == uri


@posix
@given(st.lists(NAMES, min_size=1))
def test_it_leads_to_the_path(names):
    path = Path("/", *names)
    uri = file_uri(path)
    assert urlsplit(uri)[:2] == ("file", "")
    assert unquote_to_bytes(urlsplit(uri).path) == unquote_to_bytes(urlsplit(path.as_uri()).path) == os.fsencode(path)


def test_a_path_from_where_one_stands_has_none():
    with pytest.raises(ValueError, match="'a/b' is no absolute path"):
        file_uri(PurePosixPath("a/b"))
