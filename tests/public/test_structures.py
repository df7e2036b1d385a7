"""The pages of the chair, institutions, field operations and the chart."""

import re
from typing import Any

import pytest

from corfu.profiles import load
from tests.public.reading import LANGUAGES, queries, read

OSCE = load("osce")
PAGES = (
    "", "chairpersonship/", "institutions/", "institutions/odihr/", "field-operations/",
    "field-operations/mission-kosovo/", "parliamentary-assembly/", "court/", "chart/",
)  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_stands_in_every_language(public: Any, lang: str, path: str) -> None:
    assert f'<html lang="{lang}">' in read(public, f"/{lang}/structures/{path}")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_asks_often(public: Any, path: str) -> None:
    assert queries(public, f"/en/structures/{path}") <= 12


def test_the_overview_leads_everywhere(public: Any) -> None:
    page = read(public, "/en/structures/")
    assert all(f'href="/en/structures/{path}"' in page for path in PAGES if path and "kosovo" not in path)
    assert "Finland" in page and "Switzerland" in page and "2025" in page
    assert all(f"/field-operations/{one.id}/" in page for one in OSCE.field_operations if one.open)


def test_every_term_has_its_state_its_act_and_its_troika(public: Any) -> None:
    page = read(public, "/en/structures/chairpersonship/")
    for chair in OSCE.chairs:
        row = _row(page, f'id="{chair.office}-{chair.first}"')
        assert f'href="/en/countries/{chair.state.lower()}/"' in row
        assert re.search(r'href="/en/record/acts/\d+/"', row)
        assert "To be confirmed" in row or chair.source.replace("&", "&amp;") in row
    greece = _row(page, 'id="chairpersonship-2009-01-01"')
    assert "Dora Bakoyannis, George Papandreou" in greece and "Finland, Kazakhstan" in greece
    assert "State confirmed; person to be confirmed" in page
    assert "Дора Бакоянни, Георгиос Папандреу" in read(public, "/ru/structures/chairpersonship/")


def _row(page: str, mark: str) -> str:
    rest = page[page.index(f"<tr {mark}") :]
    return rest[: rest.index("</tr>")]


def test_every_tile_of_the_chair_leads_to_its_row(public: Any) -> None:
    page = read(public, "/en/structures/chairpersonship/")
    targets = set(re.findall(r'<a href="#(chairpersonship-[\d-]+)"', page))
    assert len(targets) == 36
    assert all(f'<tr id="{target}" ' in page for target in targets)


def test_every_institution_has_its_page(public: Any) -> None:
    page = read(public, "/en/structures/institutions/")
    for one in OSCE.institutions:
        assert one.name["en"] in page
        response = public.get(f"/en/structures/institutions/{one.id}/", follow=True)
        assert response.status_code == 200
    assert "Office for Free Elections" in read(public, "/en/structures/institutions/odihr/")
    assert "decides by vote" in read(public, "/en/structures/parliamentary-assembly/")
    assert "Stockholm Convention" in read(public, "/en/structures/court/")


def test_an_institution_with_a_page_of_its_own_sends_there(public: Any) -> None:
    moved = public.get("/de/structures/institutions/court/")
    assert (moved.status_code, moved.headers["Location"]) == (302, "/de/structures/court/")


@pytest.mark.parametrize("one", OSCE.field_operations, ids=lambda one: one.id)
def test_every_field_operation_has_its_page(public: Any, one: Any) -> None:
    page = read(public, f"/en/structures/field-operations/{one.id}/")
    assert one.name["en"] in page and str(one.decision) in page
    assert ("at work" if one.open else "closed") in page
    assert "To be confirmed" in page or "Uncertain" in page or one.source.replace("&", "&amp;") in page


def test_field_operations_are_listed_and_drawn(public: Any) -> None:
    page = read(public, "/en/structures/field-operations/")
    assert all(f'href="/en/structures/field-operations/{one.id}/"' in page for one in OSCE.field_operations)
    assert page.index("Project Co-ordinator in Uzbekistan</a>") < page.index('id="closed"')
    assert "from 23 February 1995, end not known" in page
    assert "PC Brief week 23/24, 2015" in page  # a source that is no address is named


def test_the_chart_has_every_body(public: Any) -> None:
    page = read(public, "/en/structures/chart/")
    assert all(page.count(f'href="/en/about/bodies/#{one.id}"') == 3 for one in OSCE.bodies)  # two drawings, one table


def test_what_is_not_there_is_not_found(public: Any) -> None:
    for path in ("institutions/nowhere/", "field-operations/nowhere/"):
        assert public.get(f"/en/structures/{path}").status_code == 404
