"""The documents that are cited, as citeproc takes them."""

import json

import pytest
from conftest import CASES


def items(asked):
    return json.loads(asked.write("csl").content)


def test_the_cited_documents_in_the_order_of_the_store(exchange):
    assert [item["id"] for item in items(exchange("exchange"))] == ["annals", "book"]


def test_filters_are_heeded(exchange):
    assert [item["id"] for item in items(exchange("exchange", "--type raid"))] == ["book"]
    assert items(exchange("exchange", "--in 1700")) == []


def test_a_document(exchange):
    asked = exchange("exchange", "--type raid")
    (book,) = items(asked)
    note = book.pop("note")
    assert book == {
        "id": "book", "type": "webpage", "title": "The Book; its <i>lines</i>, and more",
        "author": [{"literal": "A. Writer"}], "publisher": "The Press", "issued": {"date-parts": [[2025, 1]]},
        "URL": "https://example.org/book", "abstract": "A small book.",
    }  # fmt: skip
    assert note.startswith("As of Jan 2025. Licence: CC0. Store: exchange. Revision: ")


def test_a_document_without_address_and_author(exchange):
    annals = items(exchange("exchange"))[0]
    # 500 BC, about: citeproc has no year 0.
    assert annals["issued"] == {"date-parts": [[-500]], "circa": True}
    assert (annals["type"], set(annals)) == ("document", {"id", "type", "title", "issued", "abstract", "note"})


@pytest.mark.parametrize(
    ("text", "issued"),
    [
        ("2024-02-29", {"date-parts": [[2024, 2, 29]]}),
        ("2024/2025-03", {"date-parts": [[2024], [2025, 3]]}),
        ("2024-05/..", {"date-parts": [[2024, 5]]}),
        ("[2024-05-01..2024-05-03]", {"date-parts": [[2024, 5, 1], [2024, 5, 3]], "circa": True}),
        ("0000", {"date-parts": [[-1]]}),
        ("2024?", {"date-parts": [[2024]], "circa": True}),
    ],
)
def test_dates(text, issued):
    from mali_chrono.exchange.csl import _issued

    assert _issued(text) == issued


@pytest.mark.readers
@pytest.mark.parametrize("store", ["exchange", CASES / "hostile"])
def test_pandoc_makes_a_bibliography(exchange, lenient, store, tmp_path):
    pypandoc = pytest.importorskip("pypandoc", reason="the extra 'readers' is not installed")
    asked = exchange(store)
    (tmp_path / "x.json").write_text(asked.write("csl").content, encoding="utf-8")
    cites = "; ".join(f"@{item['id']}, line 5" for item in items(asked))
    arguments = ["--citeproc", f"--bibliography={tmp_path / 'x.json'}"]
    text = pypandoc.convert_text(f"It happened [{cites}].\n", "plain", "markdown", extra_args=arguments)
    assert "???" not in text  # every document is found
    if store == "exchange":
        assert "(n.d." not in text
        assert "A. Writer. 2025." in text
        assert "https://example.org/book" in text
