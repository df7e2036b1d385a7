"""Changes asked for by a Word file: shown as understood, filed together or not at all, never twice."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from corfu.wording.points import take
from tests import cast
from tests.formats.word.bad_files import BAD
from tests.formats.word.build import change, docx, gone, ins, par, run
from tests.negotiation.texts import pages, table

NOR, SAR, VEL, CHAIR = cast.SPONSOR, cast.SECOND, cast.OBJECTOR, cast.CHAIR
WORDS = [one.text for one in table.BASE]


@pytest.fixture
def opened(house: Path) -> Path:
    table.open_text()
    return house


def file(*paragraphs: str) -> bytes:
    return docx("".join(paragraphs))


def untouched(words: Sequence[str]) -> list[str]:
    return [par(run(one)) for one in words]


def norvale() -> bytes:
    """48 becomes 24 and a paragraph is added, tracked; "every" becomes "any" silently."""
    hours = par(run("1. Decides that States shall reply in writing within ") + gone("48") + ins("24") + run(" hours;"))
    new = par(ins("2 bis. Invites the partners to take part;"), mark=change("ins"))
    return file(*untouched(WORDS[:2]), hours, par(run(WORDS[3].replace("every", "any"))), new, par(run(WORDS[4])))


def sent(client: Any, data: bytes, **more: str) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    form = {"version": "1", "file": SimpleUploadedFile("NOR.docx", data), **more}
    return client.post(pages.url("upload/"), form)


def test_a_file_is_shown_as_understood_then_filed_paragraph_by_paragraph(opened: Path) -> None:
    client = pages.client(NOR)
    shown = sent(client, norvale())
    said, page = pages.seen(shown), shown.content.decode()
    assert shown.status_code == 200 and not table.state().filed
    assert "<del>48</del><ins>24</ins>" in page.replace("48 ", "48").replace("24 ", "24")
    assert "<ins>2 bis. Invites the partners to take part;</ins>" in page
    assert "Some words were changed without tracking" in said and "Paragraph 2" in said
    acts = pages.hidden(shown, "acts")
    answer = client.post(pages.url("upload/"), {"version": "1", "acts": acts, "note": "From the capital"})
    assert answer.status_code == 302 and answer.headers["Location"] == pages.url("mine/")
    filed = list(table.state().filed.values())
    assert len(filed) == 3 and {one.row.note for one in filed} == {"From the capital"}
    assert {one.paragraph for one in table.state().points} >= {"p2", "p3"}


def test_the_same_file_is_refused_the_second_time_and_so_is_a_double_click(opened: Path) -> None:
    client = pages.client(NOR)
    form = {"version": "1", "acts": pages.hidden(sent(client, norvale()), "acts")}
    assert client.post(pages.url("upload/"), form).status_code == 302
    for again in (client.post(pages.url("upload/"), form), sent(client, norvale())):
        assert again.status_code == 409 and "You have filed this already" in pages.seen(again)
    assert len(table.state().filed) == 3


def test_all_of_a_file_is_filed_or_nothing(opened: Path) -> None:
    client = pages.client(NOR)
    groups = json.loads(pages.hidden(sent(client, norvale()), "acts"))
    groups[-1][0] = {"act": "delete", "paragraph": "nowhere"}
    answer = client.post(pages.url("upload/"), {"version": "1", "acts": json.dumps(groups)})
    assert answer.status_code == 400 and not table.state().filed


@pytest.mark.parametrize("acts", ["", "{}", "[]", "[[]]", "[" * 100_000, '[[{"act":"edit"}]]', "[1]", "null"])
def test_acts_that_come_back_otherwise_are_refused(opened: Path, acts: str) -> None:
    answer = pages.client(NOR).post(pages.url("upload/"), {"version": "1", "acts": acts})
    assert answer.status_code == 400 and not table.state().filed


@pytest.mark.parametrize("name", ["empty", "text", "cut short", "bomb of zeros", "billion laughs", "PDF", "no body"])
def test_what_is_no_sound_word_file_is_refused_in_a_sentence(opened: Path, name: str) -> None:
    make, said = BAD[name]
    answer = sent(pages.client(NOR), make())
    assert answer.status_code == 400
    assert said in pages.seen(answer) or (name == "empty" and "empty" in pages.seen(answer))


def test_another_document_an_unchanged_one_and_none_at_all(opened: Path) -> None:
    client = pages.client(NOR)
    other = sent(client, file(*untouched(["Something", "quite", "different", "altogether"])))
    assert other.status_code == 400 and "another document than the base" in pages.seen(other)
    same = sent(client, file(*untouched(WORDS)))
    assert same.status_code == 200 and "The file asks for no change" in pages.seen(same)
    none = client.post(pages.url("upload/"), {"version": "1"})
    assert none.status_code == 400 and "Choose a Word file" in pages.seen(none)


def test_a_file_for_a_version_that_stands_no_more_is_refused(opened: Path) -> None:
    acts = pages.hidden(sent(pages.client(NOR), norvale()), "acts")
    table.file(table.rewritten("p2", "48 hours", "ten days"), by=VEL)
    table.issue({one.key: take(1) for one in table.state().points})
    for answer in (
        sent(pages.client(NOR), norvale()),
        pages.client(NOR).post(pages.url("upload/"), {"version": "1", "acts": acts}),
    ):
        assert answer.status_code == 409 and "Rev.2 stands now" in pages.seen(answer)
    assert not table.state().filed


def test_words_in_a_file_are_shown_as_words(opened: Path) -> None:
    bold = par(run(WORDS[2][:-1]) + ins("<b>now</b><script>") + run(";"))
    page = sent(pages.client(NOR), file(*untouched(WORDS[:2]), bold, *untouched(WORDS[3:]))).content.decode()
    assert "&lt;b&gt;now" in page and "<b>now" not in page


def test_tabs_and_what_nobody_sees_are_made_plain_and_spaces_alone_are_not_filed(opened: Path) -> None:
    client = pages.client(NOR)
    hours = par(
        run("1. Decides that States shall  reply in writing within ") + gone("48") + ins("24\u200b") + run(" hours;")
    )
    new = par(ins("2 bis.") + change_tab() + ins("to act;"), mark=change("ins"))
    shown = sent(client, file(*untouched(WORDS[:2]), hours, par(run(WORDS[3])), new, par(run(WORDS[4]))))
    said = pages.seen(shown)
    assert shown.status_code == 200 and "2 bis. to act;" in said and "is not filed" not in said
    assert "quotes, dashes or spaces changed without tracking in one paragraph" in said
    acts = pages.hidden(shown, "acts")
    assert client.post(pages.url("upload/"), {"version": "1", "acts": acts, "note": ""}).status_code == 302
    texts = [
        act.text if hasattr(act, "text") else act.paragraph.text
        for one in table.state().filed.values()
        for act in one.acts
    ]
    assert sorted(one.strip() for one in texts) == ["2 bis. to act;", "24"]


def change_tab() -> str:
    """A tab inside a tracked insertion."""
    return ins("X").replace('<w:t xml:space="preserve">X</w:t>', "<w:tab/>").replace("<w:t>X</w:t>", "<w:tab/>")


def test_what_turns_round_what_is_read_is_refused_with_its_words(opened: Path) -> None:
    hours = par(
        run("1. Decides that States shall reply in writing within ") + gone("48") + ins("42\u202e") + run(" hours;")
    )
    shown = sent(pages.client(NOR), file(*untouched(WORDS[:2]), hours, *untouched(WORDS[3:])))
    assert shown.status_code == 400 and "characters that nobody sees" in pages.seen(shown) and "42" in pages.seen(shown)


def test_a_file_of_which_a_part_is_filed_already_brings_the_rest(opened: Path) -> None:
    table.file(table.rewritten("p2", "48", "24"), by=NOR)
    client = pages.client(NOR)
    shown = sent(client, norvale())
    assert shown.status_code == 200 and "1 change of this file is on the table already" in pages.seen(shown)
    acts = pages.hidden(shown, "acts")
    assert client.post(pages.url("upload/"), {"version": "1", "acts": acts, "note": ""}).status_code == 302
    assert len(table.state().filed) == 3
    assert sent(client, norvale()).status_code == 409
