"""Changes asked for by typing: derived, shown, filed; whatever cannot be filed is refused in a sentence, words kept."""

from html import escape
from pathlib import Path
from typing import Any

import pytest

from corfu.wording import plain
from corfu.wording.model import Delete, Insert, Move, Reserve, ReserveKind
from corfu.wording.points import take
from tests import cast
from tests.negotiation.texts import pages, table

NOR, SAR, VEL, CHAIR = cast.SPONSOR, cast.SECOND, cast.OBJECTOR, cast.CHAIR
P2 = "1. Decides that States shall reply in writing within 48 hours;"


@pytest.fixture
def opened(house: Path) -> Path:
    table.open_text()
    return house


def typed(client: Any, path: str = "paragraphs/p2/edit/", **fields: str) -> Any:
    return client.post(pages.url(path), {"version": "1", "what": "words", "step": "preview", **fields})


def filed(client: Any, path: str = "paragraphs/p2/edit/", **fields: str) -> Any:
    """What comes of a form after its preview."""
    shown = typed(client, path, **fields)
    assert shown.status_code == 200, pages.seen(shown)
    more = {"step": "file", "seen": pages.hidden(shown, "seen")}
    if "add/" in path or b'name="id"' in shown.content:
        more["id"] = pages.hidden(shown, "id")
    return typed(client, path, **{**fields, **more})


def test_the_words_stand_in_the_field_and_the_change_is_shown_before_it_is_filed(opened: Path) -> None:
    table.file(table.rewritten("p2", "48 hours", "ten days"), by=VEL)
    sarn = pages.client(SAR)
    assert f">\n{P2}</textarea>" in sarn.get(pages.url("paragraphs/p2/edit/")).content.decode()
    shown = typed(sarn, words=P2.replace("48 hours", "24 hours"), note="Hours count")
    page = shown.content.decode()
    assert shown.status_code == 200 and "<del>48 </del><ins>24 </ins>" in page
    assert "24 hours Sarn SAR" in pages.seen(shown) and "ten days Velmara VEL" in pages.seen(shown)
    assert "participating States see it at once" in pages.seen(shown) and 'value="Hours count"' in page
    assert len(table.state().filed) == 1  # a preview files nothing


def test_what_was_shown_is_filed_once(opened: Path) -> None:
    sarn = pages.client(SAR)
    fields = {"words": P2.replace("48 hours", "24 hours"), "note": "Hours count"}
    answer = filed(sarn, **fields)
    assert answer.status_code == 302 and answer.headers["Location"] == pages.url("paragraphs/p2/")
    (one,) = table.state().filed.values()
    assert one.row.note == "Hours count" and one.by == (SAR,)
    again = filed(sarn, **fields)
    assert again.status_code == 409 and "You have filed exactly this already" in pages.seen(again)
    assert len(table.state().filed) == 1


def test_words_that_changed_after_the_preview_are_shown_again(opened: Path) -> None:
    sarn = pages.client(SAR)
    seen = pages.hidden(typed(sarn, words=P2.replace("48", "24")), "seen")
    answer = typed(sarn, words=P2.replace("48", "12"), seen=seen, step="file")
    assert answer.status_code == 200 and "<ins>12 </ins>" in answer.content.decode()
    assert not table.state().filed


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"words": ""}, "There are no words"),
        ({"words": " \r\n "}, "There are no words"),
        ({"words": f"  {P2}\r\n"}, "there is nothing to file"),
        ({"words": "x" * 20_001}, "20,000 characters at most"),
        ({"words": "States shall \u202ereply"}, "characters that nobody sees"),
        ({"words": "States\x07 shall"}, "characters that nobody sees"),
        ({"what": "move", "after": "p1"}, "It stands there already"),
        ({"what": "move", "after": "nowhere"}, "Choose the paragraph"),
        ({"what": "reserve", "reservation": "linked", "on": " "}, "Say what the reservation waits for"),
        ({"what": "reserve", "reservation": "loud"}, "Choose what kind of reservation"),
    ],
)
def test_what_makes_no_amendment_is_refused_in_a_sentence(opened: Path, fields: dict[str, str], said: str) -> None:
    answer = typed(pages.client(SAR), **fields)
    assert answer.status_code == 400 and said in pages.seen(answer)
    assert escape(fields.get("words", P2).strip("\r\n ")) in answer.content.decode()


