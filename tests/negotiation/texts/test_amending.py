"""An amendment's page, its confirmation after its words were touched, and where a delegation's words went."""

from pathlib import Path

import pytest

from corfu.wording import plain
from corfu.wording.model import Delete, Edit
from corfu.wording.points import BASE, take, word
from tests import cast
from tests.negotiation.texts import pages, table
from tests.negotiation.texts.test_acts import key

NOR, SAR, VEL, CHAIR = cast.SPONSOR, cast.SECOND, cast.OBJECTOR, cast.CHAIR


@pytest.fixture
def opened(house: Path) -> Path:
    table.open_text()
    return house


def touched() -> str:
    """Norvale's and Sarn's amendment, of whose words Rev.2 took others."""
    mine = table.file(table.rewritten("p2", "within 48 hours", "within 24 hours"), by=NOR)
    table.done("amendment.join", None, by=SAR, amendment=mine)
    table.file(table.rewritten("p2", "in writing", "in writing"[:9] + "g and by telephone"), by=VEL)
    table.file([Delete("p3")], by=NOR)
    table.file(table.rewritten("p3", "a record", "a register"), by=VEL)
    table.issue({key("span", "p3"): take(1)})
    return str(next(one.row.pk for one in table.state().filed.values() if one.standing.asked))


def test_an_amendment_says_who_is_behind_it_and_since_when(opened: Path) -> None:
    mine = table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    joined = table.done("amendment.join", None, by=SAR, amendment=mine)
    table.done("amendment.leave", None, by=NOR, amendment=mine)
    said = pages.seen(pages.client(VEL).get(pages.url(f"amendments/{mine}/")))
    assert "Amendment by Norvale NOR" in said and f"Sarn SAR since act {joined.index}" in said
    assert "Norvale NOR since act" in said and "until act" in said and "Join it" in said
    assert "In brackets: paragraph 1, bracket 1." in said
    assert pages.client(VEL).get(pages.url("amendments/nothing/")).status_code == 404


def test_all_that_is_on_the_table_stands_in_one_list(opened: Path) -> None:
    page = pages.url("amendments/")
    assert "No amendment is on the table." in pages.seen(pages.client(VEL).get(page))
    touched()
    gone = table.file([Delete("p1")], by=NOR)
    table.done("amendment.withdraw", None, by=NOR, amendment=gone)
    value = table.asked(table.rewritten("p4", "two years", "a year"), "Soon & surely")
    latest = table.done("amendment.file", value, by=VEL, version=2)
    said = pages.seen(pages.client(SAR).get(page))
    assert "4 amendments are on the table, the newest first." in said
    assert said.index("two years a year") < said.index("Soon & surely") < said.index("filed on Rev.1")
    assert str(gone) not in said and "waits to be confirmed" in said
    assert f"acts/{latest.index}/" in pages.client(SAR).get(page).content.decode()
    assert [pages.client(VEL).get(f"{page}?page={n}").status_code for n in ("2", "-1", "x", "9" * 30)] == [200] * 4


def test_its_sponsor_confirms_what_was_touched(opened: Path) -> None:
    id_ = touched()
    path = pages.url(f"amendments/{id_}/confirm/")
    stranger = pages.client(VEL).get(path)
    assert stranger.status_code == 409 and "You do not stand behind this amendment" in pages.seen(stranger)
    norvale = pages.client(NOR)
    page = norvale.get(path)
    assert page.status_code == 200 and "You asked on Rev.1" in pages.seen(page)
    unsaid = norvale.post(path, {"version": "2"})
    assert unsaid.status_code == 400 and "Say for each of them" in pages.seen(unsaid)
    assert norvale.post(path, {"version": "1", "how-0": "keep"}).status_code == 409
    assert norvale.post(path, {"version": "2", "how-0": "keep"}).status_code == 302
    again = norvale.post(path, {"version": "2", "how-0": "keep"})
    assert again.status_code == 409 and "Nothing of this amendment waits" in pages.seen(again)
    assert [one.delete.by for one in table.state().rolling.paragraphs if one.delete] == [(NOR,)]


def repeated() -> str:
    """Norvale's change to words that stand twice, of which Rev.3 took one away: nobody can tell which."""
    table.file(table.rewritten("p1", "the incidents", "the incidents the incidents"), by=VEL)
    table.issue({key("span", "p1"): take(1)})
    mine = table.file([Edit("p1", 3, 4, "those ")], by=NOR)
    table.file([Edit("p1", 1, 3, "")], by=VEL)
    point = next(one for one in table.state().points if one.span and one.variants[1].by == (VEL,))
    table.issue({point.key: take(1)})
    return mine


def test_words_are_said_anew(opened: Path) -> None:
    path = pages.url(f"amendments/{repeated()}/confirm/")
    norvale = pages.client(NOR)
    page = norvale.get(path)
    assert "Rev.3 says: Recalling the incidents of last August," in pages.seen(page)
    wrong = norvale.post(path, {"version": "3", "how-0": "words", "words-0": " "})
    assert wrong.status_code == 400 and "There are no words" in pages.seen(wrong)
    stale = {"version": "2", "how-0": "words", "words-0": "Recalling those incidents of last August,"}
    refused = norvale.post(path, stale)
    assert refused.status_code == 409
    assert "Recalling those incidents of last August," in refused.content.decode()  # what was written is kept
    assert norvale.post(path, {**stale, "version": "3"}).status_code == 302
    (span,) = table.state().rolling.spans()
    assert [(one.text, one.by) for one in span.variants] == [("the", ()), ("those", (NOR,))]
    said = pages.seen(norvale.get(pages.url("mine/")))
    assert "The sponsor said anew what it wants." in said and "bracket 1" in said


