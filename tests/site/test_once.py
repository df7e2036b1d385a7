"""What is made once: in each language, of what is given, and of nothing else."""

from typing import Any

import pytest

from tests.house import start


@pytest.fixture(autouse=True)
def django() -> None:
    start()


def shown(template: str, **context: Any) -> str:
    from django.template import engines

    return str(engines["django"].from_string(template).render(context))


def test_a_function_is_asked_once_in_each_language() -> None:
    from django.utils.translation import get_language, override

    from corfu.acts.once import once

    asked = []

    @once
    def said(name: str) -> str:
        asked.append(name)
        return f"{name} in {get_language()}"

    for lang in ("en", "ru", "en", "ru"):
        with override(lang):
            assert said("chair") == f"chair in {lang}"
    assert asked == ["chair", "chair"]


def test_other_organisations_are_another_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    from corfu.acts import telling

    assert telling.participant("FR").url
    monkeypatch.setattr(settings, "CORFU_PROFILES", ["exercise"])
    assert telling.participant("FR") == ("FR", "FR", "")


def test_a_part_sees_what_it_is_given_and_nothing_of_its_page() -> None:
    chip = '{% part "corfu/parts/chip.html" code="NOR" name=name %}'
    assert "quiet" not in shown(chip, name="Norvale", quiet=True, url="/elsewhere/")
    assert shown(chip, name="Norvale", quiet=True, url="/elsewhere/") == shown(chip, name="Norvale")


def test_markup_and_the_same_words_as_plain_text_are_two_parts() -> None:
    from django.utils.safestring import mark_safe

    chip = '{% part "corfu/parts/chip.html" code="NOR" name=name %}'
    assert "<b>Norvale</b>" in shown(chip, name=mark_safe("<b>Norvale</b>"))
    assert "&lt;b&gt;Norvale&lt;/b&gt;" in shown(chip, name="<b>Norvale</b>")


def test_each_row_shows_its_own_members() -> None:
    lines = '{% rows "corfu/parts/fact.html" facts standing="" %}'
    page = shown(
        lines, facts=[{"name": "Body", "value": "Council"}, {"name": "Rhythm", "value": "weekly", "url": "/w/"}]
    )
    assert page.count("<dt>") == 2 and page.index("Council") < page.index('<a href="/w/">weekly</a>')
