"""Opening a text: from a Word file or by typing, looked at first; bad files, missing fields, names that are taken."""

import io
from pathlib import Path
from typing import Any, Final

import pytest

from corfu.wording.model import Kind
from tests import cast
from tests.formats.word.bad_files import BAD
from tests.negotiation.texts import table
from tests.negotiation.texts.forms import Page, page
from tests.negotiation.texts.test_desk import as_

OPEN: Final = "/en/texts/open/"
TYPED: Final = "The Council,\r\n\r\n1. Decides to meet;\r\n(a) in spring;\r\n2. Decides to meet again."


@pytest.fixture
def chair(house: Path) -> Any:
    cast.process()
    return as_(cast.CHAIR)


def filled(client: Any, **more: str) -> Page:
    found = page(client, OPEN)
    assert found.status == 200
    given = {"process": "harbours", "symbol": "DD/9", "layer": "states", "reason": "Under negotiation", **more}
    found.fields |= {name: [value] for name, value in given.items()}
    return found


def test_a_text_is_typed_looked_at_and_opened(chair: Any) -> None:
    shown = filled(chair, title="Harbours", typed=TYPED).send(chair, "preview", OPEN)
    assert shown.status == 200 and "It will be seen at once by participating States" in shown.html
    shown.fields["kind-p2"] = ["heading"]
    back = shown.send(chair, "back", OPEN)
    assert back.status == 200 and back.fields["title"] == ["Harbours"] and "(a) in spring;" in back.fields["typed"][0]
    response = chair.post(OPEN, {**shown.fields, "action": "open"})
    assert response.status_code == 302 and response.headers["Location"] == "/en/texts/dd-9/"
    there = table.state("dd-9")
    assert [(one.id, one.kind) for one in there.paragraphs] == [
        ("p1", Kind.TITLE), ("p2", Kind.HEADING), ("p3", Kind.OPERATIVE), ("p4", Kind.ITEM), ("p5", Kind.OPERATIVE),
    ]  # fmt: skip
    assert there.text.words == {"en": {"title": "Harbours"}}
    assert (there.text.kind, there.text.layer) == ("draft-decision", "states")
    twice = shown.send(chair, "open", OPEN)
    assert twice.status == 409 and "There is a text" in twice.html


def test_typed_lines_that_turn_round_what_is_read_are_refused_before_the_preview(chair: Any) -> None:
    wrong = filled(chair, title="Harbours", typed=f"{TYPED}\r\nagain \u202e!").send(chair, "preview", OPEN)
    assert wrong.status == 400 and "characters that nobody sees" in wrong.html


def test_a_text_is_opened_from_a_word_file(chair: Any, dd7: Path) -> None:
    sent = filled(chair, slug="channel", number="4", until="2099-01-01T00:00", opens="2099-02-01", layer="public")
    with (dd7 / "base.docx").open("rb") as file:
        shown = sent.send(chair, "preview", OPEN, file=file)
    assert shown.status == 200 and shown.fields["title"][0] and shown.html.count("<tr>") > 15
    assert shown.send(chair, "open", OPEN).status == 302
    there = table.state("channel")
    assert there.number == 4 and there.text.layer == "public" and there.text.until.year == 2099
    assert there.text.words["en"]["title"] == there.paragraphs[0].text


@pytest.mark.parametrize("name", ["empty", "text", "cut short", "bomb of zeros", "password", "no document", "PDF"])
def test_a_bad_file_is_refused_in_a_sentence(chair: Any, name: str) -> None:
    make, words = BAD[name]
    file = io.BytesIO(make())
    file.name = "draft.docx"
    found = filled(chair).send(chair, "preview", OPEN, file=file)
    assert found.status == 400 and 'id="file-fault"' in found.html and found.fields["symbol"] == ["DD/9"]
    if name != "empty":
        assert words.split(",")[0] in found.html


def test_what_is_missing_is_named_and_what_was_typed_is_kept(chair: Any) -> None:
    wrong = {"symbol": "", "reason": "", "number": "x", "until": "soon", "process": "none", "typed": TYPED, "title": ""}
    found = filled(chair, **wrong).send(chair, "preview", OPEN)
    assert found.status == 400
    for name in ("symbol", "reason", "number", "until", "title"):
        assert f'id="{name}-fault"' in found.html, name
    assert "(a) in spring;" in found.fields["typed"][0]
    nothing = filled(chair).send(chair, "preview", OPEN)
    assert nothing.status == 400 and 'id="file-fault"' in nothing.html


def test_no_text_is_called_open(chair: Any) -> None:
    shown = filled(chair, slug="open", title="Harbours", typed=TYPED).send(chair, "preview", OPEN)
    found = shown.send(chair, "open", OPEN)
    assert found.status == 409 and "a page has this address" in found.html
    for value in ("[]", "{}", "not json", '[{"id": "p1"}]'):
        assert shown.send(chair, "open", OPEN, paragraphs=value).status == 400


def test_who_chairs_nothing_opens_nothing(chair: Any) -> None:
    from django.test import Client

    assert Client().get(OPEN).status_code == 403
    for code in (cast.SPONSOR, cast.PARTNER):
        assert as_(code).get(OPEN).status_code == 403
        assert as_(code).post(OPEN, {"action": "open"}).status_code == 403
    assert as_("SEC").get(OPEN).status_code == 200


def test_the_page_asks_few_queries(chair: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    chair.get(OPEN)
    with CaptureQueriesContext(connection) as found:
        chair.get(OPEN)
    assert len(found) <= 12
