"""From what somebody typed to the acts of an amendment: people edit words, the edits are derived."""

import hashlib
import json
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _

from corfu.negotiation.texts.given_words import fault, visible
from corfu.negotiation.texts.state import State
from corfu.wording import plain
from corfu.wording.apply import edited
from corfu.wording.compile import compile
from corfu.wording.diff import edits
from corfu.wording.model import (
    SPLIT,
    Act,
    Amendment,
    Delete,
    Edit,
    Insert,
    Kind,
    Move,
    Paragraph,
    Reserve,
    ReserveKind,
    Version,
)
from corfu.wording.rolling import RollingText
from corfu.wording.tokens import tokenize

WAYS: Final = ("words", "delete", "move", "reserve")
"""What may be asked of a paragraph."""
_BREAKS: Final = re.compile(r"[^\S\u2028\n]*\n\s*")
_ID: Final = re.compile(r"n[0-9a-f]{8}")


class UnfitError(ValueError):
    """What was typed makes no amendment; the message, in the reader's language, says why in one sentence."""


def fresh_id() -> str:
    """The permanent id of a new paragraph."""
    return f"n{secrets.token_hex(4)}"


def same_id(given: str) -> str:
    """The id that a form brings back with its preview, or a fresh one where it brings none of ours."""
    return given if _ID.fullmatch(given) else fresh_id()


def cleaned(typed: str) -> str:
    """Typed words as a text holds them: single line breaks, no space around them, none at the ends, no tabs."""
    words = visible(typed)
    if why := fault(words):
        raise UnfitError(why)
    return _BREAKS.sub("\n", words.strip())


def of_words(paragraph: Paragraph, typed: str) -> tuple[Act, ...]:
    """The edits that make the typed words of a paragraph; the spaces at its ends stay as they are."""
    words = cleaned(typed)
    if not words:
        raise UnfitError(_("There are no words: to take the paragraph out, choose to delete it."))
    core = paragraph.text.strip()
    at = paragraph.text.index(core)
    found = edits(paragraph.id, paragraph.text, paragraph.text[:at] + words + paragraph.text[at + len(core) :])
    if not found:
        raise UnfitError(_("The words are as they stand: there is nothing to file."))
    return tuple(found)


def of_form(state: State, paragraph: Paragraph, given: Mapping[str, str]) -> tuple[Act, ...]:
    """The acts that a form for a paragraph of the base asks for."""
    match given.get("what", "words"):
        case "delete":
            return (Delete(paragraph.id),)
        case "move":
            return (_move(state, paragraph, given.get("after", "")),)
        case "reserve":
            return (_reserve(paragraph, given),)
    return of_words(paragraph, given.get("words", ""))


def _move(state: State, paragraph: Paragraph, place: str) -> Move:
    ids: list[str | None] = [None, *state.base]
    after = place or None
    if after not in ids or after == paragraph.id:
        raise UnfitError(_("Choose the paragraph after which it is to stand."))
    if ids.index(after) == ids.index(paragraph.id) - 1:
        raise UnfitError(_("It stands there already: choose another place."))
    return Move(paragraph.id, after)


def _reserve(paragraph: Paragraph, given: Mapping[str, str]) -> Reserve:
    kind, on = given.get("reservation", "general"), cleaned(given.get("on", ""))
    if kind not in set(ReserveKind):
        raise UnfitError(_("Choose what kind of reservation it is."))
    if kind == ReserveKind.LINKED and not on:
        raise UnfitError(_("Say what the reservation waits for."))
    if len(on) > 400 or SPLIT in on:
        raise UnfitError(_("Say in one line of 400 characters at most what the reservation waits for."))
    return Reserve(paragraph.id, ReserveKind(kind), on if kind == ReserveKind.LINKED else "")


def new_paragraph(state: State, given: Mapping[str, str]) -> tuple[Act, ...]:
    """The act that brings a new paragraph."""
    words, place = cleaned(given.get("words", "")), given.get("after", "")
    if not words:
        raise UnfitError(_("Write the words of the new paragraph."))
    if SPLIT in words:
        raise UnfitError(_("These are several paragraphs: file them one by one."))
    if place and place not in state.base:
        raise UnfitError(_("Choose the paragraph after which the new one is to stand."))
    if given.get("kind") not in set(Kind):
        raise UnfitError(_("Choose what kind of paragraph it is."))
    near = state.base.get(place)
    kind = Kind(given["kind"])
    level = near.level if near and near.kind is kind else int(kind is Kind.ITEM)
    return (Insert(place or None, Paragraph(given["id"], words, kind, level)),)


def seen(acts: Iterable[Act], state: State) -> tuple[Act, ...]:
    """The acts of a file without what nobody sees in them, and without those that change nothing but spaces."""
    made = []
    for act in acts:
        if isinstance(act, Edit):
            act = replace(act, text=visible(act.text) or " " * act.text.isspace())
            old = "".join(tokenize(state.base[act.paragraph].text)[act.start : act.end])
            if old.split() == act.text.split() and SPLIT not in act.text + old:
                continue
        elif isinstance(act, Insert):
            act = replace(act, paragraph=replace(act.paragraph, text=visible(act.paragraph.text)))
            if not act.paragraph.text:
                continue
        made.append(act)
    return tuple(made)


def unfit(act: Act) -> str:
    """Why the words of an act cannot be filed, with their beginning; "" where they can."""
    words = act.text if isinstance(act, Edit) else act.paragraph.text if isinstance(act, Insert) else ""
    why = fault(words)
    return f"{words[:60].strip()}…: {why}" if why else ""


def digest(acts: Sequence[Act]) -> str:
    """What tells whether acts are those that were shown in a preview."""
    whole = json.dumps(list(map(plain.act_to, acts)), sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


def variant(state: State, paragraph: Paragraph, amendment: str) -> str:
    """The words of a paragraph of the base as one amendment wants them."""
    filed = state.filed.get(amendment)
    own = [one for one in filed.acts if isinstance(one, Edit) and one.paragraph == paragraph.id] if filed else []
    return edited(paragraph, own).text


def with_acts(state: State, code: str, acts: Sequence[Act], without: str = "") -> RollingText:
    """The rolling text as it would be with these acts filed; `without` the amendment that they replace."""
    live = [one for one in state.version.amendments if one.id != without]
    mine = Amendment("preview", (code,), state.number, tuple(acts))
    return compile(Version(state.number, state.paragraphs, (*live, mine)))


def by_paragraph(acts: Iterable[Act]) -> list[list[Act]]:
    """Acts in groups, one for each amendment to be filed: what touches one paragraph together, new paragraphs that
    stand at one place together so that their order is kept; each new one with a fresh id."""
    groups: dict[tuple[str, str | None], list[Act]] = {}
    for one in acts:
        if isinstance(one, Insert):
            given = replace(one, paragraph=replace(one.paragraph, id=fresh_id()))
            groups.setdefault(("new", one.after), []).append(given)
        else:
            groups.setdefault(("old", one.paragraph), []).append(one)
    return list(groups.values())


def alike(one: Sequence[Act], other: Sequence[Act]) -> bool:
    """Whether two amendments ask the same: the ids of new paragraphs aside."""
    return list(map(_without_id, one)) == list(map(_without_id, other))


def _without_id(act: Act) -> Act:
    return replace(act, paragraph=replace(act.paragraph, id="")) if isinstance(act, Insert) else act
