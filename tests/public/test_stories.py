"""The stories: the list by category, and each story with its source, box and standing in each language."""

from dataclasses import replace
from typing import Any

import pytest

from corfu.profiles import Words, load
from tests.public.reading import LANGUAGES, queries, read

OSCE = load("osce")
STORY = OSCE.story("corfu-process")
ADDRESS = "/en/stories/corfu-process/"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ["", "corfu-process/"])
def test_every_page_stands_in_every_language(public: Any, lang: str, path: str) -> None:
    page = read(public, f"/{lang}/stories/{path}")
    assert f'<html lang="{lang}">' in page and STORY.title.get(lang) in page


@pytest.mark.parametrize("path", ["", "corfu-process/"])
def test_no_page_asks_often(public: Any, path: str) -> None:
    assert queries(public, f"/en/stories/{path}") <= 12


def test_a_story_that_is_not_there_is_not_found(public: Any) -> None:
    assert public.get("/en/stories/nothing/").status_code == 404


def test_stories_are_found_by_category(public: Any) -> None:
    page = read(public, "/en/stories/?category=summits-ministerial-councils")
    assert str(STORY.title) in page and "Summits and Ministerial Councils" in page
    empty = read(public, "/en/stories/?category=nothing")
    assert str(STORY.title) not in empty and "No story is filed here." in empty


def test_a_story_has_text_box_source_category_steps_and_process(public: Any) -> None:
    page = read(public, ADDRESS)
    assert all(str(words) in page for words in (STORY.title, STORY.summary, *STORY.paragraphs, STORY.box_title))
    assert all(str(line) in page for line in STORY.box) and len(STORY.box) == 8
    assert "2 December 2010" in page and f'href="{STORY.source}"' in page and "From the source page" in page
    assert 'href="/en/stories/?category=summits-ministerial-councils"' in page
    assert 'href="/en/processes/corfu/"' in page
    assert all(f'href="/en/processes/corfu/#{step}"' in page for step in STORY.steps)


def test_every_step_a_story_tells_of_is_on_the_page_of_the_process(public: Any) -> None:
    process = read_any(public, "/en/processes/corfu/")
    assert all(f'id="{step}"' in process for step in STORY.steps)


def read_any(client: Any, address: str) -> str:
    """A page of another topic, which has tests of its own."""
    page: str = client.get(address).content.decode()
    return page


def test_a_story_says_where_a_language_is_behind(public: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from corfu.acts import telling

    whole = {"en": "One.", "fr": "Un."}
    told = replace(
        STORY, title=Words({"en": "Story", "fr": "Histoire"}), summary=Words(whole), box_title=Words(whole),
        paragraphs=(Words(whole), Words("Two.")), box=(), related=("second",),
    )  # fmt: skip
    second = replace(told, id="second", title=Words("Another"), paragraphs=(Words(whole),), related=())
    monkeypatch.setattr(telling, "house", lambda: replace(OSCE, stories=(told, second)))
    french, german = read(public, "/fr/stories/corfu-process/"), read(public, "/de/stories/corfu-process/")
    assert '<span lang="en">Two.</span>' in french and "<p>Un.</p>" in french
    assert french.count("tag tag-open") == 6  # the note above the text, and five languages that lack some or all of it
    assert 'href="/fr/stories/second/"' in french
    assert '<h1 lang="en">Story</h1>' in german