def test_an_old_page_is_refused_and_keeps_the_words(opened: Path) -> None:
    table.file(table.rewritten("p2", "48 hours", "ten days"), by=VEL)
    table.issue({one.key: take(1) for one in table.state().points})
    answer = typed(pages.client(SAR), words="1. Decides otherwise;")
    assert answer.status_code == 409 and "Rev.2 stands now, not Rev.1" in pages.seen(answer)
    assert "1. Decides otherwise;" in answer.content.decode()


def test_a_paragraph_is_deleted_moved_and_reserved(opened: Path) -> None:
    sarn = pages.client(SAR)
    for fields in (
        {"what": "delete"},
        {"what": "move", "after": "p3"},
        {"what": "reserve", "reservation": "linked", "on": "paragraph 2"},
    ):
        assert filed(sarn, **fields).status_code == 302, fields
    acts = [act for one in table.state().of(SAR) for act in one.acts]
    assert sorted(map(str, acts)) == sorted(
        map(str, [Delete("p2"), Move("p2", "p3"), Reserve("p2", ReserveKind.LINKED, "paragraph 2")])
    )


def test_a_line_break_makes_two_paragraphs(opened: Path) -> None:
    answer = filed(pages.client(SAR), words="1. Decides that States shall reply\r\n\r\nin writing within 48 hours;")
    assert answer.status_code == 302
    (span,) = table.state().rolling.spans()
    assert "\n" in span.variants[1].text


def test_a_new_paragraph_and_the_same_in_other_words(opened: Path) -> None:
    fields = {"after": "p3", "kind": "operative", "words": "2 bis. Invites the partners to take part;"}
    answer = filed(pages.client(SAR), "add/", **fields)
    assert answer.status_code == 302
    (one,) = table.state().filed.values()
    (act,) = one.acts
    assert isinstance(act, Insert) and act.after == "p3" and act.paragraph.text == fields["words"]
    assert answer.headers["Location"] == pages.url(f"paragraphs/{act.paragraph.id}/")
    norvale = pages.client(NOR)
    path = f"paragraphs/{act.paragraph.id}/edit/"
    same = typed(norvale, path, words=fields["words"], **{"from": one.row.pk})
    assert same.status_code == 400 and "join that amendment instead" in pages.seen(same)
    other = fields["words"].replace("Invites", "Asks")
    assert filed(norvale, path, words=other, **{"from": one.row.pk}).status_code == 302
    (mine,) = table.state().of(NOR)
    assert mine.row.parent == one.row.pk
    twice = typed(norvale, "add/", **{**fields, "words": "3. One;\n4. Two;"})
    assert twice.status_code == 400 and "one by one" in pages.seen(twice)


def test_an_item_under_a_paragraph_is_called_so_before_and_after_it_stands(opened: Path) -> None:
    sarn = pages.client(SAR)
    for words in ("to answer within a day;", "to tell the Council."):
        assert filed(sarn, "add/", after="p3", kind="item", words=words).status_code == 302
    new = [one for one in table.state().rolling.paragraphs if one.inserted]
    assert [one.label for one in new] == ["(a)", "(b)"]
    table.issue({f"{new[1].paragraph.id}:insert": take(1)})
    assert list(table.state().names.values()) == ["", "", "1", "2", "2(a)", "3"]


def test_another_s_wording_is_amended_and_one_s_own_replaced(opened: Path) -> None:
    first = table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    sarn = pages.client(SAR)
    assert "within 24 hours;</textarea>" in sarn.get(pages.url(f"paragraphs/p2/edit/?from={first}")).content.decode()
    assert filed(sarn, words=P2.replace("48 hours", "24 hours or less"), **{"from": first}).status_code == 302
    (mine,) = table.state().of(SAR)
    assert mine.row.parent == first
    fields = {"words": P2.replace("48 hours", "24 hours at most"), "from": mine.row.pk, "replaces": "1"}
    assert filed(sarn, **fields).status_code == 302
    (left,) = table.state().of(SAR)
    assert left.row.pk != mine.row.pk and plain.act_to(left.acts[0])["text"] != plain.act_to(mine.acts[0])["text"]


def test_few_queries_are_asked(opened: Path) -> None:
    for n, by in enumerate([NOR, VEL, SAR, CHAIR]):
        table.file(table.rewritten("p2", "48 hours", f"{n + 2} days"), by=by)
    sarn = pages.client(SAR)
    assert sarn.get("/en/record/").status_code == 200
    with pages.at_most(12):
        assert sarn.get(pages.url("paragraphs/p2/edit/")).status_code == 200
    with pages.at_most(12):
        assert sarn.get(pages.url("add/?after=p2")).status_code == 200
