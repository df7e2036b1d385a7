"""The pages of our work: fields of work, projects, the way to the field operations."""

import re
from typing import Any

import pytest

from corfu.profiles import load
from tests.public.reading import LANGUAGES, queries, read

OSCE = load("osce")
PAGES = ("", "fields/", "projects/")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_stands_in_every_language(public: Any, lang: str, path: str) -> None:
    assert f'<html lang="{lang}">' in read(public, f"/{lang}/our-work/{path}")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_asks_often(public: Any, path: str) -> None:
    assert queries(public, f"/en/our-work/{path}") <= 12


def test_the_doors_lead_to_fields_operations_and_projects(public: Any) -> None:
    page = read(public, "/en/our-work/")
    assert all(f'href="/en/our-work/{path}"' in page for path in ("fields/", "field-operations/", "projects/"))
    assert all(f"/field-operations/{one.id}/" in page for one in OSCE.field_operations if one.open)
    assert "12 at work today, 22 closed" in page


def test_field_operations_stand_under_structures(public: Any) -> None:
    response = public.get("/fr/our-work/field-operations/")
    assert (response.status_code, response["Location"]) == (302, "/fr/structures/field-operations/")


def test_each_topic_stands_once_with_what_is_on_the_table(public: Any) -> None:
    page = read(public, "/en/our-work/fields/")
    assert re.findall(r'id="topic-([^"]+)"', page) == [
        "conflict-cycle", "arms-control", "economic-environmental", "human-rights",
        "implementation", "transnational-threats", "effectiveness", "other-organizations",
    ]  # fmt: skip
    counted = [int(count) for count in re.findall(r"<b>(\d+)</b>", page)]
    assert sum(counted) == 26 and len(counted) == 8
    assert all(f'href="/en/processes/corfu/topics/{one.id}/"' in page for one in OSCE.topics)


def test_each_field_has_its_bodies_and_kinds_of_meeting(public: Any) -> None:
    page = read(public, "/en/our-work/fields/")
    bands = {one.id: _band(page, one.id) for one in OSCE.dimensions}
    for body in OSCE.bodies:
        assert not body.dimension or f"/about/bodies/#{body.id}" in bands[body.dimension]
    for kind in OSCE.meeting_kinds:
        assert f"/meetings/kinds/{kind.id}/" in bands[kind.dimension]
    assert "14 mechanisms" in bands["politico-military"]


def _band(page: str, id_: str) -> str:
    rest = page[page.index(f'<section class="band" id="{id_}"') + 1 :]
    return rest[: rest.index('<section class="band"')]


def test_every_sentence_says_how_well_it_is_known(public: Any) -> None:
    page = read(public, "/en/our-work/projects/")
    sentences = OSCE.page("projects").sentences
    assert all(str(one.text) in page for one in sentences)
    assert page.count("To be confirmed") == len(sentences)
