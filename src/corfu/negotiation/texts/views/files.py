"""Texts as Word files: the rolling text, a delegation's tracked changes, version to version, the clean base."""

import re
from datetime import UTC, datetime
from typing import Final

from django.http import Http404, HttpResponse
from django.urls import URLPattern, path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from corfu.acts import telling
from corfu.formats.compilation import Compilation
from corfu.formats.word.clean import SPELLING, text_docx
from corfu.formats.word.rolling import rolling_docx
from corfu.formats.word.tracked import redline, tracked
from corfu.negotiation.texts import asks, queries, told_languages
from corfu.negotiation.texts.asking import Asked, of_text
from corfu.negotiation.texts.models import Revision
from corfu.wording import plain
from corfu.wording.model import Kind

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@of_text
def base(asked: Asked) -> HttpResponse:
    """The clean base of the version that stands, each paragraph under a bookmark with its id: to be sent out, changed
    and uploaded. With `lang`, for translators: in that language where there is a translation, else as it is."""
    state, lang = asked.state(), asked.request.GET.get("lang", asked.text.lang)
    if lang == asked.text.lang:
        data = text_docx(_title(asked, state.number), state.paragraphs, lang)
        return _file(data, _name(asked, state.number))
    if lang not in told_languages.offered(asked.text):
        raise Http404
    paragraphs = told_languages.translated(asked.text, state, lang)
    return _file(text_docx(_title(asked, state.number), paragraphs, lang), f"{_name(asked, state.number)}-{lang}")


@require_safe
@of_text
def rolling(asked: Asked) -> HttpResponse:
    """The text that stands with brackets and names."""
    state, profile = asked.state(), telling.profile(asked.text.organisation)
    lang = telling.language()
    names = {one.code: one.name.get(lang) for one in profile.in_order(lang)}
    called = f"{asked.text.symbol}/Rev.{state.number}"
    title = next((one.text for one in state.paragraphs if one.kind is Kind.TITLE), telling.words(asked.text).text)
    compilation = Compilation(title, called, state.version, state.rolling, (), names)
    data = rolling_docx(compilation, SPELLING.get(asked.text.lang, asked.text.lang))
    return _file(data, f"{_name(asked, state.number)}-rolling")


@require_safe
@of_text
def of_delegation(asked: Asked, code: str) -> HttpResponse:
    """The text that stands as one delegation wants it, in tracked changes."""
    state = asked.state()
    wanted = asks.of(state, code)
    if wanted is None:
        raise Http404
    clean = text_docx(_title(asked, state.number), state.paragraphs, asked.text.lang)
    name, last = _name(asked, state.number), max(one.row.at for one in state.of(code))
    author = telling.participant(code).name
    return _file(tracked(clean, name, state.paragraphs, wanted, author, _instant(last)), f"{name}-{code}")


@require_safe
@of_text
def compare(asked: Asked) -> HttpResponse:
    """The way from one version to another, in tracked changes; the last two where none are named."""
    old = _revision(asked, "from", asked.text.number - 1)
    new = _revision(asked, "to", asked.text.number)
    before, after = plain.paragraphs_from(old.paragraphs), plain.paragraphs_from(new.paragraphs)
    clean = text_docx(_title(asked, old.number), before, asked.text.lang)
    name, author = _name(asked, old.number), f"{asked.text.symbol}/Rev.{new.number}"
    data = redline(clean, name, before, after, author, _instant(new.at))
    return _file(data, f"{name}-to-Rev.{new.number}")


def _revision(asked: Asked, name: str, usual: int) -> Revision:
    given = asked.request.GET.get(name, str(usual))
    found = queries.revision(asked.text, int(given)) if re.fullmatch("[0-9]{1,6}", given) else None
    if found is None:
        raise Http404
    return found


def _title(asked: Asked, number: int) -> str:
    """What stands at the head of every page of a file."""
    return f"{asked.text.symbol}/Rev.{number} · {telling.words(asked.text).text}"


def _name(asked: Asked, number: int) -> str:
    """The name of a file: DD/7 at its fourth revision is "DD-7-Rev.4"."""
    symbol = re.sub(r"[^\w.]+", "-", asked.text.symbol).strip("-.")
    return f"{symbol}-Rev.{number}"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _file(data: bytes, name: str) -> HttpResponse:
    """A download that nothing on its way keeps."""
    disposition = content_disposition_header(True, f"{name}.docx")
    headers = {"Content-Disposition": str(disposition), "Cache-Control": "private, no-store"}
    return HttpResponse(data, content_type=WORD, headers=headers)


urls: list[URLPattern] = [
    path("texts/<slug:slug>/base.docx", base, name="base"),
    path("texts/<slug:slug>/rolling.docx", rolling, name="rolling"),
    path("texts/<slug:slug>/tracked/<str:code>.docx", of_delegation, name="tracked"),
    path("texts/<slug:slug>/compare.docx", compare, name="redline"),
]
