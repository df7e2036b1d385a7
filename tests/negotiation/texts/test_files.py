"""A text as Word files: what is sent out is what stands, and comes back as it was meant."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from corfu.formats.word.returned import returned, shown
from corfu.formats.word.round import read_base
from corfu.formats.word.views import read
from corfu.wording.model import Delete
from corfu.wording.points import take
from tests import cast
from tests.negotiation.texts import table
from tests.public.reading import queries

NOR, SAR, VEL, CHAIR = cast.SPONSOR, cast.SECOND, cast.OBJECTOR, cast.CHAIR
FILES = f"/en/texts/{table.SLUG}/"


@pytest.fixture
def opened(house: Path) -> Path:
    table.open_text()
    return house


def signed_in(code: str) -> Client:
    client = Client()
    assert client.post("/en/act-for/", {"code": code}).status_code == 302
    return client


def file(name: str, *, by: str = SAR) -> tuple[str, bytes]:
    response: Any = signed_in(by).get(FILES + name)
    assert response.status_code == 200, (name, response.status_code)
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Content-Type"].endswith("wordprocessingml.document")
    found = re.fullmatch(r'attachment; filename="(.+)"', response.headers["Content-Disposition"])
    assert found
    return found[1], bytes(response.content)


def test_the_clean_base_reads_back_as_the_text(opened: Path) -> None:
    name, data = file("base.docx")
    assert name == "DD-harbour-text-Rev.1.docx"
    assert tuple(read_base((name, lambda: data))) == table.BASE


def test_a_delegations_changes_are_tracked_and_come_back_as_its_amendment(opened: Path) -> None:
    table.file([*table.rewritten("p2", "48 hours", "24 hours"), Delete("p3")], by=NOR)
    theirs = table.file(table.rewritten("p2", "48 hours", "ten working days"), by=VEL)
    table.done("amendment.join", None, by=NOR, amendment=theirs)
    own = table.file(table.rewritten("p4", "two years", "one year"), by=VEL)
    table.done("amendment.join", None, by=NOR, amendment=own)
    name, data = file(f"tracked/{NOR}.docx")
    assert name == "DD-harbour-text-Rev.1-NOR.docx"
    found = returned(read(data, name), table.BASE, NOR)
    assert found.amendment and not found.untracked and not found.not_understood
    assert [one.text for one in shown(read(data, name).accept())] == [
        table.BASE[0].text, table.BASE[1].text, table.BASE[2].text.replace("48", "24"),
        table.BASE[4].text.replace("two years", "one year"),
    ]  # fmt: skip
    assert read(data, name).authors == ("Norvale",)


def test_the_rolling_text_names_who_wants_what(opened: Path) -> None:
    table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    name, data = file("rolling.docx")
    text = "\n".join(one.text for one in read(data, name).accept())
    assert name == "DD-harbour-text-Rev.1-rolling.docx"
    assert "[NOR: 24]" in text and "The text of DD/harbour-text/Rev.1 with what 1 delegation asks for." in text


def test_one_version_is_compared_with_another(opened: Path) -> None:
    table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    (point,) = table.state().points
    table.issue({point.key: take(1)})
    name, data = file("compare.docx?from=1&to=2")
    assert name == "DD-harbour-text-Rev.1-to-Rev.2.docx" and file("compare.docx")[1] == data
    old, new = table.state(number=1).paragraphs, table.state().paragraphs
    there = read(data, name)
    assert [one.text for one in shown(there.reject())] == [one.text for one in old]
    assert [one.text for one in shown(there.accept())] == [one.text for one in new]


def test_translators_write_in_a_file_that_knows_its_paragraphs(opened: Path) -> None:
    value = {"paragraphs": {"p2": "1. Décide que les États répondent par écrit dans les 48 heures ;"}}
    payload: dict[str, Any] = {"lang": "fr", "standing": "official", "follows": 1}
    table.done("language.deliver", value, by="SEC", document="translation", **payload)
    name, data = file("base.docx?lang=fr")
    found = read_base((name, lambda: data))
    assert name == "DD-harbour-text-Rev.1-fr.docx" and [one.id for one in found] == [one.id for one in table.BASE]
    assert [one.text for one in found][2].startswith("1. Décide") and found[3].text == table.BASE[3].text


def test_what_is_not_there_is_not_found(opened: Path) -> None:
    client = signed_in(SAR)
    for name in ("tracked/SAR.docx", "tracked/XYZ.docx", "base.docx?lang=xx", "compare.docx?from=x", "compare.docx"):
        assert client.get(FILES + name).status_code == 404, name
    assert client.post(f"{FILES}base.docx").status_code == 405


def test_files_are_for_readers_of_the_text_alone(opened: Path) -> None:
    for client in (Client(), signed_in(cast.PARTNER)):
        for name in ("base.docx", "rolling.docx", "tracked/NOR.docx", "compare.docx"):
            assert client.get(FILES + name).status_code == 403, name


def test_files_take_few_queries(opened: Path) -> None:
    table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    client = signed_in(SAR)
    found = {name: queries(client, FILES + name) for name in ("base.docx", "rolling.docx", "tracked/NOR.docx")}
    assert max(found.values()) <= 6, found
