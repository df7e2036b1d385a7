"""A paragraph's page: who wants what, what may be done, its history, whoever reads."""

import json
from pathlib import Path
from typing import Any

import pytest

from corfu.wording.model import Delete, Reserve, ReserveKind
from corfu.wording.points import take
from tests import cast
from tests.negotiation.texts import pages, table

NOR, SAR, VEL, CHAIR = cast.SPONSOR, cast.SECOND, cast.OBJECTOR, cast.CHAIR


@pytest.fixture
def opened(house: Path) -> Path:
    table.open_text()
    return house


def span(paragraph: str) -> Any:
    return next(one for one in table.state().points if one.paragraph == paragraph and one.kind == "span")


def test_a_contested_paragraph_says_who_wants_what(opened: Path) -> None:
    table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    table.file([Delete("p2"), Reserve("p2", ReserveKind.LINKED, "paragraph 3")], by=VEL)
    said = pages.seen(pages.client(SAR).get(pages.url("paragraphs/p2/")))
    assert "Paragraph 1" in said and "24 Norvale NOR" in said
    assert "Delete the paragraph Velmara VEL" in said
    assert "Reserved until this is settled: paragraph 3" in said
    assert "Join it Norvale" in said and "Ask for a change" in said


def test_only_a_negotiating_state_is_offered_buttons(opened: Path) -> None:
    table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    page = pages.client("SEC").get(pages.url("paragraphs/p2/"))
    assert page.status_code == 200 and "24 Norvale" in pages.seen(page)
    assert 'name="do"' not in page.content.decode() and "Ask for a change" not in pages.seen(page)
    for code in (None, cast.PARTNER, cast.ORGANISATION):
        for path in ("paragraphs/p2/", "paragraphs/p2/edit/", "add/", "upload/", "mine/"):
            assert pages.client(code).get(pages.url(path)).status_code == 403, path
    assert pages.client("SEC").get(pages.url("paragraphs/p2/edit/")).status_code == 403


def test_joining_leaving_and_withdrawing_by_button(opened: Path) -> None:
    mine = table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    sarn = pages.client(SAR)
    form = {"amendment": mine, "paragraph": "p2", "version": "1"}
    assert sarn.post(pages.url("act/"), {**form, "do": "join"}).status_code == 302
    again = sarn.post(pages.url("act/"), {**form, "do": "join"})
    assert again.status_code == 409 and "You stand behind this amendment already" in pages.seen(again)
    assert "Leave it" in pages.seen(sarn.get(pages.url("paragraphs/p2/")))
    assert sarn.post(pages.url("act/"), {**form, "do": "leave"}).status_code == 302
    assert "Withdraw it" in pages.seen(pages.client(NOR).get(pages.url("paragraphs/p2/")))
    assert pages.client(NOR).post(pages.url("act/"), {**form, "do": "withdraw"}).status_code == 302
    assert table.state().points == ()
    gone = sarn.post(pages.url("act/"), {"amendment": mine, "do": "join"})
    assert gone.status_code == 404 and "not on the table any more" in pages.seen(gone)
    assert sarn.post(pages.url("act/"), {**form, "do": "sink"}).status_code == 400


def test_a_position_is_taken_and_refused_with_the_remark_kept(opened: Path) -> None:
    table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    point = span("p2")
    place = {"paragraph": "p2", "kind": "span", "base": point.variants[0].text, "wording": point.variants[1].text}
    about = json.dumps({**place, "nth": 0}, sort_keys=True)
    form = {"do": "position", "paragraph": "p2", "about": about, "stance": "can-live-with", "note": "if it is soon"}
    velmara = pages.client(VEL)
    assert velmara.post(pages.url("act/"), {**form, "version": "1"}).status_code == 302
    assert "Velmara VEL can live with it act" in pages.seen(velmara.get(pages.url("paragraphs/p2/")))
    stale = velmara.post(pages.url("act/"), {**form, "version": "7"})
    assert stale.status_code == 409 and 'value="if it is soon"' in stale.content.decode()
    assert velmara.post(pages.url("act/"), {**form, "version": "1", "about": "[[["}).status_code == 400
    table.file(table.rewritten("p2", "within 48 hours", "in due time"), by=SAR)
    assert "needs renewal" in pages.seen(velmara.get(pages.url("paragraphs/p2/")))


