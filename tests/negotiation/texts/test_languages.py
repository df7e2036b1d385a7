"""A text in its languages: what is behind, what is to be done, and how a translation is delivered."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from corfu.formats.word.clean import text_docx
from corfu.wording.model import Paragraph
from corfu.wording.points import take
from tests import cast
from tests.formats.word import bad_files
from tests.formats.word.build import docx, ins, par, run
from tests.negotiation.texts import table
from tests.negotiation.texts.test_files import signed_in
from tests.public.reading import queries, read

NOR, SAR, VEL, CHAIR = cast.SPONSOR, cast.SECOND, cast.OBJECTOR, cast.CHAIR
LANGUAGES = f"/en/texts/{table.SLUG}/languages/"
FRENCH = f"{LANGUAGES}fr/"
DELIVER = f"{FRENCH}deliver/"
WORDS = {one.id: f"{one.text} (fr)" for one in table.BASE}


@pytest.fixture
def opened(house: Path) -> Path:
    table.open_text()
    return house


def deliver(words: dict[str, str], *, by: str = "SEC", follows: int = 1, standing: str = "official") -> Any:
    payload: dict[str, Any] = {"lang": "fr", "standing": standing, "follows": follows}
    return table.done("language.deliver", {"paragraphs": words}, by=by, document="translation", **payload)


def next_version() -> None:
    table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    (point,) = table.state().points
    table.issue({point.key: take(1)})


def french() -> dict[str, Any]:
    from corfu.negotiation.texts import queries as texts

    return texts.translations(table.text(), "fr").get("fr", {})


def form(
    words: dict[str, str] | None = None, step: str = "deliver", version: int = 1, seen: int | None = None
) -> dict[str, str]:
    latest = max((one.place for one in french().values()), default=0)
    given = {f"words.{id_}": said for id_, said in (words or {}).items()}
    return {"step": step, "version": str(version), "seen": str(latest if seen is None else seen), **given}


def test_each_language_says_where_it_is(opened: Path) -> None:
    deliver(WORDS)
    deliver({"p2": "courtesy words"}, by=NOR, standing="courtesy")
    page = read(signed_in(SAR), LANGUAGES)
    assert page.count("complete") == 1 and page.count("nothing delivered yet") == 4
    assert "official translation" in page and "courtesy translation" in page and "Secretariat" in page
    next_version()
    page = read(signed_in(SAR), LANGUAGES)
    assert "1 behind the original" in page and "complete" not in page


def test_what_is_behind_shows_what_changed_in_the_original(opened: Path) -> None:
    deliver(WORDS)
    next_version()
    page = read(signed_in(SAR), FRENCH)
    assert "Behind by 1 version" in page and "<del>48 </del><ins>24 </ins>" in page
    assert '<p class="words" lang="fr">1. Decides that States shall reply in writing within 48 hours; (fr)</p>' in page
    assert page.count('class="to-do"') == 1 and page.count("<tr>") == 5
    todo = read(signed_in(SAR), f"{FRENCH}?todo=1")
    assert todo.count('scope="row"') == 1 and "11 words" in todo and "they have 11 words" in todo


def test_who_waits_at_the_door_is_shown_what_the_other_delivered(opened: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from corfu.acts import writer
    from corfu.negotiation.texts.views import languages

    deliver(WORDS)
    mine, client = form({"p2": "my words"}), signed_in("SEC")
    read(client, DELIVER)

    @contextmanager
    def door() -> Iterator[None]:
        deliver({"p2": "words of another"}, by=NOR, standing="courtesy")
        with writer.DOOR:
            yield

    monkeypatch.setattr(languages, "writer", SimpleNamespace(DOOR=door()))
    answer = client.post(DELIVER, mine)
    assert answer.status_code == 409
    assert "since you looked" in answer.content.decode() and "words of another" in answer.content.decode()
    assert french()["p2"].words == "words of another"


def test_paragraphs_that_are_behind_are_marked_for_the_reading_page(opened: Path) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from corfu.negotiation.texts.told_languages import behind_marks

    deliver(WORDS)
    text, state = table.text(), table.state()
    assert behind_marks(text, state, "fr") == behind_marks(text, state, "en") == behind_marks(text, state, "de") == {}
    next_version()
    text, state = table.text(), table.state()
    with CaptureQueriesContext(connection) as found:
        assert behind_marks(text, state, "fr") == {"p2": 1}
    assert len(found) == 1
    deliver({"p2": "new"}, follows=2)
    assert behind_marks(text, state, "fr") == {}


def test_only_what_was_changed_is_delivered(opened: Path) -> None:
    deliver(WORDS)
    client = signed_in("SEC")
    given = form(WORDS | {"p2": "Décide\r\nautrement"}, "preview")
    preview = client.post(DELIVER, given).content.decode()
    assert 'name="words.p2"' in preview and 'name="words.p3"' not in preview
    assert "It will be read by participating States, at once." in preview
    assert len(french()["p2"].words) > 20
    done = client.post(DELIVER, {**given, "step": "deliver", "standing": "authentic"})
    assert (done.status_code, done.headers["Location"]) == (302, FRENCH)
    assert (french()["p2"].words, french()["p2"].standing) == ("Décide\u2028autrement", "authentic")
    assert french()["p3"].place < french()["p2"].place
    assert "Done: it is act" in client.get(FRENCH).content.decode()


def test_the_same_sent_twice_is_done_once(opened: Path) -> None:
    client, given = signed_in(NOR), form({"p2": "Décide"})
    assert client.post(DELIVER, given).status_code == 302
    again = client.post(DELIVER, given)
    assert again.status_code == 409 and "This was delivered already" in again.content.decode()
    assert french()["p2"].standing == "courtesy"


def test_what_another_delivered_meanwhile_is_not_undone(opened: Path) -> None:
    deliver(WORDS)
    mine = form(WORDS | {"p2": "mine"})
    deliver({"p3": "theirs"}, by=NOR, standing="courtesy")
    assert signed_in("SEC").post(DELIVER, mine).status_code == 302
    assert (french()["p2"].words, french()["p3"].words) == ("mine", "theirs")
    stale = form(WORDS | {"p2": "again", "p3": "theirs"}, seen=french()["p1"].place)
    deliver({"p2": "other"}, by=NOR, standing="courtesy")
    refused = signed_in("SEC").post(DELIVER, stale)
    page = refused.content.decode()
    assert refused.status_code == 409 and "Norvale delivered some of these" in page and 'value="again"' in page
    assert french()["p2"].words == "other"


def test_a_stale_page_keeps_the_words(opened: Path) -> None:
    given = form({"p2": "Décide"})
    next_version()
    refused = signed_in("SEC").post(DELIVER, given)
    page = refused.content.decode()
    assert refused.status_code == 409 and "Rev.2 stands now, not Rev.1" in page and 'value="Décide"' in page
    assert french() == {}


def test_words_that_hold_still_are_said_to_follow(opened: Path) -> None:
    deliver(WORDS)
    next_version()
    client = signed_in("SEC")
    page = client.post(DELIVER, form(WORDS, "preview", 2)).content.decode()
    assert 'name="holds.p2"' in page and "No words were changed." in page
    assert client.post(DELIVER, {**form(version=2), "holds.p2": "on"}).status_code == 302
    assert (french()["p2"].follows, french()["p2"].words) == (2, WORDS["p2"])


def test_an_emptied_field_is_said_to_change_nothing(opened: Path) -> None:
    deliver(WORDS)
    alone = signed_in("SEC").post(DELIVER, form({"p2": ""}, "preview"))
    beside = signed_in("SEC").post(DELIVER, form({"p2": "", "p3": "others"}, "preview"))
    assert (alone.status_code, beside.status_code) == (400, 200)
    assert all("An emptied field changes nothing" in one.content.decode() for one in (alone, beside))


def test_the_originals_words_in_a_file_are_no_translation(opened: Path) -> None:
    deliver({"p1": "Rappelant les incidents du mois d’août,"})
    client = signed_in("SEC")
    untouched = client.get(f"/en/texts/{table.SLUG}/base.docx?lang=fr").content
    answer = client.post(DELIVER, {"step": "upload", "version": "1", "file": SimpleUploadedFile("fr.docx", untouched)})
    assert answer.status_code == 400 and "Nothing differs" in answer.content.decode()
    assert french().keys() == {"p1"}


@pytest.mark.parametrize(("words", "why"), [("\u202e", "nobody sees"), ("x" * 20_001, "20,000 characters")])
def test_words_that_cannot_be_are_refused_with_their_place(opened: Path, words: str, why: str) -> None:
    for step in ("preview", "deliver"):
        answer = signed_in("SEC").post(DELIVER, form({"p2": f"En {words} deux"}, step))
        said = answer.content.decode()
        assert answer.status_code == 400 and "Paragraph 1: " in said and why in said
    assert not french()
    signed_in("SEC").post(DELIVER, form({"p2": "\u200b"}))
    assert not french()


def test_nothing_changed_is_nothing_delivered(opened: Path) -> None:
    deliver(WORDS)
    for step in ("preview", "deliver"):
        refused = signed_in("SEC").post(DELIVER, form(WORDS, step))
        assert refused.status_code == 400 and 'role="alert"' in refused.content.decode()


def upload(data: bytes, name: str = "fr.docx", *, by: str = "SEC") -> Any:
    return signed_in(by).post(DELIVER, {**form(step="upload"), "file": SimpleUploadedFile(name, data)})


def test_a_word_file_is_understood_by_its_bookmarks_or_its_order(opened: Path) -> None:
    marked = [Paragraph(id_, words) for id_, words in reversed(WORDS.items())]
    unmarked = docx("".join(par(run(words)) for words in WORDS.values()))
    for data in (text_docx("DD", marked, "fr"), unmarked):
        response = upload(data)
        page = response.content.decode()
        assert response.status_code == 200
        assert all(f'name="words.{id_}" value="{words}"' in page for id_, words in WORDS.items())
    assert french() == {}


def test_what_a_file_has_beside_the_text_is_named(opened: Path) -> None:
    data = text_docx("DD", [Paragraph("p2", "Décide"), Paragraph("x", "Annexe")], "fr")
    page = upload(data).content.decode()
    assert "1 paragraph of the file bears no mark of this text and was left out." in page and "Annexe" not in page


@pytest.mark.parametrize("name", ["empty", "Pages", "billion laughs", "deep"])
def test_a_bad_file_gets_one_clear_sentence(opened: Path, name: str) -> None:
    make, said = bad_files.BAD[name]
    response = upload(make())
    assert response.status_code == 400 and said in response.content.decode()


def test_a_file_that_does_not_fit_is_refused(opened: Path) -> None:
    short = upload(docx(par(run("Décide"))))
    assert short.status_code == 400 and "This file has 1 and the text 5 paragraphs" in short.content.decode()
    open_ = upload(docx(par(run("Décide") + ins("que"))))
    assert open_.status_code == 400 and "holds tracked changes" in open_.content.decode()
    none = signed_in("SEC").post(DELIVER, form(step="upload"))
    assert none.status_code == 400 and "Choose a Word file first." in none.content.decode()


def test_the_secretariat_and_states_deliver_and_others_read(opened: Path) -> None:
    assert "Deliver a translation" in signed_in(SAR).get(FRENCH).content.decode()
    fields = signed_in(SAR).get(f"{DELIVER}?todo=1").content.decode()
    assert fields.count("<textarea") == 5 and "Standing: courtesy translation" in fields
    for client in (Client(), signed_in(cast.PARTNER)):
        assert [client.get(one).status_code for one in (LANGUAGES, FRENCH, DELIVER)] == [403, 403, 403]
        assert client.post(DELIVER, form({"p2": "x"})).status_code == 403
    client = signed_in(SAR)
    assert client.post(DELIVER, form({"p2": "x"}) | {"standing": "official"}).status_code == 302
    assert french()["p2"].standing == "courtesy"
    assert client.get(f"{LANGUAGES}xx/").status_code == client.get(f"{LANGUAGES}xx/deliver/").status_code == 404
    assert client.get(f"{LANGUAGES}en/").headers["Location"] == f"/en/texts/{table.SLUG}/"


def test_a_partner_reads_a_public_text_and_delivers_nothing(house: Path) -> None:
    table.open_text("public")
    client = signed_in(cast.PARTNER)
    assert "Deliver a translation" not in client.get(FRENCH).content.decode()
    refused = client.get(DELIVER)
    assert refused.status_code == 403 and 'role="alert"' in refused.content.decode()


def test_pages_take_the_same_queries_whatever_there_is(opened: Path) -> None:
    client = signed_in("SEC")
    before = {one: queries(client, one) for one in (LANGUAGES, FRENCH, DELIVER)}
    deliver(WORDS)
    next_version()
    deliver({"p3": "x"}, follows=2)
    after = {one: queries(client, one) for one in (LANGUAGES, FRENCH, DELIVER)}
    assert max(after.values()) <= 9 and all(after[one] - before[one] <= 1 for one in after), (before, after)