def test_what_was_touched_is_dropped(opened: Path) -> None:
    id_ = repeated()
    answer = pages.client(NOR).post(pages.url(f"amendments/{id_}/confirm/"), {"version": "3", "how-0": "drop"})
    assert answer.status_code == 302 and table.state().points == ()
    assert "Not taken" in pages.seen(pages.client(NOR).get(pages.url("mine/")))
    assert not table.state().filed  # nothing of it is left: nobody joins it
    assert table.attempt("amendment.join", None, by=SAR, amendment=id_).code == "amendment.unknown"
    assert pages.client(NOR).get(pages.url(f"amendments/{id_}/")).status_code == 200


def test_where_my_words_went(opened: Path) -> None:
    table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    table.file(table.rewritten("p3", "record", "register"), by=NOR)
    table.file(table.rewritten("p4", "two years", "one year"), by=NOR)
    table.file(table.rewritten("p4", "review this Decision after two years", "review it each spring"), by=VEL)
    open_ = table.file(table.rewritten("p1", "August", "May"), by=NOR)
    gone = table.file([Delete("p1")], by=NOR)
    table.done("amendment.withdraw", None, by=NOR, amendment=gone)
    table.done("amendment.join", None, by=SAR, amendment=open_)
    table.done("amendment.leave", None, by=NOR, amendment=open_)
    choices = {
        key("span", "p2"): take(1),
        key("span", "p3"): BASE,
        key("span", "p4"): word("this Decision at each meeting", (1,)),
    }
    table.issue(choices)
    said = pages.seen(pages.client(NOR).get(pages.url("mine/")))
    assert "Taken in Rev.2." in said and "Lapsed in Rev.2." in said
    assert "Taken with changes in Rev.2:" in said and "at each meeting" in said
    assert "The amendment was withdrawn." in said and "You left the amendment." in said
    sarn = pages.seen(pages.client(SAR).get(pages.url("mine/")))
    assert "Still in brackets in Rev.2." in sarn and "bracket 1" in sarn and "Norvale, which you joined" in sarn
    assert "asked for nothing" in pages.seen(pages.client(CHAIR).get(pages.url("mine/")))
    assert "Only a State that negotiates" in pages.seen(pages.client("SEC").get(pages.url("mine/")))


def test_the_list_says_whose_support_is_for_an_earlier_wording(opened: Path) -> None:
    table.file(table.rewritten("p1", "the incidents", "the incidents the incidents"), by=VEL)
    table.issue({key("span", "p1"): take(1)})
    mine = table.file([Edit("p1", 3, 4, "those ")], by=NOR)
    table.done("amendment.join", None, by=SAR, amendment=mine)
    table.file([Edit("p1", 1, 3, "")], by=VEL)
    point = next(one for one in table.state().points if one.span and one.variants[1].by == (VEL,))
    table.issue({point.key: take(1)})
    page = pages.url("amendments/")
    assert '<ul class="asks"></ul>' not in pages.client(VEL).get(page).content.decode()
    anew = {"version": "3", "how-0": "words", "words-0": "Recalling those incidents of last August,"}
    assert pages.client(NOR).post(pages.url(f"amendments/{mine}/confirm/"), anew).status_code == 302
    said = pages.seen(pages.client(VEL).get(page)).split("on the table")[1]
    assert "with Sarn" not in said and "support to be renewed Sarn" in said
    table.done("amendment.join", None, by=SAR, amendment=mine)
    table.done("amendment.leave", None, by=NOR, amendment=mine)
    assert "Norvale carried on by Sarn" in pages.seen(pages.client(VEL).get(page))


def test_what_waits_is_said_to_whom_it_waits_for(opened: Path) -> None:
    id_ = touched()
    said = pages.seen(pages.client(NOR).get(pages.url("mine/")))
    assert "Waits for you" in said and "Say what you want now" in said
    acts = plain.act_to(Delete("p3"))
    table.done("amendment.join", None, by=VEL, amendment=id_)
    table.done("amendment.confirm", {"acts": [acts], "note": ""}, by=NOR, amendment=id_, version=2)
    joined = pages.seen(pages.client(VEL).get(pages.url("mine/")))
    assert "Your support is for an earlier wording." in joined
    assert "Join it anew" in pages.seen(pages.client(VEL).get(pages.url(f"amendments/{id_}/")))


def test_few_queries_are_asked(opened: Path) -> None:
    id_ = touched()
    gone = table.file([Delete("p1")], by=NOR)
    table.done("amendment.withdraw", None, by=NOR, amendment=gone)
    norvale = pages.client(NOR)
    assert norvale.get("/en/record/").status_code == 200
    for n, path in enumerate(
        ["mine/", "amendments/", f"amendments/{id_}/", f"amendments/{gone}/", f"amendments/{id_}/confirm/"]
    ):
        table.file(table.rewritten("p4", "two years", f"{n + 3} years"), by=NOR)  # so that nothing is kept in memory
        with pages.at_most(12):
            assert norvale.get(pages.url(path)).status_code == 200
