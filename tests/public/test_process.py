"""The page of the Corfu Process and its meetings: every sentence of fact leads to an act and a source."""

import re
from typing import Any

import pytest

from corfu.profiles import load
from corfu.profiles.sorting import sort_key
from tests.public.reading import LANGUAGES, read

OSCE = load("osce")
_ACT = re.compile(r'href="/en/record/acts/\d+/"')


def section(page: str, id_: str) -> str:
    found = re.search(rf'<section[^>]* id="{id_}">.*?</section>', page, re.DOTALL)
    assert found, id_
    return found[0]


def items(part: str, mark: str) -> list[str]:
    return re.split(rf"<li class=\"{mark}" if mark else "<li", part)[1:]


def test_each_principle_chair_step_proposal_and_the_outcome_lead_to_an_act(public: Any) -> None:
    page = read(public, "/en/processes/corfu/")
    assert _ACT.search(page[: page.index("</header>", page.index("<h1"))]), "what it is"
    for id_, mark in (("principles", ""), ("steps", "event")):
        assert all(_ACT.search(item) for item in items(section(page, id_), mark)), id_
    assert _ACT.search(section(page, "outcome"))
    proposals = section(page, "proposals").split("<ul class=")[1]
    assert all(_ACT.search(item) for item in items(proposals, ""))
    assert len(_ACT.findall(section(page, "chairs"))) == 3


def test_what_a_careful_reader_should_know_stands_with_the_fact(public: Any) -> None:
    page = read(public, "/en/processes/corfu/")
    assert page.count("Press account") >= 7 and page.count("In the EU Presidency&#x27;s name.") == 2
    assert "all 56 States, about 50 ministers" in page
    assert "seed" not in page and "brief" not in page


def test_what_came_after_is_told_beside_the_outcome(public: Any) -> None:
    outcome = section(read(public, "/en/processes/corfu/"), "outcome")
    assert OSCE.history
    after = [step for step in OSCE.history.steps if str(step.date) > "2010"]
    later = [step.id for step in after if str(step.date)[:4] > "2010"]
    assert re.findall(r'href="#([^"]+)"', outcome) == later


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sponsors_stand_in_the_order_of_the_language(public: Any, lang: str) -> None:
    page = read(public, f"/{lang}/processes/corfu/")
    chips = page[page.index('id="sponsors"') :].split("</ul>")[0]
    names = re.findall(rf'href="/{lang}/countries/[a-z]+/"[^>]*>.*?</span>\s*([^<]+)</a>', chips, re.DOTALL)
    assert len(names) > 15 and names == sorted(names, key=lambda name: sort_key(name, lang))


def test_the_meeting_on_corfu_says_who_came_and_what_came_of_it(public: Any) -> None:
    page = read(public, "/en/meetings/2009-corfu/")
    assert "The Corfu Process is launched" in page and "all 56 States" in page
    assert all(f'href="/en/countries/{code}/"' in page for code in ("nato", "eu", "csto", "cis"))
    assert 'href="/en/processes/corfu/#2009-06-27-corfu"' in page


@pytest.mark.parametrize(
    ("lang", "dated", "said"),
    [
        ("en", "2009-12-01", "1 December 2009"),
        ("fr", "2009-12-01", "1er décembre 2009"),
        ("fr", "2009-12-01/2009-12-02", "1er–2 décembre 2009"),
        ("fr", "2009-12-11", "11 décembre 2009"),
        ("it", "2009-12-01", "1º dicembre 2009"),
        ("de", "2009-12-01/2009-12-02", "1.–2. Dezember 2009"),
        ("es", "2009-12-01/2009-12-02", "1–2 de diciembre de 2009"),
        ("ru", "1994-06-02/1995-12", "2 июня 1994 г. – декабрь 1995 г."),
    ],
)
def test_dates_are_written_as_the_language_writes_them(public: Any, lang: str, dated: str, said: str) -> None:
    from django.utils.translation import override

    from corfu.acts import telling

    with override(lang):
        assert telling.when(dated).replace("\N{NO-BREAK SPACE}", " ") == said
