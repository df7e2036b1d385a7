"""The chair's desk: what it shows, a trial, the next version, suggestions; stale pages, double clicks, refusals."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from corfu.wording import plain
from corfu.wording.model import Delete, Move, Reserve, ReserveKind
from tests import cast
from tests.negotiation.texts import forms, table
from tests.negotiation.texts.forms import DESK, SUGGEST, Page, page

NOR, SAR, VEL, CHAIR = cast.SPONSOR, cast.SECOND, cast.OBJECTOR, cast.CHAIR


@pytest.fixture
def chair(house: Path) -> Any:
    """The chair at a browser, a text on the table."""
    table.open_text()
    return as_(CHAIR)


def as_(code: str) -> Any:
    from django.test import Client

    client = Client()
    assert client.post("/en/act-for/", {"code": code}).status_code == 302
    return client


def hours() -> tuple[str, str]:
    """Norvale wants 24 hours, Velmara ten days; Sarn joins Norvale."""
    first = table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    second = table.file(table.rewritten("p2", "48 hours", "ten working days"), by=VEL)
    table.done("amendment.join", None, by=SAR, amendment=first)
    return first, second


def says(client: Any, code: str, stance: str, wording: str) -> None:
    (span,) = table.state().rolling.spans()
    place = {"paragraph": span.paragraph, "kind": "span", "base": span.variants[0].text, "note": ""}
    value = {**place, "wording": wording, "stance": stance}
    table.done("position.take", value, by=code, version=1, document="position")


def test_the_desk_shows_what_came_in_and_what_is_open(chair: Any) -> None:
    hours()
    says(chair, SAR, "objects", "ten working days")
    table.file([Reserve("p3", ReserveKind.SCRUTINY), Delete("p3")], by=VEL)
    found = page(chair)
    assert found.status == 200
    assert found.html.index("3 amendments") < found.html.index("What is open")
    inbox = found.html[: found.html.index("What is open")]
    assert "with Sarn" in inbox and "<del>48 </del> <ins>24 </ins>" in inbox
    assert inbox.index("<ins>24 </ins>") < inbox.index("ten working days")
    assert '<span class="names">Norvale, Sarn</span>' in found.html
    assert '<span class="stance">Sarn: objects</span>' in found.html
    assert "Velmara: reserved, to study it" in found.html
    assert found.chosen() == []  # everything is still open until the chair says otherwise


def test_only_the_chair_has_a_desk(chair: Any) -> None:
    hours()
    for code, status in ((NOR, 403), (cast.PARTNER, 403), ("SEC", 200)):
        for address in (DESK, SUGGEST):
            wanted = 409 if status == 200 and address == SUGGEST else status
            assert as_(code).get(address).status_code == wanted, (code, address)
    sent = page(chair)
    for action in ("try", "ask", "issue", ""):
        assert sent.send(as_(NOR), action).status == 403
    assert table.text().number == 1
    assert "Only the chair of" in as_(NOR).get(DESK).content.decode()
    assert "Chair’s desk" not in as_(NOR).get("/en/texts/harbour-text/").content.decode()


def test_a_trial_records_nothing_and_keeps_the_choices(chair: Any) -> None:
    from corfu.acts import writer

    hours()
    table.file([Delete("p3")], by=VEL)
    before = len(list(writer.store().entries(0)))
    desk = page(chair)
    desk.choose("24 hours")
    tried = desk.send(chair, "try")
    assert tried.status == 200 and tried.chosen() == ["24 hours Norvale, Sarn"]
    assert "Rev.2 on trial" in tried.html and "within <del>48 </del><ins>24 </ins>hours" in tried.html.replace("\n", "")
    assert len(list(writer.store().entries(0))) == before and table.text().number == 1
    trial = tried.html[tried.html.index('id="trial"') : tried.html.index('id="inbox-h"')]
    fates = {name: trial[trial.index(f"<summary>{name}") :].split("</summary>")[0] for name in ("Norvale", "Velmara")}
    assert "taken" in fates["Norvale"] and "lapsed" not in fates["Norvale"]
    assert "lapsed" in fates["Velmara"] and "still in brackets" in fates["Velmara"]


def test_the_chair_issues_the_next_version(chair: Any) -> None:
    from corfu.negotiation.texts import audit

    hours()
    mine = table.file(table.added("p3", "2 bis. Invites the partners to take part;"), by=SAR)
    table.file([Move("p4", "p1")], by=VEL)
    desk = page(chair)
    desk.choose("24 hours")
    desk.choose("Add it")
    desk.choose("Leave it in its place")
    asked = desk.send(chair, "ask")
    assert asked.status == 200 and "It will be seen at once by participating States" in asked.html
    assert table.text().number == 1
    response = chair.post(DESK, {**asked.fields, "action": "issue", "until": "2099-12-01T12:00"})
    assert response.status_code == 302 and response.headers["Location"] == f"/en/texts/{table.SLUG}/"
    there = table.state()
    assert [one.text for one in there.paragraphs][2:5] == [
        "1. Decides that States shall reply in writing within 24 hours;",
        "2. Tasks the Secretariat to keep a record of every request;",
        "2 bis. Invites the partners to take part;",
    ]
    assert (there.number, there.filed, there.text.until.isoformat()) == (2, {}, "2099-12-01T12:00:00+00:00")
    assert [one["disposition"] for one in table.state(number=1).filed[mine].standing.outcomes] == ["taken"]
    assert audit.changes_without_authority([table.text()]) == []
    again = Page(chair.post(DESK, {**asked.fields, "action": "issue"}))  # a double click
    assert again.status == 409 and "Rev.2 stands now, not Rev.1" in again.html
    assert table.text().number == 2


def test_the_chairs_own_wording_draws_on_variants(chair: Any) -> None:
    first, second = hours()
    desk = page(chair)
    key = desk.choose("own wording")
    for bad in ("", "  \r\n "):
        wrong = desk.send(chair, "try", **{f"text-{key}": bad})
        assert wrong.status == 400 and "Write your wording" in wrong.html and wrong.chosen() != []
    desk.fields[f"text-{key}"] = ["36 hours, or\r\nsooner"]
    desk.choose("ten working days", nth=1)
    asked = desk.send(chair, "ask")
    assert asked.send(chair, "issue").status == 302
    after = table.state()
    assert [one.text for one in after.paragraphs][2:4] == [
        "1. Decides that States shall reply in writing within 36 hours, or",
        "sooner;",
    ]
    before = table.state(number=1)
    fates = [before.filed[id_].standing.outcomes[0]["disposition"] for id_ in (first, second)]
    assert fates == ["lapsed", "taken with changes"]


def test_who_words_a_variant_anew_takes_it(chair: Any) -> None:
    first, _ = hours()
    desk = page(chair)
    desk.fields[f"text-{desk.choose('own wording')}"] = [table.state().points[0].variants[1].text]
    assert desk.send(chair, "ask").send(chair, "issue").status == 302
    assert table.state(number=1).filed[first].standing.outcomes[0]["disposition"] == "taken"


def test_what_came_in_since_is_marked_and_no_choice_is_lost(chair: Any) -> None:
    first, _ = hours()
    table.file(table.rewritten("p3", "record", "register"), by=VEL)
    desk = page(chair)
    desk.choose("24 hours")
    key = desk.choose("own wording", nth=1)
    desk.fields[f"text-{key}"] = ["log"]
    asked = desk.send(chair, "ask")
    table.file(table.rewritten("p2", "48 hours", "six weeks"), by=SAR)  # another variant at the first point
    table.file([Delete("p4")], by=VEL)  # another point
    refused = asked.send(chair, "issue")
    assert refused.status == 409 and "others than those you looked at" in refused.html
    assert refused.chosen() == ["24 hours Norvale, Sarn", "The chair’s own wording"]
    assert refused.fields[f"text-{key}"] == ["log"]
    assert refused.html.count("new since you looked") == 2
    marked = [label for label in refused._form.labels.values() if "new since you looked" in label]
    assert [one.split()[0:2] for one in marked] == [["six", "weeks"]]
    assert table.text().number == 1
    tried = desk.send(chair, "try")
    assert tried.status == 200 and "Amendments came in since you looked" in tried.html
    assert refused.send(chair, "ask").send(chair, "issue").status == 302
    assert table.state().base["p3"].text == "2. Tasks the Secretariat to keep a log of every request;"
    assert first not in table.state().filed


def test_a_choice_whose_words_are_contested_otherwise_is_told_and_not_carried(chair: Any) -> None:
    hours()
    desk = page(chair)
    key = desk.choose("own wording")
    desk.fields[f"text-{key}"] = ["36 hours"]
    table.file(table.rewritten("p2", "in writing within 48 hours", "in due time"), by=SAR)
    found = desk.send(chair, "issue")
    assert found.status == 409 and found.chosen() == []
    assert "what you chose for them was left out" in found.html and "you wrote: <q>36 hours</q>" in found.html


def test_a_choice_of_what_was_withdrawn_is_open_again(chair: Any) -> None:
    hours()
    mine = table.file(table.rewritten("p2", "48 hours", "six hours"), by=SAR)
    desk = page(chair)
    desk.choose("six hours")
    table.done("amendment.withdraw", None, by=SAR, amendment=mine)
    found = desk.send(chair, "issue")
    assert found.status == 409 and found.chosen() == [] and "what you chose is withdrawn" in found.html


def test_a_paragraph_does_not_go_to_two_places(chair: Any) -> None:
    table.file([Delete("p4")], by=NOR)
    table.file([Move("p4", "p1")], by=VEL)
    desk = page(chair)
    desk.choose("Delete it")
    desk.choose("Move it here")
    for action in ("try", "ask"):
        found = desk.send(chair, action)
        assert found.status == 400 and found.html.count("choose one of these") == 4
    assert desk.send(chair, "issue").status == 400
    assert table.text().number == 1


def test_nothing_of_the_text_left_is_refused(chair: Any) -> None:
    table.file([Delete(one.id) for one in table.BASE], by=VEL)
    desk = page(chair)
    for nth in range(len(table.BASE)):
        desk.choose("Delete it", nth=nth)
    tried = desk.send(chair, "try")
    assert tried.status == 200 and "Nothing of the text would be left" in tried.html
    assert desk.send(chair, "ask").send(chair, "issue").status == 409


@pytest.mark.parametrize("until", ["soon", "2026-13-01T00:00", "2020-01-01T00:00"])
def test_a_deadline_is_an_instant_to_come(chair: Any, until: str) -> None:
    hours()
    desk = page(chair)
    desk.choose("24 hours")
    found = desk.send(chair, "ask").send(chair, "issue", until=until)
    assert found.status == 400 and 'id="until-fault"' in found.html and f'value="{until}"' in found.html
    assert table.text().number == 1
    assert found.send(chair, "issue", until="").status == 302


def test_a_form_of_nothing_but_rubbish_is_answered(chair: Any) -> None:
    hours()
    for fields in (
        {}, {"number": "x", "on": "y"}, {"seen": [":", "a:b", "x" * 9999]}, {"number": "9" * 99, "how-x": "own"},
    ):  # fmt: skip
        for action in ("try", "ask", "issue", "desk", ""):
            assert chair.post(DESK, {**fields, "action": action}).status_code in {200, 409}
    assert table.text().number == 1


def test_a_desk_without_anything_open_says_so(chair: Any) -> None:
    found = page(chair)
    assert found.status == 200 and "Nothing is open." in found.html and "No amendment was filed" in found.html


def test_the_number_of_queries_does_not_depend_on_the_rows(chair: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(send: Any) -> int:
        chair.get(DESK)  # the state is in memory from here on
        with CaptureQueriesContext(connection) as found:
            send()
        return len(found)

    table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    one = asked(lambda: chair.get(DESK))
    hours_ = [f"{n} minutes" for n in range(5)]
    for n, words in enumerate(hours_):
        table.file(table.rewritten("p2", "48 hours", words), by=(NOR, SAR, VEL)[n % 3])
    table.file([Delete("p3"), Move("p4", "p1")], by=VEL)
    desk = page(chair)
    sends = [lambda: chair.get(DESK), lambda: desk.send(chair, "try"), lambda: desk.send(chair, "ask")]
    many = list(map(asked, sends))
    assert many[0] == one and max(many) <= 12


def test_a_desk_with_hundreds_of_points_can_be_sent(chair: Any) -> None:
    hours()
    desk = page(chair)
    desk.fields |= {f"text-{n}": ["x"] for n in range(3_000)}
    assert desk.send(chair, "try").status == 200


def test_the_chairs_own_words_keep_apart_from_their_neighbours(chair: Any) -> None:
    table.file(table.rewritten("p2", "shall reply", "shall always reply"), by=NOR)
    table.file(table.rewritten("p4", "two years.", "two years at most."), by=NOR)
    desk = page(chair)
    for n, words in enumerate(("without\tdelay", "and no\u200bt later")):
        desk.fields[f"text-{desk.choose('own wording', nth=n)}"] = [words]
    assert desk.send(chair, "ask").send(chair, "issue").status == 302
    stands = [one.text for one in table.state().paragraphs]
    assert stands[2] == "1. Decides that States shall without delay reply in writing within 48 hours;"
    assert stands[4] == "3. Decides to review this Decision after two years and not later."


def test_what_must_be_mended_is_said_at_the_head_of_the_form(chair: Any) -> None:
    hours()
    desk = page(chair)
    key = desk.choose("own wording")
    desk.fields[f"text-{key}"] = ["36\u202e hours"]
    wrong = desk.send(chair, "try")
    assert wrong.status == 400 and "This must be mended first" in wrong.html and f'href="#point-{key}"' in wrong.html
    assert wrong.html.count("characters that nobody sees") == 2


def test_a_long_desk_has_parts_and_forgets_nothing_between_them(chair: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from corfu.negotiation.texts import places

    monkeypatch.setattr(places, "MOST", 1)
    hours()
    table.file([Delete("p3")], by=VEL)
    table.file(table.rewritten("p4", "two years", "a year"), by=NOR)
    first = page(chair)
    assert first.html.count('name="part" value="') == 5 and "On to points 2 to 2" in first.html  # 1 hidden, 3, 1 on
    first.fields[f"text-{first.choose('own wording')}"] = ["36 hours"]
    second = first.send(chair, "", part="2")
    assert second.status == 200 and second.chosen() == [] and "Delete it" in second.html
    assert "1 decided" in second.html and "36 hours" in second.html
    second.choose("Delete it")
    new = table.file(table.rewritten("p4", "two years", "six months"), by=SAR)
    third = second.send(chair, "", part="3")
    assert third.html.count("new since you looked") == 1 and "a year" in third.html
    assert "Amendments came in since you looked" in third.html
    third.choose("a year")
    back = third.send(chair, "", part="1")
    assert back.status == 200 and "36 hours" in back.html and back.chosen() == ["The chair’s own wording"]
    back.fields[next(name for name in back.fields if name.startswith("text-"))] = [""]
    wrong = back.send(chair, "try", part="3")
    assert wrong.status == 400 and "Write your wording" in wrong.html  # the part with the fault, whichever was left
    wrong.fields[next(name for name in wrong.fields if name.startswith("text-"))] = ["36 hours"]
    asked = wrong.send(chair, "try").send(chair, "ask")
    assert asked.status == 200 and asked.send(chair, "issue").status == 302
    words = [one.text for one in table.state().paragraphs]
    assert "36 hours" in words[2] and "a year" in words[3] and len(words) == 4
    assert table.state(number=1).filed[new].standing.outcomes[0]["disposition"] == "lapsed"


def test_nothing_faulty_is_issued_whatever_was_posted(chair: Any) -> None:
    hours()
    desk = page(chair)
    desk.choose("own wording")
    assert desk.send(chair, "issue").status == 400 and table.text().number == 1


def test_what_goes_with_its_paragraph_does_not_stay_open(chair: Any) -> None:
    hours()
    table.file([Delete("p2")], by=SAR)
    table.file(table.rewritten("p4", "two years", "a year"), by=NOR)
    desk = page(chair)
    desk.choose("Delete it")
    trial = desk.send(chair, "try").html
    stays = trial[trial.index("Stays open") : trial.index("The paragraphs that change")]
    assert "two years" in stays and "48 hours" not in stays and "<b>1</b> stays open" in trial


def test_what_is_new_or_withdrawn_on_another_part_is_said_before_anything_is_issued(
    chair: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from corfu.negotiation.texts import places

    monkeypatch.setattr(places, "MOST", 1)
    hours()
    mine = table.file(table.rewritten("p4", "two years", "a year"), by=NOR)
    second = page(chair).send(chair, "", part="2")
    second.choose("a year")
    first = second.send(chair, "", part="1")
    table.file(table.rewritten("p4", "two years", "six months"), by=SAR)
    refused = first.send(chair, "ask")  # led to the part on which something is new
    assert refused.status == 409 and "six months" in refused.html and "new since you looked" in refused.html
    assert refused.chosen() == ["a year Norvale"]
    back = refused.send(chair, "", part="1")
    table.done("amendment.withdraw", None, by=NOR, amendment=mine)
    table.file([Delete("p1")], by=VEL)
    told = back.send(chair, "try", part="2")
    nav = told.html[told.html.index('class="views parts"') : told.html.index("</nav>", told.html.index("views parts"))]
    assert nav.count("what you chose is withdrawn") == 1 and nav.count(">new<") == 1
    last = told.send(chair, "", part="3")
    assert "what you chose is withdrawn" in last.html and last.chosen() == []
    refused = last.send(chair, "ask")
    assert refused.status == 409 and "Delete it" in refused.html
    assert refused.send(chair, "ask").send(chair, "issue").status == 302


def test_a_suggestion_stands_at_hand_on_a_part_that_was_not_looked_at(
    chair: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from corfu.negotiation.texts import places

    monkeypatch.setattr(places, "MOST", 1)
    hours()
    table.file([Delete("p1")], by=VEL)
    span = next(iter(table.state().rolling.spans()))
    place = {"paragraph": span.paragraph, "kind": "span", "base": span.variants[0].text}
    value = {**place, "wording": "three days", "draws_on": [], "note": ""}
    table.done("wording.suggest", value, by=CHAIR, version=1, document="suggestion")
    found = page(chair).send(chair, "", part="2")
    assert [value for name, value in found.fields.items() if name.startswith("text-")] == [["three days"]]


@pytest.mark.browser
def test_keys_go_from_point_to_point_and_choose_but_rest_while_one_writes(
    chair: Any, browser: Browser, root: Path
) -> None:
    hours()
    table.file(table.rewritten("p3", "record", "register"), by=VEL)
    tab = browser.new_page()
    tab.set_content(page(chair).html)
    tab.add_script_tag(path=root / "src/corfu/site/static/corfu/desk.js")
    made = "[...document.querySelectorAll('.point input[type=radio]:checked')].map(one => one.id.split('-')[1])"
    assert tab.get_by_label("Keys").is_visible() and tab.evaluate(made) == ["open", "open"]
    for key in ("2", "j", "2", "j", "1", "j", "k", "3"):
        tab.keyboard.press(key)  # the first digit comes before any point is gone to, the third j after the last
    first, second = tab.evaluate(made)
    assert first == table_name(3) and second == "base"
    tab.keyboard.press("4")
    tab.locator(".point textarea").first.focus()
    tab.keyboard.type("jk 12")
    assert tab.locator(".point textarea").first.input_value() == "jk 12"
    assert tab.evaluate(made) == ["own", "base"]
    tab.locator(".point input[type=radio]").first.focus()
    russian, french = {"key": "о", "code": "KeyJ", "bubbles": True}, {"key": "é", "code": "Digit2", "bubbles": True}
    for given in (russian, french):
        tab.evaluate("given => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', given))", given)
    assert tab.evaluate(made)[0] == "own" and tab.evaluate(made)[1] not in {"own", "base", "open"}
    shifted = {"key": "!", "code": "Digit1", "shiftKey": True, "bubbles": True}
    tab.evaluate("given => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', given))", shifted)
    assert tab.evaluate(made)[1] != "base"
    tab.get_by_label("Keys").uncheck()
    tab.locator(".point input[type=radio]").first.focus()
    tab.keyboard.press("1")
    assert tab.evaluate(made)[0] == "own"
    tab.close()


def table_name(digit: int) -> str:
    """The name in forms of the variant that this digit chooses at the first point."""
    from corfu.negotiation.texts.places import groups

    return groups(table.state())[0].places[0].names[digit - 1]


# Suggestions


def test_the_chair_suggests_from_the_desk_and_keeps_its_choices(chair: Any) -> None:
    first, _ = hours()
    table.file(table.rewritten("p3", "record", "register"), by=VEL)
    desk = page(chair)
    desk.choose("register")
    key = desk.choose("own wording")
    desk.fields[f"how-{key}"], desk.fields[f"text-{key}"] = ["open"], ["36 hours"]
    writing = desk.send(chair, "", SUGGEST, point=key)
    assert writing.status == 200 and writing.fields["wording"] == ["36 hours"]
    assert "It will be seen at once by participating States" in writing.html
    writing.choose("Norvale, Sarn")
    filed = writing.send(chair, "file", SUGGEST, note="Half way.")
    assert filed.status == 200 and filed.chosen() == ["register Velmara"]
    (suggestion,) = table.state().suggestions
    assert (suggestion.wording, suggestion.draws_on, suggestion.note) == ("36 hours", [first], "Half way.")
    assert "drawing on Norvale" in filed.html and "No answer yet." in filed.html
    twice = writing.send(chair, "file", SUGGEST)
    assert twice.status == 409 and "suggested already" in twice.html and len(table.state().suggestions) == 1
    place = {"paragraph": "p2", "kind": "span", "base": suggestion.base, "wording": "36 hours", "note": ""}
    more: dict[str, Any] = {"version": 1, "document": "position", "suggestion": suggestion.pk}
    table.done("position.take", {**place, "stance": "can-live-with"}, by=VEL, **more)
    answered = page(chair)
    assert '<p class="stance">Velmara: can live with it</p>' in answered.html
    assert answered.fields[f"text-{key}"] == ["36 hours"]  # at hand for the chair's own wording
    answered.choose("register")
    back = answered.send(chair, "", SUGGEST, withdraw=suggestion.pk)
    assert back.status == 200 and back.chosen() == ["register Velmara"] and not table.state().suggestions
    gone = answered.send(chair, "", SUGGEST, withdraw=suggestion.pk)
    assert gone.status == 404 and gone.chosen() == ["register Velmara"]


def test_a_suggestion_that_cannot_be_is_shown_again_as_written(chair: Any) -> None:
    first, _ = hours()
    key = page(chair).choose("own wording")
    form = page(chair, f"{SUGGEST}?point={key}")
    assert form.status == 200
    empty = form.send(chair, "file", SUGGEST, wording=" ", note="Why")
    assert (empty.status, empty.fields["note"]) == (400, ["Why"])
    stranger = form.send(chair, "file", SUGGEST, wording="36 hours", draws_on=["x"])
    assert (stranger.status, stranger.fields["wording"]) == (400, ["36 hours"])
    choices = plain.choices_to({table.state().points[0].key: forms_take()})
    value = {"choices": choices, "on": table.state().version.sha256()}
    table.done("version.issue", value, by=CHAIR, number=2, document="dispositions")
    stale = form.send(chair, "file", SUGGEST, wording="36 hours", draws_on=[first])
    assert stale.status == 409 and "not contested any more" in stale.html
    assert not table.state().suggestions and forms.page(chair).status == 200


def forms_take() -> Any:
    from corfu.wording.points import take

    return take(1)
