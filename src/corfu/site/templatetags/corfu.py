"""How rows become text in templates (`corfu.acts.telling`)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from corfu.acts import telling
from corfu.acts.once import once

register = template.Library()


@register.simple_tag
def part(template_name: str, **given: Any) -> SafeString:
    """A template that shows what it is given and nothing else: `{% include … with … only %}`, made once."""
    return _part(template_name, **given)


@register.simple_tag
def rows(template_name: str, found: Iterable[Mapping[str, Any]], **given: Any) -> SafeString:
    """The same template for each row of a list, whose members are the names that it shows."""
    return mark_safe("".join(_part(template_name, **given, **row) for row in found))  # noqa: S308 - as below


@once
def _part(template_name: str, **given: Any) -> SafeString:
    return mark_safe(render_to_string(template_name, given))  # noqa: S308 - from a template, which escapes


@register.filter
def words(row: Any, name: str = "title") -> SafeString | str:
    """A row's text in the page's language; where it is in another one, that is marked."""
    return _marked(telling.words(row, name))


@register.filter
def plain(row: Any, name: str = "title") -> str:
    """The same as bare text, for titles and attributes."""
    return telling.words(row, name).text


@register.filter
def text(value: Any) -> SafeString | str:
    """A profile's text in the page's language, marked where it is in English for want of it."""
    return _marked(telling.text(value))


def _marked(told: telling.Told) -> SafeString | str:
    return format_html('<span lang="{}">{}</span>', told.lang, told.text) if told.lang else told.text


@register.filter
def sentence(value: Any) -> str:
    """A remark of a row, written as a note, as a sentence: with its capital and its full stop."""
    said = str(value).strip()
    whole = not said or said[-1] in ".!?…:»”" or said.rpartition(" ")[2].startswith("http")
    return f"{said[:1].upper()}{said[1:]}{'' if whole else '.'}"


@register.filter
def dated(value: Any) -> str:
    """A date as exactly as it is known, in the page's language."""
    return telling.when(str(value or ""))


@register.filter
def machine(value: Any) -> str:
    """The first day of a date, for the `datetime` of `<time>`."""
    return telling.machine(str(value or ""))


@register.filter
def participant(code: Any) -> telling.Named:
    """A participant by its code: code, name, url."""
    return telling.participant(str(code))


@register.simple_tag
def exercise_delegations() -> list[telling.Named]:
    """The States of the exercise, in the order of the page's language: one click signs in as any of them."""
    profile = telling.profile("exercise")
    return [telling.participant(one.code) for one in profile.in_order(telling.language())]
