"""The home page: empty, with the demonstration's record, and for who acts in the exercise."""

from pathlib import Path
from typing import Any

import pytest

from tests.house import installation
from tests.public.reading import LANGUAGES, queries, read


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_stands_in_every_language(public: Any, lang: str) -> None:
    assert f'<html lang="{lang}">' in read(public, f"/{lang}/")


def test_it_tells_the_process_with_its_line(public: Any) -> None:
    page = read(public, "/en/")
    assert "The Corfu Process" in page and page.count('class="d"') == 2
    for step in ("A war", "Helsinki", "Athens", "Almaty", "Astana", "27–28 June 2009"):
        assert step in page
    assert 'href="/en/processes/corfu/"' in page and 'href="/en/countries/gr/"' in page


def test_it_shows_the_latest_decisions_and_the_story(public: Any) -> None:
    page = read(public, "/en/")
    assert "Astana Commemorative Declaration" in page and "MC.DEC/1/10" in page
    assert 'href="/en/stories/corfu-process/"' in page
    assert "No meeting is called." in page and 'href="/en/meetings/"' in page


def test_one_click_acts_for_a_delegation_and_back(public: Any) -> None:
    page = read(public, "/en/")
    assert '<option value="NOR">Norvale (NOR)</option>' in page and "csrfmiddlewaretoken" in page
    assert public.post("/en/act-for/", {"code": "NOR"}).status_code == 302
    page = read(public, "/en/")
    assert "You act for Norvale." in page and '<option value="NOR" selected>' in page
    public.post("/en/act-for/", {"code": ""})
    assert "You act for" not in read(public, "/en/")


def test_without_an_exercise_there_is_no_such_way_in(public: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    monkeypatch.setattr(settings, "CORFU_EXERCISE", False)
    assert "act-for" not in read(public, "/en/")


def test_it_asks_seldom(public: Any) -> None:
    assert queries(public, "/en/") <= 12


def test_an_empty_house_says_what_comes_next(tmp_path: Path) -> None:
    with installation(tmp_path / "empty"):
        from django.test import Client

        page = read(Client(), "/en/")
        assert "No process is under way" in page and "Nothing has been decided yet." in page
        page = read(Client(), "/en/countries/kz/")
        assert "No act concerns it yet." in page
