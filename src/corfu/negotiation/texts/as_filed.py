"""The amendments on a version one after the other, as they came in: for the chair's desk, and on a page of their own.

Markup is put together here and not in a template, as in `edition`. Every word that comes from people is escaped on its
way in.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from corfu.acts import telling
from corfu.negotiation.texts import told_acts
from corfu.negotiation.texts.state import Filed, State


def on_the_table(state: State) -> list[Filed]:
    """All amendments on the table, the oldest first."""
    return sorted(state.filed.values(), key=lambda one: one.row.place)


def came_in(state: State) -> list[Filed]:
    """What was filed on this version, the oldest first."""
    return [one for one in on_the_table(state) if one.row.number == state.number]


def html(several: Iterable[Filed], state: State) -> SafeString:
    """Items of a list: when and in which act, by whom and with whom, what it asks, and why."""
    made = (part for one in several for part in _item(one, state))
    return mark_safe("".join(made))  # noqa: S308 - escaped here


def _item(one: Filed, state: State) -> Iterator[str]:
    row = one.row
    said, renew = gettext("Act %(number)d") % {"number": row.place}, gettext("support to be renewed")
    url = telling.act_of(row.place)["act_url"]
    when = telling.instant(row.at.timestamp())
    earlier = gettext("filed on Rev.%(number)d") % {"number": row.number} if row.number != state.number else ""
    yield f'<li><p class="meta row"><time datetime="{row.at.isoformat()}">{escape(when)}</time> '
    yield f'<a href="{url}">{escape(said)}</a>{f" <span>{escape(earlier)}</span>" if earlier else ""}</p>'
    url = reverse("texts:amendment", args=[state.text.slug, row.pk])
    yield f'<h3><a href="{url}">{escape(telling.participant(row.author).name)}</a>{_joined(one, state)}</h3>'
    if one.to_renew:
        names = escape(told_acts.names(state.text, one.to_renew))
        yield f'<p class="meta"><span class="tag tag-open">{escape(renew)}</span> {names}</p>'
    if one.standing.asked:
        waits = gettext("a part of it waits to be confirmed") if one.acts else gettext("it waits to be confirmed")
        yield f'<p class="meta">{escape(waits)}</p>'
    if one.acts:
        yield f'<ul class="asks">{"".join(_asked(act, state) for act in told_acts.acts(one.acts, state))}</ul>'
    yield f"{quoted(row.note)}</li>\n"


def _joined(one: Filed, state: State) -> str:
    others = [code for code in one.current if code != one.row.author]
    if not others:
        return ""
    left = one.row.author not in one.by
    said = gettext("carried on by %(names)s") if left else gettext("with %(names)s")
    return f' <span class="meta">{escape(said % {"names": told_acts.names(state.text, others)})}</span>'


def _asked(act: dict[str, Any], state: State) -> str:
    old = f"<del>{escape(act['old'])}</del> " if act["old"] else ""
    new = f"<ins>{escape(act['new'])}</ins>" if act["new"] else ""
    lang = f' lang="{state.text.lang}"' if state.text.lang != telling.language() else ""
    words = f": <span{lang}>{old}{new}</span>" if old or new else ""
    # Where a paragraph goes, why it is reserved; what is inserted says its place by its name already.
    also = f": {escape(act['place'])}" if act["place"] and act["kind"] != "insert" else ""
    return f"<li>{escape(act['name'])}{words}{also}</li>"


def quoted(note: str) -> str:
    """What somebody wrote beside an act, in the quotation marks of the page's language."""
    return f"<p><q>{escape(note)}</q></p>" if note else ""
