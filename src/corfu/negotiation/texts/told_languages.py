"""A text in its languages, as templates take it: what stands for each paragraph, and what is missing or behind."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import get_language_info, pgettext_lazy

from corfu.acts import telling
from corfu.negotiation.texts import queries, told_acts
from corfu.negotiation.texts.models import Revision, Text, Translation
from corfu.negotiation.texts.state import State
from corfu.wording.labels import typed_label
from corfu.wording.model import Paragraph
from corfu.wording.tokens import words

Row = dict[str, Any]
STANDINGS: Final = {
    "authentic": pgettext_lazy("a text", "authentic"),
    "official": pgettext_lazy("a text", "official translation"),
    "courtesy": pgettext_lazy("a text", "courtesy translation"),
}
_TAGS: Final = {"authentic": "tag-done", "official": "tag-accent", "courtesy": ""}


def offered(text: Text) -> list[str]:
    """The languages that a text may be translated into: those of its organization but its own."""
    return [lang for lang in telling.profile(text.organisation).languages if lang != text.lang]


def name(lang: str) -> str:
    """A language's name in the language of the page."""
    return str(get_language_info(lang)["name_translated"])


def behind_marks(text: Text, state: State, lang: str) -> dict[str, int]:
    """By paragraph, by how many versions its translation lags; only where there is one and it does. One query."""
    if lang == text.lang:
        return {}
    found = queries.translations(text, lang, words=False).get(lang, {})
    late = {id_: queries.behind(state.revision, one) for id_, one in found.items() if id_ in state.base}
    return {id_: count for id_, count in late.items() if count}


def translated(text: Text, state: State, lang: str) -> list[Paragraph]:
    """The paragraphs of a version in a language, those that are missing in the original's."""
    found = queries.translations(text, lang).get(lang, {})
    return [_in(one, found[one.id].words) if one.id in found else one for one in state.paragraphs]


def _in(one: Paragraph, words_: str) -> Paragraph:
    return Paragraph(one.id, words_, one.kind, one.level, one.label)


def overview(text: Text, state: State) -> list[Row]:
    """A line for each language: complete, or what is missing and behind; its standings; by whom."""
    found = queries.translations(text, words=False)
    return [_language(text, state, lang, found.get(lang, {})) for lang in offered(text)]


def _language(text: Text, state: State, lang: str, found: Mapping[str, Translation]) -> Row:
    there = [found[one.id] for one in state.paragraphs if one.id in found]
    late = sum(queries.behind(state.revision, one) > 0 for one in there)
    missing = len(state.paragraphs) - len(there)
    return {
        "name": name(lang),
        "url": reverse("texts:language", args=[text.slug, lang]),
        "all": len(state.paragraphs),
        "missing": missing,
        "behind": late,
        "complete": not missing and not late,
        "begun": bool(there),
        "standings": standings(one.standing for one in there),
        "by": told_acts.parties(text, (one.author for one in there)),
    }


def standings(given: Iterable[str]) -> list[Row]:
    """Each standing that there is, once: {name, tag}."""
    there = set(given)
    return [{"name": str(said), "tag": _TAGS[id_]} for id_, said in STANDINGS.items() if id_ in there]


# Side by side


def side_by_side(state: State, found: Mapping[str, Translation], followed: Mapping[int, Revision]) -> list[Row]:
    """Every paragraph of a version beside its translation; where that is behind, what the original became since.

    `followed`: the versions that translations which are behind follow.
    """
    before = {number: {one["id"]: one["text"] for one in rev.paragraphs} for number, rev in followed.items()}
    return [_pair(one, state, found.get(one.id), before) for one in state.paragraphs]


def _pair(one: Paragraph, state: State, there: Translation | None, before: Mapping[int, Mapping[str, str]]) -> Row:
    late = queries.behind(state.revision, there) if there else 0
    then = before.get(there.follows, {}).get(one.id) if there and late else None
    return {
        "id": one.id,
        "kind": str(one.kind),
        "name": state.names[one.id],
        "called": told_acts.named(state, one.id),
        "label": "" if typed_label(one.text)[0] else one.label,
        "url": told_acts.address(state.text, one.id),
        "original": told_acts.shown(one.text),
        "words": words(one.text),
        "translation": told_acts.shown(there.words) if there else "",
        "standing": standings([there.standing])[0] if there else None,
        "by": telling.participant(there.author) if there else None,
        "follows": there.follows if there else 0,
        "behind": late,
        "since": told_acts.marks(then, one.text) if then is not None else [],
        "to_do": there is None or late > 0,
        **telling.act_of(there.place if there else None),
    }


def late_versions(state: State, found: Mapping[str, Translation]) -> set[int]:
    """The versions that translations which are behind follow."""
    there = (one for id_, one in found.items() if id_ in state.base)
    return {one.follows for one in there if queries.behind(state.revision, one)}


def queue(rows: Sequence[Row]) -> Row:
    """What a translator has to do: how many paragraphs and words are missing, how many behind."""
    missing = [row for row in rows if not row["translation"]]
    late = [row for row in rows if row["behind"]]
    return {
        "missing": len(missing),
        "behind": len(late),
        "words": sum(row["words"] for row in missing + late),
        "nothing": not missing and not late,
    }
