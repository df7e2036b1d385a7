"""My brief: what changed since the reader's bookmark, where its words went, what waits for it, until when."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from corfu.wording.diff import edits
from corfu.wording.model import Act, Delete, Insert, Kind, Paragraph
from corfu.wording.points import take
from corfu.wording.tokens import words
from tests import cast
from tests.house import NOW
from tests.negotiation.texts import table
from tests.negotiation.texts.test_files import signed_in
from tests.public.reading import queries, read

NOR, SAR, VEL, CHAIR = cast.SPONSOR, cast.SECOND, cast.OBJECTOR, cast.CHAIR
BRIEF = "/en/brief/"


@pytest.fixture
def opened(house: Path) -> Path:
    table.open_text()
    return house


def bookmarked(code: str) -> Client:
    """Somebody who has read everything up to now."""
    from corfu.acts import writer

    client = signed_in(code)
    assert client.post(BRIEF, {"size": str(writer.log().size)}).headers["Location"] == BRIEF
    return client


def seen(client: Client) -> str:
    """The words of the page, white space folded."""
    page = read(client, BRIEF)
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def position(wording: str, *, by: str, base: str = "48", **more: Any) -> None:
    value = {"paragraph": "p2", "kind": "span", "base": base, "wording": wording, "stance": "supports", "note": ""}
    table.done("position.take", value, by=by, document="position", version=table.text().number, **more)


def suggest(wording: str) -> str:
    from corfu.negotiation.texts.models import Suggestion

    there = table.state()
    (point,) = [one for one in there.points if one.paragraph == "p2"]
    value = {
        "paragraph": "p2", "kind": "span", "base": point.variants[0].text, "wording": wording,
        "draws_on": [], "note": "",
    }  # fmt: skip
    done = table.done("wording.suggest", value, by=CHAIR, document="suggestion", version=there.number)
    return str(Suggestion.objects.get(place=done.index).pk)


def test_whoever_does_not_act_is_sent_to_sign_in(opened: Path) -> None:
    response = Client().get(BRIEF)
    assert response.status_code == 302 and "/account/login/" in response.headers["Location"]
    assert Client().post(BRIEF, {"size": "9"}).status_code == 302


def test_nothing_new_is_said_so(opened: Path) -> None:
    said = seen(bookmarked(SAR))
    for sentence in ("Nothing waits for you.", "No version came", "No answer is asked for by a date."):
        assert sentence in said
    assert "to read: an estimate" not in said


def test_the_bookmark_moves_by_the_button_alone(opened: Path) -> None:
    from corfu.acts import writer

    client = bookmarked(SAR)
    table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    (point,) = table.state().points
    table.issue({point.key: take(1)})
    for _ in range(2):
        assert "DD/harbour-text Rev.2" in seen(client)
    shown = re.search(r'name="size" value="(\d+)"', read(client, BRIEF))
    assert shown and int(shown[1]) == writer.log().size
    client.post(BRIEF, {"size": shown[1]})
    assert "DD/harbour-text Rev.2" not in seen(client)
    for wrong in ("0", "x", "", "9" * 40, "999999999"):
        client.post(BRIEF, {"size": wrong})
        assert "DD/harbour-text Rev.2" not in seen(client)
    table.issue({})
    assert "DD/harbour-text Rev.3" in seen(client)
    assert "DD/harbour-text Rev.2" not in seen(client)


def test_the_bookmark_is_each_delegations_own(opened: Path) -> None:
    client = bookmarked(SAR)
    client.post("/en/act-for/", {"code": NOR})
    assert "of the last seven days" in seen(client)


def test_whoever_comes_first_is_told_of_seven_days(opened: Path) -> None:
    from corfu.acts.actor import Actor, layers_of
    from corfu.negotiation.texts.brief_queries import Since, find

    sarn = Actor(SAR, "state", layers=layers_of("state"), organisation="exercise")
    assert [one.number for one in find(sarn, Since(None, NOW - timedelta(days=7))).issued] == [1]
    assert find(sarn, Since(None, NOW + timedelta(seconds=1))).issued == []


def test_new_versions_are_told_with_a_reading_time(opened: Path) -> None:
    client = bookmarked(SAR)
    table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    (point,) = table.state().points
    table.issue({point.key: take(1)})
    said = seen(client)
    assert "DD/harbour-text Rev.2" in said and "1 change" in said and "Lumera" in said
    assert "About 1 minute to read: an estimate, for 2 words at 200 a minute." in said
    assert f"/en/texts/{table.SLUG}/compare/?from=1&amp;to=2" in read(client, BRIEF)
    table.open_text(slug="second")
    said = seen(client)
    assert (
        "DD/second Rev.1" in said
        and "a new text" in said
        and f"for {2 + sum(words(one.text) for one in table.BASE)} words" in said
    )


def test_others_are_told_of_where_they_touch_what_i_asked(opened: Path) -> None:
    table.file(table.rewritten("p2", "48 hours", "24 hours"), by=SAR)
    client = bookmarked(SAR)
    touching = table.file(table.rewritten("p2", "in writing", "at once"), by=VEL)
    apart = table.file(table.rewritten("p4", "two years", "one year"), by=VEL)
    page = read(client, BRIEF)
    assert f"/amendments/{touching}/" in page and f"/amendments/{apart}/" not in page
    assert "Amendment of Velmara" in seen(client) and ": paragraph 1" in seen(client)
    assert touching not in read(bookmarked(NOR), BRIEF)
    table.done("amendment.withdraw", None, by=VEL, amendment=touching)
    assert touching not in read(client, BRIEF)


def test_my_words_have_a_fate_in_a_word(opened: Path) -> None:
    table.file(table.rewritten("p2", "48 hours", "24 hours"), by=SAR)
    table.file([*table.rewritten("p4", "two years", "one year"), *table.added("p4", "4. Also decides;")], by=SAR)
    client = bookmarked(SAR)
    first, second, new = table.state().points
    table.issue({first.key: take(1), second.key: take(0), new.key: take(1)})
    said = seen(client)
    assert "1: taken" in said and "3: lapsed" in said and "4: taken" in said
    assert f'<a href="/en/texts/{table.SLUG}/mine/">' in read(client, BRIEF)
    assert "taken" not in seen(bookmarked(NOR))


def test_amendments_wait_to_be_confirmed_and_support_to_be_renewed(opened: Path) -> None:
    mine = table.file([Delete("p3")], by=SAR)
    table.done("amendment.join", None, by=VEL, amendment=mine)
    table.file(table.rewritten("p3", "a record", "a register"), by=NOR)
    (point,) = [one for one in table.state().points if one.kind == "span"]
    table.issue({point.key: take(1)})
    assert "Confirm your amendment to paragraph 2" in seen(signed_in(SAR))
    assert "Confirm" not in seen(signed_in(VEL))
    table.done("amendment.confirm", table.asked([Delete("p3")]), by=SAR, amendment=mine, version=2)
    assert "Confirm" not in seen(signed_in(SAR))
    assert "Renew your support for the amendment to paragraph 2" in seen(signed_in(VEL))
    assert "Renew" not in seen(signed_in(SAR))


def test_positions_on_words_that_are_gone_need_renewal(opened: Path) -> None:
    mine = table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    position("24", by=SAR)
    assert "Renew" not in seen(signed_in(SAR))
    other = table.file(table.rewritten("p2", "48 hours", "36 hours"), by=VEL)
    table.done("amendment.withdraw", None, by=NOR, amendment=mine)
    assert "Renew your position on paragraph 1" in seen(signed_in(SAR))
    assert "Renew" not in seen(signed_in(VEL))
    position("36", by=SAR)
    assert "Renew" not in seen(signed_in(SAR))  # what is said of the words that are there now is enough
    table.done("amendment.withdraw", None, by=VEL, amendment=other)
    assert "Renew" not in seen(signed_in(SAR))  # nothing is open there any more: nobody could do it


def test_the_chairs_suggestions_wait_for_an_answer(opened: Path) -> None:
    table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    suggestion = suggest("36")
    assert "Answer the chair’s suggestion for paragraph 1." in seen(signed_in(SAR))
    position("36", by=SAR, suggestion=suggestion)
    assert "Answer" not in seen(signed_in(SAR)) and "Answer" in seen(signed_in(VEL))
    table.done("wording.withdraw", None, by=CHAIR, suggestion=suggestion)
    assert "Answer" not in seen(signed_in(VEL)) and "Renew your position" in seen(signed_in(SAR))


def test_translations_wait_for_the_secretariat(opened: Path) -> None:
    given = {one.id: "x" for one in table.BASE}
    payload: dict[str, Any] = {"lang": "fr", "standing": "official", "follows": 1}
    table.done("language.deliver", {"paragraphs": given}, by="SEC", document="translation", **payload)
    assert "French" not in seen(signed_in("SEC"))
    assert "German: paragraphs missing: 5, behind the original: 0;" in seen(signed_in("SEC"))
    table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    (point,) = table.state().points
    table.issue({point.key: take(1)})
    assert "French: paragraphs missing: 0, behind the original: 1;" in seen(signed_in("SEC"))
    assert "French" not in seen(signed_in(SAR))


def test_deadlines_are_in_utc_and_in_the_hosts_time(opened: Path) -> None:
    from corfu.negotiation.texts.told_brief import deadlines

    text = table.text()
    text.until = datetime(2026, 12, 4, 15, 0, tzinfo=UTC)
    (row,) = deadlines({text.slug: text}, NOW)
    assert "UTC" in row["at"] and "(" in row["there"] and row["first"] == "2026-12-04T15:00:00+00:00"
    assert deadlines({text.slug: text}, text.until) == []


def test_texts_of_others_are_not_told_of(opened: Path) -> None:
    client = bookmarked(cast.PARTNER)
    table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    suggest("36")
    table.issue({})
    assert "DD/harbour-text" not in read(client, BRIEF)


def test_the_menu_leads_there_for_who_acts(opened: Path) -> None:
    assert f'href="{BRIEF}"' in signed_in(SAR).get("/en/").content.decode()
    assert f'href="{BRIEF}"' not in Client().get("/en/").content.decode()


def fill(slug: str) -> None:
    """Everything that a brief tells of, in one text, by acts."""
    from corfu.negotiation.texts import documents

    def done(kind: str, document: str, value: dict[str, Any], by: str, **payload: Any) -> None:
        given = [documents.document(table.text(slug), document, value)]
        cast.done(kind, {"text": slug, **payload}, by=by, documents=given)

    def asked(by: str, *acts: Act, version: int = 1) -> None:
        done("amendment.file", "amendment", table.asked(acts), by, version=version)

    words_ = table.BASE[2].text
    new = Paragraph(f"n-{slug}", "4. Also decides to meet;", Kind.OPERATIVE)
    asked(SAR, *edits("p2", words_, words_.replace("48", "24")), Insert("p4", new))
    asked(VEL, *edits("p2", words_, words_.replace("48", "36")))
    place = {"paragraph": "p2", "kind": "span", "base": "48"}
    said = {"wording": "24", "stance": "supports", "note": ""}
    done("position.take", "position", place | said, SAR, version=1)
    done("wording.suggest", "suggestion", place | {"wording": "30", "draws_on": [], "note": ""}, CHAIR, version=1)
    choices = {"choices": {}, "on": table.state(slug).version.sha256()}
    done("version.issue", "dispositions", choices, CHAIR, number=2)
    asked(NOR, *edits("p2", words_, words_.replace("in writing", "at once")), version=2)


def counted(code: str) -> tuple[int, int]:
    """How many queries the brief takes, with texts in memory and without."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from corfu.negotiation.texts import brief_queries
    from corfu.negotiation.texts import queries as texts

    client = signed_in(code)
    client.post(BRIEF, {"size": "1"})
    warm = queries(client, BRIEF)
    texts.STATES.forget()
    brief_queries.DEBTS.forget()
    with CaptureQueriesContext(connection) as found:
        client.get(BRIEF)
    return warm, len(found)


def test_as_many_queries_for_many_texts_as_for_one(opened: Path) -> None:
    fill(table.SLUG)
    one = {code: counted(code) for code in (SAR, "SEC")}
    for slug in ("second", "third"):
        table.open_text(slug=slug)
        fill(slug)
    said = seen(signed_in(SAR))
    assert said.count("Answer the chair’s suggestion") == said.count("Rev.2 1: still in brackets") == 3
    assert {code: counted(code) for code in (SAR, "SEC")} == one
    assert max(max(pair) for pair in one.values()) <= 12, one
