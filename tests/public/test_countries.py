"""The pages of countries and organisations, over the record of the demonstration."""

import re
from typing import Any

import pytest

from corfu.profiles import load
from tests.public.reading import LANGUAGES, queries, read

OSCE = load("osce")
EVERYONE = (*OSCE.states, *OSCE.former, *(one for one in OSCE.partners if not one.until), *OSCE.organisations)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_has_everyone_in_the_order_of_its_language(public: Any, lang: str) -> None:
    page = read(public, f"/{lang}/countries/")
    assert all(f'href="/{lang}/countries/{one.slug}/"' in page for one in EVERYONE)
    listed = page[page.index('id="states"') : page.index('id="mediterranean"')]
    slugs = re.findall(rf'href="/{lang}/countries/([a-z-]+)/"', listed)
    assert slugs == [one.slug for one in OSCE.in_order(lang)]
    assert len(slugs) == 57


def test_the_list_parts_both_groups_of_partners(public: Any) -> None:
    page = read(public, "/en/countries/")
    asian = page[page.index('id="asian"') :]
    assert "Thailand" in asian[: asian.index("</section>")]
    assert "Mongolia" not in asian[: asian.index("</section>")]


def test_the_map_is_links_with_names(public: Any) -> None:
    page = read(public, "/fr/countries/")
    assert page.count('<a href="/fr/countries/kz/" aria-label="Kazakhstan">') == 2  # wide, and for phones
    assert 'role="group"' in page


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("slug", ["kz", "mn", "jp", "nato", "osce-pa", "cs"])
def test_a_participant_has_a_page_in_every_language(public: Any, lang: str, slug: str) -> None:
    page = read(public, f"/{lang}/countries/{slug}/")
    one = OSCE.participant(slug)
    assert f">{one.name.get(lang)}</h1>" in page
    assert all(one.name[other] in page for other in LANGUAGES)


@pytest.mark.parametrize("one", EVERYONE, ids=lambda one: one.code)
def test_everyone_has_a_page(public: Any, one: Any) -> None:
    page = read(public, f"/en/countries/{one.slug}/")
    assert one.name["en"].replace("'", "&#x27;") in page
    assert not one.url or f'href="{one.url}"' in page.replace("&amp;", "&")


def test_a_chair_of_the_process_tells_all_it_did(public: Any) -> None:
    page = read(public, "/en/countries/kz/")
    for fact in (
        "30 January 1992", "KZ · KAZ", "Kanat Saudabayev", "person to be confirmed", "Themes for the Summit",
        "Interim report of the chair", "Programme Office in Astana", "Казахстан", "Kasachstan",
    ):  # fmt: skip
        assert fact in page
    assert 'rel="prev" href="/en/countries/it/"' in page and 'rel="next" href="/en/countries/kg/"' in page
    assert re.search(r'href="/en/record/acts/\d+/"', page)


def test_the_neighbours_follow_the_alphabet_of_the_page(public: Any) -> None:
    assert 'rel="next" href="/ru/countries/ca/"' in read(public, "/ru/countries/kz/")


def test_a_partner_that_became_a_state_says_so(public: Any) -> None:
    page = read(public, "/en/countries/mn/")
    assert "Before that, a partner" in page and "2004 – 2012" in page


def test_a_state_that_is_no_more_keeps_its_page(public: Any) -> None:
    page = read(public, "/en/countries/cs/")
    assert "Former participating State" in page and "Jiří Dienstbier" in page and "To be confirmed" in page


def test_who_said_nothing_in_public_is_not_made_to_speak(public: Any) -> None:
    page = read(public, "/en/countries/mc/")
    assert "Nothing of it is on the public record yet." in page
    assert "No term of it in the chair is on record." in page and "No key is enrolled." in page


def test_an_invented_state_says_that_it_is(public: Any) -> None:
    page = read(public, "/en/countries/nor/")
    assert "The Lumera Concord" in page and "delegation/NOR+" in page and "Proposals and positions" not in page


def test_an_unknown_country_is_not_found(public: Any) -> None:
    assert public.get("/en/countries/xx/").status_code == 404
    moved = public.get("/en/countries/FR/")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/en/countries/fr/")


def test_a_page_asks_the_same_number_of_times_whoever_it_is_about(public: Any) -> None:
    much, little = queries(public, "/en/countries/kz/"), queries(public, "/en/countries/nl/")
    assert 0 <= much - little <= 1  # sponsors are asked for only where there are proposals
    assert much <= 12
    assert queries(public, "/en/countries/") <= 12
