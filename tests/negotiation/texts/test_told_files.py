"""What the reader of Word files says, in the page's language."""

import itertools
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from corfu.formats.errors import BadFile, BadInput, Said
from corfu.formats.word.findings import CALLED, Finding
from corfu.formats.word.views import read
from corfu.negotiation.texts import told_files
from tests import cast
from tests.formats.word.bad_files import BAD
from tests.negotiation.texts import pages, table

LANGUAGES = ("fr", "de", "it", "ru", "es")


@pytest.fixture(scope="module")
def refusals() -> list[BadInput]:
    """What is said of every bad file."""
    found = []
    for name, (data, _) in BAD.items():
        with pytest.raises(BadInput) as caught:
            read(data(), f"{name}.docx")
        found.append(caught.value)
    return found


def test_no_file_is_refused_in_a_foreign_language(house: Path, refusals: list[BadInput]) -> None:
    for error, lang in itertools.product(refusals, LANGUAGES):
        assert isinstance(error, BadFile), str(error)
        with translation.override(lang):
            said = told_files.sentence(error)
        assert said != str(error) and str(error.said.facts["name"]) in said


def test_every_finding_has_a_name_and_is_told_with_its_facts(house: Path) -> None:
    assert CALLED.keys() <= told_files.CALLED.keys()
    one = Finding("rPrChange", "", "Anna", "paragraph", [4, 4, 6])
    assert one == "3 formatting changes (w:rPrChange) by Anna in paragraphs 5 and 7"
    with translation.override("en"):
        assert told_files.sentence(one) == (
            "changes of formatting: 3 · w:rPrChange · by Anna · in paragraphs 5, 7 of the file"
        )
        header = Finding("ins", " inside a deletion", "", "a header", [-1])
        assert told_files.sentence(header) == (
            "tracked insertions · w:ins · inside a deletion · by somebody without a name · in a header"
        )
        for place in (
            "a header",
            "a footer",
            "the last section",
            "a footnote that nothing refers to",
            "an endnote that nothing refers to",
        ):
            assert "paragraph" not in told_files.sentence(Finding("ins", "", None, place, [-1]))
        assert told_files.sentence(Said("100 %% of %(what)s", what="100 %d")) == "100 % of 100 %d"
        assert told_files.sentence("plain") == "plain"
    with translation.override("fr"):
        french = told_files.sentence(one)
    assert "Anna" in french and "5, 7" in french and "changes" not in french


def test_a_delegate_is_told_in_the_language_of_the_page(house: Path) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    table.open_text()
    client: Any = pages.client(cast.SPONSOR)
    form = {"version": "1", "file": SimpleUploadedFile("NOR.docx", b"%PDF-1.7")}
    answer = client.post(pages.url("upload/").replace("/en/", "/ru/"), form)
    assert answer.status_code == 400
    assert "PDF" in pages.seen(answer) and "is not a Word file" not in answer.content.decode()
