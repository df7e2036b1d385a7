"""The open points of the chair's desk as the inside of its form: each paragraph, beneath it a choice for each point.

Markup is put together here and not in a template, as in `edition`: a desk has hundreds of choices. Every word that
comes from people is escaped on its way in. Rows are those of `desk_told.points`. Styles: `text.css`.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from corfu.acts import telling
from corfu.negotiation.texts.as_filed import quoted

Row = dict[str, Any]
_CARET: Final = "‸"


def points(groups: Iterable[Row], lang: str, suggest: str) -> SafeString:
    """All groups. `lang`: of the text; `suggest`: the address of the page of suggestions."""
    desk = _Desk(lang, suggest)
    made = (part for n, group in enumerate(groups, start=1) for part in desk.group(group, n))
    return mark_safe("".join(made))  # noqa: S308 - escaped here


def kept(fields: Iterable[tuple[str, str]]) -> SafeString:
    """Fields that a form carries and does not show."""
    made = (f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in fields)
    return mark_safe("".join(made))  # noqa: S308 - escaped here


class _Desk:
    """What every point needs, looked up once for a page: the texts of the interface, the language of the words."""

    def __init__(self, lang: str, suggest: str) -> None:
        self.lang = f' lang="{lang}"' if lang != telling.language() else ""
        self.to = f' formaction="{escape(suggest)}"'
        fresh, gone = gettext("new since you looked"), gettext("what you chose is withdrawn")
        self.fresh = f' <span class="tag tag-open">{escape(fresh)}</span>'
        self.gone = f' <span class="tag tag-gone">{escape(gone)}</span>'
        self.open = escape(gettext("Still open"))
        self.own = escape(gettext("The chair’s own wording"))
        self.wording = escape(gettext("Wording"))
        self.draws = escape(gettext("It draws on"))
        self.suggest = escape(gettext("Suggest a wording"))
        self.suggests = escape(gettext("Chair suggests"))
        self.take_back = escape(gettext("Take the suggestion back"))
        self.told = escape(gettext("Everybody who reads the text sees at once that it is gone."))
        unanswered = gettext("No answer yet.")
        self.unanswered = f'<p class="meta">{escape(unanswered)}</p>'

    def group(self, group: Row, n: int) -> Iterator[str]:
        """A paragraph in its words, and its points."""
        new = " new" if group["added"] else ""
        yield f'<div class="desk-para"><h3 id="g{n}">{escape(group["name"])}</h3>\n'
        yield f'<p class="words{new}"{self.lang}>{"".join(map(self._part, group["parts"]))}</p>\n'
        yield from (f'<p class="meta">{escape(one)}</p>\n' for one in group["reserves"])
        for point in group["points"]:
            yield from self._point(point)
        yield "</div>\n"

    def _part(self, part: Row) -> str:
        words = escape(part["text"])
        if not part["number"]:
            return words
        return f'<span class="span">{words or _CARET}<sup>{part["number"]}</sup></span>'

    def _point(self, point: Row) -> Iterator[str]:
        key, wrong = point["key"], " wrong" if point["fault"] else ""
        marks = (self.fresh if point["fresh"] else "") + (self.gone if point["gone"] else "")
        yield f'<fieldset class="point{wrong}" id="point-{key}">'
        yield f"<legend>{escape(point['kind'])}{marks}</legend>"
        yield f'<input type="hidden" name="seen" value="{escape(point["seen"])}">\n'
        if point["fault"]:
            yield f'<p class="error" id="fault-{key}">{escape(point["fault"])}</p>\n'
        yield self._radio(key, "open", 0, self.open, chosen=point["open"])
        for one in point["variants"]:
            yield self._radio(key, one["name"], one["digit"], self._variant(one), chosen=one["chosen"])
        if point["worded"]:
            yield self._radio(key, "own", point["own_digit"], self.own, chosen=point["own"])
            yield from self._own(point)
            yield from map(self._suggestion, point["suggestions"])
            yield f'<button class="quiet small" name="point" value="{key}"{self.to}>{self.suggest}</button>'
        yield "</fieldset>\n"

    def _radio(self, key: str, value: str, digit: int, label: str, *, chosen: bool) -> str:
        """A choice, with the digit that makes it; beyond nine there is none."""
        shown, own = digit if digit < 10 else "", " own" if value == "own" else ""
        field = f'<input type="radio" name="how-{key}" id="{key}-{value}" value="{value}"{" checked" * chosen}>'
        label = f'<label for="{key}-{value}">{label}</label>'
        return f'<div class="choice{own}"><kbd aria-hidden="true">{shown}</kbd>{field}{label}</div>\n'

    def _variant(self, one: Row) -> str:
        text = f'<span class="wording"{self.lang}>{escape(one["text"])}</span>' if one["text"] else ""
        who = f' <span class="names">{escape(one["who"])}</span>' if one["who"] else ""
        colon = ": " if one["say"] and text else ""
        stances = "".join(f'<span class="stance">{_stance(said)}</span>' for said in one["positions"])
        return f"{escape(one['say'])}{colon}{text}{who}{self.fresh if one['fresh'] else ''}{stances}"

    def _own(self, point: Row) -> Iterator[str]:
        key = point["key"]
        wrong = f' aria-invalid="true" aria-describedby="fault-{key}"' if point["fault"] else ""
        yield f'<div class="own-field"><label class="unseen" for="text-{key}">{self.wording}</label>'
        yield f'<textarea class="words" rows="2" id="text-{key}" name="text-{key}"{self.lang}{wrong}>\n'
        yield f"{escape(point['text'])}</textarea>"
        if point["drawable"]:
            yield f'<fieldset class="draws"><legend>{self.draws}</legend>'
            yield from (self._draw(key, one) for one in point["drawable"])
            yield "</fieldset>"
        yield "</div>\n"

    def _draw(self, key: str, one: Row) -> str:
        id_, ticked = f"{key}-d-{one['name']}", " checked" * one["drawn"]
        words = f'<span class="wording"{self.lang}>{escape(one["text"])}</span>' if one["text"] else escape(one["say"])
        field = f'<input type="checkbox" name="draws-{key}" id="{id_}" value="{one["name"]}"{ticked}>'
        label = f'<label for="{id_}">{words} <span class="names">{escape(one["who"])}</span></label>'
        return f'<div class="choice">{field}{label}</div>'

    def _suggestion(self, one: Row) -> str:
        act = escape(gettext("Act %(number)d") % {"number": one["act"]})
        said = escape(gettext("drawing on %(names)s") % {"names": one["draws"]}) if one["draws"] else ""
        answers = "".join(f'<p class="stance">{_stance(said)}</p>' for said in one["answers"])
        words = f'<span class="wording"{self.lang}>{escape(one["text"])}</span> <span class="names">{said}</span>'
        take_back = f'<button class="quiet small" name="withdraw" value="{escape(one["id"])}"{self.to}>'
        return (
            f'<div class="suggested"><p><span class="tag tag-accent">{self.suggests}</span> {words} '
            f'<a href="{one["act_url"]}">{act}</a></p>{quoted(one["note"])}{answers or self.unanswered}'
            f'{take_back}{self.take_back}</button> <span class="meta">{self.told}</span></div>\n'
        )


def _stance(said: Row) -> str:
    notes = f" ({escape(said['notes'])})" if said["notes"] else ""
    return f"{escape(said['names'])}: {escape(said['stance'])}{notes}"
