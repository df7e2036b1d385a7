"""The pages about us: chair, bodies, posts, principles, rules, and what is told of the house."""

import re
from html import escape
from pathlib import Path
from typing import Any

import pytest

from corfu.profiles import load
from tests.public.reading import LANGUAGES, queries, read

OSCE = load("osce")
TOLD = ("finance/", "oversight/", "employment/", "networks/")
PAGES = ("", "chair/", "bodies/", "leadership/", "principles/", "rules/", "accessibility/", *TOLD)
SOURCES = Path(__file__).resolve().parents[2] / "src" / "corfu"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_stands_in_every_language(public: Any, lang: str, path: str) -> None:
    assert f'<html lang="{lang}">' in read(public, f"/{lang}/about/{path}")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_asks_often(public: Any, path: str) -> None:
    assert queries(public, f"/en/about/{path}") <= 12


def test_what_is_not_told_is_not_found(public: Any) -> None:
    assert public.get("/en/about/nothing/").status_code == 404
    assert public.get("/en/about/projects/").status_code == 404


def test_the_doors_lead_to_every_page(public: Any) -> None:
    page = read(public, "/en/about/")
    assert all(f'href="/en/about/{path}"' in page for path in PAGES)


def test_the_chair_of_this_year_stands_between_the_one_before_and_the_next(public: Any) -> None:
    page = read(public, "/en/about/chair/")
    finland, switzerland, unknown = (page.index(name) for name in ("Finland</a>", "Switzerland</a>", "Not known yet"))
    assert finland < switzerland < unknown
    assert "Ignazio Cassis" in page and "State confirmed; person to be confirmed" in page
    assert "Who holds it today is not known here" in page  # the chair of the Forum
    assert "meeting.call" in page and 'href="/en/about/rules/#silence-start"' in page


def test_every_body_says_who_meets_when_and_how_it_decides(public: Any) -> None:
    page = read(public, "/en/about/bodies/")
    for body in OSCE.bodies:
        card = _part(page, f'<article class="card" id="{body.id}"', "</article>")
        said = (body.name, body.level, body.meets, body.chair, body.decides_on)
        assert all(escape(str(words)) in card for words in said), body.id
        assert ("/about/rules/#consensus" in card) == body.decides
        assert "To be confirmed" in card or body.url in card
    assert "/about/rules/#silence-mc" in _part(page, 'id="ministerial-council"', "</article>")


def _part(page: str, first: str, last: str) -> str:
    rest = page[page.index(first) :]
    return rest[: rest.index(last)]


def test_every_post_stands_with_its_house(public: Any) -> None:
    page = read(public, "/en/about/leadership/")
    assert len(OSCE.posts) == 22
    houses = {one.id: one.name for one in OSCE.institutions} | {one.id: one.name for one in OSCE.field_operations}
    for post in OSCE.posts:
        row = _part(page, f'<li id="{post.id}"', "</li>")
        assert str(post.title) in row and f">{houses[post.unit]}</a>" in row and "From the source page" in row
        (house,) = re.findall(r'href="(/en/structures/[^"]+)"', row)
        assert public.get(house.partition("#")[0]).status_code == 200


def test_the_three_principles_stand_with_their_document(public: Any) -> None:
    page = read(public, "/en/about/principles/")
    assert all(escape(str(one.title)) in page for one in OSCE.principles)
    assert page.count("From the source page") == len(OSCE.principles) == 3
    (decision,) = re.findall(r'href="(/en/decisions/[^"]+)">MC.DOC/1/09', page)
    assert public.get(decision).status_code == 200


def test_every_rule_has_its_sentence_paragraph_standing_and_source(public: Any) -> None:
    page = read(public, "/en/about/rules/")
    for rule in OSCE.rules:
        row = _part(page, f'<li id="{rule.id}"', "</li>")
        assert f"{rule.text}." in row and rule.paragraph in row and rule.url in row
        assert ("To be confirmed" in row) == (rule.standing in {"recalled", "uncertain", "not-found"})


def test_every_rule_that_code_cites_has_its_sentence(public: Any) -> None:
    from corfu.acts import registry

    texts = [path.read_text() for path in SOURCES.rglob("*.py")]
    cited = {rule for text in texts for rule in re.findall(r'"(house\.[a-z]+)"', text)}
    cited |= {rule for kind in registry.kinds() for rule in kind.rules}
    page = read(public, "/en/about/rules/")
    assert len(cited) > 10
    assert [rule for rule in sorted(cited) if f'<li id="{rule}"' not in page] == []


def test_every_mechanism_stands_as_steps_with_limits(public: Any) -> None:
    page = read(public, "/en/about/rules/")
    for one in OSCE.mechanisms:
        fold = _part(page, f'<details class="fold" id="{one.id}"', "</details>")
        assert all(escape(str(words)) in fold for words in (one.name, one.trigger, one.invoker, one.document))
        assert all(escape(str(step.action)) in fold for step in one.steps)
    berlin = _part(page, 'id="berlin"', "</details>")
    assert berlin.count("48 hours") == 3 and "72 hours" in berlin and "2 days" in berlin
    assert re.search(r"15 (décembre|December)", _part(page, 'id="vd-annual-exchange"', "</details>"))


def test_a_source_without_an_address_is_named(public: Any) -> None:
    fold = _part(read(public, "/en/about/rules/"), 'id="vd-17"', "</details>")
    assert "Source: FSC.DOC/1/11 (Vienna Document 2011), not read by look-up" in fold
    assert "To be confirmed" in fold


@pytest.mark.parametrize("path", TOLD)
def test_every_sentence_says_how_well_it_is_known(public: Any, path: str) -> None:
    page = read(public, f"/en/about/{path}")
    for one in OSCE.page(path.strip("/")).sentences:
        row = _part(page, f'<li id="{one.id}"', "</li>")
        assert str(one.text) in row
        assert "To be confirmed" in row or "From the source page" in row or one.url in row


def test_an_organization_that_tells_nothing_says_what_to_do(public: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from corfu.acts import telling

    bare = replace(OSCE, about=(), posts=(), principles=(), mechanisms=(), symbols=(), history=None, stories=())
    monkeypatch.setattr(telling, "house", lambda: bare)
    assert "about.toml" in read(public, "/en/about/finance/")
    assert "posts.csv" in read(public, "/en/about/leadership/")
    assert "principles.toml" in read(public, "/en/about/principles/")
    for path in ("about/", "about/rules/", "our-work/", "our-work/fields/", "our-work/projects/", "stories/"):
        read(public, f"/en/{path}")


@pytest.mark.parametrize(
    "path", [*PAGES, "../our-work/", "../our-work/fields/", "../our-work/projects/", "../stories/"]
)
def test_another_organization_has_every_page(public: Any, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    from corfu.acts import telling

    monkeypatch.setattr(telling, "house", lambda: load("exercise"))
    read(public, f"/fr/about/{path}".replace("about/../", ""))


def test_the_statement_on_accessibility_says_what_is_missing(public: Any) -> None:
    page = read(public, "/en/about/accessibility/")
    assert "What is missing" in page and "No one from outside has audited them." in page