def test_the_same_is_not_said_twice(opened: Path) -> None:
    table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    (span,) = table.state().rolling.spans()
    about = json.dumps(
        {"paragraph": "p2", "kind": "span", "base": span.variants[0].text, "wording": "24 hours", "nth": 0}
    )
    about = about.replace("24 hours", span.variants[1].text)
    given = {"do": "position", "paragraph": "p2", "version": "1", "about": about, "stance": "objects", "note": ""}
    client = pages.client(SAR)
    answers = [client.post(pages.url("act/"), given).status_code for _ in range(2)]
    answers.append(client.post(pages.url("act/"), {**given, "note": "too short"}).status_code)
    answers += [client.post(pages.url("act/"), {**given, "stance": "none"}).status_code for _ in range(2)]
    assert answers == [302, 409, 302, 302, 409]


@pytest.mark.parametrize("given", [{"paragraph": "../../x"}, {"amendment": "a/b"}])
def test_an_address_that_is_none_of_ours_is_not_found(opened: Path, given: dict[str, str]) -> None:
    assert pages.client(SAR).post(pages.url("act/"), {"do": "join", "version": "1", **given}).status_code == 404


def test_the_chair_s_suggestion_stands_with_what_it_draws_on(opened: Path) -> None:
    mine = table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    point = span("p2")
    place = {"paragraph": "p2", "kind": "span", "base": point.variants[0].text, "wording": "36"}
    value = {**place, "draws_on": [mine], "note": "Half way"}
    table.done("wording.suggest", value, by=CHAIR, version=1, document="suggestion")
    page = pages.client(SAR).get(pages.url("paragraphs/p2/"))
    assert "The chair suggests 36 Half way It draws on: Norvale" in pages.seen(page)
    form = {"do": "position", "paragraph": "p2", "version": "1", "stance": "supports", "about": json.dumps(place)}
    (suggestion,) = table.state().suggestions
    answer = pages.client(SAR).post(pages.url("act/"), {**form, "suggestion": suggestion.pk})
    assert answer.status_code == 302
    assert "Sarn SAR supports it" in pages.seen(pages.client(VEL).get(pages.url("paragraphs/p2/")))


def test_the_address_of_a_paragraph_lasts(opened: Path) -> None:
    new = table.added("p3", "2 bis. Invites the partners to take part;")
    id_ = new[0].paragraph.id  # type: ignore[union-attr]
    table.file(new, by=NOR)
    other = table.added("p3", "2 bis. Asks for nothing;")
    table.file(other, by=VEL)
    lost = other[0].paragraph.id  # type: ignore[union-attr]
    table.file(table.rewritten("p2", "48 hours", "24 hours"), by=SAR)
    table.file([Delete("p4")], by=SAR)
    reader = pages.client(SAR)
    assert "New paragraph" in pages.seen(reader.get(pages.url(f"paragraphs/{id_}/")))
    points = {one.key: one for one in table.state().points}
    keys = [key for key, one in points.items() if one.kind != "insert" or one.paragraph == id_]
    dropped = {key: take(0) for key in points if key not in keys}
    table.issue({**{key: take(1) for key in keys}, **dropped})
    said = pages.seen(reader.get(pages.url("paragraphs/p2/")))
    assert "Rev.2 · then called 1 · Its words were changed." in said and "Sarn SAR amendment" in said
    assert "It came in as a new paragraph." in pages.seen(reader.get(pages.url(f"paragraphs/{id_}/")))
    assert "It was deleted." in pages.seen(reader.get(pages.url("paragraphs/p4/")))
    assert "It did not come into the text" in pages.seen(reader.get(pages.url(f"paragraphs/{lost}/")))
    assert reader.get(pages.url("paragraphs/nowhere/")).status_code == 404


def test_the_page_asks_few_queries_however_much_is_open(opened: Path) -> None:
    reader = pages.client(SAR)
    for n, by in enumerate([NOR, VEL, SAR, CHAIR]):
        table.file(table.rewritten("p2", "48 hours", f"{n + 2} days"), by=by)
    assert reader.get("/en/record/").status_code == 200  # the process has begun
    with pages.at_most(12):
        assert reader.get(pages.url("paragraphs/p2/")).status_code == 200
